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
printf '#include "out.h"\nint main()\n{\n    return 0;\n}\n' >main.cpp
c++ -std=c++17 -Wall -Wextra -Werror -I"$INCLUDE" -fsyntax-only main.cpp 2>err || fail 'C++'
