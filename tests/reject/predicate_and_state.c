// What an unknown function was given may come back: by another one, and in a variable that both know.

#include <adgen.h>

int put(double x);
double get(void);
extern double last;

ADGEN_GRAD(x)
double f(double x)
{
    if (put(x * x))
        return x;
    return get(); // error: 'get' may read back
}

ADGEN_GRAD(x)
double g(double x)
{
    if (put(x * x)) // error: cannot differentiate the call of 'put'
        return x;
    return last * x;
}
