# Names with a space and a dollar are escaped as make wants it.
. "$CLI/common"
mkdir 'a b'
echo '#define GAIN 2' >'a b/gain$1.h'
printf '#include <adgen.h>\n#include "gain$1.h"\nADGEN_GRAD(x)\ndouble f(double x)\n{\n    return GAIN * x * x;\n}\n' >model.c
adgen 0 '-Ia b' model.c -o 'out 1.c' -MD -MF out.d
has out.d 'out\\ 1\.c:'
has out.d 'a\\ b/gain\$\$1\.h'
only model.c 'a b' 'out 1.c' out.d
