/*
 * section.h: the part of an array that a nest of loops reads: all from one element to another, but for some at the ends
 * of rows. Counters whose strides nest like the digits of a number count its elements; other loops read them again.
 *
 *     for (i < m)
 *         for (j < n) ... w[i * n + j] * h[j] ...       m n elements of w from w, n of h from h
 */
#ifndef ADGEN_SECTION_H
#define ADGEN_SECTION_H

#include "polynomial.h"

enum { SECTION_LOOPS = 8 };

typedef struct {
    Value *root;           /* the pointer that elements are counted from */
    Polynomial begin, end; /* what is read, where all the loops run; nothing otherwise */
    Polynomial row;        /* as many elements are there to one step of the outermost counter */
    const Value *loops[SECTION_LOOPS];
    int nloops, ndigits; /* the first of them count its elements */
} Section;

/*
 * What the access, a load or a store, touches in all iterations of the loops around it, up to `block`, if nothing else
 * is between. The root is visible in that block, and all that `begin` is made of; how many elements there are at most
 * is known in the block `before`.
 */
bool section_find(Section *section, const Value *access, const Block *block, const Block *before);
/* Makes the one hold the other, too, which is near; false where that can't be told. */
bool section_unite(Section *section, const Section *other, const Block *before);

/* Is the element that the access is of always one of the section's? */
bool section_has(const Section *section, const Value *access, const Block *block, const Block *before);

/* Can it be told in the block how many elements it has? */
bool section_is_known(const Section *section, const Block *block);
/* ... a value of type size_t, for there. */
Value *section_count(Builder *b, const Section *section);
/* The same of how many it has at most, as the loops around go on. */
bool section_is_bounded(const Section *section, const Block *block);
Value *section_most(Builder *b, const Section *section);
/* The address of its element number 0 or more, of type size_t. */
Value *section_element(Builder *b, const Section *section, Value *number);
/* What the access's index is in the section; `value_of` says what stands for the primal's values. */
Value *section_index(Builder *b, const Section *section, const Value *access, const Block *block, const Block *before,
                     PolynomialValue value_of, void *request);

#endif
