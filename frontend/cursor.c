/*
 * cursor.c: libclang's awkward corners, each behind a function that has a plain answer. What the tree leaves out comes
 * from two places that macros can't disturb: the token at one location, and the function as libclang prints it.
 */
#include <ctype.h>
#include <stdlib.h>

#include "clang.h"

/* ---- tables ---- */

void *keyed_find(Keyed *table, const void *key)
{
    Keyed *entry;
    HASH_FIND_PTR(table, &key, entry);
    return entry ? entry->value : NULL;
}

void keyed_add(Keyed **table, const void *key, void *value)
{
    Keyed *entry = ARENA_NEW(Keyed);
    entry->key = key;
    entry->value = value;
    HASH_ADD_PTR(*table, key, entry);
}

void *named_find(Named *table, const char *name)
{
    Named *entry;
    HASH_FIND_STR(table, name, entry);
    return entry ? entry->value : NULL;
}

void named_add(Named **table, const char *name, void *value)
{
    Named *entry = ARENA_NEW(Named);
    entry->name = name;
    entry->value = value;
    HASH_ADD_KEYPTR(hh, *table, entry->name, strlen(entry->name), entry);
}

/* ---- simple questions ---- */

const char *text_of(CXString s)
{
    const char *text = clang_getCString(s);
    const char *copy = arena_strdup(text ? text : "");
    clang_disposeString(s);
    return copy;
}

Cursors cursor_expressions(CXCursor c)
{
    Cursors children = cursor_children(c);
    int count = 0;
    for (int i = 0; i < children.count; i++)
        if (cursor_is_expression(children.at[i]))
            children.at[count++] = children.at[i];
    children.count = count;
    return children;
}

enum CXCursorKind cursor_kind(CXCursor c)
{
    return clang_getCursorKind(c);
}

const char *cursor_spelling(CXCursor c)
{
    return text_of(clang_getCursorSpelling(c));
}

bool cursor_is_null(CXCursor c)
{
    return clang_Cursor_isNull(c) || clang_isInvalid(clang_getCursorKind(c));
}

bool cursor_is_expression(CXCursor c)
{
    return clang_isExpression(clang_getCursorKind(c)) != 0;
}

const void *cursor_key(CXCursor declaration)
{
    return clang_getCanonicalCursor(declaration).data[0];
}

typedef VEC(CXCursor) CursorVec;

static enum CXChildVisitResult collect_child(CXCursor c, CXCursor parent, CXClientData children)
{
    (void)parent;
    vec_push((CursorVec *)children, c);
    return CXChildVisit_Continue;
}

Cursors cursor_children(CXCursor c)
{
    CursorVec children = {0};
    clang_visitChildren(c, collect_child, &children);
    return (Cursors){children.at, (int)children.count};
}

/* ---- places ---- */

static const char *file_name(CXFile file)
{
    static CXFile last;
    static const char *last_name;
    if (!last_name || !clang_File_isEqual(file, last)) {
        last = file;
        last_name = text_of(clang_getFileName(file));
    }
    return last_name;
}

Loc cursor_loc_of(CXSourceLocation location)
{
    CXFile file;
    unsigned line, col;
    clang_getFileLocation(location, &file, &line, &col, NULL);
    return file ? (Loc){file_name(file), line, col} : (Loc){NULL, 0, 0};
}

Loc cursor_loc(CXCursor c)
{
    return cursor_loc_of(clang_getCursorLocation(c));
}

bool cursor_in_main_file(CXCursor c)
{
    CXFile file;
    clang_getExpansionLocation(clang_getCursorLocation(c), &file, NULL, NULL, NULL);
    return file && clang_File_isEqual(file, parse_main_file());
}

bool cursor_in_system_header(CXCursor c)
{
    return clang_Location_isInSystemHeader(clang_getCursorLocation(c)) != 0;
}

bool cursor_main_range(CXCursor c, unsigned *start, unsigned *end)
{
    const CXSourceRange range = clang_getCursorExtent(c);
    CXFile first, last;
    clang_getFileLocation(clang_getRangeStart(range), &first, NULL, NULL, start);
    clang_getFileLocation(clang_getRangeEnd(range), &last, NULL, NULL, end);
    return first && last && clang_File_isEqual(first, parse_main_file()) && clang_File_isEqual(first, last) &&
           *start <= *end;
}

/* ---- tokens and macros ---- */

/* A range without length yields exactly the token that begins there, also in a macro's body or arguments. */
static const char *token_at(CXSourceLocation location)
{
    CXToken *tokens = NULL;
    unsigned count = 0;
    const char *text = "";
    clang_tokenize(parse_unit(), clang_getRange(location, location), &tokens, &count);
    if (count)
        text = text_of(clang_getTokenSpelling(parse_unit(), tokens[0]));
    clang_disposeTokens(parse_unit(), tokens, count);
    return text;
}

const char *cursor_first_token(CXCursor c)
{
    return token_at(clang_getRangeStart(clang_getCursorExtent(c)));
}

typedef struct {
    unsigned offset;
    CXCursor cursor;
} Expansion;

static VEC(Expansion) expansions;

void cursor_add_expansion(CXCursor c)
{
    unsigned start, end;
    if (cursor_main_range(c, &start, &end))
        vec_push(&expansions, ((Expansion){start, c}));
}

/* The first expansion at `offset` or behind it: they come in the order of the file. */
static size_t expansion_from(unsigned offset)
{
    size_t low = 0, high = expansions.count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (expansions.at[middle].offset < offset)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

bool cursor_range_has_macro(unsigned start, unsigned end)
{
    const size_t i = expansion_from(start);
    return i < expansions.count && expansions.at[i].offset < end;
}

static CXCursor system_macro(CXCursor c)
{
    unsigned start, end;
    if (!cursor_main_range(c, &start, &end))
        return clang_getNullCursor();
    const size_t i = expansion_from(start);
    if (i >= expansions.count || expansions.at[i].offset != start)
        return clang_getNullCursor();
    const CXCursor definition = clang_getCursorReferenced(expansions.at[i].cursor);
    return !cursor_is_null(definition) && cursor_in_system_header(definition) ? definition : clang_getNullCursor();
}

const char *cursor_system_macro(CXCursor c)
{
    const CXCursor macro = system_macro(c);
    return cursor_is_null(macro) ? NULL : cursor_spelling(macro);
}

/* A number, a character, or a constant of the compiler's like __DBL_MAX__. */
static bool is_constant_token(const char *token)
{
    const size_t length = strlen(token);
    return isdigit((unsigned char)token[0]) || token[0] == '.' || token[0] == '\'' ||
           (length > 4 && strncmp(token, "__", 2) == 0 && strcmp(token + length - 2, "__") == 0);
}

const char *cursor_constant_macro(CXCursor c)
{
    const CXCursor macro = system_macro(c);
    if (cursor_is_null(macro) || clang_Cursor_isMacroFunctionLike(macro))
        return NULL;
    CXToken *tokens = NULL;
    unsigned count = 0;
    clang_tokenize(parse_unit(), clang_getCursorExtent(macro), &tokens, &count);
    const bool constant = count == 2 && is_constant_token(text_of(clang_getTokenSpelling(parse_unit(), tokens[1])));
    clang_disposeTokens(parse_unit(), tokens, count);
    return constant ? cursor_spelling(macro) : NULL;
}

/* ---- expressions ---- */

bool cursor_is_implicit_cast(CXCursor c, CXCursor child)
{
    return cursor_is_expression(child) &&
           clang_equalRanges(clang_getCursorExtent(c), clang_getCursorExtent(child)) != 0;
}

bool cursor_integer(CXCursor c, int64_t *value)
{
    if (cursor_kind(c) == CXCursor_InitListExpr)
        return false;
    CXEvalResult result = clang_Cursor_Evaluate(c);
    const bool found = result && clang_EvalResult_getKind(result) == CXEval_Int;
    if (found)
        *value = clang_EvalResult_isUnsignedInt(result) ? (int64_t)clang_EvalResult_getAsUnsigned(result)
                                                        : (int64_t)clang_EvalResult_getAsLongLong(result);
    if (result)
        clang_EvalResult_dispose(result);
    return found;
}

/* ---- annotations ---- */

const char *cursor_annotation(CXCursor declaration, const char *prefix)
{
    const Cursors children = cursor_children(declaration);
    for (int i = 0; i < children.count; i++) {
        if (cursor_kind(children.at[i]) != CXCursor_AnnotateAttr)
            continue;
        const char *text = cursor_spelling(children.at[i]);
        if (strncmp(text, prefix, strlen(prefix)) == 0)
            return text + strlen(prefix);
    }
    return NULL;
}

bool cursor_has_annotation(CXCursor declaration, const char *text)
{
    const char *rest = cursor_annotation(declaration, text);
    return rest && !*rest;
}

/* ---- the parts of `for` ---- */

const char *cursor_printed(CXCursor declaration, bool terse)
{
    CXPrintingPolicy policy = clang_getCursorPrintingPolicy(declaration);
    clang_PrintingPolicy_setProperty(policy, CXPrintingPolicy_Bool, 0);
    clang_PrintingPolicy_setProperty(policy, CXPrintingPolicy_TerseOutput, terse);
    const char *text = text_of(clang_getCursorPrettyPrinted(declaration, policy));
    clang_PrintingPolicy_dispose(policy);
    return text;
}

/* Skips one token of printed C: an identifier, a number, a string, or one character. */
static const char *skip_token(const char *s)
{
    if (isalnum((unsigned char)*s) || *s == '_') {
        while (isalnum((unsigned char)*s) || *s == '_' || *s == '.')
            s++;
        return s;
    }
    if (*s != '"' && *s != '\'')
        return s + 1;
    const char quote = *s++;
    while (*s && *s != quote)
        s += *s == '\\' && s[1] ? 2 : 1;
    return *s ? s + 1 : s;
}

/* Behind white space and the lines of pragmas that the printer adds. */
static const char *skip_blank(const char *s)
{
    bool line_start = s[-1] == '\n';
    for (;; s++) {
        if (line_start && *s == '#')
            while (*s && *s != '\n')
                s++;
        if (!isspace((unsigned char)*s))
            return s;
        line_start = *s == '\n' || (line_start && (*s == ' ' || *s == '\t'));
    }
}

/* `s` is behind the keyword: which of the parts between the parentheses have a token? */
static int for_parts(const char *s)
{
    int parts = 0, bit = FOR_INIT, depth = 0;
    for (s = skip_blank(s); *s; s = skip_blank(skip_token(s))) {
        const bool opens = strchr("([{", *s) != NULL, closes = strchr(")]}", *s) != NULL;
        if (closes && --depth == 0)
            return parts;
        if (depth == 1 && *s == ';')
            bit <<= 1;
        else if (depth >= 1)
            parts |= bit;
        depth += opens;
    }
    return parts;
}

typedef VEC(const char *) TextVec;

/* Where the keyword stands in the text, and ends. */
static TextVec printed_keywords(const char *text, const char *keyword)
{
    TextVec found = {0};
    if (!*text)
        return found;
    for (const char *s = text; *s;) {
        const char *end = skip_token(s);
        if ((size_t)(end - s) == strlen(keyword) && strncmp(s, keyword, strlen(keyword)) == 0)
            vec_push(&found, end);
        s = skip_blank(end);
    }
    return found;
}

typedef struct {
    enum CXCursorKind kind;
    CursorVec met;
} Statements;

static enum CXChildVisitResult collect_statement(CXCursor c, CXCursor parent, CXClientData statements)
{
    (void)parent;
    Statements *s = statements;
    if (cursor_kind(c) == s->kind)
        vec_push(&s->met, c);
    return CXChildVisit_Recurse;
}

static CursorVec statements_of(CXCursor function, enum CXCursorKind kind)
{
    Statements statements = {.kind = kind};
    clang_visitChildren(function, collect_statement, &statements);
    return statements.met;
}

/* Which of them is it? -1: none. */
static int number_of(const CursorVec *met, CXCursor statement)
{
    for (size_t i = 0; i < met->count; i++)
        if (met->at[i].data[1] == statement.data[1]) /* the statement; data[0] tells by which way the cursor came */
            return (int)i;
    return -1;
}

/* The statements of one kind in the function that was asked for last, and what stands behind their keywords. */
typedef struct {
    const void *function;
    CursorVec met;
    TextVec printed;
} Printed;

/*
 * The function as libclang prints it has its statements in the order in which a walk meets them: the text behind the
 * keyword of this one. NULL where the two don't agree.
 */
static const char *printed_statement(Printed *known, CXCursor function, enum CXCursorKind kind, const char *keyword,
                                     CXCursor statement)
{
    if (known->function != function.data[0])
        *known = (Printed){.function = function.data[0],
                           .met = statements_of(function, kind),
                           .printed = printed_keywords(cursor_printed(function, false), keyword)};
    const int number = known->met.count == known->printed.count ? number_of(&known->met, statement) : -1;
    return number < 0 ? NULL : known->printed.at[number];
}

/* libclang leaves out the missing parts of a `for` without saying which; the text shows the holes. */
int cursor_for_parts(CXCursor function, CXCursor for_statement)
{
    static Printed loops;
    const char *text = printed_statement(&loops, function, CXCursor_ForStmt, "for", for_statement);
    return text ? for_parts(text) : -1;
}

/* ---- inline assembly ---- */

static size_t length_of_statement(const char *s)
{
    const char *start = s;
    int depth = 0;
    while (*s && (depth || *s != ';')) {
        depth += (*s == '(') - (*s == ')');
        s = skip_token(s);
    }
    return (size_t)(s - start);
}

/* `s` is behind the keyword. The operands are what has parentheses of its own; NULL where control may leave. */
static const char *assembly_text(const char *s)
{
    char *text = arena_printf("__asm__%.*s", (int)length_of_statement(s), s), *at = text + strlen("__asm__");
    int depth = 0;
    while (*s && (depth || *s != ';')) {
        const char *end = skip_token(s), *next = s + strspn(s, " ");
        depth -= *s == ')';
        const bool is_shown = depth < 2 && (next == s || *next != '(') && (*s != ' ' || at[-1] != ' ');
        while (is_shown && s < end)
            *at++ = *s++;
        if (end[-1] == '(' && depth++ == 1)
            *at++ = ASSEMBLY_VALUE;
        s = end;
    }
    *at = '\0';
    return *s && !strstr(text, "goto") ? text : NULL;
}

/* libclang gives the operands of a statement of assembly, but nothing else of it. */
const char *cursor_assembly(CXCursor function, CXCursor statement)
{
    static Printed assembly; /* names of registers among it */
    const char *text = printed_statement(&assembly, function, CXCursor_GCCAsmStmt, "asm", statement);
    return text ? assembly_text(text) : NULL;
}
