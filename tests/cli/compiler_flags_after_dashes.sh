# Everything after -- goes to the parser; options for warnings may stand before it, too.
. "$CLI/common"
mkdir inc
echo '#define GAIN 3' >inc/gain.h
printf '#include <adgen.h>\n#include "gain.h"\nADGEN_GRAD(x)\ndouble f(double x)\n{\n    return GAIN * POWER * x * x;\n}\n' >model.c
adgen 0 model.c -o out.c -- -Iinc -DPOWER=5 -std=c11 -O2 -Wall
has out.c f_grad
adgen 1 model.c -o no.c -- -Iinc
says 'POWER'
adgen 0 -w -Wall model.c -o out.c -- -Iinc -DPOWER=5
only model.c inc out.c
