/*
 * Bundle adjustment, as in ADBench: the weighted reprojection errors of points seen by cameras. A camera is 11 numbers:
 * a rotation (axis times angle), the centre, the focal length, the principal point, two coefficients of radial
 * distortion.
 */
#include <adgen.h>
#include <math.h>

enum { ROTATION = 0, CENTRE = 3, FOCAL = 6, PRINCIPAL = 7, RADIAL = 9, CAMERA = 11 };

static void cross(const double a[3], const double b[3], double out[3])
{
    out[0] = a[1] * b[2] - a[2] * b[1];
    out[1] = a[2] * b[0] - a[0] * b[2];
    out[2] = a[0] * b[1] - a[1] * b[0];
}

/* Rodrigues' formula. */
static void rotate(const double rotation[3], const double point[3], double out[3])
{
    double square = 0.0;
    for (int i = 0; i < 3; i++)
        square += rotation[i] * rotation[i];
    if (square != 0.0) {
        double theta = sqrt(square);
        double c = cos(theta), s = sin(theta);
        double axis[3], side[3];
        for (int i = 0; i < 3; i++)
            axis[i] = rotation[i] / theta;
        cross(axis, point, side);
        double along = (axis[0] * point[0] + axis[1] * point[1] + axis[2] * point[2]) * (1.0 - c);
        for (int i = 0; i < 3; i++)
            out[i] = point[i] * c + side[i] * s + axis[i] * along;
    } else {
        double side[3];
        cross(rotation, point, side);
        for (int i = 0; i < 3; i++)
            out[i] = point[i] + side[i];
    }
}

static void project(const double *camera, const double point[3], double out[2])
{
    double moved[3], seen[3];
    for (int i = 0; i < 3; i++)
        moved[i] = point[i] - camera[CENTRE + i];
    rotate(camera + ROTATION, moved, seen);
    out[0] = seen[0] / seen[2];
    out[1] = seen[1] / seen[2];
    double r2 = out[0] * out[0] + out[1] * out[1];
    double stretch = 1.0 + camera[RADIAL] * r2 + camera[RADIAL + 1] * r2 * r2;
    for (int i = 0; i < 2; i++)
        out[i] = out[i] * stretch * camera[FOCAL] + camera[PRINCIPAL + i];
}

ADGEN_VJP(cameras, points, weights)
void bundle_adjustment(int observations, const double *cameras, const double *points, const double *weights,
                       const int *camera_of, const int *point_of, const double *features, double *error,
                       double *weight_error)
{
    for (int o = 0; o < observations; o++) {
        double at[2];
        project(&cameras[CAMERA * camera_of[o]], &points[3 * point_of[o]], at);
        error[2 * o] = weights[o] * (at[0] - features[2 * o]);
        error[2 * o + 1] = weights[o] * (at[1] - features[2 * o + 1]);
        weight_error[o] = 1.0 - weights[o] * weights[o];
    }
}
