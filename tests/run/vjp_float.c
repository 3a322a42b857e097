// Seeds and bars in float.
// test: vjp f(n = 3, x[3] ~ 1 2 3, y[3] > 0.5 0.5 0.5)

#include <adgen.h>

ADGEN_VJP(x)
float f(int n, const float *x, float *y)
{
    float s = 0;
    for (int i = 0; i < n; i++) {
        y[i] = x[i] * x[i];
        s += y[i];
    }
    return s;
}
