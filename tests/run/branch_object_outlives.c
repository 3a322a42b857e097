// Arrays of a block that a goto leaves; a pointer that swaps between them is used behind the branch.
// test: grad f(n = 1, x ~ 0.4)
// test: grad f(n = 2, x ~ 0.4)
// test: grad f(n = 3, x ~ 0.4)

#include <adgen.h>
#include <math.h>

ADGEN_GRAD(x)
double f(int n, double x)
{
    double result = 0.5 * x;
    {
        if (n == 2)
            goto end;
        double a[3] = {0}, b[3] = {0}, *p = a, *q = b;
        a[0] = x;
        for (int k = 0; k < n; k++) {
            for (int i = 0; i < 3; i++)
                q[i] = 0.5 * sin(p[i] + p[(i + 1) % 3]) + 0.5;
            double *t = p;
            p = q;
            q = t;
        }
        for (int i = 0; i < 3; i++)
            result = 0.5 * result + sin(p[0] * x);
    }
end:
    return result;
}
