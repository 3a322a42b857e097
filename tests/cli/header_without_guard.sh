# --header: a header of the user's that has no include guard comes into the output once, by adgen's header.
. "$CLI/common"
printf 'typedef struct {\n    double a, b;\n} pair;\nstatic inline double square(double x)\n{\n    return x * x;\n}\n' >pair.h
printf '#pragma once\ntypedef double number;\n' >once.h
printf '#include <adgen.h>\n#include "once.h"\n#include "pair.h"\n\nADGEN_GRAD(p)\nnumber f(const pair *p)\n{\n    return square(p->a) * p->b;\n}\n' >model.c
adgen 0 model.c -o out.c --header=out.h
has out.h 'pair\.h'
has out.c 'once\.h'
lacks out.c 'pair\.h'
printf '#include "out.h"\nint main(void)\n{\n    pair p = {3, 2}, p_bar = {0, 0};\n    return f_grad(&p, &p_bar) == 18 && p_bar.a == 12 ? 0 : 1;\n}\n' >main.c
cc -std=c11 -Wall -Wextra -pedantic -Werror -I"$INCLUDE" main.c out.c -o in_c 2>err || fail 'C'
./in_c || fail 'the program is wrong'
adgen 0 --with-source model.c -o all.c --header=out.h
cc -std=c11 -Wall -Wextra -pedantic -Werror -I"$INCLUDE" main.c all.c -o in_c 2>err || fail 'with the source'
./in_c || fail 'the program is wrong'
only model.c main.c pair.h once.h out.c out.h all.c in_c
