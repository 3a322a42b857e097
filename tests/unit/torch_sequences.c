/* torch_sequences.c: prints the parameters of each case after each step, for torch_reference.py. */
#include "optim_cases.h"

static void print_run(const optim_case *which, bool single)
{
    optim_run run;
    begin_run(&run, which, single);
    for (int step = 1; step <= steps_of(&run); step++) {
        take_step(&run);
        printf("%s %s %d %g", which->name, single ? "float" : "double", step, drift_of(&run));
        for (int i = 0; i < PARAMETERS; i++)
            printf(" %.17g", value_of(&run, i));
        printf("\n");
    }
    adgen_optim_free(&run.optim);
}

int main(void)
{
    for (int i = 0; i < CASES; i++) {
        print_run(&optim_cases[i], false);
        print_run(&optim_cases[i], true);
    }
    return 0;
}
