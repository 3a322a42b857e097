/*
 * text.c: text that grows, and lines that are broken where they are too wide.
 */
#include "emit.h"

#include <stdio.h>

void text_add_n(Text *text, const char *s, size_t n)
{
    if (text->count + n + 1 > text->capacity) {
        const size_t old = text->capacity;
        text->capacity = 2 * (text->count + n + 1);
        text->at = arena_grow(text->at, old, text->capacity);
    }
    memcpy(text->at + text->count, s, n);
    text->count += n;
    text->at[text->count] = 0;
}

void text_add(Text *text, const char *s)
{
    text_add_n(text, s, strlen(s));
}

void text_printf(Text *text, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    text_add(text, arena_vprintf(format, args));
    va_end(args);
}

const char *text_string(Text *text)
{
    text_add_n(text, "", 0);
    return text->at;
}

/* ---- lines ---- */

typedef struct {
    size_t at; /* of the space */
    int depth;
    int column; /* where the next line goes on */
} Break;

enum { MAX_DEPTH = 64, DEEP_COLUMN = 70 };

/* Products are broken where there is nothing else. */
static bool is_product(char c)
{
    return c == '*' || c == '/' || c == '%';
}

/*
 * The last space of the lowest depth where a line of `width` columns may end; not between the factors of a product, or
 * (`in_products`) only there.
 */
static Break last_break(const char *line, int indent, int width, bool continues, bool in_products)
{
    int columns[MAX_DEPTH + 1] = {continues ? indent : indent + 4};
    int depth = 0;
    char quote = 0;
    Break best = {0, MAX_DEPTH + 1, 0};
    for (size_t k = 0; line[k] && indent + (int)k <= width; k++) {
        const char c = line[k];
        if (quote) {
            if (c == '\\' && line[k + 1])
                k++;
            else if (c == quote)
                quote = 0;
        } else if (c == '"' || c == '\'') {
            quote = c;
        } else if (c == '(' || c == '[' || c == '{') {
            if (depth < MAX_DEPTH)
                columns[++depth] = indent + (int)k + 1;
        } else if (c == ')' || c == ']' || c == '}') {
            depth -= depth > 0;
        } else if (c == ' ' && k > 8 && strchr(",+-*/%=<>&|?:;", line[k - 1]) && depth <= best.depth &&
                   is_product(line[k - 1]) == in_products) {
            best = (Break){k, depth, columns[depth] < DEEP_COLUMN ? columns[depth] : indent + 8};
        }
    }
    return best;
}

static Break find_break(const char *line, int indent, int width, bool continues)
{
    const Break between = last_break(line, indent, width, continues, false);
    const Break inside = last_break(line, indent, width, continues, true);
    const bool is_early = indent + (int)between.at < width / 3;
    return between.at && (between.depth < inside.depth || (between.depth == inside.depth && !is_early)) ? between
                                                                                                        : inside;
}

void text_line(Text *text, int indent, const char *line)
{
    for (bool continues = false;; continues = true) {
        text_printf(text, "%*s", indent, "");
        const int length = (int)strlen(line);
        const Break cut = indent + length > LINE_WIDTH ? find_break(line, indent, LINE_WIDTH, continues) : (Break){0};
        if (!cut.at) {
            text_add(text, line);
            text_add(text, "\n");
            return;
        }
        text_add_n(text, line, cut.at);
        text_add(text, "\n");
        line += cut.at + 1;
        indent = cut.column;
    }
}
