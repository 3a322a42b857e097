/*
 * span.h: parts of one block of memory that lie behind one another (span.c).
 */
#ifndef ADGEN_SPAN_H
#define ADGEN_SPAN_H

#include "path.h"

/* Does one of the two addresses, from one base, lead to elements that all lie behind the other's? */
bool spans_differ(const Path *a, const Path *b, bool same_iteration);
/* The same in any two iterations of `loop`, which are in one of each loop around it. */
bool spans_differ_within(const Path *a, const Path *b, const Value *loop);

#endif
