/*
 * lower_expr.c: expressions. Scalars are values; a record is the address of where it is. Operands are computed from
 * left to right, an assigned value before the place that it goes to, as clang does it; what C evaluates lazily goes
 * into a branch unless computing it in vain is harmless.
 */
#include "lower.h"

/* ---- conversions ---- */

static Value *zero_of(Lower *lo, Type *type)
{
    return type_is_real(type) ? ir_real(&lo->b, type, 0, NULL) : ir_int(&lo->b, type, 0);
}

Value *lower_truth(Lower *lo, Value *v)
{
    if (type_is_int(v->type))
        return v;
    return ir_binary(&lo->b, VAL_NE, lo->types->int_, v, zero_of(lo, v->type));
}

Value *lower_convert(Lower *lo, Type *type, Value *v)
{
    type = type_unqualified(type);
    if (type->is_bool && !v->type->is_bool)
        v = ir_binary(&lo->b, VAL_NE, lo->types->int_, v, zero_of(lo, v->type));
    return ir_cast(&lo->b, type, v);
}

Value *lower_condition(Lower *lo, const Expr *e)
{
    return lower_truth(lo, lower_value(lo, e));
}

/* ---- lazily evaluated operands ---- */

typedef struct {
    Value *region;
    Block *outer;
} Branch;

static Branch open_branch(Lower *lo, Value *condition)
{
    Branch branch = {ir_if(&lo->b, condition), lo->b.block};
    lo->b.block = branch.region->blocks[0];
    return branch;
}

static void other_branch(Lower *lo, const Branch *branch)
{
    lo->b.block = branch->region->blocks[1];
}

static Value *close_branch(Lower *lo, const Branch *branch, Value *x, Value *y)
{
    lo->b.block = branch->outer;
    Value *result = x ? ir_if_result(branch->region, x, y) : NULL;
    if (result)
        result->hint = NULL; /* the name is that of what it goes to, not of one of the two */
    return result;
}

static Value *truth_as_int(Lower *lo, const Expr *e)
{
    Value *v = lower_condition(lo, e);
    Type *int_ = lo->types->int_;
    return ir_cast(&lo->b, int_, ir_binary(&lo->b, VAL_NE, int_, v, ir_int(&lo->b, v->type, 0)));
}

Value *lower_short_circuit(Lower *lo, ValueKind kind, Value *left, const Expr *right)
{
    Type *int_ = lo->types->int_;
    if (left->kind == VAL_INT && (left->i != 0) != (kind == VAL_LAND))
        return ir_int(&lo->b, int_, kind == VAL_LOR);
    if (left->kind == VAL_INT)
        return truth_as_int(lo, right);
    if (scan_is_safe(right, NULL))
        return ir_binary(&lo->b, kind, int_, left, lower_condition(lo, right));
    const Loc loc = lo->b.loc;
    Branch branch = open_branch(lo, left);
    Value *then = kind == VAL_LAND ? truth_as_int(lo, right) : ir_int(&lo->b, int_, 1);
    other_branch(lo, &branch);
    Value *otherwise = kind == VAL_LAND ? ir_int(&lo->b, int_, 0) : truth_as_int(lo, right);
    lo->b.loc = loc;
    return close_branch(lo, &branch, then, otherwise);
}

static Value *lower_logical(Lower *lo, const Expr *e)
{
    Value *left = lower_condition(lo, e->kids[0]);
    lo->b.loc = e->loc;
    return lower_short_circuit(lo, e->kind == EXPR_AND ? VAL_LAND : VAL_LOR, left, e->kids[1]);
}

/* ---- c ? x : y ---- */

/* May both arms be computed? Not where a real one is more than chosen: only the branch taken is to be differentiated.
 */
static bool can_select(const Expr *e)
{
    const Expr *known = scan_has_effects(e->kids[0]) ? NULL : e->kids[0];
    for (int k = 1; k < 3; k++) {
        if (!e->kids[k])
            continue;
        if (!(type_is_int(e->type) ? scan_is_safe(e->kids[k], known) : scan_is_choice(e->kids[k], known)))
            return false;
    }
    return true;
}

static Value *lower_record_arm(Lower *lo, const Expr *arm, Value *to)
{
    lower_copy(lo, to, lower_value(lo, arm));
    return NULL;
}

static Value *lower_record_choice(Lower *lo, const Expr *e, Value *condition)
{
    Value *to = lower_temporary(lo, e->type, NULL);
    Branch branch = open_branch(lo, condition);
    lower_record_arm(lo, e->kids[1], to);
    other_branch(lo, &branch);
    lower_record_arm(lo, e->kids[2], to);
    close_branch(lo, &branch, NULL, NULL);
    return to;
}

static Value *lower_arm(Lower *lo, const Expr *e, const Expr *arm, Value *tested)
{
    if (e->type->kind == TYPE_VOID) {
        lower_value(lo, arm);
        return NULL;
    }
    return lower_convert(lo, e->type, arm ? lower_value(lo, arm) : tested);
}

static Value *lower_choice(Lower *lo, const Expr *e)
{
    bool truth;
    if (e->kids[1] && scan_constant_truth(e->kids[0], &truth))
        return lower_value(lo, e->kids[truth ? 1 : 2]);
    Value *tested = lower_value(lo, e->kids[0]);
    Value *condition = lower_truth(lo, tested);
    lo->b.loc = e->loc;
    if (type_is_record(e->type))
        return lower_record_choice(lo, e, condition);
    const bool selects = e->type->kind != TYPE_VOID && can_select(e);
    Branch branch = {0};
    if (!selects)
        branch = open_branch(lo, condition);
    Value *x = lower_arm(lo, e, e->kids[1], tested);
    if (!selects)
        other_branch(lo, &branch);
    Value *y = lower_arm(lo, e, e->kids[2], tested);
    lo->b.loc = e->loc;
    return selects ? ir_select(&lo->b, condition, x, y) : close_branch(lo, &branch, x, y);
}

/* ---- operators ---- */

static Value *lower_unary(Lower *lo, const Expr *e)
{
    Value *x = lower_value(lo, e->kids[0]);
    lo->b.loc = e->loc;
    if (e->op == VAL_LNOT)
        return ir_unary(&lo->b, VAL_LNOT, lo->types->int_, lower_truth(lo, x));
    return ir_unary(&lo->b, e->op, e->type, x);
}

static Value *lower_binary(Lower *lo, const Expr *e)
{
    const Expr *left = e->kids[0], *right = e->kids[1];
    Value *x = lower_value(lo, left);
    Value *y = lower_value(lo, right);
    lo->b.loc = e->loc;
    if (e->op == VAL_PTRDIFF || (e->op == VAL_SUB && type_is_pointer(y->type)))
        return ir_ptrdiff(&lo->b, e->type, x, y, lower_scalars_per_element(lo, left));
    if (type_is_pointer(e->type))
        return type_is_pointer(x->type) ? lower_pointer_step(lo, e->op, left, x, y)
                                        : lower_pointer_step(lo, e->op, right, y, x);
    return ir_binary(&lo->b, e->op, e->type, x, y);
}

/* ---- assignment ---- */

static bool is_bit_field(const Expr *lvalue)
{
    return lvalue->kind == EXPR_MEMBER && lvalue->kids[0]->type->record->fields[lvalue->field].bit_width >= 0;
}

/* Stores v and gives the value that the lvalue has then. */
static Value *assign(Lower *lo, const Expr *lvalue, Value *address, Value *v)
{
    v = lower_convert(lo, lvalue->type, v);
    lower_store(lo, address, v);
    return is_bit_field(lvalue) ? lower_read(lo, address) : v;
}

static Value *lower_assign(Lower *lo, const Expr *e)
{
    Value *v = lower_value(lo, e->kids[1]);
    Value *address = lower_address(lo, e->kids[0]);
    lo->b.loc = e->loc;
    if (!type_is_record(e->kids[0]->type))
        return assign(lo, e->kids[0], address, v);
    lower_copy(lo, address, v);
    return address;
}

static Value *load_for_update(Lower *lo, const Expr *lvalue, Value *address)
{
    if (!fence_access(address, lvalue->loc))
        return fence_anything(lo, lvalue->type);
    lo->b.hint = lvalue->kind == EXPR_VAR ? lvalue->decl->name : NULL;
    Value *v = lower_read(lo, address);
    lo->b.hint = NULL;
    return v;
}

/* Beside a complex number, a real one stays real. */
static Value *for_compound(Lower *lo, const Expr *e, Value *v)
{
    const bool beside = e->compute->kind == TYPE_COMPLEX && v->type->kind != TYPE_COMPLEX;
    return lower_convert(lo, beside ? e->compute->to : e->compute, v);
}

static Value *lower_compound(Lower *lo, const Expr *e)
{
    const Expr *lvalue = e->kids[0];
    Value *y = lower_value(lo, e->kids[1]);
    Value *address = lower_address(lo, lvalue);
    lo->b.loc = e->loc;
    Value *old = load_for_update(lo, lvalue, address);
    if (type_is_pointer(lvalue->type))
        return assign(lo, lvalue, address, lower_pointer_step(lo, e->op, lvalue, old, y));
    if (e->op != VAL_SHL && e->op != VAL_SHR)
        y = for_compound(lo, e, y);
    Value *x = for_compound(lo, e, old);
    return assign(lo, lvalue, address, ir_binary(&lo->b, e->op, e->compute, x, y));
}

static Value *step_by_one(Lower *lo, const Expr *e, Value *old)
{
    Type *type = e->kids[0]->type;
    if (type_is_pointer(type))
        return lower_pointer_step(lo, e->op, e->kids[0], old, ir_int(&lo->b, lo->types->int_, 1));
    if (type_is_int(type) && type->rank < lo->types->int_->rank)
        type = lo->types->int_;
    Value *one = type_is_real(type) ? ir_real(&lo->b, type, 1, NULL) : ir_int(&lo->b, type, 1);
    return ir_binary(&lo->b, e->op, type, lower_convert(lo, type, old), one);
}

static Value *lower_incdec(Lower *lo, const Expr *e)
{
    Value *address = lower_address(lo, e->kids[0]);
    lo->b.loc = e->loc;
    Value *old = load_for_update(lo, e->kids[0], address);
    Value *new = assign(lo, e->kids[0], address, step_by_one(lo, e, old));
    return e->is_postfix ? old : new;
}

/* ---- the rest ---- */

static Value *lower_cast(Lower *lo, const Expr *e)
{
    Value *v = lower_value(lo, e->kids[0]);
    lo->b.loc = e->loc;
    if (e->type->kind == TYPE_VOID || type_is_record(e->type) || !v)
        return e->type->kind == TYPE_VOID ? NULL : v;
    return lower_rows_cast(lo, e, v);
}

/* The extents in the operand's type: its variable has them where it is one's. */
static Value *lower_variable_size(Lower *lo, const Expr *e)
{
    const Variable *variable = e->decl ? e->decl->lowered : NULL;
    const size_t count = (size_t)e->nkids;
    Value **extents = ARENA_ARRAY(Value *, count);
    for (size_t k = 0; k < count; k++)
        extents[k] = variable && variable->nextents >= count
                         ? variable->extents[variable->nextents - count + k]
                         : lower_convert(lo, lo->types->size, lower_value(lo, e->kids[k]));
    Value *elements = lower_extent_product(lo, e->type_operand, extents, count, e->loc);
    Type *scalar = type_scalar(e->type_operand);
    return ir_binary(&lo->b, VAL_MUL, lo->types->size, elements, ir_sizeof(&lo->b, scalar, scalar->size));
}

static Value *lower_sizeof(Lower *lo, const Expr *e)
{
    if (e->is_variable)
        return lower_variable_size(lo, e);
    if (!e->type_operand)
        return ir_int(&lo->b, e->type, e->i);
    return ir_sizeof(&lo->b, e->type_operand, (uint64_t)e->i);
}

static Value *lower_decay(Lower *lo, const Expr *e)
{
    const Expr *array = e->kids[0];
    if (array->kind == EXPR_FUNCTION)
        return lower_value(lo, array);
    if (array->kind == EXPR_STRING)
        return ir_string(&lo->b, e->type, array->text);
    if (e->through_rows)
        return ir_cast(&lo->b, e->type, lower_value(lo, lower_rows_from(array)));
    Value *address = lower_address(lo, array);
    lo->b.loc = e->loc;
    /* a function pointer that was dereferenced is itself again */
    return address->type->kind == TYPE_POINTER && address->type->to->kind == TYPE_ARRAY ? ir_decay(&lo->b, address)
                                                                                        : address;
}

static Value *lower_address_of(Lower *lo, const Expr *e)
{
    const Expr *lvalue = e->kids[0];
    if (lvalue->kind == EXPR_FUNCTION)
        return lower_value(lo, lvalue);
    const Expr *rows = lvalue->type->kind == TYPE_ARRAY ? NULL : lower_rows_from(lvalue);
    return rows ? ir_cast(&lo->b, e->type, lower_value(lo, rows)) : lower_address(lo, lvalue);
}

static Value *lower_function_address(Lower *lo, const Expr *e)
{
    Value *v = ir_function_address(&lo->b, e->function);
    if (e->function->is_static && !e->function->in_header) /* qsort's comparison: others call it as it is */
        repeat_function(e->function);
    if (type_is_pointer(e->type))
        v->type = type_unqualified(e->type);
    return v;
}

static Value *lower_comma(Lower *lo, const Expr *e)
{
    for (int k = 0; k + 1 < e->nkids; k++)
        lower_value(lo, e->kids[k]);
    return lower_value(lo, e->kids[e->nkids - 1]);
}

/* assert(c) stays what it is; its condition is computed before. */
static Value *lower_assert(Lower *lo, const Expr *e)
{
    Value *condition = lower_condition(lo, e->kids[0]);
    lo->b.loc = e->loc;
    Value *call = ir_call(&lo->b, lo->types->void_, NULL, 1, &condition);
    call->text = "assert";
    return NULL;
}

static bool is_lvalue(const Expr *e)
{
    return e->kind == EXPR_VAR || e->kind == EXPR_MEMBER || e->kind == EXPR_INDEX || e->kind == EXPR_DEREF;
}

/* To all that comes behind, the call of a function that is known by its prototype only. */
static Value *lower_assembly(Lower *lo, const Expr *e)
{
    Function *statement = ir_new_function(lo->function->module, "asm");
    Value **operands = ARENA_ARRAY(Value *, e->nkids + 1);
    char *text = arena_strdup(e->text), *place = text;
    for (int k = 0; k < e->nkids; k++, place++) {
        place = strchr(place, ASSEMBLY_VALUE);
        *place = is_lvalue(e->kids[k]) ? ASSEMBLY_PLACE : ASSEMBLY_VALUE;
        operands[k] = is_lvalue(e->kids[k]) ? lower_address(lo, e->kids[k]) : lower_value(lo, e->kids[k]);
    }
    statement->result = lo->types->void_;
    statement->in_header = true;
    statement->assembly = text;
    lo->b.loc = e->loc;
    ir_call(&lo->b, lo->types->void_, statement, e->nkids, operands);
    return NULL;
}

static Value *lower_int(Lower *lo, const Expr *e)
{
    Value *v = ir_int(&lo->b, e->type, e->i);
    v->text = e->text;
    return v;
}

static Value *lower_imaginary(Lower *lo, const Expr *e)
{
    Value *unit = ir_pure_call(&lo->b, e->type, NULL, "__builtin_imaginary_unit", 0, NULL);
    if (e->real == 1)
        return unit;
    Value *size = ir_cast(&lo->b, e->type, ir_real(&lo->b, e->type->to, e->real, NULL));
    return ir_binary(&lo->b, VAL_MUL, e->type, size, unit);
}

Value *lower_value(Lower *lo, const Expr *e)
{
    lo->b.loc = e->loc;
    if (!fence_type(e->type, e->loc))
        return fence_anything(lo, e->type);
    switch (e->kind) {
    case EXPR_INT:
        return lower_int(lo, e);
    case EXPR_REAL:
        return ir_real(&lo->b, e->type, e->real, e->text);
    case EXPR_IMAGINARY:
        return lower_imaginary(lo, e);
    case EXPR_FUNCTION:
        return lower_function_address(lo, e);
    case EXPR_VAR:
    case EXPR_MEMBER:
    case EXPR_INDEX:
    case EXPR_DEREF:
    case EXPR_STRING:
    case EXPR_COMPOUND_LITERAL:
        return lower_load(lo, e);
    case EXPR_LOAD:
        return lower_load(lo, e->kids[0]);
    case EXPR_ADDRESS:
        return lower_address_of(lo, e);
    case EXPR_DECAY:
        return lower_decay(lo, e);
    case EXPR_CALL:
        return lower_call(lo, e);
    case EXPR_UNARY:
        return lower_unary(lo, e);
    case EXPR_BINARY:
        return lower_binary(lo, e);
    case EXPR_AND:
    case EXPR_OR:
        return lower_logical(lo, e);
    case EXPR_COND:
        return lower_choice(lo, e);
    case EXPR_COMMA:
        return lower_comma(lo, e);
    case EXPR_ASSIGN:
        return lower_assign(lo, e);
    case EXPR_COMPOUND:
        return lower_compound(lo, e);
    case EXPR_INCDEC:
        return lower_incdec(lo, e);
    case EXPR_CAST:
        return lower_cast(lo, e);
    case EXPR_SIZEOF:
        return lower_sizeof(lo, e);
    case EXPR_STATEMENT:
        return lower_statement_expression(lo, e);
    case EXPR_ASSERT:
        return lower_assert(lo, e);
    case EXPR_ALLOCA:
        return lower_alloca(lo, e);
    case EXPR_ASSEMBLY:
        return lower_assembly(lo, e);
    case EXPR_INIT_LIST: /* of a scalar, or where only a literal may stand */
        if (e->nplaces == 1 && e->places[0].depth == 0)
            return lower_value(lo, e->places[0].value);
        break;
    case EXPR_UNSUPPORTED:
        break;
    }
    fence_unsupported(e->loc, e->kind == EXPR_UNSUPPORTED ? e->text : "this initialiser");
    return fence_anything(lo, e->type);
}
