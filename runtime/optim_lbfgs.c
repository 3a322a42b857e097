/*
 * optim_lbfgs.c: L-BFGS, iteration by iteration as torch.optim.LBFGS does it, and its strong-Wolfe line search, which
 * brackets a step and then narrows the bracket with cubic interpolation (Nocedal and Wright, "Numerical Optimization",
 * sections 3.5 and 7.2).
 *
 * All blocks together are one vector x of n elements. Vectors are untyped arrays handled by the kernels; scalars are
 * double.
 */
#include "optim_kernels.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The conditions on a step of length t along d, f(t) = loss(x + t d): f(t) <= f(0) + c1 t f'(0),  |f'(t)| <= c2 |f'(0)|
 */
static const double c1 = 1e-4, c2 = 0.9;
enum { MAX_SEARCH = 25 };

/* ---- Memory ---- */

adgen_curvature *adgen_curvature_new(size_t n, size_t history, size_t element_size)
{
    adgen_curvature *memory = calloc(1, sizeof *memory);
    if (memory == NULL)
        return NULL;
    memory->n = n;
    memory->history = history;
    memory->scale = 1.0;
    memory->pairs = calloc(history, sizeof *memory->pairs);
    memory->direction = adgen_array(n, element_size);
    memory->last_grad = adgen_array(n, element_size);
    if (memory->pairs != NULL && memory->direction != NULL && memory->last_grad != NULL)
        return memory;
    adgen_curvature_free(memory);
    return NULL;
}

void adgen_curvature_free(adgen_curvature *memory)
{
    if (memory == NULL)
        return;
    for (size_t i = 0; memory->pairs != NULL && i < memory->history; i++) {
        free(memory->pairs[i].y);
        free(memory->pairs[i].s);
    }
    free(memory->pairs);
    free(memory->direction);
    free(memory->last_grad);
    free(memory);
}

adgen_pair *adgen_curvature_add_pair(adgen_curvature *memory, size_t element_size)
{
    if (memory->used == memory->history) {
        const adgen_pair oldest = memory->pairs[0];
        memory->used--;
        memmove(memory->pairs, memory->pairs + 1, memory->used * sizeof *memory->pairs);
        memory->pairs[memory->used] = oldest;
    }
    adgen_pair *pair = &memory->pairs[memory->used];
    if (pair->y == NULL)
        pair->y = adgen_array(memory->n, element_size);
    if (pair->s == NULL)
        pair->s = adgen_array(memory->n, element_size);
    if (pair->y == NULL || pair->s == NULL)
        return NULL;
    memory->used++;
    return pair;
}

/* ---- One call of adgen_optim_minimize ---- */

typedef struct run {
    adgen_optim *optim;
    const adgen_kernels *k;
    adgen_curvature *memory;
    adgen_closure evaluate;
    void *user;
    size_t n;
    void *origin;       /* x at the start of the line search */
    void *change;       /* y = change of the gradient, until it is known whether it is kept */
    void *step;         /* s = the last step, likewise */
    void *grads[3];     /* gradients of the points that the line search has in hand */
    double *weights;    /* one for each pair */
    size_t evaluations; /* in this call */
} run;

/* A point of the line search: x + t d. */
typedef struct point {
    double t;
    double loss;
    double slope; /* g'd */
    void *grad;   /* one of run.grads */
} point;

static void close_run(run *r)
{
    free(r->origin);
    free(r->change);
    free(r->step);
    for (size_t i = 0; i < 3; i++)
        free(r->grads[i]);
    free(r->weights);
}

static size_t parameters(const adgen_optim *optim)
{
    size_t n = 0;
    for (size_t i = 0; i < optim->count; i++)
        n += optim->blocks[i].count;
    return n;
}

/* L-BFGS works on one vector: all blocks have that method, and one type. */
static bool one_vector(const adgen_optim *optim)
{
    for (size_t i = 0; i < optim->count; i++)
        if (optim->blocks[i].settings.method != ADGEN_LBFGS || optim->blocks[i].type != optim->blocks[0].type)
            return false;
    return true;
}

/* Sets up the vectors of a run, and the optimizer's memory at the first call. */
static adgen_status open_run(run *r, adgen_optim *optim, adgen_closure evaluate, void *user)
{
    const adgen_kernels *k = adgen_kernels_of(optim->blocks[0].type);
    const size_t n = parameters(optim);
    if (optim->curvature == NULL)
        optim->curvature = adgen_curvature_new(n, optim->blocks[0].settings.history, k->size);
    *r = (run){.optim = optim, .k = k, .memory = optim->curvature, .evaluate = evaluate, .user = user, .n = n};
    if (r->memory == NULL)
        return ADGEN_NO_MEMORY;

    r->origin = adgen_array(n, k->size);
    r->change = adgen_array(n, k->size);
    r->step = adgen_array(n, k->size);
    bool enough = r->origin != NULL && r->change != NULL && r->step != NULL;
    for (size_t i = 0; i < 3; i++) {
        r->grads[i] = adgen_array(n, k->size);
        enough = enough && r->grads[i] != NULL;
    }
    r->weights = adgen_array(r->memory->history, sizeof *r->weights);
    return enough && r->weights != NULL ? ADGEN_OK : ADGEN_NO_MEMORY;
}

/* The part of a vector that belongs to the block with `offset` elements before it. */
static char *part(const run *r, void *vector, size_t offset)
{
    return (char *)vector + offset * r->k->size;
}

static void gather(const run *r, void *to, bool gradient)
{
    size_t offset = 0;
    for (size_t i = 0; i < r->optim->count; i++) {
        const adgen_block *block = &r->optim->blocks[i];
        adgen_copy(part(r, to, offset), gradient ? block->grad : block->value, block->count * r->k->size);
        offset += block->count;
    }
}

static void restore(const run *r)
{
    size_t offset = 0;
    for (size_t i = 0; i < r->optim->count; i++) {
        const adgen_block *block = &r->optim->blocks[i];
        adgen_copy(block->value, part(r, r->origin, offset), block->count * r->k->size);
        offset += block->count;
    }
}

/* x += t d */
static void move(const run *r, double t)
{
    size_t offset = 0;
    for (size_t i = 0; i < r->optim->count; i++) {
        const adgen_block *block = &r->optim->blocks[i];
        r->k->add_scaled(block->value, t, part(r, r->memory->direction, offset), block->count);
        offset += block->count;
    }
}

static double evaluate_here(run *r, void *grad)
{
    const double loss = r->evaluate(r->user);
    gather(r, grad, true);
    r->evaluations++;
    r->memory->evaluations++;
    return loss;
}

/* ---- The line search ---- */

static point evaluate_at(run *r, double t, void *grad)
{
    move(r, t);
    const double loss = evaluate_here(r, grad);
    restore(r);
    return (point){t, loss, r->k->dot(grad, r->memory->direction, r->n), grad};
}

/* A gradient's storage that neither point uses. */
static void *spare(const run *r, const point *a, const point *b)
{
    size_t i = 0;
    while (r->grads[i] == a->grad || r->grads[i] == b->grad)
        i++;
    return r->grads[i];
}

/* The minimum in [low, high] of the cubic through losses and slopes of two points; the middle, if the cubic has none.
 */
static double cubic_minimum(const point *a, const point *b, double low, double high)
{
    const point *left = a->t <= b->t ? a : b, *right = a->t <= b->t ? b : a;
    const double d1 = left->slope + right->slope - 3.0 * (left->loss - right->loss) / (left->t - right->t);
    const double square = d1 * d1 - left->slope * right->slope;
    if (!(square >= 0.0))
        return (low + high) / 2.0;
    const double d2 = sqrt(square);
    const double t =
        right->t - (right->t - left->t) * ((right->slope + d2 - d1) / (right->slope - left->slope + 2.0 * d2));
    const double above = low > t ? low : t;
    return high < above ? high : above;
}

/* The loss has not decreased enough; so it is, too, where it is NaN. */
static bool too_high(const point *start, const point *p)
{
    return !(p->loss <= start->loss + c1 * p->t * start->slope);
}

static bool flat_enough(const point *start, const point *p)
{
    return fabs(p->slope) <= -c2 * start->slope;
}

typedef struct bracket {
    point end[2];
    size_t low; /* the end with the lower loss */
    bool found; /* that end satisfies both conditions */
} bracket;

static size_t lower_end(const point *end)
{
    return end[0].loss <= end[1].loss || isnan(end[1].loss) ? 0 : 1;
}

static bracket between(const point *a, const point *b)
{
    bracket result = {{*a, *b}, 0, false};
    result.low = lower_end(result.end);
    return result;
}

/* Lengthens the step until two points bracket one that satisfies the conditions, or one does. */
static bracket find_bracket(run *r, const point *start, double t, int *tries)
{
    point before = *start;
    point now = evaluate_at(r, t, spare(r, start, start));
    for (*tries = 0; *tries < MAX_SEARCH; ++*tries) {
        if (too_high(start, &now) || (*tries > 1 && now.loss >= before.loss))
            return between(&before, &now);
        if (flat_enough(start, &now))
            return (bracket){{now, now}, 0, true};
        if (now.slope >= 0.0)
            return between(&before, &now);
        const double next = cubic_minimum(&before, &now, now.t + 0.01 * (now.t - before.t), now.t * 10.0);
        before = now;
        now = evaluate_at(r, next, spare(r, start, &before));
    }
    return between(start, &now);
}

/*
 * The next step to try inside the bracket. The cubic's minimum close to an end means slow progress: the second time in
 * a row, or at once where it is the end, the step is moved away from it, by a tenth of the bracket.
 */
static double inside(const bracket *b, bool *slow)
{
    const double low = fmin(b->end[0].t, b->end[1].t), high = fmax(b->end[0].t, b->end[1].t);
    const double margin = 0.1 * (high - low);
    const double t = cubic_minimum(&b->end[0], &b->end[1], low, high);
    if (!(fmin(high - t, t - low) < margin)) {
        *slow = false;
        return t;
    }
    if (!*slow && t < high && t > low) {
        *slow = true;
        return t;
    }
    *slow = false;
    return fabs(t - high) < fabs(t - low) ? high - margin : low + margin;
}

/* Puts the point into the bracket, in place of the end that it makes useless. */
static void narrow(bracket *b, const point *start, const point *p)
{
    const size_t low = b->low, high = 1 - low;
    if (too_high(start, p) || p->loss >= b->end[low].loss) {
        b->end[high] = *p;
        b->low = lower_end(b->end);
        return;
    }
    if (flat_enough(start, p))
        b->found = true;
    else if (p->slope * (b->end[high].t - b->end[low].t) >= 0.0)
        b->end[high] = b->end[low];
    b->end[low] = *p;
}

/* A step along the direction, from `start`, that satisfies the strong Wolfe conditions, or the best one tried. */
static point line_search(run *r, const point *start, double t)
{
    const double size = r->k->max_abs(r->memory->direction, r->n);
    const double smallest = r->optim->blocks[0].settings.tolerance_change;
    int tries = 0;
    bool slow = false;

    gather(r, r->origin, false);
    bracket b = find_bracket(r, start, t, &tries);
    for (; !b.found && tries < MAX_SEARCH; tries++) {
        if (fabs(b.end[1].t - b.end[0].t) * size < smallest)
            break;
        const double next = inside(&b, &slow);
        const point p = evaluate_at(r, next, spare(r, &b.end[0], &b.end[1]));
        narrow(&b, start, &p);
    }
    return b.end[b.low];
}

/* ---- The direction ---- */

/* Keeps y and s of the last step, if the loss curves upwards along it. */
static adgen_status remember_last_step(run *r, const void *grad)
{
    adgen_curvature *memory = r->memory;
    r->k->set_difference(r->change, grad, memory->last_grad, r->n);
    r->k->set_scaled(r->step, memory->length, memory->direction, r->n);
    const double ys = r->k->dot(r->change, r->step, r->n);
    if (!(ys > 1e-10))
        return ADGEN_OK;
    adgen_pair *pair = adgen_curvature_add_pair(memory, r->k->size);
    if (pair == NULL)
        return ADGEN_NO_MEMORY;
    memcpy(pair->y, r->change, r->n * r->k->size);
    memcpy(pair->s, r->step, r->n * r->k->size);
    pair->rho = 1.0 / ys;
    memory->scale = ys / r->k->dot(pair->y, pair->y, r->n);
    return ADGEN_OK;
}

/* d = -H g, where H is the estimate of the Hessian's inverse: the two-loop recursion. */
static void find_direction(run *r, const void *grad)
{
    const adgen_curvature *memory = r->memory;
    void *d = memory->direction;
    r->k->set_scaled(d, -1.0, grad, r->n);
    for (size_t i = memory->used; i-- > 0;) {
        const adgen_pair *pair = &memory->pairs[i];
        r->weights[i] = r->k->dot(pair->s, d, r->n) * pair->rho;
        r->k->add_scaled(d, -r->weights[i], pair->y, r->n);
    }
    r->k->scale(d, memory->scale, r->n);
    for (size_t i = 0; i < memory->used; i++) {
        const adgen_pair *pair = &memory->pairs[i];
        r->k->add_scaled(d, r->weights[i] - r->k->dot(pair->y, d, r->n) * pair->rho, pair->s, r->n);
    }
}

/* Sets direction and first length of the next step from `grad`. */
static adgen_status prepare_step(run *r, const void *grad, double lr)
{
    adgen_curvature *memory = r->memory;
    const bool first = memory->iterations == 0;
    const adgen_status status = first ? ADGEN_OK : remember_last_step(r, grad);
    if (status != ADGEN_OK)
        return status;
    memory->iterations++;
    find_direction(r, grad);
    memcpy(memory->last_grad, grad, r->n * r->k->size);
    memory->length = first ? fmin(1.0, 1.0 / r->k->sum_abs(grad, r->n)) * lr : lr;
    return ADGEN_OK;
}

/* Moves x along the direction and returns the point there; without a line search, its loss is evaluated unless the run
 * ends there. */
static point take_step(run *r, const point *start, bool last)
{
    const bool search = r->optim->blocks[0].settings.strong_wolfe;
    point here = *start;
    if (search) {
        here = line_search(r, start, r->memory->length);
        r->memory->length = here.t;
    }
    move(r, r->memory->length);
    if (!search && !last)
        here.loss = evaluate_here(r, here.grad);
    return here;
}

static adgen_status iterate(run *r, point here, const adgen_settings *settings)
{
    adgen_curvature *memory = r->memory;
    const size_t max_eval = settings->max_eval > 0 ? settings->max_eval : settings->max_iter * 5 / 4;
    const double least_change = settings->tolerance_change;

    for (size_t i = 1; i <= settings->max_iter; i++) {
        const double loss = here.loss;
        const adgen_status status = prepare_step(r, here.grad, settings->lr * r->optim->lr_factor);
        if (status != ADGEN_OK)
            return status;
        here.t = 0.0;
        here.slope = r->k->dot(here.grad, memory->direction, r->n);
        if (here.slope > -least_change)
            return ADGEN_OK;

        here = take_step(r, &here, i == settings->max_iter);
        if (r->evaluations >= max_eval || r->k->max_abs(here.grad, r->n) <= settings->tolerance_grad ||
            r->k->max_abs(memory->direction, r->n) * fabs(memory->length) <= least_change ||
            fabs(here.loss - loss) < least_change)
            return ADGEN_OK;
    }
    return ADGEN_OK;
}

adgen_status adgen_lbfgs_minimize(adgen_optim *optim, adgen_closure evaluate, void *user, double *loss)
{
    const adgen_settings settings = optim->blocks[0].settings;
    if (!adgen_settings_valid(&settings) || !one_vector(optim))
        return ADGEN_BAD_ARGUMENT;

    run r;
    adgen_status status = open_run(&r, optim, evaluate, user);
    if (status == ADGEN_OK) {
        const point start = {0.0, evaluate_here(&r, r.grads[0]), 0.0, r.grads[0]};
        if (loss != NULL)
            *loss = start.loss;
        if (!isfinite(start.loss))
            status = ADGEN_NOT_FINITE;
        else if (!(r.k->max_abs(start.grad, r.n) <= settings.tolerance_grad))
            status = iterate(&r, start, &settings);
    }
    close_run(&r);
    return status;
}
