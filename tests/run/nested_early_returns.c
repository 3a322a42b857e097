// Returns from branches in loops in branches.
// test: grad f(n = 3, x ~ 0.5)
// test: grad f(n = 3, x ~ 1.5)
// test: grad f(n = 3, x ~ -1)

#include <adgen.h>

ADGEN_GRAD(x)
double f(int n, double x)
{
    if (x > 0) {
        double y = x;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                y = y * x + 0.5;
                if (y > 2) {
                    if (j == 0)
                        return y * y;
                    return x * y;
                }
            }
        }
        return y;
    }
    return x * x * x;
}
