/*
 * members.h: what into.c and members.c share: how the twin of a recursive function takes structs of pointers.
 */
#ifndef ADGEN_MEMBERS_H
#define ADGEN_MEMBERS_H

#include "passes.h"

/* ---- into.c ---- */

typedef VEC(Function *) Functions;

Block *into_lowered(Function *fn);
/* Is the body of the function, as it is lowered, looked into? */
bool into_is_open(const Function *fn);
bool into_has(const Functions *list, const Function *fn);

/* A static function like fn, without parameters and with nothing in it yet. */
Function *into_new_function(Function *fn, const char *name);
/* The name, or one like it that no function has. */
const char *into_free_name(const Module *module, const char *name);

/* ---- members.c ---- */

/* Has the type a name that a parameter can be declared with? Pointers to such have. */
bool members_is_plain(const Type *t);
/* The declaration of a parameter of the type, up to the name; or behind it. */
const char *members_text_before(const Type *t, bool mutable);

/* Does the twin of the recursive function take the members of this struct instead of it? */
bool members_are_taken(Function *fn, int param);
int members_count(const Param *p);
/* The twin takes members: would `called`, if it called that, notice that there are copies of them? */
bool members_are_noticed(const Function *twin, Function *called);
/* Adds the members to the twin's parameters. The address of an object with them in it, made at the builder's place. */
Value *members_add_params(Function *twin, Builder *b, const Param *p);
/* Loads the members of the struct at the address into args; answers how many. */
int members_add_arguments(Builder *b, Value *object, Value **args);

#endif
