// A state machine: switch in a loop, the state changes by the data.
// test: grad f(n = 8, v[8] ~ -1..1)

#include <adgen.h>

ADGEN_GRAD(v)
double f(int n, const double *v)
{
    enum { IDLE, RISING, FALLING } state = IDLE;
    double s = 0.5;
    for (int i = 0; i < n; i++)
        switch (state) {
        case IDLE:
            s += v[i];
            state = v[i] > 0 ? RISING : FALLING;
            break;
        case RISING:
            s *= 1 + 0.5 * v[i];
            if (v[i] < 0)
                state = FALLING;
            break;
        case FALLING:
            s -= v[i] * v[i];
            if (s < 0)
                state = IDLE;
        }
    return s;
}
