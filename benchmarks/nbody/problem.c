#include "bench.h"

double nbody_energy(int n, const double position[n][3], const double mass[n], double softening);
typedef double nbody_gradient(int n, const double position[n][3], const double mass[n], double softening,
                              double position_bar[n][3], double mass_bar[n]);
nbody_gradient nbody_energy_by_hand;
BENCH_OPTIONAL nbody_gradient nbody_energy_grad, nbody_energy_adolc;

static struct {
    int n;
    void *position;
    double *mass, *position_bar, *mass_bar;
} of;

static void set_up(const long *size)
{
    of.n = (int)size[0];
    of.position = bench_input("position", 3 * (size_t)of.n, &of.position_bar, -1.0, 1.0);
    of.mass = bench_input("mass", (size_t)of.n, &of.mass_bar, 0.5, 1.5);
}

static double primal(void)
{
    return nbody_energy(of.n, of.position, of.mass, 0.05);
}

static double gradient(bench_function *derivative)
{
    return ((nbody_gradient *)derivative)(of.n, of.position, of.mass, 0.05, (void *)of.position_bar, of.mass_bar);
}

const bench_problem bench_this = {
    .name = "nbody",
    .parameters = "bodies",
    .check = {12},
    .sizes = {{100}, {1000}, {6000}},
    .growth = {{500}, {707}, {1000}, {1414}},
    .set_up = set_up,
    .primal = primal,
    .gradient = gradient,
    .by_hand = (bench_function *)nbody_energy_by_hand,
    .adgen = (bench_function *)nbody_energy_grad,
    .adolc = (bench_function *)nbody_energy_adolc,
};
