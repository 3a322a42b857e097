// A pointer to one parameter's elements is put into another one's struct: what goes through there is written to both.
// test: grad f(n = 3, c = 1, p ~ { v ~ (0.5 1 -1) }, q[3] ~ 0.2 0.3 0.7)
// test: grad f(n = 3, c = 0, p ~ { v ~ (0.5 1 -1) }, q[3] ~ 0.2 0.3 0.7)

#include <adgen.h>
#include <math.h>

struct view {
    double *v;
};

ADGEN_GRAD(p, q)
double f(int n, int c, struct view *p, double *q)
{
    double s = 0.0;
    if (c > 0)
        p->v = q;
    for (int i = 0; i < n; i++) {
        s = sin(q[i] * q[i] + s);
        p->v[i] = s * 2.0;
        s += q[i] * q[i] * s;
    }
    return s;
}
