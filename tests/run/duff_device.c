// A loop that is entered in its middle by a switch.
// test: grad f(n = 7, v[7] ~ -1..1)
// test: grad f(n = 4, v[4] ~ -1..1)

#include <adgen.h>

ADGEN_GRAD(v)
double f(int n, const double *v)
{
    double s = 0.5;
    int rounds = (n + 3) / 4;
    switch (n % 4) {
    case 0:
        do {
            s = s * 0.5 + *v++;
            /* fallthrough */
        case 3:
            s = s * s + *v++;
            /* fallthrough */
        case 2:
            s = s * 0.5 + *v++;
            /* fallthrough */
        case 1:
            s = s * s + *v++;
        } while (--rounds > 0);
    }
    return s;
}
