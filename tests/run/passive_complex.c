// Complex numbers that depend on nothing that is differentiated: locals, arrays, a parameter, a member.
// test: grad f(n = 4, w[4] = 0.5 1 -2 0.25, x[4] ~ -1..1, y ~ 0.75)
// no-dual: complex numbers of C

#include <adgen.h>
#include <complex.h>
#include <math.h>

struct channel {
    double complex gain;
    double level;
};

ADGEN_GRAD(x, y)
double f(int n, const double *w, const double *x, double y)
{
    double complex turn[8], z = 2.5 * I;
    struct channel c = {.gain = 1.0 - I, .level = y}, copy = c;
    for (int k = 0; k < n; k++) {
        turn[k] = cexp(-2.0 * I * 3.0 * k / n) * conj(z);
        turn[k] += w[k];
        z *= 0.5;
        if (cabs(z) < 1.0 && k % 2)
            z = z + w[k] * I;
    }
    double s = 0.0;
    for (int k = 0; k < n; k++) {
        double re = 0.0, im = 0.0;
        for (int i = 0; i < n; i++) {
            const double complex factor = i > k ? turn[(i * k) % n] : copy.gain / (1.0 + w[i] * w[i] * I);
            re += x[i] * creal(factor);
            im += sin(x[i] * cimag(factor) * copy.level);
        }
        s += re * re + im * im * y;
    }
    return s;
}
