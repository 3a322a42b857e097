/*
 * jam.c: a loop over rows, each with a loop of its own, takes ROWS of them together. Sums in the order that the program
 * says are chains, each addition waiting for the one before; those of different rows don't wait for one another, and
 * what the rows share is fetched once for all of them.
 *
 *     for (i = 0; i < n; i++) {              const int rest = n / 4 * 4;
 *         double s = 0.0;                    for (i = 0; i < rest; i += 4) {
 *         for (j = 0; j < m; j++)                double s = 0.0, s_2 = 0.0, ...;
 *             s += a[i][j] * x[j];     →         for (j = 0; j < m; j++) {
 *         y[i] = s;                                  s += a[i][j] * x[j];
 *     }                                              s_2 += a[i + 1][j] * x[j];
 *                                                    ...
 *                                                }
 *                                                y[i] = s; ...
 *                                            }
 *                                            for (i = rest; i < n; i++)
 *                                                ... as before
 *
 * Where all rows add to y[j], it is fetched and put back once:  y[j] = y[j] + a[i][j] * x[i] + a[i + 1][j] * ...
 *
 * Each sum has its terms in the order that it had, so that nothing changes, to the last bit. What changes is which row
 * meets memory first: no row may write what another one accesses, but for an element y[j] that all of them access only
 * in iteration j of their loops.
 */
#include "clone.h"
#include "form.h"
#include "passes.h"

enum { ROWS = 4, MAX_BODY = 24, MAX_ROW = 64, MAX_ACCESSES = 32, SHORT = 8 };

typedef struct {
    Function *function;
    CloneMap map[ROWS]; /* of one row each */
    Value *outer, *inner;
    Value *access[MAX_ACCESSES]; /* in the nest */
    int naccesses;
    const Value *shared[MAX_ACCESSES]; /* additions to what all rows add to in the same iteration of their loops */
    int nshared;
} Jam;

/* ---- loops with rows ---- */

static bool is_access(const Value *v)
{
    return v->kind == VAL_LOAD || ir_writes_value(v);
}

/* Steps of 1 from 0, so often that it is worth while. */
static bool counts_rows(const Value *loop)
{
    enum { INDEX_BYTES = 4 };
    return loop->step == 1 && loop->rel == VAL_LT && loop->from->kind == VAL_INT && loop->from->i == 0 &&
           loop->counter->type->size >= INDEX_BYTES && (loop->to->kind != VAL_INT || loop->to->i >= SHORT);
}

static bool is_plain(const Value *loop)
{
    return loop->kind == VAL_LOOP && loop->counted && !loop->reversed && !loop->snapshots && !loop->over_lanes &&
           !loop->gathers && !loop->is_short;
}

static bool is_constant_and_short(const Value *loop)
{
    return loop->from->kind == VAL_INT && loop->to->kind == VAL_INT && loop->to->i - loop->from->i <= SHORT;
}

/* A branch that only computes. */
static bool is_choice(const Value *v)
{
    for (const Value *w = v; w; w = ir_next_inside(w, v))
        if (w != v && !ir_is_pure(w->kind))
            return false;
    return v->kind == VAL_IF;
}

/* The only loop in the loop's body, whose other values are computed, loaded or written, and behind it chosen. */
static Value *only_loop_in(const Value *outer)
{
    Value *inner = NULL;
    int count = 0;
    for (Value *v = outer->blocks[1]->first; v; v = v->next, count++) {
        if (v->kind == VAL_LOOP && !inner)
            inner = v;
        else if (!ir_is_pure(v->kind) && !is_access(v) && !(inner && is_choice(v)))
            return NULL;
    }
    return count <= MAX_ROW ? inner : NULL;
}

static bool is_dear(const Value *v)
{
    return v->kind == VAL_MATH || v->kind == VAL_PURE_CALL || (v->kind == VAL_DIV && type_is_real(v->type));
}

/* Little enough for ROWS of them. */
static bool is_small(const Block *body)
{
    int count = 0;
    for (const Value *v = body->first; v; v = v->next, count++)
        if ((!ir_is_pure(v->kind) && !is_access(v)) || is_dear(v))
            return false;
    return count <= MAX_BODY;
}

/* Is v what the loop carries, or uses it some of that in the same block? */
static bool uses_carried(const Value *v, const Value *loop)
{
    for (int k = 0; k < v->nargs; k++)
        if (v->args[k]->kind == VAL_CARRIED && v->args[k]->region == loop)
            return true;
    return false;
}

/* What the loop over the rows carries is only used behind the inner loop. */
static bool carries_behind(const Jam *j)
{
    for (const Value *v = j->outer->blocks[1]->first; v; v = v->next) {
        if (uses_carried(v, j->outer))
            return false;
        if (v == j->inner)
            break;
    }
    for (const Value *v = j->inner->blocks[1]->first; v; v = v->next)
        if (uses_carried(v, j->outer))
            return false;
    for (int k = 0; k < j->inner->nresults; k++) {
        const Value *next = j->inner->blocks[1]->yields[k];
        if (next->kind == VAL_CARRIED && next->region == j->outer)
            return false;
    }
    return true;
}

/* ---- memory ---- */

static bool find_accesses(Jam *j, const Block *block)
{
    for (Value *v = block->first; v; v = v->next) {
        if (is_access(v)) {
            if (j->naccesses == MAX_ACCESSES)
                return false;
            j->access[j->naccesses++] = v;
        }
        if (v == j->inner && !find_accesses(j, v->blocks[1]))
            return false;
    }
    return true;
}

static bool is_inside(const Jam *j, const Value *v)
{
    return v->block == j->inner->blocks[1];
}

/* Never the same element, whichever rows and iterations the two belong to. */
static bool are_apart(const Jam *j, const Value *a, const Value *b)
{
    return !memory_may_alias_within(a, b, j->outer) || form_apart(a, b, j->outer, j->inner);
}

/* One row only accesses the place, if all do so by this address. */
static bool is_of_one_row(const Jam *j, const Value *address)
{
    Value *loops[] = {j->outer, j->inner};
    return index_is_injective(address, loops, ir_visible(address, j->outer->blocks[1]) ? 1 : 2);
}

/* The same in all rows, if the inner loop's counter is. */
static bool is_of_no_row(const Jam *j, const Value *v)
{
    if (v == j->inner->counter || ir_visible(v, j->outer->block))
        return true;
    if (ir_is_leaf(v->kind) || !ir_is_pure(v->kind))
        return false;
    for (int k = 0; k < v->nargs; k++)
        if (!is_of_no_row(j, v->args[k]))
            return false;
    return true;
}

/* One iteration of each row accesses the place, the same of all rows, if all do so by this address. */
static bool is_of_one_iteration(const Jam *j, const Value *address)
{
    Value *loops[] = {j->inner};
    return is_of_no_row(j, address) && index_is_injective(address, loops, 1);
}

/* May the rows' iterations be interleaved, as far as the write and the access, or others of it, are concerned? */
static bool may_interleave(const Jam *j, const Value *write, const Value *access)
{
    if (write->kind == VAL_ACCUM && access->kind == VAL_ACCUM && write->adjoint && access->adjoint)
        return true; /* sums of adjoints are in any order */
    if (are_apart(j, write->args[0], access->args[0]))
        return true;
    if (!memory_same_address(write->args[0], access->args[0]))
        return false;
    return is_of_one_row(j, write->args[0]) ||
           (is_inside(j, write) && is_inside(j, access) && is_of_one_iteration(j, write->args[0]));
}

static bool memory_permits(const Jam *j)
{
    for (int k = 0; k < j->naccesses; k++)
        for (int i = 0; i < j->naccesses; i++)
            if (ir_writes_value(j->access[k]) && !may_interleave(j, j->access[k], j->access[i]))
                return false;
    return true;
}

/* ---- what is gained ---- */

/* Nothing else in the nest's inner loop, or between it and `from`, meets what v writes. */
static bool is_alone(const Jam *j, const Value *v, const Value *from)
{
    for (int k = 0; k < j->naccesses; k++) {
        const Value *other = j->access[k];
        const bool between =
            other->block == j->outer->blocks[1] && ir_is_behind(other, from) && !ir_is_behind(other, j->inner);
        if (other != v && (is_inside(j, other) || between) && !are_apart(j, v->args[0], other->args[0]))
            return false;
    }
    return true;
}

/* Additions to y[j] that meet no other access of the inner loop are put together. */
static void find_shared(Jam *j)
{
    j->nshared = 0;
    for (int k = 0; k < j->naccesses; k++) {
        Value *v = j->access[k];
        if (v->kind == VAL_ACCUM && is_inside(j, v) && is_of_one_iteration(j, v->args[0]) && is_alone(j, v, j->inner))
            j->shared[j->nshared++] = v;
    }
}

static bool is_shared(const Jam *j, const Value *v)
{
    for (int k = 0; k < j->nshared; k++)
        if (j->shared[k] == v)
            return true;
    return false;
}

/* Nothing is written there but what all rows share: compilers would have to ask whether the rows overlap. */
static bool writes_no_rows(const Jam *j)
{
    for (int k = 0; k < j->naccesses; k++)
        if (ir_writes_value(j->access[k]) && is_inside(j, j->access[k]) && !is_shared(j, j->access[k]))
            return false;
    return true;
}

/* The last write before the inner loop is a store to the place that v, in there, adds to. */
static Value *store_before(const Jam *j, const Value *v)
{
    for (Value *w = j->inner->prev; w; w = w->prev)
        if (w->kind == VAL_STORE && memory_same_address(w->args[0], v->args[0]))
            return is_alone(j, v, w) ? w : NULL;
    return NULL;
}

/* y[i] = x; for (j) y[i] += e   →   s = x; for (j) s += e; y[i] = s */
static bool sum_in_local(const Jam *j, Value *accum)
{
    Value *inner = j->inner, *address = accum->args[0];
    Value *store = accum->kind == VAL_ACCUM && ir_visible(address, j->outer->blocks[1]) ? store_before(j, accum) : NULL;
    if (!store)
        return false;
    const int index = inner->nresults;
    Value *carried = ir_loop_carry(inner, store->args[1]);
    const char *place = memory_base(address)->hint;
    carried->hint = inner->results[index]->hint = place ? arena_printf("%s_sum", place) : NULL;
    Builder here = {.function = j->function,
                    .block = inner->blocks[1],
                    .before = accum,
                    .loc = accum->loc,
                    .adjoint = accum->adjoint};
    ir_set_next(inner, index, ir_binary(&here, VAL_ADD, accum->args[1]->type, carried, accum->args[1]));
    ir_remove(accum);
    store->args[1] = inner->results[index];
    ir_move(store, inner->block, inner->next);
    return true;
}

static void sums_in_locals(Jam *j)
{
    for (int k = 0; k < j->naccesses; k++)
        if (is_inside(j, j->access[k]) && sum_in_local(j, j->access[k]))
            j->access[k--] = j->access[--j->naccesses];
}

static bool carries_reals(const Value *loop)
{
    for (int k = 0; k < loop->nresults; k++)
        if (type_is_real(loop->carried[k]->type))
            return true;
    return false;
}

static bool find_nest(Jam *j, Value *outer)
{
    if (!is_plain(outer) || !counts_rows(outer))
        return false;
    Value *inner = only_loop_in(outer);
    j->outer = outer;
    j->inner = inner;
    j->naccesses = 0;
    return inner && is_plain(inner) && !is_constant_and_short(inner) && ir_visible(inner->from, outer->block) &&
           ir_visible(inner->to, outer->block) && is_small(inner->blocks[1]) && carries_behind(j) &&
           find_accesses(j, outer->blocks[1]) && memory_permits(j);
}

/* ---- the rows together ---- */

/* The first row that is left over: n / ROWS * ROWS; 0, or less than none, where n is. */
static Value *end_of_rows(Builder *b, const Value *loop)
{
    Type *type = loop->counter->type;
    if (loop->to->kind == VAL_INT)
        return ir_int(b, type, loop->to->i / ROWS * ROWS);
    Value *rows = ir_int(b, type, ROWS);
    Value *end = ir_binary(b, VAL_MUL, type, ir_binary(b, VAL_DIV, type, loop->to, rows), rows);
    end->hint = "rest";
    return end;
}

static void clone_until(CloneMap *map, Builder *b, Value *from, const Value *until)
{
    for (Value *v = from; v != until; v = v->next)
        clone_value(map, b, v);
}

/* The addition of all rows to one element, in the place of the last one: the primal's one after the other. */
static void add_together(Jam *j, Builder *b, Value *accum)
{
    Value *address = clone_lookup(&j->map[0], b, accum->args[0]);
    Value *sum = accum->adjoint ? NULL : ir_load(b, address);
    for (int row = 0; row < ROWS; row++) {
        Value *x = clone_lookup(&j->map[row], b, accum->args[1]);
        sum = sum ? ir_binary(b, VAL_ADD, x->type, sum, x) : x;
    }
    if (accum->adjoint)
        ir_accum(b, address, sum);
    else
        ir_store(b, address, sum);
}

static void fill_inner(Jam *j, Builder *b)
{
    for (int row = 0; row < ROWS; row++)
        for (Value *v = j->inner->blocks[1]->first; v; v = v->next) {
            b->loc = v->loc;
            b->adjoint = v->adjoint;
            if (!is_shared(j, v))
                clone_value(&j->map[row], b, v);
            else if (row == ROWS - 1)
                add_together(j, b, v);
        }
}

/* The inner loop for all rows: what it carries is carried for each of them. */
static void clone_inner(Jam *j, Builder *b)
{
    Value *inner = j->inner, *copy = clone_counting(&j->map[0], b, inner);
    const int n = inner->nresults;
    for (int row = 0; row < ROWS; row++) {
        clone_set(&j->map[row], inner->counter, copy->counter);
        for (int k = 0; k < n; k++) {
            const int index = row * n + k;
            Value *carried = ir_loop_carry(copy, clone_lookup(&j->map[row], b, inner->args[k]));
            carried->hint = inner->carried[k]->hint;
            copy->results[index]->hint = inner->results[k]->hint;
            clone_set(&j->map[row], inner->carried[k], carried);
            clone_set(&j->map[row], inner->results[k], copy->results[index]);
        }
    }
    Builder in = ir_inside(b, copy);
    fill_inner(j, &in);
    for (int row = 0; row < ROWS; row++)
        for (int k = 0; k < n; k++)
            ir_set_next(copy, row * n + k, clone_lookup(&j->map[row], &in, inner->blocks[1]->yields[k]));
}

/* What a row does behind its inner loop; what the loop over the rows carries goes from row to row. */
static void finish_rows(Jam *j, Builder *b, const Value *together)
{
    const Value *outer = j->outer;
    for (int row = 0; row < ROWS; row++) {
        for (int k = 0; k < outer->nresults; k++)
            clone_set(&j->map[row], outer->carried[k],
                      row == 0 ? together->carried[k] : clone_lookup(&j->map[row - 1], b, outer->blocks[1]->yields[k]));
        clone_until(&j->map[row], b, j->inner->next, NULL);
    }
}

static void jam(Jam *j)
{
    Value *outer = j->outer;
    Builder b = {
        .function = j->function, .block = outer->block, .before = outer, .loc = outer->loc, .adjoint = outer->adjoint};
    Value *rest = end_of_rows(&b, outer);
    Value *together = ir_count(&b, outer->from, VAL_LT, rest, ROWS);
    together->counter->hint = outer->counter->hint;
    for (int k = 0; k < outer->nresults; k++)
        ir_loop_carry(together, outer->args[k])->hint = outer->carried[k]->hint;
    Builder in = ir_inside(&b, together);
    for (int row = 0; row < ROWS; row++) {
        Type *type = outer->counter->type;
        Value *counter = together->counter;
        if (row)
            counter = ir_binary(&in, VAL_ADD, type, counter, ir_int(&in, type, row));
        clone_set(&j->map[row], outer->counter, counter);
        clone_until(&j->map[row], &in, outer->blocks[1]->first, j->inner);
    }
    clone_inner(j, &in);
    finish_rows(j, &in, together);
    for (int k = 0; k < outer->nresults; k++) {
        ir_set_next(together, k, clone_lookup(&j->map[ROWS - 1], &in, outer->blocks[1]->yields[k]));
        together->results[k]->hint = outer->results[k]->hint;
        outer->args[k] = together->results[k];
    }
    outer->from = rest;
    vec_push(&j->function->decisions, ((Decision){.kind = DECIDED_JAMMED, .region = outer->loc, .bytes = ROWS}));
}

/* ---- */

static bool visit_block(Jam *j, Block *block)
{
    bool changed = false;
    for (Value *v = block->first; v; v = v->next) {
        if (v->kind == VAL_LOOP && find_nest(j, v)) {
            find_shared(j);
            sums_in_locals(j);
            if (writes_no_rows(j) && (j->nshared || carries_reals(j->inner))) {
                jam(j);
                changed = true;
            }
            continue;
        }
        for (int k = 0; k < 2; k++)
            if (v->blocks[k])
                changed |= visit_block(j, v->blocks[k]);
    }
    return changed;
}

bool rows_jam(Function *fn)
{
    Jam j = {.function = fn};
    for (int row = 0; row < ROWS; row++) {
        j.map[row].share_outside = true;
        clone_map_init(&j.map[row], fn);
    }
    memory_mark_private(fn);
    return visit_block(&j, fn->body);
}
