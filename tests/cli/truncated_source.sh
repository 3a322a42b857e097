# A source that ends in the middle.
. "$CLI/common"
printf '#include <adgen.h>\nADGEN_GRAD(x) double f(double x)\n{\n    return x' >model.c
adgen 1 model.c -o out.c
says 'error: '
only model.c
