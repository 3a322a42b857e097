# Several mistakes of one file are reported in one run, in the order of the file.
. "$CLI/common"
cat >model.c <<'END'
#include <adgen.h>
double mystery(double x);
ADGEN_GRAD(x)
double f(double x)
{
    return mystery(x);
}
ADGEN_GRAD(x)
double g(double x)
{
    return mystery(x * x);
}
END
adgen 1 model.c -o out.c
says '^model\.c:6:[0-9]+: error: '
says '^model\.c:11:[0-9]+: error: '
sed -n 's/^model\.c:\([0-9]*\):.*error: .*/\1/p' err >lines
sort -n lines | cmp -s - lines || fail 'not in the order of the file'
only model.c lines
