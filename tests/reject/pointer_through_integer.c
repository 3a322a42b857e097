// An active pointer goes through an integer.

#include <adgen.h>
#include <stdint.h>

ADGEN_GRAD(v)
double f(double *v)
{
    const uintptr_t address = (uintptr_t)v;                       // error?: pointer|cast|integer
    const double *p = (const double *)(address + sizeof(double)); // error?: pointer|cast|integer
    return *p * *p;                                               // error?: pointer|cast|integer
}
