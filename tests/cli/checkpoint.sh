# ADGEN_CHECKPOINT: memory for so many snapshots however many steps there are, no more steps than binomial checkpointing
# runs, and a warning where a loop can't have it.
. "$CLI/common"
cat >model.c <<'END'
#include <adgen.h>
#include <math.h>

ADGEN_GRAD(u)
double march(int n, int steps, double *u)
{
    for (int t = 0; t < steps; t++) {
        ADGEN_CHECKPOINT(5);
        for (int i = 0; i < n; i++)
            u[i] = sin(u[i] * u[(i + 1) % n]);
    }
    return u[0];
}
END
cat >main.c <<'END'
#include "out.h"
#include <math.h>
#include <stdlib.h>

enum { N = 8, SNAPSHOTS = 5, MOST = 400 };

static size_t allocated;
static long sines;

void *counted_malloc(size_t size)
{
    allocated += size;
    return malloc(size);
}

double counted_sin(double x)
{
    sines++;
    return sin(x);
}

/* The least number of steps to advance when `steps` are reversed with c snapshots, one of which is there. */
static long least(int steps, int c)
{
    static long known[MOST + 1][SNAPSHOTS + 1];
    if (steps <= 1)
        return 0;
    if (c == 1)
        return (long)steps * (steps - 1) / 2;
    if (!known[steps][c]) {
        long best = (long)steps * steps;
        for (int d = 1; d < steps; d++) {
            const long this = d + least(steps - d, c - 1) + least(d, c);
            best = this < best ? this : best;
        }
        known[steps][c] = best;
    }
    return known[steps][c];
}

int main(void)
{
    size_t before = 0;
    for (int steps = 0; steps <= MOST; steps++) {
        double u[N], u_bar[N] = {0};
        for (int i = 0; i < N; i++)
            u[i] = 1 + 0.1 * i;
        allocated = 0;
        sines = 0;
        march_grad(N, steps, u, u_bar);
        if (steps > 2 * SNAPSHOTS && allocated != before)
            return 1;
        if (allocated > (SNAPSHOTS + 2) * N * sizeof(double) + 64)
            return 2;
        before = allocated;
        if (sines > N * (2 * (long)steps + least(steps, SNAPSHOTS)))
            return 3;
        if (steps > 1 && sines < N * ((long)steps + least(steps, SNAPSHOTS)))
            return 4;
    }
    return 0;
}
END
adgen 0 model.c -o out.c --header=out.h
strict out.c
{ echo 'double counted_sin(double x);' && sed 's/\<sin(/counted_sin(/g' out.c; } >counted.c
cc -std=c11 -I"$INCLUDE" -Dmalloc=counted_malloc -c counted.c -o out.o 2>err || fail cc
cc -std=c11 -I"$INCLUDE" main.c out.o -o program -lm 2>err || fail cc
./program || fail 'the program is wrong'

cat >refused.c <<'END'
#include <adgen.h>
#include <math.h>
ADGEN_GRAD(x)
double until(double x, int n)
{
    for (int i = 0; i < n; i++) {
        ADGEN_CHECKPOINT(5);
        x = sin(x);
        if (x < 0.1)
            break;
    }
    return x;
}

ADGEN_GRAD(x)
double chosen(int n, double *x, const int *which)
{
    for (int i = 0; i < n; i++) {
        ADGEN_CHECKPOINT(5);
        x[which[i]] = sin(x[0]);
    }
    return x[0];
}
END
adgen 0 refused.c -o out.c
says 'refused.c:6:5: warning: ADGEN_CHECKPOINT changes nothing here: how many steps there are is not known'
says 'refused.c:18:5: warning: ADGEN_CHECKPOINT changes nothing here: which part of .x. its steps change is not seen'
has out.c 'until_grad'
has out.c 'chosen_grad'
