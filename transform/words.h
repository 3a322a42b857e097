/*
 * words.h: words of C text, such as the qualifiers in a declaration: whole ones, not the parts of longer names.
 */
#ifndef ADGEN_WORDS_H
#define ADGEN_WORDS_H

#include <stdbool.h>

/* The text may be NULL, which has none. */
bool has_word(const char *text, const char *word);

/* The text without the word wherever it stands, and without a space behind it. */
const char *without_word(const char *text, const char *word);

#endif
