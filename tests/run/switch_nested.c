// switch in switch, with char and negative labels.
// test: grad f(x ~ 0.5, kind = 97, sign = -1)
// test: grad f(x ~ 0.5, kind = 97, sign = 1)
// test: grad f(x ~ 0.5, kind = 98, sign = -1)

#include <adgen.h>

ADGEN_GRAD(x)
double f(double x, char kind, int sign)
{
    double y = x;
    switch (kind) {
    case 'a':
        switch (sign) {
        case -1:
            y = -x * x;
            break;
        default:
            y = x * x;
        }
        y *= 2;
        break;
    case 'b':
        y = x + sign;
    }
    return y * y;
}
