/*
 * ir.c: building the intermediate form: functions, blocks, values in lists, regions with results and carried values.
 * What a pure operation folds to is simplify.c's business.
 */
#include "ir.h"

#include "simplify.h"

#include <limits.h>

Function *ir_new_function(Module *module, const char *name)
{
    Function *fn = ARENA_NEW(Function);
    fn->module = module;
    fn->name = name;
    return fn;
}

unsigned ir_new_walk(Module *module)
{
    return ++module->nwalks;
}

bool ir_first_visit(Function *fn, unsigned walk)
{
    const bool first = fn->walk != walk;
    fn->walk = walk;
    return first;
}

Block *ir_new_block(Function *fn, Value *owner, Block *parent)
{
    Block *block = ARENA_NEW(Block);
    block->function = fn;
    block->owner = owner;
    block->parent = parent;
    return block;
}

static void count_uses(unsigned *uses, Block *block)
{
    for (Use use = ir_first_use(block); use.block; use = ir_next_use(use, block))
        uses[(*ir_used(&use))->id]++;
}

unsigned *ir_count_uses(const Function *fn)
{
    unsigned *uses = ARENA_ARRAY(unsigned, fn->next_id + 1);
    count_uses(uses, fn->body);
    return uses;
}

bool ir_is_wide_cast(const Value *v)
{
    return v->kind == VAL_CAST && type_is_int(v->args[0]->type) && v->type->size >= v->args[0]->type->size;
}

Value *ir_without_pointer_casts(const Value *pointer)
{
    while (pointer->kind == VAL_CAST && type_is_pointer(pointer->args[0]->type))
        pointer = pointer->args[0];
    return (Value *)(uintptr_t)pointer;
}

const Value *ir_without_wide_casts(const Value *v)
{
    while (ir_is_wide_cast(v))
        v = v->args[0];
    return v;
}

int64_t ir_split_offset(const Value *v, const Value **of)
{
    int64_t offset = 0;
    while ((v->kind == VAL_ADD || v->kind == VAL_SUB) && v->args[1]->kind == VAL_INT) {
        offset += v->kind == VAL_ADD ? v->args[1]->i : -v->args[1]->i;
        v = v->args[0];
    }
    *of = v->kind == VAL_INT ? NULL : v;
    return v->kind == VAL_INT ? offset + v->i : offset;
}

bool ir_is_same(const Value *v, const Value *w)
{
    return v == w || (v->kind == VAL_INT && w->kind == VAL_INT && v->i == w->i);
}

bool ir_is_invariant(const Value *v, const Value *loop)
{
    if (ir_visible(v, loop->block))
        return true;
    if (!ir_is_pure(v->kind) || ir_is_leaf(v->kind))
        return false;
    for (int k = 0; k < v->nargs; k++)
        if (!ir_is_invariant(v->args[k], loop))
            return false;
    return true;
}

bool ir_is_in_loop(const Block *block)
{
    for (; block->owner; block = block->parent)
        if (block->owner->kind == VAL_LOOP)
            return true;
    return false;
}

bool ir_is_zero(const Value *v)
{
    return v->kind == VAL_REAL && v->real == 0;
}

bool ir_share_loop(const Block *a, const Block *b, const Block *within)
{
    for (; b != within && b->owner; b = b->parent)
        if (b->owner->kind == VAL_LOOP &&
            (ir_block_inside(a, b->owner->blocks[0]) || ir_block_inside(a, b->owner->blocks[1])))
            return true;
    return false;
}

ValueKind ir_mirrored(ValueKind comparison)
{
    static const ValueKind of[] = {VAL_EQ, VAL_NE, VAL_GT, VAL_GE, VAL_LT, VAL_LE};
    return of[comparison - VAL_EQ];
}

ValueKind ir_opposite(ValueKind comparison)
{
    static const ValueKind of[] = {VAL_NE, VAL_EQ, VAL_GE, VAL_GT, VAL_LE, VAL_LT};
    return of[comparison - VAL_EQ];
}

bool ir_has_opposite(const Value *comparison)
{
    return comparison->kind <= VAL_NE || comparison->args[0]->type->kind != TYPE_REAL;
}

bool ir_have_one_name(const Value *v, const Value *w)
{
    return v->hint && w->hint ? strcmp(v->hint, w->hint) == 0 : v->hint == w->hint;
}

bool ir_is_comparison(ValueKind kind)
{
    return kind >= VAL_EQ && kind <= VAL_GE;
}

bool ir_is_region(const Value *v)
{
    return v->kind == VAL_IF || v->kind == VAL_LOOP;
}

bool ir_continues_address(const Value *v)
{
    return v->kind == VAL_PTRADD || v->kind == VAL_DECAY || v->kind == VAL_FIELD;
}

bool ir_writes_value(const Value *v)
{
    return v->kind == VAL_STORE || v->kind == VAL_ACCUM;
}

const Type *ir_accessed_type(const Value *v)
{
    return v->kind == VAL_LOAD ? v->type : v->args[1]->type;
}

bool ir_writes_memory(const Value *v)
{
    return ir_writes_value(v) || v->kind == VAL_COPY || v->kind == VAL_ZERO;
}

Value *ir_first(const Block *block)
{
    return block ? block->first : NULL;
}

static Value *first_inside(const Value *v)
{
    Value *first = ir_first(v->blocks[0]);
    return first ? first : ir_first(v->blocks[1]);
}

/* What comes after all that is in v; behind what is last in a branch's first block, its other block. */
static Value *next_behind(const Value *v)
{
    const Value *owner = v->block->owner;
    return v->next || !owner || v->block == owner->blocks[1] ? v->next : ir_first(owner->blocks[1]);
}

Value *ir_next(const Value *v, const Block *block)
{
    Value *next = first_inside(v);
    for (; !next && v->block != block; v = v->block->owner)
        next = next_behind(v);
    return next ? next : v->next;
}

Value *ir_next_inside(const Value *w, const Value *v)
{
    Value *next = first_inside(w);
    for (; !next && w != v; w = w->block->owner)
        next = next_behind(w);
    return next;
}

Value **ir_used(const Use *use)
{
    if (!use->user)
        return &use->block->yields[use->arg];
    return use->arg == -1 ? &use->user->from : use->arg == -2 ? &use->user->to : &use->user->args[use->arg];
}

/* The user's next use, or the next that the block hands on. */
static bool next_arg(Use *use)
{
    if (!use->user)
        return ++use->arg < use->block->nyields;
    if (use->arg >= 0 && ++use->arg < use->user->nargs)
        return true;
    use->arg = use->arg >= 0 ? -1 : use->arg - 1;
    return use->user->counted && use->arg >= -2;
}

static bool first_arg(Use *use)
{
    if (!use->user || use->user->nargs)
        return use->arg = 0, !use->user ? use->block->nyields > 0 : true;
    use->arg = -1;
    return use->user->counted;
}

static Use at_start(Block *block)
{
    return (Use){.user = block->first, .block = block};
}

/* The next user, where the end of a block is one. */
static Use next_user(Use use)
{
    if (!use.user) {
        Value *owner = use.block->owner;
        const bool other = use.block == owner->blocks[0] && owner->blocks[1];
        return other ? at_start(owner->blocks[1]) : (Use){.user = owner->next, .block = owner->block};
    }
    for (int k = 0; k < 2; k++)
        if (use.user->blocks[k])
            return at_start(use.user->blocks[k]);
    return (Use){.user = use.user->next, .block = use.block};
}

static Use find_use(Use use, const Block *block)
{
    while (!first_arg(&use)) {
        if (!use.user && use.block == block)
            return (Use){0};
        use = next_user(use);
    }
    return use;
}

Use ir_first_use(Block *block)
{
    return block ? find_use(at_start(block), block) : (Use){0};
}

Use ir_next_use(Use use, const Block *block)
{
    if (next_arg(&use))
        return use;
    return !use.user && use.block == block ? (Use){0} : find_use(next_user(use), block);
}

const Value *ir_in_block(const Block *block, const Value *v)
{
    while (v->block != block)
        v = v->block->owner;
    return v;
}

bool ir_is_behind(const Value *v, const Value *other)
{
    for (const Value *w = other->next; w; w = w->next)
        if (w == v)
            return true;
    return false;
}

bool ir_is_leaf(ValueKind kind)
{
    return kind <= VAL_RESULT;
}

bool ir_is_pure(ValueKind kind)
{
    return kind <= VAL_SIZEOF;
}

/* ---- lists ---- */

static void list_value(Block *block, Value *before, Value *v)
{
    Value *prev = before ? before->prev : block->last;
    v->block = block;
    v->prev = prev;
    v->next = before;
    *(prev ? &prev->next : &block->first) = v;
    *(before ? &before->prev : &block->last) = v;
}

void ir_remove(Value *v)
{
    Block *block = v->block;
    *(v->prev ? &v->prev->next : &block->first) = v->next;
    *(v->next ? &v->next->prev : &block->last) = v->prev;
    v->block = NULL;
    v->prev = v->next = NULL;
}

static Value *make_value(Builder *b, ValueKind kind, Type *type, int nargs, Value **args)
{
    Value *v = ARENA_NEW(Value);
    v->kind = kind;
    v->id = ++b->function->next_id;
    v->type = type_unqualified(type);
    v->loc = b->loc;
    v->hint = b->hint;
    v->adjoint = b->adjoint;
    v->nargs = nargs;
    if (nargs)
        v->args = arena_grow(args, sizeof(Value *) * (size_t)nargs, sizeof(Value *) * (size_t)nargs);
    return v;
}

Value *ir_new(Builder *b, ValueKind kind, Type *type, int nargs, Value **args)
{
    Value *v = make_value(b, kind, type, nargs, args);
    if (!ir_is_leaf(kind))
        list_value(b->block, b->before, v);
    return v;
}

/* ---- leaves ---- */

Value *ir_int(Builder *b, Type *type, int64_t i)
{
    Value *v = ir_new(b, VAL_INT, type, 0, NULL);
    v->i = simplify_wrap(type, i);
    v->hint = NULL;
    return v;
}

Value *ir_real(Builder *b, Type *type, long double x, const char *text)
{
    Value *v = ir_new(b, VAL_REAL, type, 0, NULL);
    v->real = x;
    v->text = text;
    v->hint = NULL;
    return v;
}

Value *ir_string(Builder *b, Type *type, const char *text)
{
    Value *v = ir_new(b, VAL_STRING, type, 0, NULL);
    v->text = text;
    return v;
}

Value *ir_global(Builder *b, Global *g)
{
    Value *v = ir_new(b, VAL_GLOBAL, type_pointer(g->type), 0, NULL);
    v->global = g;
    v->hint = g->name;
    return v;
}

Value *ir_function_address(Builder *b, Function *f)
{
    Value *v = ir_new(b, VAL_FUNCTION, type_pointer(b->function->module->types.void_), 0, NULL);
    v->callee = f;
    return v;
}

/* ---- pure operations ---- */

Value *ir_unary(Builder *b, ValueKind kind, Type *type, Value *x)
{
    Value *folded = simplify_unary(b, kind, type, x);
    return folded ? folded : ir_new(b, kind, type, 1, &x);
}

Value *ir_binary(Builder *b, ValueKind kind, Type *type, Value *x, Value *y)
{
    Value *folded = simplify_binary(b, kind, type, x, y);
    return folded ? folded : ir_new(b, kind, type, 2, (Value *[]){x, y});
}

Value *ir_plus(Builder *b, Value *x, int64_t constant)
{
    if (x->kind == VAL_INT)
        return ir_int(b, x->type, x->i + constant);
    Value *size = ir_int(b, x->type, constant < 0 ? -constant : constant);
    return constant == 0 ? x : ir_binary(b, constant < 0 ? VAL_SUB : VAL_ADD, x->type, x, size);
}

Value *ir_select(Builder *b, Value *condition, Value *x, Value *y)
{
    Value *folded = simplify_select(b, condition, x, y);
    return folded ? folded : ir_new(b, VAL_SELECT, x->type, 3, (Value *[]){condition, x, y});
}

Value *ir_cast(Builder *b, Type *type, Value *x)
{
    Value *folded = simplify_cast(b, type, x);
    return folded ? folded : ir_new(b, VAL_CAST, type, 1, &x);
}

Value *ir_math(Builder *b, const Rule *rule, Type *type, int nargs, Value **args)
{
    Value *v = ir_new(b, VAL_MATH, type, nargs, args);
    v->rule = rule;
    return v;
}

Value *ir_pure_call(Builder *b, Type *type, Function *callee, const char *builtin, int nargs, Value **args)
{
    Value *v = ir_new(b, VAL_PURE_CALL, type, nargs, args);
    v->callee = callee;
    v->text = builtin;
    return v;
}

/* Pointers step by numbers, whatever types these have: p - 3 + 1u is p - 2. */
static Value *sum_of_steps(Builder *b, const Value *x, const Value *y)
{
    const int64_t sum = x->i + y->i;
    const BasicTypes *types = &b->function->module->types;
    const bool fits = sum >= INT_MIN && sum <= INT_MAX;
    return ir_int(b, fits && (sum < 0 || x->type->size < 4) ? types->int_ : fits ? x->type : types->long_, sum);
}

Value *ir_ptradd(Builder *b, Value *pointer, Value *index, Value *scalars_per_element)
{
    if (index->kind == VAL_INT && index->i == 0)
        return pointer;
    /* (p + a) + b with constants becomes p + (a + b) */
    if (index->kind == VAL_INT && pointer->kind == VAL_PTRADD && pointer->args[1]->kind == VAL_INT &&
        pointer->nargs == 2 && !scalars_per_element)
        return ir_ptradd(b, pointer->args[0], sum_of_steps(b, index, pointer->args[1]), NULL);
    Value *args[] = {pointer, index, scalars_per_element};
    return ir_new(b, VAL_PTRADD, pointer->type, scalars_per_element ? 3 : 2, args);
}

Value *ir_ptrdiff(Builder *b, Type *type, Value *p, Value *q, Value *scalars_per_element)
{
    Value *args[] = {p, q, scalars_per_element};
    if (p->kind == VAL_PTRADD && p->nargs == 2 && p->args[0] == q && !scalars_per_element) /* q + n - q */
        return ir_cast(b, type, p->args[1]);
    return ir_new(b, VAL_PTRDIFF, type, scalars_per_element ? 3 : 2, args);
}

Value *ir_field(Builder *b, Value *record_address, int field)
{
    const Record *record = record_address->type->to->record;
    Value *v = ir_new(b, VAL_FIELD, type_pointer(record->fields[field].type), 1, &record_address);
    v->i = field;
    return v;
}

Value *ir_decay(Builder *b, Value *array_address)
{
    return ir_new(b, VAL_DECAY, type_pointer(array_address->type->to->to), 1, &array_address);
}

Value *ir_sizeof(Builder *b, Type *of, uint64_t value)
{
    Value *v = ir_new(b, VAL_SIZEOF, b->function->module->types.size, 0, NULL);
    v->i = (int64_t)value;
    v->aux_type = of;
    return v;
}

/* ---- memory ---- */

static Type *void_type(const Builder *b)
{
    return b->function->module->types.void_;
}

Value *ir_local(Builder *b, Type *object, int nextents, Value **extents, const char *name)
{
    Value *v = ir_new(b, VAL_LOCAL, type_pointer(object), nextents, extents);
    v->hint = name;
    return v;
}

Value *ir_load(Builder *b, Value *address)
{
    return ir_new(b, VAL_LOAD, address->type->to, 1, &address);
}

Value *ir_store(Builder *b, Value *address, Value *x)
{
    return ir_new(b, VAL_STORE, void_type(b), 2, (Value *[]){address, x});
}

Value *ir_accum(Builder *b, Value *address, Value *x)
{
    return ir_new(b, VAL_ACCUM, void_type(b), 2, (Value *[]){address, x});
}

static const char volatile_access[] = "volatile";

Value *ir_volatile(Builder *b, Value *address, Value *x)
{
    Value *v =
        ir_new(b, VAL_CALL, x ? void_type(b) : type_unqualified(address->type->to), x ? 2 : 1, (Value *[]){address, x});
    v->text = volatile_access;
    return v;
}

bool ir_is_volatile(const Value *v)
{
    return v->kind == VAL_CALL && v->text == volatile_access;
}

Value *ir_copy(Builder *b, Value *to, Value *from)
{
    return ir_new(b, VAL_COPY, void_type(b), 2, (Value *[]){to, from});
}

Value *ir_call(Builder *b, Type *result, Function *callee, int nargs, Value **args)
{
    Value *v = ir_new(b, VAL_CALL, result, nargs, args);
    v->callee = callee;
    return v;
}

/* ---- regions ---- */

static Value *open_region(Builder *b, ValueKind kind, int nargs, Value **args)
{
    Value *region = ir_new(b, kind, void_type(b), nargs, args);
    for (int k = 0; k < 2; k++)
        region->blocks[k] = ir_new_block(b->function, region, region->block);
    region->hint = NULL;
    return region;
}

/* A leaf that belongs to a region: made without a builder. */
static Value *region_leaf(Value *region, ValueKind kind, Type *type, int index)
{
    Builder b = {.function = region->block->function, .loc = region->loc, .adjoint = region->adjoint};
    Value *v = ir_new(&b, kind, type, 0, NULL);
    v->region = region;
    v->i = index;
    return v;
}

/* There is room up to the next power of two, for each list that begins here. */
static void append_to(Value ***list, int *count, Value *v)
{
    const size_t size = sizeof(Value *) * (size_t)*count;
    if ((*count & (*count - 1)) == 0)
        *list = arena_grow(*list, size, size ? 2 * size : sizeof(Value *));
    (*list)[(*count)++] = v;
}

void ir_set_yield(Block *block, int index, Value *x)
{
    while (block->nyields <= index)
        append_to(&block->yields, &block->nyields, NULL);
    block->yields[index] = x;
}

Value *ir_if(Builder *b, Value *condition)
{
    return open_region(b, VAL_IF, 1, &condition);
}

Value *ir_if_result(Value *region, Value *x, Value *y)
{
    const int index = region->nresults;
    Value *result = region_leaf(region, VAL_RESULT, x->type, index);
    result->hint = x->hint ? x->hint : y->hint;
    append_to(&region->results, &region->nresults, result);
    ir_set_yield(region->blocks[0], index, x);
    ir_set_yield(region->blocks[1], index, y);
    return result;
}

Value *ir_loop(Builder *b)
{
    return open_region(b, VAL_LOOP, 0, NULL);
}

Value *ir_count(Builder *b, Value *from, ValueKind rel, Value *to, int64_t step)
{
    Value *loop = ir_loop(b);
    loop->counted = true;
    loop->blocks[0] = NULL;
    loop->from = from;
    loop->to = to;
    loop->step = step;
    loop->rel = rel;
    Builder inside = ir_inside(b, loop);
    loop->counter = ir_new(&inside, VAL_COUNTER, from->type, 0, NULL);
    loop->counter->region = loop;
    return loop;
}

Builder ir_inside(const Builder *b, const Value *loop)
{
    Builder inside = *b;
    inside.block = loop->blocks[1];
    inside.before = NULL;
    return inside;
}

void ir_set_condition(Value *loop, Value *condition)
{
    ir_set_yield(loop->blocks[0], 0, condition);
}

Value *ir_loop_carry(Value *loop, Value *init)
{
    const int index = loop->nresults;
    int ncarried = index;
    Value *carried = region_leaf(loop, VAL_CARRIED, init->type, index);
    Value *result = region_leaf(loop, VAL_RESULT, init->type, index);
    carried->hint = result->hint = init->hint;
    append_to(&loop->results, &loop->nresults, result);
    append_to(&loop->carried, &ncarried, carried);
    append_to(&loop->args, &loop->nargs, init);
    ir_set_yield(loop->blocks[1], index, carried);
    return carried;
}

void ir_set_next(Value *loop, int index, Value *next)
{
    ir_set_yield(loop->blocks[1], index, next);
}

/* ---- replacement ---- */

void ir_move(Value *v, Block *block, Value *before)
{
    ir_remove(v);
    v->block = block;
    v->next = before;
    v->prev = before ? before->prev : block->last;
    *(v->prev ? &v->prev->next : &block->first) = v;
    *(before ? &before->prev : &block->last) = v;
    for (int k = 0; k < 2; k++)
        if (v->blocks[k])
            v->blocks[k]->parent = block;
}

void ir_replace_uses(Block *block, const Value *old, Value *by)
{
    for (Use use = ir_first_use(block); use.block; use = ir_next_use(use, block))
        if (*ir_used(&use) == old)
            *ir_used(&use) = by;
}

/* ---- scope ---- */

bool ir_block_inside(const Block *inner, const Block *outer)
{
    for (; inner; inner = inner->parent)
        if (inner == outer)
            return true;
    return false;
}

const Block *ir_scope(const Value *v)
{
    switch (v->kind) {
    case VAL_RESULT:
        return v->region->block;
    case VAL_CARRIED:
    case VAL_COUNTER:
        return v->region->blocks[1];
    default:
        return v->block;
    }
}

bool ir_visible(const Value *v, const Block *from)
{
    const Block *scope = ir_scope(v);
    if (!scope || ir_block_inside(from, scope))
        return true;
    return (v->kind == VAL_CARRIED || v->kind == VAL_COUNTER) && ir_block_inside(from, v->region->blocks[0]);
}
