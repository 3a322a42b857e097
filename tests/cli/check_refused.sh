# --check refuses what it can't fill or call, and then writes nothing.
. "$CLI/common"

# refused WHAT: model.c is fine without --check.
refused()
{
    adgen 0 model.c -o out.c
    rm out.c
    adgen 1 model.c -o out.c --check=check.c
    says "$1"
    absent out.c
    absent check.c
}
cat >model.c <<'END'
#include <adgen.h>
struct net {
    int n;
    double *w;
};
ADGEN_GRAD(net)
double f(struct net *net)
{
    return net->w[0] * net->w[1];
}
END
refused "model\.c:7:.*--check cannot fill 'net': its member 'w'"
cat >model.c <<'END'
#include <adgen.h>
ADGEN_GRAD(rows)
double f(double **rows)
{
    return rows[0][0];
}
END
refused "cannot fill 'rows': it points to what is no number"
cat >model.c <<'END'
#include <adgen.h>
ADGEN_GRAD(x)
double f(double x, const void *p)
{
    return p ? x : 2 * x;
}
END
refused "cannot fill 'p'"
cat >model.c <<'END'
#include <adgen.h>
ADGEN_GRAD(x)
static double f(double x)
{
    return x;
}
double g(double x)
{
    return f(x);
}
END
refused "cannot call 'f': it is static"
cat >model.c <<'END'
#include <adgen.h>
struct pair {
    double a, b;
};
ADGEN_VJP(x)
struct pair f(double x)
{
    return (struct pair){x, 2 * x};
}
END
refused "cannot call 'f': it does not return a number"
cat >model.c <<'END'
#include <adgen.h>
ADGEN_GRAD(x)
double f(double x)
{
    return x;
}
END
adgen 2 model.c -o out.c --check=out.c
says 'same file'
adgen 2 model.c -o out.c --check=model.c
says 'input file'
