/*
 * split_recursive.c: which functions are recursive, and what is known of the memory that they are called with
 * (split.h).
 */
#include <limits.h>

#include "heap.h"
#include "members.h"
#include "split.h"

bool split_looks_into(const Function *fn)
{
    return fn->has_body && !fn->rule && !fn->custom_vjp && !fn->variadic;
}

/* ---- what a function does itself ---- */

static bool calls_pointer(const Value *v)
{
    return v->kind == VAL_CALL && !v->callee && !v->text;
}

/* To memory that may be there before, or behind, the call. */
static bool writes(const Value *v)
{
    const bool store = v->kind == VAL_STORE || v->kind == VAL_ACCUM || v->kind == VAL_COPY;
    return (store && memory_base(v->args[0])->kind != VAL_LOCAL) ||
           (v->kind == VAL_CALL && (!v->callee || !split_looks_into(v->callee)));
}

bool split_holds_real_pointers(const Type *t)
{
    while (t->kind == TYPE_ARRAY)
        t = t->to;
    if (t->kind == TYPE_POINTER)
        return type_may_lead_to_real(t->to);
    for (size_t k = 0; t->kind == TYPE_RECORD && k < t->record->nfields; k++)
        if (split_holds_real_pointers(t->record->fields[k].type))
            return true;
    return false;
}

bool split_writes_pointer(const Value *v)
{
    const HeapRole role = heap_role(v);
    if (v->kind == VAL_STORE)
        return split_holds_real_pointers(v->args[1]->type);
    if (v->kind == VAL_COPY || role == HEAP_COPY || role == HEAP_MOVE || role == HEAP_SET)
        return type_is_pointer(v->args[0]->type) &&
               (v->args[0]->type->to->kind == TYPE_VOID || split_holds_real_pointers(v->args[0]->type->to));
    return false;
}

static bool is_written_elsewhere(const Value *v)
{
    return calls_pointer(v) || (split_writes_pointer(v) && memory_base(v->args[0])->kind != VAL_LOCAL);
}

static bool gives_back(const Value *v)
{
    const HeapRole role = heap_role(v);
    return calls_pointer(v) || role == HEAP_FREE || role == HEAP_REALLOC;
}

/* ---- what it leads to ---- */

/* A function, or what it calls. */
enum { CALLS_POINTER = 1, WRITES = 2, MOVES_POINTERS = 4, GIVES_BACK = 8 };

static unsigned leads_to(const Value *v)
{
    return (calls_pointer(v) ? CALLS_POINTER : 0) | (writes(v) ? WRITES : 0) |
           (is_written_elsewhere(v) ? MOVES_POINTERS : 0) | (gives_back(v) ? GIVES_BACK : 0);
}

/*
 * Tarjan's search for strongly connected components: functions that lead to each other are one, and recursive is what
 * is in one with others, or leads to itself directly. A component is closed when all is known that it leads to, so that
 * one search answers for each function on its way.
 *
 * The answers are kept for the user's own functions, which stay as they are. What a variant (variants.c) calls changes
 * while others are made: it is looked at again by each search.
 */
typedef struct {
    Function *asked;
    bool by_addresses; /* a function leads to those whose addresses it takes, too */
    unsigned count;
    Functions seen;
    Functions open; /* their component is not closed */
} Search;

enum { CLOSED = UINT_MAX };

static void settle(const Search *s, Function *fn, bool is_in_cycle)
{
    const bool calls_pointer = fn->leads_to & CALLS_POINTER;
    if (fn->recursion || (!fn->source && fn != s->asked) || (s->by_addresses && !calls_pointer))
        return;
    if (is_in_cycle)
        fn->recursion = 2;
    else if (s->by_addresses || !calls_pointer)
        fn->recursion = 1;
    if (fn->recursion == 2) {
        fn->writes_nothing = !(fn->leads_to & WRITES);
        fn->moves_pointers = fn->leads_to & MOVES_POINTERS;
        fn->gives_back = fn->leads_to & GIVES_BACK;
    }
}

/* fn is the first of its component. */
static void close_component(Search *s, const Function *fn, bool leads_to_itself)
{
    size_t begin = s->open.count;
    unsigned all = 0;
    do
        all |= s->open.at[--begin]->leads_to;
    while (s->open.at[begin] != fn);
    const bool is_cycle = leads_to_itself || s->open.count - begin > 1;
    for (size_t k = begin; k < s->open.count; k++) {
        Function *member = s->open.at[k];
        member->first = CLOSED;
        if (!s->by_addresses)
            member->leads_to = all;
        settle(s, member, is_cycle);
    }
    s->open.count = begin;
}

static void search(Search *s, Function *fn);

static void follow(Search *s, Function *fn, Function *callee)
{
    if (!split_looks_into(callee))
        return;
    const bool is_known = callee->recursion && callee->source && !s->by_addresses;
    if (!callee->first && !is_known)
        search(s, callee);
    if (callee->first && callee->first < fn->first)
        fn->first = callee->first;
    if (!s->by_addresses)
        fn->leads_to |= callee->leads_to;
}

/* A function whose address is taken, or one of a table that is. */
static bool follow_address(Search *s, Function *fn, const Value *v)
{
    bool itself = false;
    if (v->kind == VAL_FUNCTION) {
        follow(s, fn, v->callee);
        itself = v->callee == fn;
    }
    for (size_t k = 0; v->kind == VAL_GLOBAL && k < v->global->ntargets; k++) {
        follow(s, fn, v->global->targets[k].function);
        itself |= v->global->targets[k].function == fn;
    }
    return itself;
}

static void search(Search *s, Function *fn)
{
    Block *body = into_body(fn);
    const unsigned order = ++s->count;
    bool itself = false;
    fn->first = order;
    fn->leads_to = s->by_addresses ? fn->leads_to : 0;
    vec_push(&s->seen, fn);
    vec_push(&s->open, fn);
    for (const Value *v = ir_first(body); v; v = ir_next(v, body)) {
        fn->leads_to |= s->by_addresses ? 0 : leads_to(v);
        if (v->kind == VAL_CALL && v->callee)
            follow(s, fn, v->callee);
        itself |= v->kind == VAL_CALL && v->callee == fn;
    }
    for (Use use = ir_first_use(body); s->by_addresses && use.block; use = ir_next_use(use, body))
        itself |= follow_address(s, fn, *ir_used(&use));
    if (fn->first == order)
        close_component(s, fn, itself);
}

static void search_from(Function *fn, bool by_addresses)
{
    Search s = {.asked = fn, .by_addresses = by_addresses};
    search(&s, fn);
    for (size_t k = 0; k < s.seen.count; k++)
        s.seen.at[k]->first = 0;
}

/* Pointers lead, for all that is known here, to any function whose address is taken on the way. */
bool split_is_recursive(Function *fn)
{
    if (!fn->recursion && !split_looks_into(fn))
        fn->recursion = 1;
    if (!fn->recursion)
        search_from(fn, false);
    if (!fn->recursion)
        search_from(fn, true);
    return fn->recursion == 2;
}

bool split_takes(const Value *call)
{
    return call->kind == VAL_CALL && call->callee && call->callee->recursion == 2 && !call->callee->passive;
}

/* Local objects are gone when the reverse half runs, and it knows them by their adjoints. */
static bool passes_locals(const Block *block)
{
    for (const Value *v = ir_first(block); v; v = ir_next(v, block)) {
        for (int k = 0; split_takes(v) && k < v->nargs; k++) {
            if (!type_is_pointer(v->args[k]->type))
                continue;
            const Value *owner = memory_owner(memory_base(v->args[k]));
            if (owner->kind != VAL_PARAM && owner->kind != VAL_GLOBAL)
                return true;
        }
    }
    return false;
}

static bool block_writes(const Block *block, unsigned walk)
{
    for (const Value *v = ir_first(block); v; v = ir_next(v, block)) {
        Function *callee = v->kind == VAL_CALL ? v->callee : NULL;
        if (writes(v) || (callee && ir_first_visit(callee, walk) && block_writes(into_body(callee), walk)))
            return true;
    }
    return false;
}

bool split_find_memory_stays(const Split *split)
{
    if (block_writes(split->caller->body, ir_new_walk(split->caller->module)) || passes_locals(split->caller->body))
        return false;
    for (size_t k = 0; k < split->parts.count; k++) {
        const Part *part = split->parts.at[k];
        if (!part->function->writes_nothing || passes_locals(part->work->body))
            return false;
    }
    return true;
}
