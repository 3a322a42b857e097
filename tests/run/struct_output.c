// A struct is written through a pointer that is named in the request.
// test: vjp f(x ~ 0.5, out ~ {sum ~ 9, product ~ 9})
// expect: out.sum = 0

#include <adgen.h>

struct result {
    double sum, product;
};

ADGEN_VJP(x, out)
void f(double x, struct result *out)
{
    out->sum = x + x * x;
    out->product = x * out->sum;
}
