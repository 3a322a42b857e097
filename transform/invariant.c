/*
 * invariant.c: divisions, functions and elements of arrays that are the same in each iteration of a loop of the reverse
 * sweep are computed or read before it, as whoever writes the loop by hand does; compilers leave functions there that
 * might set errno, and elements that they don't know to stay.
 *
 *     for (i) {                                               const double deviation = sqrt(variance + 1e-5);
 *         const double deviation = sqrt(variance + 1e-5);     for (i)
 *         x_bar[i] += y_bar[i] / deviation;             →         x_bar[i] += y_bar[i] / deviation;
 *     }
 *
 * The primal's loops stay as they were written. Where the loop runs no iteration, arithmetic has no effect, and only
 * what is there for sure is read.
 */
#include "accesses.h"
#include "passes.h"

enum { NEAR = 64 };

static bool is_arithmetic(const Value *v)
{
    switch (v->kind) {
    case VAL_ADD:
    case VAL_SUB:
    case VAL_MUL:
    case VAL_DIV:
    case VAL_NEG:
    case VAL_MATH:
        return type_is_real(v->type);
    case VAL_CAST:
        return type_is_real(v->type) && (type_is_real(v->args[0]->type) || type_is_int(v->args[0]->type));
    default:
        return false;
    }
}

/* Indices and pointers. */
static bool is_of_address(const Value *v)
{
    return ir_is_pure(v->kind) && !type_is_real(v->type);
}

static bool follows_from_before(const Value *v, const Value *loop, bool (*may_move)(const Value *), int *visits)
{
    if (ir_visible(v, loop->block))
        return true;
    if (v->block != loop->blocks[1] || !may_move(v) || --*visits < 0)
        return false;
    for (int k = 0; k < v->nargs; k++)
        if (!follows_from_before(v->args[k], loop, may_move, visits))
            return false;
    return true;
}

/* Whatever of it is computed in the loop may move, and follows from what is there before the loop. Long formulas stay,
 * in which the same values may come again and again. */
static bool is_invariant(const Value *v, const Value *loop, bool (*may_move)(const Value *))
{
    int visits = 256;
    return follows_from_before(v, loop, may_move, &visits);
}

/* ---- elements ---- */

static bool is_access(const Value *v, const Value *address)
{
    return (v->kind == VAL_LOAD || ir_writes_value(v)) && memory_same_address(v->args[0], address);
}

/* Is the element read or written beside the loop, whether that runs or not? */
static bool is_accessed_beside(const Value *address, const Value *loop)
{
    const Value *before = loop->prev, *behind = loop->next;
    for (int k = 0; k < NEAR && (before || behind); k++) {
        if ((before && is_access(before, address)) || (behind && is_access(behind, address)))
            return true;
        before = before ? before->prev : NULL;
        behind = behind ? behind->next : NULL;
    }
    return false;
}

static bool is_written_in(const Accesses *accesses, const Value *loop, const Value *address)
{
    AccessWalk walk =
        accesses_walk(accesses, address, accesses_place(accesses, loop), accesses_last(accesses, loop), ACCESS_WRITES);
    for (const Value *w; (w = accesses_next(&walk));)
        if (memory_clobbers(w, address))
            return true;
    return false;
}

static bool is_invariant_element(const Accesses *accesses, const Value *load, const Value *loop)
{
    const Value *address = load->args[0];
    return type_is_real(load->type) && is_invariant(address, loop, is_of_address) &&
           !is_written_in(accesses, loop, address) &&
           (trips_for_sure(loop) || fill_is_inside(address) || is_accessed_beside(address, loop));
}

/* ---- moving ---- */

static void move_before(Value *v, Value *loop)
{
    if (v->block != loop->blocks[1])
        return;
    for (int k = 0; k < v->nargs; k++)
        move_before(v->args[k], loop);
    ir_move(v, loop->block, loop);
}

/* What compilers compute themselves stays where it is. */
static bool is_constant(const Value *v)
{
    for (int k = 0; k < v->nargs; k++)
        if (v->args[k]->kind != VAL_REAL)
            return false;
    return true;
}

/* What moves is read only: whoever writes keeps the place that it is known by. */
static void hoist_from(const Accesses *accesses, Value *loop)
{
    for (Value *v = loop->blocks[1]->first, *next; v; v = next) {
        next = v->next;
        const bool is_dear = v->kind == VAL_DIV || v->kind == VAL_MATH;
        if ((is_dear && !is_constant(v) && is_invariant(v, loop, is_arithmetic)) ||
            (v->kind == VAL_LOAD && is_invariant_element(accesses, v, loop)))
            move_before(v, loop); /* with operands, which stand before it */
    }
}

typedef VEC(Value *) Loops;

/* Inner loops first: what leaves one may leave the next. */
static void find_loops(Loops *loops, Block *block)
{
    for (Value *v = block->first; v; v = v->next) {
        for (int k = 0; k < 2; k++)
            if (v->blocks[k])
                find_loops(loops, v->blocks[k]);
        if (v->kind == VAL_LOOP && v->counted && v->twin)
            vec_push(loops, v);
    }
}

void invariants_hoist(Function *fn)
{
    Loops loops = {0};
    find_loops(&loops, fn->body);
    const Accesses *accesses = loops.count ? accesses_find(fn) : NULL;
    for (size_t k = 0; k < loops.count; k++)
        hoist_from(accesses, loops.at[k]);
}
