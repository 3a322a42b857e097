/*
 * ir_verify.c: the rules of ir.h, checked after each pass in debug builds: every operand is visible and computed before
 * it is used, every block yields as many values as its region has results, types agree where they must.
 */
#include "ir.h"

typedef struct {
    const char *stage;
    unsigned char *computed; /* by id: its definition has been walked over */
} Verify;

static void verify_block(Verify *v, const Block *block);

static void require(bool holds, const Verify *v, const Value *value, const char *rule)
{
    if (!holds)
        diag_internal(value->loc, "after '%s', value %u of '%s': %s\n%s", v->stage, value->id,
                      value->block ? value->block->function->name : "?", rule,
                      value->block ? ir_dump(value->block->function) : "");
}

static void verify_use(const Verify *v, const Value *user, const Value *used, const Block *from)
{
    require(used != NULL, v, user, "an operand is missing");
    require(ir_visible(used, from), v, user, arena_printf("operand %u is out of scope", used->id));
    const bool placed = !ir_is_leaf(used->kind) || used->kind == VAL_RESULT;
    const Value *definition = used->kind == VAL_RESULT ? used->region : used;
    require(!placed || v->computed[definition->id], v, user,
            arena_printf("operand %u is used before it is computed", used->id));
}

static void verify_types(const Verify *v, const Value *value)
{
    if (value->kind == VAL_LOAD)
        require(type_is_pointer(value->args[0]->type), v, value, "a load from what is no address");
    if (ir_writes_value(value)) {
        require(type_is_pointer(value->args[0]->type), v, value, "a store to what is no address");
        require(type_same(value->args[0]->type->to, value->args[1]->type) || type_is_pointer(value->args[1]->type), v,
                value, "a store of another type");
    }
    if (value->kind >= VAL_ADD && value->kind <= VAL_DIV && value->type->kind != TYPE_COMPLEX)
        require(type_same(value->args[0]->type, value->args[1]->type), v, value, "operands of two types");
}

static void verify_region(Verify *v, const Value *region)
{
    const bool is_loop = region->kind == VAL_LOOP;
    if (region->counted) {
        verify_use(v, region, region->from, region->block);
        verify_use(v, region, region->to, region->block);
    }
    for (int k = 0; k < 2; k++) {
        const Block *block = region->blocks[k];
        if (!block)
            continue;
        verify_block(v, block);
        const int expected = is_loop && k == 0 ? 1 : region->nresults;
        require(block->nyields == expected, v, region,
                "a block yields another number of values than its region has results");
        require(block->parent == region->block && block->owner == region, v, region,
                "a block hangs in the wrong place");
        if (!is_loop || k == 1)
            for (int r = 0; r < region->nresults; r++)
                require(type_same(block->yields[r]->type, region->results[r]->type), v, region,
                        "a result of another type");
    }
}

static void verify_block(Verify *v, const Block *block)
{
    for (const Value *value = block->first; value; value = value->next) {
        require(value->block == block, v, value, "listed in another block than it says");
        for (int k = 0; k < value->nargs; k++)
            verify_use(v, value, value->args[k], block);
        verify_types(v, value);
        if (ir_is_region(value))
            verify_region(v, value);
        v->computed[value->id] = 1;
    }
    for (int k = 0; k < block->nyields; k++)
        if (block->owner)
            verify_use(v, block->owner, block->yields[k], block);
}

void ir_verify(const Function *fn, const char *stage)
{
    Verify v = {.stage = stage, .computed = arena_alloc(fn->next_id + 1)};
    verify_block(&v, fn->body);
}
