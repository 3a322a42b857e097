// What is active may be reached through a pointer to void in the struct that the function is given.
// note: ADGEN_CUSTOM_VJP

#include <adgen.h>

struct content {
    int n;
    double *data;
};

struct vector {
    void *content;
};

double measure(const struct vector *v);

ADGEN_GRAD(x)
double f(const double x[3])
{
    struct content c = {3, (double *)x};
    struct vector v = {&c};
    return measure(&v) * x[0]; // error: cannot differentiate the call of 'measure'
}
