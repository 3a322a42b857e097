/*
 * parse.c: owns libclang: one index and one translation unit, alive for the whole run, since function bodies are read
 * from it when they are first asked for. What clang finds wrong is said in adgen's own voice.
 */
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "clang.h"

#ifndef ADGEN_LIBCLANG_PACKAGE
#define ADGEN_LIBCLANG_PACKAGE "libclang-common-19-dev"
#endif

static CXIndex clang_index;
static CXTranslationUnit unit;
static CXFile main_file;
static Module *module;

CXTranslationUnit parse_unit(void)
{
    return unit;
}

CXFile parse_main_file(void)
{
    return main_file;
}

Module *parse_module(void)
{
    return module;
}

const char *parse_main_text(size_t *length)
{
    return clang_getFileContents(unit, main_file, length);
}

/* ---- adgen.h ---- */

static bool has_header(const char *directory)
{
    return access(arena_printf("%s/adgen.h", directory), R_OK) == 0;
}

/* Where adgen.h is: beside an installed adgen (bin/../include), or in the tree that adgen was built from. */
const char *parse_include_dir(void)
{
    char path[4096];
    const ssize_t length = readlink("/proc/self/exe", path, sizeof path - 1);
    if (length > 0) {
        path[length] = '\0';
        char *slash = strrchr(path, '/');
        if (slash && slash != path) {
            *slash = '\0';
            slash = strrchr(path, '/');
            const char *installed = slash ? arena_printf("%.*s/include", (int)(slash - path), path) : NULL;
            if (installed && has_header(installed))
                return installed;
        }
    }
#ifdef ADGEN_BUILD_INCLUDE_DIR
    if (has_header(ADGEN_BUILD_INCLUDE_DIR))
        return ADGEN_BUILD_INCLUDE_DIR;
#endif
    return NULL;
}

/* ---- the input ---- */

static const Loc nowhere;

static bool input_is_readable(const char *path)
{
    struct stat status;
    if (stat(path, &status) != 0)
        diag_error(nowhere, "cannot read '%s': %s", path, strerror(errno));
    else if (S_ISDIR(status.st_mode))
        diag_error(nowhere, "'%s' is a directory, not a C source file", path);
    else if (!S_ISREG(status.st_mode))
        diag_error(nowhere, "'%s' is not a regular file", path);
    else if (access(path, R_OK) != 0)
        diag_error(nowhere, "cannot read '%s': %s", path, strerror(errno));
    else
        return true;
    return false;
}

typedef VEC(const char *) Arguments;

static Arguments clang_arguments(const Options *options)
{
    Arguments arguments = {0};
    const char *include = parse_include_dir();
    bool standard_given = false;
    for (size_t i = 0; i < options->clang_args.count; i++)
        standard_given |= strncmp(options->clang_args.at[i], "-std=", 5) == 0;
    vec_push(&arguments, "-xc");
    if (!standard_given)
        vec_push(&arguments, "-std=gnu11");
    vec_push(&arguments, "-D__ADGEN__=1");
    vec_push(&arguments, "-fno-openmp"); /* it would hide the bodies of loops */
    for (size_t i = 0; i < options->clang_args.count; i++)
        vec_push(&arguments, options->clang_args.at[i]);
    if (include)
        vec_push(&arguments, arena_printf("-I%s", include));
    vec_push(&arguments, "-w"); /* warnings are the business of the compiler that the user runs */
    return arguments;
}

/* ---- what clang finds wrong ---- */

static void report_notes(CXDiagnostic diagnostic)
{
    CXDiagnosticSet notes = clang_getChildDiagnostics(diagnostic);
    for (unsigned i = 0; i < clang_getNumDiagnosticsInSet(notes); i++) {
        CXDiagnostic note = clang_getDiagnosticInSet(notes, i);
        const Loc loc = cursor_loc_of(clang_getDiagnosticLocation(note));
        if (loc.line)
            diag_note(loc, "%s", text_of(clang_getDiagnosticSpelling(note)));
        clang_disposeDiagnostic(note);
    }
}

/* The header of the compiler's own that `message` says is missing, if it does. */
static bool misses_own_header(const char *message)
{
    static const char *const own[] = {"stddef.h",  "stdarg.h", "float.h",  "limits.h",
                                      "stdbool.h", "stdint.h", "tgmath.h", "stdalign.h"};
    for (size_t i = 0; i < sizeof own / sizeof own[0]; i++)
        if (strcmp(message, arena_printf("'%s' file not found", own[i])) == 0)
            return true;
    return false;
}

static void report_error(CXDiagnostic diagnostic)
{
    const char *message = text_of(clang_getDiagnosticSpelling(diagnostic));
    diag_error(cursor_loc_of(clang_getDiagnosticLocation(diagnostic)), "%s", message);
    report_notes(diagnostic);
    if (misses_own_header(message))
        diag_note(nowhere, "libclang does not find its own headers; install the package that has them (Debian: %s)",
                  ADGEN_LIBCLANG_PACKAGE);
    else if (strcmp(message, "'adgen.h' file not found") == 0)
        diag_note(nowhere, "adgen.h belongs beside adgen, in ../include; say where it is with -I");
}

static bool report_errors(void)
{
    const unsigned before = diag_error_count();
    for (unsigned i = 0; i < clang_getNumDiagnostics(unit); i++) {
        CXDiagnostic diagnostic = clang_getDiagnostic(unit, i);
        if (clang_getDiagnosticSeverity(diagnostic) >= CXDiagnostic_Error)
            report_error(diagnostic);
        clang_disposeDiagnostic(diagnostic);
    }
    return diag_error_count() == before;
}

Module *parse_file(const Options *options)
{
    if (!input_is_readable(options->input))
        return NULL;
    const Arguments arguments = clang_arguments(options);
    clang_index = clang_createIndex(0, 0);
    const enum CXErrorCode status =
        clang_parseTranslationUnit2(clang_index, options->input, arguments.at, (int)arguments.count, NULL, 0,
                                    CXTranslationUnit_DetailedPreprocessingRecord, &unit);
    if (status != CXError_Success || !unit) {
        diag_error(nowhere, "libclang cannot parse '%s'%s", options->input,
                   status == CXError_Crashed ? ": it crashed" : "; are -std and the options behind -- right?");
        return NULL;
    }
    main_file = clang_getFile(unit, options->input);
    if (!report_errors() || !main_file)
        return NULL;
    module = module_read(options->input, options->with_source);
    return module;
}

/* ---- dependencies ---- */

typedef VEC(const char *) Names;

/* Beside the source in the current folder is `gain.h`, as compilers write it, not `./gain.h`. */
static const char *without_dot(const char *path)
{
    while (path[0] == '.' && path[1] == '/')
        for (path += 2; *path == '/'; path++)
            ;
    return path;
}

static void add_file(CXFile file, CXSourceLocation *stack, unsigned depth, CXClientData names)
{
    (void)stack;
    (void)depth;
    Names *list = names;
    const char *name = without_dot(text_of(clang_getFileName(file)));
    for (size_t i = 0; i < list->count; i++)
        if (strcmp(list->at[i], name) == 0)
            return;
    vec_push(list, name);
}

const char *const *parse_dependencies(const Module *m, size_t *count)
{
    Names names = {0};
    vec_push(&names, without_dot(m->file));
    clang_getInclusions(unit, add_file, &names);
    *count = names.count;
    return names.at;
}
