/*
 * apart.c: a parameter of the output may not hide what its body means by the same name. In the user's function it hides
 * it as well; but bodies that have been inlined see past it:
 *
 *     double scale;  double helper(double y) { return y * scale; }  double f(double x, double scale) { helper(x) ... }
 *
 * The parameter gets another name: callers don't see it.
 */
#include "passes.h"
#include "rules.h"
#include "words.h"

static bool is(const char *a, const char *b)
{
    return a && b && strcmp(a, b) == 0;
}

static bool value_means(const Value *v, const char *name)
{
    return (v->kind == VAL_GLOBAL && is(v->global->name, name)) || (v->callee && is(v->callee->name, name)) ||
           (v->kind == VAL_MATH && is(rule_spelling(v->rule, v->type), name)) ||
           ((v->kind == VAL_PURE_CALL || v->kind == VAL_CALL) && is(v->text, name));
}

/* Does the block use something outside of the function by that name? */
static bool yields_mean(const Block *block, const char *name)
{
    for (int k = 0; k < (block ? block->nyields : 0); k++)
        if (value_means(block->yields[k], name))
            return true;
    return false;
}

static bool block_means(const Block *block, const char *name)
{
    if (yields_mean(block, name))
        return true;
    for (const Value *v = ir_first(block); v; v = ir_next(v, block)) {
        bool means = value_means(v, name);
        for (int side = 0; side < 2; side++)
            means = means || yields_mean(v->blocks[side], name);
        for (int k = 0; k < v->nargs && !means; k++)
            means = value_means(v->args[k], name);
        if (means)
            return true;
    }
    return false;
}

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
    for (int k = 0; k < fn->nparams; k++) {
        Param *p = &fn->params[k];
        if (!block_means(fn->body, p->name))
            continue;
        if (is_extent(fn, p->name)) {
            diag_error(p->loc, "'%s' is a parameter here, and something else in a function that '%s' calls", p->name,
                       fn->name);
            diag_note((Loc){0}, "rename the parameter: the output has both of them in one function");
            continue;
        }
        const char *name = arena_printf("%s_given", p->name);
        while (is_param(fn, name) || block_means(fn->body, name))
            name = arena_printf("%s_", name);
        p->name = name;
        if (p->value)
            p->value->hint = name;
    }
}
