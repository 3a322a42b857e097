# Parameters whose array type has a name: restrict before such a name would be the elements'. Header, check program, C++.
. "$CLI/common"
cat >model.h <<'END'
#ifndef MODEL_H
#define MODEL_H
#include <adgen.h>
typedef double real;
typedef real vec3[3];
typedef const double mat2[2][2];
typedef struct body {
    double x;
} body;
typedef body pair[2];
ADGEN_VJP(a, m, b)
void f(vec3 a, mat2 m, pair b, vec3 y, vec3 w[2]);
#endif
END
cat >model.c <<'END'
#include "model.h"
void f(vec3 a, mat2 m, pair b, vec3 y, vec3 w[2])
{
    for (int i = 0; i < 3; i++)
        y[i] *= a[i] * m[i % 2][0];
    for (int i = 0; i < 2; i++)
        w[i][2] += y[i + 1] * m[i][1] * b[i].x;
}
END
adgen 0 model.c -o out.c --header=out.h --check=check.c
strict out.c
strict check.c
has out.h 'y_bar\[restrict 3\]'
cc -std=c11 -I"$INCLUDE" check.c out.c model.c -o check -lm 2>err || fail cc
./check >out 2>err || fail 'a derivative is wrong'
cat >main.cpp <<'END'
#include "out.h"
int main()
{
    vec3 a = {1, 2, 3}, y = {1, 1, 1}, w[2] = {}, a_bar = {}, y_bar = {1, 1, 1}, w_bar[2] = {};
    double m[2][2] = {{2, 0}, {3, 0}}, m_bar[2][2] = {};
    pair b = {}, b_bar = {};
    f_vjp(a, m, b, y, w, a_bar, m_bar, b_bar, y_bar, w_bar);
    return a_bar[1] == 3 && m_bar[0][0] == 4 ? 0 : 1;
}
END
cc -std=c11 -I"$INCLUDE" -c out.c -o out.o
c++ -std=c++17 -Wall -Wextra -Werror -I"$INCLUDE" main.cpp out.o -o main 2>err || fail 'C++'
./main || fail 'wrong in C++'
