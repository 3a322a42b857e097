/*
 * emit_expr.h: what the files of expr share.
 *
 *     emit_expr.c     constants, names, conversions, arithmetic, choices
 *     emit_address.c  addresses, and what stands at them
 *     emit_call.c     calls
 */
#ifndef ADGEN_EMIT_EXPR_H
#define ADGEN_EMIT_EXPR_H

#include "emit.h"

/* ---- emit_expr.c ---- */

Piece piece(const char *text, Prec prec, Type *type);
/* The text where it stands behind a minus sign. */
const char *behind_minus(Piece p, Prec least);
Type *int_type(const Emitter *e);
const char *type_text(const Type *type);
Piece int_constant(Emitter *e, const Value *v, bool plain);
bool is_negative_constant(const Value *v);
const char *object_name(Emitter *e, const Value *object);
bool is_object(const Value *v);
bool is_folded_cast(const Emitter *e, const Value *v);
/* A cast that C does by itself where the other operand, or a prototype, has the type already. */
bool is_silent_cast(const Emitter *e, const Value *v);
/* The value as an operand, which C promotes. */
Piece expr_operand(Emitter *e, const Value *v);
/* Two operands that C brings to one type, that of both values in the IR. */
void expr_balance(Emitter *e, const Value *x, const Value *y, Piece *left, Piece *right);
/* left + right, of integers; right is y's. */
Piece expr_int_sum(Emitter *e, const Value *y, Piece left, Piece right, Type *type);

/* ---- emit_address.c ---- */

/* The address as a pointer: p + i, &p->x. */
Piece expr_address(Emitter *e, const Value *v);
/* p - q */
Piece expr_difference(Emitter *e, const Value *v);
/* Is the address a path whose index is computed, since C doesn't know the extents? *base gets its start; `defining`: it
 * is looked into although it has a name. */
bool address_is_flat(const Emitter *e, const Value *address, bool defining, const Value **base);
/* Does C know that the pointer leads to rows of run-time size? */
bool address_leads_to_rows(const Emitter *e, const Value *pointer);
/* Of two pointers, only of one? Then both are brought to their first scalars. */
bool address_are_unlike(const Emitter *e, const Value *x, const Value *y);
Piece address_to_scalar(Emitter *e, const Value *pointer);
/* An array as a pointer to its first scalar. */
Piece address_first_scalar(Emitter *e, const Value *pointer);

/* ---- emit_call.c ---- */

Piece expr_pure_call(Emitter *e, const Value *v);
Piece expr_math(Emitter *e, const Value *v);

#endif
