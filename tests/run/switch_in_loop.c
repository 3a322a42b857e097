// switch inside a loop: break leaves the switch, continue goes on with the loop.
// test: grad f(n = 7, v[7] ~ -1..1)

#include <adgen.h>

ADGEN_GRAD(v)
double f(int n, const double *v)
{
    double s = 0.5;
    for (int i = 0; i < n; i++) {
        switch (i % 4) {
        case 0:
            s += v[i];
            break;
        case 1:
            continue;
        case 2:
            s *= v[i];
            /* fallthrough */
        default:
            s = s * s + 0.1;
        }
        s *= 1.25;
    }
    return s;
}
