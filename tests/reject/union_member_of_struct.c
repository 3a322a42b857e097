// The union is a member of a struct.

#include <adgen.h>

struct tagged {
    int kind;
    union {
        float single;
        double pair;
    } value;
};

ADGEN_GRAD(x)
double f(double x)
{
    struct tagged t;
    t.kind = 1;
    t.value.pair = x;                     // error?: union
    return t.value.pair + t.value.single; // error?: union
}
