/* lbfgs_rosenbrock.c: L-BFGS finds the minimum of Rosenbrock's function, (1, 1), in double and in float. */
#include "adgen_optim.h"
#include "check.h"

typedef struct problem {
    double x[2], g[2];
    float xf[2], gf[2];
    int evaluations;
} problem;

static double rosenbrock(void *user)
{
    problem *p = user;
    const double a = p->x[1] - p->x[0] * p->x[0], b = 1.0 - p->x[0];
    p->g[0] = -400.0 * a * p->x[0] - 2.0 * b;
    p->g[1] = 200.0 * a;
    p->evaluations++;
    return 100.0 * a * a + b * b;
}

static double rosenbrockf(void *user)
{
    problem *p = user;
    const float a = p->xf[1] - p->xf[0] * p->xf[0], b = 1.0f - p->xf[0];
    p->gf[0] = -400.0f * a * p->xf[0] - 2.0f * b;
    p->gf[1] = 200.0f * a;
    return (double)(100.0f * a * a + b * b);
}

static void in_double(void)
{
    problem p = {.x = {-1.2, 1.0}};
    adgen_settings settings = adgen_lbfgs();
    settings.max_iter = 100;
    settings.tolerance_change = 1e-16;
    adgen_optim optim = ADGEN_OPTIM_INIT;
    double loss = 0.0;
    adgen_optim_add(&optim, "x", p.x, p.g, 2, &settings);
    CHECK(adgen_optim_minimize(&optim, rosenbrock, &p, &loss) == ADGEN_OK);
    CHECK_NEAR(loss, 24.2, 1e-14);
    CHECK_NEAR(p.x[0], 1.0, 1e-6);
    CHECK_NEAR(p.x[1], 1.0, 1e-6);
    CHECK(p.evaluations < 60);

    /* At the minimum it stops at once. */
    p = (problem){.x = {1.0, 1.0}};
    CHECK(adgen_optim_minimize(&optim, rosenbrock, &p, &loss) == ADGEN_OK);
    CHECK(p.evaluations == 1 && loss == 0.0);
    adgen_optim_free(&optim);
}

static void in_float(void)
{
    problem p = {.xf = {-1.2f, 1.0f}};
    const adgen_settings settings = adgen_lbfgs();
    adgen_optim optim = ADGEN_OPTIM_INIT;
    adgen_optim_addf(&optim, "x", p.xf, p.gf, 2, &settings);
    for (int i = 0; i < 5; i++)
        CHECK(adgen_optim_minimize(&optim, rosenbrockf, &p, NULL) == ADGEN_OK);
    CHECK_NEAR((double)p.xf[0], 1.0, 1e-3);
    CHECK_NEAR((double)p.xf[1], 1.0, 1e-3);
    adgen_optim_free(&optim);
}

int main(void)
{
    in_double();
    in_float();
    return check_result();
}
