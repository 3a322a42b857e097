// Bounds that are members of structs are loaded once, before the loops, where these don't change them, and only if the
// loops run: there may be no struct otherwise.
// test: grad f(net ~ {inputs = 2, hidden = 3, w ~ (6: -1..1), v ~ (3: -1..1)}, n = 4, x[8] = -1..1)
// test: grad f(net ~ {inputs = 2, hidden = 0, w ~ (6: -1..1), v ~ (3: -1..1)}, n = 4, x[8] = -1..1)
// test: grad f(net ~ null, n = 0, x[8] = -1..1)
// test: grad g(s ~ {k = 3, v ~ (5: -1..1)}, n = 3)
// test: grad g(s ~ {k = 3, v ~ (5: -1..1)}, n = 0)
// test: grad h(n = 3, use = 0, q = null, x[4] ~ -1..1)
// test: grad h(n = 3, use = 1, q = {rows = 2, columns = 2}, x[4] ~ -1..1)
// test: grad h(n = 0, use = 1, q = null, x[4] ~ -1..1)

#include <adgen.h>
#include <math.h>

struct network {
    int inputs, hidden;
    double *w, *v;
};

ADGEN_GRAD(net)
double f(const struct network *net, int n, const double *x)
{
    double sum = 0;
    for (int s = 0; s < n; s++) {
        double h[8], out = 0;
        for (int j = 0; j < net->hidden; j++) {
            double z = 0;
            for (int i = 0; i < net->inputs; i++)
                z += net->w[j * net->inputs + i] * x[s * net->inputs + i];
            h[j] = tanh(z);
        }
        for (int j = 0; j < net->hidden; j++)
            out += net->v[j] * h[j];
        sum += out * out;
    }
    return sum;
}

struct growing {
    int k;
    double *v;
};

/* The loop itself changes its inner bound. */
ADGEN_GRAD(s)
double g(struct growing *s, int n)
{
    double sum = 0;
    const int k = s->k;
    for (int t = 0; t < n; t++) {
        for (int i = 0; i < s->k; i++)
            sum += sin(s->v[i] * sum) + s->v[i];
        s->k++;
    }
    s->k = k;
    return sum;
}

struct shape {
    int rows, columns;
};

/* Not asked for at all in some calls. */
ADGEN_GRAD(x)
double h(int n, int use, const struct shape *q, const double *x)
{
    double sum = 1;
    for (int t = 0; t < n; t++)
        if (use)
            for (int i = 0; i < q->rows; i++)
                for (int j = 0; j < q->columns; j++)
                    sum *= 1 + 0.1 * sin(x[i * q->columns + j] * sum);
    return sum;
}
