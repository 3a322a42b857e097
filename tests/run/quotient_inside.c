// The adjoint of a function of a quotient divides by the quotient and by its divisor: the two cancel.
// test: grad log_ratio(n = 3, s[3] ~ 0.8 1.3 2.1, k[3] ~ 1.1 0.4 2.5)
// test: grad powers(a ~ 1.7, b ~ 0.6, p ~ 1.4)
// test: grad narrow(a ~ 1.7, b ~ 0.6)
#include <adgen.h>
#include <math.h>

ADGEN_GRAD(s, k)
double log_ratio(int n, const double *s, const double *k)
{
    double sum = 0.0;
    for (int i = 0; i < n; i++)
        sum += log(s[i] / k[i]) * (s[i] / k[i] + log(k[i]));
    return sum;
}

ADGEN_GRAD(a, b, p)
double powers(double a, double b, double p)
{
    double q = a / b;
    return pow(q, p) + sqrt(q) * log1p(q) / q;
}

ADGEN_GRAD(a, b)
double narrow(float a, double b)
{
    float q = a / (float)b;
    return log(q) + logf(q) * q;
}
