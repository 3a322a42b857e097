/*
 * storage_there.c: may a load be done again (storage.h): what it read stays in memory until the reverse of its region
 * is over.
 */
#include "heap.h"
#include "storage.h"

/* Is the write, for some reason that the request tells, none of the address? */
typedef bool (*IsApart)(const Value *write, const Value *address, void *request);

/* `own`: but for writes to the address itself. */
static bool is_written(const Storage *s, const Value *address, unsigned from, unsigned until, bool own,
                       IsApart is_apart, void *request)
{
    AccessWalk walk = accesses_walk(s->accesses, address, from, until, ACCESS_WRITES);
    for (const Value *w; (w = accesses_next(&walk));)
        if (!(own && ir_writes_memory(w) && memory_same_address(w->args[0], address)) &&
            memory_writes_ever(w, address) && !(is_apart && is_apart(w, address, request)))
            return true;
    return false;
}

bool storage_written_between(const Storage *s, const Value *address, unsigned from, unsigned until, bool own)
{
    return is_written(s, address, from, until, own, NULL, NULL);
}

bool storage_written_inside(const Storage *s, const Value *address, const Value *region, bool own)
{
    return storage_written_between(s, address, accesses_place(s->accesses, region), accesses_last(s->accesses, region),
                                   own);
}

/* While the block runs once, the pointers that the two begin with lead to different objects. */
static bool is_apart_in_run(const Value *w, const Value *address, void *request)
{
    const Block *run = request;
    if (!ir_writes_memory(w))
        return false;
    const Value *to = memory_base(w->args[0]), *at = memory_base((Value *)(uintptr_t)address);
    return ir_visible(to, run) && ir_visible(at, run) && memory_take_turns(to, at);
}

bool storage_written_in_run(const Storage *s, const Value *address, const Value *region, bool own)
{
    return is_written(s, address, accesses_place(s->accesses, region), accesses_last(s->accesses, region), own,
                      is_apart_in_run, region->block);
}

/*
 * Between the halves of a recursive function anything may run: constants stay, and pointers to adjoints (split.c), and
 * what a parameter leads to where nothing that may run writes.
 */
static bool stays_between_parts(const Storage *s, const Value *load, const Value *base)
{
    if (base->kind == VAL_GLOBAL && base->global->is_const_data)
        return true;
    const Value *owner = memory_owner(base);
    if (owner->kind == VAL_PARAM && !owner->adjoint && split_memory_stays(s->function->split))
        return true;
    return type_is_pointer(load->type) && owner->kind == VAL_PARAM && owner->adjoint &&
           !split_pointers_move(s->function->split);
}

/* As memory_writes_ever; what goes by the name of `fresh`, an object that each iteration makes anew, is another one. */
static bool writes_fresh(const Value *v, const Value *address, const Value *fresh)
{
    for (const Value *w = v; w; w = ir_next_inside(w, v)) {
        const bool to_fresh = (ir_writes_value(w) || w->kind == VAL_COPY) && memory_base(w->args[0]) == fresh;
        if (!ir_is_region(w) && !to_fresh && memory_writes_ever(w, address))
            return true;
    }
    return false;
}

/* What nothing may write any more: what `access` touched. */
typedef struct {
    const Storage *storage;
    const Value *access, *address;
    const Block *both; /* around the access and the writes asked about; */
    const Value *loop; /* ... which come in later steps of this one, or further down in the block: NULL */
    int proofs;        /* that may be tried yet */
} Place;

enum { MOST_PROOFS = 64 };

static bool never_comes(const Value *write, const Value *address, void *request)
{
    Place *p = request;
    return p->storage->options->dependences && p->proofs-- > 0 &&
           dependence_is_apart(p->access, address, write, p->both, p->loop);
}

/* Does a write further down in the block come to the place? `before`: the region that ends the question, or NULL. */
static bool is_written_behind(Place *p, const Value *v, const Value *before)
{
    const Accesses *accesses = p->storage->accesses;
    const unsigned from = accesses_last(accesses, v) + 1;
    const unsigned until = before ? accesses_place(accesses, before) - 1 : accesses_end(accesses, v->block);
    p->both = v->block;
    p->loop = NULL;
    return from <= until && is_written(p->storage, p->address, from, until, false, never_comes, p);
}

/* May later iterations of the innermost of the loops write there? Different ones use an address for different memory
   where its index tells. */
static bool iterations_write(Place *p, Value *const *loops, int nloops)
{
    const Value *owner = loops[nloops - 1], *base = memory_base((Value *)(uintptr_t)p->address);
    const Accesses *accesses = p->storage->accesses;
    p->both = owner->blocks[1];
    p->loop = owner;
    if (heap_is_object(base) && ir_block_inside(base->block, p->both))
        return writes_fresh(owner, p->address, base);
    return is_written(p->storage, p->address, accesses_place(accesses, owner), accesses_last(accesses, owner),
                      index_is_injective(p->address, loops, nloops), never_comes, p);
}

/* `before`: a region of the block `end`, or NULL where the whole block runs. */
static bool stays(const Storage *s, const Value *v, const Value *address, const Block *end, const Value *before)
{
    Place place = {.storage = s, .access = v, .address = address, .proofs = MOST_PROOFS};
    Value *loops[MAX_DEPTH];
    int nloops = 0;
    for (;;) {
        Value *owner = v->block->owner;
        if (is_written_behind(&place, v, v->block == end ? before : NULL))
            return false;
        if (v->block == end)
            return true;
        if (owner->kind == VAL_LOOP) {
            if (nloops == MAX_DEPTH)
                return false;
            loops[nloops++] = owner;
            if (iterations_write(&place, loops, nloops))
                return false;
        }
        v = owner;
    }
}

bool storage_stays_until(const Storage *s, const Value *v, const Value *address, const Block *end)
{
    return stays(s, v, address, end, NULL);
}

bool storage_stays_before(const Storage *s, const Value *v, const Value *address, const Value *region)
{
    return stays(s, v, address, region->block, region);
}

bool storage_still_there(const Storage *s, const Value *v, Value *address)
{
    const Value *base = memory_base(address);
    if (s->function->in_two_parts)
        return stays_between_parts(s, v, base);
    if ((base->kind == VAL_LOCAL || base->kind == VAL_ALLOC) && !storage_is_before(s, base))
        return false;
    return storage_stays_until(s, v, address, s->outermost->block);
}
