#include "bench.h"

double book_value(int n, const double *spot, const double *strike, const double *volatility, const double *expiry,
                  double rate, const double *quantity, const int *is_put);
typedef double book_gradient(int n, const double *spot, const double *strike, const double *volatility,
                             const double *expiry, double rate, const double *quantity, const int *is_put,
                             double *spot_bar, double *volatility_bar, double *expiry_bar, double *rate_bar);
book_gradient book_value_by_hand;
BENCH_OPTIONAL book_gradient book_value_grad, book_value_adolc;

static struct {
    int n, *is_put;
    double *spot, *strike, *volatility, *expiry, *rate, *quantity;
    double *spot_bar, *volatility_bar, *expiry_bar, *rate_bar;
} of;

static void set_up(const long *size)
{
    of.n = (int)size[0];
    const size_t n = (size_t)of.n;
    of.spot = bench_input("spot", n, &of.spot_bar, 80.0, 120.0);
    of.strike = bench_constant("strike", n, 80.0, 120.0);
    of.volatility = bench_input("volatility", n, &of.volatility_bar, 0.1, 0.5);
    of.expiry = bench_input("expiry", n, &of.expiry_bar, 0.2, 2.0);
    of.rate = bench_input("rate", 1, &of.rate_bar, 0.01, 0.05);
    of.quantity = bench_constant("quantity", n, -10.0, 10.0);
    of.is_put = bench_integers("is_put", n, 0, 2);
}

static double primal(void)
{
    return book_value(of.n, of.spot, of.strike, of.volatility, of.expiry, *of.rate, of.quantity, of.is_put);
}

static double gradient(bench_function *derivative)
{
    return ((book_gradient *)derivative)(of.n, of.spot, of.strike, of.volatility, of.expiry, *of.rate, of.quantity,
                                         of.is_put, of.spot_bar, of.volatility_bar, of.expiry_bar, of.rate_bar);
}

const bench_problem bench_this = {
    .name = "black_scholes",
    .parameters = "options",
    .check = {30},
    .sizes = {{1000}, {30000}, {1000000}},
    .growth = {{4000}, {8000}, {16000}, {32000}},
    .set_up = set_up,
    .primal = primal,
    .gradient = gradient,
    .by_hand = (bench_function *)book_value_by_hand,
    .adgen = (bench_function *)book_value_grad,
    .adolc = (bench_function *)book_value_adolc,
};
