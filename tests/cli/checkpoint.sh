# ADGEN_CHECKPOINT is read, and what this version makes of it is said.
. "$CLI/common"
cat >model.c <<'END'
#include <adgen.h>
#include <math.h>
ADGEN_GRAD(x)
double f(double x, int n)
{
    for (int i = 0; i < n; i++) {
        ADGEN_CHECKPOINT(5);
        x = sin(x);
    }
    return x;
}
END
adgen 0 model.c -o out.c
says 'model.c:7:9: warning: ADGEN_CHECKPOINT changes nothing in this version'
has out.c 'f_grad'
only model.c out.c
