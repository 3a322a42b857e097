/* state_damaged.c: a state with any byte changed, cut short anywhere, or with more at its end is refused, and changes
 * nothing. */
#include "check.h"
#include "state_file.h"

static const char path[] = "state_damaged.state";
static unsigned char good[FILE_MOST + 1], bad[FILE_MOST + 1];

/* Loads the file into the run, which must refuse it and stay as it is. */
static void must_refuse(optim_run *run)
{
    const optim_run before = *run;
    const void *state = run->optim.blocks[0].state[0], *curvature = run->optim.curvature;
    char extra[4] = "abc";
    CHECK(adgen_optim_load(&run->optim, path, extra, sizeof extra) != ADGEN_OK);
    CHECK(same_parameters(run, &before));
    CHECK(memcmp(extra, "abc", 4) == 0);
    CHECK(run->optim.blocks[0].state[0] == state && run->optim.curvature == curvature);
}

static void damage(const char *name)
{
    optim_run run;
    int which = 0;
    while (strcmp(optim_cases[which].name, name) != 0)
        which++;
    begin_run(&run, &optim_cases[which], false);
    take_steps(&run, 3);
    CHECK(adgen_optim_save(&run.optim, path, "xyz", 4) == ADGEN_OK);
    const size_t size = read_file(path, good);
    CHECK(size > 100);

    for (size_t i = 0; i < size; i++) {
        memcpy(bad, good, size);
        bad[i] ^= 0x40;
        write_file(path, bad, size);
        must_refuse(&run);
    }
    for (size_t i = 0; i < size; i += 7) {
        write_file(path, good, i);
        must_refuse(&run);
    }
    memcpy(bad, good, size);
    bad[size] = 0;
    write_file(path, bad, size + 1);
    must_refuse(&run);

    char extra[4] = "abc";
    write_file(path, good, size);
    CHECK(adgen_optim_load(&run.optim, path, extra, sizeof extra) == ADGEN_OK);
    CHECK(memcmp(extra, "xyz", 4) == 0);
    adgen_optim_free(&run.optim);
}

int main(void)
{
    damage("adamw_amsgrad");
    damage("lbfgs_short");
    remove(path);
    return check_result();
}
