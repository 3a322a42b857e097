// memset of records, and of one array after use.
// test: grad f(x ~ 0.5)

#include <adgen.h>
#include <string.h>

struct part {
    double x, y[2];
    int n;
};

ADGEN_GRAD(x)
double f(double x)
{
    struct part p[2];
    memset(p, 0, sizeof p);
    p[0].x = x;
    p[1].y[1] = x * x;
    double s = p[0].x * p[1].y[1] + p[1].x;
    memset(&p[1], 0, sizeof p[1]);
    s += p[1].y[1] * x + p[0].x * (p[1].n + 1);
    return s;
}
