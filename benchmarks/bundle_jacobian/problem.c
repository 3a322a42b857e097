#include "bench.h"

void reprojection(const double camera[11], const double point[3], double weight, const double feature[2],
                  double error[2]);
typedef void reprojection_derivative(const double camera[11], const double point[3], double weight,
                                     const double feature[2], double error[2], double camera_bar[11],
                                     double point_bar[3], double *weight_bar, double error_bar[2]);
reprojection_derivative reprojection_by_hand;
BENCH_OPTIONAL reprojection_derivative reprojection_vjp;

static struct {
    int observations, *camera_of, *point_of;
    double *cameras, *points, *weights, *features, *error;
    double *cameras_bar, *points_bar, *weights_bar, *error_bar, (*jacobian)[2][15];
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
    of.jacobian = bench_memory(o * sizeof *of.jacobian);
    for (size_t i = 0; i < c; i++) {
        of.cameras[11 * i + 5] -= 5.0; /* in front of the points */
        of.cameras[11 * i + 6] += 2.0;
    }
}

static double primal(void)
{
    for (int o = 0; o < of.observations; o++)
        reprojection(&of.cameras[11 * of.camera_of[o]], &of.points[3 * of.point_of[o]], of.weights[o],
                     &of.features[2 * o], &of.error[2 * o]);
    return 0.0;
}

/* All Jacobians, two rows each; and, for the check, their product with the seeds. */
static double gradient(bench_function *derivative)
{
    for (int o = 0; o < of.observations; o++) {
        const int camera = 11 * of.camera_of[o], point = 3 * of.point_of[o];
        for (int i = 0; i < 2; i++) {
            double *const row = of.jacobian[o][i];
            double seed[2] = {i == 0, i == 1};
            for (int j = 0; j < 15; j++)
                row[j] = 0.0;
            ((reprojection_derivative *)derivative)(&of.cameras[camera], &of.points[point], of.weights[o],
                                                    &of.features[2 * o], &of.error[2 * o], row, row + 11, row + 14,
                                                    seed);
            const double weight = of.error_bar[2 * o + i];
            for (int j = 0; j < 11; j++)
                of.cameras_bar[camera + j] += weight * row[j];
            for (int j = 0; j < 3; j++)
                of.points_bar[point + j] += weight * row[11 + j];
            of.weights_bar[o] += weight * row[14];
            of.error_bar[2 * o + i] = 0.0;
        }
    }
    return 0.0;
}

const bench_problem bench_this = {
    .name = "bundle_jacobian",
    .parameters = "cameras points observations",
    .check = {3, 7, 20},
    .sizes = {{10, 200, 1000}, {50, 10000, 40000}, {200, 40000, 200000}},
    .growth = {{10, 1000, 4000}, {20, 2000, 8000}, {40, 4000, 16000}, {80, 8000, 32000}},
    .set_up = set_up,
    .primal = primal,
    .gradient = gradient,
    .by_hand = (bench_function *)reprojection_by_hand,
    .adgen = (bench_function *)reprojection_vjp,
};
