// The members of a struct are overwritten in place.
// test: vjp f(s ~ {position ~ 0.5, velocity ~ -1}, dt ~ 0.1)
// expect: s.position = s_bar->position

#include <adgen.h>

typedef struct {
    double position, velocity;
} state;

ADGEN_VJP(s, dt)
void f(state *s, double dt)
{
    s->position += dt * s->velocity;
    s->velocity += dt * 9.81;
}
