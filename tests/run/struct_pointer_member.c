// A member that points to an array: its shadow points to shadow storage.
// test: grad f(m ~ {n = 3, w ~ (0.5 1 -1), b ~ 0.25}, x[3] = 1 2 3)
// expect: m.b += 1

#include <adgen.h>

typedef struct {
    int n;
    double *w;
    double b;
} model;

ADGEN_GRAD(m)
double f(const model *m, const double *x)
{
    double s = m->b;
    for (int i = 0; i < m->n; i++)
        s += m->w[i] * x[i];
    return s;
}
