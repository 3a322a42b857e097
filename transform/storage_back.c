/*
 * storage_back.c: what the reverse sweep itself brings back (storage.h). Where the reverse half of a recursive function
 * returns what the function returned (split_result.c), the result of a call is there again behind the reverse of the
 * call, the value of a branch behind the reverse of the branch, and with them what is computed from them:
 *
 *     primal                             reverse
 *
 *     result_2 = f_forward(left);        result_3 = f_reverse(right, ...);
 *     result_3 = f_forward(right);       result_2 = f_reverse(left, ...);
 *     sum = result_2 + result_3;         sum = result_2 + result_3;
 *     y = tanh(w * sum);                 w_bar += t_bar * sum;
 *
 * Who asks before must not come to depend on it: the adjoint of y above, which y itself serves, and that is kept. So
 * there are two plans. The first does without, and tells what is kept for those who ask early. In the second one, what
 * is asked for at a place, and may need something that is brought back behind it, stays as the first plan has it: kept
 * where it was kept, and asking the same of its operands where it was computed again. The others are free.
 *
 * Why that is right: suppose that a use came to depend on what is brought back behind it, by values computed again.
 * Each of them may need something from behind the use. So the first plan kept none of them, or it would be bound, and
 * kept now; then the walk from the use went through all of them, to what is brought back, and bound that.
 */
#include <limits.h>

#include "storage.h"

/* ---- what is brought back ---- */

/* The reverse of the call, or of the branch whose result v is; NULL: v is something else. */
static Value *twin_of(const Storage *s, const Value *v)
{
    if (v->kind == VAL_CALL)
        return s->twin[v->id];
    return v->kind == VAL_RESULT && v->region->kind == VAL_IF ? s->twin[v->region->id] : NULL;
}

static bool is_brought_back(const Storage *s, const Value *v)
{
    const Value *twin = twin_of(s, v);
    return twin && (twin->kind == VAL_IF || twin->type->kind != TYPE_VOID);
}

bool storage_any_comes_back(const Storage *s)
{
    const Block *body = s->function->body;
    if (!s->function->in_two_parts)
        return false;
    if (body->nyields > 1) /* what the function returned: the reverse half gives it back */
        return true;
    for (const Value *v = ir_first(body); v; v = ir_next(v, body))
        if (v->kind == VAL_CALL && is_brought_back(s, v))
            return true;
    return false;
}

bool storage_comes_back(const Storage *s, const Value *v)
{
    return s->results_back && !s->bound[v->id] && is_brought_back(s, v);
}

Value *storage_bring_back(Storage *s, const Value *v)
{
    Value *twin = twin_of(s, v), *yields[2];
    if (v->kind == VAL_CALL)
        return twin;
    for (int side = 0; side < 2; side++)
        yields[side] = storage_supply(s, v->region->blocks[side]->yields[v->i], NULL, twin->blocks[side]);
    return ir_if_result(twin, yields[0], yields[1]);
}

/* ---- who asks before it is ---- */

typedef struct {
    Storage *storage;
    /* The order of the reverse sweep, by id: where a value begins, where a region is over, where its blocks hand on. */
    unsigned count, *begin, *end, *hands_on[2];
    /* By node of the graph. */
    Value **value;      /* whose node `again` it is; NULL: a state's */
    unsigned *complete; /* behind this place, all that it may need is back; UNKNOWN: not asked yet */
    unsigned *asked;    /* the first place that asks for it; UNKNOWN: none */
} Early;

#define UNKNOWN UINT_MAX

static void find_places(Early *e, const Block *block)
{
    for (const Value *v = block->first; v; v = v->next) {
        e->begin[v->id] = ++e->count;
        for (int k = 0; k < 2; k++) {
            if (v->blocks[k])
                find_places(e, v->blocks[k]);
            e->hands_on[k][v->id] = ++e->count;
        }
        e->end[v->id] = ++e->count;
    }
}

static unsigned place_of_use(const Early *e, const Use *use)
{
    const Value *owner = use->block->owner;
    return use->user ? e->begin[use->user->id] : e->hands_on[owner->blocks[1] == use->block][owner->id];
}

/* The next of the nodes that the node needs, from `edge` on, its first one or what this left behind; 0: there is none.
 */
static int next_operand(const CutGraph *g, int *edge)
{
    while (*edge) {
        const int e = *edge - 1;
        *edge = g->edges.at[e].next;
        if ((e & 1) && g->edges.at[e].to != CUT_SOURCE) /* the second half of an edge that comes in */
            return g->edges.at[e].to - 1;
    }
    return 0;
}

static bool is_back(const Early *e, int node)
{
    return e->value[node] && e->storage->comes_back[e->value[node]->id];
}

static unsigned complete_behind(Early *e, int node)
{
    if (e->complete[node] != UNKNOWN)
        return e->complete[node];
    e->complete[node] = 0;
    const CutGraph *g = &e->storage->graph;
    unsigned place = 0;
    if (is_back(e, node)) {
        place = e->end[twin_of(e->storage, e->value[node])->id];
    } else {
        for (int edge = g->first.at[node], operand; (operand = next_operand(g, &edge));) {
            const unsigned behind = complete_behind(e, operand);
            place = behind > place ? behind : place;
        }
    }
    return e->complete[node] = place;
}

static void ask(Early *e, int node, unsigned place)
{
    Storage *s = e->storage;
    if (place > complete_behind(e, node) || place >= e->asked[node])
        return;
    e->asked[node] = place;
    const Value *v = e->value[node];
    if (v && (s->was_kept_first[v->id] || is_back(e, node))) {
        s->bound[v->id] = true;
        return;
    }
    for (int edge = s->graph.first.at[node], operand; (operand = next_operand(&s->graph, &edge));)
        ask(e, operand, place);
}

static void ask_for(Early *e, const Value *v, unsigned place)
{
    if (e->storage->node[v->id])
        ask(e, e->storage->node[v->id], place);
}

static Early new_early(Storage *s)
{
    const size_t n = s->function->next_id + 1, nodes = s->graph.first.count;
    Early e = {.storage = s, .begin = ARENA_ARRAY(unsigned, n), .end = ARENA_ARRAY(unsigned, n)};
    for (int k = 0; k < 2; k++)
        e.hands_on[k] = ARENA_ARRAY(unsigned, n);
    e.value = ARENA_ARRAY(Value *, nodes);
    e.complete = ARENA_ARRAY(unsigned, nodes);
    e.asked = ARENA_ARRAY(unsigned, nodes);
    for (size_t k = 0; k < nodes; k++)
        e.complete[k] = e.asked[k] = UNKNOWN;
    for (size_t k = 0; k < s->values.count; k++)
        e.value[s->node[s->values.at[k]->id]] = s->values.at[k];
    find_places(&e, s->function->body);
    return e;
}

void storage_bind_early(Storage *s)
{
    Early e = new_early(s);
    for (size_t k = 0; k < s->uses.count; k++)
        ask_for(&e, *ir_used(&s->uses.at[k]), place_of_use(&e, &s->uses.at[k]));
    for (size_t k = 0; k < s->values.count; k++) {
        const Value *v = s->values.at[k];
        for (int side = 0; s->comes_back[v->id] && v->kind == VAL_RESULT && side < 2; side++)
            ask_for(&e, v->region->blocks[side]->yields[v->i], e.hands_on[side][twin_of(s, v)->id]);
    }
}
