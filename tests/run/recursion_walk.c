// Pointers walk in loops of a recursive function: to an end pointer, in strides, chosen by a branch.
// test: vjp f(n = 8, in[8] ~ -1..1, out[8] > -1..1)

#include <adgen.h>

/* out gets the in[k * stride], in an order that halving makes, and sums and differences of them. */
static void transform(double *out, const double *in, int stride, int n)
{
    double *const begin = out;
    const double *end = out + n;
    if (n == 2) {
        do {
            *out = *in * *in;
            in += stride;
        } while (++out != end);
    } else {
        do {
            transform(out, in, 2 * stride, n / 2);
            in += stride;
        } while ((out += n / 2) != end);
    }
    double *low = begin, *high = begin + n / 2;
    int k = n / 2;
    do {
        double *larger = *low > *high ? low : high;
        const double t = *high * 0.5;
        *high = *low - t;
        *low += t;
        *larger *= 1.5;
        low++;
        high++;
    } while (--k);
}

ADGEN_VJP(in)
void f(int n, const double *in, double *out)
{
    transform(out, in, 1, n);
}
