/*
 * module.c: the top level of the translation unit as a Module: what the output repeats (includes, types), functions and
 * variables. Bodies are left alone until somebody asks; of the system's headers, only what is referred to is read.
 */
#include <stdlib.h>

#include "clang.h"

typedef struct {
    unsigned offset;
    Include line;
} Directive;

static Module *module;
static Keyed *functions;      /* by declaration: Function */
static Keyed *globals;        /* by declaration: Global */
static Keyed *global_cursors; /* by Global: CXCursor of its definition */
static Named *names; /* functions at the top level, by name: CXCursor * of the definition or first declaration */
static Named *taken; /* names of variables at file scope, static locals among them */
static VEC(Directive) directives;
static VEC(CXCursor) doubled; /* what files define that the source includes: a second definition where the output
                                 includes them, too */
static VEC(CXCursor) main_declarations, included; /* ... and what files of the user's declare that it includes */
static VEC(CXFile) unshared; /* of those, the ones that a file beside the source cannot include, too */

/* ---- functions ---- */

static CXCursor definition_or(CXCursor declaration)
{
    const CXCursor definition = clang_getCursorDefinition(declaration);
    return cursor_is_null(definition) ? declaration : definition;
}

static void read_param(Param *param, CXCursor c, int index)
{
    const CXType written = clang_getCursorType(c);
    param->name = cursor_spelling(c);
    if (!*param->name)
        param->name = arena_printf("arg%d", index + 1);
    param->declared = types_of(written);
    param->type = types_of_value(written);
    if (param->type->kind == TYPE_FUNCTION)
        param->type = type_pointer(param->type);
    declare_param(written, &param->before, &param->before_mutable, &param->after);
    param->nextents = declare_extents(written, &param->extents);
    param->passive = cursor_has_annotation(c, "adgen:passive");
    param->loc = cursor_loc(c);
}

static const char *prototype_of(const Function *fn, CXType result)
{
    const char *list = fn->nparams ? "" : "void";
    for (int i = 0; i < fn->nparams; i++) {
        const Param *p = &fn->params[i];
        list = arena_printf("%s%s%s%s%s", list, i ? ", " : "", p->before, p->name, p->after);
    }
    if (fn->variadic)
        list = arena_printf("%s, ...", list);
    return declare_text(result, arena_printf("%s(%s)", fn->name, list));
}

static void read_custom_rules(Function *fn, CXCursor declaration)
{
    fn->custom_vjp = cursor_annotation(declaration, "adgen:custom_vjp:");
    fn->custom_jvp = cursor_annotation(declaration, "adgen:custom_jvp:");
}

static void read_function(Function *fn, CXCursor declaration)
{
    const CXCursor c = definition_or(declaration);
    const CXCursor first = clang_getCanonicalCursor(c);
    const CXType type = clang_getCursorType(c);
    fn->type = types_of(type);
    fn->result = type_unqualified(types_of(clang_getCursorResultType(c)));
    fn->result_text = declare_text(clang_getCursorResultType(c), "");
    fn->has_body = clang_isCursorDefinition(c) != 0;
    fn->loc = cursor_loc(c);
    fn->definition_loc = fn->has_body ? fn->loc : (Loc){0};
    fn->variadic = type.kind == CXType_FunctionProto && clang_isFunctionTypeVariadic(type) != 0;
    fn->is_static = clang_Cursor_getStorageClass(first) == CX_SC_Static;
    fn->is_inline = clang_Cursor_isFunctionInlined(c) != 0;
    fn->in_header = !cursor_in_main_file(first) || !cursor_in_main_file(c) || strncmp(fn->name, "__builtin_", 10) == 0;
    fn->passive = cursor_has_annotation(c, "adgen:passive");
    read_custom_rules(fn, c);
    const int count = clang_Cursor_getNumArguments(c);
    fn->nparams = count > 0 ? count : 0;
    fn->params = ARENA_ARRAY(Param, fn->nparams + 1);
    for (int i = 0; i < fn->nparams; i++)
        read_param(&fn->params[i], clang_Cursor_getArgument(c, (unsigned)i), i);
    fn->prototype = prototype_of(fn, clang_getCursorResultType(c));
    if (!fn->has_body || cursor_in_system_header(c)) {
        fn->rule = library_rule(fn);
        fn->effect = library_effect(fn->name);
        fn->has_body &= fn->rule == NULL;
    }
}

static const char *const tgmath_suffix[] = {"", "f", "", "l"};

/* <tgmath.h> of clang's is made of overloaded functions, __tg_sin for each type: sinf, sin, sinl are meant. */
static const char *function_name(CXCursor declaration)
{
    const char *name = cursor_spelling(declaration);
    if (strncmp(name, "__tg_", 5) != 0)
        return name;
    const Type *result = types_of(clang_getCanonicalType(clang_getCursorResultType(declaration)));
    if (result->kind == TYPE_REAL)
        return arena_printf("%s%s", name + 5, tgmath_suffix[result->rank]);
    return name;
}

Function *module_function(CXCursor declaration)
{
    Function *fn = keyed_find(functions, cursor_key(declaration));
    if (fn)
        return fn;
    fn = ARENA_NEW(Function);
    fn->module = module;
    fn->name = function_name(declaration);
    keyed_add(&functions, cursor_key(declaration), fn);
    vec_push(&module->functions, fn);
    const CXCursor source = definition_or(declaration);
    read_function(fn, source);
    if (fn->has_body) {
        CXCursor *kept = ARENA_NEW(CXCursor);
        *kept = source;
        FunctionTree *tree = ARENA_NEW(FunctionTree);
        tree->function = fn;
        tree->cursor = kept;
        fn->source = tree;
    }
    return fn;
}

Function *module_builtin(CXCursor declaration, const char *name)
{
    Function *fn = named_find(taken, arena_printf("builtin %s", name));
    if (fn)
        return fn;
    fn = ARENA_NEW(Function);
    fn->module = module;
    fn->name = name;
    fn->loc = cursor_loc(declaration);
    fn->result = module->types.int_;
    fn->result_text = "int";
    fn->variadic = fn->in_header = true;
    fn->effect = library_effect(name);
    named_add(&taken, arena_printf("builtin %s", name), fn);
    return fn;
}

/* ---- variables ---- */

/* Declared const at every level down to what pointers point to: it never changes. */
static bool is_const_data(CXType t)
{
    bool is_const = false;
    for (t = clang_getCanonicalType(t);;
         t = clang_getArrayElementType(t)) { /* an array's elements or the array: as libclang has it */
        if (clang_isVolatileQualifiedType(t))
            return false;
        is_const |= clang_isConstQualifiedType(t) != 0;
        if (clang_getArrayElementType(t).kind == CXType_Invalid)
            break;
    }
    if (!is_const || t.kind != CXType_Pointer)
        return is_const;
    const CXType to = clang_getCanonicalType(clang_getPointeeType(t));
    return to.kind == CXType_FunctionProto || is_const_data(to);
}

/* What an initialiser names: constants that the output can repeat before it, under their own names, functions; or
 * something else. */
typedef struct {
    const char *function;
    VEC(Global *) constants;
    VEC(Function *) functions;
    bool others;
} References;

static Global *constant_by_its_name(CXCursor variable, const char *function)
{
    Global *global = module_global(variable, function);
    const bool is_there = global->is_const_data && (global->in_header || (global->declaration && global->is_static));
    return is_there && strcmp(global->name, cursor_spelling(variable)) == 0 ? global : NULL;
}

static enum CXChildVisitResult find_reference(CXCursor c, CXCursor parent, CXClientData found)
{
    (void)parent;
    if (cursor_kind(c) != CXCursor_DeclRefExpr)
        return CXChildVisit_Recurse;
    const CXCursor named = clang_getCursorReferenced(c);
    const enum CXCursorKind kind = cursor_kind(named);
    if (kind != CXCursor_VarDecl && kind != CXCursor_FunctionDecl)
        return CXChildVisit_Recurse;
    References *references = found;
    if (kind == CXCursor_FunctionDecl) {
        vec_push(&references->functions, module_function(named));
        return CXChildVisit_Recurse;
    }
    Global *global = kind == CXCursor_VarDecl ? constant_by_its_name(named, references->function) : NULL;
    references->others |= !global;
    if (global)
        vec_push(&references->constants, global);
    return references->others ? CXChildVisit_Break : CXChildVisit_Recurse;
}

/* static int count = sizeof table / sizeof table[0]; */
static const char *constant_value(const Global *global, CXCursor initializer)
{
    int64_t value;
    if (!type_is_int(global->type) || cursor_kind(initializer) == CXCursor_InitListExpr ||
        !cursor_integer(initializer, &value) || value == INT64_MIN)
        return NULL;
    return arena_printf("%lld", (long long)value);
}

static void declare_global(Global *global, CXCursor variable, const char *function)
{
    const CXCursor definition = definition_or(variable);
    const CXType type = clang_getCursorType(definition);
    const CXCursor initializer = clang_Cursor_getVarDeclInitializer(definition);
    const char *thread_local_ = global->is_thread_local ? "_Thread_local " : "";
    const char *declared = declare_text(type, global->name);
    References named = {.function = function};
    if (!cursor_is_null(initializer))
        clang_visitChildren(definition, find_reference, &named);
    named.others |= named.functions.count && !global->is_const_data;
    const bool any = named.others || named.constants.count || named.functions.count;
    const char *number = any ? constant_value(global, initializer) : NULL;
    const bool refers = named.others && !number;
    const char *value = number                                  ? number
                        : cursor_is_null(initializer) || refers ? NULL
                                                                : constant_initializer(definition, initializer);
    for (size_t k = 0; k < named.constants.count && !number; k++)
        vec_push(&global->needs, named.constants.at[k]);
    if (global->is_const_data && value) {
        global->declaration = arena_printf("static %s = %s;", declared, value);
        global->repeated = !global->in_header;
    } else if (!global->is_static) {
        global->declaration = arena_printf("extern %s%s;", thread_local_, declared);
    } else if (!refers && (value || cursor_is_null(initializer))) {
        global->declaration =
            arena_printf("static %s%s%s%s;", thread_local_, declared, value ? " = " : "", value ? value : "");
    }
    for (size_t k = 0; k < named.functions.count && value && !number; k++) { /* which may name this variable in turn */
        Function *fn = named.functions.at[k];
        vec_push(&global->names_functions, fn);
        if (fn->is_static && !fn->in_header)
            repeat_function(fn);
    }
}

/* A name that is looked for, and what it may stand for. */
typedef struct {
    const char *name;
    CXCursor variable;
    bool found;
} Namesake;

static enum CXChildVisitResult find_namesake(CXCursor c, CXCursor parent, CXClientData data)
{
    (void)parent;
    Namesake *n = data;
    const enum CXCursorKind kind = cursor_kind(c);
    n->found = (kind == CXCursor_ParmDecl || kind == CXCursor_VarDecl) && strcmp(cursor_spelling(c), n->name) == 0 &&
               cursor_key(c) != cursor_key(n->variable);
    return n->found ? CXChildVisit_Break : CXChildVisit_Recurse;
}

/* Would it, at file scope, be hidden by a parameter or variable of the source? */
static bool would_be_hidden(CXCursor variable, const char *name)
{
    Namesake n = {.name = name, .variable = variable};
    for (size_t k = 0; k < main_declarations.count && !n.found; k++)
        if (cursor_kind(main_declarations.at[k]) == CXCursor_FunctionDecl)
            clang_visitChildren(main_declarations.at[k], find_namesake, &n);
    return n.found;
}

static const char *global_name(CXCursor variable, const char *function)
{
    const char *name = cursor_spelling(variable);
    if (!function)
        return name;
    const char *unique = name;
    for (int i = 1; named_find(taken, unique) || scope_has_name(unique) || would_be_hidden(variable, unique); i++)
        unique = i == 1 ? arena_printf("%s_%s", function, name) : arena_printf("%s_%s_%d", function, name, i);
    return unique;
}

Global *module_global(CXCursor variable, const char *function)
{
    Global *global = keyed_find(globals, cursor_key(variable));
    if (global)
        return global;
    const CXCursor first = clang_getCanonicalCursor(variable);
    const bool is_local = clang_Cursor_getStorageClass(first) == CX_SC_Static && types_is_local(first);
    global = ARENA_NEW(Global);
    keyed_add(&globals, cursor_key(variable), global);
    global->name = global_name(variable, is_local ? function : NULL);
    named_add(&taken, global->name, global);
    const CXCursor definition = definition_or(variable);
    global->type = types_of(clang_getCursorType(definition));
    global->is_static = clang_Cursor_getStorageClass(first) == CX_SC_Static;
    global->is_const_data = is_const_data(clang_getCursorType(definition));
    global->is_thread_local = clang_getCursorTLSKind(definition) != CXTLS_None;
    global->is_local = is_local;
    global->in_header = !is_local && !cursor_in_main_file(first);
    global->passive = cursor_has_annotation(definition, "adgen:passive");
    global->loc = cursor_loc(variable);
    declare_global(global, variable, function);
    vec_push(&module->globals, global);
    CXCursor *kept = ARENA_NEW(CXCursor);
    *kept = definition;
    keyed_add(&global_cursors, global, kept);
    return global;
}

const CXCursor *module_global_cursor(const Global *global)
{
    return keyed_find(global_cursors, global);
}

/* ---- the top level ---- */

static void add_directive(unsigned offset, const char *text)
{
    vec_push(&directives, ((Directive){offset, {.text = text}}));
}

/* `#include` lines as written; adgen.h has nothing that the output needs. */
static void read_include(CXCursor c)
{
    unsigned start, end;
    size_t length;
    const char *text = parse_main_text(&length);
    const char *name = cursor_spelling(c);
    const char *slash = strrchr(name, '/');
    if (!text || strcmp(slash ? slash + 1 : name, "adgen.h") == 0 || !cursor_main_range(c, &start, &end) ||
        end > length)
        return;
    const char *line = arena_strndup(text + start, end - start);
    CXFile file = clang_getIncludedFile(c);
    if (!strpbrk(line, "<\"")) /* the name came from a macro */
        line = arena_printf("#include \"%s\"", file ? text_of(clang_getFileName(file)) : name);
    add_directive(start, line);
    directives.at[directives.count - 1].line.once =
        strchr(line, '"') && file && !clang_isFileMultipleIncludeGuarded(parse_unit(), file);
}

/* What is included may depend on the macros that are defined before it. */
static void read_macro(CXCursor c)
{
    unsigned start, end;
    size_t length;
    const char *text = parse_main_text(&length);
    if (text && cursor_main_range(c, &start, &end) && end <= length)
        add_directive(start, arena_printf("#define %.*s", (int)(end - start), text + start));
}

/* The system's headers depend on macros with names of their own: _GNU_SOURCE. */
static bool is_feature_macro(const char *line)
{
    return strncmp(line, "#define _", 9) == 0;
}

static bool is_own_include(const char *line)
{
    return line[1] == 'i' && !strchr(line, '<');
}

static const char *word_at(const char *s)
{
    return arena_strndup(s, strspn(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_"));
}

static bool is_defined_before(const char *macro, unsigned offset, size_t count)
{
    for (size_t k = 0; k < count; k++)
        if (directives.at[k].offset < offset && strncmp(directives.at[k].line.text, "#define ", 8) == 0 &&
            strcmp(word_at(directives.at[k].line.text + 8), macro) == 0)
            return true;
    return false;
}

/* #undef of a macro that the file has defined before: libclang does not show it. */
static void read_undefinitions(void)
{
    size_t length;
    const char *text = parse_main_text(&length);
    const size_t count = directives.count;
    for (const char *line = text; line; line = strchr(line, '\n') ? strchr(line, '\n') + 1 : NULL) {
        const char *s = line + strspn(line, " \t");
        s = *s == '#' ? s + 1 + strspn(s + 1, " \t") : "";
        if (strncmp(s, "undef", 5) != 0)
            continue;
        const char *macro = word_at(s + 5 + strspn(s + 5, " \t"));
        if (is_defined_before(macro, (unsigned)(line - text), count))
            add_directive((unsigned)(line - text), arena_printf("#undef %s", macro));
    }
}

static void note_function(CXCursor c)
{
    const char *name = cursor_spelling(c);
    CXCursor *known = named_find(names, name);
    if (known && !clang_isCursorDefinition(c))
        return;
    CXCursor *kept = known ? known : ARENA_NEW(CXCursor);
    *kept = c;
    if (!known)
        named_add(&names, name, kept);
}

/* A function or variable that other files can see, defined in a file that the source includes. */
static bool is_doubled(CXCursor c, enum CXCursorKind kind)
{
    if (cursor_in_system_header(c) || clang_Cursor_getStorageClass(c) == CX_SC_Static)
        return false;
    if (kind == CXCursor_FunctionDecl)
        return clang_isCursorDefinition(c) && !clang_Cursor_isFunctionInlined(c);
    return kind == CXCursor_VarDecl && clang_Cursor_getStorageClass(c) != CX_SC_Extern;
}

static enum CXChildVisitResult note_enumerator(CXCursor c, CXCursor parent, CXClientData data)
{
    (void)parent;
    (void)data;
    if (cursor_kind(c) == CXCursor_EnumConstantDecl)
        vec_push(&module->names, cursor_spelling(c));
    return CXChildVisit_Continue;
}

/* What the output declares in a function would hide these. */
static void note_name(CXCursor c, enum CXCursorKind kind)
{
    if (cursor_in_system_header(c))
        return;
    if (kind == CXCursor_TypedefDecl || kind == CXCursor_VarDecl)
        vec_push(&module->names, cursor_spelling(c));
    else if (kind == CXCursor_EnumDecl)
        clang_visitChildren(c, note_enumerator, NULL);
}

static enum CXChildVisitResult read_top_level(CXCursor c, CXCursor parent, CXClientData data)
{
    (void)parent;
    (void)data;
    const enum CXCursorKind kind = cursor_kind(c);
    if (kind == CXCursor_FunctionDecl)
        note_function(c);
    note_name(c, kind);
    if (!cursor_in_main_file(c)) {
        if (kind == CXCursor_FunctionDecl && !cursor_in_system_header(c))
            vec_push(&main_declarations, c);
        if (kind == CXCursor_MacroDefinition && !cursor_in_system_header(c))
            vec_push(&module->macros, cursor_spelling(c));
        if (clang_isDeclaration(kind) && !cursor_in_system_header(c))
            vec_push(&included, c);
        if (is_doubled(c, kind)) {
            module->defines_in_includes = true;
            vec_push(&doubled, c);
        }
        return CXChildVisit_Continue;
    }
    switch (kind) {
    case CXCursor_InclusionDirective:
        read_include(c);
        break;
    case CXCursor_MacroDefinition:
        vec_push(&module->macros, cursor_spelling(c));
        read_macro(c);
        break;
    case CXCursor_MacroExpansion:
        cursor_add_expansion(c);
        break;
    default:
        vec_push(&main_declarations, c);
        break;
    }
    return CXChildVisit_Continue;
}

static int by_offset(const void *a, const void *b)
{
    const Directive *x = a, *y = b;
    return (x->offset > y->offset) - (x->offset < y->offset);
}

/* Where something is defined that others can see: the line of the source that includes the file. */
static void mark_include(CXFile file, CXSourceLocation *stack, unsigned depth, CXClientData data)
{
    const CXCursor *definition = data;
    CXFile of_definition;
    unsigned offset;
    clang_getExpansionLocation(clang_getCursorLocation(*definition), &of_definition, NULL, NULL, NULL);
    if (!depth || !clang_File_isEqual(file, of_definition))
        return;
    clang_getExpansionLocation(stack[depth - 1], NULL, NULL, NULL, &offset);
    for (size_t i = directives.count; i-- > 0;)
        if (directives.at[i].offset <= offset && directives.at[i].line.text[1] == 'i') {
            directives.at[i].line.defines = true;
            return;
        }
}

/* What is included there, or by that, defines what others can see; they can't include it. */
static void note_unshared(CXFile file, CXSourceLocation *stack, unsigned depth, CXClientData data)
{
    (void)data;
    unsigned offset = 0;
    if (depth)
        clang_getExpansionLocation(stack[depth - 1], NULL, NULL, NULL, &offset);
    for (size_t i = directives.count; depth && i-- > 0;)
        if (directives.at[i].offset <= offset && directives.at[i].line.text[1] == 'i') {
            if (directives.at[i].line.defines)
                vec_push(&unshared, file);
            return;
        }
}

static bool is_unshared(CXCursor c)
{
    CXFile file;
    clang_getExpansionLocation(clang_getCursorLocation(c), &file, NULL, NULL, NULL);
    for (size_t i = 0; i < unshared.count; i++)
        if (clang_File_isEqual(unshared.at[i], file))
            return true;
    return false;
}

/* Includes between declarations; one inside a function or an initialiser is a piece of that. */
static void repeat_includes(void)
{
    read_undefinitions();
    size_t last_own = 0;
    if (directives.count)
        qsort(directives.at, directives.count, sizeof(Directive), by_offset);
    for (size_t i = 0; i < directives.count; i++)
        last_own = is_own_include(directives.at[i].line.text) ? i : last_own;
    for (size_t i = 0; i < doubled.count; i++)
        clang_getInclusions(parse_unit(), mark_include, &doubled.at[i]);
    for (size_t i = 0; i < directives.count; i++) {
        bool inside =
            i > last_own && directives.at[i].line.text[1] != 'i' && !is_feature_macro(directives.at[i].line.text);
        for (size_t k = 0; k < main_declarations.count && !inside; k++) {
            unsigned start, end;
            inside = cursor_main_range(main_declarations.at[k], &start, &end) && start < directives.at[i].offset &&
                     directives.at[i].offset < end;
        }
        if (!inside)
            vec_push(&module->includes, directives.at[i].line);
    }
}

/* The types that the main file defines, in its order; a typedef of an unnamed struct is one definition. */
static void declare_type(CXCursor c)
{
    const char *text = NULL, *name = cursor_spelling(c);
    const enum CXCursorKind kind = cursor_kind(c);
    if (kind == CXCursor_TypedefDecl) {
        text = declare_typedef(c);
    } else if (kind == CXCursor_StructDecl || kind == CXCursor_UnionDecl) {
        const Type *type = types_of(clang_getCursorType(c));
        const bool by_typedef = declare_is_unnamed(c) && type->name && !strchr(type->name, ' ');
        if (!by_typedef && type->name)
            text = declare_record(c, name = type->name);
    } else if (kind == CXCursor_EnumDecl) {
        const bool is_anonymous = clang_Cursor_isAnonymous(c) || strchr(name, '(');
        name = declare_is_unnamed(c) ? NULL : arena_printf("enum %s", name);
        if (name)
            text = declare_enum(c, name);
        else if (is_anonymous)
            text = declare_enum(c, "enum");
    }
    if (text)
        vec_push(&module->declarations, ((TypeDeclaration){name, text, cursor_loc(c)}));
}

static void declare_types(const CXCursor *declarations, size_t count, bool (*are_meant)(CXCursor c))
{
    for (size_t i = 0; i < count; i++)
        if ((!are_meant || are_meant(declarations[i])) &&
            (i + 1 == count || !declare_is_implied(declarations[i], declarations[i + 1])))
            declare_type(declarations[i]);
}

void module_check_includes(void)
{
    if (!doubled.count)
        return;
    const CXCursor c = doubled.at[0];
    diag_error(cursor_loc(c),
               "'%s' is defined in a file that the source includes, and would be once more in the output",
               cursor_spelling(c));
    diag_note((Loc){0}, "ask for --with-source, and compile the output in place of the source");
}

Module *module_read(const char *file, bool with_source)
{
    module = ARENA_NEW(Module);
    module->file = file;
    module->with_source = with_source;
    module->lower_body = lower_function;
    types_begin(module);
    clang_visitChildren(clang_getTranslationUnitCursor(parse_unit()), read_top_level, NULL);
    repeat_includes();
    if (with_source) { /* a checker is compiled beside the output, which has the source's types */
        clang_getInclusions(parse_unit(), note_unshared, NULL);
        declare_types(included.at, included.count, is_unshared);
    }
    declare_types(main_declarations.at, main_declarations.count, NULL);
    for (size_t i = 0; i < main_declarations.count; i++) {
        const CXCursor c = main_declarations.at[i];
        if (cursor_kind(c) == CXCursor_FunctionDecl)
            module_function(c);
        else if (cursor_kind(c) == CXCursor_VarDecl)
            module_global(c, NULL);
    }
    return module;
}

/* ---- annotations ---- */

/* A declaration inherits the annotations of those before it, so that the last one has them all. */
static bool is_first_reading(CXCursor declaration, const char *text)
{
    static Named *read;
    const char *key = arena_printf("%p %s", cursor_key(declaration), text);
    if (named_find(read, key))
        return false;
    named_add(&read, key, module);
    return true;
}

void module_each_annotation(void (*read)(Function *fn, const char *text, Loc loc))
{
    for (size_t i = 0; i < main_declarations.count; i++) {
        const CXCursor c = main_declarations.at[i];
        if (cursor_kind(c) != CXCursor_FunctionDecl)
            continue;
        const Cursors children = cursor_children(c);
        for (int k = 0; k < children.count; k++)
            if (cursor_kind(children.at[k]) == CXCursor_AnnotateAttr &&
                is_first_reading(c, cursor_spelling(children.at[k])))
                read(module_function(c), cursor_spelling(children.at[k]), cursor_loc(children.at[k]));
    }
}

/* ---- by name ---- */

Function *module_find_function(const char *name)
{
    const CXCursor *c = named_find(names, name);
    return c ? module_function(*c) : NULL;
}

static size_t edit_distance(const char *a, const char *b)
{
    enum { LONGEST = 64 };
    size_t row[LONGEST + 1];
    const size_t n = strlen(a), m = strlen(b);
    if (n > LONGEST || m > LONGEST)
        return SIZE_MAX;
    for (size_t j = 0; j <= m; j++)
        row[j] = j;
    for (size_t i = 1; i <= n; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= m; j++) {
            const size_t replaced = diagonal + (a[i - 1] != b[j - 1]);
            diagonal = row[j];
            const size_t shorter = (row[j] < row[j - 1] ? row[j] : row[j - 1]) + 1;
            row[j] = replaced < shorter ? replaced : shorter;
        }
    }
    return row[m];
}

bool module_similar(const char *a, const char *b)
{
    const size_t distance = edit_distance(a, b);
    return distance < strlen(a) && distance <= 1 + strlen(a) / 4;
}

const char *module_similar_function(const char *name)
{
    const char *best = NULL;
    size_t least = SIZE_MAX;
    for (size_t i = 0; i < module->functions.count; i++) {
        const Function *fn = module->functions.at[i];
        const size_t distance =
            fn->has_body && module_similar(name, fn->name) ? edit_distance(name, fn->name) : SIZE_MAX;
        if (distance < least) {
            least = distance;
            best = fn->name;
        }
    }
    return best;
}
