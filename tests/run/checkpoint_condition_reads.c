// Steps with a loop of their own, whose condition reads what its body writes in a struct.
// test: grad f(x ~ 2.5, c[3] ~ 0.5 -0.7 0.9)

#include <adgen.h>
#include <math.h>

struct state {
    double d, c[3];
};

ADGEN_GRAD(x, c)
double f(double x, const double *c)
{
    struct state v = {2.5, {c[0], c[1], c[2]}};
    for (int i = 0; i < 3; i++) {
        ADGEN_CHECKPOINT(3);
        int k = 0;
        while (fabs(v.d) > 0.3 && k < 5) {
            v.d = 0.5 * v.d + 0.05;
            k++;
            v.c[(i * 4 + 1) % 3] /= 2.5 + 0.5 * atan(x);
        }
    }
    return 0.25 * v.c[1] * x;
}
