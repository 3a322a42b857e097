// Case labels inside a branch and a loop of the switch's body.
// test: grad f(x ~ 0.5, k = 0)
// test: grad f(x ~ 0.5, k = 1)
// test: grad f(x ~ 0.5, k = 2)
// test: grad f(x ~ 0.5, k = 7)

#include <adgen.h>

ADGEN_GRAD(x)
double f(double x, int k)
{
    double y = x;
    int rounds = 3;
    switch (k) {
    case 0:
        if (x > 2) {
            y = y + 1;
        case 1:
            y = y * x;
        } else {
            y = y * y;
        }
        break;
    default:
        while (rounds > 0) {
            y = y * 0.5 + 1;
        case 2:
            y = y * y;
            rounds--;
        }
    }
    return y;
}
