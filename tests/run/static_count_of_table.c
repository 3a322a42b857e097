// Static variables of functions that count a table's entries, not declared const; the table is not, either.
// test: grad f(x ~ -1..1)

#include <adgen.h>

struct term {
    int k;
    double c;
};

static double series(double x)
{
    static struct term terms[] = {{1, 0.5}, {2, -0.25}, {0, 2.0}};
    static int count = sizeof terms / sizeof(struct term);
    double sum = 0.0;
    for (int i = count - 1; i >= 0; i--) {
        double power = 1.0;
        for (int j = 0; j < terms[i].k; j++)
            power *= x;
        sum += terms[i].c * power;
    }
    return sum;
}

ADGEN_GRAD(x)
double f(double x)
{
    return series(x) * series(2.0 * x);
}
