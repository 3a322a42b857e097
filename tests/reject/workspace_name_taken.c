// The last parameter is called 'workspace'.
// adgen: --workspace

#include <adgen.h>

ADGEN_GRAD(x)
double f(double x, double workspace) // error: the name 'workspace'
{
    return x * workspace;
}
