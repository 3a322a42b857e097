/* optim_torch.c: every optimizer, with every setting, takes the steps that PyTorch took (torch_numbers.inc). */
#include "check.h"
#include "optim_cases.h"

static const struct {
    const char *name;
    bool single;
    int step;
    double x[PARAMETERS];
} numbers[] = {
#include "torch_numbers.inc"
};

enum { NUMBERS = sizeof numbers / sizeof *numbers };

/* Compares the run's parameters with PyTorch's, if they are kept for this step. Returns how many rows there were. */
static int compare(const optim_run *run, const char *name, int step)
{
    int rows = 0;
    for (int k = 0; k < NUMBERS; k++) {
        if (strcmp(numbers[k].name, name) != 0 || numbers[k].single != run->single || numbers[k].step != step)
            continue;
        rows++;
        for (int i = 0; i < PARAMETERS; i++) {
            const int before = check_failures;
            CHECK_NEAR(value_of(run, i), numbers[k].x[i], drift_of(run));
            if (check_failures != before)
                fprintf(stderr, "  in %s, %s, step %d, parameter %d\n", name, run->single ? "float" : "double", step,
                        i);
        }
    }
    return rows;
}

static void check_case(const optim_case *which, bool single)
{
    optim_run run;
    int rows = 0;
    begin_run(&run, which, single);
    for (int step = 1; step <= steps_of(&run); step++) {
        CHECK(take_step(&run) == ADGEN_OK);
        rows += compare(&run, which->name, step);
    }
    CHECK(rows >= 4);
    adgen_optim_free(&run.optim);
}

int main(void)
{
    for (int i = 0; i < CASES; i++) {
        check_case(&optim_cases[i], false);
        check_case(&optim_cases[i], true);
    }
    return check_result();
}
