# A static variable of a header, which a function that is not differentiated changes: the output's copy would not follow.
. "$CLI/common"
echo 'static double gain = 2;' >gain.h
cat >model.c <<'END'
#include <adgen.h>
#include "gain.h"
void set(double to)
{
    gain = to;
}
ADGEN_GRAD(x)
double f(double x)
{
    return x * gain;
}
END
adgen 1 model.c -o out.c
says "'gain' is static, and 'set' can change it too"
adgen 0 --with-source model.c -o out.c
only gain.h model.c out.c
