# The user's types and headers are named, not repeated.
. "$CLI/common"
printf '#ifndef SHAPE_H\n#define SHAPE_H\nstruct shape {\n    double width, height;\n};\n#endif\n' >shape.h
printf '#include <adgen.h>\n#include "shape.h"\nADGEN_GRAD(s)\ndouble area(const struct shape *s)\n{\n    return s->width * s->height;\n}\n' >model.c
adgen 0 model.c -o out.c --header=out.h
has out.c '#include "shape\.h"'
lacks out.c 'struct shape \{'
strict out.c
printf '#include "out.h"\nint main(void)\n{\n    struct shape s = {1, 2};\n    return (int)s.width - 1;\n}\n' >main.c
cc -std=c11 -Wall -Werror -fsyntax-only main.c 2>err || fail 'the header does not bring its types'
only model.c shape.h out.c out.h main.c
