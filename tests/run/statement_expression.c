// GNU C's statement expressions, from a macro that evaluates its arguments once.
// test: grad f(x ~ 0.5, y ~ 2)

#include <adgen.h>

#define LARGER(a, b)                                                                                                   \
    ({                                                                                                                 \
        const double a_ = (a), b_ = (b);                                                                               \
        a_ > b_ ? a_ : b_;                                                                                             \
    })
ADGEN_GRAD(x, y)
double f(double x, double y)
{
    return LARGER(x * x, y) * LARGER(x, -y);
}
