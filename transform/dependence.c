/*
 * dependence.c: does a write come to what an access has touched, later? The two are in iterations of their own of the
 * loops around; the counters of those, their bounds, what conditions around say, and which iteration is the later one,
 * are inequalities, and that both touch one element of an array are equations. Where all of these contradict one
 * another, what was read stays there:
 *
 *     for (j)                                        k[i][p], with p < j, is not written at step j' = j, where
 *         for (p < j)                                k[i'][j'] is, since p < j'; nor at any step j' > j
 *             for (i)
 *                 k[i][j] -= k[i][p] * k[j][p];
 *
 * An index may be written as digits, i * n + j. Two of them are equal where all digits are, once it is known that the
 * last ones differ by less than n: their difference is a multiple of n.
 */
#include "inequalities.h"
#include "passes.h"
#include "path.h"
#include "polynomial.h"

enum { MAX_SPLITS = 8, MAX_UNEQUAL = 8 };

/* Whose iteration a value belongs to. What is computed around both is shared. */
typedef enum { SHARED, OF_ACCESS, OF_WRITE } Side;

typedef struct {
    const Block *around; /* what is visible here is shared */
    bool fits;           /* so far, nothing has become too large or too long */
    int count;
    Term variable[INEQUALITIES_VARIABLES]; /* products of atoms; their factors don't count */
    Inequalities known;
    int nunequal;
    Linear unequal[MAX_UNEQUAL]; /* each of them is not 0 */
} System;

/* ---- values ---- */

/* A counter that counts up to something, plus 1: not more than that. */
static bool is_next_of_counter(const Value *v)
{
    if (v->kind != VAL_ADD || v->args[0]->kind != VAL_COUNTER || v->args[1]->kind != VAL_INT)
        return false;
    const Value *loop = v->args[0]->region;
    return loop->step > 0 && loop->rel == VAL_LT && v->args[1]->i == 1;
}

/*
 * Is the operation that of the integers? Signed ones don't overflow. In an address, all is counted modulo the size of
 * memory, and nothing is as large as that.
 */
static bool is_exact(const Value *v, bool in_address)
{
    if (v->kind == VAL_CAST)
        return ir_is_wide_cast(v) && (in_address || v->type->is_signed || !v->args[0]->type->is_signed);
    return v->type->is_signed || (in_address && v->type->size >= sizeof(uint64_t)) || is_next_of_counter(v);
}

static bool is_arithmetic(const Value *v)
{
    return v->kind == VAL_ADD || v->kind == VAL_SUB || v->kind == VAL_MUL || v->kind == VAL_NEG || v->kind == VAL_CAST;
}

static void know_comparison(System *s, ValueKind kind, const Polynomial *difference);
static void add_value(System *s, Polynomial *to, int64_t scale, const Value *v, Side side, bool in_address);

/* i * (n + 1): the sum is a number of elements, and stays whole. */
static void add_factor(System *s, Polynomial *to, const Value *v, Side side, bool in_address)
{
    while (v->kind == VAL_CAST && is_exact(v, in_address))
        v = v->args[0];
    if ((v->kind != VAL_ADD && v->kind != VAL_SUB) || !ir_visible(v, s->around)) {
        add_value(s, to, 1, v, side, in_address);
        return;
    }
    Polynomial difference = {.count = 0};
    add_value(s, &difference, -1, v, SHARED, false);
    s->fits &= polynomial_add_atom(&difference, 1, (Atom){v, SHARED}) && polynomial_add_atom(to, 1, (Atom){v, SHARED});
    know_comparison(s, VAL_EQ, &difference);
}

static void add_product(System *s, Polynomial *to, int64_t scale, const Value *v, Side side, bool in_address)
{
    Polynomial x = {.count = 0}, y = {.count = 0};
    add_factor(s, &x, v->args[0], side, in_address);
    add_factor(s, &y, v->args[1], side, in_address);
    s->fits &= polynomial_add_product(to, scale, &x, &y);
}

/* to += scale v */
static void add_value(System *s, Polynomial *to, int64_t scale, const Value *v, Side side, bool in_address)
{
    int64_t constant;
    if (v->kind == VAL_INT) {
        s->fits &= (v->type->is_signed || v->i >= 0) && !__builtin_mul_overflow(scale, v->i, &constant) &&
                   polynomial_add_constant(to, constant);
    } else if (!is_arithmetic(v) || !is_exact(v, in_address)) {
        s->fits &= polynomial_add_atom(to, scale, (Atom){v, ir_visible(v, s->around) ? SHARED : (int)side});
    } else if (v->kind == VAL_MUL) {
        add_product(s, to, scale, v, side, in_address);
    } else {
        add_value(s, to, v->kind == VAL_NEG ? -scale : scale, v->args[0], side, in_address);
        if (v->nargs > 1)
            add_value(s, to, v->kind == VAL_SUB ? -scale : scale, v->args[1], side, in_address);
    }
}

/* ---- what is known ---- */

static int variable_of(System *s, const Term *term)
{
    for (int k = 0; k < s->count; k++)
        if (polynomial_same_atoms(&s->variable[k], term))
            return k;
    if (s->count == INEQUALITIES_VARIABLES) {
        s->fits = false;
        return 0;
    }
    s->variable[s->count] = *term;
    return s->count++;
}

/* sign * p - least */
static Linear linear_of(System *s, const Polynomial *p, int sign, int64_t least)
{
    Linear x = {.constant = -least};
    for (int k = 0; k < p->count; k++) {
        const Term *t = &p->term[k];
        int64_t *to = t->degree ? &x.times[variable_of(s, t)] : &x.constant;
        s->fits &= !__builtin_add_overflow(*to, sign * t->factor, to);
    }
    return x;
}

/* sign * p >= least */
static void know_least(System *s, const Polynomial *p, int sign, int64_t least)
{
    const Linear x = linear_of(s, p, sign, least);
    inequalities_add(&s->known, &x);
}

/* What a comparison of integers says of their difference. */
static void know_comparison(System *s, ValueKind kind, const Polynomial *difference)
{
    if (kind == VAL_GE || kind == VAL_GT || kind == VAL_EQ)
        know_least(s, difference, 1, kind == VAL_GT);
    if (kind == VAL_LE || kind == VAL_LT || kind == VAL_EQ)
        know_least(s, difference, -1, kind == VAL_LT);
    if (kind == VAL_NE && s->nunequal < MAX_UNEQUAL)
        s->unequal[s->nunequal++] = linear_of(s, difference, 1, 0);
}

/* x `kind` y */
static void know_of_values(System *s, ValueKind kind, const Value *x, const Value *y, Side side)
{
    Polynomial difference = {.count = 0};
    add_value(s, &difference, 1, x, side, false);
    add_value(s, &difference, -1, y, side, false);
    know_comparison(s, kind, &difference);
}

static void know_condition(System *s, const Value *condition, bool holds, Side side)
{
    if (condition->kind == (holds ? VAL_LAND : VAL_LOR)) {
        know_condition(s, condition->args[0], holds, side);
        know_condition(s, condition->args[1], holds, side);
    } else if (condition->kind == VAL_LNOT) {
        know_condition(s, condition->args[0], !holds, side);
    } else if (ir_is_comparison(condition->kind) && type_is_int(condition->args[0]->type) &&
               condition->args[0]->type->is_signed) {
        know_of_values(s, holds ? condition->kind : ir_opposite(condition->kind), condition->args[0],
                       condition->args[1], side);
    }
}

/* What the loops and branches around v, in which it is come to, say. */
static void know_surroundings(System *s, const Value *v, Side side)
{
    for (const Block *block = v->block; block->owner; block = block->owner->block) {
        const Value *owner = block->owner;
        if (owner->kind == VAL_IF) {
            know_condition(s, owner->args[0], block == owner->blocks[0], side);
        } else if (owner->counted) {
            know_of_values(s, owner->step > 0 ? VAL_GE : VAL_LE, owner->counter, owner->from, side);
            know_of_values(s, owner->rel, owner->counter, owner->to, side);
        }
    }
}

/* The write's iteration of the loop is the later one. */
static void know_order(System *s, const Value *loop)
{
    if (!loop->counted)
        return;
    const int up = (loop->step > 0) != loop->reversed ? 1 : -1;
    Polynomial difference = {.count = 0};
    s->fits &= polynomial_add_atom(&difference, up, (Atom){loop->counter, OF_WRITE}) &&
               polynomial_add_atom(&difference, -up, (Atom){loop->counter, OF_ACCESS});
    know_comparison(s, VAL_GT, &difference);
}

/* What is not 0, but cannot be less, is 1 or more. */
static void use_unequal(System *s)
{
    for (int k = 0; k < s->nunequal; k++)
        for (int sign = -1; sign <= 1; sign += 2) {
            Linear more = {.constant = -1}, less = {.constant = -1};
            s->fits &= linear_add(&more, &s->unequal[k], sign) && linear_add(&less, &s->unequal[k], -sign);
            if (inequalities_contradict(&s->known, &less))
                inequalities_add(&s->known, &more);
        }
}

/* ---- equations between indices ---- */

/* p = stride * multiple + rest; the stride is an atom, or where that is NULL, a number. */
static bool divide(const Polynomial *p, const Atom *stride, int64_t number, Polynomial *multiple, Polynomial *rest)
{
    if (stride)
        return polynomial_split(p, *stride, multiple, rest);
    multiple->count = rest->count = 0;
    for (int k = 0; k < p->count; k++) {
        Term t = p->term[k], left = t;
        t.factor /= number;
        left.factor %= number;
        if (t.factor)
            multiple->term[multiple->count++] = t;
        if (left.factor)
            rest->term[rest->count++] = left;
    }
    return true;
}

/* Is |p| less than the stride, whatever the iterations? */
static bool is_less(System *s, const Polynomial *p, const Atom *stride, int64_t number)
{
    for (int sign = -1; sign <= 1; sign += 2) {
        Polynomial beyond = {.count = 0}; /* sign * p - stride >= 0 */
        s->fits &= polynomial_add(&beyond, sign, p) &&
                   (stride ? polynomial_add_atom(&beyond, -1, *stride) : polynomial_add_constant(&beyond, -number));
        const Linear x = linear_of(s, &beyond, 1, 0);
        if (!s->fits || !inequalities_contradict(&s->known, &x))
            return false;
    }
    return true;
}

static void know_zero(System *s, const Polynomial *p, int splits);

static bool split_by(System *s, const Polynomial *p, const Atom *stride, int64_t number, int splits)
{
    Polynomial multiple, rest;
    int64_t constant;
    if (!divide(p, stride, number, &multiple, &rest) || polynomial_is_constant(&multiple, &constant) ||
        !is_less(s, &rest, stride, number))
        return false;
    know_zero(s, &rest, splits - 1);
    know_zero(s, &multiple, splits - 1);
    return true;
}

/* Takes apart what is written as digits. */
static bool split_digits(System *s, const Polynomial *p, int splits)
{
    for (int k = 0; k < p->count; k++) {
        const Term *t = &p->term[k];
        for (int j = 0; t->degree > 1 && j < t->degree; j++)
            if (t->atom[j].side == SHARED && t->atom[j].value->kind != VAL_COUNTER &&
                split_by(s, p, &t->atom[j], 0, splits))
                return true;
    }
    for (int k = 0; k < p->count; k++) {
        const int64_t number = p->term[k].factor < 0 ? -p->term[k].factor : p->term[k].factor;
        if (p->term[k].degree && number > 1 && split_by(s, p, NULL, number, splits))
            return true;
    }
    return false;
}

static void know_zero(System *s, const Polynomial *p, int splits)
{
    if (splits > 0 && s->fits && split_digits(s, p, splits))
        return;
    know_comparison(s, VAL_EQ, p);
}

/* ---- addresses ---- */

/* Adds the indices of the steps of one pointer type that follow one another; gives the place behind them. */
static int sum_steps(System *s, const Path *path, int at, const Value *like, Side side, int64_t sign, Polynomial *sum)
{
    for (; at < path->count; at++) {
        const Value *step = path->step[at];
        if (step->kind != VAL_PTRADD || !type_same(step->type, like->type))
            break;
        s->fits &= step->nargs == like->nargs && (step->nargs < 3 || step->args[2] == like->args[2]);
        add_value(s, sum, sign, step->args[1], side, true);
    }
    return at;
}

static int dimensions(const Value *step)
{
    int n = 0;
    for (const Type *t = step->type->to; t->kind == TYPE_ARRAY; t = t->to)
        n++;
    return n;
}

/* The step of the outer dimension. The other path has none there where its index is 0. */
static const Value *outer_step(const Value *x, const Value *y)
{
    return !y || (x && dimensions(x) >= dimensions(y)) ? x : y;
}

/* Both lead to one element: the indices are the same, dimension by dimension. */
static bool know_meeting(System *s, const Path *access, const Path *write)
{
    int i = 0, j = 0;
    while (i < access->count || j < write->count) {
        const Value *x = i < access->count ? access->step[i] : NULL, *y = j < write->count ? write->step[j] : NULL;
        if (x && y && x->kind == VAL_FIELD && y->kind == VAL_FIELD && x->i == y->i &&
            x->args[0]->type->to->record == y->args[0]->type->to->record) {
            i++, j++;
            continue;
        }
        if ((x && x->kind != VAL_PTRADD) || (y && y->kind != VAL_PTRADD) ||
            (x && y && dimensions(x) == dimensions(y) && !type_same(x->type, y->type)))
            return false;
        Polynomial difference = {.count = 0};
        const Value *like = outer_step(x, y);
        i = sum_steps(s, access, i, like, OF_ACCESS, -1, &difference);
        j = sum_steps(s, write, j, like, OF_WRITE, 1, &difference);
        know_zero(s, &difference, MAX_SPLITS);
    }
    return s->fits;
}

static void begin(System *s, const Block *around)
{
    s->around = around;
    s->count = s->known.count = s->nunequal = 0;
    s->fits = true;
}

bool dependence_is_apart(const Value *access, const Value *address, const Value *write, const Block *both,
                         const Value *loop)
{
    const Value *base = memory_base((Value *)(uintptr_t)address);
    Path path_a, path_w;
    System s;
    begin(&s, loop ? loop->block : both);
    if (!ir_writes_value(write) || memory_base(write->args[0]) != base || !ir_visible(base, s.around) ||
        !type_same(address->type, write->args[0]->type) || !path_find(&path_a, address, base) ||
        !path_find(&path_w, write->args[0], base) || path_a.is_flat || path_w.is_flat)
        return false;
    know_surroundings(&s, access, OF_ACCESS);
    know_surroundings(&s, write, OF_WRITE);
    if (loop)
        know_order(&s, loop);
    use_unequal(&s);
    return know_meeting(&s, &path_a, &path_w) && inequalities_contradict(&s.known, NULL);
}
