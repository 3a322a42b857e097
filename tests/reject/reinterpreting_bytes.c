// The bytes of an active value are changed.

#include <adgen.h>
#include <string.h>

ADGEN_GRAD(x)
double f(double x)
{
    unsigned char bytes[sizeof(double)];
    memcpy(bytes, &x, sizeof x); // error?: memcpy|bytes|type|reinterpret
    bytes[0] ^= 1;
    double y;
    memcpy(&y, bytes, sizeof y); // error?: memcpy|bytes|type|reinterpret
    return y * y;
}
