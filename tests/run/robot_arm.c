// A chain of rotations, as a kinematic chain has it.
// test: grad f(n = 3, angle[3] ~ 0.5 -0.25 1, length[3] ~ 1 2 0.5)

#include <adgen.h>
#include <math.h>

ADGEN_GRAD(angle, length)
double f(int n, const double *angle, const double *length)
{
    double x = 0, y = 0, a = 0;
    for (int i = 0; i < n; i++) {
        a += angle[i];
        x += length[i] * cos(a);
        y += length[i] * sin(a);
    }
    return x * x + 2 * y * y;
}
