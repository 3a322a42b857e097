// Inline assembly over passive values is kept, once and in its place: barriers, operands of every kind.
// test: grad f(n = 6, x[6] ~ -1..1, ints[2] = 3 4, table[3] = 1 2 3, out[1] > 0..1)
// test: vjp f(n = 0, x[1] ~ -1..1, ints[2] = 3 4, table[3] = 1 2 3, out[1] > 0..1)

#include <adgen.h>
#include <math.h>

#define barrier() __asm__ __volatile__("" ::: "memory")

/* As a compiler cannot know. */
static inline unsigned unchanged(unsigned t)
{
    __asm__("" : "+r"(t));
    return t;
}

ADGEN_GRAD(x)
ADGEN_VJP(x)
double f(int n, const double *x, int *ints, const double *table, double *out)
{
    double scale = 2.0, sum = 0.0;
    long where[2] = {1, 2};
    __asm__ volatile("" : "+m"(scale));
    __asm__ volatile("" : "+m"(where) : "m"(table[1]), "r"(&where[1]) : "memory");
    for (int i = 0; i < n; i++) {
        unsigned k = (unsigned)i * 3u;
        __asm__("" : [out] "=r"(ints[i % 2]) : [in] "0"(i), "r"((unsigned char)i), "i"(sizeof(double)));
        __asm__ volatile("" : "+r"(k) : : "cc");
        sum += sin(x[i]) * scale * unchanged(k % 7u) * (double)where[i % 2] + x[i] * ints[i % 2];
        if (i > 4) {
            __asm__ volatile("");
            break;
        }
    }
    out[0] = sum;
    barrier();
    out[0] *= sum;
    return sum * table[1];
}
