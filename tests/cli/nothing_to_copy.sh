# A derivative of nothing: where a state of no elements is kept, memcpy is not given the caller's null pointer.
. "$CLI/common"
cat >decay.c <<'EOF'
#include <adgen.h>
#include <math.h>

ADGEN_GRAD(u)
double decay(int n, int steps, double *u)
{
    for (int t = 0; t < steps; t++) {
        ADGEN_CHECKPOINT(2);
        for (int i = 0; i < n; i++)
            u[i] = sin(u[i]);
    }
    double s = 0.0;
    for (int i = 0; i < n; i++)
        s += u[i] * u[i];
    return s;
}
EOF
adgen 0 decay.c -o out.c
strict out.c
cat >main.c <<'EOF'
#include <stddef.h>
double decay_grad(int n, int steps, double *u, double *u_bar);
int main(void)
{
    return decay_grad(0, 3, NULL, NULL) != 0.0;
}
EOF
"${CC:-cc}" -g -fsanitize=address,undefined -fno-sanitize-recover=all -I"$("$ADGEN" --print-include-dir)" out.c main.c -lm \
    -o program
./program
