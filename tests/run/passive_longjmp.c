// Where the input is wrong, the function leaves by longjmp to whoever called it.
// test: grad f(n = 3, x[3] ~ -1..1, limit = 9)

#include <adgen.h>
#include <math.h>
#include <setjmp.h>

jmp_buf f_failed;

static void check(int n, int limit)
{
    if (n > limit)
        longjmp(f_failed, 2);
}

ADGEN_GRAD(x)
double f(int n, const double *x, int limit)
{
    double product = 1.0;
    for (int i = 0; i < n; i++) {
        check(i, limit);
        if (x[i] < -1e6)
            longjmp(f_failed, 1);
        product *= sin(x[i]) + 2.0;
    }
    return product;
}
