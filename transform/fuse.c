/*
 * fuse.c: one-pass loops. A loop and its reverse run as one loop, forwards, when no adjoint has to come from a later
 * iteration or from behind the loop:
 *
 *   - what the reverse loop needs from outside can be had before the loop (the adjoint of a sum that the loop adds up
 * does not depend on the sum);
 *   - what it carries from iteration to iteration are sums, whose order does not matter;
 *   - in the shadows of memory that outlives an iteration it only adds, and nobody between the two loops reads or
 * clears what it adds to.
 *
 *     for (i) s += f(x[i]);                        for (i) {
 *     ...                             →                s += f(x[i]);
 *     for (i, backwards) x_bar[i] += s_bar * f';       x_bar[i] += s_bar * f';
 *                                                  }
 *
 * Then the iteration's values are in scope for its adjoint, and nothing is kept.
 */
#include "accesses.h"
#include "heap.h"
#include "merge.h"

/* ---- shadows ---- */

/* Does the access, or the call, read or write (other than by adding) what is at the address? */
static bool reads_or_sets(const Value *v, const Value *address)
{
    switch (v->kind) {
    case VAL_LOAD:
    case VAL_STORE:
    case VAL_ZERO:
        return memory_may_alias_ever(v->args[0], address);
    case VAL_COPY:
        return memory_may_alias_ever(v->args[0], address) || memory_may_alias_ever(v->args[1], address);
    case VAL_CALL:
        return memory_clobbers(v, address);
    default:
        return false;
    }
}

/* Does it access what is at the address in any way? */
static bool touches(const Value *v, const Value *address)
{
    return v->kind == VAL_ACCUM ? memory_may_alias_ever(v->args[0], address) : reads_or_sets(v, address);
}

static bool is_access(const Value *v)
{
    return ir_writes_memory(v) || v->kind == VAL_LOAD;
}

/*
 * One access of the reverse loop. What lives in the iteration is its own. Additions commute with one another, as long
 * as nobody looks at the sum between the two loops; other accesses must be the iteration's own, to what nobody touches
 * between them.
 */
static bool access_allows(const Accesses *accesses, const Value *v, const Value *loop, const Value *twin,
                          bool own_places)
{
    if (memory_is_made_in(v->args[0], twin->blocks[1]) || memory_is_made_in(v->args[0], loop->blocks[1]))
        return true;
    const bool adds = v->kind == VAL_ACCUM;
    if (!adds && v->kind != VAL_LOAD && !own_places)
        return false;
    const unsigned from = accesses_place(accesses, loop);
    const unsigned until = own_places || !adds ? accesses_place(accesses, twin) - 1 : accesses_last(accesses, twin);
    const AccessKind asked = adds ? ACCESS_NO_ADDITIONS : v->kind == VAL_LOAD ? ACCESS_WRITES : ACCESS_ALL;
    AccessWalk walk = accesses_walk(accesses, v->args[0], from, until, asked);
    for (const Value *w; (w = accesses_next(&walk));)
        if (adds                  ? reads_or_sets(w, v->args[0])
            : v->kind == VAL_LOAD ? memory_clobbers(w, v->args[0])
                                  : touches(w, v->args[0]))
            return false;
    return own_places || v->kind != VAL_LOAD || !memory_clobbers(twin, v->args[0]);
}

static bool memory_allows(const Accesses *accesses, const Block *block, const Value *loop, const Value *twin,
                          bool own_places)
{
    for (const Value *v = ir_first(block); v; v = ir_next(v, block))
        if (v->kind == VAL_CALL || v->kind == VAL_POP || v->kind == VAL_FREE ||
            (is_access(v) && !access_allows(accesses, v, loop, twin, own_places)))
            return false;
    return true;
}

/* ---- fusing ---- */

typedef struct {
    Merge merge;
    Sums *sums;
    Accesses *accesses;
} Fuse;

static bool can_fuse(Fuse *f, Value *loop, Value *twin)
{
    if (!loop->counted || loop->kind != VAL_LOOP || twin->block != loop->block || loop->snapshots)
        return false;
    for (int k = 0; k < twin->nresults; k++)
        if (!sums_is_sum(f->sums, twin, k))
            return false;
    return memory_allows(f->accesses, twin->blocks[1], loop, twin, order_is_free(f->accesses, twin)) &&
           merge_can_feed(&f->merge, loop, twin);
}

/*
 * Pairs of this block, and of what is in it. What runs elsewhere now is still found at its old place, which is behind
 * its new one: between a later pair, one rather finds too much. The insides of loops that became one share a block, and
 * come next time.
 */
static void fuse_block(Fuse *f, Block *block)
{
    for (Value *v = block->first, *next; v; v = next) {
        next = v->next;
        if (f->merge.changed)
            merge_resolve(&f->merge, v);
        if (v->twin && v->twin->kind == VAL_LOOP && can_fuse(f, v->twin, v)) {
            vec_push(&f->merge.function->decisions, (Decision){.kind = DECIDED_ONE_PASS, .region = v->twin->loc});
            merge_loops(&f->merge, v->twin, v);
            continue;
        }
        for (int k = 0; k < 2; k++)
            if (v->blocks[k])
                fuse_block(f, v->blocks[k]);
    }
}

static bool fuse_once(Function *fn)
{
    Fuse f = {.merge = merge_begin(fn), .sums = sums_find(fn), .accesses = accesses_find(fn)};
    fuse_block(&f, fn->body);
    return merge_end(&f.merge);
}

void fuse_loops(Function *fn)
{
    memory_mark_private(fn);
    while (fuse_once(fn))
        continue;
}
