// Structs in an array change places whole; sorted by a key.
// test: grad f(n = 3, p[3] ~ {key ~ 0.5, x ~ 2} {key ~ -1, x ~ 3} {key ~ 0.25, x ~ -1})

#include <adgen.h>

typedef struct {
    double key, x;
} item;

ADGEN_GRAD(p)
double f(int n, const item *p)
{
    item q[3];
    for (int i = 0; i < n; i++)
        q[i] = p[i];
    for (int i = 0; i < n; i++)
        for (int j = 0; j + 1 < n - i; j++)
            if (q[j].key > q[j + 1].key) {
                const item t = q[j];
                q[j] = q[j + 1];
                q[j + 1] = t;
            }
    return q[0].x * q[1].key + q[2].x * q[2].x;
}
