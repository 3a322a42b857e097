// A copy of a union with reals.
// note:

#include <adgen.h>
#include <string.h>

struct u {
    double x;
    union {
        int i;
        double d;
    } u;
};

ADGEN_GRAD(p)
double f(const struct u *p)
{
    struct u q;
    memcpy(&q, p, sizeof q); // error: copies bytes
    return q.x * q.x;
}
