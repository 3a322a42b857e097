// The bits of a float as an integer and back: the famous inverse square root.

#include <adgen.h>

ADGEN_GRAD(x)
float f(float x)
{
    float half = 0.5f * x, y = x;
    int i = *(int *)&y; // error?: reinterpret|cast|type
    i = 0x5f3759df - (i >> 1);
    y = *(float *)&i; // error?: reinterpret|cast|type
    return y * (1.5f - half * y * y);
}
