/* clip.c: clipping by value, and by the norm of all blocks together, with PyTorch's numbers for the latter. */
#include "adgen_optim.h"
#include "check.h"

static double x[3], y[2];
static float z[2];

static void by_norm(void)
{
    double gx[] = {3.0, -4.0, 1.0}, gy[] = {2.0, -0.5};
    const double clipped[] = {0x1.a2e8b530b4450p-1, -0x1.1745ce20782e0p+0, 0x1.1745ce20782e0p-2};
    const adgen_settings settings = adgen_sgd(0.1);
    adgen_optim optim = ADGEN_OPTIM_INIT;
    adgen_optim_add(&optim, "x", x, gx, 3, &settings);
    adgen_optim_add(&optim, "y", y, gy, 2, &settings);

    CHECK_NEAR(adgen_clip_norm(&optim, 1.5), 5.5, 1e-15);
    for (int i = 0; i < 3; i++)
        CHECK_NEAR(gx[i], clipped[i], 1e-15);
    CHECK_NEAR(gy[1], -0x1.1745ce20782e0p-3, 1e-15);
    const double kept = gx[0];
    CHECK_NEAR(adgen_clip_norm(&optim, 100.0), 1.5, 1e-6);
    CHECK(gx[0] == kept);
    adgen_optim_free(&optim);
}

static void by_value(void)
{
    double gx[] = {3.0, -4.0, 0.5};
    float gz[] = {-7.0f, NAN};
    const adgen_settings settings = adgen_sgd(0.1);
    adgen_optim optim = ADGEN_OPTIM_INIT;
    adgen_optim_add(&optim, "x", x, gx, 3, &settings);
    adgen_optim_addf(&optim, "z", z, gz, 2, &settings);

    adgen_clip_value(&optim, 1.0);
    CHECK(gx[0] == 1.0 && gx[1] == -1.0 && gx[2] == 0.5);
    CHECK(gz[0] == -1.0f && isnan(gz[1]));
    adgen_optim_zero_grad(&optim);
    CHECK(gx[0] == 0.0 && gz[1] == 0.0f);
    adgen_optim_free(&optim);
}

int main(void)
{
    by_norm();
    by_value();
    return check_result();
}
