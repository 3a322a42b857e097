// States that the step before tells: computed again in the reverse sweep, step by step, and not copied. What must be
// copied all the same.
// test: grad filter(n = 3, steps = 4, first[3] ~ 0.2..1, mix[9] ~ 0.1..1, seen[12] ~ 0.5..1.5)
// test: grad filter(n = 1, steps = 1, first[1] ~ 0.2..1, mix[1] ~ 0.1..1, seen[1] ~ 0.5..1.5)
// test: grad filter(n = 2, steps = 0, first[2] ~ 0.2..1, mix[4] ~ 0.1..1, seen[1] ~ 0.5..1.5)
// test: grad unset(n = 3, steps = 4, first[3] ~ 0.2..1, mix[9] ~ 0.1..1)
// test: grad unset(n = 3, steps = 1, first[3] ~ 0.2..1, mix[9] ~ 0.1..1)
// test: grad inner(n = 5, from = 7, x[5] ~ 0.2..1, c[7] ~ 0.5..1.5)
// test: grad inner(n = 2, from = 7, x[2] ~ 0.2..1, c[7] ~ 0.5..1.5)
// test: grad inner(n = 1, from = 7, x[1] ~ 0.2..1, c[7] ~ 0.5..1.5)
// test: grad rows(n = 3, m = 2, steps = 4, x[6] ~ 0.2..1, w[4] ~ 0.5..1)
// test: grad two(n = 3, steps = 4, x[3] ~ 0.2..1, w[9] ~ 0.1..0.5)
// test: grad read_behind(n = 3, steps = 3, x[3] ~ 0.2..1, w[9] ~ 0.1..0.5)
// test: grad used_again(n = 3, steps = 3, x[3] ~ 0.2..1, w[9] ~ 0.1..0.5)
// test: grad seldom(n = 3, steps = 5, x[3] ~ 0.2..1, w[9] ~ 0.1..0.5)
// test: grad stops(n = 3, steps = 9, x[3] ~ 0.2..1, w[9] ~ 0.1..0.5)
// test: grad moving(n = 4, steps = 4, x[4] ~ 0.2..1, w[16] ~ 0.1..0.5)
// test: grad changing(n = 3, steps = 4, x[3] ~ 0.2..1, w[9] ~ 0.1..0.5)
// test: grad twice(n = 3, steps = 4, x[3] ~ 0.2..1, w[9] ~ 0.1..0.5)
// test: vjp callers(n = 3, steps = 4, u[3] ~ 0.2..1, w[9] ~ 0.1..0.5)
// test: grad shifted(n = 4, steps = 4, x[4] ~ 0.2..1, w[16] ~ 0.1..0.5)
// test: grad down(n = 3, steps = 5, x[3] ~ 0.2..1, w[9] ~ 0.1..0.5)
// test: grad padded(n = 0, steps = 3, x[1] ~ 0.2..1, w[1] ~ 0.1..0.5)
// test: grad padded(n = 2, steps = 3, x[2] ~ 0.2..1, w[2] ~ 0.1..0.5)

#include <adgen.h>
#include <math.h>

// The state is the product of what is kept of the step, divided; it is given before the first step.
ADGEN_GRAD(first, mix, seen)
double filter(int n, int steps, const double *first, const double *mix, const double *seen)
{
    double u[n], next[n], s = 0;
    for (int i = 0; i < n; i++)
        u[i] = first[i];
    for (int t = 0; t < steps; t++) {
        for (int j = 0; j < n; j++)
            next[j] = 0;
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++)
                next[j] += u[i] * mix[i * n + j];
        double scale = 0;
        for (int j = 0; j < n; j++) {
            next[j] *= seen[t * n + j];
            scale += next[j];
        }
        for (int j = 0; j < n; j++)
            u[j] = next[j] / scale;
        s += log(1 + scale);
    }
    for (int i = 0; i < n; i++)
        s += u[i] * (i + 1);
    return s;
}

// Nothing sets the state before the first step, which doesn't read it.
ADGEN_GRAD(first, mix)
double unset(int n, int steps, const double *first, const double *mix)
{
    double u[n], next[n], s = 0;
    for (int t = 0; t < steps; t++) {
        for (int j = 0; j < n; j++)
            next[j] = t == 0 ? first[j] : 0.0;
        if (t > 0)
            for (int i = 0; i < n; i++)
                for (int j = 0; j < n; j++)
                    next[j] += u[i] * mix[i * n + j];
        double scale = 0;
        for (int j = 0; j < n; j++) {
            next[j] *= first[j];
            scale += next[j];
        }
        for (int j = 0; j < n; j++)
            u[j] = next[j] / scale;
        s += log(scale);
    }
    return s;
}

// A part of the state stays as it is, counted down by twos.
ADGEN_GRAD(x, c)
double inner(int n, int from, const double *x, const double *c)
{
    double u[n], w[n], s = 0;
    for (int i = 0; i < n; i++)
        u[i] = x[i];
    for (int t = from; t > 0; t -= 2) {
        for (int i = 1; i < n - 1; i++)
            w[i] = u[i - 1] * u[i + 1] + u[i] * u[i];
        for (int i = 1; i < n - 1; i++) {
            w[i] *= c[t - 1];
            s += w[i] * w[i] * w[i];
        }
        for (int i = 1; i < n - 1; i++)
            u[i] = w[i] * c[0];
    }
    return s + u[0] * u[n - 1];
}

ADGEN_GRAD(x, w)
double rows(int n, int m, int steps, const double *x, const double *w)
{
    double a[n][m], b[n][m], s = 0;
    for (int i = 0; i < n; i++)
        for (int j = 0; j < m; j++)
            a[i][j] = x[i * m + j];
    for (unsigned t = 0; t < (unsigned)steps; t++) {
        for (int i = 0; i < n; i++)
            for (int j = 0; j < m; j++) {
                b[i][j] = 0;
                for (int k = 0; k < m; k++)
                    b[i][j] += a[i][k] * w[k * m + j];
            }
        for (int i = 0; i < n; i++)
            for (int j = 0; j < m; j++) {
                b[i][j] *= x[i * m + j];
                s += b[i][j] * b[i][j];
            }
        for (int i = 0; i < n; i++)
            for (int j = 0; j < m; j++)
                a[i][j] = 2 * b[i][j] * x[i * m + j];
    }
    return s;
}

// Two states, each from the other.
ADGEN_GRAD(x, w)
double two(int n, int steps, const double *x, const double *w)
{
    double u[n], v[n], p[n], q[n], s = 0;
    for (int i = 0; i < n; i++) {
        u[i] = x[i];
        v[i] = 2 * x[i];
    }
    for (int t = 0; t < steps; t++) {
        for (int i = 0; i < n; i++) {
            p[i] = q[i] = 0;
            for (int j = 0; j < n; j++) {
                p[i] += v[j] * w[i * n + j];
                q[i] += u[j] * w[j * n + i];
            }
        }
        for (int i = 0; i < n; i++) {
            p[i] *= x[i];
            q[i] *= p[i];
            s += p[i] * q[i];
        }
        for (int i = 0; i < n; i++)
            u[i] = p[i] * w[i] * v[i];
        for (int i = 0; i < n; i++)
            v[i] = q[i] * w[i];
    }
    return s;
}

// What the step leaves is read in the step, and behind the loop.
ADGEN_GRAD(x, w)
double read_behind(int n, int steps, const double *x, const double *w)
{
    double u[n], p[n], s = 0;
    for (int i = 0; i < n; i++)
        u[i] = x[i];
    for (int t = 0; t < steps; t++) {
        for (int i = 0; i < n; i++) {
            p[i] = 0;
            for (int j = 0; j < n; j++)
                p[i] += u[j] * w[i * n + j];
        }
        for (int i = 0; i < n; i++) {
            p[i] *= x[i];
            s += p[i] * p[i];
        }
        for (int i = 0; i < n; i++)
            u[i] = p[i] * w[i];
        for (int i = 0; i < n; i++)
            s += u[i] * u[i] * u[n - 1 - i];
    }
    for (int i = 0; i < n; i++)
        s += u[i] * u[i];
    return s;
}

// The array serves another loop when the first is over.
ADGEN_GRAD(x, w)
double used_again(int n, int steps, const double *x, const double *w)
{
    double u[n], p[n], s = 0;
    for (int round = 0; round < 1; round++) {
        for (int i = 0; i < n; i++)
            u[i] = x[i];
    }
    for (int t = 0; t < steps; t++) {
        for (int i = 0; i < n; i++) {
            p[i] = 0;
            for (int j = 0; j < n; j++)
                p[i] += u[j] * w[i * n + j];
        }
        for (int i = 0; i < n; i++) {
            p[i] *= x[i];
            s += p[i] * p[i];
        }
        for (int i = 0; i < n; i++)
            u[i] = p[i] * w[i];
        for (int i = 0; i < n; i++)
            s += sin(u[i]);
    }
    for (int i = 0; i < n; i++)
        u[i] = u[n - 1 - i] * s;
    for (int t = 0; t < steps; t++) {
        for (int i = 0; i < n; i++) {
            p[i] = 0;
            for (int j = 0; j < n; j++)
                p[i] += u[j] * w[j * n + i];
        }
        for (int i = 0; i < n; i++) {
            p[i] *= x[i];
            s += p[i] * p[i];
        }
        for (int i = 0; i < n; i++)
            u[i] = p[i] + w[i];
        for (int i = 0; i < n; i++)
            s += cos(u[i]) * u[i];
    }
    return s;
}

// The state isn't set in each step.
ADGEN_GRAD(x, w)
double seldom(int n, int steps, const double *x, const double *w)
{
    double u[n], p[n], s = 0;
    for (int i = 0; i < n; i++)
        u[i] = x[i];
    for (int t = 0; t < steps; t++) {
        for (int i = 0; i < n; i++) {
            p[i] = 0;
            for (int j = 0; j < n; j++)
                p[i] += u[j] * w[i * n + j];
        }
        for (int i = 0; i < n; i++) {
            p[i] *= x[i];
            s += p[i] * p[i];
        }
        if (s < 2)
            for (int i = 0; i < n; i++)
                u[i] = p[i] * w[i];
    }
    return s;
}

// Steps end early.
ADGEN_GRAD(x, w)
double stops(int n, int steps, const double *x, const double *w)
{
    double u[n], p[n], s = 0;
    for (int i = 0; i < n; i++)
        u[i] = x[i];
    for (int t = 0; t < steps; t++) {
        for (int i = 0; i < n; i++) {
            p[i] = 0;
            for (int j = 0; j < n; j++)
                p[i] += u[j] * w[i * n + j];
        }
        for (int i = 0; i < n; i++) {
            p[i] *= 3 * x[i];
            s += p[i] * p[i];
        }
        if (s > 1)
            break;
        for (int i = 0; i < n; i++)
            u[i] = p[i] * w[i];
    }
    return s;
}

// Each step sets other elements.
ADGEN_GRAD(x, w)
double moving(int n, int steps, const double *x, const double *w)
{
    double u[n], p[n], s = 0;
    for (int i = 0; i < n; i++)
        u[i] = x[i];
    for (int t = 0; t < steps; t++) {
        for (int i = 0; i < n; i++) {
            p[i] = 0;
            for (int j = 0; j < n; j++)
                p[i] += u[j] * w[i * n + j];
        }
        for (int i = 0; i < n; i++) {
            p[i] *= x[i];
            s += p[i] * p[i];
        }
        for (int i = t % 2; i < n; i++)
            u[i] = p[i] * w[i];
    }
    return s;
}

// What the state is computed from changes.
ADGEN_GRAD(x, w)
double changing(int n, int steps, const double *x, const double *w)
{
    double u[n], p[n], f[n], s = 0;
    for (int i = 0; i < n; i++) {
        u[i] = x[i];
        f[i] = 1 + x[i];
    }
    for (int t = 0; t < steps; t++) {
        for (int i = 0; i < n; i++) {
            p[i] = 0;
            for (int j = 0; j < n; j++)
                p[i] += u[j] * w[i * n + j];
        }
        for (int i = 0; i < n; i++) {
            p[i] *= x[i];
            s += p[i] * p[i];
        }
        for (int i = 0; i < n; i++)
            u[i] = p[i] * f[i];
        for (int i = 0; i < n; i++)
            f[i] += 0.1 * p[i];
    }
    return s;
}

// The step sets the state at two places.
ADGEN_GRAD(x, w)
double twice(int n, int steps, const double *x, const double *w)
{
    double u[n], p[n], s = 0;
    for (int i = 0; i < n; i++)
        u[i] = x[i];
    for (int t = 0; t < steps; t++) {
        for (int i = 0; i < n; i++) {
            p[i] = 0;
            for (int j = 0; j < n; j++)
                p[i] += u[j] * w[i * n + j];
        }
        for (int i = 0; i < n; i++) {
            p[i] *= x[i];
            s += p[i] * p[i];
        }
        for (int i = 0; i < n; i++)
            u[i] = p[i] * w[i];
        u[0] = 0.5 * s;
    }
    return s;
}

// The state is in the caller's array.
ADGEN_VJP(u, w)
void callers(int n, int steps, double *u, const double *w)
{
    double p[n];
    for (int t = 0; t < steps; t++) {
        for (int i = 0; i < n; i++) {
            p[i] = 0;
            for (int j = 0; j < n; j++)
                p[i] += u[j] * w[i * n + j];
        }
        for (int i = 0; i < n; i++)
            p[i] *= p[i] * w[i];
        for (int i = 0; i < n; i++)
            u[i] = p[i] * w[i];
    }
}

// From neighbours in the work array, and from elements that the loop of the state has set before.
ADGEN_GRAD(x, w)
double shifted(int n, int steps, const double *x, const double *w)
{
    double u[n], v[n], p[n], s = 0;
    for (int i = 0; i < n; i++)
        u[i] = v[i] = x[i];
    for (int t = 0; t < steps; t++) {
        for (int i = 0; i < n; i++) {
            p[i] = 0;
            for (int j = 0; j < n; j++)
                p[i] += u[j] * v[i] * w[i * n + j];
        }
        for (int i = 0; i < n; i++) {
            p[i] *= x[i];
            s += p[i] * p[i];
        }
        for (int i = 0; i < n; i++) {
            v[i] = p[n - 1 - i] * w[i];
            u[i] = p[i] * (i ? v[i - 1] : 1);
        }
    }
    return s;
}

// Steps go down to where they began; the step's number is a part of the state.
ADGEN_GRAD(x, w)
double down(int n, int steps, const double *x, const double *w)
{
    double u[n], p[n], s = 0;
    for (int i = 0; i < n; i++)
        u[i] = x[i];
    for (int t = steps; t >= 0; t--) {
        for (int i = 0; i < n; i++) {
            p[i] = 0;
            for (int j = 0; j < n; j++)
                p[i] += u[j] * w[i * n + j];
        }
        double sum = 0;
        for (int i = 0; i < n; i++) {
            p[i] *= x[i];
            sum += p[i];
        }
        s += log(sum);
        for (int i = 0; i < n; i++)
            u[i] = p[i] / sum + t;
    }
    return s;
}

// No elements, and some that nobody sets.
ADGEN_GRAD(x, w)
double padded(int n, int steps, const double *x, const double *w)
{
    double u[n + 2], p[n + 2], s = 0;
    for (int i = 0; i < n; i++)
        u[i] = x[i];
    for (int t = 0; t < steps; t++) {
        for (int i = 0; i < n; i++) {
            p[i] = w[i];
            for (int j = 0; j < n; j++)
                p[i] += u[j] * u[i] * w[j];
        }
        for (int i = 0; i < n; i++) {
            p[i] *= x[i];
            s += p[i] * p[i];
        }
        for (int i = 0; i < n; i++)
            u[i] = p[i] - x[i];
    }
    return s;
}
