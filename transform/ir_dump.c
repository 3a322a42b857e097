/*
 * ir_dump.c: the IR as text, a value a line: `%7 = add double %3, %5   ; s:12`.
 */
#include <stdio.h>
#include <stdlib.h>

#include "ir.h"
#include "rules.h"

static const char *const kind_names[VAL_KIND_COUNT] = {
    "int",    "real",   "string",   "param", "param_object", "global", "function", "carried", "counter", "result",
    "add",    "sub",    "mul",      "div",   "rem",          "neg",    "and",      "or",      "xor",     "shl",
    "shr",    "not",    "eq",       "ne",    "lt",           "le",     "gt",       "ge",      "lnot",    "land",
    "lor",    "select", "cast",     "math",  "pure",         "ptradd", "ptrdiff",  "field",   "decay",   "passive",
    "sizeof", "local",  "load",     "store", "accum",        "copy",   "zero",     "alloc",   "free",    "tape",
    "push",   "pop",    "tapefree", "call",  "if",           "loop"};

typedef struct {
    FILE *out;
    int depth;
} Dump;

static void dump_block(Dump *d, const Block *block);

static void dump_type(Dump *d, const Type *t)
{
    if (t->kind == TYPE_POINTER) {
        dump_type(d, t->to);
        fputc('*', d->out);
    } else if (t->kind == TYPE_ARRAY) {
        dump_type(d, t->to);
        if (t->count >= 0)
            fprintf(d->out, "[%lld]", (long long)t->count);
        else
            fputs("[]", d->out);
    } else {
        fputs(t->name ? t->name : "fn", d->out);
    }
}

static void dump_use(Dump *d, const Value *v)
{
    if (!v)
        fputs("null", d->out);
    else if (v->kind == VAL_INT)
        fprintf(d->out, "%lld", (long long)v->i);
    else if (v->kind == VAL_REAL)
        fprintf(d->out, "%.17Lg", v->real);
    else if (v->kind == VAL_STRING)
        fputs(v->text, d->out);
    else if (v->kind == VAL_PARAM || v->kind == VAL_PARAM_OBJECT || v->kind == VAL_GLOBAL)
        fprintf(d->out, "@%s", v->hint ? v->hint : "?");
    else if (v->kind == VAL_FUNCTION)
        fprintf(d->out, "@%s", v->callee->name);
    else
        fprintf(d->out, "%%%u", v->id);
}

static void indent(Dump *d)
{
    for (int k = 0; k < d->depth; k++)
        fputs("    ", d->out);
}

static void dump_definition(Dump *d, const Value *v)
{
    fprintf(d->out, "%%%u = %s ", v->id, kind_names[v->kind]);
    dump_type(d, v->type);
    if (v->kind == VAL_MATH)
        fprintf(d->out, " %s", v->rule->name);
    if (v->callee)
        fprintf(d->out, " @%s", v->callee->name);
    else if (v->text)
        fprintf(d->out, " `%s`", v->text);
    if (v->kind == VAL_FIELD)
        fprintf(d->out, " .%s", v->args[0]->type->to->record->fields[v->i].name);
    for (int k = 0; k < v->nargs; k++) {
        fputs(k ? ", " : " ", d->out);
        dump_use(d, v->args[k]);
    }
    if (v->counted) {
        fprintf(d->out, " %s%%%u from ", v->reversed ? "reversed " : "", v->counter->id);
        dump_use(d, v->from);
        fprintf(d->out, " by %lld while %s ", (long long)v->step, kind_names[v->rel]);
        dump_use(d, v->to);
    }
    fprintf(d->out, "   ; %s%s:%u\n", v->adjoint ? "adjoint " : "", v->hint ? v->hint : "", v->loc.line);
}

static void dump_names(Dump *d, const char *label, Value *const *values, int n)
{
    if (!n)
        return;
    indent(d);
    fputs(label, d->out);
    for (int k = 0; k < n; k++) {
        fputs(k ? ", " : " ", d->out);
        dump_use(d, values[k]);
    }
    fputc('\n', d->out);
}

static void dump_value(Dump *d, const Value *v)
{
    indent(d);
    dump_definition(d, v);
    if (!ir_is_region(v))
        return;
    d->depth++;
    dump_names(d, "carried", v->carried, v->kind == VAL_LOOP ? v->nresults : 0);
    for (int k = 0; k < 2; k++) {
        if (!v->blocks[k])
            continue;
        indent(d);
        fputs(v->kind == VAL_IF ? (k ? "else\n" : "then\n") : k ? "body\n" : "while\n", d->out);
        d->depth++;
        dump_block(d, v->blocks[k]);
        d->depth--;
    }
    dump_names(d, "results", v->results, v->nresults);
    d->depth--;
}

static void dump_block(Dump *d, const Block *block)
{
    for (const Value *v = block->first; v; v = v->next)
        dump_value(d, v);
    dump_names(d, "yield", block->yields, block->nyields);
}

char *ir_dump(const Function *fn)
{
    char *text = NULL;
    size_t size = 0;
    Dump d = {.out = open_memstream(&text, &size), .depth = 1};
    if (!d.out)
        diag_internal(fn->loc, "no memory to print '%s'", fn->name);
    fprintf(d.out, "function %s(", fn->name);
    for (int k = 0; k < fn->nparams; k++)
        fprintf(d.out, "%s%s", k ? ", " : "", fn->params[k].name);
    fputs(")\n", d.out);
    if (fn->body)
        dump_block(&d, fn->body);
    fclose(d.out);
    char *copy = arena_strdup(text);
    free(text);
    return copy;
}
