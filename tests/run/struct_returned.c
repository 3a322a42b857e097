// f returns a struct: its bar is a struct too.
// test: vjp f(x ~ 0.5, y ~ 2) -> {sum, parts[2]}

#include <adgen.h>

struct result {
    double sum;
    double parts[2];
};

ADGEN_VJP(x, y)
struct result f(double x, double y)
{
    struct result r;
    r.parts[0] = x * y;
    r.parts[1] = x / y;
    r.sum = r.parts[0] + r.parts[1] * x;
    return r;
}
