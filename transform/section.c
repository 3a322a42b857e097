/*
 * section.c: see section.h. Indices are polynomials: the counter of each loop has a slope, and what is left over is the
 * same in all iterations.
 */
#include "section.h"

#include <stdlib.h>
#include <string.h>

#include "passes.h"

enum { MARGIN = 16 }; /* elements at the ends of rows */

/* The loops between an access and a block, innermost first. */
typedef struct {
    const Block *block, *before;
    const Value *loops[SECTION_LOOPS];
    int nloops;
    bool asks_more; /* the index is made of more than counters and of what is known before */
} Nest;

/* Known before, or counted up to what is: counters are there again in the reverse sweep. */
static bool is_there(const Value *v, const Block *before)
{
    return ir_visible(v, before) || (v->kind == VAL_COUNTER && v->region->counted);
}

static int there_atom(const Value *v, void *before)
{
    return is_there(v, before) ? 0 : POLYNOMIAL_NO_ATOM;
}

static bool end_is_there(const Value *end, const Block *block, const Block *before)
{
    Polynomial p = {.count = 0};
    return ir_visible(end, before) ||
           (ir_visible(end, block) && polynomial_add_value(&p, 1, end, there_atom, (void *)(uintptr_t)before));
}

static bool counts(const Value *loop)
{
    return loop->kind == VAL_LOOP && loop->counted && loop->rel != VAL_NE;
}

/* The loops that count between; what else is there says nothing about numbers. */
static bool find_counting(Nest *nest, const Value *access, const Block *block, const Block *before)
{
    *nest = (Nest){.block = block, .before = before};
    for (const Block *b = access->block; b != block; b = b->parent) {
        if (nest->nloops == SECTION_LOOPS)
            return false;
        if (counts(b->owner))
            nest->loops[nest->nloops++] = b->owner;
    }
    return true;
}

/* False where there is something else between, or too much. */
static bool find_nest(Nest *nest, const Value *load, const Block *block, const Block *before)
{
    *nest = (Nest){.block = block, .before = before};
    for (const Block *b = load->block; b != block; b = b->parent) {
        if (nest->nloops == SECTION_LOOPS || !counts(b->owner) || !end_is_there(b->owner->from, block, before) ||
            !end_is_there(b->owner->to, block, before))
            return false;
        nest->loops[nest->nloops++] = b->owner;
    }
    return true;
}

/* ---- indices ---- */

static bool is_counter(const Nest *nest, const Value *v)
{
    for (int k = 0; k < nest->nloops; k++)
        if (v == nest->loops[k]->counter)
            return true;
    return false;
}

static int atom_of_nest(const Value *v, void *request)
{
    Nest *nest = request;
    if (is_counter(nest, v))
        return 0;
    nest->asks_more |= !is_there(v, nest->before);
    return ir_visible(v, nest->block) ? 0 : POLYNOMIAL_NO_ATOM;
}

static bool is_made_of_what_is_there(const Nest *nest, const Polynomial *p)
{
    for (int k = 0; k < p->count; k++)
        for (int j = 0; j < p->term[k].degree; j++)
            if (!is_there(p->term[k].atom[j].value, nest->before))
                return false;
    return true;
}

static bool add_value(Nest *nest, Polynomial *to, const Value *v)
{
    return polynomial_add_value(to, 1, v, atom_of_nest, nest);
}

/* to += scalars in what the pointer points to, times the index */
static bool add_step(Nest *nest, Polynomial *to, const Value *step)
{
    Polynomial index = {.count = 0}, scalars = {.count = 0};
    if (!add_value(nest, &index, step->args[1]))
        return false;
    if (step->nargs > 2)
        return add_value(nest, &scalars, step->args[2]) && polynomial_add_product(to, 1, &index, &scalars);
    const int64_t count = type_scalar_count(step->type->to);
    return count > 0 && polynomial_add(to, count, &index);
}

/* The index of the element, in scalars from the outermost pointer that is visible in the block. */
static bool find_index(Nest *nest, const Value *access, Polynomial *index, Value **root)
{
    Value *address = access->args[0];
    const Type *type = ir_accessed_type(access);
    index->count = 0;
    for (; !ir_visible(address, nest->block); address = address->args[0]) {
        if (address->kind != VAL_DECAY && address->kind != VAL_PTRADD)
            return false;
        if (!type_same(type_scalar(address->type->to), type))
            return false;
        if (address->kind == VAL_PTRADD && !add_step(nest, index, address))
            return false;
    }
    *root = address;
    return type_is_pointer(address->type) && type_same(type_scalar(address->type->to), type);
}

/* Between what is read may be what nobody has written: not every byte is a truth, or an enumerator. */
static bool is_copied(const Type *type)
{
    return type_is_real(type) || (type_is_int(type) && !type->is_bool && !type->is_enum);
}

/* ---- what loops count ---- */

static int no_counter(const Value *v, void *request)
{
    (void)v;
    (void)request;
    return 0;
}

/* The least value of the counter, and one more than the greatest. */
static bool find_range(const Value *loop, Polynomial *low, Polynomial *high)
{
    const bool up = loop->step == 1 && (loop->rel == VAL_LT || loop->rel == VAL_LE);
    const bool down = loop->step == -1 && (loop->rel == VAL_GT || loop->rel == VAL_GE);
    if (!loop->counted || !(up || down))
        return false;
    low->count = high->count = 0;
    return polynomial_add_value(low, 1, up ? loop->from : loop->to, no_counter, NULL) &&
           polynomial_add_value(high, 1, up ? loop->to : loop->from, no_counter, NULL) &&
           polynomial_add_constant(low, loop->rel == VAL_GT) &&
           polynomial_add_constant(high, loop->rel == VAL_LE || down);
}

/* How often it runs, if it does. */
static bool find_trips(const Value *loop, Polynomial *trips)
{
    Polynomial low;
    return find_range(loop, &low, trips) && polynomial_add(trips, -1, &low);
}

/* The least value of the counter and the greatest, if it runs. */
static bool find_ends(const Value *loop, Polynomial *least, Polynomial *greatest)
{
    return find_range(loop, least, greatest) && polynomial_add_constant(greatest, -1);
}

typedef struct {
    const Value *loop;
    Polynomial slope, low, trips;
    bool used;
} Digit;

/* Is the slope the expected one, or a little more: rows may have ends that are left out? */
static bool slope_fits(const Polynomial *slope, const Polynomial *expected, const Polynomial *inner)
{
    Polynomial more = *slope;
    int64_t at_least, is;
    if (polynomial_is_constant(expected, &at_least) && polynomial_is_constant(slope, &is))
        return is == at_least || (inner && at_least > 0 && is > at_least && is / 2 <= at_least);
    if (!polynomial_add(&more, -1, expected))
        return false;
    for (int k = 0; inner && more.count && k < MARGIN; k++)
        if (!polynomial_add(&more, -1, inner))
            return false;
    return more.count == 0;
}

/* section->end goes on to the last element that the digit leads to. */
static bool reach(Section *section, const Digit *d)
{
    Polynomial last = d->trips;
    return polynomial_add_product(&section->begin, 1, &d->slope, &d->low) &&
           polynomial_add_product(&section->end, 1, &d->slope, &d->low) && polynomial_add_constant(&last, -1) &&
           polynomial_add_product(&section->end, 1, &d->slope, &last);
}

/* The slopes nest, smallest first; those that are not 0 tell the elements apart, and lie close. */
static bool add_digits(Section *section, Digit *digits, int ndigits)
{
    Polynomial expected = {.count = 0};
    const Polynomial *inner = NULL;
    if (!polynomial_add_constant(&expected, 1))
        return false;
    for (int done = 0; done < ndigits; done++) {
        int next = 0;
        while (next < ndigits && (digits[next].used || !slope_fits(&digits[next].slope, &expected, inner)))
            next++;
        if (next == ndigits || !reach(section, &digits[next]))
            return false;
        digits[next].used = true;
        inner = &digits[next].slope;
        expected.count = 0;
        if (!polynomial_add_product(&expected, 1, inner, &digits[next].trips))
            return false;
        section->loops[section->nloops++] = digits[next].loop;
    }
    section->ndigits = ndigits;
    section->row = inner ? *inner : expected;
    return ndigits > 0;
}

/* Each of the two runs where the other does. */
static bool run_alike(const Value *a, const Value *b)
{
    const Value *ends[] = {a->from, a->to}, *others[] = {b->from, b->to};
    for (int k = 0; k < 2; k++)
        if (ends[k] != others[k] && !(ends[k]->kind == VAL_INT && others[k]->kind == VAL_INT &&
                                      ends[k]->i == others[k]->i && type_same(ends[k]->type, others[k]->type)))
            return false;
    return a->rel == b->rel && (a->step > 0) == (b->step > 0);
}

/* ... of the first n loops */
static bool is_among(const Section *section, int n, const Value *loop)
{
    for (int k = 0; k < n; k++)
        if (run_alike(section->loops[k], loop))
            return true;
    return false;
}

static bool is_told(const Section *section, const Value *loop)
{
    return is_among(section, section->nloops, loop);
}

/* The other loops read the same again; where one of them does not run, nothing is read. */
static bool add_others(Section *section, const Nest *nest)
{
    for (int k = 0; k < nest->nloops; k++) {
        if (is_told(section, nest->loops[k]))
            continue;
        if (section->nloops == SECTION_LOOPS)
            return false;
        section->loops[section->nloops++] = nest->loops[k];
    }
    return true;
}

static bool has_counter(const Nest *nest, const Polynomial *p)
{
    for (int k = 0; k < p->count; k++)
        for (int j = 0; j < p->term[k].degree; j++)
            if (is_counter(nest, p->term[k].atom[j].value))
                return true;
    return false;
}

/* Where the index falls as the loop counts, the elements are those of a counter that goes the other way:
 * a low + b = -a low' + (b + a (low + last)). */
static bool make_rise(Digit *d, Polynomial *rest)
{
    int64_t slope;
    Polynomial ends = d->low;
    if (!polynomial_is_constant(&d->slope, &slope) || slope >= 0)
        return true;
    d->slope.count = 0;
    return slope != INT64_MIN && polynomial_add_constant(&d->slope, -slope) && polynomial_add(&ends, 1, &d->low) &&
           polynomial_add(&ends, 1, &d->trips) && polynomial_add_constant(&ends, -1) &&
           polynomial_add(rest, slope, &ends);
}

bool section_find(Section *section, const Value *access, const Block *block, const Block *before)
{
    Nest nest;
    Digit digits[SECTION_LOOPS];
    int ndigits = 0;
    Polynomial index;
    *section = (Section){.nloops = 0};
    if (!is_copied(ir_accessed_type(access)) || !find_nest(&nest, access, block, before) ||
        !find_index(&nest, access, &index, &section->root))
        return false;
    for (int k = 0; k < nest.nloops; k++) {
        Digit d = {.loop = nest.loops[k]};
        Polynomial rest;
        if (!polynomial_split(&index, (Atom){d.loop->counter, 0}, &d.slope, &rest))
            return false;
        if (!d.slope.count)
            continue;
        if (ndigits == SECTION_LOOPS || has_counter(&nest, &d.slope) || !is_made_of_what_is_there(&nest, &d.slope) ||
            !find_range(d.loop, &d.low, &d.trips) || !polynomial_add(&d.trips, -1, &d.low) || !make_rise(&d, &rest))
            return false;
        digits[ndigits++] = d;
        index = rest;
    }
    section->begin = section->end = index;
    return polynomial_add_constant(&section->end, 1) && add_digits(section, digits, ndigits) &&
           add_others(section, &nest) && section_is_bounded(section, before);
}

/* ---- sections together ---- */

/* Where the loop runs a + c times, a is 1 - c or more. */
static bool learn_least(const Value *loop, const Value **atom, int64_t *least)
{
    Polynomial trips;
    if (!find_trips(loop, &trips))
        return false;
    *atom = NULL;
    *least = 1;
    for (int k = 0; k < trips.count; k++) {
        const Term *t = &trips.term[k];
        if (t->degree == 0 && llabs(t->factor) <= MARGIN)
            *least -= t->factor;
        else if (t->degree == 1 && t->factor == 1 && !*atom)
            *atom = t->atom[0].value;
        else
            return false;
    }
    return *atom && *least >= 1;
}

/* Where the section is read, is the number 0 or more for sure? */
static bool is_not_negative(const Section *section, const Polynomial *p)
{
    int64_t sum = 0;
    for (int k = 0; k < p->count; k++) {
        const Term *t = &p->term[k];
        int64_t product = t->factor;
        if (t->degree && t->factor < 0)
            return false;
        for (int j = 0; j < t->degree; j++) {
            int64_t most = 0;
            for (int n = 0; n < section->nloops; n++) {
                const Value *atom;
                int64_t least;
                if (learn_least(section->loops[n], &atom, &least) && atom == t->atom[j].value && least > most)
                    most = least;
            }
            if (!most || __builtin_mul_overflow(product, most, &product))
                return false;
        }
        if (__builtin_add_overflow(sum, product, &sum))
            return false;
    }
    return sum >= 0;
}

/* Is b - a not negative? */
static bool is_up_to(const Section *section, const Polynomial *a, const Polynomial *b)
{
    Polynomial distance = *b;
    return polynomial_add(&distance, -1, a) && is_not_negative(section, &distance);
}

/* Does b only run where a does? */
static bool has_loops_of(const Section *b, const Section *a)
{
    for (int k = 0; k < a->nloops; k++)
        if (!is_told(b, a->loops[k]))
            return false;
    return true;
}

/* Is all that b reads, where it does, read by a, whatever b reads? */
static bool holds(const Section *a, const Section *b)
{
    return has_loops_of(b, a) && is_up_to(b, &a->begin, &b->begin) && is_up_to(b, &b->end, &a->end);
}

/* They overlap, or begin in rows that are close. */
static bool are_near(const Section *a, const Section *b)
{
    enum { ROWS = 8 };
    if (is_up_to(a, &a->begin, &b->end) && is_up_to(a, &b->begin, &a->end))
        return true;
    Polynomial a_far = a->begin, b_far = b->begin;
    return polynomial_add(&a_far, ROWS, &a->row) && polynomial_add(&b_far, ROWS, &b->row) &&
           is_up_to(a, &a->begin, &b_far) && is_up_to(a, &b->begin, &a_far);
}

static bool unite(Section *section, const Section *other)
{
    const bool begins = is_up_to(section, &section->begin, &other->begin),
               ends = is_up_to(section, &other->end, &section->end);
    if (!(begins || is_up_to(section, &other->begin, &section->begin)) ||
        !(ends || is_up_to(section, &section->end, &other->end)))
        return false;
    if (!begins)
        section->begin = other->begin;
    if (!ends)
        section->end = other->end;
    return true;
}

bool section_unite(Section *section, const Section *other, const Block *before)
{
    if (!memory_same_address(section->root, other->root))
        return false;
    if (holds(other, section))
        *section = *other;
    if (holds(section, other))
        return true;
    Section both = *section;
    if (!has_loops_of(section, other) || !has_loops_of(other, section) || !are_near(section, other) ||
        !unite(&both, other) || !section_is_bounded(&both, before))
        return false;
    *section = both;
    return true;
}

/* ---- how many elements ---- */

/* The counter of the innermost loop that the number is made of and the block doesn't know. False: made of what else it
 * doesn't know. */
static bool find_unknown(const Polynomial *p, const Block *block, const Value **counter)
{
    *counter = NULL;
    for (int k = 0; k < p->count; k++)
        for (int j = 0; j < p->term[k].degree; j++) {
            const Value *v = p->term[k].atom[j].value;
            if (ir_visible(v, block))
                continue;
            if (v->kind != VAL_COUNTER)
                return false;
            if (!*counter || ir_block_inside(v->region->block, (*counter)->region->blocks[1]))
                *counter = v;
        }
    return true;
}

/* p becomes what it is where the counter is least, or greatest, and p is greatest. */
static bool take_greatest(const Section *section, Polynomial *p, const Value *counter)
{
    Polynomial slope, least, greatest, falls = {.count = 0}, rest;
    if (!polynomial_split(p, (Atom){counter, 0}, &slope, &rest) || !find_ends(counter->region, &least, &greatest) ||
        !polynomial_add(&falls, -1, &slope))
        return false;
    *p = rest;
    if (is_not_negative(section, &slope))
        return polynomial_add_product(p, 1, &slope, &greatest);
    return is_not_negative(section, &falls) && polynomial_add_product(p, 1, &slope, &least);
}

/* Each counter that the block doesn't know has its range. */
static bool make_greatest(const Section *section, Polynomial *p, const Block *block)
{
    enum { COUNTERS = 8 };
    for (int k = 0; k < COUNTERS; k++) {
        const Value *counter;
        if (!find_unknown(p, block, &counter))
            return false;
        if (!counter)
            return true;
        if (!take_greatest(section, p, counter))
            return false;
    }
    return false;
}

/* At most so many elements, where there are any. */
static bool find_most(const Section *section, const Block *block, Polynomial *most)
{
    *most = section->end;
    return polynomial_add(most, -1, &section->begin) && make_greatest(section, most, block);
}

bool section_is_bounded(const Section *section, const Block *block)
{
    Polynomial most;
    return find_most(section, block, &most);
}

bool section_is_known(const Section *section, const Block *block)
{
    Polynomial count = section->end;
    const Value *counter;
    for (int k = 0; k < section->nloops; k++)
        if (!ir_visible(section->loops[k]->from, block) || !ir_visible(section->loops[k]->to, block))
            return false;
    return polynomial_add(&count, -1, &section->begin) && find_unknown(&count, block, &counter) && !counter;
}

/* ---- which elements ---- */

/* Is b - a 0 or more wherever the loops of the nest are, whatever they count? */
static bool is_always_up_to(const Nest *nest, const Polynomial *a, const Polynomial *b)
{
    Section inside = {.nloops = nest->nloops};
    Polynomial most = *a, least = {.count = 0};
    memcpy(inside.loops, nest->loops, sizeof nest->loops);
    return polynomial_add(&most, -1, b) && make_greatest(&inside, &most, nest->block) &&
           polynomial_add(&least, -1, &most) && is_not_negative(&inside, &least);
}

/* Does the loop run where those of the nest do? One of them counts something that it counts. */
static bool runs_with(const Nest *nest, const Value *loop)
{
    Polynomial low, last, counter;
    if (!find_ends(loop, &low, &last))
        return false;
    for (int k = 0; k < nest->nloops; k++) {
        counter.count = 0;
        if (run_alike(nest->loops[k], loop) ||
            (polynomial_add_atom(&counter, 1, (Atom){nest->loops[k]->counter, 0}) &&
             is_always_up_to(nest, &low, &counter) && is_always_up_to(nest, &counter, &last)))
            return true;
    }
    return false;
}

bool section_has(const Section *section, const Value *access, const Block *block, const Block *before)
{
    Nest nest;
    Polynomial index, last = section->end;
    Value *root;
    if (!is_copied(ir_accessed_type(access)) || !find_counting(&nest, access, block, before) ||
        !find_index(&nest, access, &index, &root) || !memory_same_address(root, section->root) ||
        !polynomial_add_constant(&last, -1) || !is_always_up_to(&nest, &section->begin, &index) ||
        !is_always_up_to(&nest, &index, &last))
        return false;
    for (int k = 0; k < section->nloops; k++)
        if (!runs_with(&nest, section->loops[k]))
            return false;
    return polynomial_add(&index, -1, &section->begin) && is_made_of_what_is_there(&nest, &index);
}

/* ---- as values ---- */

static Value *size_of_section(Builder *b, const Section *section, bool *is_product)
{
    Type *size = b->function->module->types.size;
    Polynomial count = section->end, product = {.count = 0}, trips;
    if (!polynomial_add(&count, -1, &section->begin) || !polynomial_add_constant(&product, 1))
        diag_internal(b->loc, "a section is too complicated");
    for (int k = 0; k < section->ndigits; k++) {
        Polynomial next = {.count = 0};
        if (!find_trips(section->loops[k], &trips) || !polynomial_add_product(&next, 1, &product, &trips))
            return polynomial_value(b, size, &count, NULL, NULL);
        product = next;
    }
    *is_product = polynomial_add(&product, -1, &count) && product.count == 0;
    if (!*is_product)
        return polynomial_value(b, size, &count, NULL, NULL);
    Value *v = ir_int(b, size, 1);
    for (int k = section->ndigits - 1; k >= 0; k--)
        v = ir_binary(b, VAL_MUL, size, v, trips_count(b, section->loops[k], b->block));
    return v;
}

Value *section_most(Builder *b, const Section *section)
{
    BasicTypes *types = &b->function->module->types;
    Polynomial most;
    if (section_is_known(section, b->block))
        return section_count(b, section);
    if (!find_most(section, b->block, &most))
        diag_internal(b->loc, "a section is not bounded");
    Value *count = polynomial_value(b, types->size, &most, NULL, NULL);
    const bool is_one_number = count->kind == VAL_CAST && count->args[0]->type->is_signed;
    Value *number = is_one_number ? count->args[0] : ir_cast(b, types->long_, count);
    Value *some = ir_binary(b, VAL_GT, types->int_, number, ir_int(b, number->type, 0));
    return ir_select(b, some, count, ir_int(b, types->size, 0));
}

/* Does the loop run? */
static Value *runs(Builder *b, const Value *loop)
{
    Type *int_ = b->function->module->types.int_, *size = b->function->module->types.size;
    if (loop->from->type->is_signed)
        return ir_binary(b, loop->rel, int_, loop->from, loop->to);
    return ir_binary(b, VAL_NE, int_, trips_count(b, loop, b->block), ir_int(b, size, 0));
}

Value *section_count(Builder *b, const Section *section)
{
    bool is_product = false;
    Value *count = size_of_section(b, section, &is_product);
    for (int k = is_product ? section->ndigits : 0; k < section->nloops; k++)
        if (!is_among(section, k, section->loops[k]))
            count = ir_select(b, runs(b, section->loops[k]), count, ir_int(b, count->type, 0));
    return count;
}

/* The array itself, not a row of one. */
static bool is_whole_array(const Value *address)
{
    return address->type->to->kind == TYPE_ARRAY &&
           (address->kind == VAL_LOCAL || address->kind == VAL_GLOBAL || address->kind == VAL_FIELD);
}

Value *section_element(Builder *b, const Section *section, Value *number)
{
    int64_t begin;
    Value *start = section->root;
    if (is_whole_array(start))
        start = ir_decay(b, start);
    if (start->type->to->kind == TYPE_ARRAY) /* u[0] has no elements behind its own */
        start = ir_cast(b, type_pointer(type_scalar(start->type->to)), start);
    if (polynomial_is_constant(&section->begin, &begin) && begin >= 0)
        number = ir_binary(b, VAL_ADD, number->type, number, ir_int(b, number->type, begin));
    else
        start = ir_ptradd(b, start, polynomial_value(b, b->function->module->types.long_, &section->begin, NULL, NULL),
                          NULL);
    return ir_ptradd(b, start, number, NULL);
}

Value *section_index(Builder *b, const Section *section, const Value *access, const Block *block, const Block *before,
                     PolynomialValue value_of, void *request)
{
    Nest nest;
    Polynomial index;
    Value *root;
    int64_t begin;
    if (!find_counting(&nest, access, block, before) || !find_index(&nest, access, &index, &root))
        diag_internal(access->loc, "an access is no longer of its section");
    Value *address = access->args[0];
    const bool is_plain = address->kind == VAL_PTRADD && address->args[0] == root && root->type->to->kind != TYPE_ARRAY;
    if (is_plain && !nest.asks_more && polynomial_is_constant(&section->begin, &begin)) {
        Value *own = value_of(address->args[1], request);
        return ir_binary(b, VAL_SUB, own->type, own, ir_int(b, own->type, begin));
    }
    if (!polynomial_add(&index, -1, &section->begin))
        diag_internal(access->loc, "an index is too complicated");
    return polynomial_value(b, b->function->module->types.size, &index, value_of, request);
}
