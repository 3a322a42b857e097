/*
 * dead.c: what nothing needs goes. Needed are effects that somebody outside can see, and, from there backwards,
 * operands, the regions around, the carried values and results that are used, and the stores to objects that are read.
 */
#include "passes.h"

typedef VEC(Value *) Values;

typedef struct {
    bool *needed;   /* by id */
    Values *writes; /* by id of a local object: what writes it */
    Values worklist;
} Need;

static void need(Need *n, Value *v)
{
    if (!v || n->needed[v->id])
        return;
    n->needed[v->id] = true;
    vec_push(&n->worklist, v);
}

static bool is_own_object(const Value *base)
{
    return base->kind == VAL_LOCAL || base->kind == VAL_ALLOC || base->kind == VAL_TAPE;
}

/* Effects that are felt only through a local object; others are roots. */
static bool is_local_effect(const Value *v)
{
    const bool ends = v->kind == VAL_FREE || v->kind == VAL_PUSH || v->kind == VAL_TAPE_FREE;
    return (ends || ir_writes_memory(v)) && is_own_object(memory_base(v->args[0]));
}

static void find_roots(Need *n, Block *block)
{
    for (Value *v = ir_first(block); v; v = ir_next(v, block)) {
        const bool region = ir_is_region(v);
        if (is_local_effect(v))
            vec_push(&n->writes[memory_base(v->args[0])->id], v);
        else if (!region && memory_has_effect(v))
            need(n, v);
    }
}

static void need_result(Need *n, Value *region, int64_t index)
{
    need(n, region);
    if (region->kind == VAL_IF) {
        need(n, region->blocks[0]->yields[index]);
        need(n, region->blocks[1]->yields[index]);
        return;
    }
    need(n, region->args[index]);
    need(n, region->blocks[1]->yields[index]);
    need(n, region->carried[index]);
    need(n, region->results[index]);
}

static void need_control(Need *n, const Value *region)
{
    if (region->kind == VAL_IF)
        need(n, region->args[0]);
    else if (region->counted)
        need(n, region->from), need(n, region->to);
    else
        need(n, region->blocks[0]->yields[0]);
}

static void need_operands(Need *n, Value *v)
{
    if (v->block && v->block->owner)
        need(n, v->block->owner);
    if (v->kind == VAL_RESULT || v->kind == VAL_CARRIED)
        need_result(n, v->region, v->i);
    else if (v->kind == VAL_COUNTER)
        need(n, v->region);
    else if (ir_is_region(v))
        need_control(n, v);
    else
        for (int k = 0; k < v->nargs; k++)
            need(n, v->args[k]);
    if (is_own_object(v))
        for (size_t k = 0; k < n->writes[v->id].count; k++)
            need(n, n->writes[v->id].at[k]);
}

/* ---- taking out ---- */

static void drop_results(const Need *n, Value *region)
{
    int kept = 0;
    for (int k = 0; k < region->nresults; k++) {
        if (!n->needed[region->results[k]->id])
            continue;
        region->results[kept] = region->results[k];
        region->results[kept]->i = kept;
        for (int side = region->kind == VAL_LOOP; side < 2; side++)
            region->blocks[side]->yields[kept] = region->blocks[side]->yields[k];
        if (region->kind == VAL_LOOP) {
            region->args[kept] = region->args[k];
            region->carried[kept] = region->carried[k];
            region->carried[kept]->i = kept;
        }
        kept++;
    }
    region->nresults = kept;
    for (int side = region->kind == VAL_LOOP; side < 2; side++)
        region->blocks[side]->nyields = kept;
    if (region->kind == VAL_LOOP)
        region->nargs = kept;
}

static void sweep(const Need *n, Block *block)
{
    for (Value *v = block->first, *next; v; v = next) {
        next = v->next;
        if (!n->needed[v->id]) {
            ir_remove(v);
            continue;
        }
        if (ir_is_region(v))
            drop_results(n, v);
        for (int k = 0; k < 2; k++)
            if (v->blocks[k])
                sweep(n, v->blocks[k]);
    }
}

void dead_remove(Function *fn)
{
    Need n = {.needed = ARENA_ARRAY(bool, fn->next_id + 1), .writes = ARENA_ARRAY(Values, fn->next_id + 1)};
    find_roots(&n, fn->body);
    for (int k = 0; k < fn->body->nyields; k++)
        need(&n, fn->body->yields[k]);
    while (n.worklist.count)
        need_operands(&n, n.worklist.at[--n.worklist.count]);
    sweep(&n, fn->body);
}
