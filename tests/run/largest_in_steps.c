// The largest element, found anew in each step of loops that hand on what it changes: in the reverse sweep it is what
// the step before had, wherever the loop that found it is by then.
// test: grad rescaled(n = 5, steps = 4, w[5] ~ -1..1, x[5] ~ -1..1)
// test: grad rescaled(n = 1, steps = 3, w[1] ~ -1..1, x[1] ~ 2)
// test: grad rescaled(n = 3, steps = 0, w[3] ~ -1..1, x[3] ~ -1..1)
// test: grad clipped(n = 4, rows = 3, w[4] ~ -1..1, x[12] ~ -1..1)
// test: grad steps_again(n = 4, steps = 5, x[4] ~ -1..1)
#include <adgen.h>
#include <math.h>

ADGEN_GRAD(w, x)
double rescaled(int n, int steps, const double *w, const double *x)
{
    double y[n], total = 0.0;
    for (int i = 0; i < n; i++)
        y[i] = x[i];
    for (int s = 0; s < steps; s++) {
        double largest = y[0], sum = 0.0;
        for (int i = 1; i < n; i++)
            if (y[i] > largest)
                largest = y[i];
        for (int i = 0; i < n; i++)
            sum += exp(y[i] - largest);
        const double norm = largest + 0.5 * log(sum);
        for (int i = 0; i < n; i++)
            y[i] = w[i] * sin(y[i] - norm);
        total += largest * norm;
    }
    return total;
}

/* What is largest is chosen from memory that is written in the loop, and used in a branch and behind all rows. */
ADGEN_GRAD(w, x)
double clipped(int n, int rows, const double *w, const double *x)
{
    double loss = 0.0, above = 0.5;
    for (int r = 0; r < rows; r++) {
        double z[n], top = -3.0;
        for (int i = 0; i < n; i++) {
            z[i] = w[i] * x[r * n + i] + above;
            top = z[i] > top ? z[i] : top;
        }
        if (top > 0.0)
            loss += top * top;
        for (int i = 0; i < n; i++)
            loss += exp(z[i] - top);
        above = sin(top);
    }
    return loss * above;
}

ADGEN_GRAD(x)
double steps_again(int n, int steps, const double *x)
{
    double y[4] = {0.0};
    for (int i = 0; i < n; i++)
        y[i] = x[i];
    for (int s = 0; s < steps; s++) {
        ADGEN_CHECKPOINT(2);
        double least = 2.0;
        for (int i = 0; i < n; i++)
            if (y[i] < least)
                least = y[i];
        for (int i = 0; i < n; i++)
            y[i] = y[i] * cos(least) + 0.1 * least;
    }
    double sum = 0.0;
    for (int i = 0; i < n; i++)
        sum += y[i];
    return sum;
}
