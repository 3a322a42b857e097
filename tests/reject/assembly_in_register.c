// An operand that has to be in one register: the output's variables have none of their own.

#include <adgen.h>

ADGEN_GRAD(x)
double f(double x, int n)
{
    register int first __asm__("eax") = n;
    __asm__ volatile("" : "+r"(first)); // error: inline assembly
    return x * first;
}
