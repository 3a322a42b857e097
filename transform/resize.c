/*
 * resize.c: realloc of memory whose size is not seen, such as that of a member of a record on the heap. What lies in
 * memory that carries derivatives is copied to the new memory, so the size must be known where the program runs: all
 * memory that the pointer may lead to is made so that it knows its size.
 *
 *     v->at = malloc(n);                 v->at = adgen_sized(n);
 *     ...                           →    ...
 *     v->at = realloc(v->at, m);         q = adgen_sized(m); for (k < min(adgen_size(v->at), m)) q[k] = v->at[k]; ...
 *
 * Only where all of it is allocated in the function itself: what the caller made does not know its size.
 */
#include "heap.h"
#include "passes.h"

typedef struct {
    Function *function;
    const Activity *activity;
    VEC(Value *) reallocs, others; /* ... and whatever else allocates or gives back */
} Resize;

/* A pointer that tells which memory a call is about. */
static const Value *memory_of(const Value *call)
{
    const HeapRole role = heap_role(call);
    return role == HEAP_REALLOC || role == HEAP_FREE ? call->args[0] : call;
}

static bool is_of(const Resize *r, const Value *call, const Value *realloc_)
{
    return activity_is_same_memory(r->activity, memory_of(call), memory_of(realloc_));
}

static void find_calls(Resize *r)
{
    for (Value *v = ir_first(r->function->body); v; v = ir_next(v, r->function->body)) {
        const HeapRole role = heap_role(v);
        if (role == HEAP_REALLOC && activity_leads_to_active(r->activity, v->args[0]))
            vec_push(&r->reallocs, v);
        else if (role == HEAP_ALLOC || role == HEAP_FREE || role == HEAP_REALLOC)
            vec_push(&r->others, v);
    }
}

/* Alignment beyond that of any type, and memory of adgen's own, stay as they are. */
static bool may_know_its_size(const Value *call)
{
    return !strstr(call->callee->name, "aligned") && strncmp(call->callee->name, "adgen_", 6) != 0;
}

static bool can_resize(const Resize *r, const Value *realloc_)
{
    if (activity_is_foreign(r->activity, realloc_->args[0]))
        return false;
    for (size_t k = 0; k < r->reallocs.count; k++)
        if (is_of(r, r->reallocs.at[k], realloc_) && !blocks_can_resize(r->reallocs.at[k]))
            return false;
    for (size_t k = 0; k < r->others.count; k++)
        if (is_of(r, r->others.at[k], realloc_) && !may_know_its_size(r->others.at[k]))
            return false;
    return true;
}

static void let_know_its_size(Function *fn, Value *call)
{
    Module *module = fn->module;
    if (heap_role(call) == HEAP_FREE) {
        call->callee = heap_sized_free(module);
        return;
    }
    Builder b = {.function = fn, .block = call->block, .before = call, .loc = call->loc};
    call->args[0] = ir_cast(&b, module->types.size, heap_bytes(&b, call));
    call->nargs = 1;
    call->callee = heap_sized(module);
}

static bool has_realloc(const Function *fn)
{
    for (const Value *v = ir_first(fn->body); v; v = ir_next(v, fn->body))
        if (heap_role(v) == HEAP_REALLOC)
            return true;
    return false;
}

bool reallocs_resize(Function *fn, const Request *request)
{
    if (!has_realloc(fn))
        return false;
    Resize r = {.function = fn, .activity = activity_probe(fn, request)};
    find_calls(&r);
    VEC(Value *) resized = {0};
    for (size_t k = 0; k < r.reallocs.count; k++)
        if (can_resize(&r, r.reallocs.at[k]))
            vec_push(&resized, r.reallocs.at[k]);
    for (size_t j = 0; j < r.others.count; j++) {
        bool is_resized = false;
        for (size_t k = 0; k < resized.count; k++)
            is_resized |= is_of(&r, r.others.at[j], resized.at[k]);
        if (is_resized)
            let_know_its_size(fn, r.others.at[j]);
    }
    for (size_t k = 0; k < resized.count; k++)
        blocks_resize(fn, resized.at[k]);
    return resized.count != 0;
}
