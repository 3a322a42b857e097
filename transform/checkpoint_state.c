/*
 * checkpoint_state.c: what the steps of a loop with ADGEN_CHECKPOINT hand on, and of that what has a part in what the
 * reverse of a step needs.
 */
#include "checkpoint.h"

enum { MAX_BOXES = 32 };

void checkpoint_refuse(Checkpoint *c, const Value *at, const char *obstacle, const char *advice)
{
    if (c->obstacle)
        return;
    c->obstacle = obstacle;
    c->obstacle_at = at;
    c->advice = advice;
}

/* ---- what is in a step ---- */

bool checkpoint_is_in_step(const Checkpoint *c, const Value *v)
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
bool checkpoint_leaves_out(const Value *call)
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
            checkpoint_refuse(c, v, "its steps store pointers", "choose by index what the step works on");
    } else if (v->kind == VAL_CALL && v->callee && v->callee->effect != EFFECT_PURE && !checkpoint_leaves_out(v)) {
        checkpoint_refuse(c, v, arena_printf("each step calls '%s', which would be called again", v->callee->name),
                          "take the call out of the loop");
    } else if (v->kind == VAL_CALL && !checkpoint_leaves_out(v)) {
        checkpoint_refuse(c, v, "its steps read or write volatile objects", "use a plain variable");
    } else if (v->kind == VAL_ALLOC || v->kind == VAL_TAPE || v->kind == VAL_FREE || v->kind == VAL_PUSH ||
               v->kind == VAL_POP || v->kind == VAL_TAPE_FREE) {
        checkpoint_refuse(c, v, "its steps allocate memory", "allocate before the loop");
    }
}

void checkpoint_look_at(Checkpoint *c, const Block *block)
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
    if (!v || !checkpoint_is_in_step(n->c, v) || n->needed[v->id])
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
void checkpoint_find_needed(Checkpoint *c)
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

bool checkpoint_is_needed(const Checkpoint *c, const Value *v)
{
    return c->in_step[v->id] || c->in_steps[v->id];
}

void checkpoint_check_calls(Checkpoint *c, const Block *block)
{
    for (const Value *v = ir_first(block); v; v = ir_next(v, block))
        if (v->kind == VAL_CALL && checkpoint_is_needed(c, v) && checkpoint_leaves_out(v))
            checkpoint_refuse(c, v, "its steps go on with what a call of the library answers",
                              "take the call out of the loop");
}

/* ---- the state ---- */

static const char *name_of(const Value *base)
{
    if (base->kind == VAL_CAST && !base->hint)
        base = base->args[0];
    return base->hint ? base->hint : base->kind == VAL_GLOBAL ? base->global->name : NULL;
}

/* Of a box in records, the member's. */
const char *checkpoint_part_name(const Checkpoint *c, const Part *p)
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
    checkpoint_refuse(
        c, write,
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
            checkpoint_refuse(c, w,
                              "what its steps read is written behind the loop, and which part of it is not seen before",
                              "copy it before the loop");
    }
}

void checkpoint_find_state(Checkpoint *c)
{
    for (int k = 0; k < c->loop->nresults; k++)
        if (checkpoint_is_needed(c, c->loop->carried[k]))
            vec_push(&c->parts, ((Part){.carried = k}));
    for (size_t k = 0; k < c->writes.count; k++) {
        Value *w = c->writes.at[k];
        if (c->in_steps[w->id] && !memory_is_made_in(w->args[0], c->body))
            add_write(c, w);
    }
    for (size_t k = 0; k < c->reads.count; k++)
        if (checkpoint_is_needed(c, c->reads.at[k]))
            add_overwritten(c, c->reads.at[k]);
    if (c->parts.count > MAX_BOXES)
        checkpoint_refuse(c, c->loop, "its state is in too many places", "put it into fewer arrays");
}
