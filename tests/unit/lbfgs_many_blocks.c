/* lbfgs_many_blocks.c: how parameters are split into blocks makes no difference to L-BFGS. */
#include "adgen_optim.h"
#include "check.h"

enum { N = 6 };

typedef struct problem {
    double x[N], g[N];
} problem;

/* A badly scaled quadratic function with a quartic part. */
static double bowl(void *user)
{
    problem *p = user;
    double loss = 0.0;
    for (int i = 0; i < N; i++) {
        const double d = p->x[i] - i, a = (i + 1.0) * (i + 1.0);
        loss += 0.5 * a * d * d + 0.25 * d * d * d * d;
        p->g[i] = a * d + d * d * d;
    }
    return loss;
}

static problem minimized(size_t blocks)
{
    problem p = {{0.0}, {0.0}};
    adgen_settings settings = adgen_lbfgs();
    settings.tolerance_change = 1e-14;
    adgen_optim optim = ADGEN_OPTIM_INIT;
    for (size_t i = 0; i < blocks; i++)
        adgen_optim_add(&optim, "part", p.x + i * (N / blocks), p.g + i * (N / blocks), N / blocks, &settings);
    CHECK(adgen_optim_minimize(&optim, bowl, &p, NULL) == ADGEN_OK);
    adgen_optim_free(&optim);
    return p;
}

int main(void)
{
    const problem one = minimized(1), three = minimized(3);
    for (int i = 0; i < N; i++) {
        CHECK(one.x[i] == three.x[i]);
        CHECK_NEAR(one.x[i], i, 1e-6);
    }
    return check_result();
}
