/*
 * bounds.c: bounds of inner loops, and extents of their arrays, that the outer loops don't change are computed before
 * those, so that how much the nest stores is known before it begins.
 *
 *     for (s < steps)                           int inner = n - 1;
 *         for (i = 1; i < n - 1; i++)     →     for (s < steps)
 *                                                   for (i = 1; i < inner; i++)
 *
 *     for (s < n)                               int hidden = n > 0 ? net->hidden : 0;
 *         for (j = 0; j < net->hidden; j++)  →  for (s < n)
 *                                                   for (j = 0; j < hidden; j++)
 *
 * Only small constants are added on the way: the outer loop may not run, or a branch in it not be taken, and then
 * nobody asked for the sum. What is loaded is loaded only where the loop runs, since there may be nothing at the
 * address otherwise; and not out of branches, nor from behind what may end the program.
 */
#include "passes.h"

enum { MAX_OFFSET = 1024, MAX_PATH = 8 };

static bool is_small(const Value *v)
{
    return v->kind == VAL_INT && v->i >= -MAX_OFFSET && v->i <= MAX_OFFSET;
}

/* n + c, n - c, (T)n */
static bool is_plain(const Value *v)
{
    if (v->kind == VAL_CAST)
        return type_is_int(v->type) && type_is_int(v->args[0]->type);
    return (v->kind == VAL_ADD || v->kind == VAL_SUB) && type_is_int(v->type) && is_small(v->args[1]);
}

/* ---- loads ---- */

/* Is the address that of a member, or of an element at a constant place, of something? */
static bool is_fixed_place(const Value *address)
{
    int steps = 0;
    for (; ir_continues_address(address); address = address->args[0])
        if (++steps > MAX_PATH ||
            (address->kind == VAL_PTRADD && (address->nargs != 2 || address->args[1]->kind != VAL_INT)))
            return false;
    return ir_is_leaf(address->kind);
}

static const char *name_of(const Value *load)
{
    const Value *address = load->args[0];
    return address->kind == VAL_FIELD ? address->args[0]->type->to->record->fields[address->i].name : NULL;
}

/* Or may it give memory back? */
static bool may_not_end(const Value *v)
{
    for (const Value *w = v; w; w = ir_next_inside(w, v))
        if (w->kind == VAL_CALL || (w->kind == VAL_LOOP && !w->counted))
            return true;
    return false;
}

/* Does the first iteration of the loop come to v, which is in its body? */
static bool is_come_to(const Value *loop, const Value *v)
{
    if (v->block != loop->blocks[1])
        return false;
    for (const Value *w = v->block->first; w != v; w = w->next)
        if (may_not_end(w))
            return false;
    return true;
}

/* Is it known before `outermost` whether the loops around the load, out to that one, run? */
static bool runs_are_known(const Value *load, const Value *outermost)
{
    for (const Value *loop = load->block->owner;; loop = loop->block->owner) {
        if (!ir_visible(loop->from, outermost->block) || !ir_visible(loop->to, outermost->block))
            return false;
        if (loop == outermost)
            return true;
    }
}

/* The outermost of the loops around the load before which it can be done, where all of them run; NULL: none. */
static Value *outermost_loop(const Value *load)
{
    const Value *base = memory_base(load->args[0]);
    Value *outermost = NULL;
    for (const Value *v = load; v->block->owner; v = v->block->owner) {
        Value *loop = v->block->owner;
        if (loop->kind != VAL_LOOP || !loop->counted || !is_come_to(loop, v) || !ir_visible(base, loop->block) ||
            memory_region_writes(loop, load->args[0]))
            break;
        if (runs_are_known(load, loop))
            outermost = loop;
    }
    return outermost;
}

/* Do the loops around the load, out to `outermost`, run? */
static Value *all_run(Builder *b, const Value *load, const Value *outermost)
{
    Type *int_ = b->function->module->types.int_;
    Value *all = NULL;
    for (const Value *loop = load->block->owner;; loop = loop->block->owner) {
        Value *runs = ir_binary(b, loop->rel, int_, loop->from, loop->to);
        all = all ? ir_binary(b, VAL_LAND, int_, runs, all) : runs;
        if (loop == outermost)
            return all;
    }
}

/* The variable, or what the pointer leads to, that the address is a member of. */
static const Value *struct_of(const Value *address)
{
    for (; address->kind == VAL_FIELD; address = address->args[0])
        continue;
    return address;
}

/* There is something at the address whether the loop runs or not: it is a member of a variable, or of a struct that is
 * accessed before. */
static bool is_there_anyway(const Value *address, const Value *loop)
{
    const Value *base = struct_of(address);
    if (base->kind != VAL_PARAM)
        return base->kind == VAL_PARAM_OBJECT || base->kind == VAL_GLOBAL;
    for (const Value *at = loop; at; at = at->block->owner)
        for (const Value *v = at->prev; v && !may_not_end(v); v = v->prev)
            if ((v->kind == VAL_LOAD || ir_writes_value(v)) && is_fixed_place(v->args[0]) &&
                memory_base(v->args[0]) == base)
                return true;
    return false;
}

static void copy_address(Builder *b, Value *load)
{
    Value *path[MAX_PATH], *address = load->args[0];
    int n = 0;
    for (; !ir_is_leaf(address->kind); address = address->args[0])
        path[n++] = address;
    while (n-- > 0) {
        const Value *step = path[n];
        Value *args[2] = {address, step->nargs > 1 ? step->args[1] : NULL};
        address = ir_new(b, step->kind, step->type, step->nargs, args);
        address->i = step->i;
        address->hint = step->hint;
    }
    load->args[0] = address;
}

/* Moves the load before the loops around it, as far as what it reads stays the same. */
static void move_load_out(Value *load)
{
    Value *loop =
        load->block->owner && type_is_int(load->type) && is_fixed_place(load->args[0]) ? outermost_loop(load) : NULL;
    if (!loop)
        return;
    Function *fn = load->block->function;
    Builder b = {.function = fn, .block = loop->block, .before = loop, .loc = load->loc};
    if (is_there_anyway(load->args[0], loop)) {
        copy_address(&b, load);
        ir_move(load, loop->block, loop);
        return;
    }
    Value *branch = ir_if(&b, all_run(&b, load, loop));
    Builder inside = {.function = fn, .block = branch->blocks[0], .loc = load->loc};
    copy_address(&inside, load);
    ir_move(load, branch->blocks[0], NULL);
    Value *result = ir_if_result(branch, load, ir_int(&b, load->type, 0));
    result->hint = load->hint ? load->hint : name_of(load);
    ir_replace_uses(fn->body, load, result);
    ir_set_yield(branch->blocks[0], 0, load);
}

/* ---- bounds ---- */

/* Moves v out of the loops around it, and branches in them, as far as its operands can be had there. */
static void move_out(Value *v)
{
    if (v->kind == VAL_LOAD)
        move_load_out(v);
    if (!v->block || !is_plain(v))
        return;
    for (int k = 0; k < v->nargs; k++)
        move_out(v->args[k]);
    for (Value *owner = v->block->owner; owner; owner = owner->block->owner) {
        for (int k = 0; k < v->nargs; k++)
            if (!ir_visible(v->args[k], owner->block))
                return;
        if (owner->kind == VAL_LOOP)
            ir_move(v, owner->block, owner);
    }
}

static void hoist_block(Block *block)
{
    for (Value *v = ir_first(block); v; v = ir_next(v, block)) {
        if (v->kind == VAL_LOOP && v->counted) {
            move_out(v->from);
            move_out(v->to);
        }
        for (int k = 0; v->kind == VAL_LOCAL && k < v->nargs; k++)
            move_out(v->args[k]);
    }
}

void bounds_hoist(Function *fn)
{
    memory_mark_private(fn);
    hoist_block(fn->body);
}
