/* optim_mixed_types.c: float and double blocks, each with its method, in one optimizer; a block may be empty. */
#include "adgen_optim.h"
#include "check.h"

static double loss(void *user)
{
    double *gradients = user;
    gradients[0] = 2.0;
    return 7.0;
}

int main(void)
{
    double x = 1.0, g = 0.0, none = 0.0, before = 0.0;
    float y = 1.0f, gy = 2.0f;
    const adgen_settings sgd = adgen_sgd(0.25), adam = adgen_adam(0.5);
    adgen_optim optim = ADGEN_OPTIM_INIT;
    CHECK(adgen_optim_add(&optim, "x", &x, &g, 1, &sgd) == ADGEN_OK);
    CHECK(adgen_optim_addf(&optim, "y", &y, &gy, 1, &adam) == ADGEN_OK);
    CHECK(adgen_optim_add(&optim, "none", &none, &none, 0, &adam) == ADGEN_OK);

    CHECK(adgen_optim_minimize(&optim, loss, &g, &before) == ADGEN_OK);
    CHECK(before == 7.0);
    CHECK(x == 0.5);
    CHECK_NEAR((double)y, 0.5, 1e-6);
    adgen_optim_zero_grad(&optim);
    CHECK(g == 0.0 && gy == 0.0f);
    adgen_optim_free(&optim);
    return check_result();
}
