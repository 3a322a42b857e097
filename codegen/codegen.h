/*
 * codegen.h: IR to C text. Knows neither libclang nor derivatives.
 */
#ifndef ADGEN_CODEGEN_H
#define ADGEN_CODEGEN_H

#include "../transform/ir.h"

typedef struct {
    const char *version;     /* "0.1" */
    const char *header_name; /* --header: to be included by the output; NULL without */
    const char *source;      /* --with-source: how the output includes the source file itself; NULL without */
} EmitOptions;

/* The whole output file: banner, includes, declarations that are needed, prototypes, functions. */
char *emit_file(const Module *module, Function *const *made, size_t nmade, const EmitOptions *options);

/* The header with the prototypes: include-guarded by `guard_name`, usable from C++. */
char *emit_header(const Module *module, Function *const *made, size_t nmade, const char *guard_name,
                  const EmitOptions *options);

/*
 * --check: a program that holds the derivatives against differences. NULL, with the reason reported, where it cannot
 * make the arguments of one of them.
 */
char *emit_check(const Module *module, Function *const *made, size_t nmade, const EmitOptions *options);

/* The dataflow graph of a function for Graphviz. */
char *emit_dot(const Function *fn);

/*
 * Writes `text` to `path` whole or not at all: a temporary file beside it, renamed over it when all is written. An
 * existing file stays as it is on failure. NULL or "-" is standard output. False, with the reason reported, where it
 * cannot be done.
 */
bool output_write(const char *path, const char *text);

#endif
