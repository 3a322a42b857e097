/*
 * arena.h: the memory of one run. Everything the compiler builds is allocated here and freed together at exit, so that
 * nodes can be shared without asking who owns them.
 */
#ifndef ADGEN_ARENA_H
#define ADGEN_ARENA_H

#include <stdarg.h>
#include <stddef.h>
#include <string.h>

/* `size` zeroed bytes, aligned for any type; never NULL (the run ends with a message when memory is out). */
void *arena_alloc(size_t size);

/* A copy of the array `old` of `old_size` bytes in a new one of `new_size` bytes; the rest is zero. */
void *arena_grow(const void *old, size_t old_size, size_t new_size);

char *arena_strdup(const char *s);
char *arena_strndup(const char *s, size_t n);
char *arena_printf(const char *format, ...) __attribute__((format(printf, 1, 2)));
char *arena_vprintf(const char *format, va_list args);

/* Frees everything. */
void arena_free_all(void);

#define ARENA_NEW(T) ((T *)arena_alloc(sizeof(T)))
#define ARENA_ARRAY(T, n) ((T *)arena_alloc(sizeof(T) * (size_t)(n)))

/*
 * Growing arrays: `VEC(T) v = {0};` is a struct with `at`, `count` and `capacity`; `vec_push(&v, x)` appends.
 */
#define VEC(T)                                                                                                         \
    struct {                                                                                                           \
        T *at;                                                                                                         \
        size_t count;                                                                                                  \
        size_t capacity;                                                                                               \
    }
#define vec_push(v, ...)                                                                                               \
    do {                                                                                                               \
        if ((v)->count == (v)->capacity) {                                                                             \
            const size_t vec_old = (v)->capacity;                                                                      \
            (v)->capacity = vec_old ? 2 * vec_old : 8;                                                                 \
            (v)->at = arena_grow((v)->at, vec_old * sizeof *(v)->at, (v)->capacity * sizeof *(v)->at);                 \
        }                                                                                                              \
        (v)->at[(v)->count] = (__VA_ARGS__);                                                                           \
        (v)->count++;                                                                                                  \
    } while (0)

#endif
