# --check: a program that finds right derivatives right and wrong ones wrong.
. "$CLI/common"
cat >model.c <<'END'
#include <adgen.h>
#include <math.h>

typedef struct {
    double scale, weights[2];
    int power;
} layer;

ADGEN_GRAD(w, b)
double loss(int n, int m, const double x[n][m], const double *w, double b)
{
    double sum = 0;
    for (int i = 0; i < n; i++) {
        double t = b;
        for (int j = 0; j < m; j++)
            t += w[j % 2] * x[i][j];
        sum += log(t * t + 1) + sqrt(b);
    }
    return sum;
}

ADGEN_VJP(l, y)
int apply(layer l, double y[3], int *calls)
{
    *calls += 1;
    for (int i = 0; i < 3; i++)
        y[i] *= l.scale * pow(l.weights[i % 2], l.power);
    return *calls;
}
END
adgen 0 model.c -o out.c --check=check.c
strict check.c
cc -std=c11 -I"$INCLUDE" -fsanitize=address,undefined check.c out.c model.c -o check -lm 2>err || fail cc
got=0
./check --help >out 2>err || got=$?
[ $got -eq 0 ] || fail '--help'
has out 'loss_grad'
has out 'const double x\[n\]\[m\]'

# wrong COMMAND...: exit status 2, and says what is missing.
wrong()
{
    got=0
    "$@" >out 2>err || got=$?
    [ $got -eq 2 ] || fail "$*: exit status $got, should be 2"
}
wrong ./check
says "loss_grad: how many elements has 'w'"
says "apply_vjp: 'l.power' is needed"
says "apply_vjp: how many elements has 'calls'"
set -- 'w[2]' l.power=3 'calls[1]=7'
wrong ./check "$@" unknown=3
says unknown
wrong ./check "$@" --points=0
wrong ./check "$@" x=1,2,3
wrong ./check "$@" b=@missing
wrong ./check "$@" loss

right()
{
    "$@" >out 2>err || fail "$*: something is wrong"
    has out 'all is right'
}
right ./check "$@"
has out '^  w .* right'
has out '^  l\.weights .* right'
lacks out '^  l\.power'
has out 'n = 5, m = 6'
echo 0.5 >b
printf '# both\n%s\nw=0.5,0.25 n=2\nm=1 x=-3..3 b=@b' loss_grad >arguments
right ./check @arguments --seed=7
lacks out apply_vjp
right ./check "$@" apply_vjp:y=2,3,4 loss_grad:n=1

sed 's/b_bar += /b_bar += 1e-3 * b + /' out.c >wrong.c
cc -std=c11 -I"$INCLUDE" check.c wrong.c model.c -o wrong_check -lm 2>err || fail 'cc wrong.c'
got=0
./wrong_check "$@" >out 2>err || got=$?
[ $got -eq 1 ] || fail "exit status $got for a wrong derivative"
has out '^  b .* WRONG'
has out '^  w .* right'
has out 'something is WRONG'

# A function that keeps state gives differences that mean nothing.
cat >state.c <<'END'
#include <adgen.h>
ADGEN_GRAD(x)
double f(double x)
{
    static int calls;
    calls++;
    return calls * x;
}
END
adgen 0 state.c -o out.c --check=check.c
cc -std=c11 -I"$INCLUDE" check.c out.c state.c -o check -lm 2>err || fail cc
got=0
./check >out 2>err || got=$?
[ $got -eq 1 ] || fail "exit status $got for a function with state"
has out 'keeps state'
