/*
 * adgen_random.h: random numbers, the same for a seed on every machine.
 *
 * The generator is MT19937 (Matsumoto and Nishimura, "Mersenne Twister", ACM TOMACS 8, 1998), seeded and read as
 * PyTorch's CPU generator is: after adgen_random_seed(&r, s), the functions here give what torch gives after
 * torch.manual_seed(s), as each says. The whole state is the struct: plain data, to be copied, or kept with
 * adgen_optim_save's `extra`.
 */
#ifndef ADGEN_RANDOM_H
#define ADGEN_RANDOM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct adgen_random {
    uint32_t word[624]; /* the twister's state */
    uint32_t next;      /* how many of these have been given out */
    bool has_normal;    /* normal numbers come in pairs: the second waits here */
    double second_normal;
} adgen_random;

/* Only the low 32 bits of `seed` count, as in PyTorch. */
void adgen_random_seed(adgen_random *random, uint64_t seed);

/* Uniform over all values; the second is made of two of the first, high half first. */
uint32_t adgen_random_u32(adgen_random *random);
uint64_t adgen_random_u64(adgen_random *random);

/*
 * Uniform in [0, 1): k / 2^53 from 64 bits, and k / 2^24 from 32 bits.
 * These are the elements of torch.rand(n, dtype=torch.float64) and torch.rand(n), in order.
 */
double adgen_random_uniform(adgen_random *random);
float adgen_random_uniformf(adgen_random *random);

/*
 * Standard normal, by Box and Muller: r = sqrt(-2 log(1 - v)), a = 2 pi u; r cos a now, r sin a at the next call.
 * These are the elements of torch.randn(n, dtype=torch.float64) for n < 16. For more, see adgen_init_normal.
 */
double adgen_random_normal(adgen_random *random);

/* 0, 1, ... n - 1 in random order: torch.randperm(n). n must be less than 2^32. */
void adgen_random_permutation(adgen_random *random, size_t *order, size_t n);

/* Puts the n elements of `index` into random order (Fisher and Yates, from the front). n must be less than 2^32. */
void adgen_random_shuffle(adgen_random *random, size_t *index, size_t n);

#ifdef __cplusplus
}
#endif

#endif
