/*
 * adgen_tape.h: storage for derivative functions that adgen made. All of it is here, inline; there is nothing to link.
 *
 * A derivative function remembers what its reverse sweep needs. Where the amount is known before a loop begins, it is
 * an array from adgen_alloc; where it can't be known, it is a tape: bytes pushed on the way forward and popped, last in
 * first out, on the way back.
 *
 * A derivative function has no way to report failure to its caller, so running out of memory ends the program with a
 * message.
 */
#ifndef ADGEN_TAPE_H
#define ADGEN_TAPE_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Ends the program: `count` elements of `size` bytes could not be had. */
static inline void adgen_out_of_memory(size_t count, size_t size)
{
    fprintf(stderr, "adgen: out of memory: %llu elements of %llu bytes\n", (unsigned long long)count,
            (unsigned long long)size);
    abort();
}

/* Where C has aligned_alloc: C11 and C++17, but for Windows. */
#if defined _WIN32
#define ADGEN_HAS_ALIGNED_ALLOC 0
#elif defined __cplusplus
#define ADGEN_HAS_ALIGNED_ALLOC (__cplusplus >= 201703L)
#else
#define ADGEN_HAS_ALIGNED_ALLOC (__STDC_VERSION__ >= 201112L)
#endif

/* malloc; what is large begins with a cache line, so that vector operations on rows of it don't straddle two. */
static inline void *adgen_storage(size_t bytes)
{
#if ADGEN_HAS_ALIGNED_ALLOC
    const size_t line = 64, large = 4096;
    if (bytes >= large && bytes <= PTRDIFF_MAX - line) /* gcc must be told */
        return aligned_alloc(line, (bytes + line - 1) / line * line);
#endif
    return malloc(bytes);
}

/*
 * Uninitialised storage for `count` elements of `size` bytes each, aligned for any type; never NULL, also for 0
 * elements. A negative count, converted to size_t, is reported as too large. The caller owns it: adgen_free.
 */
static inline void *adgen_alloc(size_t count, size_t size)
{
    const int too_large = size != 0 && count > PTRDIFF_MAX / size; /* no object is larger */
    void *storage = too_large ? NULL : adgen_storage(count != 0 && size != 0 ? count * size : 1);
    if (storage == NULL)
        adgen_out_of_memory(count, size);
    return storage;
}

/*
 * Says how many bytes are allocated next, array by array. glibc gives memory back to the system when an array is freed
 * and more than twice the largest block that was ever freed is unused: the arrays would come and go, page by page, with
 * each call of the function. After one block as large as all of them they stay. Changes nothing else.
 */
static inline void adgen_reserve(size_t bytes)
{
#ifdef __GLIBC__
    const size_t small = (size_t)1 << 16, most = ((size_t)1 << 25) - ((size_t)1 << 16); /* larger blocks don't count */
    if (bytes > small) {
        void *volatile block = malloc(bytes < most ? bytes : most); /* volatile: or it isn't allocated at all */
        free(block);
    }
#else
    (void)bytes;
#endif
}

/* As adgen_alloc, every byte zero. */
static inline void *adgen_zeroed(size_t count, size_t size)
{
    void *storage = calloc(count != 0 ? count : 1, size != 0 ? size : 1);
    if (storage == NULL)
        adgen_out_of_memory(count, size);
    return storage;
}

/* `storage` comes from adgen_alloc or adgen_zeroed, or is NULL. */
static inline void adgen_free(void *storage)
{
    free(storage);
}

/* Storage that knows its size: cleared, aligned for any type, never NULL. The caller owns it: adgen_sized_free. */
static inline void *adgen_sized(size_t bytes)
{
    const size_t header = 32;
    unsigned char *storage = bytes <= PTRDIFF_MAX - header ? (unsigned char *)calloc(1, bytes + header) : NULL;
    if (storage == NULL)
        adgen_out_of_memory(bytes, 1);
    memcpy(storage, &bytes, sizeof bytes);
    return storage + header;
}

/* How many bytes were asked for; `storage` comes from adgen_sized, or is NULL, which has none. */
static inline size_t adgen_size(const void *storage)
{
    const size_t header = 32;
    size_t bytes = 0;
    if (storage != NULL)
        memcpy(&bytes, (const unsigned char *)storage - header, sizeof bytes);
    return bytes;
}

static inline void adgen_sized_free(void *storage)
{
    const size_t header = 32;
    if (storage != NULL)
        free((unsigned char *)storage - header);
}

/* A stack of bytes. The members belong to the functions below. */
typedef struct adgen_tape {
    unsigned char *bytes;
    size_t used;
    size_t capacity;
} adgen_tape;

/* The empty tape: `adgen_tape tape = ADGEN_TAPE_INIT;` */
/* clang-format off */
#ifdef __cplusplus
#define ADGEN_TAPE_INIT {}
#else
#define ADGEN_TAPE_INIT {NULL, 0, 0}
#endif
/* clang-format on */

/* Makes room for `size` more bytes. The capacity doubles, so that n pushes cost O(n). */
static inline void adgen_tape_grow(adgen_tape *tape, size_t size)
{
    const size_t doubled = tape->capacity <= SIZE_MAX / 2 ? 2 * tape->capacity : SIZE_MAX;
    const size_t needed = size <= SIZE_MAX - tape->used ? tape->used + size : SIZE_MAX;
    const size_t capacity = doubled < 4096 && needed < 4096 ? 4096 : doubled > needed ? doubled : needed;
    unsigned char *bytes = (unsigned char *)realloc(tape->bytes, capacity);
    if (bytes == NULL)
        adgen_out_of_memory(capacity, 1);
    tape->bytes = bytes;
    tape->capacity = capacity;
}

/* Puts `size` bytes from `value` on the tape. `value` may not point into the tape. */
static inline void adgen_push(adgen_tape *tape, const void *value, size_t size)
{
    if (size > tape->capacity - tape->used)
        adgen_tape_grow(tape, size);
    if (size == 0)
        return;
    memcpy(tape->bytes + tape->used, value, size);
    tape->used += size;
}

/* Takes the last `size` bytes off the tape into `value`: the sizes of pops mirror those of the pushes. */
static inline void adgen_pop(adgen_tape *tape, void *value, size_t size)
{
    if (size > tape->used) {
        fprintf(stderr, "adgen: internal error: pop of %llu bytes from a tape of %llu\n", (unsigned long long)size,
                (unsigned long long)tape->used);
        abort();
    }
    if (size == 0)
        return;
    tape->used -= size;
    memcpy(value, tape->bytes + tape->used, size);
}

/* Frees the tape's storage and leaves it empty, fit to be used again. */
static inline void adgen_tape_free(adgen_tape *tape)
{
    free(tape->bytes);
    tape->bytes = NULL;
    tape->used = 0;
    tape->capacity = 0;
}

#ifdef __cplusplus
}
#endif

#endif
