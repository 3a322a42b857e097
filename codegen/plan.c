/*
 * plan.c: which values are printed inside the expression of their user, and which get a line of their own.
 *
 * A value with one user moves down into the user's expression. That is right where its operands are still the same
 * there (coalesce.c sees to that) and, for a load, where nothing between the two places writes what it reads; and it is
 * good where it does not put work into a loop, does not drag a value past a whole loop or branch, and where the
 * expression does not become too wide. Addresses and small index expressions are printed at each of their uses.
 *
 * The walk goes backwards, so that when it meets a value it has seen all lines that print it. Widths are added up
 * forwards afterwards; what is too wide gives up its widest operand, which then has a line of its own.
 */
#include "plan.h"

enum { MAX_EFFECTS = 64, INDEX_WIDTH = 15, ADDRESS_WIDTH = 34 };

/* A line that prints an operand. */
typedef struct {
    unsigned pos;
    const Block *block;  /* of that position */
    const Block *around; /* of all lines, where there are several */
    unsigned weight;     /* how many they are */
    bool by_yield;
    /* Evaluated more than once, or later than it seems: a loop's bound, a declaration's extents. */
    bool again_and_again;
} Reader;

/* ---- questions about the tree ---- */

Note *note_of(const Plan *plan, const Value *v)
{
    return &plan->notes[v->id];
}

static int block_number(const Block *block)
{
    return block == block->owner->blocks[1];
}

unsigned block_begin(const Plan *plan, const Block *block)
{
    return block->owner ? note_of(plan, block->owner)->begin[block_number(block)] : 0;
}

unsigned block_stop(const Plan *plan, const Block *block)
{
    return block->owner ? note_of(plan, block->owner)->stop[block_number(block)] : plan->body_stop;
}

static int depth_of(const Block *block)
{
    int depth = 0;
    for (; block->parent; block = block->parent)
        depth++;
    return depth;
}

const Block *common_block(const Block *a, const Block *b)
{
    int depth_a = depth_of(a), depth_b = depth_of(b);
    for (; depth_a > depth_b; depth_a--)
        a = a->parent;
    for (; depth_b > depth_a; depth_b--)
        b = b->parent;
    for (; a != b; a = a->parent)
        b = b->parent;
    return a;
}

const Value *statement_in(const Block *block, const Block *inner, const Value *v)
{
    for (; inner != block; inner = inner->parent)
        v = inner->owner;
    return v;
}

const Value *loop_around(const Block *block)
{
    for (; block->owner; block = block->parent)
        if (block->owner->kind == VAL_LOOP)
            return block->owner;
    return NULL;
}

bool is_operator_result(const Plan *plan, const Value *v)
{
    return v->kind == VAL_RESULT && note_of(plan, v->region)->expression;
}

bool is_folded(const Plan *plan, const Value *v)
{
    if (ir_is_leaf(v->kind) && !is_operator_result(plan, v))
        return false;
    return note_of(plan, v)->place == PLACE_FOLD;
}

bool block_is_folded(const Plan *plan, const Block *block)
{
    for (const Value *v = block->first; v; v = v->next)
        if (note_of(plan, v)->place != PLACE_FOLD && note_of(plan, v)->place != PLACE_NONE)
            return false;
    return true;
}

bool is_boolean(const Plan *plan, const Value *v)
{
    if (v->type->is_bool || (v->kind >= VAL_EQ && v->kind <= VAL_LOR) ||
        (v->kind == VAL_INT && (v->i == 0 || v->i == 1)))
        return true;
    if (v->kind == VAL_CAST)
        return v->type->kind == TYPE_INT && is_boolean(plan, v->args[0]);
    if (is_operator_result(plan, v))
        return is_boolean(plan, v->region->blocks[0]->yields[0]) && is_boolean(plan, v->region->blocks[1]->yields[0]);
    return false;
}

/* ---- positions ---- */

static unsigned number_block(Plan *plan, const Block *block, unsigned pos);

static unsigned number_region(Plan *plan, const Value *v, unsigned pos)
{
    Note *note = note_of(plan, v);
    if (v->kind == VAL_LOOP)
        pos++;
    for (int k = 0; k < 2; k++) {
        if (!v->blocks[k])
            continue;
        note->begin[k] = pos;
        pos = number_block(plan, v->blocks[k], pos + 1);
        note->stop[k] = pos - 1;
    }
    note->end = pos;
    return pos + 1;
}

static unsigned number_block(Plan *plan, const Block *block, unsigned pos)
{
    for (const Value *v = block->first; v; v = v->next) {
        note_of(plan, v)->pos = pos++;
        if (ir_is_region(v))
            pos = number_region(plan, v, pos);
    }
    return pos + 1;
}

static void index_positions(Plan *plan, const Block *block)
{
    for (const Value *v = ir_first(block); v; v = ir_next(v, block)) {
        plan->at[note_of(plan, v)->pos] = v;
    }
}

/* ---- the walk backwards ---- */

static void use(Walk *walk, const Value *v, const Reader *by)
{
    Note *note = note_of(walk->plan, v);
    if (!note->uses || by->pos < note->first) {
        note->first = by->pos;
        note->first_block = by->block;
    }
    note->around = note->around ? common_block(note->around, by->around) : by->around;
    note->uses += by->weight;
    note->by_yield |= by->by_yield;
    note->again_and_again |= by->again_and_again;
    note->keep |= by->again_and_again && !ir_continues_address(v) && v->kind != VAL_CAST && v->kind != VAL_ADD &&
                  v->kind != VAL_SUB && v->kind != VAL_MUL && v->kind != VAL_SIZEOF;
}

static Reader use_at(unsigned pos, const Block *block)
{
    return (Reader){.pos = pos, .block = block, .around = block, .weight = 1};
}

static void leave_position(Walk *walk, unsigned pos)
{
    walk->effects_at[pos] = (unsigned)walk->effects.count;
    walk->closed_at[pos] = walk->closed;
}

static bool is_clobbered(const Walk *walk, const Value *load, unsigned root)
{
    const size_t first = walk->effects_at[root];
    if (walk->effects.count - first > MAX_EFFECTS)
        return true;
    for (size_t k = first; k < walk->effects.count; k++) {
        const Value *effect = walk->effects.at[k];
        if (effect->kind == VAL_FREE || memory_clobbers(effect, load->args[0]))
            return true;
    }
    return false;
}

static bool loads_are_clobbered(const Walk *walk, const Block *block, unsigned root)
{
    for (const Value *v = block->first; v; v = v->next) {
        if (v->kind == VAL_LOAD && is_clobbered(walk, v, root))
            return true;
        if (v->kind == VAL_IF &&
            (loads_are_clobbered(walk, v->blocks[0], root) || loads_are_clobbered(walk, v->blocks[1], root)))
            return true;
    }
    return false;
}

/* i + 1, n - 1, i + k, n > 0, p != NULL: says more than a name for it does. */
static bool is_short(const Value *v)
{
    for (int k = 0; k < v->nargs; k++) {
        const Value *arg = v->args[k];
        if (type_is_real(arg->type) || !(ir_is_leaf(arg->kind) && arg->kind != VAL_CARRIED && arg->kind != VAL_RESULT))
            return false;
    }
    return true;
}

/* sqrt(2.0), which compilers know. */
static bool is_constant_call(const Value *v)
{
    for (int k = 0; k < v->nargs; k++)
        if (v->args[k]->kind != VAL_REAL && v->args[k]->kind != VAL_INT)
            return false;
    return true;
}

/* May be printed at several places, or inside a loop that it stands before. */
static bool is_repeatable(const Plan *plan, const Value *v)
{
    const Note *note = note_of(plan, v);
    if (v->kind == VAL_DECAY && memory_base(v->args[0])->kind != VAL_LOAD && v->args[0]->kind != VAL_FIELD)
        return true; /* the array's own name */
    const bool is_plain_cast = v->kind == VAL_CAST && v->adjoint && ir_is_leaf(v->args[0]->kind);
    if (v->hint && !is_plain_cast && (note->uses > 1 || note->indexed || v->type->kind == TYPE_INT))
        return false;
    switch (v->kind) {
    case VAL_FIELD:
    case VAL_DECAY:
    case VAL_SIZEOF:
        return true;
    case VAL_MATH:
        return is_constant_call(v);
    case VAL_PTRADD:
        return note->width <= ADDRESS_WIDTH && !note->by_yield && (note->uses <= 1 || !note->indexed);
    case VAL_CAST:
        if (v->type->kind == TYPE_POINTER)
            return v->args[0]->type->kind == TYPE_POINTER;
        return v->type->kind == TYPE_INT && v->args[0]->type->kind == TYPE_INT &&
               (ir_is_leaf(v->args[0]->kind) || converts_silently(v->args[0]->type, v->type));
    case VAL_EQ:
    case VAL_NE:
    case VAL_LT:
    case VAL_LE:
    case VAL_GT:
    case VAL_GE:
        return note->width <= INDEX_WIDTH && !note->by_yield && is_short(v);
    case VAL_ADD:
    case VAL_SUB:
        return v->type->kind == TYPE_INT && note->width <= INDEX_WIDTH && !note->by_yield &&
               (note->uses <= 2 || is_short(v));
    case VAL_MUL:
    case VAL_NEG:
        return v->type->kind == TYPE_INT && note->width <= INDEX_WIDTH && note->uses <= 2 && !note->by_yield;
    default:
        return false;
    }
}

/* The place of a computation that stands in `block`; `region` where it is a branch printed as an operator. */
static Place choose_place(const Walk *walk, const Value *v, const Block *block, const Value *region)
{
    const Note *note = note_of(walk->plan, v);
    if (!note->uses)
        return PLACE_NONE;
    if (has_run_time_extent(v) && !note->yielded && ir_continues_address(v) && is_declared_path(walk->plan, v))
        return PLACE_FOLD;
    if (note->keep)
        return PLACE_NAME;
    if (note->uses > 1)
        return is_repeatable(walk->plan, v) ? PLACE_FOLD : PLACE_NAME;
    if (note->by_yield && !(note->sunk && note->first_block == block))
        return PLACE_NAME;
    if (loop_around(note->first_block) != loop_around(block) || walk->closed != walk->closed_at[note->first])
        return is_repeatable(walk->plan, v) ? PLACE_FOLD : PLACE_NAME;
    if (v->kind == VAL_LOAD && is_clobbered(walk, v, note->first))
        return PLACE_NAME;
    if (region && (loads_are_clobbered(walk, region->blocks[0], note->first) ||
                   loads_are_clobbered(walk, region->blocks[1], note->first)))
        return PLACE_NAME;
    return PLACE_FOLD;
}

/* The line, or lines, that print the operands of a computation. */
static Reader use_by(const Walk *walk, const Value *v, unsigned pos, const Block *block)
{
    const Note *note = note_of(walk->plan, v);
    if (note->place != PLACE_FOLD)
        return use_at(pos, block);
    return (Reader){.pos = note->first,
                    .block = note->first_block,
                    .around = note->around,
                    .weight = note->uses,
                    .again_and_again = note->again_and_again};
}

/* y + (i - c), where lanes go on from: clang sees that they are neighbours only behind a pointer. */
static bool begins_lanes(const Value *pointer, const Value *index)
{
    return index->kind == VAL_COUNTER && index->region->over_lanes && pointer->kind == VAL_PTRADD &&
           !ir_is_leaf(pointer->args[1]->kind);
}

static void use_operands(Walk *walk, const Value *v, const Reader *by)
{
    const bool is_step = v->kind == VAL_PTRADD;
    for (int k = 0; k < (is_step ? 2 : v->nargs); k++)
        use(walk, v->args[k], by);
    if (is_step && v->nargs > 2 && !is_declared_path(walk->plan, v))
        use(walk, v->args[2], by);
    if (is_step && note_of(walk->plan, v)->place == PLACE_FOLD)
        note_of(walk->plan, v->args[0])->indexed = true;
    if (is_step && begins_lanes(v->args[0], v->args[1]))
        note_of(walk->plan, v->args[0])->keep = true;
}

/* What a variable is declared with. */
static void use_extents(Walk *walk, const Value *variable, unsigned pos, const Block *block)
{
    const Rows *rows = note_of(walk->plan, variable)->rows;
    Reader by = use_at(pos, block);
    by.again_and_again = true;
    for (int k = 0; rows && k < rows->count; k++)
        use(walk, rows->extents[k], &by);
}

static void walk_block(Walk *walk, const Block *block);

static void walk_computation(Walk *walk, const Value *v, const Reader *forced)
{
    Note *note = note_of(walk->plan, v);
    if (forced)
        note->place = note->uses ? PLACE_FOLD : PLACE_NONE;
    else
        note->place = choose_place(walk, v, v->block, NULL);
    if (note->place == PLACE_NONE)
        return;
    const Reader by = forced ? *forced : use_by(walk, v, note->pos, v->block);
    use_operands(walk, v, &by);
    if (note->place == PLACE_NAME)
        use_extents(walk, v, note->pos, v->block);
}

/* A branch inside an expression: what it holds is printed where its result is. */
static void walk_operator(Walk *walk, const Value *region, const Reader *forced)
{
    Note *note = note_of(walk->plan, region), *result = note_of(walk->plan, region->results[0]);
    if (forced)
        result->place = result->uses ? PLACE_FOLD : PLACE_NONE;
    else
        result->place = choose_place(walk, region->results[0], region->block, region);
    note->place = result->place;
    if (result->place == PLACE_NONE)
        return;
    const Reader by = forced ? *forced : use_by(walk, region->results[0], note->pos, region->block);
    for (int b = 1; b >= 0; b--) {
        use(walk, region->blocks[b]->yields[0], &by);
        for (const Value *v = region->blocks[b]->last; v; v = v->prev) {
            if (v->kind == VAL_IF)
                walk_operator(walk, v, &by);
            else
                walk_computation(walk, v, &by);
        }
    }
    use(walk, region->args[0], &by);
}

static void walk_yields(Walk *walk, const Block *block)
{
    const unsigned stop = block_stop(walk->plan, block);
    const bool is_if = block->owner && block->owner->kind == VAL_IF;
    leave_position(walk, stop);
    Reader by = use_at(stop, block);
    by.by_yield = is_if || (block->owner && block == block->owner->blocks[1]);
    for (int k = 0; k < block->nyields; k++)
        if (!is_if || note_of(walk->plan, block->owner->results[k])->uses)
            use(walk, block->yields[k], &by);
}

static void walk_loop(Walk *walk, const Value *loop)
{
    const Note *note = note_of(walk->plan, loop);
    walk->closed++;
    walk_block(walk, loop->blocks[1]);
    if (loop->blocks[0])
        walk_block(walk, loop->blocks[0]);
    leave_position(walk, note->pos + 1);
    leave_position(walk, note->pos);
    Reader by = use_at(note->pos + 1, loop->block);
    if (loop->counted) {
        by.again_and_again = !loop->reversed;
        use(walk, loop->to, &by);
        by.again_and_again = loop->reversed;
        use(walk, loop->from, &by);
    }
    by = use_at(note->pos, loop->block);
    by.by_yield = true;
    use_operands(walk, loop, &by);
    for (int k = 0; k < loop->nresults; k++)
        use_extents(walk, loop->carried[k], note->pos, loop->block);
}

static void walk_if(Walk *walk, const Value *region)
{
    const unsigned pos = note_of(walk->plan, region)->pos;
    walk->closed++;
    walk_block(walk, region->blocks[1]);
    walk_block(walk, region->blocks[0]);
    leave_position(walk, pos);
    const Reader by = use_at(pos, region->block);
    use_operands(walk, region, &by);
}

/* A tape takes bytes: what is pushed must be in memory. */
static void keep_pushed(Walk *walk, const Value *pushed)
{
    const bool has_address = pushed->kind == VAL_LOAD && pushed->args[0]->kind != VAL_FIELD;
    note_of(walk->plan, pushed)->keep |= !has_address;
}

static void walk_effect(Walk *walk, const Value *v)
{
    Note *note = note_of(walk->plan, v);
    const bool has_value = v->kind == VAL_POP || v->kind == VAL_ALLOC || (v->kind == VAL_CALL && note->uses);
    note->place = has_value ? PLACE_NAME : PLACE_STATEMENT;
    if (v->kind != VAL_LOCAL && v->kind != VAL_ALLOC && v->kind != VAL_TAPE)
        vec_push(&walk->effects, v);
    leave_position(walk, note->pos);
    Reader by = use_at(note->pos, v->block);
    by.again_and_again = v->kind == VAL_LOCAL;
    use_operands(walk, v, &by);
    if (v->kind == VAL_PUSH)
        keep_pushed(walk, v->args[1]);
}

static void walk_value(Walk *walk, const Value *v)
{
    Note *note = note_of(walk->plan, v);
    leave_position(walk, note->pos);
    if (note->expression) {
        walk_operator(walk, v, NULL);
    } else if (v->kind == VAL_LOOP) {
        note->place = PLACE_STATEMENT;
        walk_loop(walk, v);
    } else if (v->kind == VAL_IF) {
        note->place = PLACE_STATEMENT;
        walk_if(walk, v);
    } else if (plan_is_computation(walk->plan, v)) {
        walk_computation(walk, v, NULL);
    } else {
        walk_effect(walk, v);
    }
}

static void walk_block(Walk *walk, const Block *block)
{
    walk_yields(walk, block);
    for (const Value *v = block->last; v; v = v->prev)
        walk_value(walk, v);
}

/* ---- what is too wide ---- */

static bool is_inside_operator(const Plan *plan, const Value *v)
{
    return v->block && v->block->owner && note_of(plan, v->block->owner)->expression;
}

/* The widest operand that could have a line of its own, looked for through addresses, whose indices it may be. */
static const Value *widest_operand(const Plan *plan, const Value *v)
{
    const Value *widest = NULL;
    for (int k = 0; k < v->nargs; k++) {
        const Value *arg = v->args[k];
        if (!is_folded(plan, arg) || is_inside_operator(plan, arg) || is_operator_result(plan, arg))
            continue;
        if (ir_continues_address(arg) || arg->kind == VAL_CAST)
            arg = widest_operand(plan, arg);
        if (arg && (!widest || note_of(plan, arg)->width > note_of(plan, widest)->width))
            widest = arg;
    }
    return widest;
}

/* Only loads and names that are added up. */
static bool is_plain_sum(const Plan *plan, const Value *v)
{
    for (int k = 0; k < v->nargs && v->kind == VAL_ADD; k++) {
        const Value *arg = v->args[k];
        if (is_folded(plan, arg) && arg->kind != VAL_LOAD && !is_plain_sum(plan, arg))
            return false;
    }
    return v->kind == VAL_ADD;
}

/* What is on a line of its own: a whole statement, or what a variable is declared with. */
static int room_for(const Plan *plan, const Value *v, int indent)
{
    enum { SEMICOLON = 1, DECLARATION = 18, SUM_LINES = 3 };
    if (is_plain_sum(plan, v)) /* which reads well over several lines */
        return SUM_LINES * EXPRESSION_WIDTH;
    if (ir_writes_value(v))
        return LINE_WIDTH - indent - SEMICOLON;
    const int room = LINE_WIDTH - indent - DECLARATION;
    return room < EXPRESSION_WIDTH ? room : EXPRESSION_WIDTH;
}

static void fit_value(Plan *plan, const Value *v, int indent)
{
    Note *note = note_of(plan, v);
    note->width = plan_width(plan, v);
    while (note->width > room_for(plan, v, indent)) {
        const Value *widest = widest_operand(plan, v);
        if (!widest || note_of(plan, widest)->width <= INDEX_WIDTH)
            return;
        note_of(plan, widest)->place = PLACE_NAME;
        for (int k = 0; k < v->nargs; k++)
            if (is_folded(plan, v->args[k]))
                note_of(plan, v->args[k])->width = plan_width(plan, v->args[k]);
        note->width = plan_width(plan, v);
    }
}

static void fit_block(Plan *plan, const Block *block, int indent)
{
    for (const Value *v = block->first; v; v = v->next) {
        for (int k = 0; k < 2; k++)
            if (v->blocks[k])
                fit_block(plan, v->blocks[k], indent + INDENT);
        if (note_of(plan, v)->expression)
            note_of(plan, v->results[0])->width = plan_width(plan, v->results[0]);
        else if (!ir_is_region(v))
            fit_value(plan, v, indent);
    }
}

/* ---- */

static void forget(Plan *plan)
{
    for (unsigned id = 0; id <= plan->fn->next_id; id++) {
        const Note *note = &plan->notes[id];
        plan->notes[id] = (Note){.sunk = note->sunk, .chosen = note->chosen};
    }
}

/* Needs legal IR. Leaves `place`, `pos`, `width` and the uses of every note true. Called again after values were sunk.
 */
void plan_function(Plan *plan, const Function *fn)
{
    plan->fn = fn;
    if (!plan->notes)
        plan->notes = ARENA_ARRAY(Note, fn->next_id + 1);
    forget(plan);
    plan->npositions = number_block(plan, fn->body, 1);
    plan->body_stop = plan->npositions - 1;
    plan->at = ARENA_ARRAY(const Value *, plan->npositions + 1);
    index_positions(plan, fn->body);
    Walk walk = {.plan = plan};
    walk.raw_uses = ARENA_ARRAY(unsigned, fn->next_id + 1);
    walk.effects_at = ARENA_ARRAY(unsigned, plan->npositions + 1);
    walk.closed_at = ARENA_ARRAY(unsigned, plan->npositions + 1);
    plan_count_raw_uses(&walk, fn->body);
    plan_find_written(plan, fn->body);
    plan_find_const(plan, fn->body);
    plan_find_rows(plan, fn->body);
    plan_measure(&walk, fn->body, false);
    walk_block(&walk, fn->body);
    fit_block(plan, fn->body, INDENT);
}
