// Pointers in the caller's struct change places: what one member leads to, another one led to before.
// test: grad f(s ~ {now ~ (0.7 0.4), next ~ (0.2 -0.3)}, n = 2)
// test: grad f(s ~ {now ~ (0.7 0.4), next ~ (0.2 -0.3)}, n = 3)

#include <adgen.h>
#include <math.h>

struct buffers {
    double *now, *next;
};

ADGEN_GRAD(s)
double f(struct buffers *s, int n)
{
    double sum = 0.0;
    double *first = s->now;
    for (int i = 0; i < n; i++) {
        double *was = s->now;
        s->now = s->next;
        s->next = was;
        s->now[i % 2] = sin(was[0] * s->next[1]);
        sum += first[i % 2] * s->now[0];
    }
    return sum;
}
