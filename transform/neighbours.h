/*
 * neighbours.h: innermost loops that add to neighbouring elements of one array, as the adjoint of a stencil does: to
 * x_bar[i - 1], x_bar[i] and x_bar[i + 1]. stencil.c gathers what they add, fission.c gives each neighbour a loop.
 */
#ifndef ADGEN_NEIGHBOURS_H
#define ADGEN_NEIGHBOURS_H

#include "clone.h"
#include "passes.h"

enum { NEIGHBOURS_MAX = 32, NEIGHBOURS_MAX_COST = 24 };

/* accum: row[core + offset] += ..., where the counter is in `core` */
typedef struct {
    Value *accum;
    const Value *row, *core;
    int64_t offset;
    int group;     /* fission.c: 0: stays in the loop */
    bool together; /* stencil.c: its array has neighbours in the loop */
    int cost;      /* stencil.c: of computing what is added in another iteration */
    int64_t ahead; /* stencil.c: iteration i of the loop that gathers adds what iteration i + ahead added */
} Addition;

/* Room for the places of values in a body: of those that there are before any loop is made. */
typedef struct {
    int *at; /* by id */
    unsigned last_id;
} Positions;

typedef struct {
    Function *function;
    Value *loop;
    Addition additions[NEIGHBOURS_MAX];
    int count;
    const Positions *positions; /* in the body */
} Neighbours;

/* The loop's additions of adjoints; false where compilers could not vectorise it anyway, or loops were made in it. */
bool neighbours_find(Neighbours *n, Function *fn, Value *loop, const Positions *positions);
/* Iterations of the two meet, one or several steps apart. */
bool neighbours_are(const Addition *a, const Addition *b);
/* Nobody else in the loop reads or sets what it adds to. */
bool neighbours_only_adds(const Neighbours *n, const Addition *a);

typedef bool (*CanLoad)(const Neighbours *n, const Value *load);

/*
 * What v costs to compute elsewhere, for any iteration, where the loads for which can_load holds read the same; more
 * than NEIGHBOURS_MAX_COST where it cannot be.
 */
int neighbours_cost(const Neighbours *n, const Value *v, CanLoad can_load);
/* Computes v there: the map says what stands for the counter. */
void neighbours_compute(const Neighbours *n, CloneMap *map, Builder *b, Value *v);
/* stencil.c: gathers what the loop adds to neighbours; true where it does. */
bool stencil_gather(Neighbours *n);
/* A loop that counts like that of n, from `from` to `to`; without a body. */
Value *neighbours_new_loop(const Neighbours *n, Builder *b, Value *from, Value *to);

#endif
