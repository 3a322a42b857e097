# --with-source: the output finds the source from its own folder; types, functions and variables are not repeated.
. "$CLI/common"
mkdir source made
cat >source/model.c <<'END'
#define _GNU_SOURCE
#include <adgen.h>
#include <math.h>

typedef struct {
    double scale;
    int shift;
} unit;

enum kind { PLAIN, SQUARED };

static const double table[2] = {3, 4};

static double pick(double x, enum kind kind)
{
    static const double weights[2] = {1, 2};
    return weights[kind] * (kind == SQUARED ? x * x : x);
}

ADGEN_GRAD(x)
double f(unit u, double x)
{
    return u.scale * pick(x, SQUARED) * table[u.shift] + 0 * M_PI;
}
END
cat >main.c <<'END'
#include "made/model_grad.c"
int main(void)
{
    double d = 1;
    const unit u = {10, 1};
    return f_grad(u, 3, &d) == f(u, 3) && d == 1 + 10 * 2 * 6 * 4 ? 0 : 1;
}
END
adgen 0 --with-source source/model.c -o made/model_grad.c
has made/model_grad.c '#include "\.\./source/model\.c"'
lacks made/model_grad.c '^typedef|^enum|double table\[|math\.h|double pick'
cc -std=c11 -Wall -Wextra -Werror -I"$INCLUDE" main.c -o program -lm 2>err || fail cc
./program || fail 'the program is wrong'
adgen 0 --with-source "$PWD/source/model.c" -o "$PWD/made/model_grad.c"
has made/model_grad.c '#include "\.\./source/model\.c"'
cd source
adgen 0 --with-source model.c -o model_grad.c
has model_grad.c '#include "model\.c"'
adgen 0 --with-source model.c
has out '#include "model\.c"'
