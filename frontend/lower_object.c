/*
 * lower_object.c: objects: declaring them, giving them their first values, copying them. Records that hold reals are
 * copied leaf by leaf, so that derivatives go along; others whole.
 */
#include "lower.h"

enum {
    UNROLLED_ELEMENTS = 4, /* longer arrays are copied by a loop */
    ZEROED_LEAVES = 32     /* objects with more are cleared whole before the places that have a value are set */
};

/* ---- declarations ---- */

/* The type without const at any level of array: the object is written piece by piece. */
static Type *writable(Type *t)
{
    if (t->kind != TYPE_ARRAY)
        return type_unqualified(t);
    Type *element = writable(t->to);
    return element == t->to ? t : type_array(element, t->count);
}

static size_t count_variable(const Type *t)
{
    size_t count = 0;
    for (; t->kind == TYPE_ARRAY; t = t->to)
        count += t->count == ARRAY_VARIABLE;
    return count;
}

/* Evaluates the extents in the type of d, or in what it points to, where control comes to the declaration. */
void lower_extents(Lower *lo, const Decl *d, Variable *variable)
{
    const Type *type = type_is_pointer(d->type) ? d->type->to : d->type;
    const size_t wanted = count_variable(type);
    const size_t skipped = d->nextents > wanted ? d->nextents - wanted : 0;
    if (!wanted || d->nextents < wanted)
        return;
    variable->extents = ARENA_ARRAY(Value *, wanted);
    variable->nextents = wanted;
    for (size_t k = 0; k < wanted; k++)
        variable->extents[k] = lower_convert(lo, lo->types->size, lower_value(lo, d->extents[skipped + k]));
}

void lower_declare(Lower *lo, Decl *d)
{
    if (d->global || d->lowered)
        return;
    Variable *variable = ARENA_NEW(Variable);
    d->lowered = variable;
    lower_extents(lo, d, variable);
    lo->b.loc = d->loc;
    const size_t nextents = count_variable(d->type);
    if (d->type->kind != TYPE_OPAQUE) /* nobody else sees a local: volatile or not, it is what was written last */
        fence_type(d->type, d->loc);
    if (nextents > variable->nextents)
        fence_refuse(d->loc, "an array whose extents are not written in its declaration", "write them there");
    const int given = (int)(nextents < variable->nextents ? nextents : variable->nextents);
    variable->address = ir_local(&lo->b, writable(d->type), given, variable->extents, d->name);
    variable->address->passive = d->passive;
}

void lower_declaration(Lower *lo, Decl *d)
{
    lower_declare(lo, d);
    if (d->init && !d->global)
        lower_initialise(lo, ((Variable *)d->lowered)->address, d->type, d->init);
}

void lower_declare_early(Lower *lo, Decl *d)
{
    if (d->nextents && count_variable(d->type))
        fence_refuse(d->loc, "a jump past the declaration of a variable-length array",
                     "declare the array before the jump");
    else
        lower_declare(lo, d);
}

void lower_declare_all_early(Lower *lo, const Stmt *s)
{
    for (size_t k = 0; k < s->ndecls; k++)
        lower_declare_early(lo, s->decls[k]);
}

/* An object that lives as long as the block of statements: made there even if its expression stands in a branch of its
 * own. */
Value *lower_temporary(Lower *lo, Type *type, const char *name)
{
    Builder b = lo->b;
    if (lo->scope && b.block != lo->scope) {
        b.block = lo->scope;
        b.before = lo->scope->first;
    }
    return ir_local(&b, writable(type), 0, NULL, name);
}

/* ---- copying ---- */

/* Has it places that one C assignment cannot copy, or that carry derivatives? */
static bool is_copied_whole(const Type *t)
{
    return type_is_record(t) && (t->record->is_union || !type_may_lead_to_real(t));
}

static bool is_padding(const Field *f)
{
    const bool unnamed = f->name == NULL || f->name[0] == '\0';
    return (unnamed && f->type->kind != TYPE_RECORD) || f->bit_width == 0 || f->type->count == ARRAY_UNKNOWN;
}

static Value *element(Lower *lo, Value *array, Value *index)
{
    return ir_ptradd(&lo->b, ir_decay(&lo->b, array), index, NULL);
}

static Value *element_at(Lower *lo, Value *array, int64_t index)
{
    return element(lo, array, ir_int(&lo->b, lo->types->size, index));
}

/* Opens for (size_t k = 0; k < count; k++) and gives k; close_count_loop ends it. */
typedef struct {
    Value *counter;
    Block *outer;
} CountLoop;

static Value *open_count_loop(Lower *lo, CountLoop *loop, int64_t count)
{
    Type *size = lo->types->size;
    loop->outer = lo->b.block;
    loop->counter = lower_temporary(lo, size, "k");
    ir_store(&lo->b, loop->counter, ir_int(&lo->b, size, 0));
    Value *region = ir_loop(&lo->b);
    lo->b.block = region->blocks[0];
    ir_set_condition(region, ir_binary(&lo->b, VAL_LT, lo->types->int_, ir_load(&lo->b, loop->counter),
                                       ir_int(&lo->b, size, count)));
    lo->b.block = region->blocks[1];
    return ir_load(&lo->b, loop->counter);
}

static void close_count_loop(Lower *lo, const CountLoop *loop)
{
    Type *size = lo->types->size;
    Value *k = ir_load(&lo->b, loop->counter);
    ir_store(&lo->b, loop->counter, ir_binary(&lo->b, VAL_ADD, size, k, ir_int(&lo->b, size, 1)));
    lo->b.block = loop->outer;
}

static void copy_array(Lower *lo, Value *to, Value *from, int64_t count)
{
    if (count <= UNROLLED_ELEMENTS) {
        for (int64_t k = 0; k < count; k++)
            lower_copy(lo, element_at(lo, to, k), element_at(lo, from, k));
        return;
    }
    CountLoop loop;
    Value *k = open_count_loop(lo, &loop, count);
    Block *const scope = lo->scope;
    lo->scope = lo->b.block;
    lower_copy(lo, element(lo, to, k), element(lo, from, k));
    lo->scope = scope;
    close_count_loop(lo, &loop);
}

static void copy_record(Lower *lo, Value *to, Value *from, const Record *record)
{
    for (size_t k = 0; k < record->nfields; k++)
        if (!is_padding(&record->fields[k]))
            lower_copy(lo, ir_field(&lo->b, to, (int)k), ir_field(&lo->b, from, (int)k));
}

/* *to = *from */
void lower_copy(Lower *lo, Value *to, Value *from)
{
    Type *type = to->type->to;
    if (is_copied_whole(type))
        ir_copy(&lo->b, to, from);
    else if (type_is_record(type))
        copy_record(lo, to, from, type->record);
    else if (type->kind == TYPE_ARRAY)
        copy_array(lo, to, from, type->count);
    else
        lower_store(lo, to, lower_read(lo, from));
}

/* ---- first values ---- */

static bool is_leaf_type(const Type *t)
{
    return t->kind != TYPE_ARRAY && (t->kind != TYPE_RECORD || t->record->is_union);
}

static bool has_union(const Type *t)
{
    if (t->kind == TYPE_ARRAY)
        return has_union(t->to);
    if (t->kind != TYPE_RECORD)
        return false;
    bool found = t->record->is_union;
    for (size_t k = 0; k < t->record->nfields; k++)
        found |= has_union(t->record->fields[k].type);
    return found;
}

/* Leaves of an object; one whole union counts as a leaf. */
static int64_t count_leaves(const Type *t)
{
    if (is_leaf_type(t))
        return 1;
    if (t->kind == TYPE_ARRAY)
        return t->count > 0 ? t->count * count_leaves(t->to) : 0;
    int64_t count = 0;
    for (size_t k = 0; k < t->record->nfields; k++)
        if (!is_padding(&t->record->fields[k]))
            count += count_leaves(t->record->fields[k].type);
    return count;
}

static Type *type_at(Type *t, const InitPlace *place)
{
    for (int k = 0; k < place->depth; k++)
        t = t->kind == TYPE_ARRAY ? t->to : t->record->fields[place->path[k]].type;
    return t;
}

static Value *address_at(Lower *lo, Value *object, const InitPlace *place)
{
    for (int k = 0; k < place->depth; k++)
        object = object->type->to->kind == TYPE_ARRAY ? element_at(lo, object, place->path[k])
                                                      : ir_field(&lo->b, object, (int)place->path[k]);
    return object;
}

static bool is_zero_constant(const Expr *e)
{
    while (e->kind == EXPR_CAST && e->nkids == 1)
        e = e->kids[0];
    return (e->kind == EXPR_INT && e->i == 0) || (e->kind == EXPR_REAL && e->real == 0 && !__builtin_signbit(e->real));
}

typedef struct {
    const Expr *list;
    int64_t path[16];
    int depth;
} ZeroWalk;

/* Does what the path leads to get a value, or what holds it? */
static bool is_covered(const ZeroWalk *walk)
{
    for (size_t k = 0; k < walk->list->nplaces; k++) {
        const InitPlace *place = &walk->list->places[k];
        int same = 0;
        while (same < place->depth && same < walk->depth && place->path[same] == walk->path[same])
            same++;
        if (same == place->depth)
            return true;
    }
    return false;
}

static void zero_uncovered(Lower *lo, ZeroWalk *walk, Value *object);

/* Part `index` of an object: an element or a field. */
static void zero_part(Lower *lo, ZeroWalk *walk, Value *object, int64_t index)
{
    walk->path[walk->depth++] = index;
    if (!is_covered(walk)) {
        const bool is_array = object->type->to->kind == TYPE_ARRAY;
        zero_uncovered(lo, walk, is_array ? element_at(lo, object, index) : ir_field(&lo->b, object, (int)index));
    }
    walk->depth--;
}

/* Stores zero to the leaves of an object that have no value in the list. */
static void zero_uncovered(Lower *lo, ZeroWalk *walk, Value *object)
{
    Type *t = object->type->to;
    if (t->kind == TYPE_ARRAY)
        for (int64_t k = 0; k < t->count; k++)
            zero_part(lo, walk, object, k);
    else if (t->kind == TYPE_RECORD)
        for (size_t k = 0; k < t->record->nfields; k++) {
            if (!is_padding(&t->record->fields[k]))
                zero_part(lo, walk, object, (int64_t)k);
        }
    else
        lower_store(lo, object, type_is_real(t) ? ir_real(&lo->b, t, 0, NULL) : ir_int(&lo->b, t, 0));
}

static int nesting(const Type *t)
{
    if (t->kind == TYPE_ARRAY)
        return 1 + nesting(t->to);
    int deepest = 0;
    if (t->kind == TYPE_RECORD)
        for (size_t k = 0; k < t->record->nfields; k++) {
            const int depth = 1 + nesting(t->record->fields[k].type);
            deepest = depth > deepest ? depth : deepest;
        }
    return deepest;
}

/* Clears what the list leaves out. True where the whole object has been cleared. */
static bool clear_rest(Lower *lo, Value *object, Type *type, const Expr *list)
{
    const int64_t leaves = count_leaves(type);
    int64_t covered = 0;
    for (size_t k = 0; k < list->nplaces; k++)
        covered += count_leaves(type_at(type, &list->places[k]));
    if (covered >= leaves && !has_union(type))
        return false;
    ZeroWalk walk = {.list = list};
    if (leaves <= ZEROED_LEAVES && !has_union(type) && nesting(type) <= 16) {
        zero_uncovered(lo, &walk, object);
        return false;
    }
    ir_new(&lo->b, VAL_ZERO, lo->types->void_, 1, &object);
    return true;
}

static void lower_list_initialiser(Lower *lo, Value *object, Type *type, const Expr *list)
{
    const bool cleared = clear_rest(lo, object, type, list);
    for (size_t k = 0; k < list->nplaces; k++) {
        const InitPlace *place = &list->places[k];
        if (cleared && is_zero_constant(place->value))
            continue;
        lo->b.loc = place->value->loc;
        lower_initialise(lo, address_at(lo, object, place), type_at(type, place), place->value);
    }
}

/* char s[8] = "text": the characters of the literal, its final zero, and zeros. */
static void lower_string_initialiser(Lower *lo, Value *object, const Type *type, const Expr *string)
{
    const int64_t length = string->type->count;
    const int64_t count = type->count < length || length < 0 ? type->count : length;
    Type *character = type_unqualified(type->to);
    Value *text = ir_string(&lo->b, type_pointer(character), string->text);
    if (type->count > count && object->kind == VAL_LOCAL)
        ir_new(&lo->b, VAL_ZERO, lo->types->void_, 1, &object);
    CountLoop loop;
    Value *k = open_count_loop(lo, &loop, count);
    Value *c = ir_load(&lo->b, ir_ptradd(&lo->b, text, k, NULL));
    ir_store(&lo->b, element(lo, object, k), c);
    close_count_loop(lo, &loop);
}

void lower_initialise(Lower *lo, Value *object, Type *type, const Expr *init)
{
    lo->b.loc = init->loc;
    if (init->kind == EXPR_INIT_LIST && !is_leaf_type(type))
        lower_list_initialiser(lo, object, type, init);
    else if (init->kind == EXPR_INIT_LIST && type_is_record(type))
        lower_list_initialiser(lo, object, type, init);
    else if (type->kind == TYPE_ARRAY && init->kind == EXPR_STRING)
        lower_string_initialiser(lo, object, type, init);
    else if (type->kind == TYPE_ARRAY)
        lower_copy(lo, object, lower_address(lo, init));
    else {
        Value *v = lower_value(lo, init);
        lo->b.loc = init->loc;
        if (type_is_record(type))
            lower_copy(lo, object, v);
        else
            lower_store(lo, object, v);
    }
}
