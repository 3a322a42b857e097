/*
 * lower_address.c: lvalues as addresses, loads and stores, and the sizes of rows whose extents are run-time values.
 */
#include "lower.h"

/* ---- rows of variable size ---- */

typedef struct {
    Value *const *at;
    size_t count;
} Extents;

static bool has_variable_size(const Type *t)
{
    for (; t->kind == TYPE_ARRAY; t = t->to)
        if (t->count == ARRAY_VARIABLE)
            return true;
    return false;
}

static Extents evaluated_extents(Lower *lo, const Expr *e)
{
    Value **at = ARENA_ARRAY(Value *, e->nkids);
    for (int k = 1; k < e->nkids; k++)
        at[k - 1] = lower_convert(lo, lo->types->size, lower_value(lo, e->kids[k]));
    return (Extents){at, (size_t)e->nkids - 1};
}

/* The run-time extents, outermost first, in the type of e or in what it points to: its variable has them. */
static Extents extents_of(Lower *lo, const Expr *e)
{
    Extents extents = {0};
    switch (e->kind) {
    case EXPR_VAR: {
        const Variable *variable = e->decl->lowered;
        return variable ? (Extents){variable->extents, variable->nextents} : extents;
    }
    case EXPR_DECAY:
        extents = extents_of(lo, e->kids[0]);
        if (e->kids[0]->type->kind == TYPE_ARRAY && e->kids[0]->type->count == ARRAY_VARIABLE && extents.count)
            return (Extents){extents.at + 1, extents.count - 1};
        return extents;
    case EXPR_CAST:
        return e->nkids > 1 ? evaluated_extents(lo, e) : extents_of(lo, e->kids[0]);
    case EXPR_COND:
        return extents_of(lo, e->kids[2]);
    case EXPR_COMMA:
        return extents_of(lo, e->kids[e->nkids - 1]);
    case EXPR_BINARY:
        return extents_of(lo, e->kids[type_is_pointer(e->kids[0]->type) ? 0 : 1]);
    case EXPR_LOAD:
    case EXPR_INDEX:
    case EXPR_DEREF:
    case EXPR_ADDRESS:
    case EXPR_ASSIGN:
    case EXPR_COMPOUND:
    case EXPR_INCDEC:
        return extents_of(lo, e->kids[0]);
    default:
        return extents;
    }
}

Value *lower_extent_product(Lower *lo, const Type *type, Value *const *extents, size_t nextents, Loc loc)
{
    Value *product = ir_int(&lo->b, lo->types->size, 1);
    size_t used = 0;
    for (; type->kind == TYPE_ARRAY; type = type->to) {
        Value *factor = NULL;
        if (type->count >= 0)
            factor = ir_int(&lo->b, lo->types->size, type->count);
        else if (used < nextents)
            factor = extents[used++];
        if (!factor) {
            fence_refuse(loc, "the extents of this array are not known here",
                         "give the pointer to it a type with extents, as 'double (*a)[n]'");
            break;
        }
        product = ir_binary(&lo->b, VAL_MUL, lo->types->size, product, factor);
    }
    return product;
}

static bool are_same_extents(Extents a, Extents b)
{
    bool same = a.count == b.count;
    for (size_t k = 0; same && k < a.count; k++)
        same = ir_without_wide_casts(a.at[k]) == ir_without_wide_casts(b.at[k]);
    return same;
}

Value *lower_rows_cast(Lower *lo, const Expr *e, Value *pointer)
{
    if (e->nkids < 2 || !type_is_pointer(e->type) || !type_is_pointer(pointer->type) ||
        are_same_extents(extents_of(lo, e), extents_of(lo, e->kids[0])))
        return lower_convert(lo, e->type, pointer);
    return lower_convert(lo, e->type, lower_convert(lo, type_pointer(type_scalar(e->type->to)), pointer));
}

Value *lower_scalars_per_element(Lower *lo, const Expr *e)
{
    if (e->type->kind != TYPE_POINTER || !has_variable_size(e->type->to))
        return NULL;
    const Extents extents = extents_of(lo, e);
    return lower_extent_product(lo, e->type->to, extents.at, extents.count, e->loc);
}

/* ---- pointer arithmetic ---- */

static Value *negated_index(Lower *lo, Value *index)
{
    if (index->kind != VAL_INT && (!index->type->is_signed || index->type->rank < 3))
        index = ir_cast(&lo->b, lo->types->long_, index);
    if (index->kind == VAL_INT)
        return ir_int(&lo->b, lo->types->long_, -index->i);
    return ir_unary(&lo->b, VAL_NEG, index->type, index);
}

Value *lower_pointer_step(Lower *lo, ValueKind op, const Expr *pointer, Value *from, Value *index)
{
    Value *scalars = lower_scalars_per_element(lo, pointer);
    return ir_ptradd(&lo->b, from, op == VAL_SUB ? negated_index(lo, index) : index, scalars);
}

static Value *lower_index(Lower *lo, const Expr *e)
{
    Value *pointer = lower_value(lo, e->kids[0]);
    Value *index = lower_value(lo, e->kids[1]);
    lo->b.loc = e->loc;
    return lower_pointer_step(lo, VAL_ADD, e->kids[0], pointer, index);
}

/* ---- lvalues ---- */

static Value *lower_variable(Lower *lo, const Expr *e)
{
    const Variable *variable = e->decl->lowered;
    if (e->decl->global)
        return ir_global(&lo->b, e->decl->global);
    if (variable)
        return variable->address;
    if (diag_error_count()) /* its declaration was refused */
        return lower_temporary(lo, e->type, e->decl->name);
    diag_internal(e->loc, "'%s' is used before it is declared", e->decl->name);
}

static Value *lower_member(Lower *lo, const Expr *e)
{
    Value *record = lower_address(lo, e->kids[0]);
    lo->b.loc = e->loc;
    if (record->type->to->is_volatile)
        fence_refuse(e->loc, "a volatile struct", "copy it to a plain one");
    return ir_field(&lo->b, record, e->field);
}

static Value *lower_literal(Lower *lo, const Expr *e)
{
    Value *object = lower_temporary(lo, e->type, NULL);
    lower_initialise(lo, object, e->type, e->kids[0]);
    return object;
}

Value *lower_address(Lower *lo, const Expr *e)
{
    lo->b.loc = e->loc;
    switch (e->kind) {
    case EXPR_VAR:
        return lower_variable(lo, e);
    case EXPR_MEMBER:
        return lower_member(lo, e);
    case EXPR_INDEX:
        return lower_index(lo, e);
    case EXPR_DEREF:
        return lower_value(lo, e->kids[0]);
    case EXPR_COMPOUND_LITERAL:
        return lower_literal(lo, e);
    case EXPR_STRING:
        return ir_string(&lo->b, type_pointer(e->type), e->text);
    case EXPR_LOAD: /* of a record: a copy is made where it matters */
        return lower_address(lo, e->kids[0]);
    case EXPR_UNSUPPORTED:
        fence_unsupported(e->loc, e->text);
        return fence_anything(lo, type_pointer(e->type));
    default: /* a record that is no lvalue: its value is an address */
        return lower_value(lo, e);
    }
}

static const char *name_of(const Expr *lvalue)
{
    if (lvalue->kind == EXPR_VAR)
        return lvalue->decl->name;
    if (lvalue->kind == EXPR_MEMBER)
        return lvalue->kids[0]->type->record->fields[lvalue->field].name;
    return NULL;
}

/* The scalar that is there; the address of a record. */
Value *lower_load(Lower *lo, const Expr *lvalue)
{
    const Loc loc = lo->b.loc;
    Value *address = lower_address(lo, lvalue);
    if (type_is_record(lvalue->type) || lvalue->type->kind == TYPE_ARRAY)
        return address;
    lo->b.loc = loc;
    if (!fence_access(address, loc))
        return fence_anything(lo, lvalue->type);
    lo->b.hint = name_of(lvalue);
    Value *v = lower_read(lo, address);
    lo->b.hint = NULL;
    return v;
}

Value *lower_read(Lower *lo, Value *address)
{
    return address->type->to->is_volatile ? ir_volatile(&lo->b, address, NULL) : ir_load(&lo->b, address);
}

void lower_store(Lower *lo, Value *address, Value *v)
{
    if (!fence_access(address, lo->b.loc))
        return;
    v = lower_convert(lo, address->type->to, v);
    if (address->type->to->is_volatile)
        ir_volatile(&lo->b, address, v);
    else
        ir_store(&lo->b, address, v);
}
