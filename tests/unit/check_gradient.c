/* check_gradient.c: the gradient check passes a right gradient, and finds a wrong one and where it is wrong. */
#include "adgen_check.h"
#include "check.h"

enum { N = 4 };

/* exp(x0) sin(x1) + scale x2^3; x3 is not used. */
static double f(const double *x, void *user)
{
    const double *scale = user;
    return exp(x[0]) * sin(x[1]) + *scale * x[2] * x[2] * x[2];
}

static float ff(const float *x, void *user)
{
    const double *scale = user;
    return expf(x[0]) * sinf(x[1]) + (float)*scale * x[2] * x[2] * x[2];
}

static double not_a_number(const double *x, void *user)
{
    (void)user;
    return sqrt(-1.0 - x[0] * x[0]);
}

int main(void)
{
    double scale = 2.0;
    const double x[N] = {0.5, 1.25, 100.0, 3.0};
    double g[N] = {exp(0.5) * sin(1.25), exp(0.5) * cos(1.25), 3.0 * scale * 1e4, 0.0};
    adgen_check_report report;
    adgen_check_place places[N];

    CHECK(adgen_check_gradient(f, &scale, x, g, N, 1e-6, &report, places) == ADGEN_OK);
    CHECK(report.count == N && report.wrong == 0);
    CHECK(report.worst.error < 1e-8);
    CHECK(places[2].index == 2 && places[2].error < 1e-10);

    g[1] *= 1.001;
    g[3] = 1e7;
    CHECK(adgen_check_gradient(f, &scale, x, g, N, 1e-6, &report, NULL) == ADGEN_MISMATCH);
    CHECK(report.wrong >= 1 && report.worst.index == 3);
    g[3] = 0.0;

    const double near[N] = {0.5, 1.25, 0.5, 3.0};
    g[2] = 3.0 * scale * 0.25;
    CHECK(adgen_check_gradient(f, &scale, near, g, N, 1e-6, &report, NULL) == ADGEN_MISMATCH);
    CHECK(report.wrong == 1 && report.worst.index == 1);

    const float xf[N] = {0.5f, 1.25f, 0.5f, 3.0f};
    const float gf[N] = {expf(0.5f) * sinf(1.25f), expf(0.5f) * cosf(1.25f), 1.5f, 0.0f};
    CHECK(adgen_check_gradientf(ff, &scale, xf, gf, N, 1e-2, &report, NULL) == ADGEN_OK);
    CHECK(report.worst.error < 1e-3);

    CHECK(adgen_check_gradient(not_a_number, NULL, x, g, 1, 1e-6, &report, NULL) == ADGEN_MISMATCH);
    CHECK(isinf(report.worst.error));
    adgen_check_print(stdout, &report);
    return check_result();
}
