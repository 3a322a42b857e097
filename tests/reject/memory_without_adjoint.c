// What is written and read again is memory that the request does not name and that has no adjoint.

#include <adgen.h>

struct s {
    double a, *w;
};

ADGEN_GRAD(u)
double member(struct s *s, double *u, int n)
{
    double *p = n ? &s->a : u + 1;
    *p = u[0]; // error: what is written here carries a derivative
    return s->a * u[1];
}

ADGEN_GRAD(u)
double rows(double **rows, double *u, int n)
{
    rows[n][0] = u[0]; // error: what is written here carries a derivative
    return rows[0][0] * u[1];
}

ADGEN_GRAD(u)
double through_member(struct s s, double *u, int n)
{
    double *p = n ? s.w : u + 1;
    *p = u[0]; // error: what is written here carries a derivative
    return s.w[0] * u[1];
}
