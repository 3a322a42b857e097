// Complex numbers in memory: tables, parameters, copies as a whole, the heap, seen as reals, in other precisions.
// test: grad f(n = 4, x[4] ~ -1..1)
// no-dual: complex numbers of C

#include <adgen.h>
#include <complex.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double complex quarter[4] = {1.0, 1.0 * I, -1.0, -1.0 * I};

static float complex offset = 0.5f;

static double energy(int n, const double *x, const double complex *tw)
{
    double s = 0.0;
    for (int k = 0; k < n; k++) {
        double re = 0.0, im = 0.0;
        for (int i = 0; i < n; i++) {
            re += x[i] * creal(tw[(i * k) % n]);
            im += x[i] * cimag(tw[(i * k) % n] * quarter[(i + k) % 4]);
        }
        s += re * re + sin(im);
    }
    return s;
}

ADGEN_GRAD(x)
double f(int n, const double *x)
{
    double complex tw[n], copy[4];
    double complex *heap = malloc((size_t)n * sizeof *heap);
    memset(copy, 0, sizeof copy);
    for (int i = 0; i < n; i++) {
        tw[i] = cexp(-0.5 * I * i) + offset;
        heap[i] = i % 2 ? tw[i] : conj(tw[i]);
    }
    memcpy(copy, heap, 4 * sizeof *copy);
    free(heap);
    const double *parts = (const double *)copy;
    double s = energy(n, x, tw) * parts[3];
    float complex narrow = (float complex)tw[1];
    long double complex wide = tw[2] * 2.0L;
    for (int i = 0; i < n; i++)
        s += x[i] * x[i] * parts[2 * i] * crealf(narrow * narrow) + x[i] * (double)cimagl(wide);
    if (copy[1] != tw[1] || !tw[0])
        s *= 2.0;
    return s;
}
