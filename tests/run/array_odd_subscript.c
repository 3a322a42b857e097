// i[v] is v[i], and *(v + i) too.
// test: grad f(v[3] ~ 1 2 3)

#include <adgen.h>

ADGEN_GRAD(v)
double f(const double v[3])
{
    return 0 [v] * 1 [v] + *(v + 2) * *(2 + v) + *v * *(&v[1]);
}
