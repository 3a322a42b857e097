# An older output stays as it was when adgen fails.
. "$CLI/common"
printf '#include <adgen.h>\nADGEN_GRAD(x) double f(double x) { return x * y; }\n' >model.c
echo 'old output' >out.c
echo 'old header' >out.h
echo 'old dependencies' >out.d
adgen 1 model.c -o out.c --header=out.h -MD -MF out.d
[ "$(cat out.c)" = 'old output' ] || fail 'the output has changed'
[ "$(cat out.h)" = 'old header' ] || fail 'the header has changed'
[ "$(cat out.d)" = 'old dependencies' ] || fail 'the dependencies have changed'
only model.c out.c out.h out.d
