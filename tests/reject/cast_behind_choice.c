// A pointer that may lead to the bytes of an active value, by way of a choice or of a loop.

#include <adgen.h>

ADGEN_GRAD(y)
double f(int k, double y, int *z)
{
    int *q = k ? (int *)&y : z;
    int i = *q; // error: cannot differentiate through a pointer cast that reads memory as another type
    return i > 3 ? 2 * y : y;
}

ADGEN_GRAD(x)
double g(int n, const double *x)
{
    double s = 0.0;
    const float *q = (const float *)x;
    for (int i = 0; i < n; i++) {
        s += *q; // error: cannot differentiate through a pointer cast that reads memory as another type
        q += i % 2 ? 1 : 2;
    }
    return s;
}
