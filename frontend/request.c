/*
 * request.c: what derivatives are asked for, from annotations and from the command line, checked as far as a
 * declaration can tell. A request reads
 *
 *     ADGEN_GRAD(x, y)  --grad=f:x,y        a list of parameters
 *     ADGEN_HESS(x[n])  --hess='f:x[n]'     one, with an extent where the declaration has none
 *     ADGEN_JAC(y[m] / x[n])                an output and an input
 */
#include <ctype.h>
#include <stdlib.h>

#include "frontend.h"

static const struct {
    const char *option, *annotation;
    bool is_supported;
} modes[] = {
    [MODE_GRAD] = {"grad", "ADGEN_GRAD", true}, [MODE_VJP] = {"vjp", "ADGEN_VJP", true},
    [MODE_JVP] = {"jvp", "ADGEN_JVP", false},   [MODE_HVP] = {"hvp", "ADGEN_HVP", false},
    [MODE_JAC] = {"jac", "ADGEN_JAC", false},   [MODE_HESS] = {"hess", "ADGEN_HESS", false},
};
enum { NMODES = sizeof modes / sizeof modes[0] };

static const Loc nowhere;
static Module *module;
static const Options *options;

/* The mode whose name `text` begins with, up to `separator`; what is behind that in *rest. */
static bool find_mode(const char *text, char separator, Mode *mode, const char **rest)
{
    for (int i = 0; i < NMODES; i++) {
        const size_t length = strlen(modes[i].option);
        if (strncmp(text, modes[i].option, length) == 0 && text[length] == separator) {
            *mode = (Mode)i;
            *rest = text + length + 1;
            return true;
        }
    }
    return false;
}

/* ---- the function ---- */

static bool returns_real(const Function *fn)
{
    return fn->result->kind == TYPE_REAL;
}

/* A gradient is that of one real number. */
static bool check_result(const Request *r)
{
    const Function *fn = r->function;
    if ((r->mode != MODE_GRAD && r->mode != MODE_HVP && r->mode != MODE_HESS) || returns_real(fn))
        return true;
    if (fn->result->kind == TYPE_VOID) {
        diag_error(r->loc, "'%s' returns nothing, and %s differentiates the value returned", fn->name, r->text);
        diag_note(fn->loc, "for a function whose results are written through pointers, ask for %s",
                  r->loc.line ? "ADGEN_VJP" : "--vjp");
    } else {
        diag_error(r->loc, "'%s' returns '%s', not a real number, so it has no gradient", fn->name, fn->result_text);
        diag_note(fn->loc, "'%s' is declared here", fn->name);
    }
    return false;
}

static bool check_function(const Request *r)
{
    const Function *fn = r->function;
    if (!modes[r->mode].is_supported) {
        diag_error(r->loc, "%s is not supported yet", r->text);
        diag_note(nowhere, "this version makes gradients and vector-Jacobian products: ADGEN_GRAD, ADGEN_VJP");
        return false;
    }
    if (!fn->has_body) {
        diag_error(r->loc.line ? r->loc : fn->loc, "'%s' has no body here, so it cannot be differentiated", fn->name);
        diag_note(nowhere, "its definition must be in '%s' or in a file that this includes", module->file);
        return false;
    }
    if (fn->variadic) {
        diag_error(r->loc, "'%s' takes a variable number of arguments, which cannot be differentiated", fn->name);
        diag_note(fn->definition_loc, "'%s' is defined here", fn->name);
        return false;
    }
    if (fn->passive) {
        diag_error(r->loc, "'%s' is ADGEN_PASSIVE: its derivative is zero by declaration", fn->name);
        return false;
    }
    return check_result(r);
}

/* ---- parameters ---- */

static int find_param(const Function *fn, const char *name)
{
    for (int i = 0; i < fn->nparams; i++)
        if (strcmp(fn->params[i].name, name) == 0)
            return i;
    return -1;
}

static void unknown_param(const Request *r, const char *name)
{
    const Function *fn = r->function;
    diag_error(r->loc, "'%s' has no parameter '%s', which %s names", fn->name, name, r->text);
    for (int i = 0; i < fn->nparams; i++)
        if (module_similar(name, fn->params[i].name)) {
            diag_note(fn->params[i].loc, "did you mean '%s'?", fn->params[i].name);
            return;
        }
    diag_note(fn->loc, "'%s' is declared here", fn->name);
}

/* What can have a derivative: a real, a pointer to reals, a record with either. */
static bool is_differentiable(const Param *p)
{
    return type_has_real(p->type);
}

static bool want_param(Request *r, const char *name)
{
    const Function *fn = r->function;
    const int i = find_param(fn, name);
    if (i < 0) {
        unknown_param(r, name);
        return false;
    }
    const Param *p = &fn->params[i];
    if (!is_differentiable(p)) {
        diag_error(r->loc, "parameter '%s' of '%s' is not real, so there is no derivative with respect to it", name,
                   fn->name);
        diag_note(p->loc, "it is declared as '%s%s%s'", p->before, p->name, p->after);
        return false;
    }
    if (p->passive) {
        diag_error(r->loc, "parameter '%s' of '%s' is ADGEN_PASSIVE, so there is no derivative with respect to it",
                   name, fn->name);
        diag_note(p->loc, "it is declared here");
        return false;
    }
    if (r->wanted[i]) {
        diag_error(r->loc, "parameter '%s' is named twice in %s", name, r->text);
        return false;
    }
    r->wanted[i] = true;
    return true;
}

static bool want_all(Request *r)
{
    const Function *fn = r->function;
    bool any = false;
    for (int i = 0; i < fn->nparams; i++)
        any |= r->wanted[i] = is_differentiable(&fn->params[i]) && !fn->params[i].passive;
    if (!any) {
        diag_error(r->loc, "'%s' has no parameter of real type to differentiate with respect to", fn->name);
        diag_note(fn->loc, "'%s' is declared here", fn->name);
    }
    return any;
}

/* ---- the list ---- */

static const char *skip_space(const char *s)
{
    while (isspace((unsigned char)*s))
        s++;
    return s;
}

/* "name" or "name[extent]" at *s, which moves behind it; false where there is none. */
static bool read_item(const char **s, const char **name, const char **extent)
{
    const char *start = skip_space(*s), *end = start;
    while (isalnum((unsigned char)*end) || *end == '_')
        end++;
    if (end == start || isdigit((unsigned char)*start))
        return false;
    *name = arena_strndup(start, (size_t)(end - start));
    *extent = NULL;
    end = skip_space(end);
    if (*end == '[') {
        const char *close = strchr(end, ']');
        if (!close)
            return false;
        *extent = arena_strndup(end + 1, (size_t)(close - end - 1));
        end = skip_space(close + 1);
    }
    *s = end;
    return true;
}

static bool malformed(const Request *r, const char *at)
{
    diag_error(r->loc, "cannot read %s at '%s'", r->text, at);
    diag_note(nowhere, r->mode == MODE_JAC ? "expected an output and an input, as in ADGEN_JAC(y[m] / x[n])"
                                           : "expected parameter names separated by commas");
    return false;
}

static bool read_jacobian(Request *r, const char *list)
{
    const char *column;
    if (!read_item(&list, &r->row, &r->row_extent) || *list != '/')
        return malformed(r, list);
    list++;
    if (!read_item(&list, &column, &r->column_extent) || *list)
        return malformed(r, list);
    if (find_param(r->function, r->row) < 0) {
        unknown_param(r, r->row);
        return false;
    }
    return want_param(r, column);
}

static bool read_params(Request *r, const char *list)
{
    bool fine = true;
    if (r->mode == MODE_JAC)
        return read_jacobian(r, list);
    if (!*skip_space(list))
        return want_all(r);
    for (;; list++) {
        const char *name, *extent;
        if (!read_item(&list, &name, &extent) || (*list && *list != ','))
            return malformed(r, list);
        if (extent && r->mode == MODE_HESS)
            r->column_extent = extent;
        else if (extent)
            return malformed(r, arena_printf("%s[%s]", name, extent));
        fine &= want_param(r, name);
        if (!*list)
            return fine;
    }
}

/* ---- collecting ---- */

static bool same_wanted(const Request *a, const Request *b)
{
    return memcmp(a->wanted, b->wanted, sizeof(bool) * (size_t)a->function->nparams) == 0;
}

/* Asked for twice in the same way is asked for once; otherwise there would be two functions of one name. */
static bool is_new(const Request *r)
{
    for (const Request *other = module->requests; other; other = other->next) {
        if (other->function != r->function || other->mode != r->mode)
            continue;
        if (!same_wanted(other, r)) {
            diag_error(r->loc, "'%s' is asked for twice, with different parameters: %s and %s", r->name, other->text,
                       r->text);
            if (other->loc.line)
                diag_note(other->loc, "first asked for here");
        }
        return false;
    }
    return true;
}

static bool name_is_free(const Request *r, const char *name)
{
    const Function *existing = module_find_function(name);
    if (!existing || !existing->has_body)
        return true;
    diag_error(r->loc, "%s would make '%s', which is defined already", r->text, name);
    diag_note(existing->definition_loc, "here; another name is made with --suffix-%s", modes[r->mode].option);
    return false;
}

static void append(Request *r)
{
    Request **end = &module->requests;
    while (*end)
        end = &(*end)->next;
    *end = r;
}

static void add_request(Mode mode, Function *fn, const char *list, Loc loc, const char *text)
{
    Request *r = ARENA_NEW(Request);
    const char *suffix = options->suffix[mode];
    r->mode = mode;
    r->function = fn;
    r->loc = loc;
    r->text = text;
    r->name = arena_printf("%s%s", fn->name, suffix ? suffix : arena_printf("_%s", modes[mode].option));
    r->wanted = ARENA_ARRAY(bool, fn->nparams + 1);
    const char *size_name = arena_printf("%s_workspace", r->name);
    if (check_function(r) && read_params(r, list) && name_is_free(r, r->name) &&
        (!options->derive.workspace || name_is_free(r, size_name)) && is_new(r))
        append(r);
}

static void read_annotation(Function *fn, const char *text, Loc loc)
{
    static const char prefix[] = "adgen:";
    Mode mode;
    const char *list;
    if (strncmp(text, prefix, sizeof prefix - 1) != 0)
        return;
    text += sizeof prefix - 1;
    if (find_mode(text, ':', &mode, &list))
        add_request(mode, fn, list, loc, arena_printf("%s(%s)", modes[mode].annotation, list));
    else if (strcmp(text, "passive") != 0 && strncmp(text, "custom_", 7) != 0)
        diag_error(loc, "unknown annotation 'adgen:%s'", text);
}

static void read_option(const char *text)
{
    Mode mode;
    const char *rest;
    if (!find_mode(text, '=', &mode, &rest))
        return;
    const char *colon = strchr(rest, ':');
    const char *name = colon ? arena_strndup(rest, (size_t)(colon - rest)) : rest;
    const char *shown = arena_printf("--%s", text);
    Function *fn = module_find_function(name);
    if (fn) {
        add_request(mode, fn, colon ? colon + 1 : "", nowhere, shown);
        return;
    }
    const char *similar = module_similar_function(name);
    diag_error(nowhere, "there is no function '%s' in '%s', which %s names", name, module->file, shown);
    if (similar)
        diag_note(nowhere, "did you mean '%s'?", similar);
}

/* In the order in which the functions are defined; all modes of one function in the order of `Mode`. */
static int by_definition(const void *a, const void *b)
{
    const Request *x = *(Request *const *)a, *y = *(Request *const *)b;
    const Loc p = x->function->definition_loc, q = y->function->definition_loc;
    const bool same_file = p.file && q.file && strcmp(p.file, q.file) == 0;
    if (same_file && p.line != q.line)
        return p.line < q.line ? -1 : 1;
    if (!same_file) /* what is included comes before the file that includes it */
        return strcmp(p.file, module->file) == 0 ? 1 : strcmp(q.file, module->file) == 0 ? -1 : strcmp(p.file, q.file);
    if (p.col != q.col)
        return p.col < q.col ? -1 : 1;
    return (x->mode > y->mode) - (x->mode < y->mode);
}

static void sort_requests(void)
{
    VEC(Request *) list = {0};
    for (Request *r = module->requests; r; r = r->next)
        vec_push(&list, r);
    if (!list.count)
        return;
    qsort(list.at, list.count, sizeof *list.at, by_definition);
    for (size_t i = 0; i < list.count; i++)
        list.at[i]->next = i + 1 < list.count ? list.at[i + 1] : NULL;
    module->requests = list.at[0];
}

void request_collect(Module *m, const Options *o)
{
    module = m;
    options = o;
    module_each_annotation(read_annotation);
    for (size_t i = 0; i < o->requests.count; i++)
        read_option(o->requests.at[i]);
    sort_requests();
    if (!module->requests && diag_error_count() == 0) {
        diag_error(nowhere, "'%s' asks for no derivative", module->file);
        diag_note(nowhere, "write ADGEN_GRAD(x) before a function, or give --grad=function:x");
    }
}
