/* words.c: see words.h. */
#include "words.h"

#include <ctype.h>
#include <string.h>

#include "arena.h"

static bool is_part_of_word(char c)
{
    return isalnum((unsigned char)c) || c == '_';
}

static const char *find_word(const char *text, const char *word)
{
    const size_t n = strlen(word);
    for (const char *at = text ? strstr(text, word) : NULL; at; at = strstr(at + 1, word))
        if ((at == text || !is_part_of_word(at[-1])) && !is_part_of_word(at[n]))
            return at;
    return NULL;
}

bool has_word(const char *text, const char *word)
{
    return find_word(text, word) != NULL;
}

const char *without_word(const char *text, const char *word)
{
    for (const char *at; (at = find_word(text, word));) {
        const char *rest = at + strlen(word);
        text = arena_printf("%.*s%s", (int)(at - text), text, rest + (*rest == ' '));
    }
    return text;
}
