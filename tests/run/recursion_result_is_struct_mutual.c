// Functions that call one another and return structs with arrays in them; the request is for one of them.
// test: vjp even(n = 4, x ~ 0.75, v ~ {sum ~ 0.5, w[2] ~ 0.25 -1.5}) -> {sum, w[2]}
// test: vjp even(n = 0, x ~ 0.75, v ~ {sum ~ 0.5, w[2] ~ 0.25 -1.5}) -> {sum, w[2]}

#include <adgen.h>
#include <math.h>

struct state {
    double sum;
    double w[2];
    int depth;
};

static struct state odd(int n, double x, struct state v);

ADGEN_VJP(x, v)
struct state even(int n, double x, struct state v)
{
    if (n > 0) {
        v.w[n % 2] += x * v.sum;
        v = odd(n - 1, 0.9 * x, v);
        v.sum *= cos(v.w[0]);
    }
    v.depth = n;
    return v;
}

static struct state odd(int n, double x, struct state v)
{
    struct state next = even(n - 1, sin(x), v);
    next.w[1] = next.w[0] * x + next.sum * v.w[1] + next.depth;
    return next;
}
