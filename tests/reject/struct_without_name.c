// The output includes the source: the shadow of a struct without a name has no type that could be written.
// adgen: --with-source
// note: give it a tag

#include <adgen.h>

static struct { // error: needs variables of this struct, which has no name
    double value[2];
} state;

ADGEN_GRAD(x)
double f(double x, int k)
{
    state.value[0] = x;
    state.value[1] = x * x;
    return state.value[k] * state.value[k];
}
