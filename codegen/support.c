/*
 * support.c: functions that the output carries itself where it calls them, because no C library has them. They are
 * computed in long double, so that the narrower ones are right to the last place where long double is wider.
 */
#include "emit.h"

typedef struct {
    const char *name, *needs; /* `needs`: another one that it calls */
    const char *text;
} Support;

/* clang-format off */
static const Support functions[] = {
    {"adgen_digammal", NULL,
     "/*\n"
     " * The derivative of log(gamma(x)). Near its positive root by its Taylor series there; elsewhere by\n"
     " * psi(x) = psi(1 - x) - pi / tan(pi x), psi(x) = psi(x + 1) - 1 / x and\n"
     " * psi(x) ~ log(x) - 1 / (2 x) - sum of B_2k / (2k x^2k).\n"
     " */\n"
     "static long double adgen_digammal(long double x)\n"
     "{\n"
     "    static const long double near_root[] = {\n"
     "        0.967672245447621170427L, -0.442763168983592106093L, 0.258499760955651010624L,\n"
     "        -0.163942705442406527504L, 0.107824050691262365757L, -0.0721995612564547109261L,\n"
     "        0.0488042881641431072251L, -0.0331611264748473592923L, 0.0225976482322181046596L,\n"
     "        -0.0154247659049489591388L, 0.0105387916166121753881L, -0.00720453438635686824097L,\n"
     "        0.00492678139572985344635L, -0.00336980165543932808279L, 0.00230512632673492783694L,\n"
     "        -0.00157693677143019725927L, 0.00107882520191629658069L, -0.000738070938996005129566L,\n"
     "        0.000504953265834602035177L, -0.000345468025106307699556L, 0.000236356015640270527924L,\n"
     "        -0.000161706220919748034494L, 0.000110633727687474109041L, -0.0000756917958219506591924L,\n"
     "        0.0000517857579522208086899L, -0.0000354300709476596063157L};\n"
     "    static const long double asymptotic[] = {\n"
     "        0.0833333333333333333333L, -0.00833333333333333333333L, 0.00396825396825396825397L,\n"
     "        -0.00416666666666666666667L, 0.00757575757575757575758L, -0.0210927960927960927961L,\n"
     "        0.0833333333333333333333L, -0.443259803921568627451L, 3.0539543302701197438L};\n"
     "    const int nnear = (int)(sizeof near_root / sizeof *near_root);\n"
     "    const int nasymptotic = (int)(sizeof asymptotic / sizeof *asymptotic);\n"
     "\n"
     "    if (x <= 0.0L) {\n"
     "        const long double part = x - floorl(x);\n"
     "        if (x == 0.0L)\n"
     "            return -copysignl(INFINITY, x);\n"
     "        if (part == 0.0L)\n"
     "            return NAN;\n"
     "        const long double angle = 3.14159265358979323846264338327950288L * (part > 0.5L ? part - 1.0L : part);\n"
     "        return adgen_digammal(1.0L - x) - 3.14159265358979323846264338327950288L / tanl(angle);\n"
     "    }\n"
     "    const long double h = x - 0x1.762d86356be3fp+0L - 9.549995429965697715184199e-17L;\n"
     "    if (fabsl(h) < 0.25L) {\n"
     "        long double sum = 0.0L;\n"
     "        for (int k = nnear - 1; k >= 0; k--)\n"
     "            sum = (sum + near_root[k]) * h;\n"
     "        return sum;\n"
     "    }\n"
     "    long double shift = 0.0L;\n"
     "    for (; x < 16.0L; x += 1.0L)\n"
     "        shift += 1.0L / x;\n"
     "    const long double y = 1.0L / (x * x);\n"
     "    long double sum = 0.0L;\n"
     "    for (int k = nasymptotic - 1; k >= 0; k--)\n"
     "        sum = (sum + asymptotic[k]) * y;\n"
     "    return logl(x) - 0.5L / x - sum - shift;\n"
     "}\n"},
    {"adgen_digamma", "adgen_digammal",
     "static double adgen_digamma(double x)\n"
     "{\n"
     "    return (double)adgen_digammal(x);\n"
     "}\n"},
    {"adgen_digammaf", "adgen_digammal",
     "static float adgen_digammaf(float x)\n"
     "{\n"
     "    return (float)adgen_digammal(x);\n"
     "}\n"},
    {"adgen_trigammal", NULL,
     "/*\n"
     " * The second derivative of log(gamma(x)), by psi1(x) = (pi / sin(pi x))^2 - psi1(1 - x), psi1(x) = psi1(x + 1) + 1 / x^2 and\n"
     " * psi1(x) ~ 1 / x + 1 / (2 x^2) + sum of B_2k / x^(2k + 1).\n"
     " */\n"
     "static long double adgen_trigammal(long double x)\n"
     "{\n"
     "    static const long double asymptotic[] = {\n"
     "        0.166666666666666666667L, -0.0333333333333333333333L, 0.0238095238095238095238L,\n"
     "        -0.0333333333333333333333L, 0.0757575757575757575758L, -0.253113553113553113553L,\n"
     "        1.16666666666666666667L, -7.09215686274509803922L, 54.9711779448621553885L,\n"
     "        -529.124242424242424242L};\n"
     "    const int nasymptotic = (int)(sizeof asymptotic / sizeof *asymptotic);\n"
     "\n"
     "    if (x <= 0.0L) {\n"
     "        const long double part = x - floorl(x);\n"
     "        if (part == 0.0L)\n"
     "            return INFINITY;\n"
     "        const long double sine = sinl(3.14159265358979323846264338327950288L * (part > 0.5L ? part - 1.0L : part));\n"
     "        return 9.86960440108935861883449099987615114L / (sine * sine) - adgen_trigammal(1.0L - x);\n"
     "    }\n"
     "    long double shift = 0.0L;\n"
     "    for (; x < 16.0L; x += 1.0L)\n"
     "        shift += 1.0L / (x * x);\n"
     "    const long double y = 1.0L / (x * x);\n"
     "    long double sum = 0.0L;\n"
     "    for (int k = nasymptotic - 1; k >= 0; k--)\n"
     "        sum = (sum + asymptotic[k]) * y;\n"
     "    return (1.0L + sum) / x + 0.5L * y + shift;\n"
     "}\n"},
    {"adgen_trigamma", "adgen_trigammal",
     "static double adgen_trigamma(double x)\n"
     "{\n"
     "    return (double)adgen_trigammal(x);\n"
     "}\n"},
    {"adgen_trigammaf", "adgen_trigammal",
     "static float adgen_trigammaf(float x)\n"
     "{\n"
     "    return (float)adgen_trigammal(x);\n"
     "}\n"},
    {"adgen_next_snapshot", NULL,
     "/*\n"
     " * How many steps behind the last snapshot the next one is best, where from that one on so many steps are to be\n"
     " * reversed, and so many snapshots are unused. With c snapshots, binomial(c + r, c) steps can be reversed so that none\n"
     " * runs more than r times (Griewank and Walther, ACM TOMS 26, 2000).\n"
     " */\n"
     "static size_t adgen_next_snapshot(size_t steps, size_t unused)\n"
     "{\n"
     "    const size_t c = unused + 1;\n"
     "    size_t r = 0, most = 1; /* binomial(c + r, c) */\n"
     "    if (unused == 0)\n"
     "        return steps;\n"
     "    if (steps <= c)\n"
     "        return 1;\n"
     "    while (most < steps) {\n"
     "        r++;\n"
     "        most = most * (c + r) / r;\n"
     "    }\n"
     "    const size_t ahead = most * r / (c + r), behind = ahead * c / (c + r - 1);\n"
     "    return ahead < steps - behind ? ahead : steps - behind;\n"
     "}\n"},
};
/* clang-format on */

enum { NFUNCTIONS = sizeof functions / sizeof *functions };

static void mark(bool *wanted, const char *name)
{
    for (size_t k = 0; name && k < NFUNCTIONS; k++)
        if (strcmp(functions[k].name, name) == 0) {
            wanted[k] = true;
            mark(wanted, functions[k].needs);
        }
}

void support_add(Text *out, const char *const *names, size_t nnames)
{
    bool wanted[NFUNCTIONS] = {false};
    for (size_t k = 0; k < nnames; k++)
        mark(wanted, names[k]);
    const char *separator = "";
    for (size_t k = 0; k < NFUNCTIONS; k++)
        if (wanted[k]) {
            text_printf(out, "%s%s", separator, functions[k].text);
            separator = "\n";
        }
}
