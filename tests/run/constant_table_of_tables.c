// Tables whose initialisers name others, and a number that is the size of one.
// test: grad f(x ~ 0.5, n = 3)

#include <adgen.h>

typedef struct {
    double coefficient;
    int power;
} term;

static const double shared[2] = {1, -2};

static double evaluate(double x, int n)
{
    static const double first[] = {1, 2, 3}, second[] = {4, 5};
    static const double *const rows[] = {first, second, shared};
    static const int counts[] = {(int)(sizeof first / sizeof(double)), (int)(sizeof second / sizeof(double)), 2};
    static const term terms[] = {{1.5, 2}, {2.5, 1}};
    static const int nterms = (int)(sizeof terms / sizeof(term));
    double sum = 0;
    for (int r = 0; r < n; r++)
        for (int i = 0; i < counts[r]; i++)
            sum += rows[r][i] * x;
    for (int i = 0; i < nterms; i++)
        sum += terms[i].coefficient * x * terms[i].power;
    return sum * x;
}

ADGEN_GRAD(x)
double f(double x, int n)
{
    static const double *rows[] = {shared, shared};
    return evaluate(x, n) * rows[1][0];
}
