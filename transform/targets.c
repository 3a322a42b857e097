/*
 * targets.c: calls of function pointers. Where every function that a pointer may lead to is known, the call becomes one
 * branch for each, chosen by a number that goes along with the pointer, or by the index into a constant table, or by
 * what goes along with the pointer to a constant record that has the function as a member:
 *
 *     table[i](x)      →      if (i == 0) linear(x); else square(x);
 *
 * What is left is a call of somebody unknown: activity.c refuses it where it is active.
 */
#include "passes.h"
#include "rules.h"
#include "track.h"

enum { MAX_TARGETS = 256 };

typedef struct {
    Function *caller;
    Function *at[MAX_TARGETS];
    int count;
    const Value *call; /* of the pointer; or of a recursive function that it is handed on to */
} Targets;

typedef struct {
    Function *function;
    Value **stands_for; /* by id of a call that is gone */
    unsigned nvalues;
    bool changed;
    Targets order; /* of the functions that pointers are compared with */
    Track numbers;
} Resolve;

/* ---- tables ---- */

/* An element of a constant table, or a member of one: the index that chooses, or NULL for a constant place. */
typedef struct {
    const Value *base;
    Value *index;
    uint64_t stride, offset;
    VEC(FunctionInTable) targets; /* of the whole table */
} Place;

/* From the address back to what it is in: a variable, or a pointer that comes from elsewhere. */
static bool walk_path(const Value *address, Place *place)
{
    for (;; address = address->args[0]) {
        if (address->kind == VAL_FIELD) {
            place->offset += address->args[0]->type->to->record->fields[address->i].offset;
        } else if (address->kind == VAL_PTRADD && address->nargs == 2) {
            if (address->args[1]->kind == VAL_INT) {
                place->offset += (uint64_t)address->args[1]->i * address->type->to->size;
                continue;
            }
            if (place->index)
                return false;
            place->index = address->args[1];
            place->stride = address->type->to->size;
        } else if (address->kind != VAL_DECAY) {
            place->base = address;
            return true;
        }
    }
}

static bool find_path(const Value *address, Place *place)
{
    return walk_path(address, place) && (place->base->kind == VAL_GLOBAL || place->base->kind == VAL_LOCAL);
}

static bool is_address_in(const Value *object, const Value *v)
{
    return type_is_pointer(v->type) && memory_base((Value *)(uintptr_t)v) == object;
}

/* A store that the table's content is known by: once, where the table is made, of a function at a constant place. */
static bool read_store(const Value *store, Place *table)
{
    const Value *x = store->args[1];
    if (is_address_in(table->base, x))
        return false;
    while (x->kind == VAL_CAST)
        x = x->args[0];
    if (!type_is_pointer(store->args[1]->type) || x->kind == VAL_INT)
        return true;
    Place at = {0};
    if (x->kind != VAL_FUNCTION)
        return store->args[0]->type->to->to->kind != TYPE_FUNCTION; /* another pointer than to a function */
    if (store->block != table->base->block || !find_path(store->args[0], &at) || at.index)
        return false;
    for (size_t k = 0; k < table->targets.count; k++)
        if (table->targets.at[k].offset == at.offset)
            return false;
    vec_push(&table->targets, ((FunctionInTable){at.offset, x->callee}));
    return true;
}

/* A local table: what is stored to it, and that nothing else than a load has its address. */
static bool read_stores(const Block *block, Place *table)
{
    for (const Value *v = block ? block->first : NULL; v; v = v->next) {
        const bool accesses = v->kind == VAL_LOAD || v->kind == VAL_ZERO || ir_continues_address(v);
        if (v->kind == VAL_STORE && is_address_in(table->base, v->args[0]) && !read_store(v, table))
            return false;
        for (int k = v->kind == VAL_STORE || accesses; k < v->nargs; k++)
            if (is_address_in(table->base, v->args[k]))
                return false;
        if (!read_stores(v->blocks[0], table) || !read_stores(v->blocks[1], table))
            return false;
    }
    for (int k = 0; block && k < block->nyields; k++)
        if (is_address_in(table->base, block->yields[k]))
            return false;
    return true;
}

static bool find_place(const Value *address, Place *place)
{
    if (!find_path(address, place))
        return false;
    if (place->base->kind == VAL_LOCAL)
        return read_stores(place->base->block, place) && place->targets.count > 0;
    const Global *global = place->base->global;
    for (size_t k = 0; global->is_const_data && k < global->ntargets; k++)
        vec_push(&place->targets, global->targets[k]);
    return place->targets.count > 0;
}

static bool is_at(const Place *place, const FunctionInTable *entry)
{
    if (!place->index)
        return entry->offset == place->offset;
    return entry->offset >= place->offset && (entry->offset - place->offset) % place->stride == 0;
}

/* ---- who may be called ---- */

static int number_of(Targets *targets, Function *fn)
{
    for (int k = 0; k < targets->count; k++)
        if (targets->at[k] == fn)
            return k;
    if (targets->count < MAX_TARGETS)
        targets->at[targets->count++] = fn;
    return targets->count - 1;
}

static bool list_targets(Targets *targets, const Place *place)
{
    bool found = false;
    for (size_t k = 0; k < place->targets.count; k++) {
        if (!is_at(place, &place->targets.at[k]))
            continue;
        number_of(targets, place->targets.at[k].function);
        found = true;
    }
    return found && targets->count < MAX_TARGETS;
}

/* index == 0 ? its number : index == 1 ? its number : ... */
static Value *number_in_table(Targets *targets, Builder *b, const Place *place)
{
    Type *int_ = b->function->module->types.int_;
    Value *number = NULL;
    for (size_t k = place->targets.count; k-- > 0;) {
        const FunctionInTable *entry = &place->targets.at[k];
        if (!is_at(place, entry))
            continue;
        Value *its = ir_int(b, int_, number_of(targets, entry->function));
        if (!place->index || !number) {
            number = its;
            continue;
        }
        Value *here = ir_int(b, place->index->type, (int64_t)((entry->offset - place->offset) / place->stride));
        number = ir_select(b, ir_binary(b, VAL_EQ, int_, place->index, here), its, number);
    }
    return number;
}

/* ---- pointers to records: const struct method *m = fast ? &newton : &bisection; ... m->step(x) ---- */

/* A member of the record that the pointer leads to, whichever it is. */
typedef struct {
    Targets *targets;
    uint64_t offset;
} Member;

static bool find_member(const Member *member, const Value *record, Place *place)
{
    if (!find_place(record, place))
        return false;
    place->offset += member->offset;
    return true;
}

static bool accepts_record(const void *user, const Value *leaf)
{
    const Member *member = user;
    Place place = {0};
    return leaf->kind == VAL_INT || (find_member(member, leaf, &place) && list_targets(member->targets, &place));
}

static Value *number_of_record(const void *user, Builder *b, const Value *leaf)
{
    const Member *member = user;
    Place place = {0};
    if (leaf->kind == VAL_INT) /* nobody reads it */
        return ir_int(b, b->function->module->types.int_, 0);
    find_member(member, leaf, &place);
    return number_in_table(member->targets, b, &place);
}

static Track track_of_records(Function *fn, const Member *member)
{
    return (Track){.function = fn,
                   .type = fn->module->types.int_,
                   .accepts = accepts_record,
                   .leaf = number_of_record,
                   .user = member,
                   .hint = "target"};
}

/* The pointer that the address starts from is one of several to constant records. */
static bool leads_to_records(Targets *targets, const Value *address)
{
    Place place = {0};
    if (!walk_path(address, &place) || place.index)
        return false;
    const Member member = {.targets = targets, .offset = place.offset};
    Track track = track_of_records(targets->caller, &member);
    return track_is_known(&track, place.base);
}

static Value *number_by_record(Targets *targets, const Value *address)
{
    Place place = {0};
    walk_path(address, &place);
    const Member member = {.targets = targets, .offset = place.offset};
    Track track = track_of_records(targets->caller, &member);
    track_is_known(&track, place.base);
    return track_value(&track, (Value *)(uintptr_t)place.base);
}

/* ---- any function whose address is taken ---- */

static bool fits(const Function *callee, const Value *call)
{
    if (callee->nparams != call->nargs - 1 && !(callee->result && callee->result->kind == TYPE_RECORD))
        return false;
    for (int k = 0; k < callee->nparams && k + 1 < call->nargs; k++) {
        const Type *given = call->args[k + 1]->type, *wanted = callee->params[k].type;
        if (wanted->kind != TYPE_RECORD && given->kind != wanted->kind)
            return false;
        if (type_is_real(wanted) && !type_same(given, wanted))
            return false;
    }
    return !callee->variadic;
}

/* Of a function of another type, the pointer that is called is not one. */
static bool may_be_called(const Function *callee, const Value *call)
{
    const Type *result = callee->result;
    return fits(callee, call) && (result->kind == TYPE_RECORD || result->kind == call->type->kind) &&
           (!type_is_real(result) || type_same(result, call->type));
}

static bool list_world(Targets *targets, const Value *load)
{
    Function **at;
    size_t count;
    bool found = false;
    if (targets->call->callee || !world_targets(targets->caller, load, &at, &count))
        return false;
    for (size_t k = 0; k < count; k++)
        if (may_be_called(at[k], targets->call)) {
            number_of(targets, at[k]);
            found = true;
        }
    return found && targets->count < MAX_TARGETS;
}

/* p == f ? its number : p == g ? its number : ... */
static Value *number_in_world(Targets *targets, Builder *b, const Value *load)
{
    Type *int_ = b->function->module->types.int_;
    Function **at;
    size_t count;
    Value *number = NULL, *pointer = (Value *)(uintptr_t)load;
    world_targets(targets->caller, load, &at, &count);
    while (count-- > 0) {
        if (!may_be_called(at[count], targets->call))
            continue;
        Value *its = ir_int(b, int_, number_of(targets, at[count]));
        Value *address = ir_cast(b, load->type, ir_function_address(b, at[count]));
        number = number ? ir_select(b, ir_binary(b, VAL_EQ, int_, pointer, address), its, number) : its;
    }
    return number;
}

/* ---- pointers to functions ---- */

static bool accepts(const void *user, const Value *leaf)
{
    Targets *targets = (Targets *)(uintptr_t)user;
    if (leaf->kind == VAL_INT)
        return !targets->call->callee;
    if (leaf->kind == VAL_FUNCTION) {
        number_of(targets, leaf->callee);
        return targets->count < MAX_TARGETS;
    }
    if (leaf->kind != VAL_LOAD)
        return false;
    Place place = {0};
    if (find_place(leaf->args[0], &place))
        return list_targets(targets, &place);
    return leads_to_records(targets, leaf->args[0]) || list_world(targets, leaf);
}

static Value *number_of_leaf(const void *user, Builder *b, const Value *leaf)
{
    Targets *targets = (Targets *)(uintptr_t)user;
    Type *int_ = b->function->module->types.int_;
    if (leaf->kind == VAL_INT) /* nobody calls it */
        return ir_int(b, int_, 0);
    if (leaf->kind == VAL_FUNCTION)
        return ir_int(b, int_, number_of(targets, leaf->callee));
    Place place = {0};
    if (find_place(leaf->args[0], &place))
        return number_in_table(targets, b, &place);
    if (leads_to_records(targets, leaf->args[0]))
        return number_by_record(targets, leaf->args[0]);
    return number_in_world(targets, b, leaf);
}

/* ---- direct calls ---- */

static Value *direct_call(Builder *b, Function *callee, const Value *call)
{
    const int nargs = call->nargs - 1;
    Value **args = call->args + 1;
    if (callee->rule && callee->rule->nargs == nargs)
        return ir_math(b, callee->rule, call->type, nargs, args);
    if (!callee->has_body && callee->effect == EFFECT_PURE)
        return ir_pure_call(b, call->type, callee, NULL, nargs, args);
    return ir_call(b, call->type, callee, nargs, args);
}

/* The same call, which is given the function. */
static Value *call_with(Builder *b, Function *given, const Value *call, int arg)
{
    Value **args = ARENA_ARRAY(Value *, call->nargs);
    for (int k = 0; k < call->nargs; k++)
        args[k] = k == arg ? ir_cast(b, call->args[k]->type, ir_function_address(b, given)) : call->args[k];
    return ir_call(b, call->type, call->callee, call->nargs, args);
}

static Value *call_target(Builder *b, Function *target, const Value *call, int arg)
{
    return call->callee ? call_with(b, target, call, arg) : direct_call(b, target, call);
}

/* if (number == k) target k; else ...; the last one without a question. */
static Value *call_one_of(Builder *b, const Targets *targets, int k, Value *number, const Value *call, int arg)
{
    if (k == targets->count - 1)
        return call_target(b, targets->at[k], call, arg);
    Type *int_ = b->function->module->types.int_;
    Value *region = ir_if(b, ir_binary(b, VAL_EQ, int_, number, ir_int(b, int_, k)));
    Builder side = {.function = b->function, .block = region->blocks[0], .loc = b->loc};
    Value *then = call_target(&side, targets->at[k], call, arg);
    side.block = region->blocks[1];
    Value *otherwise = call_one_of(&side, targets, k + 1, number, call, arg);
    return call->type->kind == TYPE_VOID ? NULL : ir_if_result(region, then, otherwise);
}

/* One call for each target of the pointer, its argument `arg`: what it calls, or hands on to a recursive function. */
static bool resolve_pointer(Resolve *r, Value *call, int arg)
{
    Targets targets = {.caller = r->function, .call = call};
    Track track = {.function = r->function,
                   .type = r->function->module->types.int_,
                   .accepts = accepts,
                   .leaf = number_of_leaf,
                   .user = &targets,
                   .hint = "target"};
    if (!track_is_known(&track, call->args[arg]) || targets.count == 0)
        return false;
    for (int k = 0; k < targets.count && !call->callee; k++)
        if (!fits(targets.at[k], call))
            return false;
    Value *number = targets.count > 1 ? track_value(&track, call->args[arg]) : NULL;
    Builder b = {.function = r->function, .block = call->block, .before = call, .loc = call->loc, .hint = call->hint};
    Value *result = call_one_of(&b, &targets, 0, number, call, arg);
    if (call->type->kind != TYPE_VOID)
        r->stands_for[call->id] = result;
    ir_remove(call);
    return true;
}

/* The function that a value is the address of, or NULL. */
static Function *function_at(const Value *v)
{
    v = ir_without_pointer_casts(v);
    return v->kind == VAL_FUNCTION ? v->callee : NULL;
}

/* Of what a recursive function is given, the first that is one of several. The calls that take its place come next. */
static bool resolve_arguments(Resolve *r, Value *call)
{
    for (int k = 0; k < call->nargs; k++) {
        const Type *t = call->args[k]->type;
        if (type_is_pointer(t) && t->to->kind == TYPE_FUNCTION && !function_at(call->args[k]) &&
            resolve_pointer(r, call, k))
            return true;
    }
    return false;
}

/* ---- is there a target? ---- */

/* Of functions, the table that is pointed into. */
static bool is_in_table(const Value *leaf)
{
    Place place = {0};
    return find_path(leaf, &place) && place.base->kind == VAL_GLOBAL && place.base->global->ntargets > 0;
}

static bool is_null_or_target(const void *unused, const Value *leaf)
{
    (void)unused;
    return leaf->kind == VAL_INT || leaf->kind == VAL_FUNCTION || is_in_table(leaf);
}

static Value *is_target(const void *unused, Builder *b, const Value *leaf)
{
    (void)unused;
    return ir_int(b, b->function->module->types.int_, leaf->kind != VAL_INT);
}

/* A comparison with null of a pointer to a function, or to a record in a table of them: the output need not name the
 * functions, nor the table, because of it. */
static bool resolve_test(Resolve *r, Value *test)
{
    if (!type_is_pointer(test->args[0]->type) || test->args[1]->kind != VAL_INT)
        return false;
    Track track = {.function = r->function,
                   .type = r->function->module->types.int_,
                   .accepts = is_null_or_target,
                   .leaf = is_target,
                   .hint = "is_set"};
    if (!track_is_known(&track, test->args[0]))
        return false;
    Value *set = track_value(&track, test->args[0]);
    Builder b = {.function = r->function, .block = test->block, .before = test, .loc = test->loc};
    r->stands_for[test->id] = ir_binary(&b, test->kind, test->type, set, ir_int(&b, set->type, 0));
    ir_remove(test);
    return true;
}

static bool is_null_or_function(const void *order, const Value *leaf)
{
    if (leaf->kind == VAL_FUNCTION)
        number_of((Targets *)(uintptr_t)order, leaf->callee);
    return leaf->kind == VAL_INT || leaf->kind == VAL_FUNCTION;
}

/* 0: it is null. */
static Value *place_in_order(const void *order, Builder *b, const Value *leaf)
{
    const int place = leaf->kind == VAL_INT ? 0 : number_of((Targets *)(uintptr_t)order, leaf->callee) + 1;
    return ir_int(b, b->function->module->types.int_, place);
}

/* A comparison of a pointer with a function: the same number goes along with the pointer for all of them. */
static bool resolve_comparison(Resolve *r, Value *test)
{
    Function *with = function_at(test->args[1]);
    if (!with || function_at(test->args[0]))
        return false;
    Track probe = {.function = r->function, .accepts = is_null_or_function, .user = &r->order};
    if (!track_is_known(&probe, test->args[0]) || r->order.count == MAX_TARGETS)
        return false;
    track_is_known(&r->numbers, test->args[0]);
    Value *number = track_value(&r->numbers, test->args[0]);
    Builder b = {.function = r->function, .block = test->block, .before = test, .loc = test->loc};
    Value *its = ir_int(&b, number->type, number_of(&r->order, with) + 1);
    r->stands_for[test->id] = ir_binary(&b, test->kind, test->type, number, its);
    ir_remove(test);
    return true;
}

/* ---- the walk ---- */

static Value *resolved(const Resolve *r, Value *v)
{
    while (v->id <= r->nvalues && r->stands_for[v->id])
        v = r->stands_for[v->id];
    return v;
}

static bool is_pointer_call(const Value *v)
{
    return v->kind == VAL_CALL && !v->callee && !v->text && v->nargs > 0;
}

static void resolve_block(Resolve *r, Block *block)
{
    for (Value *v = block->first, *next; v; v = next) {
        next = v->next;
        for (int k = 0; k < 2; k++)
            if (v->blocks[k])
                resolve_block(r, v->blocks[k]);
        if (is_pointer_call(v))
            r->changed |= resolve_pointer(r, v, 0);
        else if (split_takes(v))
            r->changed |= resolve_arguments(r, v);
        else if (v->kind == VAL_EQ || v->kind == VAL_NE)
            r->changed |= resolve_test(r, v) || resolve_comparison(r, v);
    }
}

static void replace_uses(const Resolve *r, Block *block)
{
    for (Use use = ir_first_use(block); use.block; use = ir_next_use(use, block))
        *ir_used(&use) = resolved(r, *ir_used(&use));
}

bool targets_resolve(Function *fn)
{
    Resolve r = {.function = fn, .nvalues = fn->next_id, .stands_for = ARENA_ARRAY(Value *, fn->next_id + 1)};
    r.numbers = (Track){.function = fn,
                        .type = fn->module->types.int_,
                        .accepts = is_null_or_function,
                        .leaf = place_in_order,
                        .user = &r.order,
                        .hint = "target"};
    resolve_block(&r, fn->body);
    if (r.changed)
        replace_uses(&r, fn->body);
    return r.changed;
}

static bool remain_in(const Block *block)
{
    for (const Value *v = ir_first(block); v; v = ir_next(v, block))
        if (is_pointer_call(v) || ((v->kind == VAL_EQ || v->kind == VAL_NE) && function_at(v->args[1])))
            return true;
    return false;
}

bool targets_remain(const Function *fn)
{
    return remain_in(fn->body);
}
