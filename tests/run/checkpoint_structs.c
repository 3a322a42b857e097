// Particles in an array of structs, and a struct of settings behind a pointer.
// test: grad f(n = 3, steps = 6, p[3] ~ {x ~ 0.1, v ~ 0.2, hits = 0} {x ~ 0.9, v ~ -0.3, hits = 0}
//     {x ~ 1.7, v ~ 0.05, hits = 0}, dt ~ 0.1)

#include <adgen.h>

struct particle {
    double x, v;
    int hits;
};

ADGEN_GRAD(p, dt)
double f(int n, int steps, struct particle *p, double dt)
{
    for (int t = 0; t < steps; t++) {
        ADGEN_CHECKPOINT(2);
        for (int i = 0; i < n; i++) {
            double force = 0.0;
            for (int j = 0; j < n; j++) {
                double d = p[j].x - p[i].x;
                force += d / (0.5 + d * d);
            }
            p[i].v += dt * force;
        }
        for (int i = 0; i < n; i++) {
            p[i].x += dt * p[i].v;
            p[i].hits += p[i].x > 1.0;
        }
    }
    double s = 0.0;
    for (int i = 0; i < n; i++)
        s += (1 + i) * p[i].x * p[i].v + p[i].hits;
    return s;
}
