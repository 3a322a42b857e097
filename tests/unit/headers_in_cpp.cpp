// headers_in_cpp.cpp: every header of the runtime is C++ too, and its functions link.
#include "adgen.h"
#include "adgen_batches.h"
#include "adgen_check.h"
#include "adgen_init.h"
#include "adgen_optim.h"
#include "adgen_random.h"
#include "adgen_schedule.h"
#include "adgen_status.h"
#include "adgen_tape.h"

ADGEN_GRAD(x)
static double square(double x)
{
    return x * x;
}

int main()
{
    adgen_tape tape = ADGEN_TAPE_INIT;
    double x = square(3.0), g = 2.0;
    adgen_push(&tape, &x, sizeof x);
    adgen_pop(&tape, &x, sizeof x);
    adgen_tape_free(&tape);

    const adgen_settings settings = adgen_sgd(0.5);
    adgen_optim optim = ADGEN_OPTIM_INIT;
    adgen_status status = adgen_optim_add(&optim, "x", &x, &g, 1, &settings);
    if (status == ADGEN_OK)
        status = adgen_optim_step(&optim);
    adgen_optim_free(&optim);
    return status == ADGEN_OK && x == 8.0 ? 0 : 1;
}
