// The largest of elements that the same loop computes, before it asks: from where it stands when the loop is over, if
// nothing writes there later, in this iteration or in another one.
// test: grad plain(n = 11, m = 3, w[33] ~ -1..1, x[3] ~ -1..1)
// test: grad plain(n = 1, m = 1, w[1] ~ -1..1, x[1] ~ -1..1)
// test: grad plain(n = 5, m = 0, w[1] ~ -1..1, x[1] ~ -1..1)
// test: grad given(n = 0, m = 2, w[2] ~ -1..1, x[2] ~ -1..1, z[1] ~ 1..2)
// test: grad given(n = 6, m = 2, w[12] ~ -1..1, x[2] ~ -1..1, z[6] ~ 1..2)
// test: grad scaled(n = 6, m = 2, w[12] ~ -1..1, x[2] ~ -1..1)
// test: grad spilled(n = 6, m = 2, w[12] ~ -1..1, x[2] ~ -1..1)
// test: grad shared(n = 6, m = 2, w[12] ~ -1..1, x[2] ~ -1..1)
// test: grad inside(n = 9, m = 2, w[18] ~ -1..1, x[2] ~ -1..1)
// test: grad cleared(n = 6, m = 2, w[12] ~ -1..1, x[2] ~ -1..1)
// test: grad both(n = 13, m = 4, w[52] ~ -1..1, x[4] ~ -1..1)

#include <adgen.h>
#include <math.h>
#include <string.h>

ADGEN_GRAD(w, x)
double plain(int n, int m, const double *w, const double *x)
{
    double z[n], most = -INFINITY, total = 0;
    for (int i = 0; i < n; i++) {
        z[i] = 0.5 * i;
        for (int j = 0; j < m; j++)
            z[i] += w[i * m + j] * x[j];
        if (z[i] > most)
            most = z[i];
    }
    for (int i = 0; i < n; i++)
        total += exp(z[i] - most);
    return log(total) + most * most;
}

// Added to what is there already; perhaps no iteration at all.
ADGEN_GRAD(w, x, z)
double given(int n, int m, const double *w, const double *x, double *z)
{
    double most = 0.25 * x[0];
    for (int i = 0; i < n; i++) {
        for (int j = 0; j < m; j++)
            z[i] += w[i * m + j] * x[j];
        most = z[i] > most ? z[i] : most;
    }
    return most * most;
}

// The iteration goes on with the element.
ADGEN_GRAD(w, x)
double scaled(int n, int m, const double *w, const double *x)
{
    double z[n], most = -10, s = 0;
    for (int i = 0; i < n; i++) {
        z[i] = 0;
        for (int j = 0; j < m; j++)
            z[i] += w[i * m + j] * x[j];
        if (z[i] > most)
            most = z[i];
        z[i] *= 0.5;
        s += z[i] * z[i];
    }
    return most * most + s;
}

// The next iteration writes to this one's element.
ADGEN_GRAD(w, x)
double spilled(int n, int m, const double *w, const double *x)
{
    double z[n + 1], most = -10, s = 0;
    z[0] = 0.5;
    for (int i = 0; i < n; i++) {
        z[i + 1] = 0;
        for (int j = 0; j < m; j++) {
            z[i] += w[i * m + j];
            z[i + 1] += w[i * m + j] * x[j];
        }
        if (z[i + 1] > most)
            most = z[i + 1];
    }
    for (int i = 0; i <= n; i++)
        s += z[i] * z[i];
    return most * most + s;
}

// Two iterations have one element.
ADGEN_GRAD(w, x)
double shared(int n, int m, const double *w, const double *x)
{
    double z[n], most = -10;
    for (int i = 0; i < n; i++) {
        z[i / 2] = 0.125 * i;
        for (int j = 0; j < m; j++)
            z[i / 2] += w[i * m + j] * x[j];
        if (z[i / 2] > most)
            most = z[i / 2];
    }
    return most * most;
}

// The condition, and what is read, under other conditions; the least as well.
ADGEN_GRAD(w, x)
double inside(int n, int m, const double *w, const double *x)
{
    double z[n], most = -10, least = 10, s = 0;
    for (int i = 0; i < n; i++) {
        z[i] = 1;
        if (i % 3)
            for (int j = 0; j < m; j++)
                z[i] += w[i * m + j] * x[j];
        if (i != 4) {
            if (z[i] >= most)
                most = z[i];
        }
        least = fmin(least, z[i]);
    }
    for (int i = 0; i < n; i++)
        s += z[i] * least;
    return most * most + s;
}

// All of the array is written to, each time.
ADGEN_GRAD(w, x)
double cleared(int n, int m, const double *w, const double *x)
{
    double z[8], most = -10;
    for (int i = 0; i < n; i++) {
        memset(z, 0, sizeof z);
        for (int j = 0; j < m; j++)
            z[i] += w[i * m + j] * x[j];
        if (z[i] > most)
            most = z[i];
    }
    return most * most;
}

// Several rows at a time, and what a row chooses.
ADGEN_GRAD(w, x)
double both(int n, int m, const double *w, const double *x)
{
    double z[n], most = -10, least = 10, last = 0;
    for (int i = 0; i < n; i++) {
        double sum = 0.5;
        for (int j = 0; j < m; j++)
            sum += w[i * m + j] * x[j];
        z[i] = sum;
        if (sum > most)
            most = sum;
        if (sum < least) {
            least = sum;
            last = sum * most;
        }
    }
    for (int i = 0; i < n; i++)
        last += z[i] * z[i];
    return most * most + least * last;
}
