# --with-source: the output includes the source and stands in its place.
. "$CLI/common"
cat >model.c <<'END'
#include <adgen.h>

static double gain = 2;

void set_gain(double value)
{
    gain = value;
}

ADGEN_GRAD(x)
double f(double x)
{
    return gain * x * x;
}
END
adgen 1 model.c -o out.c
says 'gain'
adgen 0 --with-source model.c -o out.c --header=out.h
cat >main.c <<'END'
#include "out.h"
void set_gain(double value);
int main(void)
{
    double d = 0;
    set_gain(5);
    return f_grad(3, &d) == 45 && d == 30 ? 0 : 1;
}
END
cc -std=c11 -I"$INCLUDE" main.c out.c -o program 2>err || fail cc
./program || fail 'the program is wrong'
only model.c out.c out.h main.c program
