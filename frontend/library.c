/*
 * library.c: what is known of the C library's functions by their names.
 */
#include "../transform/rules.h"
#include "clang.h"

static const struct {
    const char *name;
    Effect effect;
} known_effects[] = {
    {"abs", EFFECT_PURE},
    {"labs", EFFECT_PURE},
    {"llabs", EFFECT_PURE},
    {"imaxabs", EFFECT_PURE},
    {"lround", EFFECT_PURE},
    {"lroundf", EFFECT_PURE},
    {"lroundl", EFFECT_PURE},
    {"llround", EFFECT_PURE},
    {"llroundf", EFFECT_PURE},
    {"llroundl", EFFECT_PURE},
    {"lrint", EFFECT_PURE},
    {"lrintf", EFFECT_PURE},
    {"lrintl", EFFECT_PURE},
    {"llrint", EFFECT_PURE},
    {"llrintf", EFFECT_PURE},
    {"llrintl", EFFECT_PURE},
    {"ilogb", EFFECT_PURE},
    {"ilogbf", EFFECT_PURE},
    {"ilogbl", EFFECT_PURE},
    {"isnan", EFFECT_PURE},
    {"isinf", EFFECT_PURE},
    {"isfinite", EFFECT_PURE},
    {"isnormal", EFFECT_PURE},
    {"signbit", EFFECT_PURE},
    {"fpclassify", EFFECT_PURE},
    {"isgreater", EFFECT_PURE},
    {"isgreaterequal", EFFECT_PURE},
    {"isless", EFFECT_PURE},
    {"islessequal", EFFECT_PURE},
    {"islessgreater", EFFECT_PURE},
    {"isunordered", EFFECT_PURE},
    {"isalpha", EFFECT_PURE},
    {"isdigit", EFFECT_PURE},
    {"isspace", EFFECT_PURE},
    {"isalnum", EFFECT_PURE},
    {"isupper", EFFECT_PURE},
    {"islower", EFFECT_PURE},
    {"ispunct", EFFECT_PURE},
    {"isprint", EFFECT_PURE},
    {"isxdigit", EFFECT_PURE},
    {"toupper", EFFECT_PURE},
    {"tolower", EFFECT_PURE},
    {"popcount", EFFECT_PURE},
    {"popcountl", EFFECT_PURE},
    {"popcountll", EFFECT_PURE},
    {"clz", EFFECT_PURE},
    {"clzl", EFFECT_PURE},
    {"clzll", EFFECT_PURE},
    {"ctz", EFFECT_PURE},
    {"ctzl", EFFECT_PURE},
    {"ctzll", EFFECT_PURE},
    {"ffs", EFFECT_PURE},
    {"bswap16", EFFECT_PURE},
    {"bswap32", EFFECT_PURE},
    {"bswap64", EFFECT_PURE},
    {"printf", EFFECT_PASSIVE_IO},
    {"fprintf", EFFECT_PASSIVE_IO},
    {"vprintf", EFFECT_PASSIVE_IO},
    {"vfprintf", EFFECT_PASSIVE_IO},
    {"puts", EFFECT_PASSIVE_IO},
    {"fputs", EFFECT_PASSIVE_IO},
    {"putc", EFFECT_PASSIVE_IO},
    {"fputc", EFFECT_PASSIVE_IO},
    {"putchar", EFFECT_PASSIVE_IO},
    {"fflush", EFFECT_PASSIVE_IO},
    {"fwrite", EFFECT_PASSIVE_IO},
    {"fopen", EFFECT_PASSIVE_IO},
    {"fclose", EFFECT_PASSIVE_IO},
    {"perror", EFFECT_PASSIVE_IO},
    {"getenv", EFFECT_PASSIVE_IO},
    {"clock", EFFECT_PASSIVE_IO},
    {"rand", EFFECT_PASSIVE_IO},
    {"srand", EFFECT_PASSIVE_IO},
    {"random", EFFECT_PASSIVE_IO},
    {"srandom", EFFECT_PASSIVE_IO},
    {"exit", EFFECT_PASSIVE_IO},
    {"abort", EFFECT_PASSIVE_IO},
    {"_Exit", EFFECT_PASSIVE_IO},
    {"strlen", EFFECT_PASSIVE_IO},
    {"strcmp", EFFECT_PASSIVE_IO},
    {"strncmp", EFFECT_PASSIVE_IO},
    {"memcmp", EFFECT_PASSIVE_IO},
    {"atoi", EFFECT_PASSIVE_IO},
    {"atol", EFFECT_PASSIVE_IO},
    {"trap", EFFECT_PASSIVE_IO},
    {"__assert_fail", EFFECT_PASSIVE_IO},
};

/* <complex.h>: each with suffixes f and l as well. */
static bool is_of_complex_numbers(const char *name)
{
    static const char *const known[] = {"cabs",  "cacos", "cacosh", "carg",  "casin", "casinh", "catan", "catanh",
                                        "ccos",  "ccosh", "cexp",   "cimag", "clog",  "conj",   "cpow",  "cproj",
                                        "creal", "csin",  "csinh",  "csqrt", "ctan",  "ctanh"};
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        const size_t length = strlen(known[i]);
        const char *suffix = name + length;
        if (strncmp(name, known[i], length) == 0 &&
            (!suffix[0] || ((suffix[0] == 'f' || suffix[0] == 'l') && !suffix[1])))
            return true;
    }
    return false;
}

Effect library_effect(const char *name)
{
    if (strncmp(name, "__builtin_", 10) == 0)
        name += 10;
    if (is_of_complex_numbers(name))
        return EFFECT_PURE;
    for (size_t i = 0; i < sizeof known_effects / sizeof known_effects[0]; i++)
        if (strcmp(known_effects[i].name, name) == 0)
            return known_effects[i].effect;
    return EFFECT_UNKNOWN;
}

const Rule *library_rule(const Function *fn)
{
    int rank = 0;
    const Rule *rule = rule_find(fn->name, &rank);
    if (!rule || fn->variadic || fn->nparams != rule->nargs || fn->result->kind != TYPE_REAL ||
        fn->result->rank != rank)
        return NULL;
    for (int i = 0; i < fn->nparams; i++)
        if (fn->params[i].type->kind != TYPE_REAL && fn->params[i].type->kind != TYPE_INT)
            return NULL;
    return rule;
}
