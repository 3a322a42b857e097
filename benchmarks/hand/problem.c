#include "bench.h"

void hand_errors(int vertices, int points, const double theta[26], const int parent[22], const double relative[22][12],
                 const double inverse[22][12], const double vertex[vertices][3], const double weight[22][vertices],
                 const int *vertex_of, const double point[points][3], double error[points][3]);
typedef void hand_derivative(int vertices, int points, const double theta[26], const int parent[22],
                             const double relative[22][12], const double inverse[22][12],
                             const double vertex[vertices][3], const double weight[22][vertices], const int *vertex_of,
                             const double point[points][3], double error[points][3], double theta_bar[26],
                             double error_bar[points][3]);
hand_derivative hand_errors_by_hand;
BENCH_OPTIONAL hand_derivative hand_errors_vjp;

static struct {
    int vertices, points, *parent, *vertex_of;
    double *theta, *relative, *inverse, *vertex, *weight, *point, *error, *theta_bar, *error_bar;
} of;

static void set_up(const long *size)
{
    enum { BONES = 22 };
    of.vertices = (int)size[0];
    of.points = (int)size[1];
    const size_t v = (size_t)of.vertices, p = (size_t)of.points;
    of.theta = bench_input("theta", 26, &of.theta_bar, -0.5, 0.5);
    of.parent = bench_integers("parent", BONES, 0, 1);
    of.relative = bench_constant("relative", 12 * BONES, -0.6, 0.6);
    of.inverse = bench_constant("inverse", 12 * BONES, -0.6, 0.6);
    of.vertex = bench_constant("vertex", 3 * v, -1.0, 1.0);
    of.weight = bench_constant("weight", BONES * v, 0.0, 0.1);
    of.vertex_of = bench_integers("vertex_of", p, 0, of.vertices);
    of.point = bench_constant("point", 3 * p, -1.0, 1.0);
    of.error = bench_output("error", 3 * p, &of.error_bar);
    /* The wrist, the palm, and four bones in a row for each finger. */
    for (int b = 0; b < BONES; b++)
        of.parent[b] = b == 0 ? -1 : b == 1 ? 0 : (b - 2) % 4 == 0 ? 1 : b - 1;
}

static double primal(void)
{
    hand_errors(of.vertices, of.points, of.theta, of.parent, (void *)of.relative, (void *)of.inverse, (void *)of.vertex,
                (void *)of.weight, of.vertex_of, (void *)of.point, (void *)of.error);
    return 0.0;
}

static double gradient(bench_function *derivative)
{
    ((hand_derivative *)derivative)(of.vertices, of.points, of.theta, of.parent, (void *)of.relative,
                                    (void *)of.inverse, (void *)of.vertex, (void *)of.weight, of.vertex_of,
                                    (void *)of.point, (void *)of.error, of.theta_bar, (void *)of.error_bar);
    return 0.0;
}

const bench_problem bench_this = {
    .name = "hand",
    .parameters = "vertices points",
    .check = {9, 12},
    .sizes = {{544, 100}, {544, 10000}, {20000, 20000}},
    .growth = {{500, 500}, {1000, 1000}, {2000, 2000}, {4000, 4000}},
    .set_up = set_up,
    .primal = primal,
    .gradient = gradient,
    .by_hand = (bench_function *)hand_errors_by_hand,
    .adgen = (bench_function *)hand_errors_vjp,
};
