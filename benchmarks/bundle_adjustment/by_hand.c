/* The adjoint of bundle_adjustment by hand: the observations are independent but for sums, and the seeds are known, so
 * each goes forward and back at once, and nothing is stored. */
#include <math.h>
#include <stdbool.h>

enum { ROTATION = 0, CENTRE = 3, FOCAL = 6, PRINCIPAL = 7, RADIAL = 9, CAMERA = 11 };

void bundle_adjustment_by_hand(int observations, const double *cameras, const double *points, const double *weights,
                               const int *camera_of, const int *point_of, const double *features, double *error,
                               double *weight_error, double *cameras_bar, double *points_bar, double *weights_bar,
                               double *error_bar, double *weight_error_bar);

/*
 * Forward and back for one observation; returns the errors in `error`, adds to the three bars. With o the adjoint of
 * R p = c p + s (a x p) + (1 - c) (a.p) a, where a is the axis:
 *     p_bar = c o + s (o x a) + (1 - c) (o.a) a        a_bar = s (p x o) + (1 - c) ((o.a) p + (a.p) o)
 */
static inline void observe(const double *restrict camera, const double *restrict point, double weight,
                           const double *restrict feature, const double *restrict error_bar, double *restrict error,
                           double *restrict camera_bar, double *restrict point_bar, double *restrict weight_bar)
{
    const double p0 = point[0] - camera[CENTRE], p1 = point[1] - camera[CENTRE + 1], p2 = point[2] - camera[CENTRE + 2];
    const double r0 = camera[ROTATION], r1 = camera[ROTATION + 1], r2 = camera[ROTATION + 2];
    const double square = r0 * r0 + r1 * r1 + r2 * r2;
    const bool turned = square != 0.0;
    /* Without rotation: the first order, p + r x p. */
    double theta = 1.0, c = 1.0, s = 1.0;
    if (turned) {
        theta = sqrt(square);
        c = cos(theta);
        s = sin(theta);
    }
    const double by_theta = 1.0 / theta, a0 = r0 * by_theta, a1 = r1 * by_theta, a2 = r2 * by_theta;
    const double side0 = a1 * p2 - a2 * p1, side1 = a2 * p0 - a0 * p2, side2 = a0 * p1 - a1 * p0;
    const double dot = a0 * p0 + a1 * p1 + a2 * p2, along = dot * (1.0 - c);
    const double by_depth = 1.0 / (p2 * c + side2 * s + a2 * along);
    const double u = (p0 * c + side0 * s + a0 * along) * by_depth, v = (p1 * c + side1 * s + a1 * along) * by_depth;
    const double q = u * u + v * v, k1 = camera[RADIAL], k2 = camera[RADIAL + 1], f = camera[FOCAL];
    const double stretch = 1.0 + k1 * q + k2 * q * q, du = u * stretch, dv = v * stretch;
    const double off0 = du * f + camera[PRINCIPAL] - feature[0], off1 = dv * f + camera[PRINCIPAL + 1] - feature[1];
    error[0] = weight * off0;
    error[1] = weight * off1;

    const double e0 = error_bar[0], e1 = error_bar[1];
    *weight_bar += e0 * off0 + e1 * off1;
    const double m0 = weight * e0, m1 = weight * e1;
    camera_bar[PRINCIPAL] += m0;
    camera_bar[PRINCIPAL + 1] += m1;
    camera_bar[FOCAL] += m0 * du + m1 * dv;
    const double stretch_bar = f * (m0 * u + m1 * v);
    camera_bar[RADIAL] += stretch_bar * q;
    camera_bar[RADIAL + 1] += stretch_bar * q * q;
    const double q_bar = 2.0 * stretch_bar * (k1 + 2.0 * k2 * q);
    const double o0 = (m0 * f * stretch + q_bar * u) * by_depth, o1 = (m1 * f * stretch + q_bar * v) * by_depth;
    const double o2 = -(o0 * u + o1 * v);

    const double oa = (o0 * a0 + o1 * a1 + o2 * a2) * (1.0 - c);
    const double x0 = c * o0 + s * (o1 * a2 - o2 * a1) + oa * a0;
    const double x1 = c * o1 + s * (o2 * a0 - o0 * a2) + oa * a1;
    const double x2 = c * o2 + s * (o0 * a1 - o1 * a0) + oa * a2;
    double b0 = s * (p1 * o2 - p2 * o1) + oa * p0 + along * o0;
    double b1 = s * (p2 * o0 - p0 * o2) + oa * p1 + along * o1;
    double b2 = s * (p0 * o1 - p1 * o0) + oa * p2 + along * o2;
    if (turned) {
        const double c_bar = o0 * p0 + o1 * p1 + o2 * p2 - dot * (o0 * a0 + o1 * a1 + o2 * a2);
        const double s_bar = o0 * side0 + o1 * side1 + o2 * side2;
        const double theta_bar = c * s_bar - s * c_bar - (b0 * a0 + b1 * a1 + b2 * a2) * by_theta;
        b0 = b0 * by_theta + theta_bar * a0;
        b1 = b1 * by_theta + theta_bar * a1;
        b2 = b2 * by_theta + theta_bar * a2;
    }
    camera_bar[ROTATION] += b0;
    camera_bar[ROTATION + 1] += b1;
    camera_bar[ROTATION + 2] += b2;
    camera_bar[CENTRE] -= x0;
    camera_bar[CENTRE + 1] -= x1;
    camera_bar[CENTRE + 2] -= x2;
    point_bar[0] += x0;
    point_bar[1] += x1;
    point_bar[2] += x2;
}

void bundle_adjustment_by_hand(int observations, const double *cameras, const double *points, const double *weights,
                               const int *camera_of, const int *point_of, const double *features, double *error,
                               double *weight_error, double *cameras_bar, double *points_bar, double *weights_bar,
                               double *error_bar, double *weight_error_bar)
{
    for (int o = 0; o < observations; o++) {
        const int camera = CAMERA * camera_of[o], point = 3 * point_of[o];
        double weight_bar = -2.0 * weights[o] * weight_error_bar[o];
        observe(&cameras[camera], &points[point], weights[o], &features[2 * o], &error_bar[2 * o], &error[2 * o],
                &cameras_bar[camera], &points_bar[point], &weight_bar);
        weights_bar[o] += weight_bar;
        weight_error[o] = 1.0 - weights[o] * weights[o];
        weight_error_bar[o] = error_bar[2 * o] = error_bar[2 * o + 1] = 0.0;
    }
}
