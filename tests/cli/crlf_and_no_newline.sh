# A source with CR LF line ends, a byte order mark and no newline at its end.
. "$CLI/common"
printf '\357\273\277#include <adgen.h>\r\nADGEN_GRAD(x)\r\ndouble f(double x)\r\n{\r\n    return x * x;\r\n}' >model.c
adgen 0 model.c -o out.c
lacks out.c "$(printf '\r')"
strict out.c
only model.c out.c
