/* batches.c: an epoch gives every sample once, in a new order, and a run can continue in the middle of one. */
#include "adgen_batches.h"
#include "check.h"

/* Goes to the end of the epoch; counts how often each of the samples came. Returns the number of batches. */
static size_t finish_epoch(adgen_batches *batches, int *times)
{
    const size_t *batch;
    size_t size, count = 0;
    for (; (size = adgen_batches_next(batches, &batch)) > 0; count++)
        for (size_t i = 0; i < size; i++)
            times[batch[i]]++;
    return count;
}

static void every_sample_once(adgen_random *random)
{
    adgen_batches batches;
    int times[10] = {0};
    CHECK(adgen_batches_init(&batches, 10, 4) == ADGEN_OK);
    CHECK(adgen_batches_count(&batches) == 3);
    adgen_batches_shuffle(&batches, random);
    CHECK(finish_epoch(&batches, times) == 3);
    adgen_batches_rewind(&batches);
    CHECK(finish_epoch(&batches, times) == 3);
    for (int i = 0; i < 10; i++)
        CHECK(times[i] == 2);
    adgen_batches_free(&batches);
}

static void last_may_be_left_out(void)
{
    adgen_batches batches;
    int times[10] = {0};
    CHECK(adgen_batches_init(&batches, 10, 4) == ADGEN_OK);
    batches.drop_last = true;
    CHECK(adgen_batches_count(&batches) == 2);
    CHECK(finish_epoch(&batches, times) == 2);
    CHECK(times[7] == 1 && times[8] == 0);
    adgen_batches_free(&batches);
}

static void continues_in_the_middle(adgen_random *random)
{
    adgen_batches batches, later;
    const size_t *batch, *again;
    adgen_random before = *random;
    CHECK(adgen_batches_init(&batches, 10, 4) == ADGEN_OK && adgen_batches_init(&later, 10, 4) == ADGEN_OK);
    adgen_batches_shuffle(&batches, random);
    adgen_batches_next(&batches, &batch);

    adgen_batches_shuffle(&later, &before);
    later.position = batches.position;
    const size_t size = adgen_batches_next(&batches, &batch);
    CHECK(adgen_batches_next(&later, &again) == size);
    for (size_t i = 0; i < size; i++)
        CHECK(batch[i] == again[i]);
    adgen_batches_free(&batches);
    adgen_batches_free(&later);
}

int main(void)
{
    adgen_random random;
    adgen_batches none;
    adgen_random_seed(&random, 1);
    every_sample_once(&random);
    last_may_be_left_out();
    continues_in_the_middle(&random);
    CHECK(adgen_batches_init(&none, 10, 0) == ADGEN_BAD_ARGUMENT);
    CHECK(adgen_batches_init(&none, 0, 4) == ADGEN_OK);
    CHECK(adgen_batches_count(&none) == 0);
    adgen_batches_free(&none);
    return check_result();
}
