/*
 * emit_name.c: names for variables. A variable has the user's name where it has one, with a number behind it where that
 * is taken in a scope around it; emit_word.c finds words for what the user didn't name.
 *
 * Declarations are named in the order in which they stand, so that a name is free again where the scope of the last
 * variable that had it is closed. A second variable with a name that is still visible joins the first one where it can.
 */
#include "emit.h"

#include <ctype.h>
#include <limits.h>
#include <stdlib.h>

typedef struct Entry Entry;
struct Entry {
    const char *name;
    unsigned hash;
    unsigned busy_until; /* position */
    Web *holder;
    bool is_users;         /* something of the user's wants it: what has no name of its own leaves it alone */
    unsigned number;       /* the next one to try behind the name, */
    unsigned number_until; /* as long as this position is not passed */
    Entry *next;
};

enum { FIRST_BUCKETS = 1024, LOW_NUMBERS = 32 };

struct Names {
    Entry **buckets;
    unsigned mask, count; /* how many buckets, a power of two, less 1; how many entries */
};

static const char *const reserved[] = {
    /* keywords */
    "auto", "break", "case", "char", "const", "continue", "default", "do", "double", "else", "enum", "extern", "float",
    "for", "goto", "if", "inline", "int", "long", "register", "restrict", "return", "short", "signed", "sizeof",
    "static", "struct", "switch", "typedef", "union", "unsigned", "void", "volatile", "while", "asm", "typeof", "bool",
    "true", "false",
    /* macros of headers that may be included */
    "I", "complex", "imaginary", "NULL", "INFINITY", "NAN", "HUGE_VAL", "HUGE_VALF", "HUGE_VALL", "M_E", "M_LOG2E",
    "M_LOG10E", "M_LN2", "M_LN10", "M_PI", "M_PI_2", "M_PI_4", "M_1_PI", "M_2_PI", "M_2_SQRTPI", "M_SQRT2", "M_SQRT1_2",
    "MAXFLOAT", "EOF", "BUFSIZ", "RAND_MAX", "assert", "errno", "stdin", "stdout", "stderr", "offsetof", "isnan",
    "isinf", "isfinite", "isnormal", "signbit", "fpclassify", "signgam", "linux", "unix", "i386",
    /* what the output may call or mention */
    "memset", "memcpy", "size_t", "ptrdiff_t", "adgen_tape", "adgen_alloc", "adgen_reserve", "adgen_free", "adgen_push",
    "adgen_pop", "adgen_tape_free"};

/* ---- the table ---- */

static void put(Names *names, Entry *e)
{
    Entry **bucket = &names->buckets[e->hash & names->mask];
    e->next = *bucket;
    *bucket = e;
}

static void set_buckets(Names *names, unsigned count)
{
    Entry **const old = names->buckets;
    const unsigned nold = old ? names->mask + 1 : 0;
    names->buckets = ARENA_ARRAY(Entry *, count);
    names->mask = count - 1;
    for (unsigned k = 0; k < nold; k++)
        for (Entry *e = old[k], *next; e; e = next) {
            next = e->next;
            put(names, e);
        }
}

static Entry *entry_of(Names *names, const char *name)
{
    unsigned hash = 5381;
    for (const char *c = name; *c; c++)
        hash = hash * 33 + (unsigned char)*c;
    for (Entry *e = names->buckets[hash & names->mask]; e; e = e->next)
        if (e->hash == hash && strcmp(e->name, name) == 0)
            return e;
    if (names->count++ > names->mask)
        set_buckets(names, 2 * (names->mask + 1));
    Entry *e = ARENA_NEW(Entry);
    e->name = name;
    e->hash = hash;
    put(names, e);
    return e;
}

static void reserve(Names *names, const char *name)
{
    if (name)
        entry_of(names, name)->busy_until = UINT_MAX;
}

static bool is_tag_word(const char *word)
{
    return strcmp(word, "struct") == 0 || strcmp(word, "union") == 0 || strcmp(word, "enum") == 0;
}

/* Every word of a type's name or of a declaration; tags are no names. */
static void reserve_words(Names *names, const char *text)
{
    bool is_tag = false;
    while (text && *text) {
        size_t n = 0;
        while (isalnum((unsigned char)text[n]) || text[n] == '_')
            n++;
        const char *word = arena_strndup(text, n);
        if (n && !is_tag)
            reserve(names, word);
        is_tag = n ? is_tag_word(word) : is_tag;
        text += n ? n : 1;
    }
}

static void reserve_type(Names *names, const Type *type)
{
    for (; type; type = type->to)
        if (type->name)
            reserve_words(names, type->name);
}

static void reserve_mentioned(Names *names, const Block *block)
{
    for (const Value *v = block->first; v; v = v->next) {
        reserve_type(names, v->type);
        if (v->aux_type)
            reserve_type(names, v->aux_type);
        for (size_t k = 0; v->kind == VAL_CAST && k < v->args[0]->type->enumerators.count; k++)
            reserve(names, v->args[0]->type->enumerators.at[k].name);
        if (v->kind == VAL_MATH)
            reserve(names, rule_spelling(v->rule, v->type));
        if (v->kind == VAL_PURE_CALL || v->kind == VAL_CALL)
            reserve(names, v->callee ? v->callee->name : v->text);
        for (int k = 0; k < v->nargs; k++) {
            if (v->args[k]->kind == VAL_GLOBAL)
                reserve(names, v->args[k]->global->name);
            if (v->args[k]->kind == VAL_FUNCTION)
                reserve(names, v->args[k]->callee->name);
        }
        for (int k = 0; k < 2; k++)
            if (v->blocks[k])
                reserve_mentioned(names, v->blocks[k]);
    }
    for (int k = 0; k < block->nyields; k++)
        if (block->yields[k]->kind == VAL_GLOBAL)
            reserve(names, block->yields[k]->global->name);
}

Names *names_new(const Module *module, const Function *fn)
{
    Names *names = ARENA_NEW(Names);
    set_buckets(names, FIRST_BUCKETS);
    for (size_t k = 0; k < sizeof reserved / sizeof *reserved; k++)
        reserve(names, reserved[k]);
    for (size_t k = 0; k < module->macros.count; k++)
        reserve(names, module->macros.at[k]);
    for (size_t k = 0; k < module->names.count; k++)
        reserve(names, module->names.at[k]);
    for (size_t k = 0; k < module->globals.count; k++)
        reserve(names, module->globals.at[k]->name);
    reserve(names, fn->name);
    reserve_words(names, fn->result_text);
    for (int k = 0; k < fn->nparams; k++) {
        reserve(names, fn->params[k].name);
        reserve_words(names, fn->params[k].before);
        reserve_words(names, fn->params[k].after);
    }
    reserve_mentioned(names, fn->body);
    return names;
}

/* ---- choosing ---- */

static const char *numbered(const char *base, unsigned number)
{
    const bool is_short = !base[1];
    return arena_printf(is_short ? "%s%u" : "%s_%u", base, is_short ? number - 1 : number);
}

static bool is_free(const Entry *e, unsigned pos)
{
    return e->busy_until < pos;
}

static const char *take(Names *names, const char *base, unsigned pos, unsigned until, Web *holder)
{
    Entry *first = entry_of(names, base), *e = first;
    const bool leave = first->is_users && holder && !holder->hint;
    for (unsigned number = 2; (!is_free(e, pos) || (leave && e == first)) && number < LOW_NUMBERS; number++)
        e = entry_of(names, numbered(base, number));
    if (!is_free(e, pos)) {
        if (first->number < LOW_NUMBERS || first->number_until < pos)
            first->number = LOW_NUMBERS;
        do
            e = entry_of(names, numbered(base, first->number++));
        while (!is_free(e, pos));
        if (until > first->number_until)
            first->number_until = until;
    }
    e->busy_until = until;
    e->holder = holder;
    return e->name;
}

const char *names_fresh(Names *names, const char *base)
{
    Entry *e = entry_of(names, base);
    for (unsigned number = 2; e->busy_until; number++)
        e = entry_of(names, numbered(base, number));
    e->busy_until = UINT_MAX;
    return e->name;
}

/* ---- what is called how ---- */

/* Beside a parameter x_bar, where adjoints go, the adjoint of a variable x is x_adj. */
static const char *beside_param(const Plan *plan, const char *hint)
{
    const size_t n = strlen(hint);
    for (int k = 0; k < plan->fn->nparams; k++)
        if (n > 4 && strcmp(plan->fn->params[k].name, hint) == 0 && strcmp(hint + n - 4, "_bar") == 0)
            return arena_printf("%.*s_adj", (int)(n - 4), hint);
    return hint;
}

static const char *base_name(const Plan *plan, const Web *web)
{
    return web->hint ? beside_param(plan, web->hint)
                     : unnamed_base(plan, web->is_several ? NULL : web->computed, web->type);
}

/* A bound that has its counter's name is not the counter. */
static void name_bound(const Plan *plan, const Value *loop, const Value *bound, const char *name)
{
    Web *web = web_of(plan, bound);
    if (web && !web->param && web->hint && loop->counter->hint && strcmp(web->hint, loop->counter->hint) == 0)
        web->hint = name;
}

/* A next value that could not share its loop's variable is h_next. */
static void name_next_values(Plan *plan, const Block *block)
{
    for (const Value *v = ir_first(block); v; v = ir_next(v, block)) {
        for (int k = 0; v->kind == VAL_LOOP && k < v->nresults; k++) {
            Web *to = web_of(plan, v->carried[k]), *from = web_of(plan, v->blocks[1]->yields[k]);
            if (to && from && to != from && to->hint && from->hint && from->first_value &&
                strcmp(to->hint, from->hint) == 0)
                from->hint = arena_printf("%s_next", to->hint);
        }
        if (v->counted) {
            name_bound(plan, v, v->from, "first");
            name_bound(plan, v, v->to, "end");
        }
    }
}

/* ---- everything that is declared, in order ---- */

typedef struct {
    unsigned pos, until;
    const char *base;
    Web *web;
    Note *note;
    unsigned order;
} Declaration;

typedef VEC(Declaration) Declarations;

static void add_object(Declarations *list, unsigned pos, unsigned until, const char *base, Note *note)
{
    vec_push(list, ((Declaration){pos, until, base, NULL, note, (unsigned)list->count}));
}

static void list_objects(Declarations *list, const Plan *plan, const Block *block)
{
    for (const Value *v = ir_first(block); v; v = ir_next(v, block)) {
        Note *note = note_of(plan, v);
        if (v->kind == VAL_LOCAL && note->home)
            add_object(list, note_of(plan, note->before)->pos, block_stop(plan, note->home),
                       v->hint ? v->hint : unnamed_array(plan, v), note);
        if (v->kind == VAL_TAPE)
            add_object(list, note->pos, block_stop(plan, v->block), v->hint ? v->hint : "tape", note);
        if (v->counted)
            add_object(list, note->pos + 1, note->end, v->counter->hint ? v->counter->hint : "i",
                       note_of(plan, v->counter));
    }
}

static int compare_declarations(const void *a, const void *b)
{
    const Declaration *x = a, *y = b;
    if (x->pos != y->pos)
        return x->pos < y->pos ? -1 : 1;
    return x->order < y->order ? -1 : x->order > y->order;
}

/* The variable of this name that is visible here serves for two. */
static bool join_holder(const Entry *e, Web *web, unsigned pos)
{
    Web *holder = e->holder ? web_find(e->holder) : NULL;
    if (!holder || is_free(e, pos) || holder->param || holder->silent || !web->hint || !holder->hint ||
        strcmp(web->hint, holder->hint) != 0)
        return false;
    if (!webs_have_one_type(holder, web) || webs_interfere(holder, web))
        return false;
    web_join(holder, web);
    return true;
}

/* The variable of a `for`: its scope is the loop. */
static bool is_stepped(const Plan *plan, const Web *web)
{
    const Value *loop = web->first_value;
    if (!loop || loop->kind != VAL_LOOP || !note_of(plan, loop)->step)
        return false;
    return web_of(plan, loop->carried[note_of(plan, loop)->stepped - 1]) == web;
}

static void name_declaration(Names *names, const Plan *plan, const Declaration *d)
{
    if (d->note) {
        d->note->name = take(names, d->base, d->pos, d->until, NULL);
        return;
    }
    const char *base = base_name(plan, d->web);
    const bool own = is_stepped(plan, d->web); /* declared by its loop */
    if (own || !join_holder(entry_of(names, base), d->web, d->pos))
        d->web->name = take(names, base, d->pos, d->until, d->web);
}

/* Until where a variable of the block is visible. What computes a loop's condition stands at the top of its body. */
static unsigned visible_until(const Plan *plan, const Block *scope)
{
    while (emit_is_unnested(plan, scope))
        scope = scope->parent;
    const Value *owner = scope->owner;
    const bool is_condition = owner && owner->kind == VAL_LOOP && owner->blocks[0] == scope;
    return block_stop(plan, is_condition ? owner->blocks[1] : scope);
}

static void mark_names_of_counters(Names *names, const Block *block)
{
    for (const Value *v = ir_first(block); v; v = ir_next(v, block))
        if (v->counted && v->counter->hint)
            entry_of(names, v->counter->hint)->is_users = true;
}

static void find_stored(const Plan *plan, const Block *block)
{
    for (const Value *v = ir_first(block); v; v = ir_next(v, block)) {
        const Value *base = v->kind == VAL_STORE ? memory_base(v->args[0]) : NULL;
        if (base && base->is_kept && !base->hint && !note_of(plan, base)->stored)
            note_of(plan, base)->stored = v->args[1];
    }
}

void names_assign(Names *names, Plan *plan, Webs *webs)
{
    Declarations list = {0};
    name_next_values(plan, plan->fn->body);
    find_stored(plan, plan->fn->body);
    mark_names_of_counters(names, plan->fn->body);
    for (size_t k = 0; k < webs->count; k++)
        if (webs->at[k]->hint && !webs->at[k]->parent)
            entry_of(names, webs->at[k]->hint)->is_users = true;
    for (size_t k = 0; k < webs->count; k++) {
        Web *web = webs->at[k];
        if (web->parent)
            continue;
        if (web->param)
            web->name = web->param->name;
        else if (is_stepped(plan, web))
            vec_push(&list, ((Declaration){web->first, note_of(plan, web->first_value)->end, NULL, web, NULL,
                                           (unsigned)list.count}));
        else
            vec_push(&list, ((Declaration){web_declared_at(plan, web), visible_until(plan, web->scope), NULL, web, NULL,
                                           (unsigned)list.count}));
    }
    list_objects(&list, plan, plan->fn->body);
    if (list.count)
        qsort(list.at, list.count, sizeof(Declaration), compare_declarations);
    for (size_t k = 0; k < list.count; k++)
        name_declaration(names, plan, &list.at[k]);
}
