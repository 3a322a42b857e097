/*
 * polynomial.c: see polynomial.h.
 */
#include "polynomial.h"

int polynomial_compare_atoms(Atom a, Atom b)
{
    if (a.value != b.value)
        return a.value->id < b.value->id ? -1 : 1;
    return a.side - b.side;
}

bool polynomial_same_atoms(const Term *a, const Term *b)
{
    if (a->degree != b->degree)
        return false;
    for (int k = 0; k < a->degree; k++)
        if (polynomial_compare_atoms(a->atom[k], b->atom[k]) != 0)
            return false;
    return true;
}

static bool add_term(Polynomial *to, const Term *term)
{
    for (int k = 0; k < to->count; k++)
        if (polynomial_same_atoms(&to->term[k], term)) {
            if (__builtin_add_overflow(to->term[k].factor, term->factor, &to->term[k].factor))
                return false;
            if (to->term[k].factor == 0)
                to->term[k] = to->term[--to->count];
            return true;
        }
    if (term->factor == 0)
        return true;
    if (to->count == POLYNOMIAL_TERMS)
        return false;
    to->term[to->count++] = *term;
    return true;
}

bool polynomial_is_constant(const Polynomial *p, int64_t *constant)
{
    *constant = p->count ? p->term[0].factor : 0;
    return p->count == 0 || (p->count == 1 && p->term[0].degree == 0);
}

bool polynomial_add_constant(Polynomial *to, int64_t constant)
{
    const Term term = {.factor = constant};
    return add_term(to, &term);
}

bool polynomial_add_atom(Polynomial *to, int64_t scale, Atom atom)
{
    const Term term = {.factor = scale, .degree = 1, .atom = {atom}};
    return add_term(to, &term);
}

static bool multiply_terms(Term *product, const Term *a, const Term *b)
{
    if (a->degree + b->degree > POLYNOMIAL_DEGREE || __builtin_mul_overflow(a->factor, b->factor, &product->factor))
        return false;
    int i = 0, j = 0;
    product->degree = a->degree + b->degree;
    for (int k = 0; k < product->degree; k++) {
        const bool first = j == b->degree || (i < a->degree && polynomial_compare_atoms(a->atom[i], b->atom[j]) <= 0);
        product->atom[k] = first ? a->atom[i++] : b->atom[j++];
    }
    return true;
}

bool polynomial_add_product(Polynomial *to, int64_t scale, const Polynomial *a, const Polynomial *b)
{
    for (int i = 0; i < a->count; i++)
        for (int j = 0; j < b->count; j++) {
            Term product;
            if (!multiply_terms(&product, &a->term[i], &b->term[j]) ||
                __builtin_mul_overflow(product.factor, scale, &product.factor) || !add_term(to, &product))
                return false;
        }
    return true;
}

bool polynomial_add(Polynomial *to, int64_t scale, const Polynomial *a)
{
    for (int k = 0; k < a->count; k++) {
        Term t = a->term[k];
        if (__builtin_mul_overflow(t.factor, scale, &t.factor) || !add_term(to, &t))
            return false;
    }
    return true;
}

/* The cast keeps the number, or what it is as a step of a pointer. */
static bool is_exact_cast(const Value *v)
{
    if (v->kind != VAL_CAST || !type_is_int(v->type) || !type_is_int(v->args[0]->type))
        return false;
    const Type *from = v->args[0]->type, *to = v->type;
    return to->size == 8 || (to->size >= from->size && to->is_signed == from->is_signed) ||
           (to->size > from->size && !from->is_signed);
}

bool polynomial_split(const Polynomial *p, Atom atom, Polynomial *slope, Polynomial *rest)
{
    slope->count = rest->count = 0;
    for (int k = 0; k < p->count; k++) {
        Term t = p->term[k];
        int at = -1, times = 0;
        for (int j = 0; j < t.degree; j++)
            if (polynomial_compare_atoms(t.atom[j], atom) == 0) {
                at = j;
                times++;
            }
        if (times > 1)
            return false;
        if (times == 0) {
            rest->term[rest->count++] = t;
            continue;
        }
        for (int j = at; j + 1 < t.degree; j++)
            t.atom[j] = t.atom[j + 1];
        t.degree--;
        slope->term[slope->count++] = t;
    }
    return true;
}

bool polynomial_add_value(Polynomial *to, int64_t scale, const Value *v, PolynomialAtom atom_of, void *request)
{
    const bool exact = v->type->is_signed || v->type->size == 8;
    if (v->kind == VAL_INT) {
        int64_t constant;
        return !__builtin_mul_overflow(scale, v->i, &constant) && polynomial_add_constant(to, constant);
    }
    if (is_exact_cast(v))
        return polynomial_add_value(to, scale, v->args[0], atom_of, request);
    if ((v->kind == VAL_ADD || v->kind == VAL_SUB) && exact)
        return polynomial_add_value(to, scale, v->args[0], atom_of, request) &&
               polynomial_add_value(to, v->kind == VAL_ADD ? scale : -scale, v->args[1], atom_of, request);
    if (v->kind == VAL_NEG && exact)
        return polynomial_add_value(to, -scale, v->args[0], atom_of, request);
    if (v->kind == VAL_MUL && exact) {
        Polynomial a, b;
        a.count = b.count = 0;
        return polynomial_add_value(&a, 1, v->args[0], atom_of, request) &&
               polynomial_add_value(&b, 1, v->args[1], atom_of, request) && polynomial_add_product(to, scale, &a, &b);
    }
    const int side = atom_of(v, request);
    if (side == POLYNOMIAL_NO_ATOM)
        return false;
    return polynomial_add_atom(to, scale, (Atom){v, side});
}

static Value *value_of_term(Builder *b, Type *type, const Term *t, PolynomialValue value_of, void *request)
{
    const int64_t factor = t->factor < 0 ? -t->factor : t->factor;
    Value *product = ir_int(b, type, factor);
    for (int k = 0; k < t->degree; k++) {
        Value *atom = (Value *)(uintptr_t)t->atom[k].value;
        atom = ir_cast(b, type, value_of ? value_of(atom, request) : atom);
        product = k == 0 && factor == 1 ? atom : ir_binary(b, VAL_MUL, type, product, atom);
    }
    return product;
}

/* What is added comes first. */
Value *polynomial_value(Builder *b, Type *type, const Polynomial *p, PolynomialValue value_of, void *request)
{
    Value *sum = NULL;
    for (int negative = 0; negative < 2; negative++)
        for (int k = 0; k < p->count; k++) {
            if ((p->term[k].factor < 0) != negative)
                continue;
            Value *term = value_of_term(b, type, &p->term[k], value_of, request);
            if (!sum)
                sum = negative ? ir_unary(b, VAL_NEG, type, term) : term;
            else
                sum = ir_binary(b, negative ? VAL_SUB : VAL_ADD, type, sum, term);
        }
    return sum ? sum : ir_int(b, type, 0);
}
