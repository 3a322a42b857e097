/*
 * describe.c: the comment above a derivative: what it returns, adds to, overwrites, needs and stores, so that a caller
 * need not read the body.
 */
#include "describe.h"

#include <stdio.h>
#include <stdlib.h>

#include "passes.h"

typedef struct {
    FILE *out;
    char *text;
    size_t size;
} Text;

static void open_text(Text *t)
{
    t->out = open_memstream(&t->text, &t->size);
    if (!t->out)
        diag_internal((Loc){0}, "no memory for a comment");
}

static const char *close_text(Text *t)
{
    fclose(t->out);
    char *copy = arena_strdup(t->text);
    free(t->text);
    return copy;
}

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

/* The names chosen by `pick`, as "a, b and c"; how many. */
static int list_names(Text *t, const Function *fn, int nprimal, bool (*pick)(const Function *, int), const char *suffix)
{
    int total = 0, done = 0;
    for (int k = 0; k < nprimal; k++)
        total += pick(fn, k);
    for (int k = 0; k < nprimal; k++)
        if (pick(fn, k))
            fprintf(t->out, "%s%s%s", done++ == 0 ? "" : done == total ? " and " : ", ", fn->params[k].name, suffix);
    return total;
}

static bool is_wanted(const Function *fn, int k)
{
    return fn->params[k].bar && fn->request->wanted[k];
}

static bool block_writes(const Block *block, const Value *param)
{
    for (const Value *v = block ? block->first : NULL; v; v = v->next) {
        if ((v->kind == VAL_STORE || v->kind == VAL_ACCUM || v->kind == VAL_COPY) && memory_base(v->args[0]) == param)
            return true;
        for (int k = 0; call_has_rule(v) && k < v->nargs; k++)
            if (call_writes_through(v, k) && memory_base(v->args[k]) == param)
                return true;
        if (block_writes(v->blocks[0], param) || block_writes(v->blocks[1], param))
            return true;
    }
    return false;
}

static bool is_output(const Function *fn, int k)
{
    return fn->params[k].bar && type_is_pointer(fn->params[k].type) && block_writes(fn->body, fn->params[k].value);
}

static bool is_input(const Function *fn, int k)
{
    return fn->params[k].bar && !is_output(fn, k);
}

static void write_call(Text *t, const Function *fn, int nprimal)
{
    fprintf(t->out, "%s(", fn->primal->name);
    for (int k = 0; k < nprimal; k++)
        fprintf(t->out, "%s%s", k ? ", " : "", fn->params[k].name);
    fputc(')', t->out);
}

static int count_picked(const Function *fn, int nprimal, bool (*pick)(const Function *, int))
{
    int n = 0;
    for (int k = 0; k < nprimal; k++)
        n += pick(fn, k);
    return n;
}

static void describe_outputs(Text *t, const Function *fn, int nprimal)
{
    const int n = count_picked(fn, nprimal, is_output);
    if (!n)
        return;
    fputs("Leaves ", t->out);
    list_names(t, fn, nprimal, is_output, "");
    fprintf(t->out, " as %s does. ", fn->primal->name);
    list_names(t, fn, nprimal, is_output, "_bar");
    fputs(n == 1 ? ": the seed on entry, the adjoint of what stood there before the call on return.\n"
                 : ": the seeds on entry, the adjoints of what stood there before the call on return.\n",
          t->out);
}

/* ---- storage ---- */

static const char *plural_of(const Type *t)
{
    return t->kind == TYPE_POINTER ? "pointers" : arena_printf("%ss", t->name ? t->name : "value");
}

static void describe_storage(Text *t, const Block *block)
{
    for (const Value *v = block->first; v; v = v->next) {
        if (v->kind == VAL_ALLOC)
            fprintf(t->out, "Stores %s of '%s', one for each iteration that needs it.\n", plural_of(v->type->to),
                    v->hint ? v->hint : "a value");
        if (v->kind == VAL_TAPE)
            fprintf(t->out, "Keeps a tape of %s: how many is known only when it has run.\n", plural_of(v->aux_type));
        for (int k = 0; k < 2; k++)
            if (v->blocks[k])
                describe_storage(t, v->blocks[k]);
    }
}

const char *describe_contract(const Function *fn, int nprimal)
{
    Text t;
    open_text(&t);
    const Mode mode = fn->request->mode;
    fprintf(t.out, "%s of %s (%s:%u) with respect to ", mode == MODE_GRAD ? "Gradient" : "Vector-Jacobian product",
            fn->primal->name, base_name(fn->definition_loc.file ? fn->definition_loc.file : "?"),
            fn->definition_loc.line);
    list_names(&t, fn, nprimal, is_wanted, "");
    fputs(", by reverse mode.\n", t.out);
    if (fn->body->nyields) {
        fputs("Returns ", t.out);
        write_call(&t, fn, nprimal);
        fputs(".", t.out);
        if (mode == MODE_VJP && type_is_real(fn->result))
            fputs(" ret_bar is the adjoint of that value.", t.out);
        fputc('\n', t.out);
    }
    describe_outputs(&t, fn, nprimal);
    const int inputs = count_picked(fn, nprimal, is_input);
    if (inputs) {
        fputs(mode == MODE_GRAD ? "Adds the gradient to " : "Adds the adjoints to ", t.out);
        list_names(&t, fn, nprimal, is_input, "_bar");
        fprintf(t.out, "; the caller clears %s. No adjoint may overlap another argument.\n",
                inputs == 1 ? "it" : "them");
    }
    describe_storage(&t, fn->body);
    return close_text(&t);
}
