/*
 * activity_shape.c: what calls of recursive functions do to classes of memory (activity_class.c). One of them may put a
 * pointer that it is given, or to memory that it allocates, into memory that it is given:
 *
 *     struct node *insert(struct node *root, double key);    the result points to the root's nodes, and these to each
 *                                                            other, and new ones are among them
 *
 * The classes of all recursive functions of a derivative are found together, each parameter as one with all its
 * arguments: their shape. At a call, whatever classes are one in the shape become one.
 */
#include "activity.h"
#include "heap.h"
#include "split.h"

/* ---- the shape ---- */

static int result_class(Activity *shape, Part *part)
{
    const Function *work = part->work;
    const Value *result = work->body->nyields ? work->body->yields[0] : NULL;
    if (!result || !type_is_pointer(result->type) || result->kind == VAL_INT)
        return 0;
    shape->first_id = part->first_id;
    return class_of(shape, result);
}

static int param_class(Activity *shape, const Part *part, int param)
{
    const Value *value = part->work->params[param].value;
    shape->first_id = part->first_id;
    return type_is_pointer(value->type) ? class_of(shape, value) : 0;
}

/* A call within the shape: arguments and parameters are one. */
static void join_call(Activity *shape, const Part *caller, const Value *call)
{
    Part *part = split_part_of(caller->work->split, call->callee);
    for (int k = 0; k < call->callee->nparams && k < call->nargs; k++) {
        if (!type_is_pointer(call->args[k]->type))
            continue;
        const int given = param_class(shape, part, k);
        shape->first_id = caller->first_id;
        class_unify(shape, class_of(shape, call->args[k]), given);
    }
    const int result = type_is_pointer(call->type) ? result_class(shape, part) : 0;
    shape->first_id = caller->first_id;
    if (result)
        class_unify(shape, class_of(shape, call), result);
}

/* Memory that is made where it is given back is neither's that calls. */
static bool is_made_here(const Value *pointer)
{
    const Value *roots[MEMORY_MAX_ROOTS];
    const int n = memory_roots(pointer, roots);
    bool is_made = n > 0;
    for (int k = 0; k < n; k++)
        is_made &= heap_is_object(roots[k]) || roots[k]->kind == VAL_INT;
    return is_made;
}

static void add_part(Activity *shape, Part *part)
{
    const Block *body = part->work->body;
    shape->function = part->work;
    shape->first_id = part->first_id;
    classes_find(shape, body);
    for (int k = 0; k < part->function->nparams; k++)
        param_class(shape, part, k);
    result_class(shape, part);
    for (const Value *v = ir_first(body); v; v = ir_next(v, body))
        if (split_takes(v))
            join_call(shape, part, v);
    for (const Value *v = ir_first(body); v; v = ir_next(v, body)) {
        const HeapRole role = heap_role(v);
        shape->first_id = part->first_id;
        if ((role == HEAP_ALLOC || role == HEAP_REALLOC) && part->work->split->pointers_move)
            class_at(shape, class_of(shape, v))->allocated = true; /* and its address may go elsewhere */
        if ((role == HEAP_FREE || role == HEAP_REALLOC) && !is_made_here(v->args[0]))
            class_at(shape, class_of(shape, v->args[0]))->given_back = true;
    }
}

void activity_find_shape(Split *split)
{
    Activity *shape = ARENA_NEW(Activity);
    unsigned count = 0;
    int nparams = 0;
    for (size_t k = 0; k < split->parts.count; k++) {
        Part *part = split->parts.at[k];
        part->first_id = count;
        count += part->work->next_id + 1;
        nparams = part->work->nparams > nparams ? part->work->nparams : nparams;
    }
    shape->is_shape = true;
    shape->last_id = count;
    shape->class_of = ARENA_ARRAY(int, count + 1);
    shape->has_bar = ARENA_ARRAY(bool, nparams + 1);
    class_new(shape); /* 0 is no class */
    for (size_t k = 0; k < split->parts.count; k++)
        add_part(shape, split->parts.at[k]);
    split->shape = shape;
}

/* ---- a call ---- */

typedef struct {
    Activity *a;
    const Activity *shape;
    int *met; /* by class of the shape: the one that stands for it at this call */
} Instance;

static void bind(Instance *i, int of_shape, int c)
{
    of_shape = class_root(i->shape, of_shape);
    if (!of_shape || !c)
        return;
    if (i->met[of_shape]) {
        class_unify(i->a, i->met[of_shape], c);
        return;
    }
    i->met[of_shape] = c;
    const Class *from = class_at(i->shape, of_shape);
    Class *to = class_at(i->a, c);
    to->shadowless |= from->shadowless;
    to->lacks |= from->lacks;
    to->is_met |= from->is_met;
    to->foreign |= from->foreign;
    to->allocated |= from->allocated;
    to->given_back |= from->given_back;
    for (int k = 0; k < from->nfields; k++)
        if (from->fields[k])
            bind(i, from->fields[k],
                 class_of_member(i->a, c, k, from->nfields, class_at(i->shape, from->fields[k])->passive));
    if (from->pointee)
        bind(i, from->pointee, class_pointee(i->a, c));
}

void activity_bind_call(Activity *a, const Value *call)
{
    const Split *split = a->function->split;
    Part *part = split ? split_part_of(split, call->callee) : NULL;
    if (!part || !split->shape)
        return;
    Instance i = {.a = a, .shape = split->shape, .met = ARENA_ARRAY(int, split->shape->classes.count + 1)};
    for (int k = 0; k < call->callee->nparams && k < call->nargs; k++)
        if (type_is_pointer(call->args[k]->type) && call->args[k]->kind != VAL_INT)
            bind(&i, param_class(split->shape, part, k), class_of(a, call->args[k]));
    if (type_is_pointer(call->type))
        bind(&i, result_class(split->shape, part), class_of(a, call));
}
