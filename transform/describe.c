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

typedef struct {
    size_t (*hash)(const Decision *d);
    bool (*alike)(const Decision *a, const Decision *b);
} Likeness;

/* Of each decision the first one that is like it, which may be itself. */
static const size_t *find_first(const Function *fn, const Likeness *likeness)
{
    const size_t n = fn->decisions.count;
    size_t *result = ARENA_ARRAY(size_t, n + 1);
    size_t *first = ARENA_ARRAY(size_t, n + 1), *next = ARENA_ARRAY(size_t, n + 1); /* chains by hash; index + 1 */
    for (size_t k = 0; k < n; k++) {
        const Decision *d = &fn->decisions.at[k];
        size_t *chain = &first[likeness->hash(d) % (n + 1)], j = *chain;
        while (j && !likeness->alike(&fn->decisions.at[j - 1], d))
            j = next[j - 1];
        result[k] = j ? j - 1 : k;
        if (j)
            continue;
        next[k] = *chain;
        *chain = k + 1;
    }
    return result;
}

static bool same_name(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

static size_t hash_of_note(const Decision *d)
{
    return d->region.line * 31 + d->where.line * 5 + (unsigned)d->kind;
}

static bool same_note(const Decision *a, const Decision *b)
{
    return a->kind == b->kind && a->region.line == b->region.line && same_name(a->what, b->what) &&
           a->where.line == b->where.line;
}

/* Several values of one name and line are told once: which decisions repeat an earlier one. */
static const bool *find_repeated(const Function *fn)
{
    bool *repeated = ARENA_ARRAY(bool, fn->decisions.count + 1);
    const size_t *first = find_first(fn, &(Likeness){hash_of_note, same_note});
    for (size_t k = 0; k < fn->decisions.count; k++)
        repeated[k] = first[k] != k;
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

/* What is kept in the same way for the same region is told in one sentence. */
static size_t hash_of_sentence(const Decision *d)
{
    return d->region.line * 31 + (unsigned)d->kind;
}

static bool same_sentence(const Decision *a, const Decision *b)
{
    return a->kind == b->kind && a->region.line == b->region.line && a->kind != DECIDED_SNAPSHOTS;
}

/* ... in which no words are said twice. */
static size_t hash_of_words(const Decision *d)
{
    size_t hash = hash_of_sentence(d) + d->overwrites;
    for (const char *c = d->what; c && *c; c++)
        hash = hash * 33 + (unsigned char)*c;
    return hash + (d->what ? 0 : d->where.line);
}

static bool same_words(const Decision *a, const Decision *b)
{
    return same_sentence(a, b) && a->overwrites == b->overwrites && same_name(a->what, b->what) &&
           (a->what || a->where.line == b->where.line);
}

typedef VEC(const char *) Words;

/* "a", "a and b", "a, b and c" */
static void list_words(Text *t, const Words *words)
{
    for (size_t k = 0; k < words->count; k++)
        fprintf(t->out, "%s%s", k == 0 ? "" : k + 1 == words->count ? " and " : ", ", words->at[k]);
}

/* Values without a name are told behind the others: "values of lines 7, 8 and 11". */
static const char *values_of_lines(const Words *lines)
{
    Text t;
    open_text(&t);
    fputs(lines->count == 1 ? "a value of line " : "values of lines ", t.out);
    list_words(&t, lines);
    return close_text(&t);
}

static bool is_kept(const Decision *n)
{
    return n->kind == DECIDED_STORES || n->kind == DECIDED_COPIES || n->kind == DECIDED_ROWS ||
           n->kind == DECIDED_TAPE || n->kind == DECIDED_TAPE_OF_CALLS || (n->kind == DECIDED_RESTORES && n->bytes);
}

static void write_sentence(Text *t, const Decision *n, const Words *values, const char *reason)
{
    const bool copies = n->kind == DECIDED_COPIES, copy = n->kind == DECIDED_RESTORES;
    const bool stores = n->kind == DECIDED_STORES || copies || copy;
    fputs(stores ? "Stores " : "Keeps ", t->out);
    fputs(copies ? "copies of " : copy ? "a copy of " : "", t->out);
    list_words(t, values);
    const bool tapes = n->kind == DECIDED_TAPE && values->count > 1;
    fputs(stores ? "" : n->kind == DECIDED_ROWS ? " of all iterations" : tapes ? " on tapes" : " on a tape", t->out);
    fprintf(t->out, " for the reverse of line %u%s.\n", n->region.line, reason);
}

/* "up to 3 snapshots of x" */
static const char *snapshots_of(const Decision *n, const char *otherwise)
{
    const char *what = n->what ? n->what : otherwise;
    return n->bytes == 1 ? arena_printf("one snapshot of %s", what)
                         : arena_printf("up to %llu snapshots of %s", (unsigned long long)n->bytes, what);
}

static void describe_snapshots(Text *t, const Decision *n)
{
    fprintf(t->out, "Keeps %s for the reverse of line %u.\n", snapshots_of(n, "the state"), n->region.line);
}

/* Sentences in the order of their first decisions. */
typedef struct {
    const Function *fn;
    const size_t *words; /* of each decision: the first that is told in the same words */
    size_t *next, *last; /* of each sentence, which is called by its first decision; index + 1 */
} Sentences;

static Sentences find_sentences(const Function *fn)
{
    const size_t n = fn->decisions.count;
    Sentences s = {.fn = fn, .words = find_first(fn, &(Likeness){hash_of_words, same_words})};
    const size_t *first = find_first(fn, &(Likeness){hash_of_sentence, same_sentence});
    s.next = ARENA_ARRAY(size_t, n + 1);
    s.last = ARENA_ARRAY(size_t, n + 1);
    for (size_t k = 0; k < n; k++) {
        if (first[k] != k)
            s.next[s.last[first[k]] - 1] = k + 1;
        s.last[first[k]] = k + 1;
    }
    for (size_t k = 0; k < n; k++)
        if (first[k] != k)
            s.last[k] = 0;
    return s;
}

/* The line that overwrites all that the sentence tells of; 0: none does. */
static unsigned overwrites_all(const Sentences *s, size_t first)
{
    const unsigned line = s->fn->decisions.at[first].overwrites;
    for (size_t j = s->next[first]; j; j = s->next[j - 1])
        if (s->fn->decisions.at[j - 1].overwrites != line)
            return 0;
    return line;
}

/* "Stores h (line 8 overwrites it), sum and a value of line 9 for the reverse of line 7." */
static void describe_sentence(Text *t, const Sentences *s, size_t first)
{
    Words values = {0}, lines = {0};
    const unsigned overwrites = overwrites_all(s, first);
    for (size_t j = first + 1; j; j = s->next[j - 1]) {
        const Decision *n = &s->fn->decisions.at[j - 1];
        if (s->words[j - 1] != j - 1)
            continue;
        if (n->what || n->overwrites)
            vec_push(&values, overwrites ? value_name(n) : arena_printf("%s%s", value_name(n), reason_of(n)));
        else
            vec_push(&lines, arena_printf("%u", n->where.line));
    }
    if (lines.count)
        vec_push(&values, values_of_lines(&lines));
    const char *them = values.count > 1 ? "them" : "it";
    const char *reason = overwrites ? arena_printf(" (line %u overwrites %s)", overwrites, them) : "";
    write_sentence(t, &s->fn->decisions.at[first], &values, reason);
}

static void describe_storage(Text *t, const Function *fn)
{
    const bool *repeated = find_repeated(fn);
    const Sentences sentences = find_sentences(fn);
    for (size_t k = 0; k < fn->decisions.count; k++) {
        const Decision *n = &fn->decisions.at[k];
        if (n->kind == DECIDED_SNAPSHOTS && !repeated[k])
            describe_snapshots(t, n);
        else if (is_kept(n) && sentences.last[k])
            describe_sentence(t, &sentences, k);
    }
}

/* ---- the report ---- */

/* What is said of one loop. */
typedef struct {
    Text *text;
    bool said;
    bool stored;
} Line;

static void say(Line *line, const char *what)
{
    fprintf(line->text->out, "%s%s", line->said ? "; " : "", what);
    line->said = true;
}

static void say_note(Line *line, const Decision *n)
{
    const char *size = n->bytes ? arena_printf("%llu B", (unsigned long long)n->bytes) : "";
    line->stored |= is_kept(n);
    switch (n->kind) {
    case DECIDED_ONE_PASS: /* said first */
    case DECIDED_JOINED:
    case DECIDED_WRITTEN_OUT:
        break;
    case DECIDED_STORES:
        say(line, arena_printf("stores %s (%s a step) because %s", value_name(n), size,
                               n->overwrites ? arena_printf("line %u overwrites it", n->overwrites)
                                             : "computing it again would cost more"));
        break;
    case DECIDED_COPIES:
        say(line, arena_printf("stores copies of the array %s (%s an element) because later steps overwrite it",
                               value_name(n), size));
        break;
    case DECIDED_RESTORES:
        say(line, arena_printf("computes the array %s again from what is stored of the step before%s", value_name(n),
                               n->bytes ? arena_printf("; stores the first (%s an element)", size) : ""));
        break;
    case DECIDED_ROWS:
        say(line, arena_printf("keeps the array %s of all iterations (%s an element) instead of one for each in turn",
                               value_name(n), size));
        break;
    case DECIDED_TAPE:
        say(line, arena_printf("keeps %s on a growing tape (%s a step) because the number of steps is not known "
                               "before; a loop that counts to a bound known on entry needs none",
                               value_name(n), size));
        break;
    case DECIDED_TAPE_OF_CALLS:
        say(line, arena_printf("keeps %s on a growing tape (%s a call)", value_name(n), size));
        break;
    case DECIDED_RECOMPUTES:
        say(line, arena_printf("computes %s again", value_name(n)));
        break;
    case DECIDED_SNAPSHOTS:
        line->stored = true;
        say(line, arena_printf("keeps %s, and runs steps again from there", snapshots_of(n, "its state")));
        break;
    case DECIDED_SUMS:
        say(line, arena_printf("sums %s over its steps, and maps the sum once", value_name(n)));
        break;
    case DECIDED_JAMMED:
        say(line, arena_printf("takes %llu of its iterations together", (unsigned long long)n->bytes));
        break;
    case DECIDED_REPLAYS:
        say(line, "the reverse of each step fills its arrays again, which takes less memory than keeping them");
        break;
    }
}

static bool same_loc(Loc a, Loc b)
{
    return a.line == b.line && a.col == b.col &&
           (a.file == b.file || (a.file && b.file && strcmp(a.file, b.file) == 0));
}

static bool was_decided(const Function *fn, DecisionKind kind, Loc loc)
{
    for (size_t k = 0; k < fn->decisions.count; k++)
        if (fn->decisions.at[k].kind == kind && same_loc(fn->decisions.at[k].region, loc))
            return true;
    return false;
}

/* The loop's reverse, where that is a loop of its own. */
static const Value *find_reverse(const Block *block, Loc loc)
{
    for (const Value *v = ir_first(block); v; v = ir_next(v, block))
        if (v->kind == VAL_LOOP && v->twin && same_loc(v->twin->loc, loc))
            return v;
    return NULL;
}

/* "loop at 31: stores h (8 B a step) because line 34 overwrites it" */
static void report_loop(Text *t, const Function *fn, Loc loc, const bool *repeated)
{
    const char *file = loc.file && strcmp(loc.file, fn->definition_loc.file ? fn->definition_loc.file : "") != 0
                           ? arena_printf("%s:", base_name(loc.file))
                           : "";
    fprintf(t->out, "loop at %s%u: ", file, loc.line);
    Line line = {.text = t};
    const Value *reverse = find_reverse(fn->body, loc);
    if (was_decided(fn, DECIDED_WRITTEN_OUT, loc))
        say(&line, "written out: short, and its arrays become scalars");
    if (was_decided(fn, DECIDED_ONE_PASS, loc))
        say(&line, "one pass");
    else if (was_decided(fn, DECIDED_JOINED, loc))
        say(&line, "its reverse is one loop with that of a neighbour");
    else if (!reverse && !line.said && !was_decided(fn, DECIDED_REPLAYS, loc) &&
             !was_decided(fn, DECIDED_SNAPSHOTS, loc))
        say(&line, "no derivative passes through it");
    else if (reverse && !reverse->reversed)
        say(&line, "its reverse runs forwards");
    else if (reverse)
        say(&line, "its reverse runs backwards");
    for (size_t k = 0; k < fn->decisions.count; k++)
        if (!repeated[k] && same_loc(fn->decisions.at[k].region, loc))
            say_note(&line, &fn->decisions.at[k]);
    fputs(line.stored ? "\n" : ", nothing stored\n", t->out);
}

static int compare_locs(const void *a, const void *b)
{
    const Loc *x = a, *y = b;
    const int by_file = x->file && y->file ? strcmp(x->file, y->file) : 0;
    if (by_file)
        return by_file;
    return x->line != y->line ? (x->line > y->line) - (x->line < y->line) : (x->col > y->col) - (x->col < y->col);
}

/* Each loop of the user's, and each branch for which something is kept, once, in the order of the lines. */
static void report_regions(Text *t, const Function *fn)
{
    VEC(Loc) all = {0};
    for (size_t k = 0; k < fn->loops.count; k++)
        vec_push(&all, fn->loops.at[k]);
    for (size_t k = 0; k < fn->decisions.count; k++)
        if (fn->decisions.at[k].kind == DECIDED_WRITTEN_OUT)
            vec_push(&all, fn->decisions.at[k].region);
    if (all.count)
        qsort(all.at, all.count, sizeof *all.at, compare_locs);
    else
        fputs("no loops\n", t->out);
    const bool *repeated = find_repeated(fn);
    for (size_t k = 0; k < all.count; k++)
        if (k == 0 || !same_loc(all.at[k - 1], all.at[k]))
            report_loop(t, fn, all.at[k], repeated);
    for (size_t k = 0; k < fn->decisions.count; k++) {
        const Decision *n = &fn->decisions.at[k];
        bool in_loop = repeated[k];
        for (size_t j = 0; j < all.count && !in_loop; j++)
            in_loop = same_loc(all.at[j], n->region);
        if (in_loop)
            continue;
        fprintf(t->out, "branch at %u: ", n->region.line);
        Line line = {.text = t};
        say_note(&line, n);
        fputc('\n', t->out);
    }
}

static void find_loops(Function *fn, const Block *block)
{
    for (const Value *v = ir_first(block); v; v = ir_next(v, block))
        if (v->kind == VAL_LOOP)
            vec_push(&fn->loops, v->loc);
}

void describe_find_loops(Function *fn)
{
    find_loops(fn, fn->body);
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
