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

static bool has_bar(const Function *fn, int k)
{
    return fn->params[k].bar != NULL;
}

static bool is_output(const Function *fn, int k)
{
    return fn->params[k].bar && type_is_pointer(fn->params[k].type) && fn->written[k];
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

static bool same_note(const Decision *a, const Decision *b)
{
    const bool same_name = a->what == b->what || (a->what && b->what && strcmp(a->what, b->what) == 0);
    return a->kind == b->kind && a->region.line == b->region.line && same_name && a->where.line == b->where.line;
}

/* Several values of one name and line are told once: which decisions repeat an earlier one. */
static const bool *find_repeated(const Function *fn)
{
    const size_t n = fn->decisions.count;
    bool *repeated = ARENA_ARRAY(bool, n + 1);
    size_t *first = ARENA_ARRAY(size_t, n + 1), *next = ARENA_ARRAY(size_t, n + 1); /* chains by lines; index + 1 */
    for (size_t k = 0; k < n; k++) {
        const Decision *d = &fn->decisions.at[k];
        size_t *chain = &first[(d->region.line * 31 + d->where.line * 5 + (unsigned)d->kind) % (n + 1)];
        for (size_t j = *chain; j && !repeated[k]; j = next[j - 1])
            repeated[k] = same_note(&fn->decisions.at[j - 1], d);
        if (repeated[k])
            continue;
        next[k] = *chain;
        *chain = k + 1;
    }
    return repeated;
}

static const char *value_name(const Decision *n)
{
    return n->what ? n->what : arena_printf("a value of line %u", n->where.line);
}

static const char *reason_of(const Decision *n)
{
    if (!n->overwrites)
        return "";
    return arena_printf(" (line %u overwrites it)", n->overwrites);
}

/* "Stores h at each step of the loop at 7 (line 8 overwrites it)." */
static void describe_storage(Text *t, const Function *fn)
{
    const bool *repeated = find_repeated(fn);
    for (size_t k = 0; k < fn->decisions.count; k++) {
        const Decision *n = &fn->decisions.at[k];
        if (repeated[k])
            continue;
        if (n->kind == DECIDED_STORES)
            fprintf(t->out, "Stores %s for the reverse of line %u%s.\n", value_name(n), n->region.line, reason_of(n));
        else if (n->kind == DECIDED_COPIES)
            fprintf(t->out, "Stores copies of %s for the reverse of line %u.\n", value_name(n), n->region.line);
        else if (n->kind == DECIDED_TAPE)
            fprintf(t->out, "Keeps %s on a tape for the reverse of line %u%s.\n", value_name(n), n->region.line,
                    reason_of(n));
    }
}

/* ---- the report ---- */

static void report_note(Text *t, const Decision *n)
{
    const char *size = n->bytes ? arena_printf("%llu B", (unsigned long long)n->bytes) : "";
    switch (n->kind) {
    case DECIDED_ONE_PASS:
        fputs("one pass, forward and reverse together", t->out);
        break;
    case DECIDED_STORES:
        fprintf(t->out, "stores %s (%s a step) because %s", value_name(n), size,
                n->overwrites ? arena_printf("line %u overwrites it", n->overwrites)
                              : "computing it again would cost more");
        break;
    case DECIDED_COPIES:
        fprintf(t->out, "stores copies of the array %s (%s an element) because later steps overwrite it", value_name(n),
                size);
        break;
    case DECIDED_TAPE:
        fprintf(t->out,
                "keeps %s on a growing tape (%s a step) because the number of steps is not known before; "
                "a loop that counts to a bound known on entry needs none",
                value_name(n), size);
        break;
    case DECIDED_RECOMPUTES:
        fprintf(t->out, "computes %s again", value_name(n));
        break;
    case DECIDED_WRITTEN_OUT:
        fputs("written out: short, and its arrays become scalars", t->out);
        break;
    case DECIDED_REPLAYS:
        fputs("the reverse of each iteration fills its arrays again, which takes less memory than keeping them",
              t->out);
        break;
    }
}

static void report_regions(Text *t, const Function *fn)
{
    bool stored = false;
    const bool *repeated = find_repeated(fn);
    for (size_t k = 0; k < fn->decisions.count; k++) {
        const Decision *n = &fn->decisions.at[k];
        if (repeated[k])
            continue;
        stored |= n->kind == DECIDED_STORES || n->kind == DECIDED_COPIES || n->kind == DECIDED_TAPE;
        fprintf(t->out, "%s:%u: ", base_name(n->region.file), n->region.line);
        report_note(t, n);
        fputc('\n', t->out);
    }
    if (!stored)
        fputs("nothing stored\n", t->out);
}

const char *describe_decisions(const Function *fn)
{
    Text t;
    open_text(&t);
    fprintf(t.out, "%s: ", fn->name);
    const int nprimal = fn->primal->nparams;
    fputs("active: ", t.out);
    const int active = count_picked(fn, nprimal, has_bar);
    list_names(&t, fn, nprimal, has_bar, "");
    fputs(active ? "\n" : "none\n", t.out);
    report_regions(&t, fn);
    return close_text(&t);
}

const char *describe_contract(Function *fn, int nprimal)
{
    Text t;
    open_text(&t);
    fn->written = activity_written_params(fn);
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
    describe_storage(&t, fn);
    return close_text(&t);
}
