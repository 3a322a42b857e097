// Trees with many children: what a call in a loop returns is weighted in its iteration, and summed for later.
// test: grad f(n = 7, parent[7] = -1 0 0 1 1 2 4, v[7] ~ 0.5 -0.3 0.8 0.2 1.1 -0.7 0.4, x ~ 0.9)
// test: grad f(n = 1, parent[1] = -1, v[1] ~ 0.5, x ~ 0.9)

#include <adgen.h>
#include <math.h>

static double weighted(const int *parent, const double *v, int n, int node, double x)
{
    double sum = x, largest = 0;
    for (int k = node + 1; k < n; k++) {
        if (parent[k] != node)
            continue;
        const double child = weighted(parent, v, n, k, x);
        sum += v[k] * child;
        if (child > 0.9) {
            largest += child * x;
            break;
        }
    }
    return tanh(v[node] * sum) + largest;
}

ADGEN_GRAD(v, x)
double f(int n, const int *parent, const double *v, double x)
{
    return weighted(parent, v, n, 0, x) * x;
}
