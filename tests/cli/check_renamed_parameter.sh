# --check: a parameter that the output renames, because a table of a helper has its name.
. "$CLI/common"
cat >model.c <<'END'
#include <adgen.h>
static const double x[2] = {1, 2};
static double helper(double y)
{
    return y * y * x[1];
}
ADGEN_VJP(t, x)
void f(double t, double *x)
{
    *x *= helper(t);
}
END
adgen 0 model.c -o out.c --check=check.c
cc -std=c11 -I"$INCLUDE" check.c out.c model.c -lm -o check 2>err || fail cc
./check 'x[1]' >out 2>err || fail 'the derivative is wrong'
only model.c out.c check.c check
