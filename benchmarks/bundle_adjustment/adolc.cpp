#include "bench_adolc.h"

static void cross(const adouble *a, const adouble *b, adouble *out)
{
    out[0] = a[1] * b[2] - a[2] * b[1];
    out[1] = a[2] * b[0] - a[0] * b[2];
    out[2] = a[0] * b[1] - a[1] * b[0];
}

static void project(const adouble *camera, const adouble *point, adouble *out)
{
    adouble moved[3], seen[3], side[3], axis[3], square = 0.0;
    for (int i = 0; i < 3; i++) {
        moved[i] = point[i] - camera[3 + i];
        square += camera[i] * camera[i];
    }
    if (square.value() != 0.0) {
        const adouble theta = sqrt(square), c = cos(theta), s = sin(theta);
        for (int i = 0; i < 3; i++)
            axis[i] = camera[i] / theta;
        cross(axis, moved, side);
        const adouble along = (axis[0] * moved[0] + axis[1] * moved[1] + axis[2] * moved[2]) * (1.0 - c);
        for (int i = 0; i < 3; i++)
            seen[i] = moved[i] * c + side[i] * s + axis[i] * along;
    } else {
        cross(camera, moved, side);
        for (int i = 0; i < 3; i++)
            seen[i] = moved[i] + side[i];
    }
    out[0] = seen[0] / seen[2];
    out[1] = seen[1] / seen[2];
    const adouble r2 = out[0] * out[0] + out[1] * out[1], stretch = 1.0 + camera[9] * r2 + camera[10] * r2 * r2;
    for (int i = 0; i < 2; i++)
        out[i] = out[i] * stretch * camera[6] + camera[7 + i];
}

/* The seeds make one number of the errors, whose gradient is wanted. */
extern "C" void bundle_adjustment_adolc(int observations, const double *cameras_, const double *points_,
                                        const double *weights_, const int *camera_of, const int *point_of,
                                        const double *features, double *error, double *weight_error,
                                        double *cameras_bar, double *points_bar, double *weights_bar, double *error_bar,
                                        double *weight_error_bar)
{
    int n_cameras = 0, n_points = 0;
    for (int o = 0; o < observations; o++) {
        n_cameras = camera_of[o] >= n_cameras ? camera_of[o] + 1 : n_cameras;
        n_points = point_of[o] >= n_points ? point_of[o] + 1 : n_points;
    }
    const std::size_t c = static_cast<std::size_t>(11 * n_cameras), p = static_cast<std::size_t>(3 * n_points);
    const std::size_t n = static_cast<std::size_t>(observations);
    bench_tape tape(c + p + n);
    const adouble *cameras = tape.input(cameras_, cameras_bar, c), *points = tape.input(points_, points_bar, p);
    const adouble *weights = tape.input(weights_, weights_bar, n);
    adouble sum = 0.0;
    for (int o = 0; o < observations; o++) {
        adouble at[2];
        project(&cameras[11 * camera_of[o]], &points[3 * point_of[o]], at);
        for (int i = 0; i < 2; i++) {
            const adouble e = weights[o] * (at[i] - features[2 * o + i]);
            error[2 * o + i] = e.value();
            sum += error_bar[2 * o + i] * e;
            error_bar[2 * o + i] = 0.0;
        }
        const adouble w = 1.0 - weights[o] * weights[o];
        weight_error[o] = w.value();
        sum += weight_error_bar[o] * w;
        weight_error_bar[o] = 0.0;
    }
    tape.gradient(sum);
}
