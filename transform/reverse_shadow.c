/*
 * reverse_shadow.c: where adjoints of memory live. Each object with active values has a shadow of its shape; a pointer
 * that is loaded, carried or chosen at run time has a shadow pointer that goes along with it in the forward sweep.
 */
#include "reverse.h"

/* It is a constant's, or a parameter's that is not differentiated. */
static bool has_no_shadow(const Reverse *r, Value *address)
{
    const Value *base = memory_base(address);
    if (base->kind == VAL_GLOBAL)
        return base->global->is_const_data;
    return (base->kind == VAL_PARAM || base->kind == VAL_PARAM_OBJECT) && base->i != RESULT_OBJECT &&
           !r->function->params[base->i].bar;
}

static Value *null_pointer(Reverse *r, Type *type)
{
    return ir_int(&r->b, type, 0);
}

enum { MAX_GLOBAL_SHADOW = 1 << 18 };

static bool is_shadowless(const Global *global)
{
    return global->is_const_data || global->passive;
}

static Value *global_shadow(Reverse *r, const Value *address)
{
    for (size_t k = 0; k < r->globals.count; k++)
        if (r->globals.at[k].global == address->global)
            return r->globals.at[k].shadow;
    if (is_shadowless(address->global))
        return null_pointer(r, address->type);
    const Type *type = address->type->to;
    if (type->size == 0 || type->size > MAX_GLOBAL_SHADOW) {
        diag_error(address->loc, "the adjoint of '%s', of %llu bytes, is too large for the stack",
                   address->global->name, (unsigned long long)type->size);
        diag_note(address->global->loc, "pass it as a parameter, or mark it ADGEN_PASSIVE");
    }
    Builder b = {
        .function = r->function, .block = r->function->body, .before = r->function->body->first, .loc = address->loc};
    Value *shadow = ir_local(&b, address->type->to, 0, NULL, arena_printf("%s_bar", address->global->name));
    shadow->is_shadow = true;
    ir_new(&b, VAL_ZERO, r->function->module->types.void_, 1, &shadow);
    vec_push(&r->globals, (GlobalShadow){address->global, shadow});
    return shadow;
}

static bool is_null(const Value *pointer)
{
    return pointer->kind == VAL_INT && pointer->i == 0;
}

/* The step from the shadow of its base that `address` is from its base. */
static Value *shadow_step(Reverse *r, const Value *address, Value *from)
{
    if (is_null(from))
        return null_pointer(r, address->type);
    Value *shadow;
    if (address->kind == VAL_PTRADD)
        shadow = ir_ptradd(&r->b, from, address->args[1], address->nargs > 2 ? address->args[2] : NULL);
    else if (address->kind == VAL_FIELD)
        shadow = ir_field(&r->b, from, (int)address->i);
    else
        shadow = address->kind == VAL_DECAY ? ir_decay(&r->b, from) : ir_cast(&r->b, address->type, from);
    if (shadow != from && !shadow->hint)
        shadow->hint = reverse_bar_name(address); /* of a pointer that the user has given a name */
    return shadow;
}

/* A local object that has no shadow where one is needed; one message is enough. */
static void refuse_local(Reverse *r, const Value *local)
{
    const char *name = local->hint ? local->hint : "a temporary";
    if (r->refused == local)
        return;
    r->refused = local;
    if (type_has_real(local->type->to)) {
        diag_error(local->loc, "cannot follow a pointer to '%s', a variable of an inner block, from outside that block",
                   name);
        diag_note((Loc){0}, "declare it at the start of the function");
    } else {
        diag_error(local->loc, "cannot differentiate through '%s', whose type does not lead to the values in it", name);
        diag_note((Loc){0}, "declare it, or its pointers, with the values' type, or take memory from malloc");
    }
}

/* The address where the derivative of what is at `address` lives. */
Value *reverse_shadow_address(Reverse *r, Value *address)
{
    if (address->id <= r->last_id && r->shadow[address->id])
        return r->shadow[address->id];
    Builder *b = &r->b;
    switch (address->kind) {
    case VAL_PARAM:
    case VAL_PARAM_OBJECT:
        if (address->i < r->function->nparams && r->function->params[address->i].bar)
            return r->function->params[address->i].bar;
        return null_pointer(r, address->type);
    case VAL_GLOBAL:
        return global_shadow(r, address);
    case VAL_PTRADD:
    case VAL_FIELD:
    case VAL_DECAY:
    case VAL_CAST:
        return shadow_step(r, address, reverse_shadow_address(r, address->args[0]));
    case VAL_SELECT:
        return ir_select(b, address->args[0], reverse_shadow_pointer(r, address->args[1]),
                         reverse_shadow_pointer(r, address->args[2]));
    case VAL_LOCAL:
        if (address->passive)
            return null_pointer(r, address->type);
        refuse_local(r, address);
        return null_pointer(r, address->type);
    default:
        return null_pointer(r, address->type);
    }
}

static bool type_has_pointer(const Type *t)
{
    if (t->kind == TYPE_ARRAY)
        return type_has_pointer(t->to);
    if (t->kind == TYPE_RECORD)
        for (size_t k = 0; k < t->record->nfields; k++)
            if (type_has_pointer(t->record->fields[k].type))
                return true;
    return t->kind == TYPE_POINTER;
}

static bool is_active_memory(const Reverse *r, const Value *address)
{
    return activity_is_active_memory(r->activity, address);
}

/* A local record whose members are active in part has its shadow as a whole. */
bool reverse_wants_shadow(const Reverse *r, const Value *local)
{
    const Type *held = local->type->to;
    if (local->passive ||
        !(type_has_real(held) || (type_may_lead_to_real(held) && activity_leads_to_active(r->activity, local))))
        return false;
    const Type *t = type_scalar(local->type->to);
    return t->kind == TYPE_RECORD || type_has_pointer(local->type->to) || is_active_memory(r, local);
}

void reverse_make_shadow(Reverse *r, Value *local)
{
    Value *object = ir_local(&r->b, local->type->to, local->nargs, local->args, reverse_bar_name(local));
    ir_new(&r->b, VAL_ZERO, r->function->module->types.void_, 1, &object);
    object->is_shadow = true;
    r->shadow[local->id] = object;
}

/* ---- shadows that go along with the primal: of pointers in memory, and of pointers chosen at run time ---- */

static bool pointer_is_active(const Reverse *r, const Value *v)
{
    return type_is_pointer(v->type) && activity_leads_to_active(r->activity, v);
}

/* Memory from the heap that has a shadow, or such memory's end. */
bool reverse_is_shadowed(const Reverse *r, const Value *call, HeapRole role)
{
    return role != HEAP_NONE && heap_role(call) == role && !call->adjoint &&
           activity_leads_to_active(r->activity, role == HEAP_FREE ? call->args[0] : call);
}

/* The condition that an address has a shadow, where the pointer may also lead to passive memory; NULL where it has for
 * sure. */
Value *reverse_shadow_exists(Reverse *r, Value *address)
{
    Value *base = memory_base(address);
    if (base->kind == VAL_PARAM || base->kind == VAL_PARAM_OBJECT || base->kind == VAL_LOCAL ||
        base->kind == VAL_GLOBAL)
        return NULL;
    if (!activity_shadow_may_be_null(r->activity, base))
        return NULL;
    Value *shadow = reverse_shadow_address(r, base);
    if (is_null(shadow))
        return ir_int(&r->b, r->function->module->types.int_, 0);
    return ir_binary(&r->b, VAL_NE, r->function->module->types.int_, shadow, null_pointer(r, base->type));
}

Value *reverse_shadow_pointer(Reverse *r, Value *pointer)
{
    Value *exists = reverse_shadow_exists(r, pointer);
    Value *shadow = reverse_shadow_address(r, pointer);
    if (!exists || is_null(shadow) || memory_base(pointer) == pointer)
        return shadow;
    return ir_select(&r->b, exists, shadow, null_pointer(r, pointer->type));
}

/* The shadow of a pointer that is loaded. */
static Value *load_shadow_pointer(Reverse *r, Value *v)
{
    Value *exists = reverse_shadow_exists(r, v->args[0]);
    Value *address = reverse_shadow_address(r, v->args[0]);
    if (is_null(address))
        return null_pointer(r, v->type);
    if (!exists)
        return ir_load(&r->b, address);
    Value *guard = ir_if(&r->b, exists);
    const Builder outer = r->b;
    r->b.block = guard->blocks[0];
    r->b.before = NULL;
    Value *loaded = ir_load(&r->b, reverse_shadow_address(r, v->args[0]));
    r->b = outer;
    return ir_if_result(guard, loaded, null_pointer(r, v->type));
}

static void store_shadow_pointer(Reverse *r, Value *v)
{
    Value *exists = reverse_shadow_exists(r, v->args[0]);
    Value *address = reverse_shadow_address(r, v->args[0]), *shadow = reverse_shadow_pointer(r, v->args[1]);
    if (is_null(address))
        return;
    const Builder outer = r->b;
    if (exists) {
        r->b.block = ir_if(&r->b, exists)->blocks[0];
        r->b.before = NULL;
        address = reverse_shadow_address(r, v->args[0]);
    }
    ir_store(&r->b, address, shadow);
    r->b = outer;
}

void reverse_shadow_block(Reverse *r, Block *block);

static void shadow_loop(Reverse *r, Value *v)
{
    const int n = v->nresults;
    int *index = ARENA_ARRAY(int, n + 1);
    for (int k = 0; k < n; k++) {
        if (!pointer_is_active(r, v->carried[k]))
            continue;
        r->b = reverse_builder_at(r, v->block, v, v->loc);
        Value *init = reverse_shadow_pointer(r, v->args[k]);
        index[k] = v->nresults + 1;
        Value *carried = ir_loop_carry(v, init);
        carried->hint = v->results[index[k] - 1]->hint = reverse_bar_name(v->carried[k]);
        r->shadow[v->carried[k]->id] = carried;
        r->shadow[v->results[k]->id] = v->results[index[k] - 1];
    }
    reverse_shadow_block(r, v->blocks[1]);
    for (int k = 0; k < n; k++) {
        if (!index[k])
            continue;
        r->b = reverse_builder_at(r, v->blocks[1], NULL, v->loc);
        ir_set_next(v, index[k] - 1, reverse_shadow_pointer(r, v->blocks[1]->yields[k]));
    }
}

static void shadow_if(Reverse *r, Value *v)
{
    const int n = v->nresults;
    reverse_shadow_block(r, v->blocks[0]);
    reverse_shadow_block(r, v->blocks[1]);
    for (int k = 0; k < n; k++) {
        if (!pointer_is_active(r, v->results[k]))
            continue;
        Value *side[2];
        for (int s = 0; s < 2; s++) {
            r->b = reverse_builder_at(r, v->blocks[s], NULL, v->loc);
            side[s] = reverse_shadow_pointer(r, v->blocks[s]->yields[k]);
        }
        r->shadow[v->results[k]->id] = ir_if_result(v, side[0], side[1]);
    }
}

/* The shadow of memory from the heap is from the heap, zero at first. */
static void make_shadow_memory(Reverse *r, Value *v)
{
    Builder *b = &r->b;
    Type *size = r->function->module->types.size;
    const Value *cast = v->next && v->next->kind == VAL_CAST && v->next->args[0] == v ? v->next : v;
    Type *element = cast->type->to;
    Value *bytes = heap_bytes(b, v), *count = heap_elements(b, bytes, element->size);
    Value *args[] = {count ? count : bytes, count ? ir_sizeof(b, element, element->size) : ir_int(b, size, 1)};
    Value *shadow = ir_call(b, type_pointer(type_unqualified(element)), heap_zeroed(r->function->module), 2, args);
    shadow->adjoint = true;
    shadow->hint = reverse_bar_name(cast);
    r->shadow[v->id] = shadow;
}

/*
 * Shadow pointers beside primal ones. A local object's shadow is made beside it when it holds pointers or belongs to
 * the function's outermost block; that of an inner block's reals is made, and cleared, in each reverse run of the
 * block.
 */
static void shadow_value(Reverse *r, Value *v)
{
    r->b = reverse_builder_at(r, v->block, v->next, v->loc);
    if (reverse_is_shadowed(r, v, HEAP_ALLOC))
        make_shadow_memory(r, v);
    else if (v->kind == VAL_LOCAL && reverse_wants_shadow(r, v) && (!v->block->owner || type_has_pointer(v->type->to)))
        reverse_make_shadow(r, v);
    else if (v->kind == VAL_LOAD && pointer_is_active(r, v))
        r->shadow[v->id] = has_no_shadow(r, v->args[0]) ? null_pointer(r, v->type) : load_shadow_pointer(r, v);
    else if (v->kind == VAL_STORE && pointer_is_active(r, v->args[1]))
        store_shadow_pointer(r, v);
    else if (split_takes(v) && reverse_call_is_active(r, v))
        reverse_shadow_call(r, v);
    else if (v->kind == VAL_LOOP)
        shadow_loop(r, v);
    else if (v->kind == VAL_IF)
        shadow_if(r, v);
}

void reverse_shadow_block(Reverse *r, Block *block)
{
    for (Value *v = block->first, *next; v; v = next) {
        next = v->next;
        shadow_value(r, v);
    }
}

/* ---- what has one ---- */

bool reverse_is_active_memory(const Reverse *r, Value *address)
{
    const Value *base = memory_base(address);
    const Value *shadow = base->id <= r->last_id ? r->shadow[base->id] : NULL;
    const bool is_null_pointer = shadow && is_null(shadow); /* a pointer read from such memory */
    if ((base->kind == VAL_LOCAL && base->passive) || (base->kind == VAL_GLOBAL && is_shadowless(base->global)))
        return false;
    return !has_no_shadow(r, address) && !is_null_pointer && is_active_memory(r, address);
}

bool reverse_reaches_active(const Reverse *r, Value *address)
{
    const Value *base = memory_base(address);
    if ((base->kind == VAL_PARAM || base->kind == VAL_PARAM_OBJECT) && !r->function->params[base->i].bar)
        return false;
    return type_is_pointer(address->type) && type_may_lead_to_real(address->type) &&
           activity_leads_to_active(r->activity, address);
}

/* A record has its shadow as a whole. */
bool reverse_may_have_shadow(const Reverse *r, Value *address)
{
    const Value *base = memory_base(address);
    if (base->kind == VAL_LOCAL)
        return r->shadow[base->id] != NULL;
    if (base->kind == VAL_PARAM || base->kind == VAL_PARAM_OBJECT)
        return base->i < r->function->nparams && r->function->params[base->i].bar != NULL;
    if (base->kind == VAL_GLOBAL)
        return !base->global->is_const_data && is_active_memory(r, address);
    return activity_leads_to_active(r->activity, address);
}

bool reverse_has_shadow(const Reverse *r, Value *address)
{
    const Value *base = memory_base(address);
    const bool is_named = base->kind == VAL_PARAM || base->kind == VAL_PARAM_OBJECT || base->kind == VAL_LOCAL ||
                          base->kind == VAL_GLOBAL;
    return reverse_may_have_shadow(r, address) && (is_named || !activity_shadow_may_be_null(r->activity, base));
}

/* ---- where the program allocated ---- */

/* Where the program allocated, the reverse sweep is through with it. */
void reverse_free_both(Reverse *r, Value *v)
{
    Type *void_ = r->function->module->types.void_;
    if (heap_is_sized(v))
        ir_call(&r->b, void_, heap_sized_free(r->function->module), 1, &v);
    else
        ir_new(&r->b, VAL_FREE, void_, 1, &v);
    ir_new(&r->b, VAL_FREE, void_, 1, &r->shadow[v->id]);
}

/* Memory stays for the reverse sweep, which gives it back. */
void reverse_delay_frees(const Reverse *r, const Block *block)
{
    for (Value *v = block ? block->first : NULL, *next; v; v = next) {
        next = v->next;
        reverse_delay_frees(r, v->blocks[0]);
        reverse_delay_frees(r, v->blocks[1]);
        if (reverse_is_shadowed(r, v, HEAP_FREE))
            ir_remove(v);
    }
}
