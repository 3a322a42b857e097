/*
 * adgen_random.c: MT19937 and what is drawn from it. The recurrence, over 32-bit words with indices modulo 624:
 *
 *     x[k + 624] = x[k + 397] ^ twist(high bit of x[k], low 31 bits of x[k + 1])
 *
 * and each word is tempered before it is given out.
 */
#include "adgen_random.h"

#include <math.h>

enum { WORDS = 624, MIDDLE = 397 };

static const double two_pi = 6.283185307179586476925286766559;

void adgen_random_seed(adgen_random *random, uint64_t seed)
{
    uint32_t *word = random->word;
    word[0] = (uint32_t)(seed & 0xffffffffu);
    for (uint32_t k = 1; k < WORDS; k++)
        word[k] = 1812433253u * (word[k - 1] ^ (word[k - 1] >> 30)) + k;
    random->next = WORDS;
    random->has_normal = false;
    random->second_normal = 0.0;
}

/* The twister's matrix, applied to one bit of `high` and 31 bits of `low`. */
static uint32_t twist(uint32_t high, uint32_t low)
{
    const uint32_t joined = (high & 0x80000000u) | (low & 0x7fffffffu);
    return (joined >> 1) ^ ((low & 1u) ? 0x9908b0dfu : 0u);
}

static void refill(adgen_random *random)
{
    uint32_t *word = random->word;
    for (size_t k = 0; k < WORDS; k++)
        word[k] = word[(k + MIDDLE) % WORDS] ^ twist(word[k], word[(k + 1) % WORDS]);
    random->next = 0;
}

uint32_t adgen_random_u32(adgen_random *random)
{
    if (random->next >= WORDS)
        refill(random);
    uint32_t y = random->word[random->next++];
    y ^= y >> 11;
    y ^= (y << 7) & 0x9d2c5680u;
    y ^= (y << 15) & 0xefc60000u;
    y ^= y >> 18;
    return y;
}

uint64_t adgen_random_u64(adgen_random *random)
{
    const uint64_t high = adgen_random_u32(random);
    return high << 32 | adgen_random_u32(random);
}

double adgen_random_uniform(adgen_random *random)
{
    return (double)(adgen_random_u64(random) & 0x1fffffffffffffu) * 0x1p-53;
}

float adgen_random_uniformf(adgen_random *random)
{
    return (float)(adgen_random_u32(random) & 0xffffffu) * 0x1p-24f;
}

double adgen_random_normal(adgen_random *random)
{
    if (random->has_normal) {
        random->has_normal = false;
        return random->second_normal;
    }
    const double angle = two_pi * adgen_random_uniform(random);
    const double radius = sqrt(-2.0 * log1p(-adgen_random_uniform(random)));
    random->second_normal = radius * sin(angle);
    random->has_normal = true;
    return radius * cos(angle);
}

void adgen_random_permutation(adgen_random *random, size_t *order, size_t n)
{
    for (size_t i = 0; i < n; i++)
        order[i] = i;
    adgen_random_shuffle(random, order, n);
}

void adgen_random_shuffle(adgen_random *random, size_t *index, size_t n)
{
    for (size_t i = 0; i + 1 < n; i++) {
        const size_t j = i + adgen_random_u32(random) % (n - i);
        const size_t moved = index[i];
        index[i] = index[j];
        index[j] = moved;
    }
}
