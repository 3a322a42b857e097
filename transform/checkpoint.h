/*
 * checkpoint.h: what the files of checkpoint_loops share.
 *
 *     checkpoint.c        snapshots, and steps that run again
 *     checkpoint_state.c  what a snapshot holds
 */
#ifndef ADGEN_CHECKPOINT_H
#define ADGEN_CHECKPOINT_H

#include "accesses.h"
#include "box.h"
#include "passes.h"

typedef VEC(Value *) Values;

/* A part of the state: a scalar that the loop carries, or a box of memory. */
typedef struct {
    int carried; /* -1: the box */
    Box box;
    Value *kept;  /* the snapshots, one behind the other */
    Value *final; /* a box that the caller sees: what the primal leaves there */
} Part;

typedef struct {
    Function *function;
    Accesses *accesses;
    Value *loop, *twin;
    Block *body;
    Values reads, writes; /* in the body: loads, and what changes memory */
    bool *in_step;        /* by id: the reverse of a step needs it of that step */
    bool *in_steps;       /* by id: the state depends on it */
    VEC(Part) parts;
    Value *place;   /* the loop, or the branch around it: where storage is made */
    Value *end;     /* the reverse of that */
    Builder before; /* the place */
    BoxScope scope;
    Value *trips;
    Value *most, *fewer;   /* snapshots that were asked for; no more than steps */
    Value *number_of_step; /* an array, by snapshot */
    const char *obstacle;  /* why not */
    const Value *obstacle_at;
    const char *advice;
} Checkpoint;

/* ---- checkpoint_state.c ---- */

/* Why the loop stays as it is: the first reason counts. */
void checkpoint_refuse(Checkpoint *c, const Value *at, const char *obstacle, const char *advice);
bool checkpoint_is_in_step(const Checkpoint *c, const Value *v);
/* A call that steps which run again leave out. */
bool checkpoint_leaves_out(const Value *call);
/* Sets reads and writes, and refuses what can't run again. */
void checkpoint_look_at(Checkpoint *c, const Block *block);
/* Sets in_step and in_steps. */
void checkpoint_find_needed(Checkpoint *c);
bool checkpoint_is_needed(const Checkpoint *c, const Value *v);
void checkpoint_check_calls(Checkpoint *c, const Block *block);
/* Sets parts. */
void checkpoint_find_state(Checkpoint *c);
const char *checkpoint_part_name(const Checkpoint *c, const Part *p);

#endif
