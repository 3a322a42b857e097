// The model of a network as people write it: layers with weights, and buffers that are allocated inside.
// test: grad f(net ~ {depth = 2, layers ~ ({in = 2, out = 3, w ~ (6: -1..1), b ~ (3: -1..1)}
//     {in = 3, out = 1, w ~ (3: -1..1), b ~ (0.25)})}, x[2] = 0.5 -1)

#include <adgen.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    int in, out;
    double *w, *b;
} layer;

typedef struct {
    int depth;
    layer *layers;
} network;

static void forward(const layer *l, const double *x, double *y)
{
    for (int i = 0; i < l->out; i++) {
        y[i] = l->b[i];
        for (int j = 0; j < l->in; j++)
            y[i] += l->w[i * l->in + j] * x[j];
        y[i] = tanh(y[i]);
    }
}

ADGEN_GRAD(net)
double f(const network *net, const double *x)
{
    double *now = (double *)malloc(2 * sizeof *now);
    memcpy(now, x, 2 * sizeof *now);
    for (int k = 0; k < net->depth; k++) {
        const layer *l = net->layers + k;
        double *next = (double *)malloc((size_t)l->out * sizeof *next);
        forward(l, now, next);
        free(now);
        now = next;
    }
    const double y = now[0];
    free(now);
    return y;
}
