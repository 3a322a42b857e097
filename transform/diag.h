/*
 * diag.h: what adgen says to its user. Two kinds of failure, two functions: the user's mistake is reported at its place
 * and counted, so that one run shows all of them; a mistake of adgen's own says that it is adgen's, and aborts.
 *
 *     model.c:12:7: error: cannot differentiate through 'union u'
 *        12 |     v.d = x;
 *           |       ^
 *     model.c:3:1: note: ...
 */
#ifndef ADGEN_DIAG_H
#define ADGEN_DIAG_H

#include <stdbool.h>

/* A place in the user's source. `file` is as the user wrote it; line and column count from 1; line 0 means no place. */
typedef struct {
    const char *file;
    unsigned line, col;
} Loc;

typedef enum { DIAG_COLOR_AUTO, DIAG_COLOR_ALWAYS, DIAG_COLOR_NEVER } DiagColor;
void diag_set_color(DiagColor when);
void diag_set_warnings_as_errors(bool on);

/* Message, the source line, a caret. Lower case, no full stop, names in single quotes. With line 0: "adgen: error:
 * ...". */
void diag_error(Loc loc, const char *format, ...) __attribute__((format(printf, 2, 3)));
void diag_warning(Loc loc, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Belongs to the error before it: what to do instead, or the second place. With line 0 it is printed as "  note: ...".
 */
void diag_note(Loc loc, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* How many errors so far. The pipeline stops between stages when it is not zero. */
unsigned diag_error_count(void);

/* One line of a source file (no newline), or NULL. Files are read once and kept. Used for carets and quoted lines. */
const char *diag_source_line(const char *file, unsigned line);

/* adgen's own mistake: says so, names the user's place when known, asks for a report, and aborts. */
_Noreturn void diag_internal(Loc loc, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
