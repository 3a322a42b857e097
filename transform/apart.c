/*
 * apart.c: a parameter of the output may not hide what its body means by the same name. In the user's function it hides
 * it as well; but bodies that have been inlined see past it:
 *
 *     double scale;  double helper(double y) { return y * scale; }  double f(double x, double scale) { helper(x) ... }
 *
 * The parameter gets another name: callers don't see it.
 */
#include <stdlib.h>

#include "passes.h"
#include "rules.h"
#include "words.h"

static bool is(const char *a, const char *b)
{
    return a && b && strcmp(a, b) == 0;
}

/* ---- what the body means ---- */

/* Names in the order of strcmp, and which of them the body uses for something outside of the function. */
typedef struct {
    const char **names;
    bool *is_meant;
    size_t count;
} Meanings;

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static const char **place_of(const Meanings *m, const char *name)
{
    return bsearch(&name, m->names, m->count, sizeof *m->names, compare_names);
}

static void note_name(const Meanings *m, const char *name)
{
    const char **place = name ? place_of(m, name) : NULL;
    if (place)
        m->is_meant[place - m->names] = true;
}

static void note_value(const Meanings *m, const Value *v)
{
    if (v->kind == VAL_GLOBAL)
        note_name(m, v->global->name);
    if (v->callee)
        note_name(m, v->callee->name);
    if (v->kind == VAL_MATH)
        note_name(m, rule_spelling(v->rule, v->type));
    if (v->kind == VAL_PURE_CALL || v->kind == VAL_CALL)
        note_name(m, v->text);
}

/* One walk for all of the names. */
static Meanings find_meanings(const Function *fn, const char **names, size_t count)
{
    const Meanings m = {names, ARENA_ARRAY(bool, count), count};
    qsort(names, count, sizeof *names, compare_names);
    for (const Value *v = ir_first(fn->body); v; v = ir_next(v, fn->body))
        note_value(&m, v);
    for (Use use = ir_first_use(fn->body); use.block; use = ir_next_use(use, fn->body))
        note_value(&m, *ir_used(&use));
    return m;
}

static Meanings find_meanings_of_params(const Function *fn)
{
    const char **names = ARENA_ARRAY(const char *, fn->nparams + 1);
    for (int k = 0; k < fn->nparams; k++)
        names[k] = fn->params[k].name;
    return find_meanings(fn, names, (size_t)fn->nparams);
}

static bool body_means(const Function *fn, const char *name)
{
    return *find_meanings(fn, &name, 1).is_meant;
}

/* ---- another name ---- */

static bool is_param(const Function *fn, const char *name)
{
    for (int k = 0; k < fn->nparams; k++)
        if (is(fn->params[k].name, name))
            return true;
    return false;
}

/* double x[n]: the name of n stands in the text of x. */
static bool is_extent(const Function *fn, const char *name)
{
    for (int k = 0; k < fn->nparams; k++)
        if (has_word(fn->params[k].before, name) || has_word(fn->params[k].after, name))
            return true;
    return false;
}

void apart_rename(Function *fn)
{
    const Meanings meanings = find_meanings_of_params(fn);
    for (int k = 0; k < fn->nparams; k++) {
        Param *p = &fn->params[k];
        if (!meanings.is_meant[place_of(&meanings, p->name) - meanings.names])
            continue;
        if (is_extent(fn, p->name)) {
            diag_error(p->loc, "'%s' is a parameter here, and something else in a function that '%s' calls", p->name,
                       fn->name);
            diag_note((Loc){0}, "rename the parameter: the output has both of them in one function");
            continue;
        }
        const char *name = arena_printf("%s_given", p->name);
        while (is_param(fn, name) || body_means(fn, name))
            name = arena_printf("%s_", name);
        p->name = name;
        if (p->value)
            p->value->hint = name;
    }
}
