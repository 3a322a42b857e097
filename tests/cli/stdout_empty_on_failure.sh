# Nothing is on standard output after a failure.
. "$CLI/common"
printf '#include <adgen.h>\nADGEN_GRAD(x) double f(double x) { return x; }\nADGEN_GRAD(z) double g(double x) { return x; }\n' >model.c
adgen 1 model.c
[ ! -s out ] || fail 'standard output is not empty'
only model.c
