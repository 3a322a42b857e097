// A string decides.
// test: grad f(how = `"log"`, x ~ 0.5)
// test: grad f(how = `"square"`, x ~ 0.5)

#include <adgen.h>
#include <math.h>
#include <string.h>

ADGEN_GRAD(x)
double f(const char *how, double x)
{
    if (strcmp(how, "log") == 0)
        return log(x);
    return how[0] == 's' ? x * x : x;
}
