// test: grad f(y ~ -1..1)
// What a branch hands on is used behind it: the rule cannot come instead of the last call.
#include <adgen.h>

float square_vjp(float a, float *a_bar, float ret_bar);

ADGEN_CUSTOM_VJP(square_vjp)
float square(float a)
{
    return a * a;
}

float square_vjp(float a, float *a_bar, float ret_bar)
{
    *a_bar += ret_bar * 2 * a;
    return a * a;
}

ADGEN_GRAD(y)
float f(float y)
{
    float b[3] = {0}, *q = b;
    float t = square(y);
    return y - (0.5 > 1.5 ? t : q[1]);
}
