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

enum { MAX_DEGREE = 3, MAX_SPLITS = 8, MAX_UNEQUAL = 8 };

/* Whose iteration a value belongs to. What is computed around both is shared. */
typedef enum { SHARED, OF_ACCESS, OF_WRITE } Side;

typedef struct {
    const Value *value;
    Side side;
} Atom;

/* A variable of the inequalities: a product of atoms, in a fixed order. */
typedef struct {
    Atom atom[MAX_DEGREE];
    int degree;
} Monomial;

typedef struct {
    const Block *around; /* what is visible here is shared */
    int count;
    Monomial monomial[INEQUALITIES_VARIABLES];
    bool fits;
    Inequalities known;
    int nunequal;
    Linear unequal[MAX_UNEQUAL]; /* each of them is not 0 */
} System;

/* ---- products ---- */

static int compare_atoms(const Atom *a, const Atom *b)
{
    if (a->value != b->value)
        return a->value->id < b->value->id ? -1 : 1;
    return a->side < b->side ? -1 : a->side > b->side;
}

static bool same_monomial(const Monomial *a, const Monomial *b)
{
    for (int k = 0; k < a->degree && a->degree == b->degree; k++)
        if (compare_atoms(&a->atom[k], &b->atom[k]) != 0)
            return false;
    return a->degree == b->degree;
}

static Linear of_constant(int64_t constant)
{
    return (Linear){.constant = constant};
}

static Linear of_monomial(System *s, const Monomial *m)
{
    Linear x = {0};
    int k = 0;
    while (k < s->count && !same_monomial(&s->monomial[k], m))
        k++;
    if (k == INEQUALITIES_VARIABLES) {
        s->fits = false;
        return x;
    }
    if (k == s->count)
        s->monomial[s->count++] = *m;
    x.times[k] = 1;
    return x;
}

/* Multiplies in one atom more. */
static void add_atom(System *s, Monomial *m, Atom atom)
{
    if (m->degree == MAX_DEGREE) {
        s->fits = false;
        return;
    }
    int k = m->degree++;
    for (; k > 0 && compare_atoms(&m->atom[k - 1], &atom) > 0; k--)
        m->atom[k] = m->atom[k - 1];
    m->atom[k] = atom;
}

static void add(System *s, Linear *sum, const Linear *x, int64_t scale)
{
    s->fits &= linear_add(sum, x, scale);
}

static Linear product(System *s, const Linear *x, const Linear *y)
{
    Linear sum = of_constant(0);
    add(s, &sum, y, x->constant);
    Linear rest = *x;
    rest.constant = 0;
    add(s, &sum, &rest, y->constant);
    for (int k = 0; k < s->count; k++)
        for (int j = 0; x->times[k] && j < s->count; j++) {
            if (!y->times[j])
                continue;
            Monomial m = s->monomial[k];
            for (int i = 0; i < s->monomial[j].degree; i++)
                add_atom(s, &m, s->monomial[j].atom[i]);
            const Linear both = of_monomial(s, &m);
            Linear scaled = of_constant(0);
            add(s, &scaled, &both, x->times[k]);
            add(s, &sum, &scaled, y->times[j]);
        }
    return sum;
}

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

static Linear of_atom(System *s, Atom atom)
{
    Monomial m = {.degree = 0};
    add_atom(s, &m, atom);
    return of_monomial(s, &m);
}

static Linear linear_of(System *s, const Value *v, Side side, bool in_address);
static void know_comparison(System *s, ValueKind kind, const Linear *x, const Linear *y);

/* i * (n + 1): the sum is a number of elements, and stays whole. */
static Linear factor_of(System *s, const Value *v, Side side, bool in_address)
{
    while (v->kind == VAL_CAST && is_exact(v, in_address))
        v = v->args[0];
    if ((v->kind != VAL_ADD && v->kind != VAL_SUB) || !ir_visible(v, s->around))
        return linear_of(s, v, side, in_address);
    const Linear whole = of_atom(s, (Atom){v, SHARED}), sum = linear_of(s, v, SHARED, false);
    know_comparison(s, VAL_EQ, &whole, &sum);
    return whole;
}

static Linear linear_of(System *s, const Value *v, Side side, bool in_address)
{
    if (v->kind == VAL_INT) {
        s->fits &= v->type->is_signed || v->i >= 0;
        return of_constant(v->i);
    }
    if (!is_arithmetic(v) || !is_exact(v, in_address))
        return of_atom(s, (Atom){v, ir_visible(v, s->around) ? SHARED : side});
    if (v->kind == VAL_MUL) {
        const Linear x = factor_of(s, v->args[0], side, in_address), y = factor_of(s, v->args[1], side, in_address);
        return product(s, &x, &y);
    }
    const Linear x = linear_of(s, v->args[0], side, in_address);
    if (v->kind == VAL_CAST)
        return x;
    Linear sum = of_constant(0);
    if (v->kind == VAL_NEG) {
        add(s, &sum, &x, -1);
        return sum;
    }
    const Linear y = linear_of(s, v->args[1], side, in_address);
    sum = x;
    add(s, &sum, &y, v->kind == VAL_ADD ? 1 : -1);
    return sum;
}

/* ---- what is known ---- */

/* x - y >= least */
static void know_difference(System *s, const Linear *x, const Linear *y, int64_t least)
{
    Linear difference = *x;
    add(s, &difference, y, -1);
    const Linear constant = of_constant(least);
    add(s, &difference, &constant, -1);
    inequalities_add(&s->known, &difference);
}

/* What the comparison says of integers where it holds; `kind` may be another one than its own. */
static void know_comparison(System *s, ValueKind kind, const Linear *x, const Linear *y)
{
    if (kind == VAL_GE || kind == VAL_GT || kind == VAL_EQ)
        know_difference(s, x, y, kind == VAL_GT);
    if (kind == VAL_LE || kind == VAL_LT || kind == VAL_EQ)
        know_difference(s, y, x, kind == VAL_LT);
    if (kind == VAL_NE && s->nunequal < MAX_UNEQUAL) {
        Linear *difference = &s->unequal[s->nunequal++];
        *difference = *x;
        add(s, difference, y, -1);
    }
}

static ValueKind opposite(ValueKind comparison)
{
    switch (comparison) {
    case VAL_EQ:
        return VAL_NE;
    case VAL_NE:
        return VAL_EQ;
    case VAL_LT:
        return VAL_GE;
    case VAL_LE:
        return VAL_GT;
    case VAL_GT:
        return VAL_LE;
    default:
        return VAL_LT;
    }
}

static void know_condition(System *s, const Value *condition, bool holds, Side side)
{
    if (condition->kind == (holds ? VAL_LAND : VAL_LOR)) {
        know_condition(s, condition->args[0], holds, side);
        know_condition(s, condition->args[1], holds, side);
    } else if (condition->kind == VAL_LNOT) {
        know_condition(s, condition->args[0], !holds, side);
    } else if (condition->kind >= VAL_EQ && condition->kind <= VAL_GE && type_is_int(condition->args[0]->type) &&
               condition->args[0]->type->is_signed) {
        const Linear x = linear_of(s, condition->args[0], side, false);
        const Linear y = linear_of(s, condition->args[1], side, false);
        know_comparison(s, holds ? condition->kind : opposite(condition->kind), &x, &y);
    }
}

static void know_range(System *s, const Value *loop, Side side)
{
    const Linear counter = linear_of(s, loop->counter, side, false);
    const Linear from = linear_of(s, loop->from, side, false), to = linear_of(s, loop->to, side, false);
    know_comparison(s, loop->step > 0 ? VAL_GE : VAL_LE, &counter, &from);
    know_comparison(s, loop->rel, &counter, &to);
}

/* What the loops and branches around v, in which it is come to, say. */
static void know_surroundings(System *s, const Value *v, Side side)
{
    for (const Block *block = v->block; block->owner; block = block->owner->block) {
        const Value *owner = block->owner;
        if (owner->kind == VAL_IF)
            know_condition(s, owner->args[0], block == owner->blocks[0], side);
        else if (owner->counted)
            know_range(s, owner, side);
    }
}

/* The write's iteration of the loop is the later one. */
static void know_order(System *s, const Value *loop)
{
    if (!loop->counted)
        return;
    const Linear first = linear_of(s, loop->counter, OF_ACCESS, false);
    const Linear second = linear_of(s, loop->counter, OF_WRITE, false);
    const bool up = (loop->step > 0) != loop->reversed;
    know_difference(s, up ? &second : &first, up ? &first : &second, 1);
}

/* What is not 0, but cannot be less, is 1 or more. */
static void use_unequal(System *s)
{
    const Linear zero = of_constant(0);
    for (int k = 0; k < s->nunequal; k++)
        for (int sign = -1; sign <= 1; sign += 2) {
            Linear beyond = of_constant(0);
            add(s, &beyond, &s->unequal[k], sign);
            Linear less = of_constant(-1);
            add(s, &less, &beyond, -1);
            if (inequalities_contradict(&s->known, &less))
                know_difference(s, &beyond, &zero, 1);
        }
}

/* ---- equations between indices ---- */

static bool is_symbol(const Atom *a)
{
    return a->side == SHARED && a->value->kind != VAL_COUNTER;
}

static int place_of(const Monomial *m, const Atom *atom)
{
    for (int k = 0; k < m->degree; k++)
        if (compare_atoms(&m->atom[k], atom) == 0)
            return k;
    return -1;
}

/* x = stride * multiple + rest; the stride is an atom, or where that is NULL, a number. */
static void divide(System *s, const Linear *x, const Atom *stride, int64_t number, Linear *multiple, Linear *rest)
{
    *multiple = *rest = of_constant(0);
    rest->constant = x->constant;
    if (!stride) {
        multiple->constant = x->constant / number;
        rest->constant = x->constant % number;
    }
    const int count = s->count;
    for (int k = 0; k < count; k++) {
        const Monomial *m = &s->monomial[k];
        const int at = stride ? place_of(m, stride) : -1;
        if (x->times[k] == 0)
            continue;
        if (!stride) {
            multiple->times[k] = x->times[k] / number;
            rest->times[k] = x->times[k] % number;
        } else if (at < 0) {
            rest->times[k] = x->times[k];
        } else {
            Monomial without = *m;
            without.degree--;
            for (int j = at; j < without.degree; j++)
                without.atom[j] = without.atom[j + 1];
            const Linear quotient = without.degree ? of_monomial(s, &without) : of_constant(1);
            add(s, multiple, &quotient, x->times[k]);
        }
    }
}

/* Is |x| less than the stride, whatever the iterations? */
static bool is_less(System *s, const Linear *x, const Linear *stride)
{
    for (int sign = -1; sign <= 1; sign += 2) {
        Linear beyond = of_constant(0); /* sign * x - stride >= 0 */
        add(s, &beyond, x, sign);
        add(s, &beyond, stride, -1);
        if (!s->fits || !inequalities_contradict(&s->known, &beyond))
            return false;
    }
    return true;
}

static void know_zero(System *s, const Linear *x, int splits);

static bool split_by(System *s, const Linear *x, const Atom *stride, int64_t number, int splits)
{
    Linear multiple, rest, size = of_constant(number);
    divide(s, x, stride, number, &multiple, &rest);
    if (linear_is_constant(&multiple))
        return false;
    if (stride)
        size = of_atom(s, *stride);
    if (!s->fits || !is_less(s, &rest, &size))
        return false;
    know_zero(s, &rest, splits - 1);
    know_zero(s, &multiple, splits - 1);
    return true;
}

/* Takes apart what is written as digits. */
static bool split_digits(System *s, const Linear *x, int splits)
{
    const int count = s->count;
    for (int k = 0; k < count; k++) {
        const Monomial m = s->monomial[k];
        for (int j = 0; x->times[k] && m.degree > 1 && j < m.degree; j++)
            if (is_symbol(&m.atom[j]) && split_by(s, x, &m.atom[j], 0, splits))
                return true;
    }
    for (int k = 0; k < count; k++) {
        const int64_t number = x->times[k] < 0 ? -x->times[k] : x->times[k];
        if (number > 1 && split_by(s, x, NULL, number, splits))
            return true;
    }
    return false;
}

static void know_zero(System *s, const Linear *x, int splits)
{
    if (splits > 0 && s->fits && split_digits(s, x, splits))
        return;
    const Linear zero = of_constant(0);
    know_comparison(s, VAL_EQ, x, &zero);
}

/* ---- addresses ---- */

/* Adds the indices of the steps of one pointer type that follow one another; gives the place behind them. */
static int sum_steps(System *s, const Path *path, int at, const Value *like, Side side, int64_t sign, Linear *sum)
{
    for (; at < path->count; at++) {
        const Value *step = path->step[at];
        if (step->kind != VAL_PTRADD || !type_same(step->type, like->type))
            break;
        s->fits &= step->nargs == like->nargs && (step->nargs < 3 || step->args[2] == like->args[2]);
        const Linear index = linear_of(s, step->args[1], side, true);
        add(s, sum, &index, sign);
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
        Linear difference = of_constant(0);
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
