// A work array that a checkpoint keeps, though each step fills it before it looks: its first state is nobody's.
// test: grad f(x ~ 0.5, k ~ 0.25)

#include <adgen.h>
#include <math.h>

ADGEN_GRAD(x, k)
double f(double x, double k)
{
    double u[5 * 5], d[5 * 5], s = 0;
    for (int i = 0; i < 5; i++)
        for (int j = 0; j < 5; j++)
            u[i * 5 + j] = sin(x * (i + j));
    for (int t = 0; t < 3; t++) {
        ADGEN_CHECKPOINT(2);
        for (int i = 0; i < 5; i++) {
            const int up = i > 0 ? i - 1 : 5 - 1;
            for (int j = 0; j < 5; j++) {
                const int left = j > 0 ? j - 1 : 5 - 1;
                d[i * 5 + j] = k + sin(u[i * 5 + j] * u[up * 5 + j]) - 0.5 * u[i * 5 + left];
            }
        }
        for (int i = 0; i < 5; i++)
            for (int j = 0; j < 5; j++)
                u[i * 5 + j] += 0.1 * d[i * 5 + j];
    }
    for (int i = 0; i < 25; i++)
        s += u[i] * u[i];
    return s;
}
