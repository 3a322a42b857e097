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
#include "accesses.h"
#include "box.h"
#include "clone.h"
#include "passes.h"

enum { MAX_BOXES = 32, SMALL_BYTES = 4096 };

typedef VEC(Value *) Values;

/* A part of the state: a scalar that the loop carries, or a box of memory. */
typedef struct {
    int carried; /* -1: the box */
    Box box;
    Value *kept;  /* the snapshots, one behind the other */
    Value *final; /* a box that the caller sees: what the primal leaves there */
} Part;

typedef struct {
    Function *function;
    Accesses *accesses;
    Value *loop, *twin;
    Block *body;
    Values reads, writes; /* in the body: loads, and what changes memory */
    bool *in_step;        /* by id: the reverse of a step needs it of that step */
    bool *in_steps;       /* by id: the state depends on it */
    VEC(Part) parts;
    Value *place;   /* the loop, or the branch around it: where storage is made */
    Value *end;     /* the reverse of that */
    Builder before; /* the place */
    BoxScope scope;
    Value *trips;
    Value *most, *fewer;   /* snapshots that were asked for; no more than steps */
    Value *number_of_step; /* an array, by snapshot */
    const char *obstacle;  /* why not */
    const Value *obstacle_at;
    const char *advice;
} Checkpoint;

static Type *size_type(const Checkpoint *c)
{
    return c->function->module->types.size;
}

static Type *int_type(const Checkpoint *c)
{
    return c->function->module->types.int_;
}

static void refuse(Checkpoint *c, const Value *at, const char *obstacle, const char *advice)
{
    if (c->obstacle)
        return;
    c->obstacle = obstacle;
    c->obstacle_at = at;
    c->advice = advice;
}

/* ---- what is in a step ---- */

static bool is_in_step(const Checkpoint *c, const Value *v)
{
    const Block *scope = ir_scope(v);
    return scope && ir_block_inside(scope, c->body);
}

/* What is read, by `v`: NULL for nothing. */
static Value *address_read(const Value *v)
{
    if (v->kind == VAL_LOAD || v->kind == VAL_ACCUM)
        return v->args[0];
    return v->kind == VAL_COPY ? v->args[1] : NULL;
}

static bool has_pointer(const Type *t)
{
    t = t->kind == TYPE_ARRAY ? type_scalar((Type *)(uintptr_t)t) : t;
    for (size_t k = 0; t->kind == TYPE_RECORD && k < t->record->nfields; k++)
        if (has_pointer(t->record->fields[k].type))
            return true;
    return t->kind == TYPE_POINTER;
}

/* Output, and what gives nothing back, is not repeated. */
static bool is_left_out(const Value *call)
{
    return !ir_is_volatile(call) &&
           ((call->callee && call->callee->effect == EFFECT_PASSIVE_IO) || (!call->callee && call->text));
}

static void look_at(Checkpoint *c, Value *v)
{
    if (address_read(v))
        vec_push(&c->reads, v);
    if (ir_writes_memory(v)) {
        vec_push(&c->writes, v);
        if (v->kind != VAL_ZERO && has_pointer(v->args[0]->type->to))
            refuse(c, v, "its steps store pointers", "choose by index what the step works on");
    } else if (v->kind == VAL_CALL && v->callee && v->callee->effect != EFFECT_PURE && !is_left_out(v)) {
        refuse(c, v, arena_printf("each step calls '%s', which would be called again", v->callee->name),
               "take the call out of the loop");
    } else if (v->kind == VAL_CALL && !is_left_out(v)) {
        refuse(c, v, "its steps read or write volatile objects", "use a plain variable");
    } else if (v->kind == VAL_ALLOC || v->kind == VAL_TAPE || v->kind == VAL_FREE || v->kind == VAL_PUSH ||
               v->kind == VAL_POP || v->kind == VAL_TAPE_FREE) {
        refuse(c, v, "its steps allocate memory", "allocate before the loop");
    }
}

static void look_at_block(Checkpoint *c, const Block *block)
{
    for (Value *v = ir_first(block); v; v = ir_next(v, block))
        look_at(c, v);
}

/* ---- what is needed ---- */

typedef struct {
    Checkpoint *c;
    bool *needed;
    bool steps; /* also of the steps before */
    Values worklist;
} Need;

static void need(Need *n, Value *v)
{
    if (!v || !is_in_step(n->c, v) || n->needed[v->id])
        return;
    n->needed[v->id] = true;
    vec_push(&n->worklist, v);
}

/* In one step: may v run before w? */
static bool may_run_before(const Checkpoint *c, const Value *v, const Value *w)
{
    return accesses_place(c->accesses, v) < accesses_place(c->accesses, w) ||
           ir_share_loop(v->block, w->block, c->body);
}

static void need_writers(Need *n, const Value *read)
{
    const Value *address = address_read(read);
    for (size_t k = 0; k < n->c->writes.count; k++) {
        Value *w = n->c->writes.at[k];
        if (!n->needed[w->id] && (n->steps || may_run_before(n->c, w, read)) &&
            memory_may_alias_ever(w->args[0], address))
            need(n, w);
    }
}

static void need_region(Need *n, const Value *region)
{
    if (region->kind == VAL_IF) {
        need(n, region->args[0]);
    } else if (region->counted) {
        need(n, region->from);
        need(n, region->to);
    } else {
        need(n, region->blocks[0]->yields[0]);
    }
}

static void need_result(Need *n, Value *region, int64_t k)
{
    if (region == n->c->loop) {
        if (n->steps)
            need(n, region->blocks[1]->yields[k]);
        return;
    }
    need(n, region);
    need(n, region->blocks[1]->yields[k]);
    need(n, region->kind == VAL_IF ? region->blocks[0]->yields[k] : region->args[k]);
}

static void need_operands(Need *n, Value *v)
{
    if (v->block && v->block != n->c->body)
        need(n, v->block->owner);
    if (v->kind == VAL_RESULT || v->kind == VAL_CARRIED)
        need_result(n, v->region, v->i);
    else if (v->kind == VAL_COUNTER)
        need(n, v->region == n->c->loop ? NULL : v->region);
    else if (ir_is_region(v))
        need_region(n, v);
    else
        for (int k = 0; k < v->nargs; k++)
            need(n, v->args[k]);
    if (address_read(v))
        need_writers(n, v);
}

static void need_all(Need *n)
{
    while (n->worklist.count)
        need_operands(n, n->worklist.at[--n->worklist.count]);
}

static void need_uses(Need *n, Block *block)
{
    for (Use use = ir_first_use(block); use.block; use = ir_next_use(use, block))
        need(n, *ir_used(&use));
}

/* What the reverse needs of a step; then what the steps before do for that. */
static void find_needed(Checkpoint *c)
{
    const size_t n = c->function->next_id + 1;
    c->in_step = ARENA_ARRAY(bool, n);
    c->in_steps = ARENA_ARRAY(bool, n);
    Need step = {.c = c, .needed = c->in_step};
    need_uses(&step, c->twin->blocks[1]);
    need_all(&step);
    Need steps = {.c = c, .needed = c->in_steps, .steps = true};
    for (int k = 0; k < c->loop->nresults; k++)
        if (c->in_step[c->loop->carried[k]->id])
            need(&steps, c->body->yields[k]);
    for (size_t k = 0; k < c->reads.count; k++)
        if (c->in_step[c->reads.at[k]->id] && !memory_is_made_in(address_read(c->reads.at[k]), c->body))
            need_writers(&steps, c->reads.at[k]);
    need_all(&steps);
}

static bool is_needed(const Checkpoint *c, const Value *v)
{
    return c->in_step[v->id] || c->in_steps[v->id];
}

static void check_calls(Checkpoint *c, const Block *block)
{
    for (const Value *v = ir_first(block); v; v = ir_next(v, block))
        if (v->kind == VAL_CALL && is_needed(c, v) && is_left_out(v))
            refuse(c, v, "its steps go on with what a call of the library answers", "take the call out of the loop");
}

/* ---- the state ---- */

static const char *name_of(const Value *base)
{
    if (base->kind == VAL_CAST && !base->hint)
        base = base->args[0];
    return base->hint ? base->hint : base->kind == VAL_GLOBAL ? base->global->name : NULL;
}

/* Of a box in records, the member's. */
static const char *part_name(const Checkpoint *c, const Part *p)
{
    const char *name = name_of(p->carried < 0 ? p->box.base : c->loop->carried[p->carried]);
    for (int k = 0; p->carried < 0 && k < p->box.nsteps; k++) {
        const Value *step = p->box.steps[k].like;
        if (step && step->kind == VAL_FIELD)
            name = step->args[0]->type->to->record->fields[step->i].name;
    }
    return name;
}

static void add_box(Checkpoint *c, const Box *box)
{
    for (size_t k = 0; k < c->parts.count; k++)
        if (c->parts.at[k].carried < 0 && box_same(&c->parts.at[k].box, box))
            return;
    vec_push(&c->parts, ((Part){.carried = -1, .box = *box}));
}

/* An object of the step's own, or one that is made later: no part of what steps hand on. */
static bool is_no_part(const Checkpoint *c, const Value *root)
{
    return root->kind == VAL_LOCAL && (ir_block_inside(root->block, c->body) ||
                                       accesses_place(c->accesses, root) > accesses_last(c->accesses, c->loop));
}

static bool is_object_before(const Checkpoint *c, const Value *root)
{
    return root->kind == VAL_GLOBAL ||
           (root->kind == VAL_LOCAL && accesses_place(c->accesses, root) < accesses_place(c->accesses, c->place));
}

/* What one write changes: of objects all, of other memory what it goes over. */
static bool add_written(Checkpoint *c, Value *write)
{
    const Value *roots[MEMORY_MAX_ROOTS];
    const int n = memory_roots(write->args[0], roots);
    Box box;
    bool objects = n > 0;
    for (int k = 0; k < n && objects; k++)
        objects = is_no_part(c, roots[k]) ||
                  (is_object_before(c, roots[k]) && box_of_object(&box, &c->before, (Value *)(uintptr_t)roots[k]));
    for (int k = 0; k < n && objects; k++)
        if (!is_no_part(c, roots[k]) && box_of_object(&box, &c->before, (Value *)(uintptr_t)roots[k]))
            add_box(c, &box);
    if (objects)
        return true;
    if (!box_find(&box, &c->before, &c->scope, write))
        return false;
    add_box(c, &box);
    return true;
}

/* Accesses by the same address that each step does for sure tell as well what a conditional write changes. */
static bool add_conditional(Checkpoint *c, const Value *write)
{
    const Values *lists[] = {&c->writes, &c->reads};
    for (int l = 0; l < 2; l++)
        for (size_t k = 0; k < lists[l]->count; k++) {
            Value *other = lists[l]->at[k];
            if (other != write && other->kind != VAL_COPY && memory_same_address(other->args[0], write->args[0]) &&
                add_written(c, other))
                return true;
        }
    return false;
}

static void add_write(Checkpoint *c, Value *write)
{
    if (add_written(c, write) || add_conditional(c, write))
        return;
    const char *name = name_of(memory_base(write->args[0]));
    refuse(c, write,
           arena_printf("which part of '%s' its steps change is not seen before the loop", name ? name : "memory"),
           "let the step write it in plain loops over fixed ranges, or work on a local array");
}

/* Another loop's steps that run again write where they wrote before. */
static bool runs_again(const Value *v)
{
    for (; v; v = v->block->owner)
        if (v->kind == VAL_LOOP && v->reversed)
            return true;
    return false;
}

/* Is it on the other side of a branch that the loop is in? */
static bool is_alternative(const Checkpoint *c, const Value *v)
{
    for (const Block *b = c->loop->block; b->owner; b = b->parent) {
        const Value *owner = b->owner;
        const Block *other = owner->blocks[owner->blocks[0] == b];
        if (owner->kind == VAL_IF && ir_block_inside(v->block, other))
            return true;
    }
    return false;
}

/* What steps read and later code overwrites is a part of the state, too. */
static void add_overwritten(Checkpoint *c, const Value *read)
{
    const Value *address = address_read(read);
    if (memory_is_made_in(address, c->body))
        return;
    const unsigned from = accesses_last(c->accesses, c->loop) + 1, until = accesses_place(c->accesses, c->twin) - 1;
    AccessWalk walk = accesses_walk(c->accesses, address, from, until, ACCESS_ALL);
    for (Value *w; (w = accesses_next(&walk));) {
        if (w->adjoint || runs_again(w) || is_alternative(c, w) || !memory_clobbers(w, address))
            continue;
        if (!ir_writes_memory(w) || !add_written(c, w))
            refuse(c, w, "what its steps read is written behind the loop, and which part of it is not seen before",
                   "copy it before the loop");
    }
}

static void find_state(Checkpoint *c)
{
    for (int k = 0; k < c->loop->nresults; k++)
        if (is_needed(c, c->loop->carried[k]))
            vec_push(&c->parts, ((Part){.carried = k}));
    for (size_t k = 0; k < c->writes.count; k++) {
        Value *w = c->writes.at[k];
        if (c->in_steps[w->id] && !memory_is_made_in(w->args[0], c->body))
            add_write(c, w);
    }
    for (size_t k = 0; k < c->reads.count; k++)
        if (is_needed(c, c->reads.at[k]))
            add_overwritten(c, c->reads.at[k]);
    if (c->parts.count > MAX_BOXES)
        refuse(c, c->loop, "its state is in too many places", "put it into fewer arrays");
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
        const char *name = part_name(c, p);
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
    if (!is_left_out(call))
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
    return v && is_in_step(c, v) ? map->to[v->id] : v;
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
        const char *name = part_name(c, p);
        bool told = !name || !*name;
        for (size_t j = 0; j < k && !told; j++)
            told = part_name(c, &c->parts.at[j]) && strcmp(part_name(c, &c->parts.at[j]), name) == 0;
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
            if ((x->kind == VAL_LOCAL || x->kind == VAL_ALLOC) && is_needed(c, v) && !is_in_step(c, x) &&
                !ir_visible(x, c->twin->block))
                refuse(c, x, "its steps use a variable of the branch that they are in",
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
        refuse(&c, loop, "how many steps there are is not known when the loop begins",
               "let it count to a bound, without break and return");
    else if (fn->in_two_parts)
        refuse(&c, loop, "it is in a recursive function", "call the function from outside with the loop in it");
    else if (ir_is_in_loop(loop->block) || !find_place(&c)) /* what steps read changes before they run again */
        refuse(&c, loop, "it is inside another loop", "give it a function of its own, and call the derivative of that");
    look_at_block(&c, c.body);
    if (!c.obstacle) {
        c.accesses = accesses_find(fn);
        c.before = (Builder){.function = fn, .block = c.place->block, .before = c.place, .loc = loop->loc};
        if (!box_open(&c.scope, &c.before, loop, c.place))
            refuse(&c, loop, "how many steps there are is not seen at the start of the branches around",
                   "move the loop out of them");
    }
    if (!c.obstacle) {
        c.trips = box_trips(&c.scope, &c.before);
        find_needed(&c);
        check_calls(&c, c.body);
        check_objects(&c, c.body);
        find_state(&c);
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
