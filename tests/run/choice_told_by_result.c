// What was chosen is read from what came of it, where that is still there and tells: ReLU as people write it, leaky,
// clipped, above what an array says; and kept where it does not tell, at a tie, say, or is overwritten.
// test: grad relu(n = 6, m = 3, w[18] ~ -1..1, x[3] ~ 0.5 1 -1)
// test: grad relu(n = 1, m = 1, w[1] ~ 0.5..1, x[1] ~ 0.5)
// test: grad leaky(n = 6, m = 3, w[18] ~ -1..1, x[3] ~ 0.5 1 -1)
// test: grad clipped(n = 8, m = 3, w[24] ~ -2..2, x[3] ~ 0.5 1 -1, c = 0.5)
// test: grad untold(n = 8, m = 3, w[24] ~ -1..1, x[3] ~ 0.5 1 -1)
// test: grad above(n = 6, m = 3, w[18] ~ -1..1, x[3] ~ 0.5 1 -1, least[6] ~ -0.5..0.5)
// test: grad in_place(n = 6, m = 3, w[18] ~ -1..1, x[3] ~ 0.5 1 -1)
// test: grad hinge(n = 6, m = 3, w[18] ~ -1..1, x[3] ~ 0.5 1 -1)
// test: grad single(n = 6, m = 3, w[18] ~ -1..1, x[3] ~ 0.5 1 -1)
// test: grad twice(n = 6, m = 3, w[18] ~ -1..1, x[3] ~ 0.5 1 -1)
// no-fd: kinks, and NaNs

#include <adgen.h>
#include <math.h>

// 0 and NaN among them.
static double product(int i, int m, const double *w, const double *x)
{
    double sum = i == 3 ? NAN : 0.0;
    for (int j = 0; j < m; j++)
        sum += (i == 2 ? 0.0 : x[j]) * w[i * m + j];
    return sum;
}

ADGEN_GRAD(w, x)
double relu(int n, int m, const double *w, const double *x)
{
    double a[n], b[n], c[n], d[n], e[n], f[n], s = 0;
    for (int i = 0; i < n; i++) {
        double sum = product(i, m, w, x);
        a[i] = sum > 0 ? sum : 0;
        double more = 2 * sum;
        b[i] = 0 < more ? more : 0;
        more += sum;
        c[i] = fmax(0, more);
        more += sum;
        d[i] = !(more <= 0) ? more : 0;
        more += sum;
        if (more <= 0)
            more = 0;
        e[i] = more;
        more = 7 * sum;
        f[i] = more >= 0 ? more : -1;
    }
    for (int i = 0; i < n; i++)
        s += (i == 3 ? 0 : d[i] * e[i]) + (i + 1) * (a[i] + b[i] * c[i] + f[i] * f[i]);
    return s;
}

ADGEN_GRAD(w, x)
double leaky(int n, int m, const double *w, const double *x)
{
    double a[n], b[n], s = 0;
    for (int i = 0; i < n; i++) {
        double sum = product(i, m, w, x);
        a[i] = sum > 0 ? sum : 0.01 * sum;
        b[i] = sum <= 0 ? sum * 0.1 : sum;
    }
    for (int i = 0; i < n; i++)
        if (i != 3)
            s += (i + 1) * a[i] * b[i];
    return s;
}

ADGEN_GRAD(w, x)
double clipped(int n, int m, const double *w, const double *x, double c)
{
    double a[n], b[n], d[n], s = 0;
    for (int i = 0; i < n; i++) {
        double sum = product(i, m, w, x);
        a[i] = fmin(fmax(sum, -1), 1);
        b[i] = fmax(-1, fmin(1, sum));
        d[i] = fmin(fmax(sum, -c), c);
    }
    for (int i = 0; i < n; i++)
        s += (i + 1) * a[i] * b[i] + d[i];
    return s;
}

// What comes of both sides is the same at a tie, for NaN, or where a small number underflows; or it tells nothing.
ADGEN_GRAD(w, x)
double untold(int n, int m, const double *w, const double *x)
{
    double a[n], b[n], c[n], d[n], e[n], f[n], g[n], s = 0;
    for (int i = 0; i < n; i++) {
        double sum = product(i, m, w, x);
        a[i] = sum < 0 ? 0 : sum;
        b[i] = sum >= 0 ? sum : 0;
        c[i] = sum < 0 ? 1e-320 * sum : sum;
        d[i] = sum > 0 ? sum : -0.5 * sum;
        e[i] = sum > -1 ? (sum < 1 ? sum : 1) : -1;
        f[i] = sum < -1 ? -1 : sum > 1 ? 1 : sum;
        g[i] = sum > -0.5 ? 3 : 2;
    }
    for (int i = 0; i < n; i++)
        if (i != 3)
            s += (i + 1) * (a[i] + b[i] * c[i] * d[i]) + e[i] * f[i] * g[i];
    return s;
}

ADGEN_GRAD(w, x, least)
double above(int n, int m, const double *w, const double *x, const double *least)
{
    double a[n], b[n], c[n], s = 0;
    for (int i = 0; i < n; i++) {
        double sum = product(i, m, w, x);
        a[i] = sum > least[i] ? sum : least[i];
        b[i] = sum <= least[n - 1 - i] ? least[n - 1 - i] : sum;
        c[i] = sum > least[i] ? sum : least[n - 1 - i];
    }
    for (int i = 0; i < n; i++)
        s += (i + 1) * a[i] * (i == 3 ? 1 : b[i]) * c[i];
    return s;
}

// The array is used again; or written in part, with what tells nothing.
ADGEN_GRAD(w, x)
double in_place(int n, int m, const double *w, const double *x)
{
    double h[n], g[n], s = 0;
    for (int i = 0; i < n; i++) {
        double sum = product(i, m, w, x);
        h[i] = sum > 0 ? sum : 0;
        g[i] = sum > 0 ? sum : 0;
    }
    for (int i = 1; i < n; i += 2)
        g[i] = 1;
    for (int i = 0; i < n; i++) {
        s += h[i] * g[i];
        h[i] = h[n - 1 - i] - 0.25;
        s += h[i] * h[i];
    }
    return s;
}

// Nothing is stored: the loss is summed as it comes.
ADGEN_GRAD(w, x)
double hinge(int n, int m, const double *w, const double *x)
{
    double s = 0;
    for (int i = 0; i < n; i++) {
        double margin = 1 - (i % 2 ? 1 : -1) * product(i, m, w, x);
        s += margin > 0 ? margin * margin : 0;
    }
    return s;
}

ADGEN_GRAD(w, x)
float single(int n, int m, const float *w, const float *x)
{
    float a[n], b[n], s = 0;
    double c[n];
    for (int i = 0; i < n; i++) {
        float sum = 0;
        for (int j = 0; j < m; j++)
            sum += x[j] * w[i * m + j];
        a[i] = sum > 0 ? sum : 0;
        b[i] = sum > 0.1f ? sum : 0.1f;
        c[i] = fmaxf(sum, 0.2f);
    }
    for (int i = 0; i < n; i++)
        s += a[i] * b[i] * (float)c[i];
    return s;
}

// Two layers; what the second one chooses depends on the first one's.
ADGEN_GRAD(w, x)
double twice(int n, int m, const double *w, const double *x)
{
    double h[n], g[n], s = 0;
    for (int k = 1; k < 3; k++) {
        for (int i = 0; i < n; i++) {
            double sum = 0.25 * k;
            for (int j = 0; j < m; j++)
                sum += x[j] * w[i * m + j];
            h[i] = fmax(sum, 0);
        }
        for (int i = 0; i < n; i++) {
            double sum = -0.1;
            for (int j = 0; j < n; j++)
                sum += w[j] * h[(i + j) % n];
            if (!(sum > 0))
                sum = 0;
            g[i] = sum;
        }
        for (int i = 0; i < n; i++)
            s += g[i] * h[i];
    }
    return s;
}
