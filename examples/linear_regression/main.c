/*
 * Gradient descent on a linear model: full batch, mini-batches and single samples side by side, with and without a
 * ridge penalty, against the solution of the normal equations. Exits with 1 if they don't get there.
 */
#include "model.h"
#include "model_grad.h"

#include <adgen_batches.h>
#include <adgen_optim.h>
#include <adgen_schedule.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>

enum { SAMPLES = 240, UNKNOWNS = FEATURES + 1, EPOCHS = 1000 };

/* The data: y = x w + b + noise, where the features are correlated and of different size. */
static struct sample data[SAMPLES];

static void draw_data(void)
{
    static const double true_w[FEATURES] = {1.5, -2.0, 0.5, 0.0, 3.0, -0.75}, true_b = 4.0;
    adgen_random random;

    adgen_random_seed(&random, 7);
    for (int i = 0; i < SAMPLES; i++) {
        struct sample *s = &data[i];
        const double common = adgen_random_normal(&random);
        s->y = true_b + 0.5 * adgen_random_normal(&random);
        for (int j = 0; j < FEATURES; j++) {
            s->x[j] = (1.0 + 0.1 * j) * adgen_random_normal(&random) + 0.5 * common;
            s->y += true_w[j] * s->x[j];
        }
    }
}

/*
 * The minimum by the normal equations (X'X / n + ridge I) u = X'y / n, where u is w and then b, whose column of X is
 * one and which has no penalty; Gauss and Jordan, since the matrix is small and positive definite.
 */
static void solve_normal_equations(double ridge, double u[UNKNOWNS])
{
    double a[UNKNOWNS][UNKNOWNS + 1] = {{0.0}};

    for (int s = 0; s < SAMPLES; s++)
        for (int i = 0; i < UNKNOWNS; i++) {
            const double xi = i < FEATURES ? data[s].x[i] : 1.0;
            for (int j = 0; j < UNKNOWNS; j++)
                a[i][j] += xi * (j < FEATURES ? data[s].x[j] : 1.0) / SAMPLES;
            a[i][UNKNOWNS] += xi * data[s].y / SAMPLES;
        }
    for (int i = 0; i < FEATURES; i++)
        a[i][i] += ridge;

    for (int pivot = 0; pivot < UNKNOWNS; pivot++)
        for (int i = 0; i < UNKNOWNS; i++) {
            const double factor = a[i][pivot] / a[pivot][pivot];
            for (int j = pivot; j <= UNKNOWNS && i != pivot; j++)
                a[i][j] -= factor * a[pivot][j];
        }
    for (int i = 0; i < UNKNOWNS; i++)
        u[i] = a[i][UNKNOWNS] / a[i][i];
}

/* A way to descend: how many samples a step sees, and how fast it learns. */
struct method {
    const char *name;
    size_t batch;
    double rate;
    adgen_schedule schedule; /* over steps */
    double reaches;          /* at most this far from the minimum in the end */
};

static double distance(const double w[FEATURES], double b, const double u[UNKNOWNS])
{
    double sum = (b - u[FEATURES]) * (b - u[FEATURES]);
    for (int j = 0; j < FEATURES; j++)
        sum += (w[j] - u[j]) * (w[j] - u[j]);
    return sqrt(sum);
}

static bool worth_showing(int epoch)
{
    return epoch == 1 || epoch == 3 || epoch == 10 || epoch == 30 || epoch == 100 || epoch == 300 || epoch == EPOCHS;
}

/* Descends from zero, prints a line of the table, and says whether it came close enough to the minimum u. */
static bool descend(const struct method *method, double ridge, const double u[UNKNOWNS])
{
    double w[FEATURES] = {0.0}, b = 0.0, w_bar[FEATURES], b_bar;
    const adgen_settings settings = adgen_sgd(method->rate);
    adgen_optim optim = ADGEN_OPTIM_INIT;
    adgen_batches batches;
    adgen_random random;
    uint64_t steps = 0;

    adgen_random_seed(&random, 1);
    if (adgen_batches_init(&batches, SAMPLES, method->batch) ||
        adgen_optim_add(&optim, "w", w, w_bar, FEATURES, &settings) ||
        adgen_optim_add(&optim, "b", &b, &b_bar, 1, &settings)) {
        fprintf(stderr, "%s: out of memory\n", method->name);
        return false;
    }

    printf("%-12s", method->name);
    for (int epoch = 1; epoch <= EPOCHS; epoch++) {
        const size_t *rows;
        size_t size;
        adgen_batches_shuffle(&batches, &random);
        while ((size = adgen_batches_next(&batches, &rows)) > 0) {
            adgen_optim_zero_grad(&optim);
            loss_grad(size, rows, data, w, b, ridge, w_bar, &b_bar);
            optim.lr_factor = adgen_schedule_factor(&method->schedule, steps++);
            adgen_optim_step(&optim);
        }
        if (worth_showing(epoch))
            printf(" %9.1e", distance(w, b, u));
    }
    adgen_optim_free(&optim);
    adgen_batches_free(&batches);

    const bool close = distance(w, b, u) <= method->reaches;
    puts(close ? "" : "   too far");
    return close;
}

int main(void)
{
    static const double ridges[] = {0.0, 0.1};
    const struct method methods[] = {
        {"full batch", SAMPLES, 0.15, adgen_schedule_constant(), 1e-12},
        {"16 at a time", 16, 0.1, adgen_schedule_inverse(150.0), 2e-3},
        {"one by one", 1, 0.02, adgen_schedule_inverse(2000.0), 2e-3},
    };
    bool all_close = true;

    draw_data();
    for (int i = 0; i < 2; i++) {
        double u[UNKNOWNS];
        solve_normal_equations(ridges[i], u);
        printf("ridge %g: the normal equations give w = (", ridges[i]);
        for (int j = 0; j < FEATURES; j++)
            printf("%s%.4f", j > 0 ? ", " : "", u[j]);
        printf("), b = %.4f\n%-12s", u[FEATURES], "epoch");
        for (int epoch = 1; epoch <= EPOCHS; epoch++)
            if (worth_showing(epoch))
                printf(" %9d", epoch);
        puts("   <- distance to it");
        for (size_t m = 0; m < sizeof methods / sizeof methods[0]; m++)
            all_close = descend(&methods[m], ridges[i], u) && all_close;
    }
    return all_close ? 0 : 1;
}
