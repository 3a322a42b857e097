/*
 * blocks.c: memcpy, memmove and memset of memory that may hold reals become loads and stores, so that derivatives go
 * along; realloc becomes malloc, a copy, and free.
 *
 *     memcpy(a, b, n * sizeof *a);      →      for (k < n) a[k] = b[k];
 *
 * That needs pointers that lead to one type, and a count of bytes that is seen to be whole elements. Other calls, and
 * those of memory without reals, stay as they are: activity.c refuses them where they are active.
 */
#include "heap.h"
#include "passes.h"
#include "track.h"

enum { UNROLLED = 4 };

typedef struct {
    Function *function;
    bool changed;
} Blocks;

static Type *size_type(const Builder *b)
{
    return b->function->module->types.size;
}

static Value *constant(Builder *b, int64_t i)
{
    return ir_int(b, size_type(b), i);
}

/* ---- what may be copied piece by piece ---- */

static bool is_padding(const Field *f)
{
    const bool unnamed = f->name == NULL || f->name[0] == '\0';
    return (unnamed && f->type->kind != TYPE_RECORD) || f->bit_width == 0 || f->type->count == ARRAY_UNKNOWN;
}

static bool has_pieces(const Type *t)
{
    if (t->kind == TYPE_ARRAY)
        return t->count >= 0 && has_pieces(t->to);
    if (t->kind != TYPE_RECORD)
        return t->kind == TYPE_INT || t->kind == TYPE_REAL || t->kind == TYPE_POINTER;
    if (!t->record->is_complete || (t->record->is_union && type_may_lead_to_real(t)))
        return false;
    for (size_t k = 0; k < t->record->nfields; k++)
        if (!is_padding(&t->record->fields[k]) && !has_pieces(t->record->fields[k].type))
            return false;
    return true;
}

static Value *behind_conversions(Value *p)
{
    while (p->kind == VAL_CAST && type_is_pointer(p->args[0]->type) &&
           (p->type->to->kind == TYPE_VOID || p->type->to->size == 1))
        p = p->args[0];
    return p;
}

static bool leads_to_array(const Value *p)
{
    return type_is_pointer(p->type) && p->type->to->kind == TYPE_ARRAY;
}

/* -1: it is not constant. */
static int64_t constant_count(const Value *bytes)
{
    if (bytes->kind == VAL_INT || bytes->kind == VAL_SIZEOF)
        return bytes->i;
    if (bytes->kind == VAL_CAST)
        return constant_count(bytes->args[0]);
    if (bytes->kind != VAL_MUL && bytes->kind != VAL_ADD && bytes->kind != VAL_SUB)
        return -1;
    const int64_t x = constant_count(bytes->args[0]), y = constant_count(bytes->args[1]);
    if (x < 0 || y < 0)
        return -1;
    return bytes->kind == VAL_MUL ? x * y : bytes->kind == VAL_ADD ? x + y : x - y;
}

/* How many bytes a call is about; a constant where it can be. */
static Value *bytes_of(Builder *b, const Value *call)
{
    Value *bytes = call->args[2];
    const int64_t count = constant_count(bytes);
    return count < 0 ? bytes : ir_int(b, bytes->type, count);
}

/* May so many bytes from the array's begin on go on behind its end? */
static bool is_more_than(const Value *bytes, const Type *array)
{
    return array->size == 0 || (bytes->kind == VAL_INT && bytes->i > (int64_t)array->size);
}

static bool is_object(const Value *p)
{
    return p->kind == VAL_LOCAL || p->kind == VAL_GLOBAL || p->kind == VAL_FIELD;
}

static bool leaves_array(const Value *p, const Value *bytes)
{
    return !is_object(p) && (bytes->kind != VAL_INT || is_more_than(bytes, p->type->to));
}

/* Is p the first element of a row, and are there more bytes than the row has? */
static bool leaves_row(const Value *p, const Value *bytes)
{
    return p->kind == VAL_DECAY && bytes->kind == VAL_INT && p->args[0]->type->to->size &&
           leaves_array(p->args[0], bytes);
}

/* (double *)m: goes through all rows, as m[0] does not. */
static Value *flat_pointer(Builder *b, Value *p)
{
    Type *t = p->type->to;
    while (t->kind == TYPE_ARRAY)
        t = t->to;
    return ir_cast(b, type_pointer(t), p);
}

/* The pointer behind conversions, at the largest elements that make up the bytes: rows, or what they are made of. */
static Value *typed_pointer(Builder *b, Value *p, Value *bytes)
{
    for (p = behind_conversions(p); leads_to_array(p); p = ir_decay(b, p)) {
        if (heap_elements(b, bytes, p->type->to->size))
            return p;
        if (leaves_array(p, bytes))
            return flat_pointer(b, p);
    }
    return leaves_row(p, bytes) ? flat_pointer(b, p->args[0]) : p;
}

/* The member of a record that a pointer leads into; NULL where it is not seen to. */
static const Value *member_of(const Value *p)
{
    while (p->kind == VAL_DECAY || p->kind == VAL_PTRADD || p->kind == VAL_CAST)
        p = p->args[0];
    return p->kind == VAL_FIELD ? p : NULL;
}

/* May there be more bytes than the member has? memset(&s->x, 0, sizeof *s - offsetof(struct s, x)) clears the next. */
static bool leaves_member(const Value *p, const Value *bytes)
{
    const Value *member = member_of(p);
    if (!member)
        return false;
    const Type *t = member->type->to;
    return bytes->kind == VAL_INT ? t->size && (uint64_t)bytes->i > t->size : t->kind != TYPE_ARRAY;
}

/* What is copied piece by piece; NULL: it is not. */
static Type *piece_type(const Value *p)
{
    Type *t = p->type->to;
    return t->size && has_pieces(t) ? t : NULL;
}

static Type *element_type(const Value *p)
{
    Type *t = piece_type(p);
    return t && type_has_real(t) ? t : NULL;
}

/* Is it memory with reals, or a member beside some? */
static bool is_among_reals(const Value *p)
{
    bool among = type_has_real(p->type->to);
    for (const Value *member = member_of(p); member && !among; member = member_of(member->args[0]))
        among = type_has_real(member->args[0]->type->to);
    return among;
}

/* ---- loops ---- */

/* What a size was computed from: no size is negative, so that it counts as far, and compilers see more. */
static Value *count_itself(Value *count)
{
    while (count->kind == VAL_CAST && count->args[0]->type->kind == TYPE_INT && count->args[0]->type->is_signed &&
           count->args[0]->type->size <= count->type->size && count->args[0]->type->size >= sizeof(int))
        count = count->args[0];
    return count;
}

/* for (size_t k = 0; k < count; k++): a builder for its body. */
static Builder open_loop(Builder *b, Value *count)
{
    return ir_inside(b, ir_count(b, ir_int(b, count->type, 0), VAL_LT, count, 1));
}

static Value *counter_of(const Builder *inside)
{
    return inside->block->owner->counter;
}

static bool is_short(const Value *count)
{
    return count->kind == VAL_INT && count->i >= 0 && count->i <= UNROLLED;
}

/* ---- pieces ---- */

/* What is copied to or from; `flat`: how many scalars behind p, which goes through the other side's rows as one. */
typedef struct {
    Value *p, *flat;
} Side;

/* With from.p NULL: *to = 0. */
static void copy_piece(Builder *b, Side to, Side from);

static const Type *element_of(Side side)
{
    return side.p ? side.p->type->to : NULL;
}

/* What one step goes over: where rows are copied to or from what is flat, the rows. */
static const Type *larger_element(Side to, Side from)
{
    return from.p && element_of(from)->kind == TYPE_ARRAY ? element_of(from) : element_of(to);
}

static Side element_at(Builder *b, Side side, const Type *element, Value *index)
{
    const bool goes_through_rows = element->kind == TYPE_ARRAY && element_of(side)->kind != TYPE_ARRAY;
    if (!goes_through_rows && !side.flat)
        return (Side){ir_ptradd(b, side.p, index, NULL), NULL};
    index = ir_cast(b, size_type(b), index);
    if (goes_through_rows)
        index = ir_binary(b, VAL_MUL, index->type, index, constant(b, type_scalar_count(element)));
    if (side.flat)
        index = ir_binary(b, VAL_ADD, index->type, side.flat, index);
    return (Side){side.p, index};
}

static void copy_element(Builder *b, Side to, Side from, Value *index)
{
    const Type *element = larger_element(to, from);
    copy_piece(b, element_at(b, to, element, index), from.p ? element_at(b, from, element, index) : from);
}

static void copy_elements(Builder *b, Side to, Side from, Value *count)
{
    if (is_short(count) && larger_element(to, from)->kind != TYPE_ARRAY) {
        for (int64_t k = 0; k < count->i; k++)
            copy_element(b, to, from, constant(b, k));
        return;
    }
    Builder inside = open_loop(b, count);
    copy_element(&inside, to, from, counter_of(&inside));
}

/* Last element first. */
static void copy_elements_back(Builder *b, Side to, Side from, Value *count)
{
    Builder inside = open_loop(b, count);
    Value *last = ir_binary(&inside, VAL_SUB, count->type, count, ir_int(&inside, count->type, 1));
    copy_element(&inside, to, from, ir_binary(&inside, VAL_SUB, count->type, last, counter_of(&inside)));
}

static Side first_in(Builder *b, Side side)
{
    return side.p && element_of(side)->kind == TYPE_ARRAY ? (Side){ir_decay(b, side.p), NULL} : side;
}

static Value *address_of(Builder *b, Side side)
{
    return side.flat ? ir_ptradd(b, side.p, side.flat, NULL) : side.p;
}

static void copy_fields(Builder *b, Value *to, Value *from)
{
    const Record *record = to->type->to->record;
    for (size_t k = 0; k < record->nfields; k++)
        if (!is_padding(&record->fields[k]))
            copy_piece(b, (Side){ir_field(b, to, (int)k), NULL}, (Side){from ? ir_field(b, from, (int)k) : NULL, NULL});
}

static void copy_piece(Builder *b, Side to, Side from)
{
    Type *t = type_unqualified((Type *)(uintptr_t)larger_element(to, from));
    if (t->kind == TYPE_ARRAY) {
        copy_elements(b, first_in(b, to), first_in(b, from), constant(b, t->count));
        return;
    }
    Value *place = address_of(b, to), *source = from.p ? address_of(b, from) : NULL;
    if (t->kind == TYPE_RECORD && t->record->is_union && source)
        ir_copy(b, place, source);
    else if (t->kind == TYPE_RECORD) /* a union, which is passive, is zero as each of its members */
        copy_fields(b, place, source);
    else if (source)
        ir_store(b, place, ir_load(b, source));
    else
        ir_store(b, place, type_is_real(t) ? ir_real(b, t, 0, NULL) : ir_int(b, t, 0));
}

/* ---- memmove ---- */

static Value *constant_offset(Value *p, int64_t *offset)
{
    for (; p->kind == VAL_PTRADD && p->nargs == 2 && p->args[1]->kind == VAL_INT; p = p->args[0])
        *offset += p->args[1]->i;
    return p;
}

/* All is read before anything is written. */
static void move_few(Builder *b, Value *to, Value *from, int64_t count)
{
    Value *read[UNROLLED] = {0};
    for (int64_t k = 0; k < count; k++)
        read[k] = ir_load(b, ir_ptradd(b, from, constant(b, k), NULL));
    for (int64_t k = 0; k < count; k++)
        ir_store(b, ir_ptradd(b, to, constant(b, k), NULL), read[k]);
}

/* Where the two may overlap, the end that is read last is the one that is written last. */
static void move_elements(Builder *b, Value *to, Value *from, Value *count)
{
    const Side there = {to, NULL}, here = {from, NULL};
    int64_t to_offset = 0, from_offset = 0;
    const Value *to_base = constant_offset(to, &to_offset), *from_base = constant_offset(from, &from_offset);
    if (is_short(count) && to->type->to->kind != TYPE_RECORD && to->type->to->kind != TYPE_ARRAY) {
        move_few(b, to, from, count->i);
    } else if (!memory_may_alias(memory_base(to), memory_base(from)) ||
               (memory_same_address(to_base, from_base) && to_offset <= from_offset)) {
        copy_elements(b, there, here, count);
    } else if (memory_same_address(to_base, from_base)) {
        copy_elements_back(b, there, here, count);
    } else {
        Value *region = ir_if(b, ir_binary(b, VAL_LE, b->function->module->types.int_, to, ir_cast(b, to->type, from)));
        Builder side = {.function = b->function, .block = region->blocks[0], .loc = b->loc};
        copy_elements(&side, there, here, count);
        side.block = region->blocks[1];
        copy_elements_back(&side, there, here, count);
    }
}

/* ---- calls ---- */

/* Do both lead to elements of one type, or one to rows of them? Rows of different lengths are gone through as flat. */
static bool same_scalars(Builder *b, Value **to, Value **from, bool alike)
{
    const bool rows = leads_to_array(*to) && leads_to_array(*from);
    if (!type_same((*to)->type->to, (*from)->type->to) && (rows || alike)) {
        *to = leads_to_array(*to) ? flat_pointer(b, *to) : *to;
        *from = leads_to_array(*from) ? flat_pointer(b, *from) : *from;
    }
    const Type *t = piece_type(*to), *u = piece_type(*from);
    return t && u && (is_among_reals(*to) || is_among_reals(*from)) &&
           (type_same(t, u) || ((leads_to_array(*to) || leads_to_array(*from)) &&
                                type_same(type_scalar((*to)->type->to), type_scalar((*from)->type->to))));
}

static void expand_copy(Blocks *s, Value *call, HeapRole role)
{
    Builder b = {.function = s->function, .block = call->block, .before = call, .loc = call->loc};
    Value *bytes = bytes_of(&b, call);
    Value *to = typed_pointer(&b, call->args[0], bytes), *from = typed_pointer(&b, call->args[1], bytes);
    if (!same_scalars(&b, &to, &from, role == HEAP_MOVE) || leaves_member(to, bytes) || leaves_member(from, bytes))
        return;
    Value *count = heap_elements(&b, bytes, larger_element((Side){to, NULL}, (Side){from, NULL})->size);
    if (!count)
        return;
    count = count_itself(count);
    if (role == HEAP_MOVE)
        move_elements(&b, to, from, count);
    else
        copy_elements(&b, (Side){to, NULL}, (Side){from, NULL}, count);
    ir_replace_uses(s->function->body, call, call->args[0]);
    ir_remove(call);
    s->changed = true;
}

static void expand_set(Blocks *s, Value *call)
{
    Builder b = {.function = s->function, .block = call->block, .before = call, .loc = call->loc};
    Value *bytes = bytes_of(&b, call), *to = typed_pointer(&b, call->args[0], bytes);
    Type *t = piece_type(to);
    if (!t || !is_among_reals(to) || leaves_member(to, bytes) || call->args[1]->kind != VAL_INT ||
        call->args[1]->i != 0)
        return;
    Value *count = heap_elements(&b, bytes, t->size);
    if (!count)
        return;
    copy_elements(&b, (Side){to, NULL}, (Side){NULL, NULL}, count_itself(count));
    ir_replace_uses(s->function->body, call, call->args[0]);
    ir_remove(call);
    s->changed = true;
}

/* ---- realloc ---- */

static bool has_known_size(const void *unused, const Value *leaf)
{
    (void)unused;
    return leaf->kind == VAL_INT || heap_is_object(leaf);
}

/* Elements in what a pointer leads to; `user` is the type of one. */
static Value *elements_in(const void *user, Builder *b, const Value *leaf)
{
    const Type *t = user;
    if (leaf->kind == VAL_INT)
        return constant(b, 0);
    Value *bytes = heap_role(leaf) == HEAP_REALLOC ? leaf->args[1] : heap_bytes(b, leaf);
    Value *exact = heap_elements(b, bytes, t->size);
    return exact ? exact : ir_binary(b, VAL_DIV, bytes->type, bytes, ir_int(b, bytes->type, (int64_t)t->size));
}

static Value *smaller(Builder *b, Value *x, Value *y)
{
    return ir_select(b, ir_binary(b, VAL_LT, b->function->module->types.int_, x, y), x, y);
}

static void copy_and_free(Builder *b, Value *q, Value *p, Value *count, Function *free_)
{
    q = ir_cast(b, type_pointer(type_unqualified(element_type(p))), q);
    copy_elements(b, (Side){q, NULL}, (Side){p, NULL}, count);
    ir_call(b, b->function->module->types.void_, free_, 1, &p);
}

/* q = realloc(p, bytes): q = malloc(bytes); if (q) { for (k < min(old, new)) q[k] = p[k]; free(p); } */
static void replace_realloc(Function *fn, Value *call, Value *p, Value *had)
{
    Module *module = fn->module;
    const Function *realloc_ = call->callee;
    Builder b = {.function = fn, .block = call->block, .before = call, .loc = call->loc};
    Value *has = elements_in(element_type(p), &b, call);
    b.before = call->next;
    Value *count = smaller(&b, had, has);
    Value *done = ir_if(&b, ir_binary(&b, VAL_NE, module->types.int_, call, ir_int(&b, call->type, 0)));
    call->callee = heap_function(realloc_, "malloc", realloc_->result, 1, 1);
    call->args[0] = call->args[1];
    call->nargs = 1;
    Builder inside = {.function = fn, .block = done->blocks[0], .loc = call->loc};
    copy_and_free(&inside, call, p, count, heap_function(realloc_, "free", module->types.void_, 0, 1));
}

static void expand_realloc(Blocks *s, Value *call)
{
    Builder b = {.function = s->function, .block = call->block, .before = call, .loc = call->loc};
    Value *p = behind_conversions(call->args[0]);
    Type *t = element_type(p);
    Track track = {.function = s->function,
                   .type = size_type(&b),
                   .accepts = has_known_size,
                   .leaf = elements_in,
                   .user = t,
                   .hint = "count"};
    if (!t || !track_is_known(&track, p))
        return;
    replace_realloc(s->function, call, p, track_value(&track, p));
    s->changed = true;
}

bool blocks_can_resize(const Value *call)
{
    return element_type(behind_conversions(call->args[0])) != NULL;
}

void blocks_resize(Function *fn, Value *call)
{
    Builder b = {.function = fn, .block = call->block, .before = call, .loc = call->loc};
    Value *p = behind_conversions(call->args[0]);
    Type *t = element_type(p);
    Value *bytes = ir_call(&b, size_type(&b), heap_size(fn->module), 1, &p);
    bytes->hint = "size";
    Value *had = ir_binary(&b, VAL_DIV, bytes->type, bytes, ir_sizeof(&b, t, t->size));
    Value *has = elements_in(t, &b, call);
    call->callee = heap_sized(fn->module);
    call->args[0] = ir_cast(&b, bytes->type, call->args[1]);
    call->nargs = 1;
    b.before = call->next;
    copy_and_free(&b, call, p, smaller(&b, had, has), heap_sized_free(fn->module));
}

static void expand_block(Blocks *s, Block *block)
{
    for (Value *v = ir_first(block), *next; v; v = next) {
        next = ir_next(v, block);
        const HeapRole role = heap_role(v);
        if (role == HEAP_COPY || role == HEAP_MOVE)
            expand_copy(s, v, role);
        else if (role == HEAP_SET)
            expand_set(s, v);
        else if (role == HEAP_REALLOC)
            expand_realloc(s, v);
    }
}

bool blocks_expand(Function *fn)
{
    Blocks s = {.function = fn};
    memory_mark_private(fn);
    expand_block(&s, fn->body);
    return s.changed;
}

void blocks_copy(Builder *b, Value *to, Value *from)
{
    copy_piece(b, (Side){to, NULL}, (Side){from, NULL});
}

static bool remain_in(const Block *block)
{
    for (const Value *v = ir_first(block); v; v = ir_next(v, block))
        if (heap_role(v) >= HEAP_COPY || heap_role(v) == HEAP_REALLOC)
            return true;
    return false;
}

bool blocks_remain(const Function *fn)
{
    return remain_in(fn->body);
}
