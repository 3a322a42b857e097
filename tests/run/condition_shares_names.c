// A loop whose condition takes statements, and whose body computes something of the same kind.
// test: grad f(n = 4, x ~ 0.7)
#include <adgen.h>
#include <stdbool.h>

ADGEN_GRAD(x)
double f(int n, double x)
{
    double s = x;
    bool stop = false;
    int j = 0;
    while (!stop && j++ < n && j < 3 * n) {
        if (0.75 < s / 4.0 && s >= 0.5)
            s *= 0.5 * x;
        else
            s += x * x;
        if (s > 3.0 && j > 1)
            stop = true;
    }
    return s;
}
