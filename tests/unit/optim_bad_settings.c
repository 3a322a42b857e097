/* optim_bad_settings.c: settings out of range are refused when a block is added and when a step is taken; nothing is
 * changed. */
#include "adgen_optim.h"
#include "check.h"

static double x = 1.0, g = 1.0;
static float xf = 1.0f, gf = 1.0f;

static adgen_status add(adgen_settings settings)
{
    adgen_optim optim = ADGEN_OPTIM_INIT;
    const adgen_status status = adgen_optim_add(&optim, "x", &x, &g, 1, &settings);
    CHECK((status == ADGEN_OK) == (optim.count == 1));
    adgen_optim_free(&optim);
    return status;
}

static void ranges(void)
{
    adgen_settings s = adgen_sgd(0.1);
    CHECK(add(s) == ADGEN_OK);
    CHECK(add(adgen_sgd(-0.1)) == ADGEN_BAD_ARGUMENT);
    CHECK(add(adgen_sgd(NAN)) == ADGEN_BAD_ARGUMENT);
    s.nesterov = true;
    CHECK(add(s) == ADGEN_BAD_ARGUMENT);
    s = adgen_adam(0.1);
    s.beta2 = 1.0;
    CHECK(add(s) == ADGEN_BAD_ARGUMENT);
    s = adgen_lbfgs();
    s.history = 0;
    CHECK(add(s) == ADGEN_BAD_ARGUMENT);
}

static void names(void)
{
    adgen_settings s;
    CHECK(adgen_settings_named("rmsprop", 0.5, &s) && s.method == ADGEN_RMSPROP && s.alpha == 0.99);
    CHECK(adgen_settings_named("lbfgs", 1.0, &s) && s.method == ADGEN_LBFGS && s.history == 100);
    CHECK(!adgen_settings_named("adams", 0.5, &s) && s.method == ADGEN_LBFGS);
}

static void at_a_step(void)
{
    const adgen_settings s = adgen_sgd(0.1);
    adgen_optim optim = ADGEN_OPTIM_INIT;
    adgen_optim_add(&optim, "x", &x, &g, 1, &s);
    optim.blocks[0].settings.momentum = -1.0;
    CHECK(adgen_optim_step(&optim) == ADGEN_BAD_ARGUMENT);
    CHECK(x == 1.0 && optim.blocks[0].steps == 0);
    adgen_optim_free(&optim);
}

static void lbfgs_wants_one_vector(void)
{
    const adgen_settings sgd = adgen_sgd(0.1), lbfgs = adgen_lbfgs();
    adgen_optim optim = ADGEN_OPTIM_INIT;
    CHECK(adgen_optim_add(&optim, "x", &x, &g, 1, &lbfgs) == ADGEN_OK);
    CHECK(adgen_optim_addf(&optim, "xf", &xf, &gf, 1, &lbfgs) == ADGEN_BAD_ARGUMENT);
    CHECK(adgen_optim_addf(&optim, "xf", &xf, &gf, 1, &sgd) == ADGEN_BAD_ARGUMENT);
    CHECK(adgen_optim_step(&optim) == ADGEN_NEEDS_CLOSURE);
    CHECK(x == 1.0);
    adgen_optim_free(&optim);
}

int main(void)
{
    ranges();
    names();
    at_a_step();
    lbfgs_wants_one_vector();
    return check_result();
}
