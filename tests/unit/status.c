/* status.c: every status has words of its own. */
#include "adgen_status.h"
#include "check.h"

#include <string.h>

int main(void)
{
    for (int a = ADGEN_OK; a <= ADGEN_OTHER_MODEL; a++)
        for (int b = ADGEN_OK; b < a; b++)
            CHECK(strcmp(adgen_strerror((adgen_status)a), adgen_strerror((adgen_status)b)) != 0);
    CHECK(strcmp(adgen_strerror((adgen_status)99), "unknown status") == 0);
    return check_result();
}
