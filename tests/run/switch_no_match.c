// switch without default, where nothing matches.
// test: grad f(x ~ 0.75, k = 0)
// test: grad f(x ~ 0.75, k = 5)

#include <adgen.h>

ADGEN_GRAD(x)
double f(double x, int k)
{
    switch (k) {
    case 0:
        x *= x;
        break;
    case 1:
        return x;
    }
    return x * x * x;
}
