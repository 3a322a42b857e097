/* state_continues.c: a run that is saved, and continued by an optimizer made anew, ends bit for bit the same. */
#include "adgen_random.h"
#include "check.h"
#include "state_file.h"

static const char path[] = "state_continues.state";

/* What a user keeps with the state. */
typedef struct progress {
    int step;
    adgen_random random;
} progress;

static void check_case(const optim_case *which, bool single)
{
    optim_run whole, resumed;
    progress kept, found = {0};
    begin_run(&whole, which, single);
    take_steps(&whole, 4);
    whole.optim.lr_factor = 0.5;
    memset(&kept, 0, sizeof kept);
    kept.step = whole.step;
    adgen_random_seed(&kept.random, 1);
    CHECK(adgen_optim_save(&whole.optim, path, &kept, sizeof kept) == ADGEN_OK);
    take_steps(&whole, 4);

    /* Its settings, rate and steps are replaced by the file's. */
    begin_run(&resumed, which, single);
    take_steps(&resumed, 1);
    resumed.optim.blocks[1].settings.lr = 123.0;
    CHECK(adgen_optim_load(&resumed.optim, path, &found, sizeof found) == ADGEN_OK);
    CHECK(memcmp(&found, &kept, sizeof kept) == 0);
    resumed.step = found.step;
    take_steps(&resumed, 4);

    CHECK(whole.optim.blocks[0].steps == resumed.optim.blocks[0].steps);
    for (int i = 0; i < PARAMETERS; i++)
        CHECK(value_of(&whole, i) == value_of(&resumed, i));
    adgen_optim_free(&whole.optim);
    adgen_optim_free(&resumed.optim);
}

int main(void)
{
    for (int i = 0; i < CASES; i++) {
        check_case(&optim_cases[i], false);
        check_case(&optim_cases[i], true);
    }
    remove(path);
    return check_result();
}
