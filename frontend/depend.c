/*
 * depend.c: the dependency file of -MD, in the form that make and ninja read and the C compilers write.
 */
#include "frontend.h"

/* A name as make reads it: spaces and '#' get a backslash, '$' another '$'. */
static const char *escaped(const char *name)
{
    char *text = arena_alloc(2 * strlen(name) + 1), *end = text;
    for (; *name; name++) {
        if (*name == ' ' || *name == '#' || *name == '\t')
            *end++ = '\\';
        if (*name == '$')
            *end++ = '$';
        *end++ = *name;
    }
    return text;
}

static const char *with_suffix(const char *path, const char *suffix)
{
    const char *slash = strrchr(path, '/'), *dot = strrchr(path, '.');
    const size_t stem = dot && (!slash || dot > slash + 1) ? (size_t)(dot - path) : strlen(path);
    return arena_printf("%.*s%s", (int)stem, path, suffix);
}

const char *depend_path(const Options *options)
{
    return options->dependency_file ? options->dependency_file
                                    : with_suffix(options->output ? options->output : options->input, ".d");
}

/* With -MP each file is a target without a rule of its own, so that make can do without one that was removed. */
static const char *phony_targets(const char *const *files, size_t count)
{
    const char *text = "";
    for (size_t i = 1; i < count; i++)
        text = arena_printf("%s%s:\n", text, escaped(files[i]));
    return text;
}

char *depend_text(const Options *options, const Module *module)
{
    size_t count;
    const char *const *files = parse_dependencies(module, &count);
    const char *made = options->output ? options->output : with_suffix(options->input, "_grad.c");
    char *text = arena_printf("%s:", options->dependency_target ? options->dependency_target : escaped(made));
    for (size_t i = 0; i < count; i++)
        text = arena_printf("%s%s%s", text, i ? " \\\n  " : " ", escaped(files[i]));
    return arena_printf("%s\n%s", text, options->phony ? phony_targets(files, count) : "");
}
