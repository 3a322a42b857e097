// Layers of a network: a struct with an array of structs with pointers.
// test: grad f(n ~ {count = 2, layers ~ ({w ~ (0.5 -1), b ~ 0.1} {w ~ (0.25 2), b ~ -0.2})}, x ~ 0.75)

#include <adgen.h>
#include <math.h>

struct layer {
    double *w;
    double b;
};

struct network {
    int count;
    struct layer *layers;
};

ADGEN_GRAD(n, x)
double f(const struct network *n, double x)
{
    double h = x;
    for (int i = 0; i < n->count; i++) {
        const struct layer *l = &n->layers[i];
        h = tanh(l->w[0] * h + l->w[1] * x + l->b);
    }
    return h;
}
