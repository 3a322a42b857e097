// Arrays of which loops read sections again, where the section is another one in each step, or is written in between.
// test: grad bound_changes(steps = 3, n = 4, h[4] ~ -1..1, u[4] ~ -1..1)
// test: grad pointer_changes(steps = 3, n = 3, h[9] ~ -1..1, u[3] ~ -1..1)
// test: grad grows(steps = 3, u[4] ~ -1..1)
// test: grad of_each_step(steps = 3, n = 3, u[3] ~ -1..1)
// test: grad written_before(steps = 2, n = 3, h[3] ~ -1..1, u[3] ~ -1..1)
// test: grad written_while_read(steps = 2, n = 3, h[3] ~ -1..1, u[3] ~ -1..1)
// test: grad twice_in_a_step(steps = 2, n = 3, h[3] ~ -1..1, u[3] ~ -1..1)
// test: grad read_in_branch(steps = 2, n = 3, h[3] ~ -1..1, u[3] ~ -1..1)
// test: grad in_branch(steps = 3, n = 3, k = 3, h[3] ~ -1..1, u[3] ~ -1..1)
// test: grad in_branch(steps = 3, n = 3, k = 0, h[3] ~ -1..1, u[3] ~ -1..1)
// test: grad two_bounds(steps = 2, n = 3, m = 2, h[3] ~ -1..1, u[3] ~ -1..1)
// test: grad two_bounds(steps = 2, n = 2, m = 3, h[3] ~ -1..1, u[3] ~ -1..1)
// test: grad two_bounds(steps = 2, n = 3, m = 0, h[3] ~ -1..1, u[3] ~ -1..1)
// test: grad of_floats(steps = 2, n = 3, h[3] ~ -1..1, u[3] ~ -1..1)
// test: grad by_indices(steps = 2, n = 4, at[4] = 2 0 3 1, u[4] ~ -1..1)
// test: grad passes_over(steps = 2, n = 4, h[4] ~ -1..1, u[2] ~ -1..1)
// test: grad overlapping(steps = 2, n = 3, h[4] ~ -1..1, u[3] ~ -1..1)

#include <adgen.h>
#include <math.h>
#include <stdlib.h>

/* How far it counts is known in each step only. */
ADGEN_GRAD(h, u)
double bound_changes(int steps, int n, double *h, const double *u)
{
    double s = 0;
    for (int t = 0; t < steps; t++) {
        const int end = n - t;
        for (int i = 0; i < end; i++)
            for (int j = 0; j < end; j++)
                s += u[i] * h[j] * h[j];
        for (int i = 0; i < n; i++)
            h[i] = sin(h[i] + s);
    }
    return s;
}

ADGEN_GRAD(h, u)
double pointer_changes(int steps, int n, double *h, const double *u)
{
    double s = 0, *now = h;
    for (int t = 0; t < steps; t++) {
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++)
                s += u[i] * now[j] * now[j];
        for (int i = 0; i < n; i++)
            now[i] = sin(s);
        now += n;
    }
    for (int i = 0; i < n * steps; i++)
        s += h[i];
    return s;
}

ADGEN_GRAD(u)
double grows(int steps, const double *u)
{
    double *h = malloc(sizeof *h), s = 0;
    h[0] = u[0];
    for (int t = 1; t <= steps; t++) {
        h = realloc(h, (size_t)(t + 1) * sizeof *h);
        h[t] = 0;
        for (int i = 0; i < t; i++)
            for (int j = 0; j < t; j++)
                h[t] += u[i] * h[j] * h[j];
        for (int i = 0; i < t; i++)
            h[i] = cos(h[i]);
    }
    for (int i = 0; i <= steps; i++)
        s += h[i];
    free(h);
    return s;
}

ADGEN_GRAD(u)
double of_each_step(int steps, int n, const double *u)
{
    double s = 0;
    for (int t = 0; t < steps; t++) {
        double *h = malloc((size_t)n * sizeof *h);
        for (int i = 0; i < n; i++)
            h[i] = u[i] * (t + 1);
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++)
                s += u[i] * h[j] * h[j];
        for (int i = 0; i < n; i++)
            h[i] *= h[i];
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++)
                s += u[i] * h[j] * h[j];
        free(h);
    }
    return s;
}

/* In each iteration, an element is written ahead of the loop that reads all of them. */
ADGEN_GRAD(h, u)
double written_before(int steps, int n, double *h, const double *u)
{
    double s = 0;
    for (int t = 0; t < steps; t++)
        for (int i = 0; i < n; i++) {
            h[i] = sin(h[i] * u[i]);
            for (int j = 0; j < n; j++)
                s += u[i] * h[j] * h[j];
        }
    return s;
}

ADGEN_GRAD(h, u)
double written_while_read(int steps, int n, double *h, const double *u)
{
    double s = 0;
    for (int t = 0; t < steps; t++)
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++)
                s += u[i] * h[j] * h[j];
            h[i] = sin(h[i] * u[i]);
        }
    return s;
}

/* Two states of one array. */
ADGEN_GRAD(h, u)
double twice_in_a_step(int steps, int n, double *h, const double *u)
{
    double s = 0;
    for (int t = 0; t < steps; t++) {
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++)
                s += u[i] * h[j] * h[j];
        for (int i = 0; i < n; i++)
            h[i] = sin(h[i] + s);
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++)
                s += u[i] * h[j] * h[j] * h[j];
        for (int i = 0; i < n; i++)
            h[i] = cos(h[i] + s);
    }
    return s;
}

ADGEN_GRAD(h, u)
double read_in_branch(int steps, int n, double *h, const double *u)
{
    double s = 0;
    for (int t = 0; t < steps; t++) {
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++)
                if ((i + j) % 2)
                    s += u[i] * h[j] * h[j];
        for (int i = 0; i < n; i++)
            h[i] = sin(h[i] + s);
    }
    return s;
}

/* The whole loop is in a branch: only there the array has k elements for sure. */
ADGEN_GRAD(h, u)
double in_branch(int steps, int n, int k, double *h, const double *u)
{
    double s = 0;
    for (int t = 0; t < steps; t++) {
        if (k <= n && t != 1)
            for (int i = 0; i < n; i++)
                for (int j = 0; j < k; j++)
                    s += u[i] * h[j] * h[j];
        for (int i = 0; i < n; i++)
            h[i] = sin(h[i] + s);
    }
    return s;
}

/* Neither section holds the other for sure. */
ADGEN_GRAD(h, u)
double two_bounds(int steps, int n, int m, double *h, const double *u)
{
    double s = 0;
    for (int t = 0; t < steps; t++) {
        for (int i = 0; i < 2; i++)
            for (int j = 0; j < n; j++)
                s += u[i] * h[j] * h[j];
        for (int i = 0; i < 2; i++)
            for (int j = 0; j < m; j++)
                s += u[i] * h[j] * h[j] * h[j];
        for (int i = 0; i < n; i++)
            h[i] = sin(h[i] + s);
        for (int i = 0; i < m; i++)
            h[i] = cos(h[i] + s);
    }
    return s;
}

ADGEN_GRAD(h, u)
double of_floats(int steps, int n, float *h, const double *u)
{
    double s = 0;
    for (int t = 0; t < steps; t++) {
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++)
                s += u[i] * (double)h[j] * (double)h[j];
        for (int i = 0; i < n; i++)
            h[i] = sinf(h[i]);
    }
    return s;
}

/* The indices change, and are sections, too. */
ADGEN_GRAD(u)
double by_indices(int steps, int n, int *at, double *u)
{
    double s = 0;
    for (int t = 0; t < steps; t++) {
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++)
                s += u[at[j]] * u[i] * at[j];
        for (int i = 0; i < n; i++) {
            at[i] = (at[i] + 1) % n;
            u[i] = sin(u[i]);
        }
    }
    return s;
}

/* Only every other element is read. */
ADGEN_GRAD(h, u)
double passes_over(int steps, int n, double *h, const double *u)
{
    double s = 0;
    for (int t = 0; t < steps; t++) {
        for (int i = 0; i < 2; i++)
            for (int j = 0; j < n; j += 2)
                s += u[i] * h[j] * h[j] + h[2 * i] * h[2 * i];
        for (int i = 0; i < n; i++)
            h[i] = sin(h[i] + s);
    }
    return s;
}

/* Neighbours, read in two loops of one step. */
ADGEN_GRAD(h, u)
double overlapping(int steps, int n, double *h, const double *u)
{
    double s = 0;
    for (int t = 0; t < steps; t++) {
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++)
                s += u[i] * h[j + 1] * h[j + 1];
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++)
                s += u[i] * h[j] * h[j] * h[j];
        for (int i = 0; i <= n; i++)
            h[i] = sin(h[i] + s);
    }
    return s;
}
