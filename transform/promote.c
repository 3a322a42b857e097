/*
 * promote.c: scalars in memory become SSA values. A variable is a scalar at a constant place of a local object that is
 * only loaded and stored; its current value is followed through the tree of blocks. Where a branch assigns it, the
 * branch gets a result; where a loop does, the loop carries it. Results that nobody uses are dead_remove's to take out.
 */
#include "passes.h"
#include "simplify.h"

typedef struct {
    Value *object; /* NULL: no constant place in a local object */
    uint64_t offset;
} Place;

typedef struct {
    Value *object;
    uint64_t offset;
    Type *type;
    const char *name; /* its hint, or NULL */
    Value *now;       /* its value at the point of the walk; NULL: not assigned yet */
} Variable;

typedef VEC(unsigned) Indices;

typedef struct {
    Function *function;
    unsigned nvalues;         /* ids up to this existed before the pass */
    Place *places;            /* by id of the address */
    bool *escapes;            /* by id of the object */
    int *variable_of;         /* by id of the address: index + 1 */
    int *variables_of_object; /* by id of the object: index + 1 of its first variable */
    VEC(Variable) variables;
    VEC(int) next_of_object;
    Value **stands_for; /* by id of a removed load */
    Indices *assigned;  /* by id of the region: variables that it assigns */
    unsigned *stamp;    /* by variable: the last region that listed it */
} Promote;

/* ---- which objects qualify ---- */

static bool is_scalar(const Type *t)
{
    return t->kind == TYPE_INT || t->kind == TYPE_REAL || t->kind == TYPE_POINTER;
}

static Place place_of(const Promote *p, const Value *v)
{
    return v->id <= p->nvalues ? p->places[v->id] : (Place){0};
}

static Place find_place(const Promote *p, Value *v)
{
    Place place = {0};
    switch (v->kind) {
    case VAL_LOCAL:
        if (v->nargs == 0)
            place.object = v;
        break;
    case VAL_FIELD:
        place = place_of(p, v->args[0]);
        if (v->args[0]->type->to->record->is_union || v->args[0]->type->to->record->fields[v->i].bit_width >= 0)
            place.object = NULL;
        place.offset += v->args[0]->type->to->record->fields[v->i].offset;
        break;
    case VAL_DECAY:
        place = place_of(p, v->args[0]);
        break;
    case VAL_PTRADD:
        place = place_of(p, v->args[0]);
        if (v->nargs > 2 || v->args[1]->kind != VAL_INT)
            place.object = NULL;
        else
            place.offset += (uint64_t)v->args[1]->i * v->type->to->size;
        break;
    default:
        break;
    }
    return place;
}

static void escape(Promote *p, const Value *v)
{
    if (v->id <= p->nvalues && p->places[v->id].object)
        p->escapes[p->places[v->id].object->id] = true;
}

/* An address that leads nowhere constant any more: its object stays in memory. */
static bool continues_path(const Promote *p, const Value *v)
{
    return p->places[v->id].object && v->kind != VAL_LOCAL;
}

/* a[1][2] is called a1_2. */
static const char *name_of(const Value *object, uint64_t offset)
{
    const char *name = object->hint;
    if (!name || object->type->to->kind != TYPE_ARRAY || type_scalar(object->type->to)->kind == TYPE_RECORD)
        return name;
    const char *between = "";
    for (const Type *t = object->type->to; t->kind == TYPE_ARRAY && t->to->size; t = t->to, between = "_") {
        name = arena_printf("%s%s%llu", name, between, (unsigned long long)(offset / t->to->size));
        offset %= t->to->size;
    }
    return name;
}

static void add_access(Promote *p, const Value *address, Type *type)
{
    const Place place = place_of(p, address);
    if (!place.object)
        return;
    if (!is_scalar(type)) {
        escape(p, address);
        return;
    }
    for (int k = p->variables_of_object[place.object->id]; k; k = p->next_of_object.at[k - 1]) {
        if (p->variables.at[k - 1].offset != place.offset)
            continue;
        if (!type_same(p->variables.at[k - 1].type, type))
            escape(p, address);
        p->variable_of[address->id] = k;
        return;
    }
    vec_push(&p->variables, ((Variable){.object = place.object,
                                        .offset = place.offset,
                                        .type = type,
                                        .name = name_of(place.object, place.offset)}));
    vec_push(&p->next_of_object, p->variables_of_object[place.object->id]);
    p->variable_of[address->id] = p->variables_of_object[place.object->id] = (int)p->variables.count;
}

/* A function's address has no type of its own. */
static Type *accessed_type(const Value *v)
{
    if (v->kind == VAL_LOAD)
        return v->type;
    return v->args[1]->kind == VAL_FUNCTION ? type_unqualified(v->args[0]->type->to) : v->args[1]->type;
}

static void scan_uses(Promote *p, const Value *v)
{
    const bool accesses = v->kind == VAL_LOAD || v->kind == VAL_STORE || v->kind == VAL_ACCUM;
    if (accesses)
        add_access(p, v->args[0], accessed_type(v));
    for (int k = accesses ? 1 : 0; k < v->nargs; k++)
        if (!(k == 0 && continues_path(p, v)))
            escape(p, v->args[k]);
}

static void scan_block(Promote *p, const Block *block)
{
    for (Value *v = block->first; v; v = v->next) {
        p->places[v->id] = find_place(p, v);
        scan_uses(p, v);
        for (int k = 0; k < 2; k++)
            if (v->blocks[k])
                scan_block(p, v->blocks[k]);
    }
    for (int k = 0; k < block->nyields; k++)
        escape(p, block->yields[k]);
}

static Variable *variable_at(const Promote *p, const Value *address)
{
    if (address->id > p->nvalues || !p->variable_of[address->id])
        return NULL;
    Variable *variable = &p->variables.at[p->variable_of[address->id] - 1];
    return p->escapes[variable->object->id] ? NULL : variable;
}

/* ---- what each region assigns ---- */

static void list_assigned(Promote *p, const Value *region, unsigned variable)
{
    if (p->stamp[variable] == region->id)
        return;
    p->stamp[variable] = region->id;
    vec_push(&p->assigned[region->id], variable);
}

static void list_assigned_in(Promote *p, const Value *region, const Block *block)
{
    for (const Value *v = block->first; v; v = v->next) {
        const Variable *variable = ir_writes_value(v) ? variable_at(p, v->args[0]) : NULL;
        if (variable)
            list_assigned(p, region, (unsigned)(variable - p->variables.at));
        for (size_t k = 0; (v->blocks[0] || v->blocks[1]) && k < p->assigned[v->id].count; k++)
            list_assigned(p, region, p->assigned[v->id].at[k]);
    }
}

/* Inner regions first: their stamps are done with when a region lists its own. */
static void find_assigned(Promote *p, const Block *block)
{
    for (const Value *v = block->first; v; v = v->next) {
        for (int k = 0; k < 2; k++)
            if (v->blocks[k])
                find_assigned(p, v->blocks[k]);
        for (int k = 0; k < 2; k++)
            if (v->blocks[k])
                list_assigned_in(p, v, v->blocks[k]);
    }
}

/* ---- following values ---- */

static void rename_block(Promote *p, Block *block);

static Value *resolve(const Promote *p, Value *v)
{
    return v->id <= p->nvalues && p->stands_for[v->id] ? p->stands_for[v->id] : v;
}

/* What an unassigned variable holds may not be asked for; zero is as good as anything. */
static Value *value_of(const Variable *variable, Builder *b)
{
    if (variable->now)
        return variable->now;
    return type_is_real(variable->type) ? ir_real(b, variable->type, 0, NULL) : ir_int(b, variable->type, 0);
}

static Builder builder_before(const Promote *p, Value *v)
{
    return (Builder){.function = p->function, .block = v->block, .before = v, .loc = v->loc};
}

static Value *stored_value(const Promote *p, const Variable *variable, Value *store)
{
    Builder b = builder_before(p, store);
    Value *x = store->args[1];
    if (store->kind == VAL_ACCUM) {
        Value *old = variable->now;
        x = ir_binary(&b, VAL_ADD, x->type, old ? old : ir_real(&b, x->type, 0, NULL), x);
    }
    if (variable->object->passive && type_is_real(x->type))
        x = ir_new(&b, VAL_PASSIVE, x->type, 1, &x);
    const Type *object = variable->object->type->to;
    const bool is_choice = x->kind == VAL_RESULT && x->region->kind == VAL_IF;
    if (!x->hint && (is_choice || !ir_is_leaf(x->kind)) && (is_scalar(object) || object->kind == TYPE_ARRAY))
        x->hint = variable->name;
    return x;
}

static void rename_access(Promote *p, Value *v)
{
    Variable *variable = variable_at(p, v->args[0]);
    if (!variable)
        return;
    if (v->kind == VAL_LOAD) {
        Builder b = builder_before(p, v);
        p->stands_for[v->id] = value_of(variable, &b);
    } else {
        variable->now = stored_value(p, variable, v);
    }
    ir_remove(v);
}

static bool declared_outside(const Variable *variable, const Value *region)
{
    return !ir_block_inside(variable->object->block, region->blocks[0]) &&
           !ir_block_inside(variable->object->block, region->blocks[1]);
}

static void rename_if(Promote *p, Value *region)
{
    const Indices *assigned = &p->assigned[region->id];
    Value **before = ARENA_ARRAY(Value *, assigned->count);
    Value **after_then = ARENA_ARRAY(Value *, assigned->count);
    for (size_t k = 0; k < assigned->count; k++)
        before[k] = p->variables.at[assigned->at[k]].now;
    rename_block(p, region->blocks[0]);
    for (size_t k = 0; k < assigned->count; k++) {
        Variable *variable = &p->variables.at[assigned->at[k]];
        after_then[k] = variable->now;
        variable->now = before[k];
    }
    rename_block(p, region->blocks[1]);
    for (size_t k = 0; k < assigned->count; k++) {
        Variable *variable = &p->variables.at[assigned->at[k]];
        if (!declared_outside(variable, region) || (!after_then[k] && !variable->now))
            continue;
        Builder b = builder_before(p, region);
        Value *otherwise = value_of(variable, &b);
        variable->now = after_then[k];
        Value *then = value_of(variable, &b);
        variable->now = then == otherwise ? then : ir_if_result(region, then, otherwise);
        if (variable->now->kind == VAL_RESULT && variable->now->region == region)
            variable->now->hint = variable->name;
    }
}

static void rename_loop(Promote *p, Value *region)
{
    const Indices *assigned = &p->assigned[region->id];
    int *index = ARENA_ARRAY(int, assigned->count);
    for (size_t k = 0; k < assigned->count; k++) {
        Variable *variable = &p->variables.at[assigned->at[k]];
        if (!declared_outside(variable, region))
            continue;
        Builder b = builder_before(p, region);
        Value *carried = ir_loop_carry(region, value_of(variable, &b));
        index[k] = region->nresults;
        carried->hint = region->results[index[k] - 1]->hint = variable->name;
        variable->now = carried;
    }
    if (region->blocks[0])
        rename_block(p, region->blocks[0]);
    rename_block(p, region->blocks[1]);
    for (size_t k = 0; k < assigned->count; k++) {
        if (!index[k])
            continue;
        Variable *variable = &p->variables.at[assigned->at[k]];
        ir_set_next(region, index[k] - 1, variable->now);
        variable->now = region->results[index[k] - 1];
    }
}

static void rename_block(Promote *p, Block *block)
{
    for (Value *v = block->first, *next; v; v = next) {
        next = v->next;
        for (int k = 0; k < v->nargs; k++)
            v->args[k] = resolve(p, v->args[k]);
        if (v->counted) {
            v->from = resolve(p, v->from);
            v->to = resolve(p, v->to);
        }
        if (v->kind == VAL_LOAD || v->kind == VAL_STORE || v->kind == VAL_ACCUM)
            rename_access(p, v);
        else if (v->kind == VAL_LOCAL && v->id <= p->nvalues && !p->escapes[v->id])
            for (int k = p->variables_of_object[v->id]; k; k = p->next_of_object.at[k - 1])
                p->variables.at[k - 1].now = NULL;
        else if (v->kind == VAL_IF)
            rename_if(p, v);
        else if (v->kind == VAL_LOOP)
            rename_loop(p, v);
    }
    for (int k = 0; k < block->nyields; k++)
        block->yields[k] = resolve(p, block->yields[k]);
}

void promote_locals(Function *fn)
{
    Promote p = {.function = fn, .nvalues = fn->next_id};
    const size_t n = fn->next_id + 1;
    p.places = ARENA_ARRAY(Place, n);
    p.escapes = ARENA_ARRAY(bool, n);
    p.variable_of = ARENA_ARRAY(int, n);
    p.variables_of_object = ARENA_ARRAY(int, n);
    p.stands_for = ARENA_ARRAY(Value *, n);
    p.assigned = ARENA_ARRAY(Indices, n);
    scan_block(&p, fn->body);
    p.stamp = ARENA_ARRAY(unsigned, p.variables.count + 1);
    find_assigned(&p, fn->body);
    rename_block(&p, fn->body);
}
