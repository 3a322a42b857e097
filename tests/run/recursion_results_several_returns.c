// Several returns, some before the recursive calls, some behind: each way gives its own result back.
// test: grad f(x ~ 0.75, w ~ 0.8, n = 5)
// test: grad f(x ~ -0.75, w ~ 0.8, n = 5)
// test: grad f(x ~ 2.5, w ~ -0.4, n = 6)

#include <adgen.h>
#include <math.h>

static float several(float x, float w, int n)
{
    if (n == 0)
        return x;
    if (x < -2)
        return 0.25f;
    const float a = several(x - w, w, n - 1);
    if (a < 0)
        return expf(a) * w;
    float sum = a;
    while (n > 2) {
        const float b = several(x * w, w, n - 3);
        sum = w * (sum + b);
        if (b > 1)
            return tanhf(w * (b + sum));
        n -= 2;
    }
    return w * (sum - several(-x, w, n - 1)) + sqrtf(1 + a * a);
}

ADGEN_GRAD(x, w)
double f(double x, double w, int n)
{
    return several((float)x, (float)w, n) * x;
}
