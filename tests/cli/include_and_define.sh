# -I, -D, -U, -include and -isystem, in one word and in two.
. "$CLI/common"
mkdir inc sys
echo '#define GAIN 3' >inc/gain.h
echo '#define OFFSET 1' >sys/offset.h
echo '#define FORCED 7' >forced.h
cat >model.c <<'END'
#include <adgen.h>
#include "gain.h"
#include <offset.h>
#ifdef REMOVED
#error REMOVED is defined
#endif
ADGEN_GRAD(x)
double f(double x)
{
    return GAIN * x * x + OFFSET * x + POWER * x + FORCED + EMPTY;
}
END
adgen 0 -Iinc -isystem sys -DPOWER=5 -DREMOVED -UREMOVED -include forced.h -DEMPTY model.c -o a.c
adgen 0 -I inc -isystem sys -D POWER=5 -D REMOVED -U REMOVED -include forced.h -D EMPTY model.c -o b.c
cmp -s a.c b.c || fail 'one word and two words differ'
adgen 1 -Iinc model.c -o c.c
says 'offset\.h'
only model.c inc sys forced.h a.c b.c
