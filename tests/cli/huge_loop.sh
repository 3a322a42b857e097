# A loop of 2^63 - 1 iterations that keeps a value each: its storage is asked for at run time, and refused there.
. "$CLI/common"
cat >model.c <<'END'
#include <adgen.h>
#include <math.h>
ADGEN_GRAD(x)
double f(double x)
{
    for (long long i = 0; i < 9223372036854775807; i++)
        x = sin(x);
    return x;
}
END
adgen 0 model.c -o out.c
has out.c 'adgen_alloc\(9223372036854775807'
only model.c out.c
