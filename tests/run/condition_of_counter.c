// What a counted loop's bounds say of its counter, conditions in it need not ask again, whichever side the constant is on.
// test: grad f(n = 5, x[5] ~ -1 2 0.5 -0.25 1.5)
// test: grad f(n = 0, x[1] ~ 1)

#include <adgen.h>

ADGEN_GRAD(x)
double f(int n, const double x[n])
{
    double sum = 0.0;
    for (int i = 0; i < n; i++)
        if (0 <= i)
            sum += x[i] * x[i];
    for (int i = n - 1; i >= 0; i--)
        if (-1 < i && i != -2)
            sum *= 1.0 + 0.1 * x[i];
    for (int i = 1; i <= 3; i++)
        if (i < 4 && !(2 < i) && n > 3)
            sum += x[i] * x[i - 1] * sum;
    return sum;
}
