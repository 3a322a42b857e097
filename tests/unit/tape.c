/* tape.c: what was pushed comes back in reverse, through growth and reuse; storage of no elements is storage, and that
 * of many begins with a cache line; some storage knows its size. */
#include "adgen_tape.h"
#include "check.h"

int main(void)
{
    adgen_tape tape = ADGEN_TAPE_INIT;
    for (int round = 0; round < 2; round++) {
        for (int i = 0; i < 100000; i++) {
            const double x = i * 0.5;
            adgen_push(&tape, &x, sizeof x);
            adgen_push(&tape, &i, sizeof i);
        }
        int wrong = 0;
        for (int i = 99999; i >= 0; i--) {
            double x;
            int j;
            adgen_pop(&tape, &j, sizeof j);
            adgen_pop(&tape, &x, sizeof x);
            wrong += j != i || x < i * 0.5 || x > i * 0.5;
        }
        CHECK(wrong == 0);
        CHECK(tape.used == 0);
        adgen_tape_free(&tape);
    }

    static char large[10000], back[10000];
    large[9999] = 'z';
    adgen_push(&tape, large, sizeof large);
    adgen_push(&tape, NULL, 0);
    adgen_pop(&tape, NULL, 0);
    adgen_pop(&tape, back, sizeof back);
    CHECK(back[9999] == 'z');
    adgen_tape_free(&tape);

    void *none = adgen_alloc(0, sizeof(double));
    double *some = adgen_alloc(3, sizeof *some);
    CHECK(none != NULL);
    some[2] = 1.0;
    adgen_free(none);
    adgen_free(some);
    adgen_free(NULL);

    adgen_reserve(0);
    adgen_reserve((size_t)1 << 20);
    adgen_reserve(SIZE_MAX);

    const size_t count = 3001;
    double *much = adgen_alloc(count, sizeof *much);
    CHECK(!ADGEN_HAS_ALIGNED_ALLOC || (uintptr_t)much % 64 == 0);
    much[count - 1] = 1.0;
    adgen_free(much);

    long double *sized = adgen_sized(5 * sizeof *sized);
    CHECK(adgen_size(sized) == 5 * sizeof *sized && adgen_size(NULL) == 0);
    CHECK(!(sized[4] > 0 || sized[4] < 0));
    adgen_sized_free(sized);
    adgen_sized_free(NULL);
    return check_result();
}
