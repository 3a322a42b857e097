/*
 * polynomial.h: indices as polynomials in counters and in other values. Questions that answer a bool say false where a
 * polynomial becomes too long; what it is then is not to be used.
 */
#ifndef ADGEN_POLYNOMIAL_H
#define ADGEN_POLYNOMIAL_H

#include "ir.h"

enum { POLYNOMIAL_TERMS = 24, POLYNOMIAL_DEGREE = 6, POLYNOMIAL_NO_ATOM = -1 };

/* A value. One value may be several variables, one on each `side`: a counter in one iteration and in another. */
typedef struct {
    const Value *value;
    int side;
} Atom;

typedef struct {
    int64_t factor;
    int degree;
    Atom atom[POLYNOMIAL_DEGREE]; /* in order */
} Term;

typedef struct {
    int count;
    Term term[POLYNOMIAL_TERMS];
} Polynomial;

int polynomial_compare_atoms(Atom a, Atom b);
/* The product of the same atoms, times whatever? */
bool polynomial_same_atoms(const Term *a, const Term *b);
/* No atom at all? */
bool polynomial_is_constant(const Polynomial *p, int64_t *constant);
bool polynomial_add_constant(Polynomial *to, int64_t constant);
/* to += scale atom */
bool polynomial_add_atom(Polynomial *to, int64_t scale, Atom atom);
/* to += scale a */
bool polynomial_add(Polynomial *to, int64_t scale, const Polynomial *a);
/* to += scale a b */
bool polynomial_add_product(Polynomial *to, int64_t scale, const Polynomial *a, const Polynomial *b);
/* p = slope atom + rest, false where the atom has a power. */
bool polynomial_split(const Polynomial *p, Atom atom, Polynomial *slope, Polynomial *rest);

/* The side of a value that cannot be taken apart, or POLYNOMIAL_NO_ATOM. */
typedef int (*PolynomialAtom)(const Value *v, void *request);
/* to += scale v, in whole numbers: signed arithmetic doesn't overflow, and steps of pointers wrap as size_t does. */
bool polynomial_add_value(Polynomial *to, int64_t scale, const Value *v, PolynomialAtom atom_of, void *request);

/* What stands for an atom. */
typedef Value *(*PolynomialValue)(Value *atom, void *request);
/* The number, in an integer type that holds it; `value_of` NULL: atoms stand for themselves. */
Value *polynomial_value(Builder *b, Type *type, const Polynomial *p, PolynomialValue value_of, void *request);

#endif
