# ADGEN_PASSIVE on a pointer says nothing of bytes that are copied: a warning, and none where values are.
. "$CLI/common"
cat >model.c <<'END'
#include <adgen.h>
#include <string.h>

static double off(const double *p, ADGEN_PASSIVE const double *target)
{
    double t[2];
#ifdef BYTES
    memcpy(t, target, sizeof t);
#else
    t[0] = target[0], t[1] = target[1];
#endif
    return (p[0] - t[0]) * (p[1] - t[1]);
}

ADGEN_GRAD(x)
double f(const double *x)
{
    return off(x, x + 1);
}
END
"$ADGEN" model.c -o out.c 2>said
[ ! -s said ]
"$ADGEN" -DBYTES model.c -o out.c 2>said
grep -q "model.c:8:5: warning: ADGEN_PASSIVE says nothing here of what is passed on by pointer" said
grep -q "note: copy value by value" said
