/*
 * checkpoint.c: loops with ADGEN_CHECKPOINT(c). Of what the steps hand on, at most c snapshots are kept, each as one
 * step finds it; the reverse sweep restores the last one, runs the primal steps from there to the step in hand, and
 * takes further snapshots on the way where it has let go of others:
 *
 *     for (t) {                                 for (t) {
 *         step(u);                                  if (t == next) { keep u; next = t + distance to the next one; }
 *     }                                             step(u);
 *                                               }
 *                                       →       for (t, backwards) {
 *     for (t, backwards)                            u = last snapshot, of step s; let go of it if s == t
 *         reverse of step(u)                        next = s + distance to the next one
 *                                                   for (k = s; k < t; k++) {
 *                                                       if (k == next) { keep u; next = ...; }
 *                                                       step(u);
 *                                                   }
 *                                                   step(u), reverse of step(u)
 *                                               }
 *
 * The distances are those of binomial checkpointing (Griewank and Walther, Algorithm 799: revolve, ACM TOMS 26, 2000):
 * no other way to reverse so many steps with c snapshots runs fewer primal steps. adgen_next_snapshot (support.c) says
 * them.
 *
 * The steps run again in the memory that they ran in before, so that pointers keep their meaning; what the caller sees
 * of it is put back as it was. What has no part in what the reverse needs isn't run again: sums that are only handed
 * on, output, stores that no step reads.
 */
#include "checkpoint.h"

#include "clone.h"

enum { SMALL_BYTES = 4096 };

static Type *size_type(const Checkpoint *c)
{
    return c->function->module->types.size;
}

static Type *int_type(const Checkpoint *c)
{
    return c->function->module->types.int_;
}

/* ---- storage ---- */

static Value *size_int(const Checkpoint *c, Builder *b, int64_t i)
{
    return ir_int(b, size_type(c), i);
}

static Value *binary(const Checkpoint *c, Builder *b, ValueKind kind, Value *x, Value *y)
{
    return ir_binary(b, kind, ir_is_comparison(kind) ? int_type(c) : size_type(c), x, y);
}

static Value *array_of(const Checkpoint *c, Type *element, Value *count, const char *name)
{
    Builder b = c->before;
    const int64_t size = (int64_t)element->size;
    if (count->kind == VAL_INT && count->i > 0 && size && count->i <= SMALL_BYTES / size) {
        Value *local = ir_local(&b, type_array(element, count->i), 0, NULL, name);
        local->is_kept = true; /* compilers can't see that what is not stored is not loaded: */
        ir_new(&b, VAL_ZERO, c->function->module->types.void_, 1, &local);
        return ir_decay(&b, local);
    }
    Value *array = ir_new(&b, VAL_ALLOC, type_pointer(element), 1, &count);
    array->hint = name;
    array->is_private = array->is_kept = true;
    b = (Builder){.function = c->function, .block = c->end->block, .before = c->end->next, .loc = c->loop->loc};
    ir_new(&b, VAL_FREE, c->function->module->types.void_, 1, &array);
    return array;
}

/* Does anybody look at it behind the reverse sweep? */
static bool is_seen_outside(const Box *box)
{
    return box->base->kind != VAL_LOCAL;
}

/* How many snapshots there are room for: a small number of scalars on the stack, else no more than steps. */
static Value *slots_of(const Checkpoint *c, const Type *element, bool is_scalar)
{
    const bool on_stack = c->most->i <= SMALL_BYTES / (int64_t)(element->size ? element->size : SMALL_BYTES);
    return is_scalar && on_stack && c->trips->kind != VAL_INT ? c->most : c->fewer;
}

static void make_storage(Checkpoint *c)
{
    Builder *b = &c->before;
    c->most = size_int(c, b, c->loop->snapshots);
    if (c->trips->kind == VAL_INT)
        c->fewer = c->trips->i < c->most->i ? c->trips : c->most;
    else
        c->fewer = ir_select(b, binary(c, b, VAL_LT, c->trips, c->most), c->trips, c->most);
    c->number_of_step = array_of(c, size_type(c), slots_of(c, size_type(c), true), "step_of");
    for (size_t k = 0; k < c->parts.count; k++) {
        Part *p = &c->parts.at[k];
        const Value *what = p->carried < 0 ? p->box.base : c->loop->carried[p->carried];
        const char *name = checkpoint_part_name(c, p);
        name = name && *name ? name : "state";
        Type *element = p->carried < 0 ? p->box.element : what->type;
        const bool is_scalar = p->carried >= 0 || (p->box.size->kind == VAL_INT && p->box.size->i == 1);
        Value *slots = slots_of(c, element, is_scalar);
        Value *count = is_scalar ? slots : binary(c, b, VAL_MUL, slots, p->box.size);
        p->kept = array_of(c, element, count, arena_printf("%s_was", name));
        if (p->carried < 0 && is_seen_outside(&p->box))
            p->final = array_of(c, element, p->box.size, arena_printf("%s_final", name));
    }
}

/* ---- taking and restoring snapshots ---- */

static void copy_box(const Checkpoint *c, Builder *b, const Part *p, Value *slot, bool back)
{
    box_copy(&p->box, b, p->kept, binary(c, b, VAL_MUL, slot, p->box.size), back);
}

/* Carried by the primal loop and by the loops that run steps again. */
typedef struct {
    Value *held; /* snapshots */
    Value *next; /* the step before which the next one is taken */
} Schedule;

/* `reached` and all steps before `until` are to be reversed. */
static Value *next_snapshot(const Checkpoint *c, Builder *b, Value *reached, Value *until, Value *held)
{
    Value *args[] = {binary(c, b, VAL_SUB, until, reached),
                     binary(c, b, VAL_SUB, size_int(c, b, c->loop->snapshots), held)};
    Value *distance = ir_pure_call(b, size_type(c), NULL, "adgen_next_snapshot", 2, args);
    return binary(c, b, VAL_ADD, reached, distance);
}

/* if (number == next) { take a snapshot }: first in a step. `scalars`: by part, as the step finds them. */
static Schedule take_snapshot(const Checkpoint *c, Builder *outside, Schedule s, Value *number, Value *until,
                              Value *const *scalars)
{
    Value *region = ir_if(outside, binary(c, outside, VAL_EQ, number, s.next));
    Builder b = *outside;
    b.block = region->blocks[0];
    b.before = NULL;
    ir_store(&b, ir_ptradd(&b, c->number_of_step, s.held, NULL), number);
    for (size_t k = 0; k < c->parts.count; k++) {
        const Part *p = &c->parts.at[k];
        if (p->carried < 0)
            copy_box(c, &b, p, s.held, false);
        else
            ir_store(&b, ir_ptradd(&b, p->kept, s.held, NULL), scalars[k]);
    }
    Value *held = binary(c, &b, VAL_ADD, s.held, size_int(c, &b, 1));
    Value *next = next_snapshot(c, &b, number, until, held);
    held->hint = s.held->hint;
    next->hint = s.next->hint;
    return (Schedule){ir_if_result(region, held, s.held), ir_if_result(region, next, s.next)};
}

static Schedule carry_schedule(Value *loop, Schedule from, int *index)
{
    *index = loop->nresults;
    const Schedule s = {ir_loop_carry(loop, from.held), ir_loop_carry(loop, from.next)};
    s.held->hint = loop->results[*index]->hint = "snapshots";
    s.next->hint = loop->results[*index + 1]->hint = "next_snapshot";
    return s;
}

static void hand_on_schedule(Value *loop, int index, Schedule s)
{
    ir_set_next(loop, index, s.held);
    ir_set_next(loop, index + 1, s.next);
}

/* The primal loop takes snapshots, first in each step. */
static void take_in_primal(const Checkpoint *c, Schedule s, int index)
{
    Value *loop = c->loop;
    Value **scalars = ARENA_ARRAY(Value *, c->parts.count + 1);
    for (size_t k = 0; k < c->parts.count; k++)
        scalars[k] = c->parts.at[k].carried < 0 ? NULL : loop->carried[c->parts.at[k].carried];
    Builder b = {.function = c->function, .block = c->body, .before = c->body->first, .loc = loop->loc};
    Value *number = ir_cast(&b, size_type(c), trips_between(&b, loop, loop->from, loop->counter));
    hand_on_schedule(loop, index, take_snapshot(c, &b, s, number, c->trips, scalars));
}

/* ---- running steps again ---- */

typedef struct {
    const bool *needed;
} Again;

static bool leave_out(CloneMap *map, Builder *b, Value *v)
{
    (void)b;
    const Again *again = map->user;
    if (!ir_writes_memory(v) || again->needed[v->id])
        return false;
    clone_set(map, v, v);
    return true;
}

static bool leave_out_call(CloneMap *map, Builder *b, Value *call)
{
    (void)b;
    if (!checkpoint_leaves_out(call))
        return false;
    clone_set(map, call, call);
    return true;
}

static void begin_copy(const Checkpoint *c, CloneMap *map, Again *again)
{
    *map = (CloneMap){.share_outside = true, .take = leave_out, .call = leave_out_call, .user = again};
    clone_map_init(map, c->function);
}

/* What only un-needed values ask for. */
static Value *anything(Builder *b, Type *type)
{
    return type_is_real(type) ? ir_real(b, type, 0, NULL) : ir_int(b, type, 0);
}

static void map_carried(const Checkpoint *c, CloneMap *map, Builder *b, Value *const *scalars)
{
    for (int k = 0; k < c->loop->nresults; k++)
        clone_set(map, c->loop->carried[k], anything(b, c->loop->carried[k]->type));
    for (size_t k = 0; k < c->parts.count; k++)
        if (c->parts.at[k].carried >= 0)
            clone_set(map, c->loop->carried[c->parts.at[k].carried], scalars[k]);
}

static void forget_snapshots(const Block *block)
{
    for (Value *v = ir_first(block); v; v = ir_next(v, block)) {
        v->snapshots = 0;
    }
}

/* for (k = number of the last snapshot; k < the step in hand; k++) step; its schedule and scalars at the end. */
static Schedule advance(const Checkpoint *c, Builder *outside, Schedule s, Value *from, Value **scalars)
{
    const Value *primal = c->loop;
    Value *twin = c->twin;
    Builder at = *outside;
    Type *type = primal->counter->type;
    Value *way = ir_binary(&at, VAL_MUL, type, ir_cast(&at, type, from), ir_int(&at, type, primal->step));
    Value *first = ir_binary(&at, VAL_ADD, type, c->scope.from, way);
    const ValueKind rel = primal->rel == VAL_NE ? VAL_NE : primal->step > 0 ? VAL_LT : VAL_GT;
    Value *loop = ir_count(outside, first, rel, twin->counter, primal->step);
    loop->loc = primal->loc;
    at.before = loop;
    Value *reverse_number = ir_cast(&at, size_type(c), trips_between(&at, primal, c->scope.from, twin->counter));
    Value *until = binary(c, &at, VAL_ADD, reverse_number, size_int(c, &at, 1));
    Builder b = {.function = c->function, .block = loop->blocks[1], .loc = primal->loc};
    loop->counter->hint = primal->counter->hint;
    int index;
    Schedule inside = carry_schedule(loop, s, &index);
    Value **found = ARENA_ARRAY(Value *, c->parts.count + 1);
    int *carried = ARENA_ARRAY(int, c->parts.count + 1);
    for (size_t k = 0; k < c->parts.count; k++) {
        if (c->parts.at[k].carried < 0)
            continue;
        carried[k] = loop->nresults;
        found[k] = ir_loop_carry(loop, scalars[k]);
        found[k]->hint = loop->results[carried[k]]->hint = primal->carried[c->parts.at[k].carried]->hint;
    }
    Value *number = ir_cast(&b, size_type(c), trips_between(&b, primal, c->scope.from, loop->counter));
    hand_on_schedule(loop, index, take_snapshot(c, &b, inside, number, until, found));
    CloneMap map;
    Again again = {c->in_steps};
    begin_copy(c, &map, &again);
    map_carried(c, &map, &b, found);
    clone_set(&map, primal->counter, loop->counter);
    clone_block(&map, &b, c->body);
    for (size_t k = 0; k < c->parts.count; k++)
        if (c->parts.at[k].carried >= 0) {
            ir_set_next(loop, carried[k], clone_lookup(&map, &b, c->body->yields[c->parts.at[k].carried]));
            scalars[k] = loop->results[carried[k]];
        }
    forget_snapshots(loop->blocks[1]);
    return (Schedule){loop->results[index], loop->results[index + 1]};
}

static Value *stand_in(const Checkpoint *c, CloneMap *map, Value *v)
{
    return v && checkpoint_is_in_step(c, v) ? map->to[v->id] : v;
}

/* The reverse of the step names what this run of it computes. */
static void name_copies(const Checkpoint *c, CloneMap *map, Value *v)
{
    for (int k = 0; k < v->nargs; k++)
        v->args[k] = stand_in(c, map, v->args[k]);
    v->from = stand_in(c, map, v->from);
    v->to = stand_in(c, map, v->to);
    if (v->twin)
        v->twin = map->to[v->twin->id];
    for (int side = 0; side < 2; side++) {
        Block *block = v->blocks[side];
        for (Value *w = block ? block->first : NULL; w; w = w->next)
            name_copies(c, map, w);
        for (int k = 0; block && k < block->nyields; k++)
            block->yields[k] = stand_in(c, map, block->yields[k]);
    }
}

/* The trip counters of loops that are not counted. */
static void map_counters(CloneMap *map, const Block *block)
{
    for (const Value *v = ir_first(block); v; v = ir_next(v, block))
        if (v->kind == VAL_LOOP && !v->counted && v->counter)
            map->to[v->id]->counter = map->to[v->counter->id];
}

static void repeat_step(const Checkpoint *c, Builder *b, Value *const *scalars, Value *rest)
{
    CloneMap map;
    Again again = {c->in_step};
    begin_copy(c, &map, &again);
    map_carried(c, &map, b, scalars);
    clone_set(&map, c->loop->counter, c->twin->counter);
    clone_block(&map, b, c->body);
    map_counters(&map, c->body);
    Block *reverse = c->twin->blocks[1];
    for (Value *v = rest; v; v = v->next)
        name_copies(c, &map, v);
    for (int k = 0; k < reverse->nyields; k++)
        reverse->yields[k] = stand_in(c, &map, reverse->yields[k]);
}

/* Each iteration of the reverse loop begins with getting to the step in hand. */
static void restore_in_reverse(const Checkpoint *c, Value *held)
{
    Value *twin = c->twin, *loop = c->loop;
    Block *reverse = twin->blocks[1];
    Value *rest = reverse->first;
    const int index = twin->nresults;
    Value *found = ir_loop_carry(twin, held);
    found->hint = twin->results[index]->hint = "snapshots";
    Builder b = {.function = c->function, .block = reverse, .before = rest, .loc = loop->loc, .adjoint = true};
    Value *last = binary(c, &b, VAL_SUB, found, size_int(c, &b, 1));
    last->hint = "last";
    Value *from = ir_load(&b, ir_ptradd(&b, c->number_of_step, last, NULL));
    Value **scalars = ARENA_ARRAY(Value *, c->parts.count + 1);
    for (size_t k = 0; k < c->parts.count; k++) {
        const Part *p = &c->parts.at[k];
        if (p->carried < 0) {
            copy_box(c, &b, p, last, true);
            continue;
        }
        scalars[k] = ir_load(&b, ir_ptradd(&b, p->kept, last, NULL));
        scalars[k]->hint = loop->carried[p->carried]->hint;
    }
    Value *number = ir_cast(&b, size_type(c), trips_between(&b, loop, c->scope.from, twin->counter));
    Value *until = binary(c, &b, VAL_ADD, number, size_int(c, &b, 1));
    Value *left = ir_select(&b, binary(c, &b, VAL_EQ, from, number), last, found);
    left->hint = found->hint;
    Schedule s = {left, next_snapshot(c, &b, from, until, left)};
    s = advance(c, &b, s, from, scalars);
    ir_set_next(twin, index, s.held);
    repeat_step(c, &b, scalars, rest);
}

/* What the caller sees of the state is put back. */
static void put_back(const Checkpoint *c, Value *held)
{
    for (int back = 0; back < 2; back++) {
        Builder b = {.function = c->function, .block = c->twin->block, .loc = c->loop->loc, .adjoint = true};
        b.before = back ? c->twin->next : c->twin;
        Block *inside = NULL;
        for (size_t k = 0; k < c->parts.count; k++) {
            const Part *p = &c->parts.at[k];
            if (!p->final)
                continue;
            if (!inside)
                inside = ir_if(&b, binary(c, &b, VAL_NE, held, size_int(c, &b, 0)))->blocks[0];
            Builder in = {.function = c->function, .block = inside, .loc = c->loop->loc, .adjoint = true};
            box_copy(&p->box, &in, p->final, size_int(c, &in, 0), back);
        }
    }
}

static void note(const Checkpoint *c)
{
    const char *names = NULL;
    for (size_t k = 0; k < c->parts.count; k++) {
        const Part *p = &c->parts.at[k];
        const char *name = checkpoint_part_name(c, p);
        bool told = !name || !*name;
        for (size_t j = 0; j < k && !told; j++)
            told =
                checkpoint_part_name(c, &c->parts.at[j]) && strcmp(checkpoint_part_name(c, &c->parts.at[j]), name) == 0;
        if (!told)
            names = names ? arena_printf("%s, %s", names, name) : name;
    }
    vec_push(&c->function->decisions, ((Decision){.kind = DECIDED_SNAPSHOTS,
                                                  .region = c->loop->loc,
                                                  .what = names,
                                                  .where = c->loop->loc,
                                                  .bytes = (uint64_t)c->loop->snapshots}));
}

static void checkpoint(Checkpoint *c)
{
    make_storage(c);
    note(c);
    int index;
    Builder b = c->before;
    const Schedule s = carry_schedule(c->loop, (Schedule){size_int(c, &b, 0), size_int(c, &b, 0)}, &index);
    Value *held = c->loop->results[index];
    restore_in_reverse(c, held); /* copies the body as it is */
    take_in_primal(c, s, index);
    put_back(c, held);
    c->loop->snapshots = 0;
    c->twin->twin = NULL;
    c->twin->repeats = true;
}

/* ---- entry ---- */

static void warn(const Checkpoint *c)
{
    diag_warning(c->loop->loc, "ADGEN_CHECKPOINT changes nothing here: %s", c->obstacle);
    if (c->obstacle_at && c->obstacle_at->loc.line && c->obstacle_at != c->loop)
        diag_note(c->obstacle_at->loc, "%s", c->advice);
    else
        diag_note((Loc){0}, "%s", c->advice);
}

/* The loop and its reverse, or branches around them that are one another's reverse, and in one block. */
static bool find_place(Checkpoint *c)
{
    for (c->place = c->loop, c->end = c->twin; c->place->block != c->end->block;) {
        const Value *around = c->end->block->owner;
        c->place = c->place->block->owner;
        c->end = c->end->block->owner;
        if (!c->place || !c->end || around->twin != c->place || c->place->kind != VAL_IF)
            return false;
    }
    return true;
}

/* What steps that run again work on has to be there. */
static void check_objects(Checkpoint *c, const Block *block)
{
    for (const Value *v = ir_first(block); v; v = ir_next(v, block)) {
        for (int k = 0; k < v->nargs; k++) {
            const Value *x = v->args[k];
            if ((x->kind == VAL_LOCAL || x->kind == VAL_ALLOC) && checkpoint_is_needed(c, v) &&
                !checkpoint_is_in_step(c, x) && !ir_visible(x, c->twin->block))
                checkpoint_refuse(c, x, "its steps use a variable of the branch that they are in",
                                  "declare it at the start of the function");
        }
    }
}

/* True where the loop is checkpointed now. */
static bool try_checkpoint(Function *fn, Value *loop, Value *twin)
{
    memory_mark_private(fn);
    Checkpoint c = {.function = fn, .loop = loop, .twin = twin, .body = loop->blocks[1]};
    if (!loop->counted)
        checkpoint_refuse(&c, loop, "how many steps there are is not known when the loop begins",
                          "let it count to a bound, without break and return");
    else if (fn->in_two_parts)
        checkpoint_refuse(&c, loop, "it is in a recursive function",
                          "call the function from outside with the loop in it");
    else if (ir_is_in_loop(loop->block) || !find_place(&c)) /* what steps read changes before they run again */
        checkpoint_refuse(&c, loop, "it is inside another loop",
                          "give it a function of its own, and call the derivative of that");
    checkpoint_look_at(&c, c.body);
    if (!c.obstacle) {
        c.accesses = accesses_find(fn);
        c.before = (Builder){.function = fn, .block = c.place->block, .before = c.place, .loc = loop->loc};
        if (!box_open(&c.scope, &c.before, loop, c.place))
            checkpoint_refuse(&c, loop, "how many steps there are is not seen at the start of the branches around",
                              "move the loop out of them");
    }
    if (!c.obstacle) {
        c.trips = box_trips(&c.scope, &c.before);
        checkpoint_find_needed(&c);
        checkpoint_check_calls(&c, c.body);
        check_objects(&c, c.body);
        checkpoint_find_state(&c);
    }
    if (c.obstacle)
        warn(&c);
    if (c.obstacle || c.parts.count == 0) {
        loop->snapshots = 0;
        return false;
    }
    checkpoint(&c);
    return true;
}

/* The next reverse of a loop that asks for it, from outside in. */
static Value *find_asking(const Block *block)
{
    for (Value *v = ir_first(block); v; v = ir_next(v, block))
        if (v->kind == VAL_LOOP && v->twin && v->twin->snapshots)
            return v;
    return NULL;
}

bool checkpoint_loops(Function *fn)
{
    bool any = false;
    for (Value *twin; (twin = find_asking(fn->body));)
        any |= try_checkpoint(fn, twin->twin, twin);
    return any;
}
