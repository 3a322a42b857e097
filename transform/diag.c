/*
 * diag.c: messages in the style of the C compilers. Everything goes to standard error at once; source files are read
 * when a message first quotes them, and kept.
 */
#include "diag.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "arena.h"

enum { QUOTE_WIDTH = 160, SOURCE_MAX = 64 << 20 };

typedef struct SourceFile {
    struct SourceFile *next;
    const char *name;
    size_t nlines;
    char **lines;
} SourceFile;

static DiagColor color = DIAG_COLOR_AUTO;
static bool warnings_as_errors;
static unsigned error_count;
static SourceFile *source_files;

void diag_set_color(DiagColor when)
{
    color = when;
}

void diag_set_warnings_as_errors(bool on)
{
    warnings_as_errors = on;
}

unsigned diag_error_count(void)
{
    return error_count;
}

/* ---- source lines ---- */

static char *read_text(const char *path)
{
    struct stat status;
    FILE *file =
        stat(path, &status) == 0 && S_ISREG(status.st_mode) && status.st_size <= SOURCE_MAX ? fopen(path, "rb") : NULL;
    if (!file)
        return NULL;
    char *text = arena_alloc((size_t)status.st_size + 1);
    text[fread(text, 1, (size_t)status.st_size, file)] = '\0';
    fclose(file);
    return text;
}

static void split_lines(SourceFile *file, char *text)
{
    VEC(char *) lines = {0};
    for (char *line = text; line;) {
        char *end = strpbrk(line, "\r\n");
        vec_push(&lines, line);
        line = end ? end + 1 : NULL;
        if (end && end[0] == '\r' && end[1] == '\n')
            line++;
        if (end)
            *end = '\0';
    }
    file->nlines = lines.count;
    file->lines = lines.at;
}

static const SourceFile *source_file(const char *name)
{
    for (SourceFile *f = source_files; f; f = f->next)
        if (strcmp(f->name, name) == 0)
            return f;
    SourceFile *file = ARENA_NEW(SourceFile);
    file->name = arena_strdup(name);
    char *text = read_text(name);
    if (text)
        split_lines(file, text);
    file->next = source_files;
    source_files = file;
    return file;
}

const char *diag_source_line(const char *file, unsigned line)
{
    if (!file || !line)
        return NULL;
    const SourceFile *source = source_file(file);
    return line <= source->nlines ? source->lines[line - 1] : NULL;
}

/* ---- printing ---- */

static bool use_color(void)
{
    if (color != DIAG_COLOR_AUTO)
        return color == DIAG_COLOR_ALWAYS;
    const char *term = getenv("TERM");
    return isatty(STDERR_FILENO) && term && strcmp(term, "dumb") != 0;
}

static const char *paint(const char *sequence)
{
    return use_color() ? sequence : "";
}

static char printable(char c)
{
    return (unsigned char)c < ' ' || c == 0x7f ? '?' : c;
}

/* The line and a caret below it; of a line too long for a screen, the part around the caret. */
static void print_quote(Loc loc)
{
    const char *line = diag_source_line(loc.file, loc.line);
    const size_t length = line ? strlen(line) : 0;
    if (!line || loc.col == 0 || loc.col > length + 1)
        return;
    const size_t caret = loc.col - 1;
    const size_t start = caret > QUOTE_WIDTH ? caret - QUOTE_WIDTH / 2 : 0;
    const size_t end = length - start > 2 * QUOTE_WIDTH ? start + 2 * QUOTE_WIDTH : length;
    fprintf(stderr, "%5u | ", loc.line);
    for (size_t i = start; i < end; i++)
        fputc(line[i] == '\t' ? '\t' : printable(line[i]), stderr);
    fputs("\n      | ", stderr);
    for (size_t i = start; i < caret; i++)
        if (((unsigned char)line[i] & 0xC0) != 0x80) /* continuation bytes of UTF-8 have no width */
            fputc(line[i] == '\t' ? '\t' : ' ', stderr);
    fprintf(stderr, "%s^%s\n", paint("\033[1;32m"), paint("\033[0m"));
}

static void print_message(Loc loc, const char *kind, const char *kind_color, const char *format, va_list args)
{
    fflush(stdout);
    fputs(paint("\033[1m"), stderr);
    if (loc.line)
        fprintf(stderr, "%s:%u:%u: ", loc.file ? loc.file : "<unknown>", loc.line, loc.col);
    else if (strcmp(kind, "note") == 0)
        fputs("  ", stderr);
    else
        fputs("adgen: ", stderr);
    fprintf(stderr, "%s%s:%s%s ", paint(kind_color), kind, paint("\033[0m"), paint("\033[1m"));
    vfprintf(stderr, format, args);
    fprintf(stderr, "%s\n", paint("\033[0m"));
    if (loc.line)
        print_quote(loc);
}

void diag_error(Loc loc, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    error_count++;
    print_message(loc, "error", "\033[31m", format, args);
    va_end(args);
}

void diag_warning(Loc loc, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    error_count += warnings_as_errors;
    print_message(loc, warnings_as_errors ? "error" : "warning", warnings_as_errors ? "\033[31m" : "\033[35m", format,
                  args);
    va_end(args);
}

void diag_note(Loc loc, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    print_message(loc, "note", "\033[36m", format, args);
    va_end(args);
}

_Noreturn void diag_internal(Loc loc, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    print_message(loc, "internal error", "\033[31m", format, args);
    va_end(args);
    fputs("  this is a mistake in adgen, not in your program; please report it with the source line above\n", stderr);
    abort();
}
