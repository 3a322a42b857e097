# --report says of each loop what was decided, in the user's lines.
. "$CLI/common"
cat >loops.c <<'EOF'
#include <adgen.h>
#include <math.h>

ADGEN_GRAD(w)
double f(int n, const double *x, const double *y, double w)
{
    int odd = 0;
    for (int i = 0; i < n; i++)
        odd += i & 1;
    double sum = odd;
    for (int i = 0; i < n; i++) {
        double r = exp(-w * x[i]) - y[i];
        sum += r * r;
    }
    double h = 1.0;
    for (int i = 0; i < n; i++)
        h = sin(w * h);
    while (h > 0.01)
        h *= w * h;
    return sum + h;
}
EOF
adgen 0 --report=report loops.c -o out.c
strict out.c
has report 'f_grad: active: w'
has report 'loop at 8: no derivative passes through it, nothing stored'
has report 'loop at 11: one pass, nothing stored'
has report 'loop at 16: its reverse runs backwards; stores h .8 B a step. because line 17 overwrites it'
has report 'loop at 18: its reverse runs backwards; keeps h on a growing tape .8 B a step.'
