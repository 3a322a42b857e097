/*
 * argmax.c: a carried value that an iteration replaces or leaves alone, the largest element so far, say, has its last
 * value from one iteration, and its adjoint belongs there. So the loop remembers which one it was, and behind the loop
 * the value is read again from where that iteration had it:
 *
 *                                                   at = n;
 *     for (i < n)                                   for (i < n)
 *         if (x[i] > m)                                 if (x[i] > m) {
 *             m = x[i];                     →               m = x[i];
 *     use(m);                                               at = i;
 *                                                       }
 *                                                   use(at != n ? x[at] : what m was before the loop);
 *
 * Then the loop itself carries no derivative: its reverse, and the record of what each iteration chose, are gone.
 *
 * Only what was read from memory, or is written to it, is taken from there again: that is the same value to the last
 * bit, which what is computed twice need not be. So once the adjoint is where it belongs, whoever sees the loop's own
 * result uses that.
 */
#include "clone.h"
#include "passes.h"
#include "rules.h"

typedef struct {
    Function *function;
    const Activity *activity;
    CloneMap map;
    bool changed;
} Argmax;

/* What an iteration does to the carried value: next = condition ? x : carried, or the other way round; fmax(carried, x)
   likewise. */
typedef struct {
    Value *loop;
    int index;
    Value *x;
    bool when;             /* x is taken when the condition is this */
    const Block *taken_in; /* the branch's block; the loop's body where there is no branch */
    Value *address;        /* from where x can be read behind the loop, a value of the loop */
} Choice;

/* ---- what is chosen ---- */

static bool find_choice(Value *loop, int index, Choice *c)
{
    Value *next = loop->blocks[1]->yields[index], *carried = loop->carried[index];
    *c = (Choice){.loop = loop, .index = index, .taken_in = loop->blocks[1]};
    Value *options[2];
    if (next->kind == VAL_SELECT && next->block == loop->blocks[1]) {
        options[0] = next->args[1];
        options[1] = next->args[2];
    } else if (next->kind == VAL_RESULT && next->region->kind == VAL_IF && next->region->block == loop->blocks[1]) {
        options[0] = next->region->blocks[0]->yields[next->i];
        options[1] = next->region->blocks[1]->yields[next->i];
    } else if (next->kind == VAL_MATH && rule_is_extremum(next->rule) && next->block == loop->blocks[1]) {
        options[0] = next->args[0];
        options[1] = next->args[1];
    } else {
        return false;
    }
    if ((options[0] == carried) == (options[1] == carried))
        return false;
    c->when = options[1] == carried;
    c->x = options[!c->when];
    if (next->kind == VAL_RESULT)
        c->taken_in = next->region->blocks[!c->when];
    return true;
}

/* Is the carried value used for comparisons only, and to be handed on? */
static bool only_compared(const Choice *c, const Block *block)
{
    const Value *carried = c->loop->carried[c->index], *next = c->loop->blocks[1]->yields[c->index];
    for (const Value *v = block->first; v; v = v->next) {
        for (int k = 0; k < v->nargs; k++)
            if ((v->args[k] == carried || v->args[k] == next) && v != next && !ir_is_comparison(v->kind))
                return false;
        for (int k = 0; k < 2; k++)
            if (v->blocks[k] && !only_compared(c, v->blocks[k]))
                return false;
    }
    for (int k = 0; k < block->nyields; k++) {
        const bool hands_on = (block == c->loop->blocks[1] && k == c->index) ||
                              (next->kind == VAL_RESULT && block->owner == next->region && k == next->i);
        if (!hands_on && (block->yields[k] == carried || block->yields[k] == next))
            return false;
    }
    return true;
}

/* ---- where the value can be read again ---- */

/* Made of the counter and of what is there before the loop. */
static bool is_made_of_counter(const Value *v, const Value *loop)
{
    if (v == loop->counter || ir_visible(v, loop->block))
        return true;
    if (!ir_is_pure(v->kind) || ir_is_leaf(v->kind))
        return false;
    for (int k = 0; k < v->nargs; k++)
        if (!is_made_of_counter(v->args[k], loop))
            return false;
    return true;
}

/* Does v, or what is in it, write to what may be the place, by another address? */
static bool writes_by_another(const Value *v, const Value *address)
{
    for (const Value *w = v; w; w = ir_next_inside(w, v)) {
        const bool by_this = ir_writes_value(w) && memory_same_address(w->args[0], address);
        if (!ir_is_region(w) && !by_this && memory_writes_ever(w, address))
            return true;
    }
    return false;
}

/*
 * Is what the access reads or stores still there when the loop is over? Only the iteration itself may have written
 * there before, where each has a place of its own: z[i] = 0, say, and then z[i] += ... for what is read.
 */
static bool stays(Value *loop, const Value *access)
{
    const Block *body = loop->blocks[1];
    const Value *address = access->args[0], *at = ir_in_block(body, access);
    const bool is_own = index_is_injective(address, &loop, 1);
    bool before = true;
    for (const Value *v = body->first; v; v = v->next) {
        before &= v != at;
        if (v != access && (is_own && before ? writes_by_another(v, address) : memory_writes_ever(v, address)))
            return false;
    }
    return true;
}

/* A place of the iteration's own that x is stored to, and where it stays. */
static Value *place_of_own(const Choice *c)
{
    for (Value *v = c->loop->blocks[1]->first; v; v = v->next)
        if (v->kind == VAL_STORE && v->args[1] == c->x && is_made_of_counter(v->args[0], c->loop) &&
            index_is_injective(v->args[0], (Value *[]){c->loop}, 1) && stays(c->loop, v))
            return v->args[0];
    return NULL;
}

static bool find_address(Choice *c)
{
    Value *load = c->x;
    if (load->kind == VAL_LOAD && (load->block == c->loop->blocks[1] || load->block == c->taken_in) &&
        is_made_of_counter(load->args[0], c->loop) && stays(c->loop, load))
        c->address = load->args[0];
    else
        c->address = place_of_own(c);
    return c->address != NULL;
}

/* ---- rewriting ---- */

/* The branch in which the loop chooses; a conditional expression becomes one, and fmax gets one beside it. */
static Value *choosing_branch(Argmax *l, const Choice *c)
{
    Block *body = c->loop->blocks[1];
    Value *next = body->yields[c->index];
    if (next->kind == VAL_RESULT)
        return next->region;
    Builder b = {.function = l->function, .block = body, .before = next, .loc = next->loc};
    if (next->kind == VAL_MATH) {
        b.adjoint = true;
        return ir_if(&b, rule_takes_first(&b, next));
    }
    Value *region = ir_if(&b, next->args[0]);
    Value *result = ir_if_result(region, next->args[1], next->args[2]);
    result->hint = next->hint;
    ir_replace_uses(body, next, result);
    ir_remove(next);
    return region;
}

/* The first number behind the loop's: no iteration has it. */
static Value *end_of(Argmax *l, Value *loop)
{
    if (loop->rel != VAL_LE && loop->rel != VAL_GE)
        return loop->to;
    Builder b = {.function = l->function, .block = loop->block, .before = loop, .loc = loop->loc};
    Type *type = loop->to->type;
    return ir_binary(&b, loop->rel == VAL_LE ? VAL_ADD : VAL_SUB, type, loop->to, ir_int(&b, type, 1));
}

/* The number of the last iteration that took its x; `end` where none did. */
static Value *remember(Argmax *l, const Choice *c, Value *end)
{
    Value *loop = c->loop, *carried = ir_loop_carry(loop, end), *counter = loop->counter;
    const int index = loop->nresults - 1;
    const char *of = loop->carried[c->index]->hint;
    carried->hint = loop->results[index]->hint = of ? arena_printf("%s_at", of) : "at";
    Value *at = ir_if_result(choosing_branch(l, c), c->when ? counter : carried, c->when ? carried : counter);
    at->hint = carried->hint;
    ir_set_next(loop, index, at);
    return loop->results[index];
}

static Value *copy_address(CloneMap *map, Builder *b, const Value *loop, Value *v)
{
    if (v == loop->counter || ir_visible(v, loop->block))
        return clone_lookup(map, b, v);
    for (int k = 0; k < v->nargs; k++)
        copy_address(map, b, loop, v->args[k]);
    return clone_value(map, b, v);
}

static void read_again(Argmax *l, const Choice *c)
{
    Value *loop = c->loop, *result = loop->results[c->index];
    Value *end = end_of(l, loop), *at = remember(l, c, end);
    Builder b = {.function = l->function,
                 .block = loop->block,
                 .before = loop->next,
                 .loc = loop->blocks[1]->yields[c->index]->loc};
    Value *found = ir_binary(&b, VAL_NE, l->function->module->types.int_, at, end);
    Value *region = ir_if(&b, found);
    b.block = region->blocks[0];
    b.before = NULL;
    clone_set(&l->map, loop->counter, at);
    Value *value = ir_load(&b, copy_address(&l->map, &b, loop, c->address));
    Value *again = ir_if_result(region, value, loop->args[c->index]);
    again->hint = result->hint;
    for (Value *v = region->next; v; v = v->next) {
        for (int k = 0; k < v->nargs; k++)
            v->args[k] = v->args[k] == result ? again : v->args[k];
        for (int k = 0; k < 2; k++)
            if (v->blocks[k])
                ir_replace_uses(v->blocks[k], result, again);
    }
    for (int k = 0; k < loop->block->nyields; k++)
        if (loop->block->yields[k] == result)
            loop->block->yields[k] = again;
    vec_push(&l->function->rereads, ((ReadAgain){result, again}));
    l->changed = true;
}

static bool can_remember(const Argmax *l, Value *loop, int index, Choice *c)
{
    return type_is_real(loop->carried[index]->type) && activity_is_active(l->activity, loop->results[index]) &&
           activity_is_active(l->activity, loop->carried[index]) && find_choice(loop, index, c) &&
           activity_is_active(l->activity, c->x) && type_same(c->x->type, loop->carried[index]->type) &&
           find_address(c) && only_compared(c, loop->blocks[1]);
}

static void search_block(Argmax *l, Block *block)
{
    for (Value *v = block->first; v; v = v->next) {
        for (int k = 0; k < 2; k++)
            if (v->blocks[k])
                search_block(l, v->blocks[k]);
        if (v->kind != VAL_LOOP || !v->counted || v->snapshots)
            continue;
        const int n = v->nresults;
        for (int k = 0; k < n; k++) {
            Choice choice;
            if (can_remember(l, v, k, &choice))
                read_again(l, &choice);
        }
    }
}

bool argmax_remember(Function *fn, const Request *request)
{
    memory_mark_private(fn);
    Argmax l = {.function = fn, .activity = activity_probe(fn, request), .map = {.share_outside = true}};
    clone_map_init(&l.map, fn);
    search_block(&l, fn->body);
    return l.changed;
}

/* Still two results of one block, the loop's first? */
static bool are_together(const ReadAgain *r)
{
    const Value *loop = r->result->region, *branch = r->again->region;
    if (!loop->block || loop->block != branch->block)
        return false;
    const Value *v = loop->next;
    while (v && v != branch)
        v = v->next;
    return v && loop->results[r->result->i] == r->result && branch->results[r->again->i] == r->again;
}

void argmax_forget(Function *fn)
{
    for (size_t k = 0; k < fn->rereads.count; k++) {
        const ReadAgain *r = &fn->rereads.at[k];
        if (are_together(r))
            ir_replace_uses(r->result->region->block, r->again, r->result);
    }
    fn->rereads.count = 0;
}
