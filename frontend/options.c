/*
 * options.c: the command line, one row of a table for each option. A row says how the value is given and which function
 * takes it.
 */
#include <stdio.h>
#include <stdlib.h>

#include "frontend.h"
#include "version.h"

typedef enum {
    PLAIN,    /* --strong-zero */
    EQUALS,   /* --header=FILE */
    OPTIONAL, /* --report, --report=FILE */
    SEPARATE, /* -o FILE, -oFILE */
    PREFIX    /* -Wall: all of it is the value */
} Form;

typedef struct {
    const char *name;
    Form form;
    bool (*take)(Options *o, const char *name, const char *value);
} Option;

static const Loc nowhere;

static bool wrong_value(const char *name, const char *value, const char *expected)
{
    diag_error(nowhere, "'%s' is no value for '%s'; expected %s", value, name, expected);
    return false;
}

static bool set_once(const char **field, const char *name, const char *value)
{
    if (!*value)
        return wrong_value(name, value, "a name");
    if (*field) {
        diag_error(nowhere, "'%s' is given twice", name);
        return false;
    }
    *field = value;
    return true;
}

static bool take_output(Options *o, const char *name, const char *value)
{
    return set_once(&o->output, name, value);
}

static bool take_header(Options *o, const char *name, const char *value)
{
    return set_once(&o->header, name, value);
}

static bool take_check(Options *o, const char *name, const char *value)
{
    return set_once(&o->check, name, value);
}

static bool take_clang(Options *o, const char *name, const char *value)
{
    vec_push(&o->clang_args, name);
    vec_push(&o->clang_args, value);
    return true;
}

/* -I, -D, -U: joined, so that a value that looks like an option stays a value. */
static bool take_clang_joined(Options *o, const char *name, const char *value)
{
    vec_push(&o->clang_args, arena_printf("%s%s", name, value));
    return true;
}

static bool take_clang_word(Options *o, const char *name, const char *value)
{
    (void)name;
    vec_push(&o->clang_args, value);
    return true;
}

static bool take_request(Options *o, const char *name, const char *value)
{
    vec_push(&o->requests, arena_printf("%s=%s", name + 2, value));
    return *value ? true : wrong_value(name, value, "a function: --grad=f:x,y");
}

static bool take_dependencies(Options *o, const char *name, const char *value)
{
    (void)value;
    *(strcmp(name, "-MP") == 0 ? &o->phony : &o->dependencies) = true;
    return true;
}

static bool take_dependency_file(Options *o, const char *name, const char *value)
{
    return set_once(&o->dependency_file, name, value);
}

static bool take_dependency_target(Options *o, const char *name, const char *value)
{
    if (o->dependency_target) { /* several targets are one list, as with the compilers */
        o->dependency_target = arena_printf("%s %s", o->dependency_target, value);
        return true;
    }
    return set_once(&o->dependency_target, name, value);
}

static bool take_report(Options *o, const char *name, const char *value)
{
    return set_once(&o->report, name, value && *value ? value : "-");
}

static bool take_emit(Options *o, const char *name, const char *value)
{
    static const char *const kinds[] = {"c", "ir", "dot"};
    for (int i = 0; i < 3; i++)
        if (strcmp(value, kinds[i]) == 0) {
            o->emit = i == 0 ? EMIT_C : i == 1 ? EMIT_IR : EMIT_DOT;
            return true;
        }
    return wrong_value(name, value, "c, ir or dot");
}

static bool take_suffix(Options *o, const char *name, const char *value)
{
    static const char identifier[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";
    if (!*value || value[strspn(value, identifier)])
        return wrong_value(name, value, "letters, digits and underscores");
    static const char *const kinds[] = {"grad", "vjp", "jvp", "hvp", "jac", "hess"};
    for (int i = 0; i < 6; i++)
        if (strcmp(name + strlen("--suffix-"), kinds[i]) == 0)
            return set_once(&o->suffix[i], name, value);
    return false;
}

static bool take_color(Options *o, const char *name, const char *value)
{
    (void)o;
    static const char *const kinds[] = {"auto", "always", "never"};
    for (int i = 0; i < 3; i++)
        if (strcmp(value, kinds[i]) == 0) {
            diag_set_color(i == 0 ? DIAG_COLOR_AUTO : i == 1 ? DIAG_COLOR_ALWAYS : DIAG_COLOR_NEVER);
            return true;
        }
    return wrong_value(name, value, "auto, always or never");
}

static bool take_warning(Options *o, const char *name, const char *value)
{
    (void)o;
    (void)name;
    if (value && strcmp(value, "-Werror") == 0) /* -w has none */
        diag_set_warnings_as_errors(true);
    return true; /* the others are for the compiler: whoever passes his CFLAGS on means no harm */
}

static bool take_switch(Options *o, const char *name, const char *value)
{
    (void)value;
    const struct {
        const char *name;
        bool *flag;
    } switches[] = {
        {"--with-source", &o->with_source},    {"--strong-zero", &o->derive.strong_zero},
        {"--verify", &o->derive.verify},       {"--may-alias", &o->derive.may_alias},
        {"--workspace", &o->derive.workspace},
    };
    for (size_t i = 0; i < sizeof switches / sizeof switches[0]; i++)
        if (strcmp(name, switches[i].name) == 0)
            *switches[i].flag = true;
    return true;
}

/* ---- optimisations ---- */

/* Each can be left out, and the derivative is as right as before: the tests see to that. */
typedef struct {
    const char *name;
    size_t flag; /* in DeriveOptions */
    const char *without;
} Optimisation;

static const Optimisation optimisations[] = {
    {"--no-one-pass", offsetof(DeriveOptions, one_pass), "a loop and its reverse stay two loops"},
    {"--no-recompute", offsetof(DeriveOptions, recompute), "reals that are needed are stored, not computed again"},
    {"--no-reload", offsetof(DeriveOptions, reload), "reals that memory still holds are stored, too"},
    {"--no-dependences", offsetof(DeriveOptions, dependences),
     "that later steps of loops write elsewhere is seen from the loops around no further than one index tells"},
    {"--no-copies", offsetof(DeriveOptions, copies), "what is read from an array is stored, never the array"},
    {"--no-sections", offsetof(DeriveOptions, sections),
     "what is read from the caller's arrays, or from the heap, is stored, never a part of the array"},
    {"--no-telling", offsetof(DeriveOptions, telling), "what was chosen is stored, though what came of it tells"},
    {"--no-later-copies", offsetof(DeriveOptions, later_copies),
     "what stays in an array until it is copied is stored, too"},
    {"--no-next-copies", offsetof(DeriveOptions, next_copies),
     "what steps leave in arrays that are copied is stored, too"},
    {"--no-rows", offsetof(DeriveOptions, rows), "work arrays of an iteration are copied, not kept"},
    {"--no-series", offsetof(DeriveOptions, series), "integers that steps change are stored"},
    {"--no-replay", offsetof(DeriveOptions, replay),
     "the reverse of a step finds its work arrays stored, not filled again"},
    {"--no-hand-back", offsetof(DeriveOptions, hand_back), "what steps leave is stored beside what they find"},
    {"--no-results-back", offsetof(DeriveOptions, results_back),
     "reverse halves of recursive functions don't return what the functions returned"},
    {"--no-counting", offsetof(DeriveOptions, counting), "for loops are treated as while loops: tapes"},
    {"--no-unroll", offsetof(DeriveOptions, unroll), "short loops stay loops"},
    {"--no-argmax", offsetof(DeriveOptions, argmax),
     "which iteration chose a maximum is not remembered, but what each chose"},
    {"--no-like-terms", offsetof(DeriveOptions, like_terms), "like terms of an adjoint are added one by one"},
    {"--no-reciprocals", offsetof(DeriveOptions, reciprocals), "adjoints divided by one value are divided one by one"},
    {"--no-hoisting", offsetof(DeriveOptions, hoisting),
     "bounds, and what is the same in each iteration, are computed where they stand"},
    {"--no-renaming", offsetof(DeriveOptions, renaming), "arrays that are filled again are not told apart"},
    {"--no-substitution", offsetof(DeriveOptions, substitution),
     "work arrays are filled, however cheap their elements"},
    {"--no-peeling", offsetof(DeriveOptions, peeling), "first and last iterations stay in their loops"},
    {"--no-splitting", offsetof(DeriveOptions, splitting), "additions to neighbouring elements share a loop"},
    {"--no-stencils", offsetof(DeriveOptions, stencils), "additions to neighbouring elements are not gathered"},
    {"--no-rings", offsetof(DeriveOptions, rings), "what is added to neighbours around a ring stays where it is"},
    {"--no-restoring", offsetof(DeriveOptions, restoring),
     "states are copied, also where what is stored of the step before tells them"},
    {"--no-histories", offsetof(DeriveOptions, histories), "states are copied to where they are kept"},
    {"--no-turns", offsetof(DeriveOptions, turns), "states are copied back from where they are computed"},
    {"--no-selects", offsetof(DeriveOptions, selects), "branches that only choose stay branches"},
    {"--no-merging", offsetof(DeriveOptions, merging), "equal reals are computed, and loaded, each for itself"},
    {"--no-accumulation", offsetof(DeriveOptions, accumulation), "p[i] += e is a load and a store"},
    {"--no-last-stores", offsetof(DeriveOptions, last_stores), "what is overwritten unread is stored, too"},
    {"--no-scratch", offsetof(DeriveOptions, scratch), "work arrays stay where they are declared"},
    {"--no-reordering", offsetof(DeriveOptions, reordering), "reverse loops run backwards, all of them"},
    {"--no-first-stores", offsetof(DeriveOptions, first_stores), "adjoints are cleared before they are added to"},
    {"--no-sinking", offsetof(DeriveOptions, sinking), "adjoints are cleared as soon as they have been read"},
    {"--no-interchange", offsetof(DeriveOptions, interchange), "reverse loops are nested as the primal's"},
    {"--no-gathering", offsetof(DeriveOptions, gathering), "adjoints are added in memory, not in locals"},
    {"--no-joining", offsetof(DeriveOptions, joining), "neighbouring reverse loops stay apart"},
    {"--no-factoring", offsetof(DeriveOptions, factoring), "linear maps are applied in each iteration, not to the sum"},
    {"--no-guards", offsetof(DeriveOptions, guards), "loops run for adjoints that a choice has made zero, too"},
    {"--no-lanes", offsetof(DeriveOptions, lanes), "adjoints are summed one after the other"},
    {"--no-jamming", offsetof(DeriveOptions, jamming), "inner loops run for one iteration of the outer one at a time"},
    {"--no-reserving", offsetof(DeriveOptions, reserving), "arrays are allocated without a word about their sum"},
    {"--no-restrict", offsetof(DeriveOptions, restricting), "only adjoints are declared restrict"},
};
enum { NOPTIMISATIONS = sizeof optimisations / sizeof optimisations[0] };
static const char all_optimisations[] = "--no-optimisations";

static bool *flag_of(DeriveOptions *options, const Optimisation *optimisation)
{
    return (bool *)((char *)options + optimisation->flag);
}

static void set_optimisations(DeriveOptions *options, bool on)
{
    for (int i = 0; i < NOPTIMISATIONS; i++)
        *flag_of(options, &optimisations[i]) = on;
}

static bool unknown_option(const char *word);

static bool take_optimisation(Options *o, const char *name, const char *value)
{
    (void)name;
    for (int i = 0; i < NOPTIMISATIONS; i++)
        if (strcmp(value, optimisations[i].name) == 0) {
            *flag_of(&o->derive, &optimisations[i]) = false;
            return true;
        }
    if (strcmp(value, all_optimisations) != 0)
        return unknown_option(value);
    set_optimisations(&o->derive, false);
    return true;
}

/* ---- the table ---- */

static const Option table[] = {
    {"-o", SEPARATE, take_output},
    {"--header", EQUALS, take_header},
    {"--report", OPTIONAL, take_report},
    {"--grad", EQUALS, take_request},
    {"--vjp", EQUALS, take_request},
    {"--jvp", EQUALS, take_request},
    {"--hvp", EQUALS, take_request},
    {"--jac", EQUALS, take_request},
    {"--hess", EQUALS, take_request},
    {"--suffix-grad", EQUALS, take_suffix},
    {"--suffix-vjp", EQUALS, take_suffix},
    {"--suffix-jvp", EQUALS, take_suffix},
    {"--suffix-hvp", EQUALS, take_suffix},
    {"--suffix-jac", EQUALS, take_suffix},
    {"--suffix-hess", EQUALS, take_suffix},
    {"-MD", PLAIN, take_dependencies},
    {"-MP", PLAIN, take_dependencies},
    {"-MF", SEPARATE, take_dependency_file},
    {"-MT", SEPARATE, take_dependency_target},
    {"-include", SEPARATE, take_clang},
    {"-isystem", SEPARATE, take_clang},
    {"-I", SEPARATE, take_clang_joined},
    {"-D", SEPARATE, take_clang_joined},
    {"-U", SEPARATE, take_clang_joined},
    {"-std=", PREFIX, take_clang_word},
    {"--emit", EQUALS, take_emit},
    {"--with-source", PLAIN, take_switch},
    {"--strong-zero", PLAIN, take_switch},
    {"--may-alias", PLAIN, take_switch},
    {"--no-", PREFIX, take_optimisation},
    {"--verify", PLAIN, take_switch},
    {"--workspace", PLAIN, take_switch},
    {"--check", EQUALS, take_check},
    {"--color", EQUALS, take_color},
    {"-W", PREFIX, take_warning},
    {"-w", PLAIN, take_warning},
};
enum { NOPTIONS = sizeof table / sizeof table[0] };

static const char help[] =
    "usage: adgen [options] FILE.c [-- compiler flags]\n"
    "\n"
    "Reads C, and writes C: for each function that asks for a derivative, a function that computes it.\n"
    "\n"
    "Asking (or in the source, with adgen.h: ADGEN_GRAD(x, y) before the function):\n"
    "  --grad=F:X,Y...     make F_grad: gradient of F's real result by parameters X, Y (all real ones if none is "
    "named)\n"
    "  --vjp=F:X,Y...      make F_vjp: reverse mode, with the caller's seeds\n"
    "  --suffix-grad=S, --suffix-vjp=S\n"
    "                      other names than F_grad and F_vjp\n"
    "\n"
    "Files:\n"
    "  -o FILE             output (default: standard output); written whole or not at all\n"
    "  --header=FILE       also write a header with the prototypes\n"
    "  --check=FILE        also write a program that checks the derivatives; its --help says how it is used\n"
    "  -MD, -MF FILE, -MT TARGET, -MP\n"
    "                      a dependency file for make and ninja, as compilers write it\n"
    "\n"
    "Reading:\n"
    "  -I DIR, -isystem DIR, -D NAME[=VALUE], -U NAME, -include FILE, -std=STANDARD\n"
    "                      as compilers have them (default: -std=gnu11); everything behind -- goes to the parser too\n"
    "\n"
    "Derivatives:\n"
    "  --strong-zero       a zero adjoint stays zero whatever it is multiplied with\n"
    "  --workspace         storage of run-time size comes from the caller, a last parameter; F_grad_workspace tells "
    "its size\n"
    "  --may-alias         pointer parameters may overlap one another, and their adjoints then do alike\n"
    "  --with-source       the output includes FILE.c and is compiled in its place\n"
    "\n"
    "Optimisations, to leave out:\n";

/* What follows the list of optimisations. */
static const char help_behind[] =
    "\n"
    "Saying:\n"
    "  --report[=FILE]     what was decided, loop by loop\n"
    "  --emit=c|ir|dot     the derivative (default), the intermediate form, or its graph for Graphviz\n"
    "  --color=auto|always|never, -Werror\n"
    "  --print-include-dir where adgen.h is, for the compiler's -I\n"
    "  --version, --help\n"
    "\n"
    "Exit status: 0 done; 1 the input is wrong or can't be differentiated; 2 the command line is wrong.\n";

/* ---- reading ---- */

static bool starts_with(const char *text, const char *prefix)
{
    return strncmp(text, prefix, strlen(prefix)) == 0;
}

/* The row for `word`; *value is what is joined to its name, NULL if nothing. */
static const Option *find_option(const char *word, const char **value)
{
    for (int i = 0; i < NOPTIONS; i++) {
        const Option *option = &table[i];
        const char *rest = starts_with(word, option->name) ? word + strlen(option->name) : NULL;
        if (!rest)
            continue;
        *value = NULL;
        if (option->form == PREFIX)
            *value = word;
        else if (option->form == SEPARATE && *rest)
            *value = rest;
        else if ((option->form == EQUALS || option->form == OPTIONAL) && *rest == '=')
            *value = rest + 1;
        else if (*rest)
            continue;
        return option;
    }
    return NULL;
}

static const char *similar_option(const char *word)
{
    const char *name = arena_strndup(word, strcspn(word, "="));
    for (int i = 0; i < NOPTIONS; i++)
        if (table[i].form != PREFIX && strlen(table[i].name) > 3 && module_similar(name, table[i].name))
            return table[i].name;
    for (int i = 0; i < NOPTIMISATIONS; i++)
        if (module_similar(name, optimisations[i].name))
            return optimisations[i].name;
    return NULL;
}

static bool unknown_option(const char *word)
{
    diag_error(nowhere, "unknown option '%s'", word);
    const char *similar = similar_option(word);
    if (similar) {
        diag_note(nowhere, "did you mean '%s'?", similar);
        return false;
    }
    diag_note(nowhere, "options for the C parser go behind --; adgen --help lists adgen's own");
    return false;
}

static bool read_option(Options *o, int argc, char **argv, int *i)
{
    const char *value;
    const Option *option = find_option(argv[*i], &value);
    if (!option)
        return unknown_option(argv[*i]);
    if (!value && option->form == SEPARATE && *i + 1 < argc)
        value = argv[++*i];
    if (!value && (option->form == SEPARATE || option->form == EQUALS)) {
        diag_error(nowhere, "'%s' needs a value", option->name);
        return false;
    }
    return option->take(o, option->name, value);
}

static bool take_input(Options *o, const char *word)
{
    if (o->input) {
        diag_error(nowhere, "two input files, '%s' and '%s'; adgen reads one at a time", o->input, word);
        return false;
    }
    o->input = word;
    return true;
}

static void print_help(void)
{
    fputs(help, stdout);
    for (int i = 0; i < NOPTIMISATIONS; i++)
        printf("  %-19s %s\n", optimisations[i].name, optimisations[i].without);
    printf("  %-19s none of them\n", all_optimisations);
    fputs(help_behind, stdout);
}

static bool is_served(const char *word)
{
    if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0)
        print_help();
    else if (strcmp(word, "--version") == 0)
        printf("adgen %s\n", ADGEN_VERSION);
    else
        return false;
    return true;
}

static bool served_include_dir(const char *word, bool *found)
{
    if (strcmp(word, "--print-include-dir") != 0)
        return false;
    const char *directory = parse_include_dir();
    *found = directory != NULL;
    if (directory)
        puts(directory);
    else
        diag_error(nowhere, "adgen.h is not beside adgen, in ../include");
    return true;
}

static bool is_complete(const Options *o)
{
    if (!o->input)
        diag_error(nowhere, "no input file; adgen --help says how to use it");
    else if (!*o->input)
        diag_error(nowhere, "the input file's name is empty");
    else if ((o->dependency_file || o->dependency_target || o->phony) && !o->dependencies)
        diag_error(nowhere, "-MF, -MT and -MP need -MD");
    else
        return true;
    return false;
}

bool options_read(Options *o, int argc, char **argv, bool *done)
{
    bool fine = true;
    set_optimisations(&o->derive, true);
#ifndef NDEBUG
    o->derive.verify = true;
#endif
    for (int i = 1; i < argc; i++) {
        bool found = true;
        if (strcmp(argv[i], "--") == 0) {
            for (i++; i < argc; i++)
                vec_push(&o->clang_args, argv[i]);
        } else if (is_served(argv[i]) || served_include_dir(argv[i], &found)) {
            *done = true;
            return found;
        } else if (argv[i][0] == '-' && argv[i][1]) {
            fine &= read_option(o, argc, argv, &i);
        } else {
            fine &= take_input(o, argv[i]);
        }
    }
    return fine && is_complete(o);
}
