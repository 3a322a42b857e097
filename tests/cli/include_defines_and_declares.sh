# What is compiled beside the output includes the headers of the source, but not the definitions that it includes.
. "$CLI/common"
printf '#ifndef PAIR_H\n#define PAIR_H\nstruct pair {\n    double a, b;\n};\n#endif\n' >pair.h
printf 'double helper(const struct pair *p)\n{\n    return p->a * p->b;\n}\n' >helper.c
cat >model.c <<'END'
#define SCALE 2
#include "pair.h"
#include "helper.c"
double f(struct pair *p)
{
    return SCALE * helper(p);
}
END
adgen 0 --grad=f:p --with-source model.c -o out.c --header=out.h --check=check.c
for file in out.h check.c; do
    has $file '#define SCALE 2'
    has $file '#include "pair.h"'
    lacks $file 'helper.c'
done
strict out.c
strict check.c
only check.c helper.c model.c out.c out.h pair.h
