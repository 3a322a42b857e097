#include "bench.h"

void bundle_adjustment(int observations, const double *cameras, const double *points, const double *weights,
                       const int *camera_of, const int *point_of, const double *features, double *error,
                       double *weight_error);
typedef void bundle_vjp(int observations, const double *cameras, const double *points, const double *weights,
                        const int *camera_of, const int *point_of, const double *features, double *error,
                        double *weight_error, double *cameras_bar, double *points_bar, double *weights_bar,
                        double *error_bar, double *weight_error_bar);
bundle_vjp bundle_adjustment_by_hand;
BENCH_OPTIONAL bundle_vjp bundle_adjustment_vjp, bundle_adjustment_adolc;

static struct {
    int observations, *camera_of, *point_of;
    double *cameras, *points, *weights, *features, *error, *weight_error;
    double *cameras_bar, *points_bar, *weights_bar, *error_bar, *weight_error_bar;
} of;

static void set_up(const long *size)
{
    const int n_cameras = (int)size[0], n_points = (int)size[1];
    const size_t c = (size_t)n_cameras, p = (size_t)n_points, o = (size_t)size[2];
    of.observations = (int)size[2];
    of.cameras = bench_input("cameras", 11 * c, &of.cameras_bar, -0.2, 0.2);
    of.points = bench_input("points", 3 * p, &of.points_bar, -1.0, 1.0);
    of.weights = bench_input("weights", o, &of.weights_bar, 0.5, 1.0);
    of.camera_of = bench_integers("camera_of", o, 0, n_cameras);
    of.point_of = bench_integers("point_of", o, 0, n_points);
    of.features = bench_constant("features", 2 * o, -1.0, 1.0);
    of.error = bench_output("error", 2 * o, &of.error_bar);
    of.weight_error = bench_output("weight_error", o, &of.weight_error_bar);
    for (size_t i = 0; i < c; i++) {
        of.cameras[11 * i + 5] -= 5.0; /* in front of the points */
        of.cameras[11 * i + 6] += 2.0;
    }
}

static double primal(void)
{
    bundle_adjustment(of.observations, of.cameras, of.points, of.weights, of.camera_of, of.point_of, of.features,
                      of.error, of.weight_error);
    return 0.0;
}

static double gradient(bench_function *derivative)
{
    ((bundle_vjp *)derivative)(of.observations, of.cameras, of.points, of.weights, of.camera_of, of.point_of,
                               of.features, of.error, of.weight_error, of.cameras_bar, of.points_bar, of.weights_bar,
                               of.error_bar, of.weight_error_bar);
    return 0.0;
}

const bench_problem bench_this = {
    .name = "bundle_adjustment",
    .parameters = "cameras points observations",
    .check = {3, 7, 20},
    .sizes = {{10, 200, 1000}, {50, 10000, 40000}, {500, 200000, 800000}},
    .growth = {{10, 1000, 4000}, {20, 2000, 8000}, {40, 4000, 16000}, {80, 8000, 32000}},
    .set_up = set_up,
    .primal = primal,
    .gradient = gradient,
    .by_hand = (bench_function *)bundle_adjustment_by_hand,
    .adgen = (bench_function *)bundle_adjustment_vjp,
    .adolc = (bench_function *)bundle_adjustment_adolc,
};
