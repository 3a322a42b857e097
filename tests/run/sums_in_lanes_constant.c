// Adjoints that loops of a constant length add up: lanes that leave nothing over, lanes that leave some, and loops that
// are too short for them.
// test: grad layers(n = 3, x[72] ~ -1..1, shift[3] ~ 0.2 -0.3 0.4)
// test: grad once(x[40] ~ -1..1, w ~ 0.7)
#include <adgen.h>
#include <math.h>

enum { WIDTH = 16, LONG = 24 };

ADGEN_GRAD(x, shift)
double layers(int n, const double *x, const double *shift)
{
    double sum = 0.0;
    for (int i = 0; i < n; i++) {
        const double *row = x + LONG * i;
        double mean = 0.0, variance = 0.0, rest = 0.0;
        for (int j = 0; j < WIDTH; j++)
            mean += (row[j] - shift[i]) / WIDTH;
        for (int j = 0; j < WIDTH; j++)
            variance += (row[j] - mean) * (row[j] - mean) / WIDTH;
        for (int j = 2; j < 10; j++)
            rest += (row[j] - mean) * (row[j + 1] - mean);
        for (int j = 1; j < 22; j++)
            rest += (row[j] - mean) * row[j];
        sum += exp(-rest) / sqrt(variance + 0.1);
    }
    return sum;
}

ADGEN_GRAD(x, w)
double once(const double *x, double w)
{
    double y[40], s = 0.0, t = 0.0;
    for (int j = 0; j < 40; j++)
        y[j] = x[j] * w;
    for (int j = 39; j >= 0; j--)
        s = s * 0.9 + y[j] * x[j];
    for (int j = 0; j < 19; j++)
        t = t * 0.5 + y[j] * w;
    return s * t;
}
