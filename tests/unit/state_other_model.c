/* state_other_model.c: a state loads only into the blocks that it was saved from; the status says what is wrong with
 * the file. */
#include "adgen_optim.h"
#include "check.h"
#include "state_file.h"

static const char path[] = "state_other_model.state";
static double x[3], g[3];
static float xf[3], gf[3];

static adgen_status load(const char *name, size_t count, bool single)
{
    const adgen_settings settings = adgen_adam(0.1);
    adgen_optim optim = ADGEN_OPTIM_INIT;
    if (single)
        adgen_optim_addf(&optim, name, xf, gf, count, &settings);
    else
        adgen_optim_add(&optim, name, x, g, count, &settings);
    const adgen_status status = adgen_optim_load(&optim, path, NULL, 0);
    adgen_optim_free(&optim);
    return status;
}

int main(void)
{
    const adgen_settings settings = adgen_adam(0.1);
    adgen_optim optim = ADGEN_OPTIM_INIT;
    adgen_optim_add(&optim, "w", x, g, 3, &settings);
    adgen_optim_step(&optim);
    CHECK(adgen_optim_save(&optim, path, NULL, 0) == ADGEN_OK);

    CHECK(load("w", 3, false) == ADGEN_OK);
    CHECK(load("v", 3, false) == ADGEN_OTHER_MODEL);
    CHECK(load("weights", 3, false) == ADGEN_OTHER_MODEL);
    CHECK(load("w", 2, false) == ADGEN_OTHER_MODEL);
    CHECK(load("w", 3, true) == ADGEN_OTHER_MODEL);
    char extra;
    CHECK(adgen_optim_load(&optim, path, &extra, 1) == ADGEN_OTHER_MODEL);
    adgen_optim_add(&optim, "b", x, g, 1, &settings);
    CHECK(adgen_optim_load(&optim, path, NULL, 0) == ADGEN_OTHER_MODEL);

    write_file(path, (const unsigned char *)"a text of some length", 21);
    CHECK(load("w", 3, false) == ADGEN_NOT_A_STATE);
    remove(path);
    CHECK(load("w", 3, false) == ADGEN_CANNOT_READ);
    adgen_optim_free(&optim);
    return check_result();
}
