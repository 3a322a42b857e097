/*
 * main.c: the command. What happens, in the order in which it happens, is in run().
 */
#include <ctype.h>
#include <stdio.h>
#include <sys/stat.h>

#include "../transform/describe.h"
#include "frontend.h"
#include "version.h"

typedef struct {
    int argc;
    char **argv;
} CommandLine;

typedef VEC(Function *) Functions;

enum { STATUS_DONE, STATUS_WRONG_INPUT, STATUS_WRONG_COMMAND };

static const Loc nowhere;

/* ---- what is written where ---- */

/* Also through links, and by another path. */
static bool is_same_file(const char *a, const char *b)
{
    struct stat x, y;
    if (!a || !b || strcmp(a, "-") == 0 || strcmp(b, "-") == 0)
        return false;
    if (strcmp(a, b) == 0)
        return true;
    return stat(a, &x) == 0 && stat(b, &y) == 0 && S_ISREG(x.st_mode) && x.st_dev == y.st_dev && x.st_ino == y.st_ino;
}

typedef struct {
    const char *what, *path;
} Written;

static int written_files(const Options *options, Written written[5])
{
    written[0] = (Written){"output", options->output};
    written[1] = (Written){"header", options->header};
    written[3] = (Written){"report", options->report && strcmp(options->report, "-") != 0 ? options->report : NULL};
    written[2] = (Written){"dependency file", options->dependencies ? depend_path(options) : NULL};
    written[4] = (Written){"check program", options->check};
    return 5;
}

/* Each file has one use. */
static bool files_are_distinct(const Options *options)
{
    Written written[5];
    const int count = written_files(options, written);
    const unsigned errors = diag_error_count();
    for (int i = 0; i < count; i++) {
        if (is_same_file(written[i].path, options->input))
            diag_error(nowhere, "the %s, '%s', is the input file", written[i].what, written[i].path);
        for (int k = 0; k < i; k++)
            if (is_same_file(written[i].path, written[k].path))
                diag_error(nowhere, "the %s and the %s are the same file, '%s'", written[k].what, written[i].what,
                           written[i].path);
    }
    return diag_error_count() == errors;
}

/* Nothing that the input includes may be lost either. */
static void protect_sources(const Options *options, const Module *module)
{
    Written written[5];
    size_t nsources;
    const int count = written_files(options, written);
    const char *const *sources = parse_dependencies(module, &nsources);
    for (int i = 0; i < count; i++)
        for (size_t k = 1; written[i].path && k < nsources; k++)
            if (is_same_file(written[i].path, sources[k]))
                diag_error(nowhere, "the %s, '%s', is a file that '%s' includes", written[i].what, written[i].path,
                           options->input);
}

/* ---- the stages ---- */

/* What a derivative calls: the halves of recursive functions, and repeated functions, unless the output has the source.
 */
static void add_part(Functions *made, Function *part, bool with_source)
{
    if (!part->is_part && with_source)
        return;
    for (size_t k = 0; k < made->count; k++)
        if (strcmp(made->at[k]->name, part->name) == 0)
            return;
    vec_push(made, part);
}

static Functions derive_all(Module *module, const Options *options)
{
    Functions made = {0};
    for (Request *r = module->requests; r; r = r->next) {
        Function *fn = derive(module, r, &options->derive);
        for (size_t k = 0; fn && k < fn->parts.count; k++)
            add_part(&made, fn->parts.at[k], options->with_source);
        if (fn && fn->workspace)
            vec_push(&made, fn->workspace);
        if (fn)
            vec_push(&made, fn);
    }
    return made;
}

/* --emit=ir and --emit=dot: the functions as differentiation finds them. */
static char *emit_prepared(Module *module, const Options *options)
{
    char *text = arena_strdup("");
    Functions shown = {0};
    for (Request *r = module->requests; r; r = r->next) {
        bool seen = false;
        for (size_t i = 0; i < shown.count; i++)
            seen |= shown.at[i] == r->function;
        if (seen)
            continue;
        vec_push(&shown, r->function);
        const Function *fn = derive_prepared(module, r->function, &options->derive);
        if (fn)
            text = arena_printf("%s%s", text, options->emit == EMIT_IR ? ir_dump(fn) : emit_dot(fn));
    }
    return text;
}

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static const char *guard_of(const char *header)
{
    char *guard = arena_printf("ADGEN_%s", base_name(header));
    for (char *s = guard; *s; s++)
        *s = isalnum((unsigned char)*s) ? (char)toupper((unsigned char)*s) : '_';
    return guard;
}

/* The output finds the header beside itself, or where the user says that it is. */
static const char *header_name(const Options *options)
{
    if (!options->header || !options->output)
        return options->header;
    const char *name = base_name(options->header);
    const size_t folder = (size_t)(name - options->header);
    const bool beside = folder == (size_t)(base_name(options->output) - options->output) &&
                        strncmp(options->header, options->output, folder) == 0;
    return beside ? name : options->header;
}

/* Length of the longest common folder of two paths that both or neither start at the root. */
static size_t common_folder(const char *a, const char *b)
{
    size_t common = 0;
    for (size_t k = 0; a[k] && a[k] == b[k]; k++)
        if (a[k] == '/')
            common = k + 1;
    return common;
}

/*
 * --with-source: the source as seen from the output's folder, so that the compiler finds it without -I. As given where
 * the two names don't tell: one is absolute and the other is not, or the way down into the source's folder has no name.
 */
static const char *source_name(const Options *options)
{
    const char *source = options->input, *output = options->output ? options->output : "-";
    if (!options->with_source || strcmp(output, "-") == 0 || (source[0] == '/') != (output[0] == '/'))
        return options->with_source ? source : NULL;
    const size_t common = common_folder(source, output);
    const char *rest = output + common, *up = "";
    if (strncmp(rest, "./", 2) == 0 || strstr(rest, "../") || strstr(rest, "//"))
        return source;
    for (const char *slash = strchr(rest, '/'); slash; slash = strchr(slash + 1, '/'))
        up = arena_printf("../%s", up);
    return arena_printf("%s%s", up, source + common);
}

/* --report: beside the output, on standard error unless it has a file of its own. */
static bool write_report(const Functions *made, const Options *options)
{
    char *text = arena_strdup("");
    for (size_t i = 0; i < made->count; i++)
        if (made->at[i]->request)
            text = arena_printf("%s%s", text, describe_decisions(made->at[i]));
    if (strcmp(options->report, "-") != 0)
        return output_write(options->report, text);
    return fputs(text, stderr) >= 0;
}

/* Everything is text before anything is written; the dependency file comes last, since it vouches for the others. */
static bool write_all(const Module *module, const Functions *made, const Options *options)
{
    const EmitOptions emit = {ADGEN_VERSION, header_name(options), source_name(options)};
    char *output = emit_file(module, made->at, made->count, &emit);
    char *header =
        options->header ? emit_header(module, made->at, made->count, guard_of(options->header), &emit) : NULL;
    char *check = options->check ? emit_check(module, made->at, made->count, &emit) : NULL;
    char *dependencies = options->dependencies ? depend_text(options, module) : NULL;
    return diag_error_count() == 0 && output_write(options->output, output) &&
           (!header || output_write(options->header, header)) && (!check || output_write(options->check, check)) &&
           (!options->report || write_report(made, options)) &&
           (!dependencies || output_write(depend_path(options), dependencies));
}

static int run(void *argument)
{
    CommandLine *line = argument;
    Options options = {0};
    bool done = false;
    if (!options_read(&options, line->argc, line->argv, &done))
        return STATUS_WRONG_COMMAND;
    if (done)
        return STATUS_DONE;
    if (!files_are_distinct(&options))
        return STATUS_WRONG_COMMAND;

    Module *module = parse_file(&options);
    if (!module)
        return STATUS_WRONG_INPUT;
    protect_sources(&options, module);
    request_collect(module, &options);
    if (options.emit != EMIT_C) {
        char *text = emit_prepared(module, &options);
        return diag_error_count() == 0 && output_write(options.output, text) ? STATUS_DONE : STATUS_WRONG_INPUT;
    }
    const Functions made = derive_all(module, &options);
    if (!options.with_source) {
        module_check_includes();
        state_check(module);
    }
    if (diag_error_count() != 0)
        return STATUS_WRONG_INPUT;
    return write_all(module, &made, &options) ? STATUS_DONE : STATUS_WRONG_INPUT;
}

int main(int argc, char **argv)
{
    CommandLine line = {argc, argv};
    return stack_run(run, &line);
}
