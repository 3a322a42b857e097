/*
 * divide.c: adjoints that are divided by one value share its reciprocal, since a division costs ten multiplications.
 *
 *     x_bar += g / d;                                   r = 1.0 / d;
 *     for (j) y_bar[j] += h[j] / d;             →       x_bar += g * r;
 *                                                       for (j) y_bar[j] += h[j] * r;
 *
 * The primal's own divisions stay as they were written, to the last rounding. The reciprocal is computed in the
 * outermost loop, or the branch, where the divisor is there: in the reverse sweep, that is where the primal made it.
 *
 * Needs: adjoints that still use the primal's values wherever they are (before storage_plan). Where the primal computes
 * the divisor anew in each iteration, it is seen behind that only that all of them are the same.
 */
#include "passes.h"
#include "simplify.h"

typedef struct {
    Value *divisor;
    Block *place;      /* where its reciprocal belongs */
    Value *first;      /* the value of `place` that is the first of the divisions, or holds it */
    int times;         /* divisions saved, those in loops behind `place` several times */
    Value *reciprocal; /* NULL: not reached yet, or not worth a division */
    int older;         /* index + 1 of the divisor's group before this one */
    int next_at_first; /* ... of another group that begins there */
} Group;

typedef struct {
    Function *function;
    VEC(Group) groups;
    Value **of_primal; /* by id of a divisor: a reciprocal that the primal makes */
    int *newest;       /* by id of a divisor: index + 1 of its last group */
    int *at_first;     /* by id of a value: index + 1 of a group that begins there */
} Divide;

enum { TRIPS_GUESS = 10 };

/* Can the divisor be had in the block around the loop, as the primal's value of the same run? */
static bool is_there_outside(const Value *divisor, const Value *loop)
{
    return ir_visible(divisor, loop->block) || (loop->twin && ir_visible(divisor, loop->twin->block));
}

static bool is_division(const Value *v)
{
    return v->kind == VAL_DIV && type_is_real(v->type) && v->args[1]->kind != VAL_REAL &&
           type_same(v->type, v->args[1]->type);
}

static bool is_adjoint_division(const Value *v)
{
    return is_division(v) && v->adjoint;
}

/* One that the primal makes is as good as one of ours, and there already. */
static bool is_reciprocal(const Value *v)
{
    return is_division(v) && simplify_is_real_constant(v->args[0], 1);
}

static Group *group_at(const Divide *d, const Value *divisor, const Block *place)
{
    for (int k = d->newest[divisor->id]; k; k = d->groups.at[k - 1].older)
        if (d->groups.at[k - 1].place == place)
            return &d->groups.at[k - 1];
    return NULL;
}

static void add_division(Divide *d, Value *v)
{
    Value *divisor = v->args[1], *first = v;
    int times = 1;
    while (first->block->owner && first->block->owner->kind == VAL_LOOP &&
           is_there_outside(divisor, first->block->owner)) {
        first = first->block->owner;
        times = TRIPS_GUESS;
    }
    Group *group = group_at(d, divisor, first->block);
    if (group) {
        group->times += times;
        return;
    }
    vec_push(&d->groups, ((Group){.divisor = divisor,
                                  .place = first->block,
                                  .first = first,
                                  .times = times,
                                  .older = d->newest[divisor->id],
                                  .next_at_first = d->at_first[first->id]}));
    d->newest[divisor->id] = d->at_first[first->id] = (int)d->groups.count;
}

static void find_divisions(Divide *d, const Block *block)
{
    for (Value *v = ir_first(block); v; v = ir_next(v, block)) {
        v->rounds_freely = is_adjoint_division(v);
        if (is_adjoint_division(v) || is_reciprocal(v))
            add_division(d, v);
        if (is_reciprocal(v) && !v->adjoint)
            d->of_primal[v->args[1]->id] = v;
    }
}

/* The reciprocal that has been made for a division by `divisor` in the block; NULL: none. */
static Value *find_reciprocal(const Divide *d, const Value *divisor, const Block *block)
{
    for (; block; block = block->parent) {
        const Group *group = group_at(d, divisor, block);
        if (group && group->reciprocal)
            return group->reciprocal;
    }
    return NULL;
}

/* One that the primal makes in the block that this one, or one around it, is the reverse of: storage_plan has it there.
 */
static Value *find_in_primal(const Divide *d, const Value *divisor, const Block *block)
{
    Value *reciprocal = d->of_primal[divisor->id];
    for (; reciprocal && block->owner; block = block->parent) {
        const Value *primal = block->owner->twin;
        if (primal && primal->blocks[block->owner->blocks[1] == block] == reciprocal->block)
            return reciprocal;
    }
    return NULL;
}

static Value *new_reciprocal(Builder *b, Value *divisor)
{
    Value *one = ir_real(b, divisor->type, 1, NULL);
    Value *reciprocal = ir_new(b, VAL_DIV, divisor->type, 2, (Value *[]){one, divisor});
    reciprocal->rounds_freely = true;
    return reciprocal;
}

static void make_reciprocals(Divide *d, Value *v)
{
    for (int k = d->at_first[v->id]; k; k = d->groups.at[k - 1].next_at_first) {
        Group *group = &d->groups.at[k - 1];
        if (group->times < 2 || find_reciprocal(d, group->divisor, group->place))
            continue;
        if (is_reciprocal(v) && v->args[1] == group->divisor) {
            group->reciprocal = v;
            continue;
        }
        Builder b = {.function = d->function,
                     .block = group->place,
                     .before = group->first,
                     .loc = group->first->loc,
                     .adjoint = true};
        group->reciprocal = new_reciprocal(&b, group->divisor);
    }
}

/* In order, so that what has been made is there. */
static void replace_divisions(Divide *d, const Block *block)
{
    for (Value *v = ir_first(block); v; v = ir_next(v, block)) {
        make_reciprocals(d, v);
        const bool replaces = is_adjoint_division(v) && !is_reciprocal(v);
        Value *reciprocal = replaces ? find_reciprocal(d, v->args[1], v->block) : NULL;
        if (replaces && !reciprocal)
            reciprocal = find_in_primal(d, v->args[1], v->block);
        if (reciprocal) {
            v->kind = VAL_MUL;
            v->args[1] = reciprocal;
        }
    }
}

void divide_by_reciprocals(Function *fn)
{
    Divide d = {.function = fn};
    d.of_primal = ARENA_ARRAY(Value *, fn->next_id + 1);
    d.newest = ARENA_ARRAY(int, fn->next_id + 1);
    d.at_first = ARENA_ARRAY(int, fn->next_id + 1);
    find_divisions(&d, fn->body);
    replace_divisions(&d, fn->body);
}

/* ---- behind storage_plan ---- */

/* The outermost of the loops around v that the divisor is there before; v itself where there is none. */
static Value *place_of_reciprocal(Value *v)
{
    Value *place = v;
    for (Value *owner; (owner = place->block->owner) && owner->kind == VAL_LOOP; place = owner)
        if (!ir_visible(v->args[1], owner->block))
            break;
    return place;
}

bool divide_by_invariants(Function *fn)
{
    bool any = false;
    for (Value *v = ir_first(fn->body); v; v = ir_next(v, fn->body)) {
        Value *place = v->kind == VAL_DIV && v->rounds_freely ? place_of_reciprocal(v) : v;
        if (place == v || ir_visible(v->args[0], place->block))
            continue;
        Builder b = {.function = fn, .block = place->block, .before = place, .loc = place->loc, .adjoint = true};
        v->kind = VAL_MUL;
        v->args[1] = new_reciprocal(&b, v->args[1]);
        any = true;
    }
    return any;
}
