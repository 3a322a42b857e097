/*
 * restore.c: a state whose copies storage keeps, although what it keeps besides tells the state, is not copied. Where
 * each iteration computes the whole state anew, element by element, from what is kept of it anyway, the reverse sweep
 * computes it once more, and so leaves in the array what stood there before, iteration by iteration:
 *
 *     for (s) {                                  for (s) {
 *         u_was[s][...] = u[...];                    for (i) { x_was[s][i] = x; ... }
 *         for (i) { x_was[s][i] = x; ... }           for (i) u[i] = f(x);
 *         for (i) u[i] = f(x);              →    }
 *     }                                          for (s, backwards) {
 *     for (s, backwards) {                           adjoints that ask for what the iteration left, from u
 *         adjoints, from u_was[s] and                if (s > 0)
 *         u_was[s + 1]                                   for (i) u[i] = f(x_was[s - 1][i]);
 *     }                                              adjoints that ask for what it found, from u
 *                                                }
 *
 * Right since u is written nowhere else in the loop, and the same elements of it in each iteration, come what may: what
 * an iteration finds there is what the one before it wrote, and no other element changes. Computing that again takes
 * the same operations on the same operands, which are kept, or never change, or are elements of work arrays that the
 * iteration itself has set just so. The first iteration finds what a copy from before the loop holds.
 */
#include "clone.h"
#include "flat.h"
#include "rules.h"
#include "storage.h"

enum { MOST_FLOPS = COST_KEEP / COST_UNIT }; /* of an element, in additions: storing and loading it costs as much */

typedef struct {
    Function *function;
    const CopyLoad **copy_loads; /* by id of the load */
    Value **kept;                /* by id of a value: the store that keeps it */
    const History *history;
    Value *write;      /* sets an element of the state */
    FillRange range;   /* all that it sets */
    Value *fill;       /* the loops that do, in the loop's body */
    bool is_set;       /* before the loop */
    bool is_reset;     /* between the loop and its reverse */
    const Value *left; /* in the reverse loop's body: the last that reads what the iteration leaves, ... */
    Value *found;      /* ... and the first that reads what it finds; NULL: none */
    CloneMap map;
    Builder once, each; /* where values are computed again: for the iteration; for an element */
    int flops;
} Restore;

/* ---- who asks for the state, and who sets it ---- */

static bool is_plain_load(const Value *user, int arg)
{
    return user->kind == VAL_LOAD && arg == 0;
}

/* In the reverse loop, what the iteration leaves is read before what it finds. */
static bool take_copy(Restore *r, Value *user, int arg)
{
    const CopyLoad *of = is_plain_load(user, arg) ? r->copy_loads[user->id] : NULL;
    Value *place = (Value *)(uintptr_t)ir_in_block(r->history->twin->blocks[1], user);
    if (!of)
        return false;
    if (of->is_left) {
        r->left = place;
        return !r->found;
    }
    r->found = r->found ? r->found : place;
    return r->left != place;
}

/* The loop writes elements at one place only. */
static bool take_state(Restore *r, const Value *place, Value *user, int arg, bool behind)
{
    const History *h = r->history;
    if (place == h->twin || (behind && ir_is_behind(place, h->twin)))
        return false;
    if (place != h->loop) {
        r->is_set |= !behind;
        r->is_reset |= behind && !is_plain_load(user, arg);
        return true;
    }
    if (user->kind != VAL_STORE || arg != 0 || r->write)
        return is_plain_load(user, arg);
    r->write = user;
    return true;
}

static bool is_in_copy(const Restore *r, const Value *place, const Value *v)
{
    const History *h = r->history;
    return place == h->last || (place == h->loop && v != place && ir_in_block(h->loop->blocks[1], v) == h->copy);
}

static bool take_use(Restore *r, const Value *place, Value *user, int arg, bool behind)
{
    const History *h = r->history;
    if (!type_is_pointer(user->args[arg]->type) || (arg == 0 && ir_continues_address(user)))
        return true;
    const Value *base = memory_base(user->args[arg]);
    if (base == h->object)
        return take_state(r, place, user, arg, behind);
    if (base == h->array && user->kind != VAL_FREE)
        return place == h->twin && take_copy(r, user, arg);
    return true;
}

static bool take_uses(Restore *r)
{
    const History *h = r->history;
    bool behind = false;
    for (Value *place = h->loop->block->first; place; place = place->next) {
        behind |= place == h->loop;
        for (Value *v = place; v; v = ir_next_inside(v, place))
            for (int k = 0; k < v->nargs && !is_in_copy(r, place, v); k++)
                if (!take_use(r, place, v, k, behind))
                    return false;
    }
    return r->write && (r->found || r->left);
}

static bool counts_back(const Value *twin, const Value *loop)
{
    return twin->counted && twin->reversed && !twin->repeats && twin->block == loop->block &&
           twin->from == loop->from && twin->to == loop->to && twin->rel == loop->rel && twin->step == loop->step;
}

/* Each iteration sets the same elements, each of them once. */
static bool is_renewed(Restore *r)
{
    const History *h = r->history;
    r->fill = (Value *)(uintptr_t)fill_range_loop(h->object, r->write, &r->range);
    if (!r->fill || r->fill->block != h->loop->blocks[1])
        return false;
    for (int k = 0; k < r->range.rank; k++)
        if (!ir_visible(r->range.loops[k]->from, h->loop->block) || !ir_visible(r->range.loops[k]->to, h->loop->block))
            return false;
    return true;
}

/* Behind the loop, all is as it left it, or nothing is asked for that it does not compute again. */
static bool is_left_alone(const Restore *r)
{
    return !r->is_reset || (!r->left && fill_loop(r->history->object, r->write) == r->fill);
}

static bool can_be_restored(Restore *r)
{
    const History *h = r->history;
    const Value *object = h->object;
    return object->is_private && !object->is_chosen && h->array->is_private && !h->array->is_chosen &&
           object->block == h->loop->block && h->twin && counts_back(h->twin, h->loop) && take_uses(r) &&
           is_renewed(r) && is_left_alone(r);
}

/* ---- computing it again ---- */

static Value *again(Restore *r, Value *v);

static Value *known(const Restore *r, const Value *v)
{
    return v->id < r->map.count ? r->map.to[v->id] : NULL;
}

/* Of a value that each iteration computes, and keeps right there. */
static Value *address_of_kept(const Restore *r, const Value *v)
{
    const Value *store = r->kept[v->id];
    return store && store->block == ir_scope(v) ? store->args[0] : NULL;
}

/* What is computed once for the iteration is not counted. */
static Builder *place_of(Restore *r, const Value *v, int flops)
{
    if (ir_scope(v) == r->history->loop->blocks[1])
        return &r->once;
    r->flops += flops;
    return &r->each;
}

static Value *load_again(Restore *r, Value *v, Value *address)
{
    address = again(r, address);
    if (!address)
        return NULL;
    Value *copy = ir_load(place_of(r, v, 1), address);
    copy->hint = v->hint;
    clone_set(&r->map, v, copy);
    return copy;
}

/* Nothing writes there from the loop on until its reverse is over. */
static bool never_changes(const Restore *r, const Value *address)
{
    for (const Value *v = r->history->loop;; v = v->next) {
        if (memory_writes_ever(v, address))
            return false;
        if (v == r->history->twin)
            return true;
    }
}

/* A row of an array that lives on, of which the iteration writes nothing from the load on: nor does anybody else. */
static bool stays_in_row(const Restore *r, const Value *load)
{
    const History *h = r->history;
    const Value *base = memory_base(load->args[0]);
    if (base->kind != VAL_ALLOC || !base->is_kept || !base->is_private || memory_writes_ever(h->twin, load->args[0]))
        return false;
    for (const Value *v = ir_in_block(h->loop->blocks[1], load); v; v = v->next)
        if (memory_writes_ever(v, load->args[0]))
            return false;
    return true;
}

/* The one write to the object in v; NULL: there are others, or what is no store. */
static Value *only_store(const Value *v, const Value *object)
{
    Value *store = NULL;
    for (Value *w = (Value *)(uintptr_t)v; w; w = ir_next_inside(w, v)) {
        if (!ir_writes_memory(w) || memory_base(w->args[0]) != object)
            continue;
        if (store || w->kind != VAL_STORE)
            return NULL;
        store = w;
    }
    return store;
}

static bool count_alike(Restore *r, const FillRange *written, const FillRange *read)
{
    for (int k = 0; k < read->rank; k++) {
        const Value *counter = written->loops[k]->counter, *by = read->loops[k]->counter;
        Value *to = known(r, by);
        if (!to || !type_same(counter->type, by->type) || (known(r, counter) && known(r, counter) != to))
            return false;
        clone_set(&r->map, counter, to);
    }
    return true;
}

/*
 * An element of a work array, which the iteration has set by loops that run through all of the elements read here, in
 * its own iteration of them: what was stored there.
 */
static Value *element_again(Restore *r, Value *load)
{
    Value *object = memory_base(load->args[0]);
    FillRange read, written;
    if (!object->is_private || object->is_chosen || !fill_range(object, load->args[0], &read))
        return NULL;
    const Value *place = ir_in_block(r->history->loop->blocks[1], load);
    if (memory_writes_ever(place, load->args[0]))
        return NULL;
    do
        place = place->prev;
    while (place && !memory_writes_ever(place, load->args[0]));
    Value *store = place ? only_store(place, object) : NULL;
    if (!store || fill_range_loop(object, store, &written) != place ||
        (fill_loop(object, store) != place && !fill_same_range(&written, &read)) || !count_alike(r, &written, &read) ||
        !type_same(store->args[1]->type, load->type))
        return NULL;
    Value *copy = again(r, store->args[1]);
    if (copy)
        clone_set(&r->map, load, copy);
    return copy;
}

static int flops_of(const Value *v)
{
    if (v->kind == VAL_MATH)
        return v->rule->cost;
    if (v->kind == VAL_PURE_CALL)
        return 5;
    return type_is_real(v->type) ? v->kind == VAL_DIV ? 6 : 1 : 0;
}

static Value *operation_again(Restore *r, Value *v)
{
    if (ir_is_leaf(v->kind) || !ir_is_pure(v->kind))
        return NULL;
    for (int k = 0; k < v->nargs; k++)
        if (!again(r, v->args[k]))
            return NULL;
    Value *copy = clone_value(&r->map, place_of(r, v, flops_of(v)), v);
    copy->hint = type_is_pointer(v->type) ? NULL : v->hint; /* the name is this iteration's */
    return copy;
}

/* What stands, in the reverse of the next iteration, for what v was in this one; NULL: that is not known any more. */
static Value *again(Restore *r, Value *v)
{
    Value *to = known(r, v), *kept;
    if (to || r->flops > MOST_FLOPS)
        return to;
    if (ir_visible(v, r->history->loop->block))
        return v;
    if ((kept = address_of_kept(r, v)))
        return load_again(r, v, kept);
    if (v->kind != VAL_LOAD)
        return operation_again(r, v);
    if (never_changes(r, v->args[0]) || stays_in_row(r, v))
        return load_again(r, v, v->args[0]);
    return memory_base(v->args[0])->kind == VAL_LOCAL ? element_again(r, v) : NULL;
}

/* The loops around the write, as they are there. */
static void count_again(Restore *r, const Value *loop)
{
    if (loop != r->fill)
        count_again(r, loop->block->owner);
    Value *copy = clone_counting(&r->map, &r->each, loop);
    if (loop == r->fill)
        r->once.before = copy;
    r->each.block = copy->blocks[1];
}

/* A branch that asks the same. */
static bool is_same_branch(const Value *v, const Value *branch)
{
    const Value *x = v->kind == VAL_IF ? v->args[0] : NULL, *y = branch->args[0];
    return x && x->kind == y->kind && x->args[0] == y->args[0] && ir_is_same(x->args[1], y->args[1]);
}

/* As early as it may be, so that what follows stays together, or with what asks for it, under the same condition. */
static void place_branch(const Restore *r, Value *branch)
{
    const History *h = r->history;
    if (r->found && is_same_branch(r->found, branch)) {
        for (int side = 0; side < 2; side++)
            for (Value *first = r->found->blocks[side]->first, *v; (v = branch->blocks[side]->first);)
                ir_move(v, r->found->blocks[side], first);
        ir_remove(branch);
    } else if (r->found) {
        Value *before = r->left ? r->left->next : h->twin->blocks[1]->first;
        ir_move(branch->args[0], before->block, before);
        ir_move(branch, before->block, before);
    }
}

/* if (s > 0) for (i) u[i] = f(x_was[s - 1][i]); NULL where that can't be told, or costs too much. */
static Value *write_again(Restore *r)
{
    const History *h = r->history;
    Value *loop = h->loop, *counter = h->twin->counter;
    const BasicTypes *types = &r->function->module->types;
    Builder b = {.function = r->function, .block = h->twin->blocks[1], .loc = r->write->loc, .adjoint = true};
    const ValueKind later = loop->rel == VAL_NE ? VAL_NE : loop->step > 0 ? VAL_GT : VAL_LT;
    Value *region = ir_if(&b, ir_binary(&b, later, types->int_, counter, loop->from));
    r->once = r->each = b;
    r->once.block = r->each.block = region->blocks[0];
    r->once.before = r->each.before = NULL;
    clone_map_init(&r->map, r->function);
    r->map.share_outside = true;
    Value *step = ir_int(&b, counter->type, loop->step > 0 ? loop->step : -loop->step);
    clone_set(&r->map, loop->counter,
              ir_binary(&r->once, loop->step > 0 ? VAL_SUB : VAL_ADD, counter->type, counter, step));
    count_again(r, r->write->block->owner);
    Value *x = again(r, r->write->args[1]), *address = again(r, r->write->args[0]);
    if (!x || !address || r->flops > MOST_FLOPS) {
        ir_remove(region);
        return NULL;
    }
    ir_store(&r->each, address, x);
    return region;
}

/* ---- without copies ---- */

static void read_state(const Restore *r)
{
    for (size_t k = 0; k < r->function->copy_loads.count; k++) {
        const CopyLoad *of = &r->function->copy_loads.at[k];
        if (of->array == r->history->array)
            of->load->args[0] = of->element;
    }
}

static void note(const Restore *r)
{
    const History *h = r->history;
    for (size_t k = 0; k < r->function->decisions.count; k++) {
        Decision *d = &r->function->decisions.at[k];
        if (d->kind != DECIDED_COPIES || d->what != h->object->hint || d->region.line != h->loop->loc.line)
            continue;
        d->kind = DECIDED_RESTORES;
        d->bytes = r->is_set ? d->bytes : 0;
    }
}

/* The copies, and addresses in them that nothing loads from any more. */
static void drop_copies(const Value *array, Block *body)
{
    for (Value *v = ir_first(body), *next; v; v = next) {
        next = ir_next(v, body);
        const Value *address = v->kind == VAL_FREE ? v->args[0] : v;
        if (type_is_pointer(address->type) && memory_base((Value *)(uintptr_t)address) == array)
            ir_remove(v);
    }
}

/* One copy, of what the first iteration finds. */
static void copy_first(const Restore *r, Value *region)
{
    const History *h = r->history;
    h->array->args[0] = h->size;
    if (h->object->hint)
        h->array->hint = arena_printf("%s_first", h->object->hint);
    Builder b = {.function = r->function, .block = h->loop->block, .before = h->loop, .loc = h->object->loc};
    flat_copy(&b, h->object, h->array, false);
    b = (Builder){.function = r->function, .block = region->blocks[1], .loc = h->object->loc, .adjoint = true};
    flat_copy(&b, h->object, h->array, true);
}

static bool restore(Restore r)
{
    const History *history = r.history;
    Value *region = can_be_restored(&r) ? write_again(&r) : NULL;
    if (!region)
        return false;
    read_state(&r);
    note(&r);
    ir_remove(history->copy);
    if (history->last)
        ir_remove(history->last);
    if (r.is_set)
        copy_first(&r, region);
    else
        drop_copies(history->array, r.function->body);
    place_branch(&r, region);
    return true;
}

void states_restore(Function *fn)
{
    if (!fn->histories.count)
        return;
    memory_mark_private(fn);
    Restore r = {.function = fn};
    r.copy_loads = ARENA_ARRAY(const CopyLoad *, fn->next_id + 1);
    r.kept = ARENA_ARRAY(Value *, fn->next_id + 1);
    for (size_t k = 0; k < fn->copy_loads.count; k++)
        r.copy_loads[fn->copy_loads.at[k].load->id] = &fn->copy_loads.at[k];
    for (size_t k = 0; k < fn->kept.count; k++)
        r.kept[fn->kept.at[k].value->id] = fn->kept.at[k].store;
    size_t left = 0;
    for (size_t k = 0; k < fn->histories.count; k++) {
        r.history = &fn->histories.at[k];
        if (!restore(r))
            fn->histories.at[left++] = fn->histories.at[k];
    }
    fn->histories.count = left;
}
