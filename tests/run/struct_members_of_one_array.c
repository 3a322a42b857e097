// Members of local structs lead to the same memory.
// test: grad f(u[2] ~ 0.7 0.4, n = 3)

#include <adgen.h>
#include <math.h>

struct net {
    double *w, *x;
};
ADGEN_GRAD(u)
double f(double *u, int n)
{
    struct net nets[2] = {{u, u + 1}, {u + 1, u}};
    double s = 0.0;
    for (int i = 0; i < n; i++) {
        const double was = nets[i % 2].x[0];
        nets[(i + 1) % 2].w[0] *= 1.5 * sin(was);
        s += nets[i % 2].x[0] * was;
    }
    return s;
}
