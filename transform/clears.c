/*
 * clears.c: shadows of local arrays that need no clearing. A shadow is cleared before anything is added to it, and a
 * place in it is cleared when its adjoint has been handed on; where the first addition reaches every element, it can be
 * a store instead; where nobody looks at the place again, the clearing is dead.
 */
#include "accesses.h"
#include "passes.h"
#include "simplify.h"

enum { MAX_DEPTH = 32 };

typedef VEC(Value *) Values;

typedef struct {
    Accesses *accesses;
    Values *uses; /* by id of a local array: what is done with it, in the order of the program, but addresses in it */
} Clears;

static bool is_private_array(const Value *base)
{
    return base->kind == VAL_LOCAL && base->is_private;
}

static void find_uses(Clears *c, const Block *block)
{
    for (Value *v = ir_first(block); v; v = ir_next(v, block)) {
        const bool path = ir_continues_address(v);
        for (int k = 0; k < v->nargs && !path; k++) {
            const Value *base = type_is_pointer(v->args[k]->type) ? memory_base(v->args[k]) : NULL;
            if (base && is_private_array(base))
                vec_push(&c->uses[base->id], v);
        }
    }
}

static bool reads(const Value *v)
{
    return v->kind == VAL_LOAD || v->kind == VAL_ACCUM || v->kind == VAL_COPY || v->kind == VAL_CALL;
}

/* ---- clearing what is not read again ---- */

/* Does v read what is at the address? See still_there in storage.c for `own`. */
static bool reads_ever(const Value *v, const Value *address, bool own)
{
    for (int k = 0; reads(v) && k < v->nargs; k++)
        if (type_is_pointer(v->args[k]->type) && !(own && memory_same_address(v->args[k], address)) &&
            memory_may_alias_ever(v->args[k], address))
            return true;
    return false;
}

static bool is_read_between(const Clears *c, const Value *address, unsigned from, unsigned until, bool own)
{
    AccessWalk walk = accesses_walk(c->accesses, address, from, until, true);
    for (const Value *w; (w = accesses_next(&walk));)
        if (reads_ever(w, address, own))
            return true;
    return false;
}

static bool is_read_inside(const Clears *c, const Value *address, const Value *region, bool own)
{
    return is_read_between(c, address, accesses_place(c->accesses, region), accesses_last(c->accesses, region), own);
}

static bool is_read_later(const Clears *c, const Value *store, const Value *object)
{
    const Value *address = store->args[0], *v = store;
    Value *loops[MAX_DEPTH];
    int nloops = 0;
    for (;;) {
        const unsigned behind = accesses_last(c->accesses, v) + 1;
        if (is_read_between(c, address, behind, accesses_end(c->accesses, v->block), false))
            return true;
        if (v->block == object->block)
            return false;
        Value *owner = v->block->owner;
        if (owner->kind == VAL_LOOP) {
            if (nloops == MAX_DEPTH)
                return true;
            loops[nloops++] = owner;
            if (is_read_inside(c, address, owner, false) &&
                (!index_is_injective(address, loops, nloops) || is_read_inside(c, address, owner, true)))
                return true;
        }
        v = owner;
    }
}

static void drop_dead_clears(const Clears *c, Block *block)
{
    for (Value *v = block->first, *next; v; v = next) {
        next = v->next;
        for (int k = 0; k < 2; k++)
            if (v->blocks[k])
                drop_dead_clears(c, v->blocks[k]);
        if (v->kind != VAL_STORE || !v->adjoint || v->args[1]->kind != VAL_REAL)
            continue;
        const Value *object = memory_base(v->args[0]);
        if (is_private_array(object) && !is_read_later(c, v, object))
            ir_remove(v);
    }
}

/* ---- first additions that are stores ---- */

/* The first use of the array behind the place; its index in the list, or the list's length. */
static size_t first_behind(const Clears *c, const Values *uses, unsigned place)
{
    size_t low = 0, high = uses->count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (accesses_place(c->accesses, uses->at[middle]) <= place)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* What is in `block`'s list and holds v; NULL where v is not in the block. */
static const Value *ancestor_in(const Block *block, const Value *v)
{
    while (v->block != block && v->block->owner)
        v = v->block->owner;
    return v->block == block ? v : NULL;
}

/* Is all that is done with the array, clearing it aside, done to elements that loops with these bounds reach? */
static bool stays_in_range(const Values *uses, const Value *clear, const FillRange *range)
{
    FillRange used;
    for (size_t k = 0; k < uses->count; k++) {
        const Value *v = uses->at[k];
        const bool access = v->kind == VAL_LOAD || v->kind == VAL_STORE || v->kind == VAL_ACCUM;
        if (v != clear && !(access && fill_range(clear->args[0], v->args[0], &used) && fill_same_range(range, &used)))
            return false;
    }
    return true;
}

/*
 * The next use of the array is an addition in loops that together reach every element, or every one that is ever used,
 * once each; and all else that these loops do is at that address: none comes before the first addition to its element.
 */
static bool store_instead(const Clears *c, Value *clear)
{
    const Value *object = clear->args[0];
    const Values *uses = &c->uses[object->id];
    const size_t first = first_behind(c, uses, accesses_place(c->accesses, clear));
    Value *access = first < uses->count ? uses->at[first] : NULL;
    const Value *region = access ? ancestor_in(clear->block, access) : NULL;
    FillRange range;
    if (!region || access->kind != VAL_ACCUM ||
        (fill_loop(object, access) != region &&
         (fill_range_loop(object, access, &range) != region || !stays_in_range(uses, clear, &range))))
        return false;
    const unsigned last = accesses_last(c->accesses, region);
    for (size_t k = first; k < uses->count && accesses_place(c->accesses, uses->at[k]) <= last; k++)
        if (uses->at[k]->nargs == 0 || !memory_same_address(uses->at[k]->args[0], access->args[0]))
            return false;
    access->kind = VAL_STORE;
    return true;
}

/* Does the loop read, before it clears an element, any other element? */
static bool is_used_before(const Clears *c, const Values *uses, const Value *clear, const Value *loop)
{
    const unsigned from = accesses_place(c->accesses, loop), until = accesses_last(c->accesses, loop);
    for (size_t k = 0; k < uses->count; k++) {
        const unsigned place = accesses_place(c->accesses, uses->at[k]);
        const bool own = uses->at[k]->nargs > 0 && memory_same_address(uses->at[k]->args[0], clear->args[0]);
        if (place >= from && place <= until && !own)
            return true;
    }
    return false;
}

/*
 * The same where the array is cleared element by element, in a loop that may do other things, too:
 *
 *     for (i < n) { next_bar[i] = u_bar[i]; u_bar[i] = 0.0; }           for (i < n) next_bar[i] = u_bar[i];
 *     for (i < n) u_bar[i] += f(next_bar, i);                     →     for (i < n) u_bar[i] = f(next_bar, i);
 */
static bool store_instead_of(const Clears *c, Value *clear)
{
    const Value *object = memory_base(clear->args[0]);
    const Values *uses = &c->uses[object->id];
    FillRange cleared, added;
    const Value *loop = fill_range_loop(object, clear, &cleared);
    if (!loop)
        return false;
    const size_t first = first_behind(c, uses, accesses_place(c->accesses, clear));
    Value *access = first < uses->count ? uses->at[first] : NULL;
    const Value *region = access && access->kind == VAL_ACCUM ? fill_range_loop(object, access, &added) : NULL;
    if (!region || region->block != loop->block || !ir_is_behind(region, loop) || !fill_same_range(&cleared, &added))
        return false;
    const unsigned last = accesses_last(c->accesses, region);
    for (size_t k = first; k < uses->count && accesses_place(c->accesses, uses->at[k]) <= last; k++)
        if (uses->at[k]->nargs == 0 || !memory_same_address(uses->at[k]->args[0], access->args[0]))
            return false;
    if (is_used_before(c, uses, clear, loop))
        return false;
    access->kind = VAL_STORE;
    return true;
}

/* An addition to one place, before which nothing has come there since the array was cleared in the same block. */
static void store_behind_clear(Value *v)
{
    enum { FAR = 64 };
    const Value *object = memory_base(v->args[0]);
    if (!v->adjoint || !is_private_array(object) || object->is_chosen)
        return;
    const Value *w = v->prev;
    for (int k = 0; w && k < FAR; k++, w = w->prev)
        if (w->kind == VAL_ZERO && w->args[0] == object) {
            v->kind = VAL_STORE;
            return;
        } else if (memory_clobbers(w, v->args[0])) {
            return;
        }
}

static void store_first(const Clears *c, Block *block)
{
    for (Value *v = block->first, *next; v; v = next) {
        next = v->next;
        for (int k = 0; k < 2; k++)
            if (v->blocks[k])
                store_first(c, v->blocks[k]);
        if (v->kind == VAL_ACCUM)
            store_behind_clear(v);
        const bool clears = v->kind == VAL_STORE && v->adjoint && ir_is_zero(v->args[1]);
        if (clears && is_private_array(memory_base(v->args[0])) && !memory_base(v->args[0])->is_chosen &&
            store_instead_of(c, v))
            ir_remove(v);
        if (v->kind == VAL_ZERO && is_private_array(v->args[0]) && !v->args[0]->is_chosen && store_instead(c, v))
            ir_remove(v);
    }
}

static Clears clears_of(Function *fn)
{
    memory_mark_private(fn);
    return (Clears){.accesses = accesses_find(fn), .uses = ARENA_ARRAY(Values, fn->next_id + 1)};
}

void clears_drop_dead(Function *fn)
{
    const Clears c = clears_of(fn);
    drop_dead_clears(&c, fn->body);
}

void clears_store_first(Function *fn)
{
    Clears c = clears_of(fn);
    find_uses(&c, fn->body);
    store_first(&c, fn->body);
}
