// One LSTM step with scalar gates, called in a loop through pointers.
// test: grad f(n = 3, w[8] ~ -1..1, x[3] ~ -1..1)

#include <adgen.h>
#include <math.h>

static double sigmoid(double x)
{
    return 1 / (1 + exp(-x));
}

static void lstm(const double *w, double x, double *h, double *c)
{
    const double i = sigmoid(w[0] * x + w[1] * *h), o = sigmoid(w[2] * x + w[3] * *h);
    const double g = tanh(w[4] * x + w[5] * *h), forget = sigmoid(w[6] * x + w[7] * *h);
    *c = forget * *c + i * g;
    *h = o * tanh(*c);
}

ADGEN_GRAD(w, x)
double f(int n, const double *w, const double *x)
{
    double h = 0, c = 0;
    for (int t = 0; t < n; t++)
        lstm(w, x[t], &h, &c);
    return h;
}
