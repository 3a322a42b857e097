/*
 * flat.h: local arrays of any rank seen as a row of scalars (flat.c).
 */
#ifndef ADGEN_FLAT_H
#define ADGEN_FLAT_H

#include "ir.h"

enum { FLAT_MAX = 4 }; /* dimensions */

/* Indices of the address in its local array, outermost first; NULL stands for 0. -1 where the path is not plain. */
int flat_indices(const Value *address, const Value *object, Value *indices[FLAT_MAX]);
/* How many scalars the array has, of type size_t. */
Value *flat_count(Builder *b, const Value *object);
/* The place of the element among them: ((i0 * n1) + i1) * n2 + ... */
Value *flat_index(Builder *b, const Value *object, Value *const *indices, int n);
/* The address of the element where `first` leads to the first row of another array with the same extents. */
Value *flat_element(Builder *b, const Value *object, Value *first, Value *const *indices, int n);
/*
 * Copies of the array one behind the other, each of `size` scalars: the one of that number, an element of a copy, and
 * the loop that copies the array there, or, `back`, from there. Pointers to such arrays stay such; those to scalars,
 * too.
 */
Value *flat_copy_at(Builder *b, Value *copies, Value *number, Value *size);
Value *flat_copy_element(Builder *b, const Value *object, Value *copy, Value *const *indices, int n);
Value *flat_copy(Builder *b, Value *object, Value *copy, bool back);

#endif
