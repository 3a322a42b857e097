# --workspace: a last parameter, a function that tells the size, and no allocation.
. "$CLI/common"
cat >model.c <<'END'
#include <adgen.h>
#include <math.h>

ADGEN_GRAD(w)
double chain(int n, const double *w)
{
    double h = 0.5;
    for (int i = 0; i < n; i++)
        h = sin(h * w[i]);
    return h;
}

ADGEN_VJP(x)
double square(double x)
{
    return x * x;
}
END
cat >main.c <<'END'
#include "out.h"
#include <math.h>
int main(void)
{
    double w[2] = {1, 2}, w_bar[2] = {0}, x_bar = 0, room[2];
    if (chain_grad_workspace(2, w) != 2 * sizeof(double) || chain_grad_workspace(0, w) != 0 ||
        chain_grad_workspace(-5, w) != 0 || square_vjp_workspace(3) != 0)
        return 1;
    const double h = sin(0.5), value = chain_grad(2, w, w_bar, room);
    if (fabs(value - sin(h * 2)) > 1e-15 || fabs(w_bar[1] - cos(h * 2) * h) > 1e-15)
        return 2;
    return square_vjp(3, &x_bar, 10, 0) == 9 && x_bar == 60 ? 0 : 3;
}
END
adgen 0 --workspace model.c -o out.c --header=out.h
strict out.c
lacks out.c 'adgen_tape\.h|alloc'
has out.c 'chain_grad_workspace says'
has out.c 'square_vjp_workspace gives 0'
has out.h 'size_t chain_grad_workspace\(int n, const double \*w\);'
has out.h 'void \*restrict workspace\);'
cc -std=c11 -I"$INCLUDE" main.c out.c -o program -lm 2>err || fail cc
./program || fail 'the program is wrong'
cp main.c main.cpp
cc -std=c11 -I"$INCLUDE" -c out.c -o out.o
c++ -Wall -Wextra -pedantic -Werror main.cpp out.o -o program -lm 2>err || fail c++
./program || fail 'the C++ program is wrong'

printf '#include <stddef.h>\n#include <adgen.h>\nsize_t f_grad_workspace(void)\n{\n    return 0;\n}\nADGEN_GRAD(x) double f(double x)\n{\n    return x;\n}\n' >taken.c
adgen 0 taken.c -o taken_grad.c
adgen 1 --workspace taken.c -o taken_grad.c
says 'f_grad_workspace'
