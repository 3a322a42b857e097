/* adgen_batches.c: mini-batches as slices of one array of indices. */
#include "adgen_batches.h"

#include <stdlib.h>

adgen_status adgen_batches_init(adgen_batches *batches, size_t samples, size_t size)
{
    *batches = (adgen_batches){.samples = samples, .size = size};
    if (size == 0 || samples > SIZE_MAX / sizeof *batches->order)
        return ADGEN_BAD_ARGUMENT;
    batches->order = malloc(samples > 0 ? samples * sizeof *batches->order : 1);
    if (batches->order == NULL)
        return ADGEN_NO_MEMORY;
    for (size_t i = 0; i < samples; i++)
        batches->order[i] = i;
    return ADGEN_OK;
}

void adgen_batches_shuffle(adgen_batches *batches, adgen_random *random)
{
    adgen_random_permutation(random, batches->order, batches->samples);
    batches->position = 0;
}

void adgen_batches_rewind(adgen_batches *batches)
{
    batches->position = 0;
}

size_t adgen_batches_next(adgen_batches *batches, const size_t **batch)
{
    const size_t left = batches->samples - batches->position;
    const size_t size = left < batches->size ? left : batches->size;
    if (size == 0 || (size < batches->size && batches->drop_last))
        return 0;
    *batch = batches->order + batches->position;
    batches->position += size;
    return size;
}

size_t adgen_batches_count(const adgen_batches *batches)
{
    const size_t whole = batches->samples / batches->size;
    return whole + (!batches->drop_last && batches->samples % batches->size != 0);
}

void adgen_batches_free(adgen_batches *batches)
{
    free(batches->order);
    batches->order = NULL;
}
