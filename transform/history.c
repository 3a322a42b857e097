/*
 * history.c: states that write themselves into their history. Where storage keeps a copy of an array at the start of
 * each iteration, and the iteration ends with writing the whole array anew, it can read from this step's copy and write
 * to the next one's in the first place:
 *
 *     for (s) {                                     u_was[0][...] = u[...];
 *         u_was[s][...] = u[...];                   for (s) {
 *         for (i) next[i] = f(u, i);        →           for (i) u_was[s + 1][i] = f(u_was[s], i);
 *         for (i) u[i] = next[i];                   }
 *     }                                             u[...] = u_was[steps][...];
 *
 * A work array that is only copied to the next state, as `next` is, goes too.
 */
#include "flat.h"
#include "passes.h"

enum { MAX_ACCESSES = 64 };

typedef struct {
    Function *function;
    const History *history;
    Value *object;                 /* whose accesses are looked at */
    Value *accesses[MAX_ACCESSES]; /* loads and writes in the loop, in order, but those of the copy */
    int count;
    bool plain; /* there are no others */
    Value *write;
    Value *fill; /* the value of the loop's body that write is in */
} Move;

static bool is_address(const Move *m, const Value *v)
{
    return type_is_pointer(v->type) && memory_base((Value *)(uintptr_t)v) == m->object;
}

static bool is_element(const Move *m, const Value *address)
{
    Value *indices[FLAT_MAX];
    int rank = 0;
    for (const Type *t = m->object->type->to; t->kind == TYPE_ARRAY; t = t->to)
        rank++;
    return flat_indices(address, m->object, indices) == rank;
}

static void find_accesses(Move *m, const Block *block)
{
    for (Value *v = block ? block->first : NULL; v; v = v->next) {
        if (v == m->history->copy)
            continue;
        for (int k = 0; k < v->nargs; k++) {
            if (!is_address(m, v->args[k]) || (k == 0 && ir_continues_address(v)))
                continue;
            m->plain &= k == 0 && (v->kind == VAL_LOAD || ir_writes_value(v)) && m->count < MAX_ACCESSES &&
                        is_element(m, v->args[0]);
            if (m->plain)
                m->accesses[m->count++] = v;
        }
        find_accesses(m, v->blocks[0]);
        find_accesses(m, v->blocks[1]);
    }
    for (int k = 0; block && k < block->nyields; k++)
        m->plain &= !is_address(m, block->yields[k]);
}

/* The value of the loop's body that v is in. */
static Value *in_body(const Move *m, Value *v)
{
    while (v->block != m->history->loop->blocks[1])
        v = v->block->owner;
    return v;
}

/* Loads of an element that is written right behind, in the same iteration. */
static bool reads_own_element(const Move *m, const Value *load)
{
    return load->block == m->write->block && memory_same_address(load->args[0], m->write->args[0]) &&
           ir_is_behind(m->write, load);
}

/* The iteration writes each element once, and reads none behind that. */
static bool is_renewed(Move *m)
{
    m->plain = true;
    find_accesses(m, m->history->loop->blocks[1]);
    for (int k = 0; k < m->count && m->plain; k++) {
        if (!ir_writes_value(m->accesses[k]))
            continue;
        m->plain = !m->write;
        m->write = m->accesses[k];
    }
    if (!m->plain || !m->write)
        return false;
    m->fill = in_body(m, m->write);
    if (fill_loop(m->object, m->write) != m->fill)
        return false;
    for (int k = 0; k < m->count; k++) {
        Value *v = m->accesses[k], *place = in_body(m, v);
        if (v != m->write && (place == m->fill ? !reads_own_element(m, v) : ir_is_behind(place, m->fill)))
            return false;
    }
    return true;
}

bool history_is_renewed(Value *object, Value *loop)
{
    const History history = {.object = object, .loop = loop};
    return object->is_private && !object->is_chosen && is_renewed(&(Move){.history = &history, .object = object});
}

/* The element in the history that corresponds to the address, of this step or the next. */
static Value *element_in(const Move *m, Builder *b, const Value *address, bool next)
{
    const History *h = m->history;
    Value *indices[FLAT_MAX];
    const int n = flat_indices(address, m->object, indices);
    Value *copy = flat_copy_at(b, h->array, next ? ir_plus(b, h->number, 1) : h->number, h->size);
    return flat_copy_element(b, m->object, copy, indices, n);
}

static void move_access(const Move *m, Value *v, bool next)
{
    Builder b = {.function = m->function, .block = v->block, .before = v, .loc = v->loc, .hint = NULL};
    v->args[0] = element_in(m, &b, v->args[0], next);
}

/* u[i] = x and u[i] += x are written to the next step's copy. */
static void move_write(const Move *m)
{
    Value *write = m->write;
    Builder b = {.function = m->function, .block = write->block, .before = write, .loc = write->loc};
    if (write->kind == VAL_ACCUM) {
        Value *now = ir_load(&b, element_in(m, &b, write->args[0], false));
        write->args[1] = ir_binary(&b, VAL_ADD, now->type, now, write->args[1]);
        write->kind = VAL_STORE;
    }
    move_access(m, write, true);
}

static bool is_used_by(const Move *m, const Value *v)
{
    for (const Value *w = v; w; w = ir_next_inside(w, v))
        for (int k = 0; k < w->nargs; k++)
            if (is_address(m, w->args[k]) && !(k == 0 && ir_continues_address(w)))
                return true;
    return false;
}

/* Has nobody set the state when the loop begins? */
static bool begins_with_loop(const Move *m)
{
    const Value *loop = m->history->loop;
    if (m->object->block != loop->block)
        return false;
    for (const Value *v = m->object->next; v != loop; v = v->next)
        if (is_used_by(m, v))
            return false;
    return true;
}

/* Does nobody ask for the state that the loop leaves? */
static bool ends_with_loop(const Move *m)
{
    const Value *loop = m->history->loop;
    if (m->object->block != loop->block) /* the block may run again */
        return false;
    for (const Value *v = loop->next; v; v = v->next)
        if (v != m->history->last && is_used_by(m, v))
            return false;
    return true;
}

static void move_rows(const Move *m)
{
    const History *h = m->history;
    Value *loop = h->loop, *array = h->array;
    Builder b = {.function = m->function, .block = array->block, .before = array, .loc = array->loc};
    if (h->last)
        ir_remove(h->last);
    else
        array->args[0] = ir_binary(&b, VAL_ADD, h->size->type, array->args[0], h->size); /* the last state too */
    b = (Builder){.function = m->function, .block = loop->block, .before = loop, .loc = h->object->loc};
    if (!begins_with_loop(m))
        flat_copy(&b, h->object, array, false);
    b.before = loop->next;
    if (!ends_with_loop(m))
        flat_copy(&b, h->object, flat_copy_at(&b, array, h->trips, h->size), true);
    ir_remove(h->copy);
}

/* A work array of the iteration's own that is copied to the state element by element: the store's value, or NULL. */
static Value *copied_from(const Move *m)
{
    Value *load = m->write->args[1];
    if (m->write->kind != VAL_STORE || load->kind != VAL_LOAD || load->block != m->write->block)
        return NULL;
    const Value *source = memory_base(load->args[0]);
    if (source->kind != VAL_LOCAL || !source->is_private || source->is_chosen ||
        source->block != m->history->loop->blocks[1] || source->nargs != m->object->nargs ||
        !type_same(source->type->to, m->object->type->to))
        return NULL;
    for (int k = 0; k < source->nargs; k++)
        if (source->args[k] != m->object->args[k])
            return NULL;
    return load;
}

/* All that is done to the work array is done before it is copied, or is copying it; then it is the next state. */
static bool find_source(const Move *m, Move *source)
{
    const Value *load = copied_from(m);
    if (!load)
        return false;
    *source = (Move){.function = m->function, .history = m->history, .object = memory_base(load->args[0])};
    source->plain = true;
    find_accesses(source, m->history->loop->blocks[1]);
    Value *to[FLAT_MAX], *from[FLAT_MAX];
    const int n = flat_indices(m->write->args[0], m->object, to);
    source->plain &= n == flat_indices(load->args[0], source->object, from);
    for (int k = 0; k < n && source->plain; k++)
        source->plain = to[k] == from[k];
    for (int k = 0; k < source->count && source->plain; k++) {
        const Value *place = in_body(m, source->accesses[k]);
        source->plain = place == m->fill ? source->accesses[k] == load : ir_is_behind(m->fill, place);
    }
    return source->plain;
}

static void move_state(Function *fn, const History *h)
{
    Move m = {.function = fn, .history = h, .object = h->object}, source;
    if (!h->object->is_private || h->object->is_chosen || !is_renewed(&m))
        return;
    const bool has_source = find_source(&m, &source);
    for (int k = 0; k < m.count; k++)
        if (m.accesses[k] != m.write)
            move_access(&m, m.accesses[k], false);
    if (has_source) {
        for (int k = 0; k < source.count; k++)
            move_access(&source, source.accesses[k], true);
        ir_remove(m.write);
    } else {
        move_write(&m);
    }
    move_rows(&m);
}

void history_move(Function *fn)
{
    memory_mark_private(fn);
    for (size_t k = 0; k < fn->histories.count; k++)
        move_state(fn, &fn->histories.at[k]);
}
