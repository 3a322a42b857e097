/*
 * coalesce.c: out of SSA. Each value with a name is a web, the set of values that share one C variable; webs that hold
 * what flows into each other (a loop's initial, carried, next and final values; a branch's values and its result) are
 * joined as long as no two of their values are needed at the same time.
 *
 * When a value is needed is a list of spans of positions. Because the IR is structured, no dataflow equations are
 * solved: a use makes the value live from its definition to the use, through every loop that the use is in and the
 * definition is not, and only in that branch of every `if` between them. At a position operands are read first, and
 * results written after; the yields of a block are read together and then written together (emit_stmt.c orders the
 * copies).
 *
 *     s0 = 0                      double s = 0.0;
 *     loop s1 = (s0, s2)          for (...)
 *         s2 = s1 + x[i]     →        s += x[i];
 *     ... s3 (result)             ... s
 */
#include "emit.h"

#include <stdlib.h>

/* ---- webs ---- */

Web *web_find(Web *web)
{
    while (web->parent) {
        if (web->parent->parent)
            web->parent = web->parent->parent;
        web = web->parent;
    }
    return web;
}

Web *web_of(const Plan *plan, const Value *v)
{
    Web *web = note_of(plan, v)->web;
    return web ? web_find(web) : NULL;
}

static int compare_spans(const void *a, const void *b)
{
    const Span *x = a, *y = b;
    return x->from < y->from ? -1 : x->from > y->from;
}

/* Spans that touch, in order, are one. */
static void connect_spans(Web *web)
{
    size_t n = 0;
    for (size_t k = 1; k < web->live.count; k++) {
        Span *last = &web->live.at[n];
        const Span next = web->live.at[k];
        if (next.from > last->to + 1)
            web->live.at[++n] = next;
        else if (next.to > last->to)
            last->to = next.to;
    }
    web->live.count = n + 1;
}

static void sort_spans(Web *web)
{
    if (web->sorted)
        return;
    web->sorted = true;
    if (!web->live.count)
        return;
    qsort(web->live.at, web->live.count, sizeof(Span), compare_spans);
    connect_spans(web);
}

/*
 * The shorter list goes into the longer one, from the end, so that it can be done in place: variables of long chains of
 * branches are joined again and again.
 */
static void merge_spans(Web *into, Web *from)
{
    sort_spans(into);
    sort_spans(from);
    if (into->live.count < from->live.count) {
        const Spans shorter = into->live;
        into->live = from->live;
        from->live = shorter;
    }
    size_t i = into->live.count, j = from->live.count;
    for (size_t k = 0; k < from->live.count; k++)
        vec_push(&into->live, from->live.at[k]);
    Span *at = into->live.at;
    for (size_t k = into->live.count; j; k--)
        at[k - 1] = i && at[i - 1].from > from->live.at[j - 1].from ? at[--i] : from->live.at[--j];
    if (into->live.count)
        connect_spans(into);
}

bool webs_have_one_type(const Web *a, const Web *b)
{
    if (!type_same(a->type, b->type))
        return false;
    if (!rows_are_same(a->rows, b->rows))
        return false;
    return a->type->kind != TYPE_POINTER || type_is_const(a->type->to) == type_is_const(b->type->to);
}

bool webs_interfere(Web *a, Web *b)
{
    sort_spans(a);
    sort_spans(b);
    size_t i = 0, j = 0;
    while (i < a->live.count && j < b->live.count) {
        const Span x = a->live.at[i], y = b->live.at[j];
        if (x.from <= y.to && y.from <= x.to)
            return true;
        if (x.to < y.to)
            i++;
        else
            j++;
    }
    return false;
}

bool web_is_live_from(Web *web, unsigned point)
{
    sort_spans(web);
    return web->live.count && web->live.at[web->live.count - 1].to >= point;
}

void web_join(Web *into, Web *from)
{
    merge_spans(into, from);
    if (from->hint && (!into->hint || from->hint_rank > into->hint_rank)) {
        into->hint = from->hint;
        into->hint_rank = from->hint_rank;
    }
    if (from->param)
        into->param = from->param;
    into->has_primal |= from->has_primal;
    into->is_several |= from->is_several || (into->computed && from->computed);
    into->computed = into->computed ? into->computed : from->computed;
    into->scope = into->scope && from->scope ? common_block(into->scope, from->scope)
                  : into->scope              ? into->scope
                                             : from->scope;
    if (from->first < into->first) {
        into->first = from->first;
        into->first_block = from->first_block;
        into->first_value = from->first_value;
    }
    from->parent = into;
}

static void live(Web *web, unsigned from, unsigned to)
{
    vec_push(&web->live, ((Span){from, to}));
    web->sorted = false;
}

/* ---- definitions ---- */

enum { RANK_VALUE = 1, RANK_RESULT, RANK_CARRIED, RANK_PARAM };

static Type *web_type(const Plan *plan, const Value *v)
{
    Type *type = note_of(plan, v)->rows ? v->type : variable_type(v->type);
    if (type->kind != TYPE_POINTER || type->to->kind == TYPE_FUNCTION)
        return type;
    return type_pointer(points_to_const(plan, v) ? type_const(type->to) : type_mutable(type->to));
}

static Web *new_web(Plan *plan, Webs *webs, const Value *v, const Block *scope, unsigned first, int rank)
{
    Web *web = ARENA_NEW(Web);
    web->type = web_type(plan, v);
    web->rows = note_of(plan, v)->rows;
    web->hint = v->hint;
    web->hint_rank = rank;
    web->scope = scope;
    web->first = first;
    web->first_block = scope;
    note_of(plan, v)->web = web;
    vec_push(webs, web);
    return web;
}

/* A value on a line of its own; `at` is what stands there: the value, or the branch whose result it is. */
static void define_value(Plan *plan, Webs *webs, const Value *v, const Value *at)
{
    const unsigned pos = note_of(plan, at)->pos;
    Web *web = new_web(plan, webs, v, at->block, pos, RANK_VALUE);
    web->first_value = v;
    web->computed = v->kind == VAL_RESULT ? NULL : v;
    web->has_primal = at->block && !at->adjoint && type_is_real(v->type);
    live(web, 2 * pos + 1, 2 * pos + 1);
}

/* The carried value and the result are one from the start: the one ends where the other begins. */
static void define_loop(Plan *plan, Webs *webs, const Value *loop)
{
    const Note *note = note_of(plan, loop);
    for (int k = 0; k < loop->nresults; k++) {
        const Value *carried = loop->carried[k], *result = loop->results[k];
        if (!note_of(plan, carried)->uses && !note_of(plan, result)->uses)
            continue;
        Web *web = new_web(plan, webs, carried, loop->block, note->pos, RANK_CARRIED);
        if (!web->hint)
            web->hint = result->hint;
        web->first_value = loop;
        note_of(plan, result)->web = web;
        live(web, 2 * note->pos + 1, 2 * note->begin[1]);
        live(web, 2 * note->stop[1] + 1, 2 * note->end + 1);
    }
}

static void define_results(Plan *plan, Webs *webs, const Value *region)
{
    const Note *note = note_of(plan, region);
    for (int k = 0; k < region->nresults; k++) {
        if (!note_of(plan, region->results[k])->uses)
            continue;
        Web *web = new_web(plan, webs, region->results[k], region->block, note->stop[0], RANK_RESULT);
        web->first_block = region->blocks[0];
        live(web, 2 * note->stop[0] + 1, 2 * note->stop[0] + 1);
        live(web, 2 * note->stop[1] + 1, 2 * note->end + 1);
    }
}

static void define_block(Plan *plan, Webs *webs, const Block *block)
{
    for (const Value *v = block->first; v; v = v->next) {
        const Note *note = note_of(plan, v);
        if (note->expression && note->place == PLACE_NAME)
            define_value(plan, webs, v->results[0], v);
        else if (note->place == PLACE_NAME)
            define_value(plan, webs, v, v);
        if (note->expression)
            continue;
        if (v->kind == VAL_LOOP)
            define_loop(plan, webs, v);
        else if (v->kind == VAL_IF)
            define_results(plan, webs, v);
        for (int k = 0; k < 2; k++)
            if (v->blocks[k])
                define_block(plan, webs, v->blocks[k]);
    }
}

/* A parameter is a variable too, if C lets it change. */
static void define_params(Plan *plan, Webs *webs)
{
    for (int k = 0; k < plan->fn->nparams; k++) {
        const Param *param = &plan->fn->params[k];
        if (!param->value || param->value->kind != VAL_PARAM)
            continue;
        Web *web = new_web(plan, webs, param->value, plan->fn->body, 0, RANK_PARAM);
        web->hint = param->name;
        web->param = param;
        live(web, 0, 1);
    }
}

/* ---- uses ---- */

/* Where a value is defined: the block, and the point from which on it is live there. */
static const Block *definition_block(const Plan *plan, const Value *v, unsigned *point)
{
    switch (v->kind) {
    case VAL_PARAM:
        *point = 0;
        return plan->fn->body;
    case VAL_CARRIED:
        return NULL; /* both blocks of its loop */
    case VAL_RESULT:
        if (!is_operator_result(plan, v)) {
            *point = 2 * note_of(plan, v->region)->end + 1;
            return v->region->block;
        }
        *point = 2 * note_of(plan, v->region)->pos + 1;
        return v->region->block;
    default:
        *point = 2 * note_of(plan, v)->pos + 1;
        return v->block;
    }
}

static bool is_inside(const Plan *plan, const Block *inner, const Block *outer)
{
    return block_begin(plan, outer) <= block_begin(plan, inner) && block_stop(plan, inner) <= block_stop(plan, outer);
}

/*
 * v is read at position `pos` of the block. Around a block that it was read in before, nothing is new: chains of
 * branches would be climbed for each read otherwise.
 */
static void live_until(const Plan *plan, const Value *v, unsigned pos, const Block *block)
{
    Note *note = note_of(plan, v);
    Web *web = note->web;
    const Block *read_in = note->read_in;
    note->read_in = block;
    unsigned start = 0, point = 2 * pos;
    const Block *home = definition_block(plan, v, &start);
    const bool is_carried = v->kind == VAL_CARRIED;
    while (is_carried ? block->owner != v->region : block != home) {
        if (!block->owner)
            diag_internal(v->loc, "value %u is used where it is not visible", v->id);
        const Note *owner = note_of(plan, block->owner);
        if (block->owner->kind == VAL_LOOP) {
            point = 2 * owner->end;
        } else {
            live(web, 2 * block_begin(plan, block), point);
            point = 2 * owner->pos;
        }
        if (read_in && is_inside(plan, read_in, block))
            return;
        block = block->parent;
    }
    if (is_carried)
        start = 2 * block_begin(plan, block);
    live(web, start, point > start ? point : start);
}

typedef struct {
    Plan *plan;
    unsigned pos;
    const Block *block;
} Reader;

/* Objects are declared where all of their uses are; the first use says before which statement. */
static void use_object(const Reader *r, const Value *local)
{
    Note *note = note_of(r->plan, local);
    if (!note->home || r->pos < note->first) {
        note->second = note->first;
        note->second_block = note->home ? note->first_block : NULL;
        note->first = r->pos;
        note->first_block = r->block;
    } else if (r->pos > note->first && (!note->second_block || r->pos < note->second)) {
        note->second = r->pos;
        note->second_block = r->block;
    }
    note->home = note->home ? common_block(note->home, r->block) : r->block;
}

static void read_value(const Reader *r, const Value *v)
{
    if (is_operator_result(r->plan, v) && is_folded(r->plan, v)) {
        read_value(r, v->region->args[0]);
        read_value(r, v->region->blocks[0]->yields[0]);
        read_value(r, v->region->blocks[1]->yields[0]);
    } else if (is_folded(r->plan, v)) {
        for (int k = 0; k < v->nargs; k++)
            read_value(r, v->args[k]);
    } else if (v->kind == VAL_LOCAL) {
        use_object(r, v);
    } else if (note_of(r->plan, v)->web) {
        live_until(r->plan, v, r->pos, r->block);
    }
}

static void read_operands(Plan *plan, const Value *v)
{
    const Reader r = {plan, note_of(plan, v)->pos, v->block};
    for (int k = 0; k < v->nargs; k++)
        read_value(&r, v->args[k]);
}

/* A branch that is an operator with a line of its own. */
static void read_operator(Plan *plan, const Value *region)
{
    const Reader r = {plan, note_of(plan, region)->pos, region->block};
    read_value(&r, region->args[0]);
    read_value(&r, region->blocks[0]->yields[0]);
    read_value(&r, region->blocks[1]->yields[0]);
}

/* A pointer to rows is declared with their extents: where it is set first, or where a ring of copies is broken. */
static void read_extents(Plan *plan, const Value *variable, unsigned pos, const Block *block)
{
    const Rows *rows = note_of(plan, variable)->web ? note_of(plan, variable)->rows : NULL;
    for (int k = 0; rows && k < rows->count; k++)
        read_value(&(Reader){plan, pos, block}, rows->extents[k]);
}

/* The header of a counted loop is read after the initial copies; one of the bounds in each iteration. */
static void read_bounds(Plan *plan, const Value *loop)
{
    const Note *note = note_of(plan, loop);
    const Reader once = {plan, note->pos + 1, loop->block};
    read_value(&once, loop->from);
    read_value(&once, loop->to);
    const Reader again = {plan, note->stop[1], loop->blocks[1]};
    read_value(&again, loop->reversed ? loop->from : loop->to);
}

static void read_block(Plan *plan, const Block *block);

static void read_statement(Plan *plan, const Value *v)
{
    const Note *note = note_of(plan, v);
    if (note->place == PLACE_FOLD || note->place == PLACE_NONE || v->kind == VAL_LOCAL)
        return;
    if (note->expression) {
        read_operator(plan, v);
        return;
    }
    for (int k = 0; k < 2; k++)
        if (v->blocks[k])
            read_block(plan, v->blocks[k]);
    if (v->kind != VAL_LOOP)
        read_operands(plan, v);
    read_extents(plan, v, note->pos, v->block);
    for (int k = 0; v->kind == VAL_LOOP && k < v->nresults; k++)
        if (note_of(plan, v->carried[k])->web) {
            read_value(&(Reader){plan, note->pos, v->block}, v->args[k]);
            read_extents(plan, v->carried[k], note->pos, v->block);
            read_extents(plan, v->carried[k], note->stop[1], v->blocks[1]);
        }
    if (v->counted)
        read_bounds(plan, v);
}

static void read_block(Plan *plan, const Block *block)
{
    const bool has_results = block->owner && (block->owner->kind == VAL_IF || block == block->owner->blocks[1]);
    for (const Value *v = block->first; v; v = v->next)
        read_statement(plan, v);
    const Reader r = {plan, block_stop(plan, block), block};
    for (int k = 0; k < block->nyields; k++)
        if (!has_results || note_of(plan, block->owner->results[k])->web)
            read_value(&r, block->yields[k]);
}

/* ---- objects ---- */

static bool clears(const Value *v, const Value *local)
{
    return v && v->kind == VAL_ZERO && v->args[0] == local;
}

static void keep_all(const Plan *plan, const Block *block)
{
    for (const Value *v = ir_first(block); v; v = ir_next(v, block))
        if (v->kind == VAL_LOCAL)
            note_of(plan, v)->lasts = v->block;
}

/* What the pointer may lead to is needed in the block; NULL: wherever the object is known. */
static void keep_until(const Plan *plan, const Value *pointer, const Block *block)
{
    const Value *roots[MEMORY_MAX_ROOTS];
    const int n = memory_roots(pointer, roots);
    if (n < 0)
        keep_all(plan, plan->fn->body);
    for (int k = 0; k < n; k++) {
        if (roots[k]->kind != VAL_LOCAL)
            continue;
        Note *note = note_of(plan, roots[k]);
        const Block *here = block ? block : roots[k]->block;
        note->lasts = note->lasts ? common_block(note->lasts, here) : here;
    }
}

/* Pointers outlive the block where they are made as results of branches and loops, in memory, on tapes, and with
   callees. */
static void keep_objects(const Plan *plan, const Block *block)
{
    for (const Value *v = ir_first(block); v; v = ir_next(v, block)) {
        for (int k = 0; k < v->nresults; k++)
            if (type_is_pointer(v->results[k]->type))
                keep_until(plan, v->results[k], v->block);
        if ((v->kind == VAL_STORE || v->kind == VAL_PUSH) && type_is_pointer(v->args[1]->type))
            keep_until(plan, v->args[1], NULL);
        const bool unknown =
            v->kind == VAL_CALL && !(v->callee && v->callee->effect != EFFECT_UNKNOWN) && !call_is_known(v);
        for (int k = 0; unknown && k < v->nargs; k++)
            if (type_is_pointer(v->args[k]->type))
                keep_until(plan, v->args[k], NULL);
    }
}

/* What clears the object moves down to what uses it next, and with it the declaration. */
static void clear_later(Plan *plan, const Value *local)
{
    Note *note = note_of(plan, local);
    const Value *clear = note->before;
    if (!clears(clear, local) || !note->second_block)
        return;
    const Value *next =
        note->second_block == note->home ? plan->at[note->second] : statement_in(note->home, note->second_block, NULL);
    if (!next || next == clear)
        return;
    note_of(plan, clear)->place = PLACE_NONE;
    note->cleared_late = true;
    note->before = next;
}

/* The declaration goes to the innermost block with all uses, but not into a loop, unless each iteration begins by
 * clearing the object. */
static void place_object(Plan *plan, const Value *local)
{
    Note *note = note_of(plan, local);
    if (!note->home)
        return;
    if (note->lasts)
        note->home = common_block(note->home, note->lasts);
    const bool is_set = note->first_block == note->home && clears(plan->at[note->first], local);
    while (!is_set && loop_around(note->home) != loop_around(local->block)) {
        while (note->home->owner->kind != VAL_LOOP)
            note->home = note->home->parent;
        note->home = note->home->parent;
    }
    note->before =
        note->first_block == note->home ? plan->at[note->first] : statement_in(note->home, note->first_block, NULL);
    clear_later(plan, local);
    if (!note->before) {
        note->home = local->block;
        note->before = local;
    }
    vec_push(&note_of(plan, note->before)->locals, local);
    const Reader r = {plan, note_of(plan, note->before)->pos, note->home};
    for (int k = 0; k < local->nargs; k++)
        read_value(&r, local->args[k]);
}

static void place_objects(Plan *plan, const Block *block)
{
    for (const Value *v = ir_first(block); v; v = ir_next(v, block))
        if (v->kind == VAL_LOCAL)
            place_object(plan, v);
}

/* ---- joining ---- */

/* Two values that one variable would save a copy between. */
typedef struct {
    const Value *to, *from;
    int depth;
    unsigned order;
} Affinity;

typedef VEC(Affinity) Affinities;

static void add_affinity(const Plan *plan, Affinities *list, const Value *to, const Value *from, int depth)
{
    if (note_of(plan, to)->web && note_of(plan, from)->web && !is_folded(plan, from))
        vec_push(list, ((Affinity){to, from, depth, (unsigned)list->count}));
}

static void find_affinities(const Plan *plan, Affinities *list, const Block *block, int depth)
{
    for (const Value *v = block->first; v; v = v->next) {
        if (note_of(plan, v)->place != PLACE_STATEMENT)
            continue;
        for (int k = 0; v->kind == VAL_LOOP && k < v->nresults; k++) {
            add_affinity(plan, list, v->carried[k], v->blocks[1]->yields[k], depth + 1);
            add_affinity(plan, list, v->carried[k], v->args[k], depth);
        }
        for (int k = 0; v->kind == VAL_IF && k < v->nresults; k++) {
            add_affinity(plan, list, v->results[k], v->blocks[0]->yields[k], depth);
            add_affinity(plan, list, v->results[k], v->blocks[1]->yields[k], depth);
        }
        for (int k = 0; k < 2; k++)
            if (v->blocks[k])
                find_affinities(plan, list, v->blocks[k], depth + (v->kind == VAL_LOOP));
    }
}

static int compare_affinities(const void *a, const void *b)
{
    const Affinity *x = a, *y = b;
    if (x->depth != y->depth)
        return x->depth > y->depth ? -1 : 1;
    return x->order < y->order ? -1 : x->order > y->order;
}

bool is_bar(const char *hint)
{
    const size_t n = hint ? strlen(hint) : 0;
    return n > 4 && strcmp(hint + n - 4, "_bar") == 0;
}

/* An adjoint does not live in a primal variable; a parameter changes only under its own name. */
static bool names_agree(const Web *a, const Web *b)
{
    if (a->param || b->param) {
        const Web *other = a->param ? b : a;
        const Param *param = a->param ? a->param : b->param;
        return !(a->param && b->param) && !param->type->is_const && other->hint &&
               strcmp(other->hint, param->name) == 0;
    }
    const bool is_adjoint = is_bar(a->hint) || is_bar(b->hint);
    if (!a->hint || !b->hint)
        return !(is_adjoint && (a->has_primal || b->has_primal));
    return is_bar(a->hint) == is_bar(b->hint);
}

/* Is it the name of what the branch's result is on one of its sides? */
static bool keeps_name(const Value *result)
{
    const int k = (int)result->i;
    return result->hint && (ir_have_one_name(result, result->region->blocks[0]->yields[k]) ||
                            ir_have_one_name(result, result->region->blocks[1]->yields[k]));
}

/* A value with uses of its own is not a branch's result under another name: `x = t;` reads better. Nor is a loop's sum
   what keeps its name, as in `if (sum > most) most = sum;`. */
static bool is_other_value(const Plan *plan, const Value *to, const Value *from)
{
    if (to->region->kind != VAL_IF || ir_have_one_name(to, from) || note_of(plan, from)->uses <= 1)
        return false;
    const bool is_of_loop = from->kind == VAL_RESULT && from->region->kind == VAL_LOOP;
    return !ir_is_leaf(from->kind) || (is_of_loop && keeps_name(to));
}

/* With its first value: only there its extents are sure to be more than zero. */
static bool can_be_declared(const Web *a, const Web *b)
{
    const Web *first = a->first < b->first ? a : b;
    return !a->rows || first->first_block == common_block(a->scope, b->scope);
}

static bool try_join(Web *a, Web *b)
{
    if (a == b)
        return true;
    if (!can_be_declared(a, b) || !webs_have_one_type(a, b) || !names_agree(a, b) || webs_interfere(a, b))
        return false;
    web_join(a, b);
    return true;
}

/* `t = a + b; a = b; b = t;` needs its t, but a value that only its block's yield uses may be computed there. */
static bool sink(Plan *plan, const Value *v)
{
    const Value *shown = is_operator_result(plan, v) ? v->region : v;
    Note *note = note_of(plan, v);
    const bool movable = (ir_is_pure(shown->kind) && !ir_is_leaf(shown->kind)) || shown->kind == VAL_LOAD ||
                         note_of(plan, shown)->expression;
    if (note->sunk || !movable || note->uses != 1 || note->keep)
        return false;
    return note->sunk = true;
}

static bool sink_what_stayed_apart(Plan *plan, const Affinities *list)
{
    bool sunk = false;
    for (size_t k = 0; k < list->count; k++) {
        const Value *to = list->at[k].to, *from = list->at[k].from;
        if (web_of(plan, to) == web_of(plan, from))
            continue;
        sunk |= sink(plan, from);
        /* where one branch keeps a value, the other's may be what is in the way */
        for (int b = 0; to->region->kind == VAL_IF && b < 2; b++)
            sunk |= sink(plan, to->region->blocks[b]->yields[to->i]);
    }
    return sunk;
}

/* `if (c) x1 = f(x); else x1 = x;` is x1 = c ? f(x) : x. */
static bool choose_what_stayed_apart(Plan *plan, const Affinities *list)
{
    bool chosen = false;
    for (size_t k = 0; k < list->count; k++) {
        const Value *to = list->at[k].to, *from = list->at[k].from;
        Note *note = note_of(plan, to->region);
        if (to->region->kind == VAL_IF && to->region->nresults == 1 && !note->chosen &&
            web_of(plan, to) != web_of(plan, from) && branch_keeps(to->region, from))
            chosen = note->chosen = true;
    }
    return chosen;
}

/* ---- declarations ---- */

unsigned web_declared_at(const Plan *plan, const Web *web)
{
    if (web->param || web->first_block == web->scope)
        return web->first;
    return note_of(plan, statement_in(web->scope, web->first_block, NULL))->pos;
}

/* Whose first write is inside a branch or loop of its scope is declared before that, without a value. */
static void place_declaration(Web *web, const Plan *plan)
{
    if (web->param)
        return;
    web->bare = web->first_block != web->scope;
    if (web->bare)
        vec_push(&note_of(plan, statement_in(web->scope, web->first_block, NULL))->bare, web);
}

void coalesce_declare(Plan *plan, const Webs *webs)
{
    for (size_t k = 0; k < webs->count; k++)
        if (!webs->at[k]->parent)
            place_declaration(webs->at[k], plan);
}

/* Needs a plan. Leaves each named value with a web. */
bool coalesce(Plan *plan, Webs *webs)
{
    *webs = (Webs){0};
    define_params(plan, webs);
    define_block(plan, webs, plan->fn->body);
    read_block(plan, plan->fn->body);
    keep_objects(plan, plan->fn->body);
    place_objects(plan, plan->fn->body);
    Affinities list = {0};
    find_affinities(plan, &list, plan->fn->body, 0);
    if (list.count)
        qsort(list.at, list.count, sizeof(Affinity), compare_affinities);
    for (size_t k = 0; k < list.count; k++)
        if (!is_other_value(plan, list.at[k].to, list.at[k].from))
            try_join(web_of(plan, list.at[k].to), web_of(plan, list.at[k].from));
    return !sink_what_stayed_apart(plan, &list) && !choose_what_stayed_apart(plan, &list);
}

void reads_of(const Plan *plan, const Value *v, Webs *reads)
{
    if (is_operator_result(plan, v) && is_folded(plan, v)) {
        reads_of(plan, v->region->args[0], reads);
        reads_of(plan, v->region->blocks[0]->yields[0], reads);
        reads_of(plan, v->region->blocks[1]->yields[0], reads);
    } else if (is_folded(plan, v)) {
        for (int k = 0; k < v->nargs; k++)
            reads_of(plan, v->args[k], reads);
    } else if (web_of(plan, v)) {
        vec_push(reads, web_of(plan, v));
    }
}
