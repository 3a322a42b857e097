// Max-pooling by comparison, and where the maximum was.
// test: vjp f(n = 4, x[16] ~ -1..1, out[4] > 0..1, where[4] = 0 0 0 0)

#include <adgen.h>

ADGEN_VJP(x)
void f(int n, const double *x, double *out, int *where)
{
    const int m = n / 2;
    for (int i = 0; i < m; i++)
        for (int j = 0; j < m; j++) {
            int best = 2 * i * n + 2 * j;
            for (int k = 0; k < 2; k++)
                for (int l = 0; l < 2; l++) {
                    const int at = (2 * i + k) * n + 2 * j + l;
                    if (x[at] > x[best])
                        best = at;
                }
            out[i * m + j] = x[best];
            where[i * m + j] = best;
        }
}
