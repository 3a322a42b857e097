/* optim_sgd.c: gradient descent on x^2 / 2 from x = 1, g = x, computed by hand. */
#include "adgen_optim.h"
#include "check.h"

/* Takes steps with g = x and compares x after each. */
static void descend(const adgen_settings *settings, const double *expected, int steps)
{
    double x = 1.0, g = 0.0;
    adgen_optim optim = ADGEN_OPTIM_INIT;
    CHECK(adgen_optim_add(&optim, "x", &x, &g, 1, settings) == ADGEN_OK);
    for (int t = 0; t < steps; t++) {
        g = x;
        CHECK(adgen_optim_step(&optim) == ADGEN_OK);
        CHECK_NEAR(x, expected[t], 1e-15);
    }
    adgen_optim_free(&optim);
}

int main(void)
{
    adgen_settings settings = adgen_sgd(0.5);
    descend(&settings, (const double[]){0.5, 0.25, 0.125}, 3);

    /* b = 1, 0.5 * 1 + 0.5, 0.5 * 1 + 0 */
    settings.momentum = 0.5;
    descend(&settings, (const double[]){0.5, 0.0, -0.25}, 3);

    /* b = 1, 0.5 * 1 + 0.5 * 0.5 */
    settings.dampening = 0.5;
    descend(&settings, (const double[]){0.5, 0.125}, 2);

    /* b = 1, x -= 0.5 (1 + 0.5 * 1); b = 0.5 + 0.25, x -= 0.5 (0.25 + 0.5 * 0.75) */
    settings.dampening = 0.0;
    settings.nesterov = true;
    descend(&settings, (const double[]){0.25, -0.0625}, 2);

    /* g + 0.5 x = 1.5 x */
    settings = adgen_sgd(0.5);
    settings.weight_decay = 0.5;
    descend(&settings, (const double[]){0.25, 0.0625}, 2);

    settings = adgen_sgd(0.5);
    settings.maximize = true;
    descend(&settings, (const double[]){1.5, 2.25}, 2);
    return check_result();
}
