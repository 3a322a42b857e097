/* optim_gradient.c: clipping, and the check for numbers that aren't finite. */
#include "optim_kernels.h"

#include <math.h>

void adgen_clip_value(adgen_optim *optim, double limit)
{
    for (size_t i = 0; i < optim->count; i++) {
        const adgen_block *block = &optim->blocks[i];
        adgen_kernels_of(block->type)->clip(block->grad, limit, block->count);
    }
}

double adgen_clip_norm(adgen_optim *optim, double limit)
{
    double squares = 0.0;
    for (size_t i = 0; i < optim->count; i++) {
        const adgen_block *block = &optim->blocks[i];
        squares += adgen_kernels_of(block->type)->dot(block->grad, block->grad, block->count);
    }
    const double norm = sqrt(squares), factor = limit / (norm + 1e-6);
    if (factor >= 1.0)
        return norm;
    for (size_t i = 0; i < optim->count; i++) {
        const adgen_block *block = &optim->blocks[i];
        adgen_kernels_of(block->type)->scale(block->grad, factor, block->count);
    }
    return norm;
}

/* Whether the block's array is finite; if not, says where. */
static bool all_finite(const adgen_block *block, bool gradient, adgen_nonfinite *where)
{
    const adgen_kernels *kernels = adgen_kernels_of(block->type);
    const void *array = gradient ? block->grad : block->value;
    const size_t index = kernels->nonfinite(array, block->count);
    if (index == block->count)
        return true;
    if (where != NULL)
        *where = (adgen_nonfinite){block->name, index, gradient, kernels->at(array, index)};
    return false;
}

adgen_status adgen_optim_check_finite(const adgen_optim *optim, adgen_nonfinite *where)
{
    for (size_t i = 0; i < optim->count; i++)
        if (!all_finite(&optim->blocks[i], true, where) || !all_finite(&optim->blocks[i], false, where))
            return ADGEN_NOT_FINITE;
    return ADGEN_OK;
}

void adgen_nonfinite_print(FILE *out, const adgen_nonfinite *where)
{
    fprintf(out, "%s \"%s\" at index %zu is %f\n", where->in_gradient ? "gradient of" : "parameter block", where->block,
            where->index, where->number);
}
