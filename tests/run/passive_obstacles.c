// Functions with inline assembly, setjmp, complex numbers, vectors, a computed goto: where they stay passive they are called.
// test: grad f(x ~ 0.5, n = 3, w[3] = 2 0 0)
// expect: x += 8 * 2 * (3 * x * x * 2 + 1) + 7
// no-dual: not C++
// no-fd: vectors and complex numbers have their types

#include <adgen.h>
#include <complex.h>
#include <setjmp.h>

typedef float four __attribute__((vector_size(16)));

double spectrum(int n, const double *w)
{
    double complex sum = 0;
    for (int k = 0; k < n; k++)
        sum += w[k] * cexp(I * k);
    return cabs(sum);
}

int first_digit(const char *text)
{
    jmp_buf failed;
    if (setjmp(failed))
        return -1;
    if (text[0] < '0')
        longjmp(failed, 1);
    return text[0] - '0';
}

unsigned unchanged(unsigned t)
{
    __asm__("" : "+r"(t));
    return t;
}

int lane(int n)
{
    const four a = {1, 2, 3, 4};
    const four b = a + a;
    return (int)b[n & 3];
}

int interpret(int n)
{
    static const void *const labels[] = {&&one, &&two};
    goto *labels[n & 1];
one:
    return 1;
two:
    return 2;
}

ADGEN_GRAD(x)
double f(double x, int n, const double *w)
{
    const double scale = spectrum(n, w);
    double y = x;
    for (int i = 0; i < first_digit("2"); i++)
        y = y * x * scale + interpret(i);
    return y * lane(n) + unchanged(7u) * x;
}
