/*
 * The adjoint of book_value by hand. The derivatives by d1 and d2 cancel in all but the volatility (discounted n(d2) is
 * spot n(d1)), which leaves the Greeks: one density more than the value itself needs.
 */
#include <math.h>

double book_value_by_hand(int n, const double *spot, const double *strike, const double *volatility,
                          const double *expiry, double rate, const double *quantity, const int *is_put,
                          double *spot_bar, double *volatility_bar, double *expiry_bar, double *rate_bar);

double book_value_by_hand(int n, const double *restrict spot, const double *restrict strike,
                          const double *restrict volatility, const double *restrict expiry, double rate,
                          const double *restrict quantity, const int *restrict is_put, double *restrict spot_bar,
                          double *restrict volatility_bar, double *restrict expiry_bar, double *restrict rate_bar)
{
    const double sqrt_half = 0.70710678118654752440, by_sqrt_two_pi = 0.39894228040143267794;
    double value = 0.0, rho = 0.0;
    for (int i = 0; i < n; i++) {
        const double s = spot[i], vol = volatility[i], t = expiry[i], root = sqrt(t), deviation = vol * root;
        const double d1 = (log(s / strike[i]) + (rate + 0.5 * vol * vol) * t) / deviation, d2 = d1 - deviation;
        const double discounted = strike[i] * exp(-rate * t);
        const double sign = is_put[i] ? -1.0 : 1.0;
        const double delta = quantity[i] * sign * (0.5 * erfc(-sign * d1 * sqrt_half));
        const double owed = quantity[i] * sign * (0.5 * erfc(-sign * d2 * sqrt_half)) * discounted;
        const double density = quantity[i] * s * by_sqrt_two_pi * exp(-0.5 * d1 * d1);
        value += s * delta - owed;
        rho += owed * t;
        spot_bar[i] += delta;
        volatility_bar[i] += density * root;
        expiry_bar[i] += 0.5 * density * vol / root + rate * owed;
    }
    *rate_bar += rho;
    return value;
}
