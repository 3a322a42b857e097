/* NIST's reference problems for nonlinear regression: data, two starting points, and the certified answer. */
#ifndef NIST_H
#define NIST_H

#include "model.h"

#include <stdbool.h>

enum { STARTS = 2, MOST_POINTS = 256 };

struct nist {
    char name[32];
    enum problem problem;
    int n, p;
    double x[MOST_POINTS], y[MOST_POINTS];
    double start[STARTS][MOST_PARAMETERS];
    double certified[MOST_PARAMETERS];
    double residual_sum; /* of squares, at the certified parameters */
};

/* Misra1a, which needs no file. */
void nist_built_in(struct nist *nist);

/* Reads FOLDER/nist/NAME.txt; false, and says why on standard error, if that isn't there or can't be understood. */
bool nist_read(struct nist *nist, enum problem problem, const char *folder);

#endif
