// A struct in a struct.
// test: grad f(b ~ {centre ~ {x ~ 0.5, y ~ 2}, radius ~ 1.5})

#include <adgen.h>

typedef struct {
    double x, y;
} point;

typedef struct {
    point centre;
    double radius;
} circle;

ADGEN_GRAD(b)
double f(circle b)
{
    point p = b.centre;
    p.x *= b.radius;
    return p.x * p.x + b.centre.y * b.radius;
}
