/* optim_rmsprop.c: two steps of RMSProp by hand, with alpha = 3/4 and g = 2: v = 1, then 1.75. */
#include "adgen_optim.h"
#include "check.h"

static double after_two_steps(const adgen_settings *settings)
{
    double x = 0.0, g = 2.0;
    adgen_optim optim = ADGEN_OPTIM_INIT;
    adgen_optim_add(&optim, "x", &x, &g, 1, settings);
    CHECK(adgen_optim_step(&optim) == ADGEN_OK);
    CHECK(adgen_optim_step(&optim) == ADGEN_OK);
    adgen_optim_free(&optim);
    return x;
}

int main(void)
{
    adgen_settings settings = adgen_rmsprop(0.5);
    settings.alpha = 0.75;
    settings.eps = 0.5;
    const double first = 2.0 / (1.0 + 0.5), second = 2.0 / (sqrt(1.75) + 0.5);
    CHECK_NEAR(after_two_steps(&settings), -0.5 * (first + second), 1e-15);

    /* b = first, then first / 2 + second */
    settings.momentum = 0.5;
    CHECK_NEAR(after_two_steps(&settings), -0.5 * (first + 0.5 * first + second), 1e-15);

    /* m = 0.5, then 0.875 */
    settings.momentum = 0.0;
    settings.centered = true;
    const double first_centered = 2.0 / (sqrt(1.0 - 0.25) + 0.5);
    const double second_centered = 2.0 / (sqrt(1.75 - 0.765625) + 0.5);
    CHECK_NEAR(after_two_steps(&settings), -0.5 * (first_centered + second_centered), 1e-15);
    return check_result();
}
