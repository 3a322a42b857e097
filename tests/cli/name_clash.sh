# The name of the derivative is taken by a function of the source.
. "$CLI/common"
printf '#include <adgen.h>\ndouble f_grad(double x)\n{\n    return x;\n}\nADGEN_GRAD(x) double f(double x)\n{\n    return x * x;\n}\n' >model.c
adgen 1 model.c -o out.c
says 'f_grad'
only model.c
