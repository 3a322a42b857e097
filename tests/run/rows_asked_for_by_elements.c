// A work array that lives on as a row is asked for by loops and by single elements, which different statements wrote.
// test: grad f(steps = 3, y[11] ~ -1..1, a ~ 0.5..1.5)
// test: grad f(steps = 1, y[11] ~ -1..1, a ~ 0.5..1.5)
#include <adgen.h>

ADGEN_GRAD(y, a)
double f(int steps, const double *y, double a)
{
    double u[11], k[11], l[11], w[11], sum = 0.0;
    for (int i = 0; i < 11; i++)
        u[i] = y[i];
    for (int s = 0; s < steps; s++) {
        double left = 0.0;
        for (int i = 0; i < 11; i++) {
            const double next = i + 1 < 11 ? u[i + 1] : 0.0 * u[i];
            const double right = a * (next - u[i]);
            k[i] = right - left - 0.1 * u[i] * u[i];
            left = right;
        }
        for (int i = 0; i < 11; i++)
            w[i] = u[i] + 0.1 * k[i];
        left = 0.0;
        for (int i = 0; i < 11; i++) {
            const double next = i + 1 < 11 ? w[i + 1] : 0.0 * w[i];
            const double right = a * (next - w[i]);
            l[i] = right - left - 0.1 * w[i] * w[i];
            left = right;
        }
        for (int i = 0; i < 11; i++)
            u[i] += 0.1 * (k[i] + l[i]);
    }
    for (int i = 0; i < 11; i++)
        sum += u[i] * u[i];
    return sum;
}
