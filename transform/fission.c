/*
 * fission.c: what an innermost loop adds to several neighbours of one array is added by a loop for each neighbour.
 * An iteration that adds to x_bar[i - 1], x_bar[i] and x_bar[i + 1] meets what the one before it added: compilers keep
 * such a loop in order, element by element. Loops that each add to one element have independent iterations.
 *
 *     for (i) {                              for (i)
 *         x_bar[i - 1] += a * g[i];              x_bar[i - 1] += a * g[i];
 *         x_bar[i + 1] -= a * g[i];     →    for (i)
 *         x_bar[i] += b * g[i];                  x_bar[i + 1] -= a * g[i];
 *     }                                      for (i)
 *                                                x_bar[i] += b * g[i];
 *
 * Only where what is added costs little: each loop computes it for itself. And only where stencil.c cannot gather it.
 */
#include "neighbours.h"

/* ---- what goes into a loop of its own ---- */

/* A load in another loop, before this one, reads the same. */
static bool can_load_before(const Neighbours *f, const Value *load)
{
    Value *loops[] = {f->loop};
    for (const Value *w = f->loop->blocks[1]->first; w; w = w->next) {
        if (!ir_writes_value(w) || !memory_may_alias_ever(w->args[0], load->args[0]))
            continue;
        if (!memory_same_address(w->args[0], load->args[0]) || f->positions->at[w->id] < f->positions->at[load->id] ||
            !index_is_injective(load->args[0], loops, 1))
            return false;
    }
    return true;
}

static bool can_leave(const Neighbours *f, const Addition *a)
{
    return neighbours_only_adds(f, a) && neighbours_cost(f, a->accum->args[1], can_load_before) <= NEIGHBOURS_MAX_COST;
}

static bool fits(const Neighbours *f, const Addition *a, int group)
{
    for (int k = 0; k < f->count; k++)
        if (f->additions[k].group == group && neighbours_are(a, &f->additions[k]))
            return false;
    return true;
}

/* Puts additions into groups without neighbours; the loop keeps the last of each array. The number of groups. */
static int divide(Neighbours *f)
{
    int groups = 0;
    for (int k = f->count - 1; k >= 0; k--) {
        Addition *a = &f->additions[k];
        bool apart = false;
        for (int j = k + 1; j < f->count; j++)
            apart |= f->additions[j].group == 0 && neighbours_are(a, &f->additions[j]);
        if (!apart)
            continue;
        if (!can_leave(f, a))
            return 0;
        a->group = -1;
        for (int group = 1; group <= groups && a->group < 0; group++)
            if (fits(f, a, group))
                a->group = group;
        if (a->group < 0)
            a->group = ++groups;
    }
    return groups;
}

/* ---- the loops ---- */

static void new_loop(const Neighbours *f, int group)
{
    const Value *loop = f->loop;
    Builder b = {
        .function = f->function, .block = loop->block, .before = f->loop, .loc = loop->loc, .adjoint = loop->adjoint};
    Value *copy = neighbours_new_loop(f, &b, loop->from, loop->to);
    Builder in = b;
    in.block = copy->blocks[1];
    in.before = NULL;
    CloneMap map = {.share_outside = true};
    clone_map_init(&map, f->function);
    clone_set(&map, loop->counter, copy->counter);
    for (int k = 0; k < f->count; k++) {
        if (f->additions[k].group != group)
            continue;
        Value *accum = f->additions[k].accum;
        for (int j = 0; j < accum->nargs; j++)
            neighbours_compute(f, &map, &in, accum->args[j]);
        clone_value(&map, &in, accum);
        ir_remove(accum);
    }
}

static bool split_loop(Neighbours *f)
{
    const int groups = divide(f);
    for (int group = 1; group <= groups; group++)
        new_loop(f, group);
    return groups > 0;
}

static bool visit_loop(Function *fn, Value *loop, const Positions *positions, const DeriveOptions *options)
{
    Neighbours n;
    if (!loop->counted || loop->reversed || (loop->step != 1 && loop->step != -1) ||
        !neighbours_find(&n, fn, loop, positions))
        return false;
    return (options->stencils && stencil_gather(&n)) || (options->splitting && split_loop(&n));
}

static bool visit_block(Function *fn, Block *block, const Positions *positions, const DeriveOptions *options)
{
    bool changed = false;
    for (Value *v = block->first, *next; v; v = next) {
        next = v->next;
        for (int k = 0; k < 2; k++)
            if (v->blocks[k])
                changed |= visit_block(fn, v->blocks[k], positions, options);
        changed |= v->kind == VAL_LOOP && visit_loop(fn, v, positions, options);
    }
    return changed;
}

bool loops_split(Function *fn, const DeriveOptions *options)
{
    memory_mark_private(fn);
    const Positions positions = {ARENA_ARRAY(int, fn->next_id + 1), fn->next_id};
    return visit_block(fn, fn->body, &positions, options);
}
