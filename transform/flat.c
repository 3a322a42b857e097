/*
 * flat.c: local arrays of any rank as rows of scalars: where an element is, and copies of the whole.
 */
#include "flat.h"

int flat_indices(const Value *address, const Value *object, Value *indices[FLAT_MAX])
{
    Value *reversed[FLAT_MAX];
    int n = 0;
    while (address != object) {
        if (n == FLAT_MAX)
            return -1;
        reversed[n] = NULL;
        if (address->kind == VAL_PTRADD) {
            reversed[n] = address->args[1];
            address = address->args[0];
        }
        n++;
        if (address->kind != VAL_DECAY)
            return -1;
        address = address->args[0];
    }
    for (int k = 0; k < n; k++)
        indices[k] = reversed[n - 1 - k];
    return n;
}

static Type *size_type(const Builder *b)
{
    return b->function->module->types.size;
}

static Value *extent_at(Builder *b, const Value *object, const Type *dimension, int *variable)
{
    return dimension->count == ARRAY_VARIABLE ? ir_cast(b, size_type(b), object->args[(*variable)++])
                                              : ir_int(b, size_type(b), dimension->count);
}

/* Scalars in an array of that type, whose variable extents are those of the object from `variable` on. */
static Value *count_scalars(Builder *b, const Value *object, const Type *array, int variable)
{
    Value *count = ir_int(b, size_type(b), 1);
    for (const Type *t = array; t->kind == TYPE_ARRAY; t = t->to)
        count = ir_binary(b, VAL_MUL, size_type(b), count, extent_at(b, object, t, &variable));
    return count;
}

Value *flat_count(Builder *b, const Value *object)
{
    return count_scalars(b, object, object->type->to, 0);
}

Value *flat_index(Builder *b, const Value *object, Value *const *indices, int n)
{
    Type *size = size_type(b);
    Value *flat = ir_int(b, size, 0);
    const Type *t = object->type->to;
    int variable = 0;
    for (int k = 0; k < n; k++, t = t->to) {
        flat = ir_binary(b, VAL_MUL, size, flat, extent_at(b, object, t, &variable));
        if (indices[k])
            flat = ir_binary(b, VAL_ADD, size, flat, ir_cast(b, size, indices[k]));
    }
    return flat;
}

Value *flat_element(Builder *b, const Value *object, Value *first, Value *const *indices, int n)
{
    const Type *t = object->type->to;
    int variable = 0;
    for (int k = 0; k < n; k++, t = t->to) {
        variable += t->count == ARRAY_VARIABLE;
        if (k > 0)
            first = ir_decay(b, first);
        if (indices[k])
            first = ir_ptradd(b, first, indices[k],
                              type_is_variable_array(t->to) ? count_scalars(b, object, t->to, variable) : NULL);
    }
    return first;
}

static bool leads_to_array(const Value *copy)
{
    return copy->type->to->kind == TYPE_ARRAY;
}

Value *flat_copy_at(Builder *b, Value *copies, Value *number, Value *size)
{
    if (leads_to_array(copies))
        return ir_ptradd(b, copies, number, type_is_variable_array(copies->type->to) ? size : NULL);
    return ir_ptradd(b, copies, ir_binary(b, VAL_MUL, size->type, ir_cast(b, size->type, number), size), NULL);
}

Value *flat_copy_element(Builder *b, const Value *object, Value *copy, Value *const *indices, int n)
{
    if (leads_to_array(copy))
        return flat_element(b, object, ir_decay(b, copy), indices, n);
    return ir_ptradd(b, copy, flat_index(b, object, indices, n), NULL);
}

typedef struct {
    Value *object, *row; /* NULL: to an object like this one */
    bool back;
} Copying;

/*
 * for (e0 ...) for (e1 ...) row[at + ...] = object[e0][e1]..., from the dimension `type` on; where there is no row,
 * `at` is the address of what becomes the element
 */
static Value *copy_dimension(const Copying *c, Builder *b, const Type *type, Value *element, Value *at, int variable)
{
    Type *size = size_type(b);
    if (type->kind != TYPE_ARRAY) {
        Value *place = c->row ? ir_ptradd(b, c->row, at, NULL) : at;
        return c->back ? ir_store(b, element, ir_load(b, place)) : ir_store(b, place, ir_load(b, element));
    }
    int next = variable;
    Value *extent = extent_at(b, c->object, type, &next);
    Value *loop = ir_count(b, ir_int(b, size, 0), VAL_LT, extent, 1);
    Builder inside = {.function = b->function, .block = loop->blocks[1], .loc = b->loc};
    Value *rest = count_scalars(&inside, c->object, type->to, next);
    Value *scalars = type_is_variable_array(type->to) ? rest : NULL;
    Value *inner_element = ir_ptradd(&inside, ir_decay(&inside, element), loop->counter, scalars);
    Value *place = c->row
                       ? ir_binary(&inside, VAL_ADD, size, at, ir_binary(&inside, VAL_MUL, size, loop->counter, rest))
                       : ir_ptradd(&inside, ir_decay(&inside, at), loop->counter, scalars);
    copy_dimension(c, &inside, type->to, inner_element, place, next);
    return loop;
}

Value *flat_copy(Builder *b, Value *object, Value *copy, bool back)
{
    const bool is_array = leads_to_array(copy);
    const Copying c = {object, is_array ? NULL : copy, back};
    return copy_dimension(&c, b, object->type->to, object, is_array ? copy : ir_int(b, size_type(b), 0), 0);
}
