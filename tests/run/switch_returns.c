// Every case returns.
// test: grad f(x ~ 0.75, kind = `LINEAR`)
// test: grad f(x ~ 0.75, kind = `SQUARED`)
// test: grad f(x ~ 0.75, kind = `CUBED`)

#include <adgen.h>

enum kind { LINEAR, SQUARED, CUBED };

ADGEN_GRAD(x)
double f(double x, enum kind kind)
{
    switch (kind) {
    case LINEAR:
        return x;
    case SQUARED:
        return x * x;
    case CUBED:
        return x * x * x;
    }
    return 0;
}
