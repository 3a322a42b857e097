# A line of a megabyte.
. "$CLI/common"
{
    printf '#include <adgen.h>\nADGEN_GRAD(x)\ndouble f(double x)\n{\n    return x * x'
    head -c 1000000 /dev/zero | tr '\0' ' '
    printf '+ y;\n}\n'
} >model.c
got=0
timeout 60 "$ADGEN" model.c -o out.c >out 2>err || got=$?
[ "$got" -eq 1 ] || fail "exit status $got"
only model.c
