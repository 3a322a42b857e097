# A sum over pairs, its inner loop as long as the outer one has come: one pass, and nothing is stored.
. "$CLI/common"
cat >pairs.c <<'EOF'
#include <adgen.h>
#include <math.h>

ADGEN_GRAD(x)
double pairs(int n, const double *x)
{
    double energy = 0.0;
    for (int i = 0; i < n; i++)
        for (int j = 0; j < i; j++)
            energy += 1.0 / sqrt(1.0 + x[i] * x[j]);
    return energy;
}
EOF
adgen 0 --report=report pairs.c -o out.c
strict out.c
lacks out.c 'adgen_tape'
has report 'nothing stored'
