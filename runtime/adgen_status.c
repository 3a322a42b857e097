/* adgen_status.c: the words for each status. */
#include "adgen_status.h"

const char *adgen_strerror(adgen_status status)
{
    switch (status) {
    case ADGEN_OK:
        return "no error";
    case ADGEN_BAD_ARGUMENT:
        return "an argument or a setting is out of range";
    case ADGEN_NO_MEMORY:
        return "out of memory";
    case ADGEN_NEEDS_CLOSURE:
        return "L-BFGS needs a function that evaluates the loss";
    case ADGEN_NOT_FINITE:
        return "a number is not finite";
    case ADGEN_MISMATCH:
        return "the derivative is not what was expected";
    case ADGEN_CANNOT_READ:
        return "the file can't be read";
    case ADGEN_CANNOT_WRITE:
        return "the file can't be written";
    case ADGEN_NOT_A_STATE:
        return "the file is not an optimizer's state";
    case ADGEN_OTHER_VERSION:
        return "the file's format is of another version";
    case ADGEN_OTHER_MACHINE:
        return "the file comes from a machine of another byte order";
    case ADGEN_DAMAGED:
        return "the file is damaged";
    case ADGEN_OTHER_MODEL:
        return "the file's parameter blocks are not these";
    }
    return "unknown status";
}
