/*
 * once.c: arrays that are written once. Where every element of a local array is written at most once, whatever is read
 * from it stays there: tables of dynamic programming, factors of a matrix. Each store must reach a place of its own in
 * each iteration of the loops around it, and no two stores may meet.
 *
 *     for (i) {
 *         for (j < i) l[i][j] = ...;
 *         l[i][i] = ...;             j < i: never the same place
 *     }
 */
#include "flat.h"
#include "passes.h"

enum { MAX_DEPTH = 32, MAX_STORES = 16 };

typedef struct {
    const Value *object;
    const Value *stores[MAX_STORES];
    int nstores;
    bool uneasy; /* something else is done with the array than loading and storing */
    enum { UNKNOWN, NO, YES } answer;
} Uses;

struct Once {
    Uses **uses; /* by id of the object */
    unsigned capacity;
};

/* ---- what is done with each array ---- */

static Uses *uses_of(Once *once, const Value *pointer)
{
    if (!type_is_pointer(pointer->type))
        return NULL;
    const Value *object = memory_base((Value *)(uintptr_t)pointer);
    if (object->kind != VAL_LOCAL)
        return NULL;
    if (!once->uses[object->id]) {
        once->uses[object->id] = ARENA_NEW(Uses);
        once->uses[object->id]->object = object;
    }
    return once->uses[object->id];
}

static void find_stores(Once *once, Block *block)
{
    for (Use use = ir_first_use(block); use.block; use = ir_next_use(use, block)) {
        const Value *v = use.user;
        Uses *u = v && ir_continues_address(v) ? NULL : uses_of(once, *ir_used(&use));
        if (!u)
            continue;
        if (v && v->kind == VAL_STORE && use.arg == 0 && u->nstores < MAX_STORES)
            u->stores[u->nstores++] = v;
        else
            u->uneasy |= !v || v->kind != VAL_LOAD;
    }
}

/* ---- do stores meet? ---- */

static bool own_place_each_time(const Uses *u, const Value *store)
{
    Value *loops[MAX_DEPTH];
    int n = 0;
    for (const Block *b = store->block; b != u->object->block; b = b->parent) {
        if (b->owner->kind != VAL_LOOP)
            continue;
        if (n == MAX_DEPTH)
            return false;
        loops[n++] = b->owner;
    }
    return n == 0 || index_is_injective(store->args[0], loops, n);
}

static bool constant_index(const Value *index, int64_t *value)
{
    *value = index ? index->i : 0;
    return !index || index->kind == VAL_INT;
}

static bool counts_up(const Value *index)
{
    return index && index->kind == VAL_COUNTER && index->region->counted && index->region->step > 0;
}

/* A constant that the other index, a counter that starts behind it, never takes; or another constant. */
static bool differs_from_constant(const Value *a, const Value *b)
{
    int64_t x, y;
    if (!constant_index(a, &x))
        return false;
    if (constant_index(b, &y))
        return x != y;
    return counts_up(b) && b->region->from->kind == VAL_INT && x < b->region->from->i;
}

/* In one iteration of the loop that `bound` counts: a counts up to it, or from behind it. */
static bool stays_off(const Value *a, const Value *bound)
{
    if (!counts_up(a))
        return false;
    const Value *from = a->region->from;
    return (a->region->to == bound && a->region->rel == VAL_LT) ||
           (from->kind == VAL_ADD && from->args[0] == bound && from->args[1]->kind == VAL_INT && from->args[1]->i > 0);
}

/*
 * Two stores that never write one place: some index of theirs always differs. A counter that is an index of both, at
 * the same dimension, would have the same value where they meet, so that it is one iteration of its loop.
 */
static bool never_meet(const Uses *u, const Value *s, const Value *t)
{
    Value *a[FLAT_MAX], *b[FLAT_MAX];
    const int n = flat_indices(s->args[0], u->object, a);
    if (n < 0 || flat_indices(t->args[0], u->object, b) != n)
        return false;
    for (int k = 0; k < n; k++) {
        if (differs_from_constant(a[k], b[k]) || differs_from_constant(b[k], a[k]))
            return true;
        for (int j = 0; j < n; j++)
            if (j != k && a[j] && a[j] == b[j] && a[j]->kind == VAL_COUNTER &&
                ((a[j] == b[k] && stays_off(a[k], b[k])) || (a[j] == a[k] && stays_off(b[k], a[k]))))
                return true;
    }
    return false;
}

static bool is_written_once(const Uses *u)
{
    if (u->uneasy)
        return false;
    for (int k = 0; k < u->nstores; k++) {
        if (!own_place_each_time(u, u->stores[k]))
            return false;
        for (int j = 0; j < k; j++)
            if (!never_meet(u, u->stores[j], u->stores[k]))
                return false;
    }
    return true;
}

Once *once_find(Function *fn)
{
    Once *once = ARENA_NEW(Once);
    once->capacity = fn->next_id + 1;
    once->uses = ARENA_ARRAY(Uses *, once->capacity);
    find_stores(once, fn->body);
    return once;
}

bool once_is_written(Once *once, const Value *object)
{
    if (object->kind != VAL_LOCAL || !object->is_private || object->id >= once->capacity)
        return false;
    Uses *u = once->uses[object->id];
    if (u && u->answer == UNKNOWN)
        u->answer = is_written_once(u) ? YES : NO;
    return !u || u->answer == YES;
}
