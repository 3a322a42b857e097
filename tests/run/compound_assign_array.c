// The assignment operators on array elements.
// test: grad f(v[3] ~ 0.5 1.5 -2)

#include <adgen.h>

ADGEN_GRAD(v)
double f(const double v[3])
{
    double w[3] = {1, 2, 3};
    for (int i = 0; i < 3; i++) {
        w[i] += v[i];
        w[i] *= v[(i + 1) % 3];
        w[i] -= v[2] * w[0];
        w[i] /= 4 + v[i] * v[i];
    }
    return w[0] * w[1] + w[2];
}
