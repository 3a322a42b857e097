/*
 * check.c: --check. A program that holds the derivatives of this run against differences. What it does is in
 * check_program.inc, the same for all; here it gets, for each derivative, a table of the parameters and of the scalars
 * in them, and functions that call the primal and its derivatives with what the table holds.
 */
#include "../transform/words.h"
#include "emit.h"

enum { MAX_ELEMENTS = 64 }; /* records in a member that is an array: each is a line of the table */

static const char *const program[] = {
#include "check_program.h"
};

typedef struct {
    const Module *module;
    const Function *reverse;
    const Function *forward; /* of the same function by the same parameters; NULL where none was made */
    int number, nprimal;
    Text params, parts;
    int nparts;
    int precision; /* rank of the least precise real type */
} Check;

static const Loc nowhere;

/* ---- parameters ---- */

static const char *type_text(const Type *type)
{
    return declare(type_unqualified((Type *)(uintptr_t)type), "", NULL);
}

static bool refuse(const Param *param, const char *why)
{
    diag_error(param->loc, "--check cannot fill '%s': %s", param->name, why);
    diag_note(nowhere, "leave --check out, and call what is made with values of your own");
    return false;
}

/* What one element of a parameter is: itself, or what it points to; without the extents that are declared. */
static const Type *element_of(const Param *param)
{
    const Type *element = type_is_pointer(param->type) ? param->type->to : param->type;
    while (param->nextents && element->kind == TYPE_ARRAY)
        element = element->to;
    return element;
}

static bool has_extents(const Param *param)
{
    for (int k = 0; k < param->nextents; k++)
        if (!param->extents[k])
            return false;
    return param->nextents > 0;
}

static bool is_in_extents(const Check *c, const Param *param)
{
    for (int k = 0; k < c->nprimal; k++) {
        const Param *other = &c->reverse->params[k];
        for (int e = 0; has_extents(other) && e < other->nextents; e++)
            if (has_word(other->extents[e], param->name))
                return true;
    }
    return false;
}

/* ---- scalars ---- */

static const char *kind_of(const Type *type)
{
    static const char *const reals[] = {"CHECK_FLOAT", "CHECK_DOUBLE", "CHECK_LONG_DOUBLE"};
    if (type->kind == TYPE_REAL)
        return reals[type->rank - 1];
    return type->is_bool ? "CHECK_BOOL" : type->is_signed || type->is_enum ? "CHECK_SIGNED" : "CHECK_UNSIGNED";
}

static void add_part(Check *c, int param, const char *name, const char *offset, const Type *type, bool is_passive)
{
    const Param *p = &c->reverse->params[param];
    const Type *scalar = type_scalar((Type *)(uintptr_t)type);
    const bool is_extent = type == p->type && type->kind == TYPE_INT && is_in_extents(c, p);
    if (scalar->kind == TYPE_REAL && !is_passive && (!c->precision || scalar->rank < c->precision))
        c->precision = scalar->rank;
    text_printf(
        &c->parts, "    {.name = \"%s\", .param = %d, .kind = %s, .bytes = sizeof(%s), .offset = %s, .run = %lld", name,
        param, kind_of(scalar), type_text(scalar), offset, (long long)type_scalar_count((Type *)(uintptr_t)type));
    text_printf(&c->parts, "%s%s},\n", is_extent ? ", .is_extent = true" : "",
                is_passive ? ", .is_passive = true" : "");
    c->nparts++;
}

/* The derivative may have renamed a parameter. */
static const char *users_name(const Check *c, int param)
{
    return c->reverse->primal->params[param].name;
}

static bool add_record(Check *c, int param, const char *path, const Type *record, const Type *inner, bool is_passive);

/* `path`: from the record that the parameter holds, "" for that itself. */
static bool add_member(Check *c, int param, const char *path, const Type *record, const Type *type, bool is_passive)
{
    const Param *p = &c->reverse->params[param];
    const Type *scalar = type_scalar((Type *)(uintptr_t)type);
    if (scalar->kind == TYPE_RECORD && type->kind == TYPE_ARRAY) {
        bool fine =
            type->count <= MAX_ELEMENTS || refuse(p, arena_printf("its member '%s' is a large array of records", path));
        for (int64_t k = 0; fine && k < type->count; k++)
            fine = add_member(c, param, arena_printf("%s[%lld]", path, (long long)k), record, type->to, is_passive);
        return fine;
    }
    if (scalar->kind == TYPE_RECORD)
        return add_record(c, param, path, record, scalar, is_passive);
    if ((scalar->kind != TYPE_REAL && scalar->kind != TYPE_INT) || scalar->size > 16 ||
        type_scalar_count((Type *)(uintptr_t)type) <= 0)
        return refuse(p, arena_printf("its member '%s' is no number and no array of numbers", path));
    add_part(c, param, arena_printf("%s.%s", users_name(c, param), path),
             arena_printf("offsetof(%s, %s)", type_text(record), path), type, is_passive);
    return true;
}

static bool add_record(Check *c, int param, const char *path, const Type *record, const Type *inner, bool is_passive)
{
    const Param *p = &c->reverse->params[param];
    const Record *fields = inner->record;
    if (fields->is_union || !fields->is_complete)
        return refuse(p, fields->is_union ? "there is a union in it" : "what is in it is not declared");
    for (size_t k = 0; k < fields->nfields; k++) {
        const Field *field = &fields->fields[k];
        const char *dot = *path && *field->name ? "." : "", *name = arena_printf("%s%s%s", path, dot, field->name);
        if (field->bit_width >= 0)
            return refuse(p, arena_printf("its member '%s' is a bit-field", name));
        if (!add_member(c, param, name, record, field->type, is_passive || field->passive))
            return false;
    }
    return true;
}

static bool is_number(const Type *scalar)
{
    return (scalar->kind == TYPE_REAL || scalar->kind == TYPE_INT) && scalar->size <= 16;
}

static bool add_parts(Check *c, int param)
{
    const Param *p = &c->reverse->params[param];
    const Type *element = element_of(p), *scalar = type_scalar((Type *)(uintptr_t)element);
    if (element->kind == TYPE_RECORD)
        return add_record(c, param, "", element, element, p->passive);
    if (!is_number(scalar))
        return refuse(p, type_is_pointer(p->type) ? "it points to what is no number" : "it is no number");
    if (type_scalar_count((Type *)(uintptr_t)element) <= 0)
        return refuse(p, "its extents are not all declared");
    add_part(c, param, users_name(c, param), "0", element, p->passive);
    return true;
}

/* ---- the table of parameters ---- */

/* Nothing is written to it: passed by value, or a pointer to const. */
static bool is_input(const Param *param)
{
    return !type_is_pointer(param->type) ||
           (param->before_mutable && strcmp(param->before, param->before_mutable) != 0);
}

static const char *passed_text(const Param *param)
{
    if (!type_is_pointer(param->type))
        return "CHECK_BY_VALUE";
    return has_extents(param) ? "CHECK_BY_EXTENTS" : "CHECK_BY_POINTER";
}

static const char *quoted(const char *text)
{
    Text out = {0};
    for (; *text; text++) {
        if (*text == '"' || *text == '\\')
            text_add(&out, "\\");
        text_add_n(&out, text, 1);
    }
    return text_string(&out);
}

static bool add_param(Check *c, int k)
{
    const Param *p = &c->reverse->params[k];
    const Type *element = element_of(p);
    const char *name = users_name(c, k);
    text_printf(
        &c->params, "    {.name = \"%s\", .text = \"%s\", .size = sizeof(%s), .passed = %s", name,
        quoted(arena_printf("%s%s%s", without_word(p->before, "restrict"), name, without_word(p->after, "restrict"))),
        type_text(element), passed_text(p));
    text_printf(&c->params, "%s%s},\n", p->bar ? ", .active = true" : "", is_input(p) ? ", .is_input = true" : "");
    return add_parts(c, k);
}

static void add_count(const Check *c, Text *out, int k)
{
    const Param *p = &c->reverse->params[k];
    if (!has_extents(p))
        return;
    text_printf(out, "    check_params[%d].count = ", k);
    for (int e = 0; e < p->nextents; e++)
        text_printf(out, "%s(size_t)(%s)", e ? " * " : "", p->extents[e]);
    text_add(out, ";\n");
}

static void add_extents(const Check *c, Text *out)
{
    Text counts = {0};
    for (int k = 0; k < c->nprimal; k++)
        add_count(c, &counts, k);
    text_printf(out, "static void check_extents_%d(check_param *check_params)\n{\n", c->number);
    for (int k = 0; k < c->nprimal; k++) {
        const Param *p = &c->reverse->params[k];
        if (p->type->kind == TYPE_INT && is_in_extents(c, p))
            text_printf(out, "    const %s %s = *(%s *)check_params[%d].at[CHECK_START];\n", type_text(p->type),
                        p->name, type_text(p->type), k);
    }
    text_printf(out, "%s}\n\n", counts.count ? text_string(&counts) : "    (void)check_params;\n");
}

/* ---- calls ---- */

static const char *argument(const Param *param, int k, const char *copy)
{
    if (type_is_pointer(param->type))
        return arena_printf("check_params[%d].at[%s]", k, copy);
    return arena_printf("*(%s *)check_params[%d].at[%s]", type_text(param->type), k, copy);
}

/* The parameter whose name, with the suffix, this is; -1 if none. */
static int owner_of(const Check *c, const char *name, const char *suffix)
{
    for (int k = 0; k < c->nprimal; k++)
        if (strcmp(name, arena_printf("%s%s", users_name(c, k), suffix)) == 0)
            return k;
    return -1;
}

/* An argument behind the primal's: an adjoint, a tangent, the result's, or the workspace. */
static const char *own_argument(const Check *c, const Function *fn, const Param *param)
{
    const int bar = owner_of(c, param->name, "_bar"), dot = owner_of(c, param->name, "_dot");
    if (strcmp(param->name, "workspace") == 0)
        return "workspace";
    if (fn == c->reverse && bar >= 0)
        return arena_printf("check_params[%d].at[CHECK_BAR]", bar);
    if (fn == c->reverse)
        return arena_printf("(%s)ret_bar", type_text(param->type));
    return dot >= 0 ? argument(param, dot, "CHECK_DOT") : "&check_dot";
}

/* `start` and the call, an argument a line. */
static void add_call(const Check *c, Text *out, const char *start, const Function *fn)
{
    text_printf(out, "    %s%s(", start, fn->name);
    for (int k = 0; k < fn->nparams; k++)
        text_printf(out, "%s\n        %s", k ? "," : "",
                    k < c->nprimal ? argument(&fn->params[k], k, "CHECK_VALUE") : own_argument(c, fn, &fn->params[k]));
    text_add(out, ");\n");
}

static bool is_numeric(const Type *type)
{
    return type->kind == TYPE_REAL || type->kind == TYPE_INT;
}

static const char *start_of_call(const Function *fn)
{
    return is_numeric(fn->result) ? "const long double check_value = (long double)" : "";
}

static const char *returned(const Function *fn)
{
    return is_numeric(fn->result) ? "check_value" : "0.0L";
}

static void add_primal_call(const Check *c, Text *out)
{
    const Function *fn = c->reverse->primal;
    text_printf(out, "static long double check_call_%d(const check_param *check_params)\n{\n", c->number);
    add_call(c, out, start_of_call(fn), fn);
    text_printf(out, "    return %s;\n}\n\n", returned(fn));
}

static bool has_param(const Function *fn, const char *name)
{
    return strcmp(fn->params[fn->nparams - 1].name, name) == 0 ||
           (fn->nparams > 1 && strcmp(fn->params[fn->nparams - 2].name, name) == 0);
}

static void add_reverse_call(const Check *c, Text *out)
{
    const Function *fn = c->reverse;
    text_printf(out,
                "static long double check_reverse_%d(const check_param *check_params, long double ret_bar, void "
                "*workspace)\n{\n",
                c->number);
    text_add(out, has_param(fn, "ret_bar") ? "" : "    (void)ret_bar;\n");
    text_add(out, fn->workspace ? "" : "    (void)workspace;\n");
    add_call(c, out, start_of_call(fn), fn);
    text_printf(out, "    return %s;\n}\n\n", returned(fn));
}

static void add_workspace_call(const Check *c, Text *out)
{
    const Function *fn = c->reverse->workspace;
    if (!fn)
        return;
    text_printf(out, "static size_t check_workspace_%d(const check_param *check_params)\n{\n", c->number);
    add_call(c, out, "return ", fn);
    text_add(out, "}\n\n");
}

static void add_forward_call(const Check *c, Text *out)
{
    const Function *fn = c->forward;
    if (!fn)
        return;
    const bool has_dot = type_is_real(fn->result);
    text_printf(out, "static long double check_forward_%d(const check_param *check_params, long double *ret_dot)\n{\n",
                c->number);
    if (has_dot)
        text_printf(out, "    %s check_dot = 0;\n", type_text(fn->result));
    add_call(c, out, start_of_call(fn), fn);
    text_printf(out, "    *ret_dot = %s;\n    return %s;\n}\n\n", has_dot ? "check_dot" : "0.0L", returned(fn));
}

/* ---- the program ---- */

static const char *result_text(const Function *fn)
{
    if (type_is_real(fn->result))
        return fn->request->mode == MODE_GRAD ? "CHECK_REAL_RESULT" : "CHECK_SEEDED_RESULT";
    return is_numeric(fn->result) ? "CHECK_PASSIVE_RESULT" : "CHECK_NO_RESULT";
}

static void add_function(const Check *c, Text *out)
{
    static const char *const precisions[] = {"CHECK_DOUBLE", "CHECK_FLOAT", "CHECK_DOUBLE", "CHECK_LONG_DOUBLE"};
    const Function *fn = c->reverse, *primal = fn->primal;
    const char *slash = strrchr(fn->definition_loc.file, '/');
    const int n = c->number;
    text_printf(out, "    {.name = \"%s\",\n     .primal = \"%s\",\n     .place = \"%s:%u\",\n", fn->name, primal->name,
                quoted(slash ? slash + 1 : fn->definition_loc.file), fn->definition_loc.line);
    text_printf(out, "     .result = %s,\n     .precision = %s,\n", result_text(fn), precisions[c->precision]);
    text_printf(out, "     .params = check_params_%d,\n     .nparams = %d,\n", n, c->nprimal);
    text_printf(out, "     .parts = check_parts_%d,\n     .nparts = %d,\n", n, c->nparts);
    text_printf(out, "     .extents = check_extents_%d,\n     .call = check_call_%d,\n     .reverse = check_reverse_%d",
                n, n, n);
    if (c->forward)
        text_printf(out, ",\n     .forward = check_forward_%d", n);
    if (fn->workspace)
        text_printf(out, ",\n     .workspace = check_workspace_%d", n);
    text_add(out, "},\n");
}

static void add_tables(Check *c, Text *out)
{
    text_printf(out, "/* ---- %s ---- */\n\n", c->reverse->name);
    text_printf(out, "static check_param check_params_%d[] = {\n%s};\n\n", c->number, text_string(&c->params));
    text_printf(out, "static check_part check_parts_%d[] = {\n%s};\n\n", c->number, text_string(&c->parts));
    add_extents(c, out);
    add_primal_call(c, out);
    add_workspace_call(c, out);
    add_reverse_call(c, out);
    add_forward_call(c, out);
}

static bool is_reverse(const Function *fn)
{
    return fn->request && (fn->request->mode == MODE_GRAD || fn->request->mode == MODE_VJP);
}

/* Forward mode by the same parameters. */
static const Function *forward_of(const Function *reverse, Function *const *made, size_t nmade)
{
    for (size_t k = 0; k < nmade; k++) {
        const Request *r = made[k]->request;
        if (r && r->mode == MODE_JVP && r->function == reverse->request->function &&
            memcmp(r->wanted, reverse->request->wanted, (size_t)reverse->primal->nparams * sizeof *r->wanted) == 0)
            return made[k];
    }
    return NULL;
}

static const char *why_not(const Function *fn)
{
    const Param *last = &fn->params[fn->nparams - 1 - (fn->workspace != NULL)];
    if (fn->primal->is_static)
        return "is static";
    if (fn->primal->variadic)
        return "is variadic";
    return strcmp(last->name, "ret_bar") == 0 && !type_is_real(last->type) ? "does not return a number" : NULL;
}

static bool can_call(const Function *fn)
{
    const char *why = why_not(fn);
    if (!why)
        return true;
    diag_error(fn->loc, "--check cannot call '%s': it %s", fn->primal->name, why);
    diag_note(nowhere, "leave --check out%s", fn->primal->is_static ? ", or 'static'" : "");
    return false;
}

static void add_prototypes(Text *out, const Check *c)
{
    const Function *primal = c->reverse->primal;
    if ((!primal->in_header || c->module->defines_in_includes) && primal->prototype)
        text_line(out, 0, arena_printf("%s;", primal->prototype));
    if (c->reverse->workspace)
        text_line(out, 0, arena_printf("%s;", prototype_of(c->reverse->workspace)));
    text_line(out, 0, arena_printf("%s;", prototype_of(c->reverse)));
    if (c->forward)
        text_line(out, 0, arena_printf("%s;", prototype_of(c->forward)));
}

static void add_program(Text *out, const Module *module, const EmitOptions *options)
{
    const char *slash = strrchr(module->file, '/'), *file = slash ? slash + 1 : module->file;
    text_printf(
        out,
        "/*\n * Generated by adgen %s from %s: checks the derivatives that adgen made in the same run. Compile it "
        "together\n * with %s; it needs the C library and libm (-lm). --help says what it can be told.\n */\n",
        options->version, file, options->source ? "adgen's output" : arena_printf("%s and adgen's output", file));
    for (size_t k = 0; k < sizeof program / sizeof *program; k++)
        text_add(out, program[k]);
}

static void warn_unchecked(Function *const *made, size_t nmade)
{
    for (size_t k = 0; k < nmade; k++) {
        bool checked = !made[k]->request || is_reverse(made[k]);
        for (size_t r = 0; r < nmade; r++)
            checked |= is_reverse(made[r]) && forward_of(made[r], made, nmade) == made[k];
        if (!checked)
            diag_warning(made[k]->request->loc, "--check does not check '%s'", made[k]->name);
    }
}

char *emit_check(const Module *module, Function *const *made, size_t nmade, const EmitOptions *options)
{
    const unsigned errors = diag_error_count();
    Text out = {0}, prototypes = {0}, tables = {0}, functions = {0};
    int count = 0;
    for (size_t k = 0; k < nmade; k++) {
        if (!is_reverse(made[k]) || !can_call(made[k]))
            continue;
        Check c = {.module = module, .reverse = made[k], .number = count++, .nprimal = made[k]->primal->nparams};
        c.forward = forward_of(made[k], made, nmade);
        bool fine = true;
        for (int p = 0; fine && p < c.nprimal; p++)
            fine = add_param(&c, p);
        if (!fine)
            continue;
        if (type_is_real(made[k]->result) && (!c.precision || made[k]->result->rank < c.precision))
            c.precision = made[k]->result->rank;
        add_prototypes(&prototypes, &c);
        add_tables(&c, &tables);
        add_function(&c, &functions);
    }
    warn_unchecked(made, nmade);
    if (!count && diag_error_count() == errors)
        diag_error(nowhere, "nothing was made that --check can check");
    if (diag_error_count() != errors)
        return NULL;
    add_program(&out, module, options);
    emit_user_types(&out, module);
    text_printf(&out, "\n%s\n%s", text_string(&prototypes), text_string(&tables));
    text_printf(&out, "static check_function check_functions[] = {\n%s};\n\n", text_string(&functions));
    text_add(&out, "int main(int argc, char **argv)\n{\n    return check_main(argc, argv, check_functions, "
                   "(int)(sizeof check_functions / sizeof *check_functions));\n}\n");
    return out.at;
}
