/* optim_adagrad.c: with a constant gradient g, the k-th step of Adagrad is lr / sqrt(k), whatever g is. */
#include "adgen_optim.h"
#include "check.h"

int main(void)
{
    adgen_settings settings = adgen_adagrad(0.5);
    double x = 0.0, g = 4.0, expected = 0.0;
    adgen_optim optim = ADGEN_OPTIM_INIT;
    adgen_optim_add(&optim, "x", &x, &g, 1, &settings);
    for (int k = 1; k <= 20; k++) {
        CHECK(adgen_optim_step(&optim) == ADGEN_OK);
        expected -= 0.5 / sqrt(k);
        CHECK_NEAR(x, expected, 1e-10);
    }
    adgen_optim_free(&optim);

    /* sum = 9 + 16, rate = 0.5 / (1 + 0) and then sum = 25 + 16, rate = 0.5 / (1 + 1) */
    settings.initial_sum = 9.0;
    settings.lr_decay = 1.0;
    settings.eps = 0.0;
    x = 0.0;
    adgen_optim_add(&optim, "x", &x, &g, 1, &settings);
    adgen_optim_step(&optim);
    CHECK_NEAR(x, -0.5 * 4.0 / 5.0, 1e-15);
    adgen_optim_step(&optim);
    CHECK_NEAR(x, -0.4 - 0.25 * 4.0 / sqrt(41.0), 1e-15);
    adgen_optim_free(&optim);
    return check_result();
}
