// All in float.
// test: grad f(x ~ 1.5, v[3] ~ 0.5 -1 2)

#include <adgen.h>

ADGEN_GRAD(x, v)
float f(float x, const float v[3])
{
    float s = 0.0f;
    for (int i = 0; i < 3; i++)
        s += v[i] * x * v[i];
    return s / (1.0f + x * x);
}
