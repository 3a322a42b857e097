/*
 * clears.c: shadows of local arrays that need no clearing. A shadow is cleared before anything is added to it, and a
 * place in it is cleared when its adjoint has been handed on; where the first addition reaches every element, it can be
 * a store instead; where nobody looks at the place again, the clearing is dead.
 */
#include "accesses.h"
#include "passes.h"
#include "simplify.h"

enum { MAX_DEPTH = 32 };

typedef VEC(Value *) Values;

typedef struct {
    Accesses *accesses;
    Values *uses; /* by id of a local array: what is done with it, in the order of the program, but addresses in it */
} Clears;

static bool is_private_array(const Value *base)
{
    return base->kind == VAL_LOCAL && base->is_private;
}

static void find_uses(Clears *c, const Block *block)
{
    for (Value *v = ir_first(block); v; v = ir_next(v, block)) {
        const bool path = ir_continues_address(v);
        for (int k = 0; k < v->nargs && !path; k++) {
            const Value *base = type_is_pointer(v->args[k]->type) ? memory_base(v->args[k]) : NULL;
            if (base && is_private_array(base))
                vec_push(&c->uses[base->id], v);
        }
    }
}

static bool reads(const Value *v)
{
    return v->kind == VAL_LOAD || v->kind == VAL_ACCUM || v->kind == VAL_COPY || v->kind == VAL_CALL;
}

/* ---- clearing what is not read again ---- */

/* Does v read what is at the address? See still_there in storage.c for `own`. */
static bool reads_ever(const Value *v, const Value *address, bool own)
{
    for (int k = 0; reads(v) && k < v->nargs; k++)
        if (type_is_pointer(v->args[k]->type) && !(own && memory_same_address(v->args[k], address)) &&
            memory_may_alias_ever(v->args[k], address))
            return true;
    return false;
}

static bool is_read_between(const Clears *c, const Value *address, unsigned from, unsigned until, bool own)
{
    AccessWalk walk = accesses_walk(c->accesses, address, from, until, ACCESS_ALL);
    for (const Value *w; (w = accesses_next(&walk));)
        if (reads_ever(w, address, own))
            return true;
    return false;
}

static bool is_read_inside(const Clears *c, const Value *address, const Value *region, bool own)
{
    return is_read_between(c, address, accesses_place(c->accesses, region), accesses_last(c->accesses, region), own);
}

static bool is_read_later(const Clears *c, const Value *store, const Value *object)
{
    const Value *address = store->args[0], *v = store;
    Value *loops[MAX_DEPTH];
    int nloops = 0;
    for (;;) {
        const unsigned behind = accesses_last(c->accesses, v) + 1;
        if (is_read_between(c, address, behind, accesses_end(c->accesses, v->block), false))
            return true;
        if (v->block == object->block)
            return false;
        Value *owner = v->block->owner;
        if (owner->kind == VAL_LOOP) {
            if (nloops == MAX_DEPTH)
                return true;
            loops[nloops++] = owner;
            if (is_read_inside(c, address, owner, false) &&
                (!index_is_injective(address, loops, nloops) || is_read_inside(c, address, owner, true)))
                return true;
        }
        v = owner;
    }
}

static void drop_dead_clears(const Clears *c, Block *block)
{
    for (Value *v = block->first, *next; v; v = next) {
        next = v->next;
        for (int k = 0; k < 2; k++)
            if (v->blocks[k])
                drop_dead_clears(c, v->blocks[k]);
        if (v->kind != VAL_STORE || !v->adjoint || v->args[1]->kind != VAL_REAL)
            continue;
        const Value *object = memory_base(v->args[0]);
        if (is_private_array(object) && !is_read_later(c, v, object))
            ir_remove(v);
    }
}

/* ---- first additions that are stores ---- */

/* The first use of the array behind the place; its index in the list, or the list's length. */
static size_t first_behind(const Clears *c, const Values *uses, unsigned place)
{
    size_t low = 0, high = uses->count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (accesses_place(c->accesses, uses->at[middle]) <= place)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* What is in `block`'s list and holds v; NULL where v is not in the block. */
static const Value *ancestor_in(const Block *block, const Value *v)
{
    while (v->block != block && v->block->owner)
        v = v->block->owner;
    return v->block == block ? v : NULL;
}

/* Is all that is done with the array, clearing it aside, done to elements that loops with these bounds reach? */
static bool stays_in_range(const Values *uses, const Value *clear, const FillRange *range)
{
    FillRange used;
    for (size_t k = 0; k < uses->count; k++) {
        const Value *v = uses->at[k];
        const bool access = v->kind == VAL_LOAD || v->kind == VAL_STORE || v->kind == VAL_ACCUM;
        if (v != clear && !(access && fill_range(clear->args[0], v->args[0], &used) && fill_same_range(range, &used)))
            return false;
    }
    return true;
}

/*
 * The next use of the array is an addition in loops that together reach every element, or every one that is ever used,
 * once each; and all else that these loops do is at that address: none comes before the first addition to its element.
 */
static bool store_instead(const Clears *c, Value *clear)
{
    const Value *object = clear->args[0];
    const Values *uses = &c->uses[object->id];
    const size_t first = first_behind(c, uses, accesses_place(c->accesses, clear));
    Value *access = first < uses->count ? uses->at[first] : NULL;
    const Value *region = access ? ancestor_in(clear->block, access) : NULL;
    FillRange range;
    if (!region || access->kind != VAL_ACCUM ||
        (fill_loop(object, access) != region &&
         (fill_range_loop(object, access, &range) != region || !stays_in_range(uses, clear, &range))))
        return false;
    const unsigned last = accesses_last(c->accesses, region);
    for (size_t k = first; k < uses->count && accesses_place(c->accesses, uses->at[k]) <= last; k++)
        if (uses->at[k]->nargs == 0 || !memory_same_address(uses->at[k]->args[0], access->args[0]))
            return false;
    access->kind = VAL_STORE;
    return true;
}

/* Does the loop read, before it clears an element, any other element? */
static bool is_used_before(const Clears *c, const Values *uses, const Value *clear, const Value *loop)
{
    const unsigned from = accesses_place(c->accesses, loop), until = accesses_last(c->accesses, loop);
    for (size_t k = 0; k < uses->count; k++) {
        const unsigned place = accesses_place(c->accesses, uses->at[k]);
        const bool own = uses->at[k]->nargs > 0 && memory_same_address(uses->at[k]->args[0], clear->args[0]);
        if (place >= from && place <= until && !own)
            return true;
    }
    return false;
}

/*
 * The same where the array is cleared element by element, in a loop that may do other things, too:
 *
 *     for (i < n) { next_bar[i] = u_bar[i]; u_bar[i] = 0.0; }           for (i < n) next_bar[i] = u_bar[i];
 *     for (i < n) u_bar[i] += f(next_bar, i);                     →     for (i < n) u_bar[i] = f(next_bar, i);
 */
static bool store_instead_of(const Clears *c, Value *clear)
{
    const Value *object = memory_base(clear->args[0]);
    const Values *uses = &c->uses[object->id];
    FillRange cleared, added;
    const Value *loop = fill_range_loop(object, clear, &cleared);
    if (!loop)
        return false;
    const size_t first = first_behind(c, uses, accesses_place(c->accesses, clear));
    Value *access = first < uses->count ? uses->at[first] : NULL;
    const Value *region = access && access->kind == VAL_ACCUM ? fill_range_loop(object, access, &added) : NULL;
    if (!region || region->block != loop->block || !ir_is_behind(region, loop) || !fill_same_range(&cleared, &added))
        return false;
    const unsigned last = accesses_last(c->accesses, region);
    for (size_t k = first; k < uses->count && accesses_place(c->accesses, uses->at[k]) <= last; k++)
        if (uses->at[k]->nargs == 0 || !memory_same_address(uses->at[k]->args[0], access->args[0]))
            return false;
    if (is_used_before(c, uses, clear, loop))
        return false;
    access->kind = VAL_STORE;
    return true;
}

/* An addition to one place, before which nothing has come there since the array was cleared in the same block. */
static void store_behind_clear(Value *v)
{
    enum { FAR = 64 };
    const Value *object = memory_base(v->args[0]);
    if (!v->adjoint || !is_private_array(object) || object->is_chosen)
        return;
    const Value *w = v->prev;
    for (int k = 0; w && k < FAR; k++, w = w->prev)
        if (w->kind == VAL_ZERO && w->args[0] == object) {
            v->kind = VAL_STORE;
            return;
        } else if (memory_clobbers(w, v->args[0])) {
            return;
        }
}

/* ---- what is moved, and added back ---- */

/*
 * An adjoint that goes to a work array, and from there back to where it was, stays there meanwhile:
 *
 *     for (i < n) { next_bar[i] = u_bar[i]; u_bar[i] = 0.0; }           for (i < n) next_bar[i] = u_bar[i];
 *     for (i < n) {                                               →     for (i < n) {
 *         u_bar[i + 1] += a * next_bar[i];                                  u_bar[i + 1] += a * next_bar[i];
 *         u_bar[i] += next_bar[i] - b * next_bar[i];                        u_bar[i] -= b * next_bar[i];
 *     }                                                                 }
 *
 * Until then there are only additions to it.
 */
typedef struct {
    const Clears *c;
    Value *clear;        /* u_bar[i] = 0.0, and where */
    const Value *move;   /* next_bar[i] = u_bar[i] */
    const Value *moving; /* the outermost of the loops around both */
    FillRange cleared, moved;
} Transport;

/* `sum` with `term` in it, once, as it is? The term is looked for among the summands, `budget` of them. */
static bool has_term(const Value *sum, const Value *term, int *budget)
{
    if (sum == term)
        return true;
    if (--*budget < 0 || (sum->kind != VAL_ADD && sum->kind != VAL_SUB))
        return false;
    return has_term(sum->args[0], term, budget) || (sum->kind == VAL_ADD && has_term(sum->args[1], term, budget));
}

/* The sum without the term; NULL where nothing is left. */
static Value *without_term(Builder *b, Value *sum, const Value *term)
{
    enum { BUDGET = 32 };
    if (sum == term)
        return NULL;
    const int side = !has_term(sum->args[0], term, &(int){BUDGET});
    Value *rest = without_term(b, sum->args[side], term), *other = sum->args[1 - side];
    if (rest)
        return ir_binary(b, sum->kind, sum->type, rest, other);
    return sum->kind == VAL_ADD ? other : ir_unary(b, VAL_NEG, sum->type, other);
}

/* In the loops around the clearing there are loads of the same element ahead of it, and nothing else. */
static bool clears_last(const Transport *t)
{
    const Values *uses = &t->c->uses[memory_base(t->clear->args[0])->id];
    const unsigned from = accesses_place(t->c->accesses, t->moving), until = accesses_last(t->c->accesses, t->moving);
    for (size_t k = first_behind(t->c, uses, from); k < uses->count; k++) {
        const Value *v = uses->at[k];
        if (accesses_place(t->c->accesses, v) > until)
            break;
        if (v != t->clear && (v->kind != VAL_LOAD || !memory_same_address(v->args[0], t->clear->args[0]) ||
                              accesses_place(t->c->accesses, v) > accesses_place(t->c->accesses, t->clear)))
            return false;
    }
    return true;
}

/* Where the element is moved to, ahead of the clearing or behind it; true where there is such a place. */
static bool find_move(Transport *t)
{
    for (const Value *v = t->clear->block->first; v; v = v->next) {
        const Value *element = v->kind == VAL_STORE ? v->args[1] : NULL;
        if (!element || element->kind != VAL_LOAD || element->block != v->block ||
            !memory_same_address(element->args[0], t->clear->args[0]))
            continue;
        const Value *array = memory_base(v->args[0]);
        if (!is_private_array(array) || array->is_chosen || array == memory_base(t->clear->args[0]) ||
            fill_range_loop(array, v, &t->moved) != t->moving)
            continue;
        t->move = v;
        return true;
    }
    return false;
}

/* All uses of the array behind the place, up to the other, are of the kind, but for this one. */
static bool only_used_by(const Clears *c, const Value *use, unsigned behind, unsigned until, ValueKind kind)
{
    const Values *uses = &c->uses[memory_base(use->args[0])->id];
    for (size_t k = first_behind(c, uses, behind); k < uses->count; k++) {
        if (accesses_place(c->accesses, uses->at[k]) > until)
            return true;
        if (uses->at[k] != use && uses->at[k]->kind != kind)
            return false;
    }
    return true;
}

static bool same_dimensions(const FillRange *a, const FillRange *b)
{
    bool same = a->rank == b->rank;
    for (int k = 0; same && k < a->rank; k++)
        same = a->loops[k] == b->loops[k];
    return same;
}

/* The load of the moved element that the addition adds as it is; NULL: there is none. */
static Value *added_back(const Transport *t, const Value *accum, const FillRange *added)
{
    enum { BUDGET = 32 };
    const Value *array = memory_base(t->move->args[0]);
    for (Value *v = accum->block->first; v != accum; v = v->next) {
        FillRange range;
        if (v->kind == VAL_LOAD && memory_base(v->args[0]) == array && fill_range(array, v->args[0], &range) &&
            same_dimensions(&range, added) && has_term(accum->args[1], v, &(int){BUDGET}))
            return v;
    }
    return NULL;
}

static bool stays_meanwhile(const Transport *t, Value *accum)
{
    const Value *object = memory_base(t->clear->args[0]);
    FillRange added;
    const Value *region = fill_range_loop(object, accum, &added);
    if (!accum->adjoint || !region || region->block != t->moving->block || !ir_is_behind(region, t->moving) ||
        !fill_same_range(&t->cleared, &added))
        return false;
    Value *term = added_back(t, accum, &added);
    const unsigned last = accesses_last(t->c->accesses, region);
    if (!term || !only_used_by(t->c, t->clear, accesses_last(t->c->accesses, t->moving), last, VAL_ACCUM) ||
        !only_used_by(t->c, t->move, accesses_place(t->c->accesses, t->moving), last, VAL_LOAD))
        return false;
    Builder b = {
        .function = accum->block->function, .block = accum->block, .before = accum, .loc = accum->loc, .adjoint = true};
    Value *rest = without_term(&b, accum->args[1], term);
    if (rest)
        accum->args[1] = rest;
    else
        ir_remove(accum);
    ir_remove(t->clear);
    return true;
}

/* The additions that follow are asked one by one, until something else is done with the array. */
static void leave_there(const Clears *c, Value *clear)
{
    const Value *object = memory_base(clear->args[0]);
    Transport t = {.c = c, .clear = clear};
    t.moving = fill_range_loop(object, clear, &t.cleared);
    if (!t.moving || !clears_last(&t) || !find_move(&t) || !same_dimensions(&t.cleared, &t.moved))
        return;
    const Values *uses = &c->uses[object->id];
    for (size_t k = first_behind(c, uses, accesses_place(c->accesses, clear)); k < uses->count; k++)
        if (uses->at[k]->kind != VAL_ACCUM || stays_meanwhile(&t, uses->at[k]))
            return;
}

/* ---- all of them ---- */

static bool is_clear_of_element(const Value *v)
{
    return v->kind == VAL_STORE && v->adjoint && ir_is_zero(v->args[1]) && is_private_array(memory_base(v->args[0])) &&
           !memory_base(v->args[0])->is_chosen;
}

static void store_first(const Clears *c, Block *block)
{
    for (Value *v = block->first, *next; v; v = next) {
        next = v->next;
        for (int k = 0; k < 2; k++)
            if (v->blocks[k])
                store_first(c, v->blocks[k]);
        if (v->kind == VAL_ACCUM)
            store_behind_clear(v);
        if (is_clear_of_element(v)) {
            if (store_instead_of(c, v))
                ir_remove(v);
            else
                leave_there(c, v);
        }
        if (v->kind == VAL_ZERO && is_private_array(v->args[0]) && !v->args[0]->is_chosen && store_instead(c, v))
            ir_remove(v);
    }
}

static Clears clears_of(Function *fn)
{
    memory_mark_private(fn);
    return (Clears){.accesses = accesses_find(fn), .uses = ARENA_ARRAY(Values, fn->next_id + 1)};
}

void clears_drop_dead(Function *fn)
{
    const Clears c = clears_of(fn);
    drop_dead_clears(&c, fn->body);
}

void clears_store_first(Function *fn)
{
    Clears c = clears_of(fn);
    find_uses(&c, fn->body);
    store_first(&c, fn->body);
}
