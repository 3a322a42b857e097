/* random_stream.c: the generator is MT19937, and its uniform numbers are PyTorch's. */
#include "adgen_random.h"
#include "check.h"

/* The 10000th word for the seed 5489, as the C++ standard has it ([rand.predef]). */
static void standard_word(void)
{
    adgen_random random;
    uint32_t word = 0;
    adgen_random_seed(&random, 5489);
    for (int i = 0; i < 10000; i++)
        word = adgen_random_u32(&random);
    CHECK(word == 4123659995u);
}

/* torch.rand(700) in float: the first and the last, after the state has been renewed. */
static void torch_float(void)
{
    adgen_random random;
    float last = 0.0f;
    adgen_random_seed(&random, 42);
    CHECK(adgen_random_uniformf(&random) == 0x1.c3b8ccp-1f);
    CHECK(adgen_random_uniformf(&random) == 0x1.d47b66p-1f);
    for (int i = 2; i < 700; i++)
        last = adgen_random_uniformf(&random);
    CHECK(last == 0x1.eb5d24p-1f);
}

static void torch_double(void)
{
    adgen_random random;
    adgen_random_seed(&random, 42);
    CHECK(adgen_random_uniform(&random) == 0x1.dc66cbea3db30p-5);
    CHECK(adgen_random_uniform(&random) == 0x1.01ae177aca870p-4);
}

static void low_half_of_the_seed(void)
{
    adgen_random random;
    adgen_random_seed(&random, ((uint64_t)1 << 40) + 5);
    CHECK(adgen_random_uniformf(&random) == 0x1.a916c6p-1f);
}

int main(void)
{
    standard_word();
    torch_float();
    torch_double();
    low_half_of_the_seed();
    return check_result();
}
