/*
 * split_shadows.c: recursive functions that write pointers to memory, or give memory back (split.h).
 *
 * The reverse half of a function that only follows pointers finds the adjoints' pointers where they were. Where
 * pointers change as the functions run, a list that is turned around, a tree that grows, only the forward half comes to
 * them in time: it is given adjoints, too, goes along with shadow pointers as any derivative's forward sweep does, and
 * keeps on a tape what the reverse half needs of them. The shadow of a pointer that it returns goes by a parameter:
 *
 *     struct node *insert_forward(struct node *root, double key, struct node *root_bar,
 *                                 struct node **insert_bar, adgen_tape *tape)
 *
 * What the functions allocate, and give back, stays until the reverse sweep comes to where it was allocated. A function
 * that does nothing but give memory back has nothing left to do then.
 */
#include "heap.h"
#include "split.h"

/* ---- do pointers move? ---- */

static bool runs_behind_call(const Split *split, const Value *v)
{
    const Block *body = split->caller->body;
    for (const Value *call = ir_first(body); call; call = ir_next(call, body)) {
        if (!split_takes(call))
            continue;
        const Block *common = call->block;
        while (!ir_block_inside(v->block, common))
            common = common->parent;
        if (ir_is_in_loop(common) || ir_is_behind(ir_in_block(common, v), ir_in_block(common, call)))
            return true;
    }
    return false;
}

static bool gives_pointer(const Part *part)
{
    const Type *result = part->function->result;
    return type_is_pointer(result) && type_may_lead_to_real(result->to);
}

bool split_find_pointers_move(const Split *split)
{
    for (size_t k = 0; k < split->parts.count; k++) {
        const Part *part = split->parts.at[k];
        const Block *body = part->work->body;
        if (gives_pointer(part))
            return true;
        for (const Value *v = ir_first(body); v; v = ir_next(v, body))
            if (split_writes_pointer(v))
                return true;
    }
    const Block *body = split->caller->body;
    for (const Value *v = ir_first(body); v; v = ir_next(v, body))
        if (split_writes_pointer(v) && runs_behind_call(split, v))
            return true;
    return false;
}

/* ---- which adjoints the forward halves are given ---- */

/* Does the shadow of a pointer go elsewhere by this use, or where another pointer is read or written? */
static bool is_followed(const Split *split, const Use *use)
{
    const Value *v = use->user;
    if (!v || use->arg < 0)
        return true;
    switch (v->kind) {
    case VAL_PTRADD:
    case VAL_FIELD:
    case VAL_DECAY:
    case VAL_CAST:
    case VAL_SELECT:
    case VAL_EQ:
    case VAL_NE:
        return false; /* what is done with that counts */
    case VAL_LOAD:
        return type_is_pointer(v->type);
    case VAL_STORE:
        return use->arg == 1 || type_is_pointer(v->args[1]->type);
    case VAL_ACCUM:
        return false;
    case VAL_CALL:
        if (split_takes(v))
            return use->arg < v->callee->nparams && split_part_of(split, v->callee)->follows[use->arg];
        return !call_has_rule(v) && !heap_role(v);
    default:
        return true;
    }
}

static bool note_followed(const Split *split, Part *part)
{
    bool changed = false;
    Block *body = part->work->body;
    for (Use use = ir_first_use(body); use.block; use = ir_next_use(use, body)) {
        const Value *used = *ir_used(&use);
        if (!type_is_pointer(used->type) || !is_followed(split, &use))
            continue;
        for (int k = 0; k < part->function->nparams; k++) {
            const Value *param = part->work->params[k].value;
            if (!part->follows[k] && type_is_pointer(param->type) && memory_may_come_from(used, param))
                part->follows[k] = changed = true;
        }
    }
    return changed;
}

void split_find_followed(const Split *split)
{
    for (size_t k = 0; k < split->parts.count; k++)
        split->parts.at[k]->follows = ARENA_ARRAY(bool, split->parts.at[k]->function->nparams + 1);
    bool changed = split->pointers_move;
    while (changed) {
        changed = false;
        for (size_t k = 0; k < split->parts.count; k++)
            changed |= note_followed(split, split->parts.at[k]);
    }
}

/* ---- functions whose reverse does nothing ---- */

static bool has_reverse(const Split *split, const Activity *a, const Value *v)
{
    if (split_takes(v)) {
        const Part *callee = split_part_of(split, v->callee);
        return split_is_active(callee) && (activity_is_active(a, v) || !callee->is_quiet);
    }
    if (ir_writes_value(v) && type_is_real(v->args[1]->type) && activity_is_active_memory(a, v->args[0]))
        return true;
    return call_has_rule(v) || activity_is_active(a, v) ||
           (heap_role(v) == HEAP_ALLOC && activity_leads_to_active(a, v));
}

static bool part_has_reverse(const Split *split, Part *part)
{
    const Activity *a = activity_probe(part->work, &part->request);
    const Block *body = part->work->body;
    for (int k = 0; k < body->nyields; k++) /* a parameter, perhaps */
        if (activity_is_active(a, body->yields[k]))
            return true;
    for (const Value *v = ir_first(body); v; v = ir_next(v, body))
        if (has_reverse(split, a, v))
            return true;
    return false;
}

void split_find_quiet(const Split *split)
{
    bool changed = split->pointers_move || split->gives_back;
    for (size_t k = 0; changed && k < split->parts.count; k++)
        split->parts.at[k]->is_quiet = split_is_active(split->parts.at[k]);
    while (changed) {
        changed = false;
        for (size_t k = 0; k < split->parts.count; k++) {
            Part *part = split->parts.at[k];
            if (part->is_quiet && part_has_reverse(split, part)) {
                part->is_quiet = false;
                changed = true;
            }
        }
    }
}

/* ---- functions that have nothing left to do ---- */

static Part *idle_part(const Split *split, const Value *call)
{
    const bool is_forward =
        call->kind == VAL_CALL && call->callee && call->callee->is_part && !call->callee->is_reverse_part;
    Part *part = is_forward ? split_part_of(split, call->callee->primal) : NULL;
    return part && part->is_idle ? part : NULL;
}

static bool has_work(const Split *split, const Block *body)
{
    for (const Value *v = ir_first(body); v; v = ir_next(v, body))
        if (!ir_is_region(v) && memory_has_effect(v) && !idle_part(split, v))
            return true;
    return false;
}

static void drop_idle_calls(const Split *split, Function *half)
{
    for (Value *v = ir_first(half->body), *next; v; v = next) {
        next = ir_next(v, half->body);
        if (idle_part(split, v))
            ir_remove(v);
    }
    dead_remove(half);
}

void split_drop_idle(const Split *split)
{
    bool changed = false;
    for (size_t k = 0; k < split->parts.count; k++) {
        Part *part = split->parts.at[k];
        part->is_idle = part->is_quiet && part->function->result->kind == TYPE_VOID;
        changed |= part->is_idle;
    }
    while (changed) {
        changed = false;
        for (size_t k = 0; k < split->parts.count; k++) {
            Part *part = split->parts.at[k];
            if (part->is_idle && has_work(split, part->forward->body)) {
                part->is_idle = false;
                changed = true;
            }
        }
    }
    for (size_t k = 0; k < split->parts.count; k++)
        if (split_is_active(split->parts.at[k]) && !split->parts.at[k]->is_idle)
            drop_idle_calls(split, split->parts.at[k]->forward);
}
