/*
 * values.c: global value numbering on the tree of blocks. Equal pure values become the first of them that is in scope;
 * a load becomes what was last stored to, or loaded from, its address; branches on what is known are resolved; carried
 * values that never change become their initial value.
 */
#include <math.h>

#include "passes.h"
#include "rules.h"
#include "simplify.h"

enum { MAX_KNOWN = 48 };

/* What memory is known to hold at an address. */
typedef struct {
    Value *address, *content;
    Value *store; /* that put it there; NULL: it was loaded */
} Known;

/* A condition that has been decided by a branch around. */
typedef struct {
    const Value *condition;
    bool holds;
} Fact;

typedef struct Entry {
    Value *value;
    struct Entry *next;
    unsigned hash;
} Entry;

typedef struct {
    Function *function;
    Value **stands_for; /* by id */
    unsigned capacity;
    Entry **buckets;
    unsigned mask;      /* how many, a power of two, less 1 */
    VEC(Entry *) scope; /* entries in order of entry: popped when their block closes */
    Known known[MAX_KNOWN];
    int nknown;
    VEC(const Value *) writers; /* that the walk has passed */
    VEC(Fact) facts;
    bool across; /* the reverse sweep may use the primal's values wherever they are */
} Numbering;

static bool reals_merge = true;

void values_let_reals_merge(bool on)
{
    reals_merge = on;
}

/* Is v to be left as it is? Constants are one of each at all times. */
static bool stays_apart(const Value *v)
{
    return !reals_merge && type_is_real(v->type) && v->kind != VAL_REAL;
}

/* i + 1, what a loop that is not counted begins its next iteration with: i++ in its header, unless others use it. */
static bool steps_loop(const Value *v)
{
    const Value *carried = (v->kind == VAL_ADD || v->kind == VAL_SUB) ? v->args[0] : NULL;
    if (!carried || carried->kind != VAL_CARRIED || v->args[1]->kind != VAL_INT || carried->region->counted)
        return false;
    const Block *body = carried->region->blocks[1];
    return v->block == body && body->yields[carried->i] == v;
}

/* ---- replacement ---- */

static Value *resolve(const Numbering *n, Value *v)
{
    while (v->id < n->capacity && n->stands_for[v->id])
        v = n->stands_for[v->id];
    return v;
}

static void replace(Numbering *n, const Value *v, Value *by)
{
    if (v->id >= n->capacity) {
        const unsigned wanted = n->function->next_id * 2;
        n->stands_for = arena_grow(n->stands_for, sizeof(Value *) * n->capacity, sizeof(Value *) * wanted);
        n->capacity = wanted;
    }
    n->stands_for[v->id] = by;
}

/* ---- the table of values ---- */

static bool is_commutative(const Value *v)
{
    return v->kind == VAL_ADD || v->kind == VAL_MUL || v->kind == VAL_AND || v->kind == VAL_OR || v->kind == VAL_XOR ||
           v->kind == VAL_EQ || v->kind == VAL_NE;
}

static unsigned mix(unsigned hash, uint64_t x)
{
    return (hash ^ (unsigned)(x ^ (x >> 32))) * 2654435761u;
}

/* Sums of these differ where sums of ids are the same: a product's factors from either end, say. */
static unsigned hash_operand(const Value *v)
{
    const unsigned hash = mix(1, v->id);
    return (hash ^ hash >> 15) * 2246822519u;
}

static unsigned hash_value(const Value *v)
{
    unsigned hash = mix(17, (uint64_t)v->kind);
    hash = mix(hash, (uint64_t)v->i);
    hash = mix(hash, (uintptr_t)v->global);
    if (v->kind == VAL_REAL)
        hash = mix(hash, (uint64_t)(int64_t)((double)v->real > -1e15 && (double)v->real < 1e15 ? v->real * 64 : 0));
    unsigned operands = 0;
    for (int k = 0; k < v->nargs; k++)
        operands = is_commutative(v) ? operands + hash_operand(v->args[k]) : mix(operands, v->args[k]->id);
    hash = mix(hash, operands);
    return hash ^ hash >> 15;
}

static bool same_text(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

static bool same_args(const Value *a, const Value *b)
{
    if (a->nargs != b->nargs)
        return false;
    if (is_commutative(a) && a->args[0] == b->args[1] && a->args[1] == b->args[0])
        return true;
    for (int k = 0; k < a->nargs; k++)
        if (a->args[k] != b->args[k])
            return false;
    return true;
}

/* The same bits: zeros by sign, NaNs alike. */
static bool same_real(long double a, long double b)
{
    return (a == b && !signbit(a) == !signbit(b)) || (isnan(a) && isnan(b));
}

/* Numbers are one however they are written. */
static bool same_spelling(const Value *a, const Value *b)
{
    return a->kind == VAL_REAL || a->kind == VAL_INT || same_text(a->text, b->text);
}

static bool same_value(const Value *a, const Value *b)
{
    return a->kind == b->kind && a->i == b->i && type_same(a->type, b->type) && same_real(a->real, b->real) &&
           a->rule == b->rule && a->callee == b->callee && a->global == b->global && a->aux_type == b->aux_type &&
           a->region == b->region && same_spelling(a, b) && same_args(a, b);
}

static void enter(Numbering *n, Value *v, unsigned hash)
{
    Entry *entry = ARENA_NEW(Entry);
    *entry = (Entry){v, n->buckets[hash & n->mask], hash};
    n->buckets[hash & n->mask] = entry;
    vec_push(&n->scope, entry);
}

static Value *find_equal(Numbering *n, Value *v)
{
    const unsigned hash = hash_value(v);
    for (Entry *e = n->buckets[hash & n->mask]; e; e = e->next)
        if (e->hash == hash && same_value(e->value, v))
            return e->value;
    enter(n, v, hash);
    return v;
}

static void close_scope(Numbering *n, size_t count)
{
    while (n->scope.count > count) {
        const Entry *entry = n->scope.at[--n->scope.count];
        n->buckets[entry->hash & n->mask] = entry->next;
    }
}

static bool is_constant(const Value *v)
{
    return v->kind == VAL_INT || v->kind == VAL_REAL || v->kind == VAL_STRING || v->kind == VAL_GLOBAL ||
           v->kind == VAL_FUNCTION;
}

static Value *use(Numbering *n, Value *v)
{
    v = resolve(n, v);
    return is_constant(v) ? find_equal(n, v) : v;
}

/* ---- what memory holds ---- */

/* What the writer may have written is not known. */
static void forget_written(Numbering *n, const Value *writer)
{
    int kept = 0;
    for (int k = 0; k < n->nknown; k++)
        if (!memory_clobbers(writer, n->known[k].address))
            n->known[kept++] = n->known[k];
    n->nknown = kept;
}

static void forget(Numbering *n, const Value *writer)
{
    vec_push(&n->writers, writer);
    forget_written(n, writer);
}

/* ... nor what those in the loop may write. */
static void forget_ahead(Numbering *n, const Value *v)
{
    for (int k = 0; k < 2; k++)
        for (const Value *inner = v->blocks[k] ? v->blocks[k]->first : NULL; inner && n->nknown; inner = inner->next)
            forget_ahead(n, inner);
    if (v->kind != VAL_LOAD && !ir_is_pure(v->kind) && !ir_is_region(v))
        forget_written(n, v);
}

static void learn(Numbering *n, Value *address, Value *content, Value *store)
{
    if (n->nknown == MAX_KNOWN) {
        memmove(n->known, n->known + 1, sizeof n->known - sizeof n->known[0]);
        n->nknown--;
    }
    n->known[n->nknown++] = (Known){address, content, store};
}

static const Known *recall(const Numbering *n, const Value *address)
{
    for (int k = n->nknown - 1; k >= 0; k--)
        if (n->known[k].address == address && type_same(n->known[k].content->type, address->type->to))
            return &n->known[k];
    return NULL;
}

/* After a region, what it made known inside is out of scope, and what its writers may have written is not known. */
static void restore_known(Numbering *n, const Known *known, int nknown, size_t writers)
{
    memcpy(n->known, known, sizeof(Known) * (size_t)nknown);
    n->nknown = nknown;
    for (size_t k = writers; k < n->writers.count && n->nknown; k++)
        forget_written(n, n->writers.at[k]);
}

/* ---- the walk ---- */

static void number_block(Numbering *n, Block *block);

static void move_to_parent(Block *from, Value *region)
{
    for (Value *v = from->first, *next; v; v = next) {
        next = v->next;
        ir_move(v, region->block, region);
    }
}

/* A branch on a constant: its block's values take its place. Answers the first of them. */
static Value *splice_branch(Numbering *n, Value *region, bool taken)
{
    Block *block = region->blocks[taken ? 0 : 1];
    Value *first = block->first ? block->first : region->next;
    for (int k = 0; k < region->nresults; k++)
        replace(n, region->results[k], block->yields[k]);
    move_to_parent(block, region);
    ir_remove(region);
    return first;
}

/* Both sides of && hold where it does; neither side of || where that does not. */
static void learn_condition(Numbering *n, const Value *condition, bool holds)
{
    vec_push(&n->facts, ((Fact){condition, holds}));
    if (condition->kind == VAL_LNOT)
        learn_condition(n, condition->args[0], !holds);
    if (condition->kind == (holds ? VAL_LAND : VAL_LOR))
        for (int k = 0; k < 2; k++)
            learn_condition(n, condition->args[k], holds);
}

/* What is known of a condition; NULL where that is nothing. */
static const bool *decided(const Numbering *n, const Value *condition)
{
    static const bool answer[] = {false, true};
    if (condition->kind == VAL_INT)
        return &answer[condition->i != 0];
    if (condition->kind == VAL_LNOT) {
        const bool *opposite = decided(n, condition->args[0]);
        return opposite ? &answer[!*opposite] : NULL;
    }
    for (size_t k = n->facts.count; k > 0; k--) {
        const Fact *fact = &n->facts.at[k - 1];
        bool implied;
        if (fact->condition == condition)
            return &answer[fact->holds];
        if (simplify_implied(fact->condition, fact->holds, condition, &implied))
            return &answer[implied];
    }
    return NULL;
}

static void number_if(Numbering *n, Value *v)
{
    Known known[MAX_KNOWN];
    const int nknown = n->nknown;
    const size_t nfacts = n->facts.count, nwriters = n->writers.count;
    memcpy(known, n->known, sizeof known);
    for (int k = 0; k < 2; k++) {
        memcpy(n->known, known, sizeof known);
        n->nknown = nknown;
        if (v->blocks[k]->first)
            learn_condition(n, v->args[0], k == 0);
        number_block(n, v->blocks[k]);
        n->facts.count = nfacts;
    }
    restore_known(n, known, nknown, nwriters);
    for (int k = 0; k < v->nresults; k++) {
        Value *then = resolve(n, v->blocks[0]->yields[k]), *otherwise = resolve(n, v->blocks[1]->yields[k]);
        if (ir_is_same(then, otherwise) && ir_visible(then, v->block))
            replace(n, v->results[k], then);
    }
}

/* What v is when loops that only hand a value through are looked through. */
static const Value *through_loops(const Numbering *n, Value *v)
{
    for (;;) {
        v = resolve(n, v);
        if (v->kind != VAL_RESULT || v->region->kind != VAL_LOOP)
            return v;
        const Value *loop = v->region, *next = through_loops(n, loop->blocks[1]->yields[v->i]);
        if (next != loop->carried[v->i] && next != resolve(n, loop->args[v->i]))
            return v;
        v = loop->args[v->i];
    }
}

/* A loop with constant bounds that leaves no iteration between them. */
static bool never_runs(Numbering *n, Value *loop)
{
    if (!loop->counted || loop->from->kind != VAL_INT || loop->to->kind != VAL_INT)
        return false;
    Builder b = {.function = n->function, .block = loop->block, .before = loop, .loc = loop->loc};
    const Value *runs = ir_binary(&b, loop->rel, n->function->module->types.int_, loop->from, loop->to);
    return runs->kind == VAL_INT && runs->i == 0;
}

static void drop_loop(Numbering *n, Value *loop)
{
    for (int k = 0; k < loop->nresults; k++)
        replace(n, loop->results[k], loop->args[k]);
    ir_remove(loop);
}

static void learn_bound(Numbering *n, Value *counter, ValueKind relation, Value *bound)
{
    if (bound->kind != VAL_INT)
        return;
    Value *condition = ARENA_NEW(Value);
    *condition = (Value){.kind = relation, .type = n->function->module->types.int_, .nargs = 2};
    condition->args = ARENA_ARRAY(Value *, 2);
    condition->args[0] = counter;
    condition->args[1] = bound;
    vec_push(&n->facts, ((Fact){condition, true}));
}

/* In a counted loop the counter is between its bounds. */
static void learn_counter(Numbering *n, const Value *loop)
{
    if (!loop->counted)
        return;
    learn_bound(n, loop->counter, loop->step > 0 ? VAL_GE : VAL_LE, loop->from);
    learn_bound(n, loop->counter, loop->rel, loop->to);
}

static void number_loop(Numbering *n, Value *v)
{
    for (int k = 0; k < v->nresults; k++) {
        const Value *next = through_loops(n, v->blocks[1]->yields[k]);
        if (next != v->carried[k] && next != v->args[k])
            continue;
        replace(n, v->carried[k], v->args[k]);
        replace(n, v->results[k], v->args[k]);
    }
    forget_ahead(n, v);
    Known known[MAX_KNOWN];
    const int nknown = n->nknown;
    const size_t nwriters = n->writers.count;
    memcpy(known, n->known, sizeof known);
    if (v->blocks[0])
        number_block(n, v->blocks[0]);
    memcpy(n->known, known, sizeof known);
    n->nknown = nknown;
    const size_t nfacts = n->facts.count;
    learn_counter(n, v);
    number_block(n, v->blocks[1]);
    n->facts.count = nfacts;
    restore_known(n, known, nknown, nwriters);
}

static bool steps_by_constant(const Value *pointer)
{
    return pointer->kind == VAL_PTRADD && pointer->nargs == 2 && pointer->args[1]->kind == VAL_INT;
}

/* Rebuilds a pure operation whose operands changed, so that it may fold. */
static Value *refold(Numbering *n, Value *v)
{
    Builder b = {
        .function = n->function, .block = v->block, .before = v, .loc = v->loc, .hint = v->hint, .adjoint = v->adjoint};
    const bool *holds = ir_is_comparison(v->kind) ? decided(n, v) : NULL;
    if (holds)
        return ir_int(&b, v->type, *holds);
    if (v->kind == VAL_CAST)
        return simplify_cast(&b, v->type, v->args[0]);
    if (v->kind == VAL_MATH && strcmp(v->rule->name, "sqrt") == 0)
        return simplify_root(&b, v->type, v->args[0]);
    if (v->kind == VAL_SELECT)
        return simplify_select(&b, v->args[0], v->args[1], v->args[2]);
    if (v->kind == VAL_NEG || v->kind == VAL_NOT || v->kind == VAL_LNOT)
        return simplify_unary(&b, v->kind, v->type, v->args[0]);
    const Value *p = v->kind == VAL_PTRDIFF ? v->args[0] : NULL;
    if (p && p == v->args[1])
        return ir_int(&b, v->type, 0);
    if (v->kind == VAL_PTRADD && steps_by_constant(v) && steps_by_constant(v->args[0])) /* p + 1 + 1 */
        return ir_ptradd(&b, v->args[0], v->args[1], NULL);
    if (p && p->kind == VAL_PTRADD && p->args[0] == v->args[1] && p->nargs == v->nargs) /* q + n - q */
        return ir_cast(&b, v->type, p->args[1]);
    if (p && v->nargs == 2)
        return steps_difference(&b, v->type, v->args[0], v->args[1]);
    if (v->kind >= VAL_ADD && v->kind <= VAL_LOR && v->nargs == 2)
        return simplify_binary(&b, v->kind, v->type, v->args[0], v->args[1]);
    return NULL;
}

static void number_pure(Numbering *n, Value *v)
{
    Value *folded = refold(n, v);
    if (!folded && (stays_apart(v) || steps_loop(v)))
        return;
    Value *equal = folded ? use(n, folded) : find_equal(n, v);
    if (equal == v)
        return;
    if (!equal->hint && !ir_is_leaf(equal->kind))
        equal->hint = v->hint;
    if (v->kind == equal->kind)
        equal->rounds_freely &= v->rounds_freely;
    replace(n, v, equal);
    ir_remove(v);
}

static void number_load(Numbering *n, Value *v)
{
    const Known *known = stays_apart(v) ? NULL : recall(n, v->args[0]);
    if (!known) {
        learn(n, v->args[0], v, NULL);
        return;
    }
    replace(n, v, known->content);
    ir_remove(v);
}

/* May something between the two read what is at the address? */
static bool is_read_between(const Value *from, const Value *to, const Value *address)
{
    for (const Value *v = from->next; v != to; v = v->next) {
        if (ir_is_region(v) || v->kind == VAL_CALL || v->kind == VAL_COPY)
            return true;
        if ((v->kind == VAL_LOAD || v->kind == VAL_ACCUM) && memory_may_alias(v->args[0], address))
            return true;
    }
    return false;
}

/* Does the store put back what is there? */
static bool changes_nothing(const Value *store)
{
    const Value *load = store->args[1];
    if (load->kind != VAL_LOAD || load->args[0] != store->args[0] || load->block != store->block)
        return false;
    for (const Value *v = load->next; v != store; v = v->next)
        if (!v || memory_clobbers(v, store->args[0]))
            return false;
    return true;
}

/* x_bar = a; x_bar += b;  is  x_bar = a + b. Answers whether the addition is gone. */
static bool number_accum(Numbering *n, Value *v)
{
    const Known *known = recall(n, v->args[0]);
    if (!v->adjoint || !known || !known->store || known->store->block != v->block)
        return false;
    Value *store = known->store, *content = known->content;
    const bool from_zero = content->kind == VAL_REAL && content->real == 0;
    Builder b = {.function = n->function, .block = v->block, .before = v, .loc = v->loc, .adjoint = true};
    if (!from_zero)
        v->args[1] = use(n, ir_binary(&b, VAL_ADD, v->args[1]->type, content, v->args[1]));
    v->kind = VAL_STORE;
    if (!is_read_between(store, v, v->args[0]))
        ir_remove(store);
    if (!changes_nothing(v))
        return false;
    forget_written(n, v);
    learn(n, v->args[0], v->args[1], NULL);
    ir_remove(v);
    return true;
}

/* Answers where the walk goes on. */
static Value *number_value(Numbering *n, Value *v)
{
    Value *next = v->next;
    for (int k = 0; k < v->nargs; k++)
        v->args[k] = use(n, v->args[k]);
    if (v->counted) {
        v->from = use(n, v->from);
        v->to = use(n, v->to);
    }
    const bool *taken = v->kind == VAL_IF ? decided(n, v->args[0]) : NULL;
    if (taken)
        return splice_branch(n, v, *taken);
    if (v->kind == VAL_LOOP && never_runs(n, v)) {
        drop_loop(n, v);
        return next;
    }
    if (v->kind == VAL_ACCUM && number_accum(n, v))
        return next;
    if (v->kind == VAL_STORE && v->args[0]->kind == VAL_LOCAL && !v->args[0]->type->to->is_volatile &&
        changes_nothing(v)) {
        ir_remove(v);
        return next;
    }
    if (v->kind == VAL_IF)
        number_if(n, v);
    else if (v->kind == VAL_LOOP)
        number_loop(n, v);
    else if (v->kind == VAL_LOAD)
        number_load(n, v);
    else if (ir_is_pure(v->kind))
        number_pure(n, v);
    else if (memory_has_effect(v))
        forget(n, v);
    if (v->kind == VAL_STORE)
        learn(n, v->args[0], v->args[1], v);
    return next;
}

/*
 * The reverse of a region may use what its primal computed in the same run (storage_plan sees to it): cos(x) for the
 * adjoint of sin(x), say.
 */
static void enter_primal(Numbering *n, const Block *block)
{
    const Value *owner = block->owner, *primal = owner ? owner->twin : NULL;
    const Block *same_run = n->across && primal ? primal->blocks[block == owner->blocks[1]] : NULL;
    for (Value *v = same_run ? same_run->first : NULL; v; v = v->next)
        if (ir_is_pure(v->kind))
            enter(n, v, hash_value(v));
}

static void number_block(Numbering *n, Block *block)
{
    const size_t scope = n->scope.count;
    enter_primal(n, block);
    for (Value *v = block->first; v;)
        v = number_value(n, v);
    for (int k = 0; k < block->nyields; k++)
        block->yields[k] = use(n, block->yields[k]);
    if (block->owner)
        close_scope(n, scope);
}

/* Constants are leaves without a block: entering them at the root keeps one of each for the whole function. */
static void resolve_block(const Numbering *n, Block *block)
{
    for (Use use = ir_first_use(block); use.block; use = ir_next_use(use, block))
        *ir_used(&use) = resolve(n, *ir_used(&use));
}

static void number_function(Function *fn, bool across)
{
    Numbering n = {.function = fn, .capacity = fn->next_id + 1, .across = across};
    n.stands_for = ARENA_ARRAY(Value *, n.capacity);
    for (n.mask = 63; n.mask < n.capacity; n.mask = 2 * n.mask + 1)
        continue;
    n.buckets = ARENA_ARRAY(Entry *, n.mask + 1);
    memory_mark_private(fn);
    number_block(&n, fn->body);
    resolve_block(&n, fn->body);
}

void values_number(Function *fn)
{
    number_function(fn, false);
}

void values_number_sweeps(Function *fn)
{
    number_function(fn, true);
}

/* ---- accumulation ---- */

/* The load of the store's own address among x's operands, nothing written there since; -1 if there is none. */
static int own_load(const unsigned *uses, const Value *store, const Value *x)
{
    for (int k = 0; k < 2; k++) {
        const Value *load = x->args[k];
        if (load->kind != VAL_LOAD || load->args[0] != store->args[0] || load->block != store->block ||
            uses[load->id] != 1)
            continue;
        const Value *v = load->next;
        while (v && v != store && !memory_clobbers(v, store->args[0]))
            v = v->next;
        if (v == store)
            return k;
    }
    return -1;
}

static void accumulate_store(Function *fn, const unsigned *uses, Value *store)
{
    Value *x = store->args[1];
    if ((x->kind != VAL_ADD && x->kind != VAL_SUB) || !type_is_real(x->type) || uses[x->id] != 1)
        return;
    const int own = own_load(uses, store, x);
    if (own < 0 || (x->kind == VAL_SUB && own == 1))
        return;
    Value *addend = x->args[1 - own];
    if (x->kind == VAL_SUB) {
        Builder b = {.function = fn, .block = store->block, .before = store, .loc = x->loc, .adjoint = x->adjoint};
        addend = ir_unary(&b, VAL_NEG, x->type, addend);
    }
    store->kind = VAL_ACCUM;
    store->args[1] = addend;
}

static void accumulate_block(Function *fn, const unsigned *uses, Block *block)
{
    for (Value *v = ir_first(block); v; v = ir_next(v, block))
        if (v->kind == VAL_STORE)
            accumulate_store(fn, uses, v);
}

void values_accumulate(Function *fn)
{
    accumulate_block(fn, ir_count_uses(fn), fn->body);
}
