/* optim_adamw.c: AdamW's weight decay shrinks parameters apart from the gradient's step, and a block of biases has
 * none. */
#include "adgen_optim.h"
#include "check.h"

int main(void)
{
    adgen_settings weights = adgen_adamw(0.5);
    weights.weight_decay = 0.5;
    adgen_settings biases = weights;
    biases.weight_decay = 0.0;

    double w = 8.0, b = 8.0, gw = 0.0, gb = 0.0;
    adgen_optim optim = ADGEN_OPTIM_INIT;
    adgen_optim_add(&optim, "w", &w, &gw, 1, &weights);
    adgen_optim_add(&optim, "b", &b, &gb, 1, &biases);

    CHECK(adgen_optim_step(&optim) == ADGEN_OK);
    CHECK(w == 6.0 && b == 8.0);

    /* The learning rate's factor applies to the decay as well. */
    optim.lr_factor = 0.5;
    CHECK(adgen_optim_step(&optim) == ADGEN_OK);
    CHECK(w == 5.25 && b == 8.0);
    adgen_optim_free(&optim);
    return check_result();
}
