# A syntax error: the line, a caret, nothing written.
. "$CLI/common"
printf '#include <adgen.h>\nADGEN_GRAD(x) double f(double x)\n{\n    return x * ;\n}\n' >model.c
adgen 1 model.c -o out.c
says '^model\.c:4:[0-9]+: error: '
says 'return x \* ;'
says '^ *\|? *\^'
only model.c
