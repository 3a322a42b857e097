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
    Value *call;
    size_t caller;
} ReverseCall;

/* By the number of the part. */
typedef struct {
    const Split *split;
    const DeriveOptions *options;
    VEC(ReverseCall) * calls; /* of its reverse half */
    bool *may_return;
    int64_t *weights;
} Returns;

/* It has a reverse half, and its result, a real, is one of the branch that is the forward half's body. */
static bool may_return(const Part *part)
{
    const Block *body = part->work->body;
    return part->twin && body->nyields == 1 && type_is_real(part->function->result) &&
           body->yields[0]->kind == VAL_RESULT && body->yields[0]->region == part->twin->twin;
}

static size_t number_of(const Split *split, const Function *function)
{
    size_t k = 0;
    while (split->parts.at[k]->function != function)
        k++;
    return k;
}

static void find_calls(Returns *r)
{
    for (size_t k = 0; k < r->split->parts.count; k++) {
        const Block *body = r->split->parts.at[k]->work->body;
        for (Value *v = ir_first(body); v; v = ir_next(v, body)) {
            if (v->kind != VAL_CALL || !v->callee || !v->callee->is_reverse_part)
                continue;
            vec_push(&r->calls[number_of(r->split, v->callee->primal)], ((ReverseCall){v, k}));
        }
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

static void let_return(const Returns *r, size_t number, bool returns)
{
    Part *part = r->split->parts.at[number];
    const bool returned = part->work->body->nyields > 1;
    if (returns && !returned)
        add_result(part);
    else if (!returns && returned)
        drop_result(part);
    part->reverse->result = returns ? part->function->result : part->work->module->types.void_;
    part->reverse->result_text = returns ? part->function->result_text : "void";
    for (size_t k = 0; k < r->calls[number].count; k++)
        r->calls[number].at[k].call->type = type_unqualified(part->reverse->result);
}

static void let_all_return(const Returns *r, bool returns)
{
    for (size_t k = 0; k < r->split->parts.count; k++)
        if (r->may_return[k])
            let_return(r, k, returns);
}

/* ---- what it costs ---- */

static void weigh_part(const Returns *r, size_t number)
{
    const Part *part = r->split->parts.at[number];
    r->weights[number] = part->twin ? storage_weigh(part->work, r->options) : 0;
}

static int64_t sum_of_weights(const Returns *r)
{
    int64_t sum = 0;
    for (size_t k = 0; k < r->split->parts.count; k++)
        sum += r->weights[k];
    return sum;
}

static int64_t weigh_all(const Returns *r)
{
    for (size_t k = 0; k < r->split->parts.count; k++)
        weigh_part(r, k);
    return sum_of_weights(r);
}

/* Where nothing but this part is not as it was. */
static int64_t weigh_again(const Returns *r, size_t number)
{
    weigh_part(r, number);
    for (size_t k = 0; k < r->calls[number].count; k++) {
        const size_t caller = r->calls[number].at[k].caller;
        const bool is_weighed = caller == number || (k && r->calls[number].at[k - 1].caller == caller);
        if (!is_weighed)
            weigh_part(r, caller);
    }
    return sum_of_weights(r);
}

/* From all of them, those go whose going costs nothing. */
void split_choose_returns(const Split *split, const DeriveOptions *options)
{
    const size_t n = split->parts.count;
    Returns r = {.split = split, .options = options, .may_return = ARENA_ARRAY(bool, n)};
    r.weights = ARENA_ARRAY(int64_t, n);
    r.calls = arena_alloc(n * sizeof *r.calls);
    bool any = false;
    for (size_t k = 0; k < n; k++)
        any |= r.may_return[k] = may_return(split->parts.at[k]);
    if (!any)
        return;
    find_calls(&r);
    const int64_t without = weigh_all(&r);
    let_all_return(&r, true);
    int64_t least = weigh_all(&r);
    for (size_t k = 0; k < n; k++) {
        if (!r.may_return[k])
            continue;
        let_return(&r, k, false);
        const int64_t weight = weigh_again(&r, k);
        if (weight <= least) {
            least = weight;
        } else {
            let_return(&r, k, true);
            weigh_again(&r, k);
        }
    }
    if (least >= without)
        let_all_return(&r, false);
}
