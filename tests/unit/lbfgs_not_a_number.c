/* lbfgs_not_a_number.c: the line search backs out of where the loss is NaN; a start there is refused. */
#include "adgen_optim.h"
#include "check.h"

typedef struct problem {
    double x, g;
} problem;

/* x - log x, with its minimum at 1; NaN for x < 0. */
static double barrier(void *user)
{
    problem *p = user;
    p->g = 1.0 - 1.0 / p->x;
    return p->x - log(p->x);
}

int main(void)
{
    problem p = {20.0, 0.0};
    adgen_settings settings = adgen_lbfgs();
    settings.lr = 100.0; /* the first step goes far below zero */
    adgen_optim optim = ADGEN_OPTIM_INIT;
    adgen_optim_add(&optim, "x", &p.x, &p.g, 1, &settings);
    for (int i = 0; i < 3; i++)
        CHECK(adgen_optim_minimize(&optim, barrier, &p, NULL) == ADGEN_OK);
    CHECK_NEAR(p.x, 1.0, 1e-6);

    p.x = -1.0;
    CHECK(adgen_optim_minimize(&optim, barrier, &p, NULL) == ADGEN_NOT_FINITE);
    CHECK(p.x == -1.0);
    adgen_optim_free(&optim);
    return check_result();
}
