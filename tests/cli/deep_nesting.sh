# Ten thousand parentheses and a long line: an answer or a message, no crash, no hang.
. "$CLI/common"
{
    printf '#include <adgen.h>\nADGEN_GRAD(x)\ndouble f(double x)\n{\n    return '
    head -c 10000 /dev/zero | tr '\0' '('
    printf 'x * x'
    head -c 10000 /dev/zero | tr '\0' ')'
    printf ';\n}\n'
} >model.c
got=0
timeout 60 "$ADGEN" model.c -o out.c >out 2>err || got=$?
[ "$got" -eq 0 ] || [ "$got" -eq 1 ] || fail "exit status $got"
only model.c out.c
