/*
 * literal.c: constants as C text: the user's own where it has the right type, the shortest digits that give the value
 * otherwise.
 */
#include "emit.h"

#include <ctype.h>
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { RANK_FLOAT = 1, RANK_DOUBLE = 2 };

/* ---- reals ---- */

static bool reads_back(const Type *type, const char *digits, long double x)
{
    if (type->rank == RANK_FLOAT)
        return strtof(digits, NULL) == (float)x;
    if (type->rank == RANK_DOUBLE)
        return strtod(digits, NULL) == (double)x;
    return strtold(digits, NULL) == x;
}

static const char *suffix_of(const Type *type)
{
    return type->rank == RANK_FLOAT ? "f" : type->rank == RANK_DOUBLE ? "" : "L";
}

/* 1e+05 and 1e-08 as 1e5 and 1e-8; 2 as 2.0. */
static const char *tidy(const char *digits)
{
    const char *exponent = strchr(digits, 'e');
    if (!exponent)
        return arena_printf("%s%s", digits, strchr(digits, '.') ? "" : ".0");
    return arena_printf("%.*se%d", (int)(exponent - digits), digits, atoi(exponent + 1));
}

static const char *shortest_digits(const Type *type, long double x)
{
    char digits[64];
    int precision = 1;
    for (; precision < 22; precision++) {
        snprintf(digits, sizeof digits, "%.*Le", precision - 1, x);
        if (reads_back(type, digits, x))
            break;
    }
    const int exponent = atoi(strchr(digits, 'e') + 1);
    const int decimals = precision - 1 - exponent;
    if (exponent < -5 || exponent > (precision > 7 ? precision : 7))
        return tidy(digits);
    snprintf(digits, sizeof digits, "%.*Lf", decimals > 0 ? decimals : 0, x);
    return tidy(digits);
}

/* The user's literal, where it is one and has this type and value. */
static bool fits(const Type *type, long double x, const char *text)
{
    if (!text || !(isdigit((unsigned char)text[0]) || text[0] == '.'))
        return false;
    char *end;
    strtold(text, &end);
    const bool is_hex = text[0] == '0' && (text[1] == 'x' || text[1] == 'X');
    if (!strpbrk(text, is_hex ? "pP" : ".eE"))
        return false;
    const char suffix[2] = {(char)(*end == 'f' ? 'f' : *end == 'F' ? 'f' : *end == 'l' ? 'L' : *end), 0};
    return strcmp(suffix, suffix_of(type)) == 0 && (!*end || !end[1]) && reads_back(type, text, x);
}

static bool is_float_h_name(const Type *type, const char *text)
{
    static const char *const prefix[] = {"", "FLT_", "DBL_", "LDBL_"};
    return text && type->rank < 4 && strncmp(text, prefix[type->rank], strlen(prefix[type->rank])) == 0;
}

const char *real_text(const Type *type, long double x, const char *text, bool has_float_h)
{
    if (isnan(x))
        return "NAN";
    if (isinf(x))
        return x < 0 ? "-INFINITY" : "INFINITY";
    if (fits(type, x, text) || (has_float_h && is_float_h_name(type, text)))
        return text;
    return arena_printf("%s%s%s", signbit(x) ? "-" : "", shortest_digits(type, fabsl(x)), suffix_of(type));
}

/* ---- integers ---- */

static const char *int_suffix(const Type *type)
{
    static const char *const of_signed[] = {"", "L", "LL"};
    static const char *const of_unsigned[] = {"u", "UL", "ULL"};
    const int rank = type->rank < 3 ? 0 : type->rank > 5 ? 2 : type->rank - 3;
    return type->is_signed || type->is_bool || type->rank < 3 ? of_signed[rank] : of_unsigned[rank];
}

/* `plain`: where C converts an int constant itself. */
const char *int_text(const Type *type, int64_t i, bool plain)
{
    const bool fits_int = i >= (type->is_signed ? -INT_MAX : 0) && i <= INT_MAX;
    if (fits_int && (plain || type->is_bool || type->rank < 3))
        return arena_printf("%lld", (long long)i);
    const char *suffix = int_suffix(type);
    if (!type->is_signed)
        return arena_printf("%llu%s", type->size == 4 ? (unsigned long long)(uint32_t)i : (unsigned long long)i,
                            suffix);
    if (i == INT64_MIN || (type->size == 4 && i == INT_MIN))
        return arena_printf("(%lld%s - 1)", (long long)(i + 1), suffix);
    return arena_printf("%lld%s", (long long)i, suffix);
}
