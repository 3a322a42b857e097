/*
 * arena.c: bump allocation in blocks that double up to 1 MiB; large requests get a block of their own.
 */
#include "arena.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

enum { ARENA_ALIGN = 16, CACHE_LINE = 64 };
/* The address sanitizer is to see what goes over the end of any object. */
#ifdef __SANITIZE_ADDRESS__
enum { ARENA_BLOCK = 0 };
#else
enum { ARENA_BLOCK = 1 << 20 };
#endif

typedef struct ArenaBlock {
    struct ArenaBlock *next;
    size_t used;
    size_t size;
    /* the bytes follow, from the next cache line on */
} ArenaBlock;

static ArenaBlock *blocks;

static ArenaBlock *new_block(size_t size)
{
    ArenaBlock *block = calloc(1, sizeof *block + CACHE_LINE + size);
    if (!block) {
        fputs("adgen: error: out of memory\n", stderr);
        exit(1);
    }
    block->size = size;
    return block;
}

static size_t round_up(size_t n, size_t align)
{
    return (n + align - 1) & ~(align - 1);
}

static char *bytes_of(ArenaBlock *block)
{
    return (char *)round_up((uintptr_t)(block + 1), CACHE_LINE);
}

/* What fills cache lines begins with one: a walk over values reads the first line of each. */
void *arena_alloc(size_t size)
{
    size = round_up(size, ARENA_ALIGN);
    const size_t align = size % CACHE_LINE == 0 ? CACHE_LINE : ARENA_ALIGN;
    if (!blocks || round_up(blocks->used, align) + size > blocks->size) {
        ArenaBlock *block = new_block(size > ARENA_BLOCK ? size : ARENA_BLOCK);
        block->next = blocks;
        blocks = block;
    }
    blocks->used = round_up(blocks->used, align);
    void *result = bytes_of(blocks) + blocks->used;
    blocks->used += size;
    return result;
}

void *arena_grow(const void *old, size_t old_size, size_t new_size)
{
    void *result = arena_alloc(new_size);
    if (old_size)
        memcpy(result, old, old_size < new_size ? old_size : new_size);
    return result;
}

char *arena_strndup(const char *s, size_t n)
{
    char *copy = arena_alloc(n + 1);
    memcpy(copy, s, n);
    return copy;
}

char *arena_strdup(const char *s)
{
    return arena_strndup(s, strlen(s));
}

char *arena_vprintf(const char *format, va_list args)
{
    va_list again;
    va_copy(again, args);
    const int length = vsnprintf(NULL, 0, format, args);
    char *text = arena_alloc((size_t)length + 1);
    vsnprintf(text, (size_t)length + 1, format, again);
    va_end(again);
    return text;
}

char *arena_printf(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    char *text = arena_vprintf(format, args);
    va_end(args);
    return text;
}

void arena_free_all(void)
{
    while (blocks) {
        ArenaBlock *next = blocks->next;
        free(blocks);
        blocks = next;
    }
}
