/*
 * declare.c: types and declarations as C text, macros expanded and typedef names kept. A declarator is built from the
 * inside out: the name first, then what it is ("*" before, "[n]" and "(int)" behind), the base type at the end.
 */
#include "clang.h"

typedef struct {
    bool mutable_;    /* leave out every const */
    bool spell_const; /* write out the typedefs that hide one */
} Style;

static const char *declarator(CXType t, const char *inner, Style style);

/* A typedef's name where it may be written: not one of a function's body, and not one that hides a const to be dropped.
 */
static bool hides_const(CXType t)
{
    for (t = clang_getCanonicalType(t);;) {
        if (clang_isConstQualifiedType(t))
            return true;
        if (t.kind == CXType_Pointer)
            t = clang_getPointeeType(t);
        else if (clang_getArrayElementType(t).kind != CXType_Invalid)
            t = clang_getArrayElementType(t);
        else
            return false;
    }
}

static CXType named_type(CXType t)
{
    return t.kind == CXType_Elaborated ? clang_Type_getNamedType(t) : t;
}

static const char *qualifiers(CXType t, Style style)
{
    return arena_printf("%s%s%s", clang_isConstQualifiedType(t) && !style.mutable_ ? "const " : "",
                        clang_isVolatileQualifiedType(t) ? "volatile " : "",
                        clang_isRestrictQualifiedType(t) ? "restrict " : "");
}

static const char *unqualified_spelling(CXType t)
{
    return text_of(clang_getTypeSpelling(clang_getUnqualifiedType(t)));
}

/* The name of a type that is no pointer, array or function. */
static const char *base_name(CXType t)
{
    const Type *type = types_of(t);
    if (type->name)
        return type->name;
    return unqualified_spelling(t);
}

static const char *base(CXType t, const char *inner, Style style)
{
    const CXType named = named_type(t);
    const char *name;
    if (named.kind == CXType_Typedef) {
        const CXCursor declaration = clang_getTypeDeclaration(named);
        const bool expand =
            types_is_local(declaration) || ((style.mutable_ || style.spell_const) && hides_const(named));
        if (expand && cursor_kind(declaration) == CXCursor_TypedefDecl) {
            const CXType underlying = clang_getTypedefDeclUnderlyingType(declaration);
            const bool pointer = clang_getCanonicalType(underlying).kind == CXType_Pointer;
            const char *quals = qualifiers(t, style);
            if (pointer || !*quals) /* `const vec` with a local `typedef double *vec` is `double *const` */
                return declarator(underlying, pointer ? arena_printf("%s%s", quals, inner) : inner, style);
            return arena_printf("%s%s", quals, declarator(underlying, inner, style));
        }
        name = cursor_spelling(declaration);
    } else {
        name = base_name(named.kind == CXType_Invalid ? t : named);
    }
    return arena_printf("%s%s%s%s", qualifiers(t, style), name, *inner ? " " : "", inner);
}

/*
 * The extent in brackets as written: what the spelling of the array has and that of its element has not. They part at a
 * bracket that is in no other brackets.
 */
static const char *extent_text(CXType t)
{
    const char *whole = text_of(clang_getTypeSpelling(t));
    const char *element = text_of(clang_getTypeSpelling(clang_getArrayElementType(t)));
    const size_t length = strlen(whole) - strlen(element);
    size_t at = 0, common = 0;
    int depth = 0;
    for (; whole[common] && whole[common] == element[common];)
        common++;
    for (size_t i = 0; i <= common && whole[i]; i++) {
        if (whole[i] == '[' && depth++ == 0)
            at = i;
        depth -= whole[i] == ']';
    }
    const bool found = strlen(whole) > strlen(element) && whole[at] == '[' && whole[at + length - 1] == ']';
    if (found)
        return arena_strndup(whole + at + 1, length - 2);
    const long long size = clang_getArraySize(t);
    return size >= 0 ? arena_printf("%lld", size) : "";
}

static bool is_array(CXType t)
{
    return t.kind == CXType_ConstantArray || t.kind == CXType_IncompleteArray || t.kind == CXType_VariableArray ||
           t.kind == CXType_DependentSizedArray;
}

static bool is_function(CXType t)
{
    return t.kind == CXType_FunctionProto || t.kind == CXType_FunctionNoProto;
}

static const char *parameter_list(CXType t)
{
    const int count = clang_getNumArgTypes(t);
    if (t.kind == CXType_FunctionNoProto)
        return "";
    if (count <= 0)
        return "void";
    const char *list = "";
    for (int i = 0; i < count; i++)
        list =
            arena_printf("%s%s%s", list, i ? ", " : "", declarator(clang_getArgType(t, (unsigned)i), "", (Style){0}));
    return clang_isFunctionTypeVariadic(t) ? arena_printf("%s, ...", list) : list;
}

static const char *declarator(CXType t, const char *inner, Style style)
{
    if (t.kind == CXType_Pointer) {
        const CXType to = clang_getPointeeType(t);
        const bool wrap = is_array(to) || is_function(to);
        const char *quals = qualifiers(t, style);
        const char *pointer = *inner ? arena_printf("*%s%s", quals, inner)
                                     : arena_printf("*%.*s", (int)(*quals ? strlen(quals) - 1 : 0), quals);
        return declarator(to, wrap ? arena_printf("(%s)", pointer) : pointer, style);
    }
    if (is_array(t))
        return declarator(clang_getArrayElementType(t), arena_printf("%s[%s]", inner, extent_text(t)), style);
    if (is_function(t))
        return declarator(clang_getResultType(t), arena_printf("%s(%s)", inner, parameter_list(t)), (Style){0});
    return base(t, inner, style);
}

const char *declare_text(CXType t, const char *name)
{
    return declarator(t, name, (Style){0});
}

static void around(CXType t, Style style, const char **before, const char **after)
{
    const char *text = declarator(t, "\1", style);
    const char *mark = strchr(text, '\1');
    *before = arena_strndup(text, (size_t)(mark - text));
    *after = mark + 1;
}

void declare_param(CXType t, const char **before, const char **before_mutable, const char **after)
{
    const char *after_mutable;
    around(t, (Style){0}, before, after);
    around(t, (Style){.mutable_ = true}, before_mutable, &after_mutable);
    if (strcmp(*after, after_mutable) != 0) /* typedef const double vec3[3]: the shadow needs the brackets too */
        around(t, (Style){.spell_const = true}, before, after);
}

int declare_extents(CXType t, const char ***extents)
{
    VEC(const char *) list = {0};
    for (; is_array(t); t = clang_getArrayElementType(t)) {
        const char *text = extent_text(t);
        while (strncmp(text, "static ", 7) == 0 || strncmp(text, "const ", 6) == 0 ||
               strncmp(text, "restrict ", 9) == 0 || strncmp(text, "volatile ", 9) == 0)
            text = strchr(text, ' ') + 1;
        const bool given = *text && strcmp(text, "*") != 0 && strcmp(text, "restrict") != 0 &&
                           strcmp(text, "const") != 0 && strcmp(text, "volatile") != 0;
        vec_push(&list, given ? text : NULL);
    }
    const CXType canonical = clang_getCanonicalType(t); /* typedef double vec3[3]; */
    if (list.count == 0 || canonical.kind == CXType_ConstantArray)
        for (CXType a = canonical; a.kind == CXType_ConstantArray; a = clang_getArrayElementType(a))
            vec_push(&list, arena_printf("%lld", clang_getArraySize(a)));
    *extents = list.at;
    return (int)list.count;
}

/* ---- tags ---- */

/* "struct point {": a name is the last word before the brace, and no keyword or attribute. */
bool declare_is_unnamed(CXCursor tag)
{
    const char *text = cursor_printed(tag, true);
    size_t last = strcspn(text, "{\n");
    while (last && text[last - 1] == ' ')
        last--;
    size_t first = last;
    while (first && text[first - 1] != ' ' && text[first - 1] != ')')
        first--;
    const char *word = arena_strndup(text + first, last - first);
    return !*word || strcmp(word, "struct") == 0 || strcmp(word, "union") == 0 || strcmp(word, "enum") == 0;
}

static bool is_tag(CXCursor c)
{
    const enum CXCursorKind kind = cursor_kind(c);
    return kind == CXCursor_StructDecl || kind == CXCursor_UnionDecl || kind == CXCursor_EnumDecl;
}

static const char *indented(int depth)
{
    return arena_printf("%*s", 4 * depth, "");
}

static const char *record_body(CXCursor record, int depth);
static const char *enum_body(CXCursor enumeration);

/* Does a field's declaration define the tag `tag` on the way: `struct inner { ... } a, *b;`? */
static bool has_base(CXType t, CXCursor tag)
{
    for (;;) {
        if (t.kind == CXType_Pointer)
            t = clang_getPointeeType(t);
        else if (is_array(t))
            t = clang_getArrayElementType(t);
        else
            break;
    }
    t = named_type(t);
    return (t.kind == CXType_Record || t.kind == CXType_Enum) &&
           cursor_key(clang_getTypeDeclaration(t)) == cursor_key(tag);
}

static bool is_definition(CXCursor c)
{
    return clang_isCursorDefinition(c) != 0;
}

bool declare_is_implied(CXCursor tag, CXCursor next)
{
    return is_tag(tag) && !is_definition(tag) && cursor_kind(next) == CXCursor_TypedefDecl &&
           has_base(clang_getTypedefDeclUnderlyingType(next), tag);
}

/* Where a parenthesis that `s` stands on is closed: behind it. */
static const char *behind_parens(const char *s)
{
    int depth = 0;
    do
        depth += (*s == '(') - (*s == ')');
    while (*s++ && depth > 0);
    return s;
}

/* The attributes of a tag or field, as they are written in front: what decides the layout may be among them. */
static const char *attributes(CXCursor c)
{
    static const char *const openings[] = {"__attribute__(", "_Alignas("};
    const char *result = "";
    const char *text = cursor_printed(c, true);
    for (const char *s = text; *s; s++)
        for (int i = 0; i < 2; i++)
            if (strncmp(s, openings[i], strlen(openings[i])) == 0) {
                const char *end = behind_parens(s + strlen(openings[i]) - 1);
                if (strncmp(s, "__attribute__((annotate", 23) != 0)
                    result = arena_printf("%s%.*s ", result, (int)(end - s), s);
                s = end - 1;
                break;
            }
    return result;
}

static const char *keyword(CXCursor tag)
{
    const enum CXCursorKind kind = cursor_kind(tag);
    return kind == CXCursor_EnumDecl ? "enum" : kind == CXCursor_UnionDecl ? "union" : "struct";
}

/* "struct __attribute__((packed)) name { ... }"; `name` is as types.c writes it, "struct name", or "". */
static const char *tag_text(CXCursor tag, const char *name, int depth)
{
    const size_t prefix = strlen(keyword(tag));
    const bool named = strncmp(name, keyword(tag), prefix) == 0 && name[prefix] == ' ';
    const char *body = cursor_kind(tag) == CXCursor_EnumDecl ? enum_body(tag) : record_body(tag, depth);
    return arena_printf("%s %s%s%s%s", keyword(tag), attributes(tag), named ? name + prefix + 1 : "", named ? " " : "",
                        body);
}

/* A field whose declaration defines `pending` on the way has its body behind the tag. */
static const char *field_text(CXCursor field, CXCursor pending, int depth)
{
    const CXType t = clang_getCursorType(field);
    const char *name = cursor_spelling(field);
    const char *text = declare_text(t, name);
    const int width = clang_getFieldDeclBitWidth(field);
    if (width >= 0)
        text = arena_printf("%s%s%d", text, *name ? " : " : ": ", width);
    const Type *type = cursor_is_null(pending) || !has_base(t, pending) ? NULL : types_of(clang_getCursorType(pending));
    const char *tag = !type ? "" : type->name ? type->name : unqualified_spelling(clang_getCursorType(pending));
    const char *at = *tag ? strstr(text, tag) : NULL;
    if (at)
        text = arena_printf("%.*s%s%s", (int)(at - text), text, tag_text(pending, type->name ? tag : "", depth),
                            at + strlen(tag));
    return arena_printf("%s%s", attributes(field), text);
}

static const char *record_body(CXCursor record, int depth)
{
    const Cursors children = cursor_children(record);
    const char *body = "{\n", *in = indented(depth + 1);
    CXCursor pending = clang_getNullCursor();
    for (int i = 0; i < children.count; i++) {
        const CXCursor c = children.at[i];
        if (is_tag(c) && is_definition(c)) {
            pending = c;
            if (clang_Cursor_isAnonymousRecordDecl(c))
                body = arena_printf("%s%s%s;\n", body, in, tag_text(c, "", depth + 1));
        } else if (cursor_kind(c) == CXCursor_FieldDecl) {
            body = arena_printf("%s%s%s;\n", body, in, field_text(c, pending, depth + 1));
            if (!cursor_is_null(pending) && has_base(clang_getCursorType(c), pending))
                pending = clang_getNullCursor();
        }
    }
    return arena_printf("%s%s}", body, indented(depth));
}

static const char *enum_body(CXCursor enumeration)
{
    const Cursors children = cursor_children(enumeration);
    const char *body = "{";
    long long next = 0;
    int count = 0;
    for (int i = 0; i < children.count; i++) {
        if (cursor_kind(children.at[i]) != CXCursor_EnumConstantDecl)
            continue;
        const long long value = clang_getEnumConstantDeclValue(children.at[i]);
        body = arena_printf("%s%s%s", body, count++ ? ", " : " ", cursor_spelling(children.at[i]));
        if (value != next)
            body = arena_printf("%s = %lld", body, value);
        next = value == INT64_MAX ? 0 : value + 1;
    }
    return arena_printf("%s }", body);
}

/* Is a field where its alignment would not put it? */
static bool is_squeezed(CXCursor field)
{
    const long long align = clang_Type_getAlignOf(clang_getCursorType(field));
    const long long bits = clang_Cursor_getOffsetOfField(field);
    return align > 0 && bits >= 0 && clang_getFieldDeclBitWidth(field) < 0 && bits / 8 % align != 0;
}

/* `#pragma pack` isn't in the tree; what it did is. */
static const char *with_packing(CXCursor record, const char *definition)
{
    const Cursors children = cursor_children(record);
    bool squeezed = false;
    for (int i = 0; i < children.count; i++)
        squeezed |= cursor_kind(children.at[i]) == CXCursor_FieldDecl && is_squeezed(children.at[i]);
    if (!squeezed || strstr(attributes(record), "packed"))
        return definition;
    return arena_printf("#pragma pack(push, %lld)\n%s\n#pragma pack(pop)",
                        clang_Type_getAlignOf(clang_getCursorType(record)), definition);
}

const char *declare_record(CXCursor record, const char *tag)
{
    return is_definition(record) ? with_packing(record, arena_printf("%s;", tag_text(record, tag, 0)))
                                 : arena_printf("%s;", tag);
}

const char *declare_enum(CXCursor enumeration, const char *tag)
{
    return is_definition(enumeration) ? arena_printf("%s;", tag_text(enumeration, tag, 0)) : arena_printf("%s;", tag);
}

const char *declare_typedef(CXCursor typedef_)
{
    const CXType t = clang_getTypedefDeclUnderlyingType(typedef_);
    const char *name = cursor_spelling(typedef_);
    const CXCursor tag = clang_getTypeDeclaration(named_type(t));
    const bool names_it = is_tag(tag) && declare_is_unnamed(tag) && strcmp(cursor_spelling(tag), name) == 0;
    if (!names_it)
        return arena_printf("typedef %s;", declare_text(t, name));
    return with_packing(tag, arena_printf("typedef %s %s;", tag_text(tag, "", 0), name));
}
