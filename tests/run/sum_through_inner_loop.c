// A sum of adjoints goes through an inner loop of few iterations, backwards: gcc 12 unrolls it, makes a chain of
// additions of it, and adds some of them twice where it vectorises the outer loop.
// adgen: --no-reordering
// test: vjp f(x ~ -1..1)

#include <adgen.h>

ADGEN_VJP(x)
double f(float x)
{
    float p[3][2], g[3][2];
    for (int i = 0; i < 3; i++)
        for (int d = 0; d < 2; d++) {
            p[i][d] = x;
            g[i][d] = 0;
        }
    for (int s = 0; s < 3; s++) {
        for (int i = 0; i < 3; i++)
            for (int j = 0; j < i; j++) {
                const float a = p[j][0] - p[i][0], b = p[j][1] - p[i][1], k = 0.5f / (0.5f + a * a + b * b);
                g[i][0] += k * a;
                g[i][1] += k * b;
                g[j][0] -= k * a;
                g[j][1] -= k * b;
            }
        for (int i = 0; i < 3; i++)
            for (int d = 0; d < 2; d++)
                p[i][d] += 0.1f * g[i][d];
    }
    return 0.25 * p[1][0] * p[1][1];
}
