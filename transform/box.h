/*
 * box.h: the memory that an address leads to while a loop runs, as a box of elements whose extents are known before the
 * loop (box.c).
 */
#ifndef ADGEN_BOX_H
#define ADGEN_BOX_H

#include "ir.h"

enum { BOX_MAX_STEPS = 8 };

/* From the base to the element: steps as addresses have them, with a range in place of each index. */
typedef struct {
    const Value *like;   /* VAL_PTRADD, VAL_DECAY or VAL_FIELD; NULL: the step from an array to its elements */
    Value *from, *count; /* of VAL_PTRADD, and of elements: the first index, and how many (size_t) */
    Value *scalars;      /* of VAL_PTRADD: per element, where that is of run-time size */
} BoxStep;

typedef struct {
    Value *base;
    int nsteps;
    BoxStep steps[BOX_MAX_STEPS];
    Value *guard;  /* an int that is 0 where there is nothing; NULL: there is */
    Type *element; /* of the copies */
    Value *size;   /* of one, in elements (size_t) */
} Box;

/* A loop as it is seen from a place before it, in its block or in a block around. */
typedef struct {
    const Value *loop;
    const Value *place; /* the loop itself, or the branch in front of which new values are made */
    Value *from, *to;   /* as there */
    Value *runs;        /* there: does the loop run at all? */
} BoxScope;

/* `b` is before `place`. False where it can't be seen from there how often the loop runs. */
bool box_open(BoxScope *scope, Builder *b, const Value *loop, const Value *place);
/* How often it runs, at the builder's place. */
Value *box_trips(const BoxScope *scope, Builder *b);

/*
 * What `access` reaches by its address in all iterations of the loop, and not an element more: the box is in memory
 * where the program itself goes, if the loop runs at all. New values are made by `b`, before the place. False where
 * that cannot be told.
 */
bool box_find(Box *box, Builder *b, const BoxScope *scope, const Value *access);
/* All of an object or a variable. False where its size is not known, or the value is neither. */
bool box_of_object(Box *box, Builder *b, Value *object);
bool box_same(const Box *a, const Box *b);
/* Copies the box to row[at], row[at + 1], ..., or, `back`, from there. */
void box_copy(const Box *box, Builder *b, Value *row, Value *at, bool back);

#endif
