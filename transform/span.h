/*
 * span.h: parts of one block of memory that lie behind one another (span.c).
 */
#ifndef ADGEN_SPAN_H
#define ADGEN_SPAN_H

#include "path.h"

/* Does one of the two addresses, from one base, lead to elements that all lie behind the other's? */
bool spans_differ(const Path *a, const Path *b, bool same_iteration);

#endif
