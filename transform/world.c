/*
 * world.c: the functions that a pointer may lead to which is loaded from memory, where its way into that memory is not
 * followed: any whose address is taken in what the function calls, if no other can come in from outside. The world is
 * closed where no parameter, no variable that others know, and no function that is not seen, can supply a pointer.
 */
#include "heap.h"
#include "members.h"

typedef struct {
    unsigned walk;
    Functions targets;
    VEC(const Global *) tables;
    bool is_open;
    bool stores_members; /* functions are stored to structs as it runs, not only in constant tables */
} World;

static void visit(World *world, Function *fn);

static void visit_once(World *world, Function *fn)
{
    if (ir_first_visit(fn, world->walk))
        visit(world, fn);
}

static void add_target(World *world, Function *fn)
{
    if (!into_has(&world->targets, fn))
        vec_push(&world->targets, fn);
    if (split_looks_into(fn))
        visit_once(world, fn);
}

static void add_variable(World *world, const Global *global)
{
    if (!type_may_lead_to_function(global->type))
        return;
    world->is_open |= !global->is_const_data || global->ntargets == 0;
    for (size_t k = 0; k < global->ntargets; k++)
        add_target(world, global->targets[k].function);
    vec_push(&world->tables, global);
}

/* A function that is not seen: can it give back, or put into memory that it is given, a pointer to another one? */
static bool brings_functions(const Value *call)
{
    const Function *callee = call->callee;
    if (callee->rule || callee->effect == EFFECT_PURE || callee->effect == EFFECT_PASSIVE_IO || heap_role(call))
        return false;
    for (int k = 0; k < call->nargs; k++)
        if (type_is_pointer(call->args[k]->type) && type_may_lead_to_function(call->args[k]->type))
            return true;
    return type_may_lead_to_function(call->type);
}

static void visit_value(World *world, const Value *v)
{
    if (v->kind == VAL_CALL && v->callee && split_looks_into(v->callee))
        visit_once(world, v->callee);
    else if (v->kind == VAL_CALL && v->callee)
        world->is_open |= brings_functions(v);
    else if (v->kind == VAL_CAST && type_is_int(v->args[0]->type) && v->args[0]->kind != VAL_INT)
        world->is_open |= type_is_pointer(v->type) && type_may_lead_to_function(v->type);
    else if (v->kind == VAL_STORE && type_is_pointer(v->args[1]->type))
        world->stores_members |= v->args[0]->kind != VAL_LOCAL && type_may_lead_to_function(v->args[0]->type->to) &&
                                 v->args[0]->type->to->to->kind == TYPE_FUNCTION;
}

static void visit(World *world, Function *fn)
{
    Block *body = into_body(fn);
    for (const Value *v = ir_first(body); v; v = ir_next(v, body))
        visit_value(world, v);
    for (Use use = ir_first_use(body); use.block; use = ir_next_use(use, body)) {
        const Value *used = *ir_used(&use);
        if (used->kind == VAL_FUNCTION)
            add_target(world, used->callee);
        else if (used->kind == VAL_GLOBAL)
            add_variable(world, used->global);
    }
}

/* Where functions are in constant tables only, a member of a struct is one of the same member there. */
static bool may_be_member(const World *world, const Function *fn, const Value *load)
{
    const Value *address = load->args[0];
    if (world->stores_members || address->kind != VAL_FIELD)
        return true;
    const Record *record = address->args[0]->type->to->record;
    const uint64_t size = address->args[0]->type->to->size, offset = record->fields[address->i].offset;
    for (size_t t = 0; t < world->tables.count; t++) {
        const Global *table = world->tables.at[t];
        const Type *element = type_scalar(table->type);
        for (size_t k = 0; k < table->ntargets; k++)
            if (table->targets[k].function == fn &&
                (element->record != record || !size || table->targets[k].offset % size == offset))
                return true;
    }
    return false;
}

bool world_targets(Function *fn, const Value *load, Function ***targets, size_t *count)
{
    Function *of = fn->primal ? fn->primal : fn;
    World world = {.walk = ir_new_walk(fn->module)};
    for (int k = 0; k < of->nparams; k++)
        world.is_open |= type_may_lead_to_function(of->params[k].type);
    if (!world.is_open)
        visit_once(&world, of);
    *targets = ARENA_ARRAY(Function *, world.targets.count + 1);
    *count = 0;
    for (size_t k = 0; k < world.targets.count; k++)
        if (may_be_member(&world, world.targets.at[k], load))
            (*targets)[(*count)++] = world.targets.at[k];
    return !world.is_open && *count > 0;
}
