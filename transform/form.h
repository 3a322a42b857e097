/*
 * form.h: indices as sums, and what their difference can be.
 */
#ifndef ADGEN_FORM_H
#define ADGEN_FORM_H

#include "ir.h"

/*
 * Do two addresses, in the nest of `outer` and the loop `inner` in it, never lead to the same element, whichever two
 * iterations of the nest they belong to? Only of arrays whose index tells: x[n + i] and x[k] where k stays below n.
 */
bool form_apart(const Value *a, const Value *b, const Value *outer, const Value *inner);

#endif
