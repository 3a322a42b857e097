# -MD -MF -MT -MP: a rule for make, with the user's headers.
. "$CLI/common"
echo '#define GAIN 2' >gain.h
printf '#include <adgen.h>\n#include "gain.h"\nADGEN_GRAD(x)\ndouble f(double x)\n{\n    return GAIN * x * x;\n}\n' >model.c
adgen 0 model.c -o out.c -MD -MF out.d
has out.d '^out\.c:'
has out.d 'model\.c'
has out.d '^  gain\.h$'
lacks out.d '\./'
printf 'include out.d\nall:\n\t@echo fine\n' >Makefile
make -s all >out 2>err || fail 'make does not read it'
has out fine
adgen 0 model.c -o out.c -MD
[ -e out.d ] || fail '-MD alone writes out.d'
adgen 0 model.c -o out.c -MD -MF deps -MT target -MP
has deps '^target:'
has deps '^[^ ]*gain\.h:$'
adgen 0 model.c -o out.c -MD -MF out.d
touch -d '2001-01-01' out.c
printf 'out.c: ; @echo stale\ninclude out.d\n' >Makefile
make -s out.c >out 2>err || fail 'make fails'
has out stale
only model.c gain.h out.c out.d deps Makefile
