/* optim_adam.c: with a constant gradient each step of Adam has length lr; with two gradients, by hand. */
#include "adgen_optim.h"
#include "check.h"

static void constant_gradient(void)
{
    const adgen_settings settings = adgen_adam(0.125);
    double x = 0.0, g = -1000.0;
    adgen_optim optim = ADGEN_OPTIM_INIT;
    adgen_optim_add(&optim, "x", &x, &g, 1, &settings);
    for (int t = 1; t <= 10; t++) {
        CHECK(adgen_optim_step(&optim) == ADGEN_OK);
        CHECK_NEAR(x, 0.125 * t, 1e-10);
    }
    adgen_optim_free(&optim);
}

/* g = 2, then 0, with beta1 = beta2 = 1/2: m = 1, 1/2; v = 2, 1; 1 - beta^t = 1/2, 3/4. The largest v is 2. */
static double two_gradients(bool amsgrad)
{
    adgen_settings settings = adgen_adam(1.0);
    double x = 0.0, g = 2.0;
    adgen_optim optim = ADGEN_OPTIM_INIT;
    settings.beta1 = settings.beta2 = 0.5;
    settings.eps = 0.0;
    settings.amsgrad = amsgrad;
    adgen_optim_add(&optim, "x", &x, &g, 1, &settings);
    adgen_optim_step(&optim);
    CHECK_NEAR(x, -1.0, 1e-15);
    g = 0.0;
    adgen_optim_step(&optim);
    adgen_optim_free(&optim);
    return x;
}

int main(void)
{
    constant_gradient();
    CHECK_NEAR(two_gradients(false), -1.0 - (0.5 / 0.75) / sqrt(1.0 / 0.75), 1e-15);
    CHECK_NEAR(two_gradients(true), -1.0 - (0.5 / 0.75) / sqrt(2.0 / 0.75), 1e-15);
    return check_result();
}
