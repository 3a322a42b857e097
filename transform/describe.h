/*
 * describe.h: what a derivative promises, in words, for the comment above it.
 */
#ifndef ADGEN_DESCRIBE_H
#define ADGEN_DESCRIBE_H

#include "ir.h"

/* The contract of fn, whose first `nprimal` parameters are the primal's: a sentence or two a line. */
const char *describe_contract(Function *fn, int nprimal);

/* Before the reverse sweep is made: which loops there are. */
void describe_find_loops(Function *fn);

/* What was decided about the loops of a derivative, a line each, for --report. */
const char *describe_decisions(const Function *fn);

#endif
