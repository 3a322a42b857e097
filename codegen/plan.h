/*
 * plan.h: what the files of plan_function share.
 *
 *     plan.c          where values are printed
 *     plan_measure.c  widths, and branches as operators
 *     plan_pointer.c  what C says of a pointer's type
 */
#ifndef ADGEN_PLAN_H
#define ADGEN_PLAN_H

#include "emit.h"

typedef struct {
    Plan *plan;
    unsigned *raw_uses;   /* by id: operands and yields that are this value */
    unsigned *effects_at; /* by position: how many effects stand there or behind it */
    unsigned *closed_at;  /* by position: how many regions end behind it */
    ValueList effects;    /* from the last one backwards */
    unsigned closed;
} Walk;

/* ---- plan_measure.c ---- */

/* The value's expression, in columns, about. */
int plan_width(const Plan *plan, const Value *v);
/* Can it be a part of an expression? */
bool plan_is_computation(const Plan *plan, const Value *v);
/* Sets raw_uses. */
void plan_count_raw_uses(Walk *walk, const Block *block);
/* Widths as if every value used once were folded, and with them the branches that are operators. */
void plan_measure(Walk *walk, const Block *block, bool is_condition);

/* ---- plan_pointer.c ---- */

/* Sets `written`, and then `to_const`, of all pointers. */
void plan_find_written(Plan *plan, const Block *block);
void plan_find_const(Plan *plan, const Block *body);

/* ---- plan_rows.c ---- */

/* Needs `written` and `to_const`. Sets `rows` of all pointers. */
void plan_find_rows(Plan *plan, const Block *body);

#endif
