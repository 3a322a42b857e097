/*
 * replay.h: loops whose reverse runs parts of each iteration again (replay.c).
 */
#ifndef ADGEN_REPLAY_H
#define ADGEN_REPLAY_H

#include "passes.h"

typedef struct Replay Replay;

/* Needs: the reverse sweep. Copies into it what is run again; NULL where that is nothing. Storage is then planned for
 * the primal's values only, and, after replay_finish, for those of the copies. */
Replay *replay_loops(Function *fn, const DeriveOptions *options);
void replay_finish(Replay *r);

#endif
