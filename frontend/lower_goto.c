/*
 * lower_goto.c: gotos to labels of a list of statements around them become structured, before anything else is lowered.
 * Labels end up as boundaries of two kinds of block:
 *
 *     a; if (c) goto L; b;  L: d;      ->  FORWARD(L) { a; if (c) goto L; b; }  d;       a goto leaves the block
 *     L: a; if (c) goto L; b;          ->  BACKWARD(L) { a; if (c) goto L; }  b;         a goto starts it again
 *
 * What is left over jumps into blocks: frame_jump refuses it.
 */
#include "lower.h"

#include <string.h>

typedef VEC(Stmt *) Stmts;

static int64_t label_number(Lower *lo, const char *name, Loc loc)
{
    for (size_t k = 0; k < lo->labels.count; k++)
        if (strcmp(lo->labels.at[k], name) == 0)
            return JUMP_FIRST_LABEL + (int64_t)k;
    if (lo->labels.count == JUMP_MAX_LABELS)
        diag_error(loc, "more than %d labels in '%s'", JUMP_MAX_LABELS, lo->function->name);
    else
        vec_push(&lo->labels, name);
    return JUMP_FIRST_LABEL + (int64_t)lo->labels.count - 1;
}

static bool goes_to(const Stmt *s, int64_t label)
{
    if (!s)
        return false;
    if (s->kind == STMT_GOTO && s->i == label)
        return true;
    for (size_t k = 0; k < s->nstmts; k++)
        if (goes_to(s->stmts[k], label))
            return true;
    return goes_to(s->init, label) || goes_to(s->body, label) || goes_to(s->other, label);
}

static void fold_labels(Stmts *list);

/* Variables declared by statements first..last and used behind them. */
static void find_shared(const Stmts *list, size_t first, size_t last, Stmt *block)
{
    VEC(Decl *) shared = {0};
    for (size_t k = first; k <= last; k++) {
        const Stmt *s = list->at[k];
        for (size_t d = 0; d < s->ndecls; d++) {
            bool used = s->kind == STMT_FORWARD || s->kind == STMT_BACKWARD;
            for (size_t j = last + 1; j < list->count && !used; j++)
                used = scan_uses(list->at[j], s->decls[d]);
            if (used)
                vec_push(&shared, s->decls[d]);
        }
    }
    block->decls = shared.at;
    block->ndecls = shared.count;
}

/* Statements first..last of the list become one of `kind`. */
static void fold(Stmts *list, size_t first, size_t last, StmtKind kind, int64_t label)
{
    Stmt *block = ARENA_NEW(Stmt);
    Stmts inner = {0};
    *block = (Stmt){.kind = kind, .loc = list->at[first]->loc, .i = label};
    find_shared(list, first, last, block);
    for (size_t k = first + (kind == STMT_BACKWARD); k <= last; k++)
        vec_push(&inner, list->at[k]);
    fold_labels(&inner);
    block->stmts = inner.at;
    block->nstmts = inner.count;
    list->at[first] = block;
    for (size_t k = last + 1; k < list->count; k++)
        list->at[first + k - last] = list->at[k];
    list->count -= last - first;
}

static void fold_backward(Stmts *list, size_t at)
{
    size_t last = at;
    for (size_t k = at + 1; k < list->count; k++)
        if (goes_to(list->at[k], list->at[at]->i))
            last = k;
    if (last > at)
        fold(list, at, last, STMT_BACKWARD, list->at[at]->i);
}

static bool is_label(const Stmt *s)
{
    return s->kind == STMT_LABEL && s->i >= JUMP_FIRST_LABEL;
}

/* A goto from before may lead to its start. */
static bool arrives(const Stmt *s)
{
    return is_label(s) || s->kind == STMT_BACKWARD;
}

/* The first of the statements 0..end-1 with a goto to the label; `end` where there is none. */
static size_t first_goto(const Stmts *list, size_t end, int64_t label)
{
    size_t k = 0;
    while (k < end && !goes_to(list->at[k], label))
        k++;
    return k;
}

/* Where the block that ends before `at` begins: a block that ends inside of it begins there, too. */
static size_t forward_start(const Stmts *list, size_t at)
{
    size_t first = first_goto(list, at, list->at[at]->i);
    for (size_t k = at; k-- > first + 1;)
        if (arrives(list->at[k])) {
            const size_t start = first_goto(list, first, list->at[k]->i);
            if (start < first)
                first = start, k = at;
        }
    return first;
}

/* From the last label on: a block that ends at a later label holds those that end at earlier ones. */
static void fold_labels(Stmts *list)
{
    for (size_t k = list->count; k-- > 0;)
        if (is_label(list->at[k]))
            fold_backward(list, k);
    for (size_t k = list->count; k-- > 1;) {
        const size_t first = arrives(list->at[k]) ? forward_start(list, k) : k;
        if (first < k) {
            fold(list, first, k - 1, STMT_FORWARD, list->at[k]->i);
            k = first + 1;
        }
    }
}

static Stmt *lower_gotos_in(Lower *lo, Stmt *s);

/* The list with each label as a statement of its own before what it labels. */
static void flatten(Lower *lo, Stmts *list, Stmt *s)
{
    while (s && s->kind == STMT_LABEL) {
        Stmt *label = ARENA_NEW(Stmt);
        *label = (Stmt){.kind = STMT_LABEL, .loc = s->loc, .text = s->text, .i = label_number(lo, s->text, s->loc)};
        vec_push(list, label);
        s = s->body;
    }
    if (s)
        vec_push(list, lower_gotos_in(lo, s));
}

static void lower_gotos_in_list(Lower *lo, Stmt *block)
{
    Stmts list = {0};
    for (size_t k = 0; k < block->nstmts; k++)
        flatten(lo, &list, block->stmts[k]);
    fold_labels(&list);
    block->stmts = list.at;
    block->nstmts = list.count;
}

/* The segments of a switch are lists of their own: their labels stay where they are. */
static void lower_gotos_in_switch(Lower *lo, Stmt *body)
{
    Stmts result = {0}, segment = {0};
    for (size_t k = 0; k <= body->nstmts; k++) {
        Stmt *s = k < body->nstmts ? body->stmts[k] : NULL;
        if (!s || s->kind == STMT_CASE || s->kind == STMT_DEFAULT) {
            fold_labels(&segment);
            for (size_t i = 0; i < segment.count; i++)
                vec_push(&result, segment.at[i]);
            segment.count = 0;
        }
        if (!s)
            break;
        if (s->kind == STMT_CASE || s->kind == STMT_DEFAULT) {
            Stmt *innermost = s;
            while (innermost->body && (innermost->body->kind == STMT_CASE || innermost->body->kind == STMT_DEFAULT))
                innermost = innermost->body;
            vec_push(&result, s);
            s = innermost->body;
            innermost->body = NULL;
        }
        flatten(lo, &segment, s);
    }
    body->stmts = result.at;
    body->nstmts = result.count;
}

/* A statement that is no block but labelled: `if (c) L: x;`. */
static Stmt *as_block(Stmt *s)
{
    if (!s || s->kind != STMT_LABEL)
        return s;
    Stmt *block = ARENA_NEW(Stmt);
    *block = (Stmt){.kind = STMT_BLOCK, .loc = s->loc, .nstmts = 1, .stmts = ARENA_ARRAY(Stmt *, 1)};
    block->stmts[0] = s;
    return block;
}

static Stmt *lower_gotos_in(Lower *lo, Stmt *s)
{
    if (!s)
        return NULL;
    s = as_block(s);
    if (s->kind == STMT_GOTO)
        s->i = label_number(lo, s->text, s->loc);
    else if (s->kind == STMT_BLOCK)
        lower_gotos_in_list(lo, s);
    else if (s->kind == STMT_SWITCH && s->body->kind == STMT_BLOCK)
        lower_gotos_in_switch(lo, s->body);
    else
        s->body = lower_gotos_in(lo, s->body);
    s->other = lower_gotos_in(lo, s->other);
    return s;
}

void lower_gotos(Lower *lo, Stmt *body)
{
    if (scan_has_goto(body))
        lower_gotos_in(lo, body);
}
