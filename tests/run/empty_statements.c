// Empty statements, empty blocks, nested blocks.
// test: grad f(x ~ 0.5)

#include <adgen.h>

ADGEN_GRAD(x)
double f(double x)
{
    ;
    {
    }
    if (x > 0)
        ;
    {
        {
            x *= x;
        };
    }
    return x;
}
