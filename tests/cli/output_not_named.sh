# A struct that the function fills with what depends on x, and that the request does not name: a warning says so.
. "$CLI/common"
cat >named.c <<'END'
#include <adgen.h>

struct result {
    double value, error;
};

ADGEN_GRAD(x)
double f(double x, struct result *r, ADGEN_PASSIVE struct result *log)
{
    r->value = x * x;
    return x * x * x;
}
END
sed 's/ADGEN_GRAD(x)/ADGEN_GRAD(x, r)/' named.c >both.c
adgen 0 named.c -o out.c
says "named.c:8:35: warning: 'r' is not differentiated, and 'f' writes there what depends on what is"
says 'name it in the request'
adgen 0 both.c -o out.c
[ ! -s err ] || fail 'a warning where the struct is named'
adgen 1 -Werror named.c -o refused.c
only named.c both.c out.c
