// A local array of structs with arrays inside.
// test: grad f(x ~ 0.5, y ~ 2)

#include <adgen.h>

struct cell {
    double v[2];
    int next;
};

ADGEN_GRAD(x, y)
double f(double x, double y)
{
    struct cell cells[3] = {{{x, y}, 2}, {{x * x, 1}, 0}, {{y, x}, 1}};
    double s = 1;
    int at = 0;
    for (int i = 0; i < 4; i++) {
        s += cells[at].v[0] * cells[at].v[1] * s;
        cells[at].v[0] *= 0.5;
        at = cells[at].next;
    }
    return s;
}
