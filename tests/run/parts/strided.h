// A vector with a stride, in the manner of GSL; used by inline_function_of_header.c.
#ifndef STRIDED_H
#define STRIDED_H

typedef struct {
    int n, stride;
    double *data;
} strided;

static inline double strided_get(const strided *v, int i)
{
    return v->data[i * v->stride];
}

#define STRIDED_LAST(v) strided_get((v), (v)->n - 1)

#endif
