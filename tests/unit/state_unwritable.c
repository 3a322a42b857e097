/* state_unwritable.c: a state that can't be written leaves nothing behind, and no old state is lost. */
#include "check.h"
#include "state_file.h"

int main(void)
{
    static unsigned char bytes[FILE_MOST];
    optim_run run;
    begin_run(&run, &optim_cases[0], false);
    CHECK(adgen_optim_save(&run.optim, "no/such/folder/state", NULL, 0) == ADGEN_CANNOT_WRITE);

    /* The old state is replaced whole, and the temporary file is gone. */
    write_file("state_unwritable.state", (const unsigned char *)"old", 3);
    CHECK(adgen_optim_save(&run.optim, "state_unwritable.state", NULL, 0) == ADGEN_OK);
    CHECK(read_file("state_unwritable.state", bytes) > 3);
    CHECK(read_file("state_unwritable.state.tmp", bytes) == 0);
    remove("state_unwritable.state");
    adgen_optim_free(&run.optim);
    return check_result();
}
