/*
 * Fits NIST's reference problems by L-BFGS, from both of their starting points, and counts the digits in which the
 * parameters agree with the certified ones. Exits with 1 where these are fewer than six.
 *
 * Parameters of such models differ in size by many powers of ten, and are strongly correlated; a method that knows only
 * gradients crawls along the valleys. So the search runs in other coordinates, b = centre + scale c, in which the
 * valley is round: with J the Jacobian of the predictions at the centre (adgen's gradient of predict(), row by row) and
 * J = QR, scale is the inverse of R. Since J changes on the way, it is taken anew every few iterations.
 */
#include "model.h"
#include "model_grad.h"
#include "nist.h"

#include <adgen_optim.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DIGITS = 6, MOST_ROUNDS = 200 };

/* The search: the fit, its present point, the gradient there, and how many gradients it has cost. */
struct search {
    struct fit fit;
    double c[MOST_PARAMETERS], c_bar[MOST_PARAMETERS];
    long evaluations;
};

static double evaluate(void *user)
{
    struct search *s = user;
    memset(s->c_bar, 0, sizeof s->c_bar);
    s->evaluations++;
    return misfit_grad(&s->fit, s->c, s->c_bar);
}

/*
 * Makes the present point the centre, and the sum of squares around it as round as its linear model says. `damping`
 * adds that part of each column's length below it, which keeps R from being singular where the data say nothing.
 */
static void rescale(struct search *s, double damping)
{
    static double j[MOST_PARAMETERS][MOST_POINTS + MOST_PARAMETERS];
    double r[MOST_PARAMETERS][MOST_PARAMETERS] = {{0.0}};
    struct fit *fit = &s->fit;
    const int n = fit->n, p = fit->p;
    double b[MOST_PARAMETERS], sum = 0.0;

    parameters(fit, s->c, b);
    memset(s->c, 0, sizeof s->c);
    memcpy(fit->centre, b, sizeof b);
    for (int i = 0; i < n; i++) {
        double row[MOST_PARAMETERS] = {0.0};
        const double residual = fit->y[i] - predict_grad(fit->problem, b, fit->x[i], row);
        sum += residual * residual;
        for (int k = 0; k < p; k++)
            j[k][i] = row[k];
    }
    fit->unit = sum;

    for (int k = 0; k < p; k++) {
        double square = 0.0;
        for (int i = 0; i < n; i++)
            square += j[k][i] * j[k][i];
        for (int i = 0; i < p; i++)
            j[k][n + i] = i == k ? sqrt(damping * square + 1e-200) : 0.0;
    }

    /* Gram and Schmidt: the columns of j become those of Q. */
    for (int k = 0; k < p; k++) {
        for (int i = 0; i < n + p; i++)
            r[k][k] += j[k][i] * j[k][i];
        r[k][k] = sqrt(r[k][k]);
        for (int i = 0; i < n + p; i++)
            j[k][i] /= r[k][k];
        for (int l = k + 1; l < p; l++) {
            for (int i = 0; i < n + p; i++)
                r[k][l] += j[k][i] * j[l][i];
            for (int i = 0; i < n + p; i++)
                j[l][i] -= r[k][l] * j[k][i];
        }
    }

    /* The sum of squares over `unit` is then 1 + (a linear term) + |c|^2 / 2. */
    memset(fit->scale, 0, sizeof fit->scale);
    for (int column = 0; column < p; column++)
        for (int i = column; i >= 0; i--) {
            double rest = i == column ? sqrt(sum / 2.0) : 0.0;
            for (int k = i + 1; k <= column; k++)
                rest -= r[i][k] * fit->scale[k][column];
            fit->scale[i][column] = rest / r[i][i];
        }
}

/*
 * A few iterations of L-BFGS in the coordinates as they are; the sum of squares over `unit` that they reach. Without a
 * line search all steps but the first have length one.
 */
static double iterate(struct search *s, bool line_search)
{
    adgen_settings settings = adgen_lbfgs();
    settings.strong_wolfe = line_search;
    settings.max_iter = 20;
    settings.tolerance_grad = 1e-13;
    settings.tolerance_change = 1e-17;

    adgen_optim optim = ADGEN_OPTIM_INIT;
    if (adgen_optim_add(&optim, "c", s->c, s->c_bar, (size_t)s->fit.p, &settings) != ADGEN_OK)
        return NAN;
    const adgen_status status = adgen_optim_minimize(&optim, evaluate, s, NULL);
    adgen_optim_free(&optim);
    return status == ADGEN_OK ? evaluate(s) : NAN;
}

/* The digits in which the worst parameter agrees. */
static double digits(const struct nist *nist, const double *b)
{
    double fewest = 11.0;
    for (int i = 0; i < nist->p; i++)
        fewest = fmin(fewest, -log10(fabs(b[i] - nist->certified[i]) / fabs(nist->certified[i]) + 1e-300));
    return isnan(fewest) ? 0.0 : fmax(fewest, 0.0);
}

/* Fits from one start, prints a line, and says whether there are enough digits. */
static bool fit_from(const struct nist *nist, int start)
{
    struct search s = {.fit = {nist->problem, nist->n, nist->p, nist->x, nist->y, 1.0, {0.0}, {{0.0}}}};
    double b[MOST_PARAMETERS] = {0.0};
    double damping = 0.1;
    int rounds = 0, idle = 0;

    memcpy(s.fit.centre, nist->start[start], sizeof s.fit.centre);
    while (rounds < MOST_ROUNDS && idle < 2) {
        rescale(&s, damping);
        const double left = iterate(&s, true);
        idle = left < 1.0 - 1e-12 ? 0 : idle + 1;
        damping *= 0.3;
        rounds++;
    }
    /* Differences of the sum are now lost in rounding, but its gradient isn't: the last digits come by full steps. */
    rescale(&s, 0.0);
    iterate(&s, false);
    rescale(&s, 0.0);
    memcpy(b, s.fit.centre, sizeof b);

    const double right = digits(nist, b);
    printf("%-10s %2d %5d %5d  %17.10e %17.10e %9ld %8.1f%s\n", nist->name, nist->p, nist->n, start + 1, s.fit.unit,
           nist->residual_sum, s.evaluations, right, right >= DIGITS ? "" : "   too few");
    return right >= DIGITS;
}

int main(void)
{
    const char *folder = getenv("ADGEN_DATA");
    static struct nist nist;
    bool all_right = true;
    int missing = 0;

    if (folder == NULL)
        folder = "../shared/data";
    printf("%-10s %2s %5s %5s  %17s %17s %9s %8s\n", "problem", "p", "data", "start", "sum of squares", "certified",
           "gradients", "digits");
    for (int problem = MISRA1A; problem < PROBLEMS; problem++) {
        if (problem == MISRA1A)
            nist_built_in(&nist);
        else if (!nist_read(&nist, (enum problem)problem, folder)) {
            missing++;
            continue;
        }
        for (int start = 0; start < STARTS; start++)
            all_right = fit_from(&nist, start) && all_right;
    }
    if (missing > 0)
        printf("%d problems left out: ADGEN_DATA names the folder that holds nist/NAME.txt\n", missing);
    return all_right ? 0 : 1;
}
