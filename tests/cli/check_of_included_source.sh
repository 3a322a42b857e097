# --check of a file that only includes another source: the checker has the types that are defined there.
. "$CLI/common"
printf 'typedef struct {\n    double a, b;\n} pair;\n' >pair.h
printf '#include <adgen.h>\n#include <math.h>\n#include "pair.h"\nenum { N = 2 };\nstruct both {\n    pair p[N];\n};\nstruct state {\n    union {\n        int i[2];\n        short s[4];\n    } fir;\n};\n\nADGEN_GRAD(x)\ndouble f(const struct both *x)\n{\n    return sin(x->p[0].a) * x->p[1].b;\n}\n' >model.c
printf '#include "model.c"\n' >all.c
adgen 1 all.c -o out.c
says 'with-source'
adgen 0 --with-source all.c -o out.c --check=check.c
cc -std=c11 -Wall -Wextra -pedantic -Werror -I"$INCLUDE" check.c out.c -lm -o check 2>err || fail 'C'
./check 'x[1]' >out || fail 'the check fails'
has out 'all is right'
only pair.h model.c all.c out.c check.c check
