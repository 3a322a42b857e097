/*
 * rules.h: what is known of each mathematical function: its spelling and its partial derivatives, from rules.def.
 */
#ifndef ADGEN_RULES_H
#define ADGEN_RULES_H

#include "ir.h"

enum { RULE_MAX_ARGS = 3 };

/*
 * One row of rules.def. partial[k] builds d result / d args[k] from the arguments and the result, or answers NULL where
 * the derivative is zero everywhere (floor) or the argument is an integer (the exponent of ldexp). Bit k of `active` is
 * set where args[k] is active: ties of fmax and fmin ask.
 */
struct Rule {
    const char *name; /* of the double version: "sin" */
    int nargs;
    Value *(*partial[RULE_MAX_ARGS])(Builder *b, Type *type, Value **args, Value *result, unsigned active);
    int cost; /* of computing it, in additions: what recomputing it is compared by */
};

/* The rule of a C function by name ("sinf", "__builtin_sin"), or NULL. *rank gets the precision: 1 float, 2 double, 3
 * long double. */
const Rule *rule_find(const char *function_name, int *rank);

/* What the argument that fmax or fmin chooses is to the other one; VAL_EQ of any other function. */
ValueKind rule_relation_of_extremum(const Rule *rule);
/* fmax or fmin? Such a call of active arguments passes the adjoint on to one of them: to the first? */
bool rule_is_extremum(const Rule *rule);
Value *rule_takes_first(Builder *b, const Value *call);

/* How the rule's function is called for a real type: "sinf". */
const char *rule_spelling(const Rule *rule, const Type *type);

#endif
