/*
 * accesses.c: see accesses.h. An access is filed under what its address starts from:
 *
 *     an object whose address nobody else has     only its own accesses touch it
 *     a parameter, or what is reached through it  and accesses of what is not known better; that is all that pointers
 *                                                 in memory lead to, where the function changes such
 *     a pointer that is chosen at run time        whoever touches anything
 *     anything else                               whoever touches anything but the first kind
 *
 * Calls are filed apart, since they touch what they will.
 */
#include "accesses.h"

#include "heap.h"
#include "passes.h"

typedef struct {
    AccessList list[ACCESS_KINDS];
} File;

struct Accesses {
    unsigned capacity; /* ids below it have places */
    unsigned *place, *last;
    unsigned count;
    bool pointers_stay;
    File **objects; /* by id */
    File *params;   /* by index */
    File chosen, others;
    File open;  /* all but those of objects: what `others` may touch */
    File calls; /* in all of its lists */
    File everything;
};

/* ---- where an access is filed ---- */

static bool is_private_object(const Value *base)
{
    return base->is_private && (base->kind == VAL_LOCAL || base->kind == VAL_ALLOC || heap_is_object(base));
}

static File *file_of(Accesses *a, const Value *address)
{
    const Value *base = memory_base((Value *)(uintptr_t)address);
    if (memory_is_choice(base))
        return &a->chosen;
    if (is_private_object(base)) {
        if (base->id >= a->capacity)
            return NULL;
        if (!a->objects[base->id])
            a->objects[base->id] = ARENA_NEW(File);
        return a->objects[base->id];
    }
    const Value *owner = base->kind == VAL_LOAD && a->pointers_stay ? memory_owner(base) : base;
    const bool is_param = owner->kind == VAL_PARAM || owner->kind == VAL_PARAM_OBJECT;
    return is_param && owner->i >= 0 && !memory_params_may_alias() ? &a->params[owner->i] : &a->others;
}

static void put(File *file, Value *v, unsigned place, bool writes)
{
    const bool is[ACCESS_KINDS] = {true, v->kind != VAL_ACCUM, writes};
    for (int kind = 0; kind < ACCESS_KINDS; kind++)
        if (is[kind])
            vec_push(&file->list[kind], ((Access){v, place}));
}

static void file_address(Accesses *a, Value *v, const Value *address, bool writes)
{
    File *file = file_of(a, address);
    put(file, v, a->count, writes);
    if (file != &a->chosen && !is_private_object(memory_base((Value *)(uintptr_t)address)))
        put(&a->open, v, a->count, writes);
    put(&a->everything, v, a->count, writes);
}

static void file_access(Accesses *a, Value *v)
{
    switch (v->kind) {
    case VAL_LOAD:
    case VAL_STORE:
    case VAL_ACCUM:
    case VAL_ZERO:
        file_address(a, v, v->args[0], v->kind != VAL_LOAD);
        break;
    case VAL_COPY:
        file_address(a, v, v->args[0], true);
        file_address(a, v, v->args[1], false);
        break;
    case VAL_CALL:
    case VAL_FREE:
        put(&a->calls, v, a->count, true);
        break;
    default:
        break;
    }
}

static void file_block(Accesses *a, const Block *block)
{
    for (Value *v = block->first; v; v = v->next) {
        a->place[v->id] = ++a->count;
        file_access(a, v);
        for (int k = 0; k < 2; k++)
            if (v->blocks[k])
                file_block(a, v->blocks[k]);
        a->last[v->id] = a->count;
    }
}

Accesses *accesses_find(Function *fn)
{
    Accesses *a = ARENA_NEW(Accesses);
    a->capacity = fn->next_id + 1;
    a->pointers_stay = fn->pointers_stay;
    a->place = ARENA_ARRAY(unsigned, a->capacity);
    a->last = ARENA_ARRAY(unsigned, a->capacity);
    a->objects = ARENA_ARRAY(File *, a->capacity);
    a->params = ARENA_ARRAY(File, fn->nparams + 1);
    file_block(a, fn->body);
    return a;
}

/* ---- places ---- */

unsigned accesses_place(const Accesses *a, const Value *v)
{
    return v->id < a->capacity ? a->place[v->id] : 0;
}

unsigned accesses_last(const Accesses *a, const Value *v)
{
    return v->id < a->capacity ? a->last[v->id] : 0;
}

unsigned accesses_end(const Accesses *a, const Block *block)
{
    const Value *v = block->last;
    while (v && v->id >= a->capacity) /* made later */
        v = v->prev;
    return v ? a->last[v->id] : block->owner ? accesses_place(a, block->owner) : 0;
}

/* ---- asking ---- */

static void add_list(AccessWalk *walk, const File *file, AccessKind kind)
{
    const AccessList *list = &file->list[kind];
    if (file && list->count)
        walk->lists[walk->nlists++] = list;
}

static size_t first_from(const AccessList *list, unsigned from)
{
    size_t low = 0, high = list->count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (list->at[middle].at < from)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

AccessWalk accesses_walk(const Accesses *a, const Value *address, unsigned from, unsigned until, AccessKind kind)
{
    AccessWalk walk = {.from = from, .until = until};
    const File *file = file_of((Accesses *)(uintptr_t)a, address);
    if (file == &a->chosen) {
        add_list(&walk, &a->everything, kind);
    } else {
        const bool known = file != &a->others;
        if (known && file)
            add_list(&walk, file, kind);
        if (!is_private_object(memory_base((Value *)(uintptr_t)address)))
            add_list(&walk, known ? &a->others : &a->open, kind);
        add_list(&walk, &a->chosen, kind);
    }
    add_list(&walk, &a->calls, kind);
    if (walk.nlists)
        walk.next = first_from(walk.lists[0], from);
    return walk;
}

Value *accesses_next(AccessWalk *walk)
{
    while (walk->list < walk->nlists) {
        const AccessList *list = walk->lists[walk->list];
        if (walk->next < list->count && list->at[walk->next].at <= walk->until)
            return list->at[walk->next++].by;
        if (++walk->list < walk->nlists)
            walk->next = first_from(walk->lists[walk->list], walk->from);
    }
    return NULL;
}
