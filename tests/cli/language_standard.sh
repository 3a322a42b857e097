# -std= goes to the parser.
. "$CLI/common"
printf '#include <adgen.h>\nADGEN_GRAD(x)\ndouble f(double x)\n{\n    typeof(x) y = x * x;\n    return y;\n}\n' >model.c
adgen 0 -std=gnu11 model.c -o out.c
adgen 1 -std=c11 model.c -o no.c
says 'error: '

adgen 1 -std=bogus model.c -o no.c
says 'are -std and the options behind -- right\?'
adgen 1 model.c -o no.c -- -std=c++17
says 'are -std and the options'
only model.c out.c
