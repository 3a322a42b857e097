// The loop is in a helper behind an early return; its step is a function of a model struct with arrays behind pointers.
// test: grad f(m ~ {n = 4, u ~ (4: -1..1), k = (4: 0..1)}, steps = 5)
// test: grad f(m ~ {n = 4, u ~ (4: -1..1), k = (4: 0..1)}, steps = 0)

#include <adgen.h>
#include <math.h>

struct model {
    int n;
    double *u;
    const double *k;
};

static void step(struct model *m)
{
    double last = m->u[m->n - 1];
    for (int i = 0; i < m->n; i++) {
        double here = m->u[i];
        m->u[i] = here + 0.1 * m->k[i] * sin(last - here);
        last = here;
    }
}

static double run(struct model *m, int steps)
{
    for (int t = 0; t < steps; t++) {
        ADGEN_CHECKPOINT(2);
        step(m);
    }
    double s = 0.0;
    for (int i = 0; i < m->n; i++)
        s += m->u[i] * m->u[i];
    return s;
}

ADGEN_GRAD(m)
double f(struct model *m, int steps)
{
    if (m->n <= 0)
        return 0.0;
    return run(m, steps);
}
