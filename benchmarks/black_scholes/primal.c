/* The value of a book of European options by Black and Scholes, with one interest rate for all of them. */
#include <adgen.h>
#include <math.h>

#define SQRT_HALF 0.70710678118654752440

static double normal_cdf(double x)
{
    return 0.5 * erfc(-x * SQRT_HALF);
}

ADGEN_GRAD(spot, volatility, expiry, rate)
double book_value(int n, const double *spot, const double *strike, const double *volatility, const double *expiry,
                  double rate, const double *quantity, const int *is_put)
{
    double value = 0.0;
    for (int i = 0; i < n; i++) {
        double deviation = volatility[i] * sqrt(expiry[i]);
        double d1 = (log(spot[i] / strike[i]) + (rate + 0.5 * volatility[i] * volatility[i]) * expiry[i]) / deviation;
        double d2 = d1 - deviation;
        double discounted = strike[i] * exp(-rate * expiry[i]);
        double price;
        if (is_put[i])
            price = discounted * normal_cdf(-d2) - spot[i] * normal_cdf(-d1);
        else
            price = spot[i] * normal_cdf(d1) - discounted * normal_cdf(d2);
        value += quantity[i] * price;
    }
    return value;
}
