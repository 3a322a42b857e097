// The bytes of an active value are handed to functions that adgen doesn't know, under other types.
// note: ADGEN_CUSTOM_VJP

#include <adgen.h>

void flip(int *halves);
void scramble(unsigned char *bytes, int n);

ADGEN_GRAD(x)
double f(double x, int k)
{
    double y = x * x;
    flip((int *)&y); // error: argument 1 carries a derivative
    return y * k;
}

ADGEN_GRAD(x)
double g(int n, const double *x)
{
    double y[4];
    for (int i = 0; i < 4; i++)
        y[i] = x[i] * n;
    scramble((unsigned char *)y + 8, 8); // error: argument 1 carries a derivative
    __asm__("" : "+m"(*(int *)&y[2]));   // error: operand 1 carries a derivative
    return y[0] * y[1];
}
