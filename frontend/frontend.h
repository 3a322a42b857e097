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
    const char *output;                              /* NULL: standard output */
    const char *header;                              /* --header=FILE */
    const char *check;                               /* --check=FILE */
    const char *report;                              /* --report[=FILE]; "-" is standard error */
    VEC(const char *) clang_args;                    /* -I, -D, ..., and what follows -- */
    VEC(const char *) requests;                      /* "grad=f:x,y", "jac=f:y[m]/x[n]", as written after the dashes */
    bool dependencies, phony;                        /* -MD, -MP */
    const char *dependency_file, *dependency_target; /* -MF, -MT */
    enum { EMIT_C, EMIT_IR, EMIT_DOT } emit;
    const char *suffix[6]; /* by Mode */
    bool with_source;
    DeriveOptions derive;
} Options;

/* Fills *options; false (exit status 2, message printed) where the command line is wrong. *done: --help or --version
 * was served. */
bool options_read(Options *options, int argc, char **argv, bool *done);

/* Parses the file: NULL with errors reported where it is missing, does not parse, or includes what is not there. */
Module *parse_file(const Options *options);

/* Files that the parse read, for -MD. */
const char *const *parse_dependencies(const Module *module, size_t *count);

/* Where adgen.h is; NULL where it is not found. */
const char *parse_include_dir(void);

/* The functions that the translation unit declares, by name; NULL where there is none. */
Function *module_find_function(const char *name);
/* What is closest to `name` among those with a body, for "did you mean"; NULL where nothing is close. */
const char *module_similar_function(const char *name);
/* Are the names a slip of the keyboard apart? */
bool module_similar(const char *a, const char *b);
/* Calls `read` for each annotation of a function outside the system's headers, once where declarations repeat it. */
void module_each_annotation(void (*read)(Function *fn, const char *text, Loc loc));

/* Refuses what the source includes and the output cannot include again. Not needed --with-source. */
void module_check_includes(void);

/* Reads annotations and command-line requests into module->requests, in order of definition; reports the impossible. */
void request_collect(Module *module, const Options *options);

/* Lowers fn's body to IR (Module.lower_body): fn->body is set, or errors are reported. What the language does not cover
 * is refused here. */
void lower_function(Function *fn);

/*
 * Refuses static variables that the differentiated functions share with others, after all bodies that they need have
 * been lowered (state.c). Not needed --with-source.
 */
void state_check(Module *module);

/* The dependency file of -MD: where it goes, and its text (depend.c). */
const char *depend_path(const Options *options);
char *depend_text(const Options *options, const Module *module);

/* Runs `work(argument)` on a stack that deeply nested sources don't exhaust, and returns what it returns (stack.c). */
int stack_run(int (*work)(void *argument), void *argument);

#endif
