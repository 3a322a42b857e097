#include "bench.h"

double hmm_likelihood(int n, int symbols, int length, const double initial[n], const double transition[n][n],
                      const double emission[n][symbols], const int *seen);
typedef double hmm_derivative(int n, int symbols, int length, const double initial[n], const double transition[n][n],
                              const double emission[n][symbols], const int *seen, double initial_bar[n],
                              double transition_bar[n][n], double emission_bar[n][symbols]);
hmm_derivative hmm_likelihood_by_hand;
BENCH_OPTIONAL hmm_derivative hmm_likelihood_grad;

static struct {
    int n, symbols, length, *seen;
    double *initial, *transition, *emission, *initial_bar, *transition_bar, *emission_bar;
} of;

static void set_up(const long *size)
{
    of.n = (int)size[0];
    of.symbols = (int)size[1];
    of.length = (int)size[2];
    const size_t n = (size_t)of.n;
    of.initial = bench_input("initial", n, &of.initial_bar, 0.1, 1.0);
    of.transition = bench_input("transition", n * n, &of.transition_bar, 0.1 / of.n, 1.9 / of.n);
    of.emission = bench_input("emission", n * (size_t)of.symbols, &of.emission_bar, 0.01, 0.2);
    of.seen = bench_integers("seen", (size_t)of.length, 0, of.symbols);
}

static double primal(void)
{
    return hmm_likelihood(of.n, of.symbols, of.length, of.initial, (void *)of.transition, (void *)of.emission, of.seen);
}

static double gradient(bench_function *derivative)
{
    return ((hmm_derivative *)derivative)(of.n, of.symbols, of.length, of.initial, (void *)of.transition,
                                          (void *)of.emission, of.seen, of.initial_bar, (void *)of.transition_bar,
                                          (void *)of.emission_bar);
}

const bench_problem bench_this = {
    .name = "hmm",
    .parameters = "states symbols length",
    .check = {5, 3, 8},
    .sizes = {{8, 10, 500}, {64, 20, 500}, {512, 100, 100}},
    .growth = {{32, 20, 250}, {32, 20, 500}, {32, 20, 1000}, {32, 20, 2000}},
    .set_up = set_up,
    .primal = primal,
    .gradient = gradient,
    .by_hand = (bench_function *)hmm_likelihood_by_hand,
    .adgen = (bench_function *)hmm_likelihood_grad,
};
