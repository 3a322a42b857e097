// A list that each iteration makes anew, and an array that pointers are chosen from, too.
// test: grad f(n = 3, x ~ 0.5, y ~ 0.25)

#include <adgen.h>
#include <math.h>
#include <stddef.h>

struct node {
    double value;
    struct node *next;
};

static double walked(double x)
{
    struct node a[3] = {{sin(x), a + 1}, {x * x, a + 2}, {2.0, NULL}};
    double s = x;
    for (struct node *p = a; p; p = p->next)
        s = sin(s * p->value);
    return s;
}

ADGEN_GRAD(x, y)
double f(int n, double x, double y)
{
    double r = x;
    for (int i = 0; i < n; i++) {
        double u[2] = {r, y}, v[2] = {y * y, x};
        double *p = u, *q = v;
        for (int k = 0; k < n; k++) {
            p[0] += 0.5 * sin(q[1]);
            double *t = p;
            p = q;
            q = t;
        }
        r += walked(r) * p[0] - q[1];
    }
    return r;
}
