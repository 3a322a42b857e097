#include "bench_adolc.h"

static adouble normal_cdf(const adouble &x)
{
    return 0.5 + 0.5 * erf(x * 0.70710678118654752440);
}

extern "C" double book_value_adolc(int count, const double *spot_, const double *strike, const double *volatility_,
                                   const double *expiry_, double rate_, const double *quantity, const int *is_put,
                                   double *spot_bar, double *volatility_bar, double *expiry_bar, double *rate_bar)
{
    const std::size_t n = static_cast<std::size_t>(count);
    bench_tape tape(3 * n + 1);
    const adouble *spot = tape.input(spot_, spot_bar, n), *volatility = tape.input(volatility_, volatility_bar, n);
    const adouble *expiry = tape.input(expiry_, expiry_bar, n), &rate = *tape.input(&rate_, rate_bar, 1);
    adouble value = 0.0;
    for (std::size_t i = 0; i < n; i++) {
        const adouble deviation = volatility[i] * sqrt(expiry[i]);
        const adouble d1 =
            (log(spot[i] / strike[i]) + (rate + 0.5 * volatility[i] * volatility[i]) * expiry[i]) / deviation;
        const adouble d2 = d1 - deviation, discounted = strike[i] * exp(-rate * expiry[i]);
        if (is_put[i])
            value += quantity[i] * (discounted * normal_cdf(-d2) - spot[i] * normal_cdf(-d1));
        else
            value += quantity[i] * (spot[i] * normal_cdf(d1) - discounted * normal_cdf(d2));
    }
    return tape.gradient(value);
}
