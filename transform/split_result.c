/*
 * split_result.c: reverse halves that return what the function returned (split.h).
 *
 *     double result = f_forward(left, tape);         result = f_reverse(left, ..., seed, tape);
 *
 * A reverse half often needs the function's result itself, and its callers may need it once more behind the call: a sum
 * of such results that a weight was multiplied with, say. Who is given it there need not keep it (storage_back.c).
 * Where the half has no use for the result, it is somebody else who keeps more for it; so all functions are weighed
 * together, with and without, by what the minimum cuts of their storage cost.
 *
 * Until the halves are made, what the reverse half returns is the last result of the branch that will be its body, and
 * the whole's second yield: storage_plan is asked for it at the end of that branch.
 */
#include "split.h"

typedef struct {
    const Split *split;
    const DeriveOptions *options;
    VEC(Part *) parts; /* which may return it */
    int64_t *weights;  /* of all parts */
} Returns;

/* It has a reverse half, and its result, a real, is one of the branch that is the forward half's body. */
static bool may_return(const Part *part)
{
    const Block *body = part->work->body;
    return part->twin && body->nyields == 1 && type_is_real(part->function->result) &&
           body->yields[0]->kind == VAL_RESULT && body->yields[0]->region == part->twin->twin;
}

static void type_calls(const Split *split, const Function *reverse)
{
    for (size_t k = 0; k < split->parts.count; k++) {
        const Block *body = split->parts.at[k]->work->body;
        for (Value *v = ir_first(body); v; v = ir_next(v, body))
            if (v->kind == VAL_CALL && v->callee == reverse)
                v->type = type_unqualified(reverse->result);
    }
}

static void add_result(Part *part)
{
    const Value *result = part->work->body->yields[0];
    Value *const *blocks_give[2] = {result->region->blocks[0]->yields, result->region->blocks[1]->yields};
    ir_set_yield(part->work->body, 1, ir_if_result(part->twin, blocks_give[0][result->i], blocks_give[1][result->i]));
}

static void drop_result(Part *part)
{
    part->work->body->nyields--;
    part->twin->nresults--;
    for (int k = 0; k < 2; k++)
        part->twin->blocks[k]->nyields--;
}

static void let_return(const Returns *r, Part *part, bool returns)
{
    const bool returned = part->work->body->nyields > 1;
    if (returns && !returned)
        add_result(part);
    else if (!returns && returned)
        drop_result(part);
    part->reverse->result = returns ? part->function->result : part->work->module->types.void_;
    part->reverse->result_text = returns ? part->function->result_text : "void";
    type_calls(r->split, part->reverse);
}

static void let_all_return(const Returns *r, bool returns)
{
    for (size_t k = 0; k < r->parts.count; k++)
        let_return(r, r->parts.at[k], returns);
}

/* ---- what it costs ---- */

static bool calls_reverse(const Part *caller, const Part *callee)
{
    const Block *body = caller->work->body;
    for (const Value *v = ir_first(body); v; v = ir_next(v, body))
        if (v->kind == VAL_CALL && v->callee == callee->reverse)
            return true;
    return false;
}

/* Of all functions, where nothing but this part is not as it was; NULL: everything may be. */
static int64_t weigh(const Returns *r, const Part *changed)
{
    int64_t sum = 0;
    for (size_t k = 0; k < r->split->parts.count; k++) {
        const Part *part = r->split->parts.at[k];
        if (!part->twin)
            continue;
        if (!changed || part == changed || calls_reverse(part, changed))
            r->weights[k] = storage_weigh(part->work, r->options);
        sum += r->weights[k];
    }
    return sum;
}

/* From all of them, those go whose going costs nothing. */
void split_choose_returns(const Split *split, const DeriveOptions *options)
{
    Returns r = {.split = split, .options = options, .weights = ARENA_ARRAY(int64_t, split->parts.count)};
    for (size_t k = 0; k < split->parts.count; k++)
        if (may_return(split->parts.at[k]))
            vec_push(&r.parts, split->parts.at[k]);
    if (!r.parts.count)
        return;
    const int64_t without = weigh(&r, NULL);
    let_all_return(&r, true);
    int64_t least = weigh(&r, NULL);
    for (size_t k = 0; k < r.parts.count; k++) {
        let_return(&r, r.parts.at[k], false);
        const int64_t weight = weigh(&r, r.parts.at[k]);
        if (weight <= least) {
            least = weight;
        } else {
            let_return(&r, r.parts.at[k], true);
            weigh(&r, r.parts.at[k]);
        }
    }
    if (least >= without)
        let_all_return(&r, false);
}
