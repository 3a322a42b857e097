// No parameter is real.

#include <adgen.h>

ADGEN_GRAD() double f(int n) // error: real|parameter
{
    return n;
}
