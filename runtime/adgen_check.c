/* adgen_check.c: what is common to both types; the checks themselves are in adgen_check.inc, for each. */
#include "adgen_check.h"
#include "adgen_init.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The step of sweep position k, relative to the coordinate's size: a power of 2, so that it rounds least. */
static double relative_step(int k)
{
    return ldexp(1.0, -3 * (k + 1));
}

static double size_of(double x)
{
    return fmax(1.0, fabs(x));
}

/* `a` relative to `scale`, both at least 0; NaN is as bad as infinity. */
static double relative(double a, double scale)
{
    if (!isfinite(a) || !isfinite(scale))
        return INFINITY;
    return a > 0.0 ? a / fmax(scale, DBL_MIN) : 0.0;
}

static double error_of(const adgen_check_place *place, double floor)
{
    const double larger = fmax(fabs(place->gradient), fabs(place->difference));
    return relative(fabs(place->gradient - place->difference), fmax(larger, floor));
}

/* Counts a coordinate in, its best step found; `first` if it is the first. */
static void add_place(adgen_check_report *report, const adgen_check_place *place, bool first)
{
    if (first || place->error > report->worst.error)
        report->worst = *place;
    report->wrong += !(place->error <= report->tolerance);
}

/* The step whose largest error, at that position in `largest`, is smallest. */
static void find_best_step(adgen_check_report *report, const double *largest, int steps)
{
    int best = 0;
    for (int k = 1; k < steps; k++)
        if (largest[k] < largest[best])
            best = k;
    report->best_step = relative_step(best);
    report->best_step_error = largest[best];
}

static void add_trial(adgen_product_report *report, double forward, double reverse, double size, bool first)
{
    const double error = relative(fabs(forward - reverse), size);
    if (!first && !(error > report->error))
        return;
    report->forward = forward;
    report->reverse = reverse;
    report->error = error;
}

#define REAL double
#define NAME(x) x
#define EPSILON DBL_EPSILON
#define STEPS ADGEN_CHECK_STEPS
#include "adgen_check.inc"
#undef REAL
#undef NAME
#undef EPSILON
#undef STEPS

#define REAL float
#define NAME(x) x##f
#define EPSILON FLT_EPSILON
#define STEPS ADGEN_CHECK_STEPSF
#include "adgen_check.inc"

void adgen_check_print(FILE *out, const adgen_check_report *report)
{
    const adgen_check_place *worst = &report->worst;
    fprintf(out, "gradient check: %s, %zu of %zu coordinates differ by more than %g\n",
            report->wrong == 0 ? "right" : "WRONG", report->wrong, report->count, report->tolerance);
    if (report->count == 0)
        return;
    fprintf(out, "  worst: [%zu] gradient %.12g, central difference %.12g, relative error %.3g at step %.3g\n",
            worst->index, worst->gradient, worst->difference, worst->error, worst->step);
    fprintf(out, "  best step for all: %.3g, largest relative error %.3g\n", report->best_step,
            report->best_step_error);
}

void adgen_product_print(FILE *out, const adgen_product_report *report)
{
    fprintf(out, "product check: %s, <y_bar, J x_dot> = %.17g, <J' y_bar, x_dot> = %.17g, relative error %.3g\n",
            report->error <= report->tolerance ? "right" : "WRONG", report->forward, report->reverse, report->error);
}
