// Work space that is reached through a parameter which the request does not name.
// note: name it in the request, or mark it ADGEN_PASSIVE

#include <adgen.h>

struct space {
    double *terms;
    double last;
};

ADGEN_GRAD(x)
double f(int n, const double *x, struct space *s)
{
    for (int i = 0; i < n; i++)
        s->terms[i] = x[i] * x[i]; // error: carries a derivative, and 's', where it goes
    double sum = 0;
    for (int i = 0; i < n; i++)
        sum += s->terms[i];
    return sum;
}

ADGEN_GRAD(x)
double g(int n, const double *x, double **rows)
{
    for (int i = 0; i < n; i++) {
        double *row = i % 2 ? rows[i] : rows[0];
        row[0] = x[i] * x[i]; // error: carries a derivative, and 'rows', where it goes
    }
    double sum = 0;
    for (int i = 0; i < n; i++)
        sum += *rows[i];
    return sum;
}
