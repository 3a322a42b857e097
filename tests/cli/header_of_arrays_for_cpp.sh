# The header of functions with variable-length array parameters and restrict compiles as C++ too.
. "$CLI/common"
printf '#include <adgen.h>\nADGEN_GRAD(a)\ndouble f(int n, int m, const double a[n][m], double *restrict out)\n{\n    double s = 0;\n    for (int i = 0; i < n; i++)\n        for (int j = 0; j < m; j++)\n            s += a[i][j] * a[i][j];\n    out[0] = s;\n    return s;\n}\n' >model.c
adgen 0 model.c -o out.c --header=out.h
printf '#include "out.h"\nint main()\n{\n    return 0;\n}\n' >main.cpp
c++ -std=c++17 -Wall -Wextra -pedantic -Werror -I"$INCLUDE" -fsyntax-only main.cpp 2>err || fail 'C++'
printf '#include "out.h"\nint main(void)\n{\n    return 0;\n}\n' >main.c
cc -std=c11 -Wall -Wextra -pedantic -Werror -I"$INCLUDE" -fsyntax-only main.c 2>err || fail 'C'
only model.c out.c out.h main.c main.cpp
