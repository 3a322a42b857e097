// Products of the same factors in an adjoint's sum are collected: powers written out, products in any order, quotients,
// and constants. Terms that cancel stay.
// test: grad powers(x ~ -2..2, y ~ 0.5..2)
// test: grad orders(x ~ -2..2, y ~ 0.5..2, z ~ -1..1)
// test: grad quotients(x ~ 0.5..2, y ~ 0.5..2)
// test: grad constants(x ~ -2..2)
// test: grad cancels(x ~ -2..2, y ~ -2..2)
// test: grad single(x ~ -2..2, y ~ 0.5..2)
// test: grad elements(n = 5, x[5] ~ -1..1)
#include <adgen.h>
#include <math.h>

ADGEN_GRAD(x, y)
double powers(double x, double y)
{
    const double cube = x * x * x;
    return cube * y - y * y * y * x * x + cube * cube;
}

ADGEN_GRAD(x, y, z)
double orders(double x, double y, double z)
{
    const double a = x * y * z, b = z * (x * x) * y, c = (y * z) * (x * y);
    return sin(a) + a * b + x * c + b * c * 0.25;
}

ADGEN_GRAD(x, y)
double quotients(double x, double y)
{
    const double q = x * x / y;
    return q * x + x / y * x - x * (x / y) * (x / y);
}

ADGEN_GRAD(x)
double constants(double x)
{
    return 0.3 * x * x + 0.6 * (x * x) - (-x) * x * 0.1 + 2.0 * x + x;
}

ADGEN_GRAD(x, y)
double cancels(double x, double y)
{
    return x * y - y * x + x * x * y - (-x) * y * x + x * -y * x;
}

ADGEN_GRAD(x, y)
float single(float x, float y)
{
    const float cube = 0.044715f * x * x * x;
    return 0.5f * x * (1.0f + tanhf(0.8f * (x + cube))) * y;
}

ADGEN_GRAD(x)
double elements(int n, const double *x)
{
    double s = 0.0;
    for (int i = 0; i < n; i++)
        s += x[i] * x[i] * x[i] - x[i] * x[(i + 1) % n] * x[i];
    return s * s * s;
}
