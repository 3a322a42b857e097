// The ends of a ring and of a rod, where conditions choose the neighbours: taken out of the loop.
// test: grad ring(n = 5, steps = 2, u[5] ~ -1..1, c ~ 0.1..0.3)
// test: grad ring(n = 2, steps = 2, u[2] ~ -1..1, c ~ 0.1..0.3)
// test: grad ring(n = 1, steps = 2, u[1] ~ -1..1, c ~ 0.1..0.3)
// test: grad rod(n = 6, steps = 2, u[6] ~ -1..1, k[6] ~ 0.1..0.3)
// test: grad rod(n = 3, steps = 2, u[3] ~ -1..1, k[3] ~ 0.1..0.3)
// test: grad rod(n = 2, steps = 2, u[2] ~ -1..1, k[2] ~ 0.1..0.3)
// test: grad rod(n = 1, steps = 1, u[1] ~ -1..1, k[1] ~ 0.1..0.3)

#include <adgen.h>

ADGEN_GRAD(u, c)
double ring(int n, int steps, const double *u, double c)
{
    double v[n], next[n], s = 0;
    for (int i = 0; i < n; i++)
        v[i] = u[i];
    for (int t = 0; t < steps; t++) {
        for (int i = 0; i < n; i++) {
            int left = i > 0 ? i - 1 : n - 1, right = i + 1 == n ? 0 : i + 1;
            next[i] = v[i] + c * v[i] * (v[left] - v[right]);
            s += c * next[i] * next[i];
        }
        for (int i = 0; i < n; i++)
            v[i] = next[i];
    }
    for (int i = 0; i < n; i++)
        s += v[i] * v[i];
    return s;
}

ADGEN_GRAD(u, k)
double rod(int n, int steps, const double *u, const double *k)
{
    double v[n], next[n], s = 0;
    for (int i = 0; i < n; i++)
        v[i] = u[i];
    for (int t = 0; t < steps; t++) {
        double left = 0.5, longest = 0;
        for (int i = 0; i < n; i++) {
            double right = k[i] * ((i <= n - 2 ? v[i + 1] : 0.25) - v[i]) * v[i];
            next[i] = v[i] + (right - left);
            if (i >= 1)
                next[i] += v[i - 1] * v[i] * 0.1;
            left = right;
            longest += right * left * i;
        }
        s += left * longest;
        for (int i = n - 1; i >= 0; i--)
            v[i] = next[i];
    }
    for (int i = 0; i < n; i++)
        s += v[i] * v[i];
    return s;
}
