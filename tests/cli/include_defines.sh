# A source that includes the definition of a function: the output cannot include it, too, but the source.
. "$CLI/common"
printf 'double helper(double x)\n{\n    return x * x;\n}\n' >helper.c
printf '#include "helper.c"\ndouble f(double x)\n{\n    return helper(x);\n}\n' >model.c
adgen 1 --grad=f model.c -o out.c
says "helper.c:1:8: error: 'helper' is defined in a file that the source includes"
says 'with-source'
absent out.c
adgen 0 --grad=f --with-source model.c -o out.c
strict out.c
only helper.c model.c out.c
