#ifndef MODEL_H
#define MODEL_H

#include <adgen.h>

enum problem { MISRA1A, BOXBOD, ECKERLE4, ENSO, HAHN1, KIRBY2, RAT42, RAT43, THURBER, PROBLEMS };

enum { MOST_PARAMETERS = 9 };

/* The model's y at x, for parameters b. */
ADGEN_GRAD(b)
double predict(enum problem problem, const double *b, double x);

/* A data set, and the coordinates c in which its p parameters are searched for: b = centre + scale c. */
struct fit {
    enum problem problem;
    int n, p;
    const double *x, *y;
    double unit; /* the sum of squares is divided by this */
    double centre[MOST_PARAMETERS];
    double scale[MOST_PARAMETERS][MOST_PARAMETERS];
};

/* The parameters at c. */
void parameters(const struct fit *fit, const double *c, double *b);

/* The sum of squared residuals at c. */
ADGEN_GRAD(c)
double misfit(const struct fit *fit, const double c[MOST_PARAMETERS]);

#endif
