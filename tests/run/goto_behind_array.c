// A goto out of a nest of loops in the scope of a variable-length array, which is declared before; and a second label.
// test: grad f(n = 2, x ~ 0.7)

#include <adgen.h>

ADGEN_GRAD(x)
double f(int n, double x)
{
    double z[n + 2];
    for (int i = 0; i < n + 2; i++)
        z[i] = x * i;
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < n; j++) {
            if (i + j > 1)
                goto out;
            z[i + j] *= x;
        }
out:
    z[0] += x;
    if (x > 2.0)
        goto end;
    z[1] *= z[2];
end:
    return z[0] + z[1] * z[3];
}
