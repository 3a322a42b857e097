/*
 * frontend.h: C text to IR. The only folder that knows libclang.
 */
#ifndef ADGEN_FRONTEND_H
#define ADGEN_FRONTEND_H

#include "../codegen/codegen.h"
#include "../transform/transform.h"

/* The command line, read (options.c). */
typedef struct Options {
    const char *input;
    const char *output;          /* NULL: standard output */
    const char *header;          /* --header=FILE */
    const char *report;          /* --report[=FILE]; "-" is standard error */
    VEC(const char *) clang_args; /* -I, -D, ..., and what follows -- */
    VEC(const char *) requests;  /* "grad=f:x,y", "jac=f:y[m]/x[n]", as written after the dashes */
    bool dependencies, phony;    /* -MD, -MP */
    const char *dependency_file, *dependency_target; /* -MF, -MT */
    enum { EMIT_C, EMIT_IR, EMIT_DOT } emit;
    const char *suffix[6];       /* by Mode */
    bool with_source;
    DeriveOptions derive;
} Options;

/* Fills *options; false (exit status 2, message printed) where the command line is wrong. *done: --help or --version was served. */
bool options_read(Options *options, int argc, char **argv, bool *done);

/* Parses the file: NULL with errors reported where it is missing, does not parse, or includes what is not there. */
Module *parse_file(const Options *options);

/* Files that the parse read, for -MD. */
const char *const *parse_dependencies(const Module *module, size_t *count);

/* Reads annotations and command-line requests into module->requests, in order of definition; reports the impossible. */
void request_collect(Module *module, const Options *options);

/* Lowers fn's body to IR (Module.lower_body): fn->body is set, or errors are reported. What the language does not cover is refused here. */
void lower_function(Function *fn);

#endif
