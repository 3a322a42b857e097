/* nonfinite.c: the check for NaN and infinity says in which block, and where in it. */
#include "adgen_optim.h"
#include "check.h"

int main(void)
{
    double x[3] = {0.0}, gx[3] = {0.0};
    float y[2] = {0.0f}, gy[2] = {0.0f};
    const adgen_settings settings = adgen_sgd(0.1);
    adgen_nonfinite where;
    adgen_optim optim = ADGEN_OPTIM_INIT;
    adgen_optim_add(&optim, "weights", x, gx, 3, &settings);
    adgen_optim_addf(&optim, "biases", y, gy, 2, &settings);

    CHECK(adgen_optim_check_finite(&optim, &where) == ADGEN_OK);
    y[1] = INFINITY;
    CHECK(adgen_optim_check_finite(&optim, &where) == ADGEN_NOT_FINITE);
    CHECK(where.block[0] == 'b' && where.index == 1 && !where.in_gradient && isinf(where.number));
    gx[2] = NAN;
    CHECK(adgen_optim_check_finite(&optim, &where) == ADGEN_NOT_FINITE);
    CHECK(where.block[0] == 'w' && where.index == 2 && where.in_gradient && isnan(where.number));
    CHECK(adgen_optim_check_finite(&optim, NULL) == ADGEN_NOT_FINITE);
    adgen_nonfinite_print(stdout, &where);
    adgen_optim_free(&optim);
    return check_result();
}
