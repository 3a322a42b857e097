/*
 * types.c: libclang's types as ir.h's. Each is made once: typedef names and tags by their declaration, the rest by its
 * canonical spelling, derived types by type.c. A typedef of a number or record keeps its name; a typedef of a pointer
 * or an array is looked through, since the IR takes such types apart.
 */
#include "clang.h"

typedef struct {
    enum CXTypeKind clang;
    TypeKind kind;
    const char *name;
    int rank;
    bool is_signed;
    Type *type;
} Basic;

static Basic basics[] = {
    {CXType_Void, TYPE_VOID, "void", 0, false, NULL},
    {CXType_Bool, TYPE_INT, "_Bool", 0, false, NULL},
    {CXType_Char_S, TYPE_INT, "char", 1, true, NULL},
    {CXType_Char_U, TYPE_INT, "char", 1, false, NULL},
    {CXType_SChar, TYPE_INT, "signed char", 1, true, NULL},
    {CXType_UChar, TYPE_INT, "unsigned char", 1, false, NULL},
    {CXType_Short, TYPE_INT, "short", 2, true, NULL},
    {CXType_UShort, TYPE_INT, "unsigned short", 2, false, NULL},
    {CXType_Int, TYPE_INT, "int", 3, true, NULL},
    {CXType_UInt, TYPE_INT, "unsigned int", 3, false, NULL},
    {CXType_Long, TYPE_INT, "long", 4, true, NULL},
    {CXType_ULong, TYPE_INT, "unsigned long", 4, false, NULL},
    {CXType_LongLong, TYPE_INT, "long long", 5, true, NULL},
    {CXType_ULongLong, TYPE_INT, "unsigned long long", 5, false, NULL},
    {CXType_Int128, TYPE_INT, "__int128", 6, true, NULL},
    {CXType_UInt128, TYPE_INT, "unsigned __int128", 6, false, NULL},
    {CXType_Float, TYPE_REAL, "float", 1, true, NULL},
    {CXType_Double, TYPE_REAL, "double", 2, true, NULL},
    {CXType_LongDouble, TYPE_REAL, "long double", 3, true, NULL},
};
enum { NBASICS = sizeof basics / sizeof basics[0] };

static const uint64_t basic_int_size[] = {sizeof(bool),      1, sizeof(short), sizeof(int), sizeof(long),
                                          sizeof(long long), 16};
static const uint64_t basic_real_size[] = {0, sizeof(float), sizeof(double), sizeof(long double)};

static Module *module;
static Keyed *declared;   /* tags and typedefs, by declaration */
static Named *spelled;    /* functions and opaque types, by canonical spelling; complex ones too */
static Named *given_tags; /* names of tags given to records of function bodies and to unnamed ones */

static Type *new_type(TypeKind kind, const char *name)
{
    Type *t = ARENA_NEW(Type);
    t->kind = kind;
    t->name = name;
    t->canonical = t;
    return t;
}

static Type *copy_of(const Type *t)
{
    Type *copy = ARENA_NEW(Type);
    *copy = *t;
    copy->pointer_to_this = copy->const_of_this = copy->plain_of_this = copy->arrays_of_this = copy->next_array = NULL;
    return copy;
}

static Type *basic(enum CXTypeKind kind)
{
    for (int i = 0; i < NBASICS; i++)
        if (basics[i].clang == kind)
            return basics[i].type;
    return NULL;
}

/* `size_t` and the like: another name for `t`. */
static Type *named_copy(const Type *t, const char *name)
{
    Type *copy = copy_of(t);
    copy->name = name;
    return copy;
}

void types_begin(Module *m)
{
    module = m;
    for (int i = 0; i < NBASICS; i++) {
        Basic *b = &basics[i];
        b->type = new_type(b->kind, b->name);
        b->type->rank = b->rank;
        b->type->is_signed = b->is_signed;
        b->type->is_bool = b->clang == CXType_Bool;
        if (b->kind != TYPE_VOID)
            b->type->size = b->kind == TYPE_INT ? basic_int_size[b->rank] : basic_real_size[b->rank];
    }
    m->types = (BasicTypes){.void_ = basic(CXType_Void),
                            .bool_ = basic(CXType_Bool),
                            .char_ = basic(CXType_Char_S),
                            .int_ = basic(CXType_Int),
                            .long_ = basic(CXType_Long),
                            .size = named_copy(basic(CXType_ULong), "size_t"),
                            .float_ = basic(CXType_Float),
                            .double_ = basic(CXType_Double),
                            .ldouble = basic(CXType_LongDouble)};
}

/* ---- qualifiers ---- */

typedef struct {
    bool is_const, is_volatile, is_restrict;
} Qualifiers;

static Type *qualified(Type *plain, Qualifiers q)
{
    if (!q.is_const && !q.is_volatile && !q.is_restrict)
        return plain;
    if (plain->kind == TYPE_ARRAY) /* an array's qualifiers are its elements' */
        return type_array(qualified(plain->to, q), plain->count);
    const bool only_const = !q.is_volatile && !q.is_restrict;
    if (only_const && plain->const_of_this)
        return plain->const_of_this;
    const char *key =
        only_const ? NULL : arena_printf("%p %d%d%d", (void *)plain, q.is_const, q.is_volatile, q.is_restrict);
    Type *t = key ? named_find(spelled, key) : NULL;
    if (t)
        return t;
    t = copy_of(plain);
    t->is_const |= q.is_const;
    t->is_volatile |= q.is_volatile;
    t->is_restrict |= q.is_restrict;
    t->plain_of_this = type_unqualified(plain);
    if (key)
        named_add(&spelled, key, t);
    else
        plain->const_of_this = t;
    return t;
}

/* ---- tags and typedefs ---- */

bool types_is_local(CXCursor declaration)
{
    for (CXCursor c = declaration; !cursor_is_null(c); c = clang_getCursorSemanticParent(c)) {
        if (cursor_kind(c) == CXCursor_FunctionDecl)
            return true;
        if (cursor_kind(c) == CXCursor_TranslationUnit)
            return false;
    }
    return false;
}

typedef struct {
    Record *record;
    VEC(Field) fields;
} FieldList;

static enum CXVisitorResult add_field(CXCursor c, CXClientData data)
{
    FieldList *list = data;
    const long long bits = clang_Cursor_getOffsetOfField(c);
    Field field = {.type = types_of(clang_getCursorType(c)),
                   .bit_width = clang_getFieldDeclBitWidth(c),
                   .offset = bits > 0 ? (uint64_t)bits / 8 : 0,
                   .passive = cursor_has_annotation(c, "adgen:passive")};
    const bool anonymous = clang_Cursor_isAnonymousRecordDecl(clang_getTypeDeclaration(clang_getCursorType(c))) != 0;
    const char *name = cursor_spelling(c);
    field.name = anonymous && strchr(name, '(') ? "" : name; /* libclang spells it "struct (anonymous at ...)" */
    vec_push(&list->fields, field);
    return CXVisit_Continue;
}

static const char *keyword_of(CXCursor tag)
{
    switch (cursor_kind(tag)) {
    case CXCursor_UnionDecl:
        return "union";
    case CXCursor_EnumDecl:
        return "enum";
    default:
        return "struct";
    }
}

/* `name`, or `name_2`, ... where that is taken: structs, unions and enums share one name space. */
static const char *fresh_tag(const char *keyword, const char *name)
{
    const char *tag = name;
    for (int i = 2; scope_has_tag(tag) || named_find(given_tags, tag); i++)
        tag = arena_printf("%s_%d", name, i);
    named_add(&given_tags, tag, module);
    return arena_printf("%s %s", keyword, tag);
}

static bool is_anonymous_member(CXCursor tag)
{
    return clang_Cursor_isAnonymousRecordDecl(tag) != 0;
}

/* The typedef that names an unnamed tag: typedef struct { ... } name; */
static const char *typedef_name(CXCursor tag)
{
    const char *name = cursor_spelling(tag);
    return clang_Cursor_isAnonymous(tag) || !*name || strchr(name, '(') ? NULL : name;
}

/* At the file scope of something that the output includes. */
static bool is_in_include(CXCursor tag)
{
    return !types_is_local(tag) && (module->with_source || !cursor_in_main_file(tag));
}

/*
 * How the output writes a tag: as the user did. Unnamed ones get a name (but not in what the output includes), and so
 * do those of function bodies where theirs is taken. NULL where it can't be written.
 */
static const char *tag_name(CXCursor tag)
{
    const char *keyword = keyword_of(tag);
    if (!declare_is_unnamed(tag)) {
        const char *name = cursor_spelling(tag);
        return types_is_local(tag) ? fresh_tag(keyword, name) : arena_printf("%s %s", keyword, name);
    }
    const char *name = typedef_name(tag);
    if (name)
        return types_is_local(tag) ? fresh_tag(keyword, name) : name;
    if (is_anonymous_member(tag) || is_in_include(tag))
        return NULL;
    return fresh_tag(keyword, arena_printf("unnamed_%u", cursor_loc(tag).line));
}

/* Inside another record's definition, and so declared with it? */
static bool is_nested(CXCursor tag)
{
    const enum CXCursorKind parent = cursor_kind(clang_getCursorLexicalParent(tag));
    return parent == CXCursor_StructDecl || parent == CXCursor_UnionDecl;
}

/* What a function's body declares is written at file scope in the output. */
static void declare_local_tag(CXCursor tag, const char *name)
{
    if (name && types_is_local(tag) && !is_nested(tag))
        vec_push(&module->local_declarations, declare_record(tag, name));
}

static CXCursor definition_of(CXCursor tag)
{
    const CXCursor definition = clang_getCursorDefinition(tag);
    return cursor_is_null(definition) ? tag : definition;
}

static Type *record_type(CXType t, CXCursor declaration)
{
    const CXCursor definition = definition_of(declaration);
    Type *type = new_type(TYPE_RECORD, tag_name(definition));
    Record *record = ARENA_NEW(Record);
    keyed_add(&declared, cursor_key(declaration), type);
    type->record = record;
    record->tag = type->name ? type->name : keyword_of(declaration);
    record->loc = cursor_loc(definition);
    record->is_union = cursor_kind(declaration) == CXCursor_UnionDecl;
    const long long size = clang_Type_getSizeOf(t);
    record->is_complete = size >= 0;
    type->size = size > 0 ? (uint64_t)size : 0;
    FieldList list = {.record = record};
    clang_Type_visitFields(t, add_field, &list);
    record->nfields = list.fields.count;
    record->fields = list.fields.at;
    declare_local_tag(definition, type->name);
    return type;
}

static void add_enumerators(Type *type, CXCursor definition)
{
    const Cursors children = cursor_children(definition);
    for (int i = 0; i < children.count; i++)
        if (cursor_kind(children.at[i]) == CXCursor_EnumConstantDecl)
            vec_push(&type->enumerators,
                     ((Enumerator){cursor_spelling(children.at[i]), clang_getEnumConstantDeclValue(children.at[i])}));
}

/* Where an enum's own name can't be written, it goes by its integer type; its enumerators go by their values. */
static Type *enum_type(CXCursor declaration)
{
    const CXCursor definition = definition_of(declaration);
    const Type *integer = types_of(clang_getCanonicalType(clang_getEnumDeclIntegerType(definition)));
    const bool nameless = types_is_local(definition) || (declare_is_unnamed(definition) && !typedef_name(definition));
    Type *type = named_copy(integer, nameless ? integer->name : tag_name(definition));
    keyed_add(&declared, cursor_key(declaration), type);
    type->canonical = type;
    type->is_enum = true;
    if (!nameless)
        add_enumerators(type, definition);
    return type;
}

static bool keeps_typedef_name(const Type *t)
{
    return (t->kind == TYPE_INT || t->kind == TYPE_REAL || t->kind == TYPE_COMPLEX || t->kind == TYPE_RECORD ||
            t->kind == TYPE_OPAQUE) &&
           !t->is_const && !t->is_volatile;
}

static Type *typedef_type(CXType t)
{
    const CXCursor declaration = clang_getTypeDeclaration(t);
    if (cursor_kind(declaration) != CXCursor_TypedefDecl) { /* one of the compiler's own */
        const CXType canonical = clang_getCanonicalType(t);
        return canonical.kind == CXType_Typedef ? new_type(TYPE_OPAQUE, text_of(clang_getTypeSpelling(t)))
                                                : type_unqualified(types_of(canonical));
    }
    Type *type = keyed_find(declared, cursor_key(declaration));
    if (type)
        return type;
    type = types_of(clang_getTypedefDeclUnderlyingType(declaration));
    const char *name = cursor_spelling(declaration);
    if (keeps_typedef_name(type) && !types_is_local(declaration) && !(type->name && strcmp(type->name, name) == 0)) {
        type = named_copy(type, name);
        if (type->kind == TYPE_OPAQUE)
            type->spelling = arena_printf("%s %%s", name);
    }
    keyed_add(&declared, cursor_key(declaration), type);
    return type;
}

/* ---- the rest ---- */

static Type *opaque_type(CXType t, TypeKind kind)
{
    const CXType canonical = clang_getCanonicalType(t);
    const char *spelling = text_of(clang_getTypeSpelling(canonical));
    Type *type = named_find(spelled, spelling);
    if (type)
        return type;
    type = new_type(kind, kind == TYPE_OPAQUE ? spelling : NULL);
    named_add(&spelled, spelling, type);
    const long long size = clang_Type_getSizeOf(canonical);
    type->size = kind == TYPE_OPAQUE && size > 0 ? (uint64_t)size : 0;
    type->spelling = kind == TYPE_OPAQUE ? arena_printf("%s %%s", spelling) : declare_text(t, "%s");
    if (kind == TYPE_FUNCTION)
        type->to = types_of(clang_getResultType(canonical));
    return type;
}

static Type *complex_type(CXType t)
{
    Type *real = type_unqualified(types_of(clang_getCanonicalType(clang_getElementType(t))));
    if (real->kind != TYPE_REAL)
        return opaque_type(t, TYPE_OPAQUE);
    const char *name = arena_printf("%s _Complex", real->name);
    Type *type = named_find(spelled, name);
    if (type)
        return type;
    type = new_type(TYPE_COMPLEX, name);
    type->to = real;
    type->size = 2 * real->size;
    named_add(&spelled, name, type);
    return type;
}

static Type *tag_type(CXType t)
{
    const CXCursor declaration = clang_getTypeDeclaration(t);
    Type *type = keyed_find(declared, cursor_key(declaration));
    if (type)
        return type;
    return t.kind == CXType_Enum ? enum_type(declaration) : record_type(t, declaration);
}

static Type *unqualified_type(CXType t)
{
    Type *simple = basic(t.kind);
    if (simple)
        return simple;
    switch (t.kind) {
    case CXType_Elaborated:
        return types_of(clang_Type_getNamedType(t));
    case CXType_Typedef:
        return typedef_type(t);
    case CXType_Record:
    case CXType_Enum:
        return tag_type(t);
    case CXType_Pointer:
        return type_pointer(types_of(clang_getPointeeType(t)));
    case CXType_ConstantArray:
        return type_array(types_of(clang_getArrayElementType(t)), clang_getArraySize(t));
    case CXType_IncompleteArray:
        return type_array(types_of(clang_getArrayElementType(t)), ARRAY_UNKNOWN);
    case CXType_VariableArray:
        return type_array(types_of(clang_getArrayElementType(t)), ARRAY_VARIABLE);
    case CXType_Complex:
        return complex_type(t);
    case CXType_FunctionProto:
    case CXType_FunctionNoProto:
        return opaque_type(t, TYPE_FUNCTION);
    default:
        break;
    }
    const CXType canonical = clang_getCanonicalType(t); /* typeof, __auto_type, the compiler's sugar */
    return canonical.kind != t.kind && canonical.kind != CXType_Invalid ? types_of(canonical)
                                                                        : opaque_type(t, TYPE_OPAQUE);
}

Type *types_of(CXType t)
{
    Type *plain = unqualified_type(t);
    return qualified(plain, (Qualifiers){clang_isConstQualifiedType(t) != 0, clang_isVolatileQualifiedType(t) != 0,
                                         clang_isRestrictQualifiedType(t) != 0 && plain->kind == TYPE_POINTER});
}

Type *types_of_value(CXType t)
{
    Type *type = type_unqualified(types_of(t));
    return type->kind == TYPE_ARRAY ? type_pointer(type->to) : type;
}

int types_field_path(const Type *type, const char *name, int *path, int capacity)
{
    if (type->kind != TYPE_RECORD || capacity == 0)
        return 0;
    for (size_t i = 0; i < type->record->nfields; i++) {
        const Field *field = &type->record->fields[i];
        *path = (int)i;
        if (strcmp(field->name, name) == 0 && *name)
            return 1;
        const int deeper = *field->name ? 0 : types_field_path(field->type, name, path + 1, capacity - 1);
        if (deeper)
            return 1 + deeper;
    }
    return 0;
}

int types_variable_levels(const Type *t)
{
    int levels = 0;
    for (; t->kind == TYPE_ARRAY || t->kind == TYPE_POINTER; t = t->to)
        levels += t->kind == TYPE_ARRAY && t->count == ARRAY_VARIABLE;
    return levels;
}

/* ---- conversions ---- */

Type *types_promoted(Type *t)
{
    t = type_unqualified(t);
    if (t->kind != TYPE_INT)
        return t;
    Type *int_ = module->types.int_;
    if (t->rank < int_->rank)
        return int_;
    if (!t->is_enum)
        return t;
    for (int i = 0; i < NBASICS; i++)
        if (basics[i].kind == TYPE_INT && basics[i].rank == t->rank && basics[i].is_signed == t->is_signed)
            return basics[i].type;
    return t;
}

static Type *unsigned_of(Type *t)
{
    for (int i = 0; i < NBASICS; i++)
        if (basics[i].kind == TYPE_INT && basics[i].rank == t->rank && !basics[i].is_signed)
            return basics[i].type;
    return t;
}

Type *types_arithmetic(Type *a, Type *b)
{
    a = types_promoted(a);
    b = types_promoted(b);
    if (a->kind == TYPE_COMPLEX || b->kind == TYPE_COMPLEX) {
        if (a->kind != TYPE_COMPLEX || b->kind != TYPE_COMPLEX)
            return a->kind == TYPE_COMPLEX ? a : b;
        return a->to->rank >= b->to->rank ? a : b;
    }
    if (a->kind == TYPE_REAL || b->kind == TYPE_REAL) {
        if (a->kind != TYPE_REAL || b->kind != TYPE_REAL)
            return a->kind == TYPE_REAL ? a : b;
        return a->rank >= b->rank ? a : b;
    }
    if (a->kind != TYPE_INT || b->kind != TYPE_INT)
        return a;
    if (a->is_signed == b->is_signed)
        return a->rank >= b->rank ? a : b;
    Type *without = a->is_signed ? b : a, *with = a->is_signed ? a : b;
    if (without->rank >= with->rank)
        return without;
    return with->size > without->size ? with : unsigned_of(with);
}
