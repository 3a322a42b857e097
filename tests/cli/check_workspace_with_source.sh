# --check with --workspace and --with-source: the program brings the workspace, and finds it overrun.
. "$CLI/common"
cat >model.c <<'END'
#include <adgen.h>
#include <math.h>

static double gain = 0.5;
void set_gain(double value)
{
    gain = value;
}

ADGEN_GRAD(w)
float chain(int n, const float w[n])
{
    float h = (float)gain;
    for (int i = 0; i < n; i++)
        h = sinf(h * w[i]) + h;
    return h;
}
END
adgen 0 --workspace --with-source model.c -o out.c --check=check.c
strict check.c
cc -std=c11 -I"$INCLUDE" -fsanitize=address,undefined check.c out.c -o check -lm 2>err || fail cc
./check n=20 >out 2>err || fail 'something is wrong'
has out 'all is right'
sed 's/\* sizeof(float);/* sizeof(float) - 1;/' out.c >small.c
cmp -s out.c small.c && fail 'the size is as it was'
cc -std=c11 -I"$INCLUDE" check.c small.c -o check -lm 2>err || fail cc
got=0
./check n=20 >out 2>err || got=$?
[ $got -eq 1 ] || fail "exit status $got for a workspace that is too small"
has out 'the workspace .* WRONG'
