// memcpy and memset of integers that are members beside reals, as of the reals.
// test: grad f(s ~ {g[3] ~ 0.6 1.7 2.3, q[3] = 1 2 3, code[4] = 97 98 99 0, last = 2}, n = 3)

#include <adgen.h>
#include <string.h>

struct state {
    double g[3];
    int q[3];
    char code[4];
    int last;
};

ADGEN_GRAD(s)
double f(struct state *s, int n)
{
    int rounded[3];
    for (int k = 0; k < n; k++) {
        s->g[k] *= s->g[k];
        rounded[k] = (int)(s->g[k] * 4);
    }
    memcpy(s->q, rounded, (size_t)n * sizeof(int));
    memset(s->code, 0, sizeof s->code);
    memset(&s->last, 0, sizeof(int));
    double sum = s->code[1] + s->last;
    for (int k = 0; k < n; k++)
        sum += s->g[k] * s->q[k];
    return sum;
}
