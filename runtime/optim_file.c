/*
 * optim_file.c: an optimizer's state in a file. One function, pass_optim, goes through all that is kept, and either
 * writes or reads it, so the format is described once. Numbers are in the machine's own byte order, which the file
 * names. The file is:
 *
 *     magic (8 bytes), byte order, version, contents, checksum     (all but the magic in 64-bit words, or arrays of
 * elements)
 *
 * The checksum is FNV-1a (Fowler, Noll and Vo) over all before it: a change of any single byte changes it.
 */
#if defined(__unix__) || defined(__APPLE__)
#define _POSIX_C_SOURCE 200809L
#include <unistd.h>
#endif

#include "optim_kernels.h"

#include <stdlib.h>
#include <string.h>

static const char magic[8] = {'a', 'd', 'g', 'e', 'n', 'o', 'p', 't'};
static const uint64_t byte_order = 0x0102030405060708u;
static const uint64_t version = 1;

/* Where bytes come from or go to. The first failure is kept, and then nothing more is passed. */
typedef struct stream {
    FILE *out;               /* NULL when reading */
    const unsigned char *in; /* what is left to read */
    size_t left;
    uint64_t checksum; /* of what was written */
    adgen_status status;
} stream;

static uint64_t checksum(uint64_t sum, const unsigned char *bytes, size_t n)
{
    for (size_t i = 0; i < n; i++)
        sum = (sum ^ bytes[i]) * 0x100000001b3u;
    return sum;
}

static const uint64_t checksum_of_nothing = 0xcbf29ce484222325u;

/* ---- Passing: each function writes what it is given, or reads into it ---- */

static void fail(stream *s, adgen_status status)
{
    if (s->status == ADGEN_OK)
        s->status = status;
}

static bool reading(const stream *s)
{
    return s->out == NULL;
}

static void pass_bytes(stream *s, void *bytes, size_t n)
{
    if (s->status != ADGEN_OK || n == 0)
        return;
    if (reading(s)) {
        if (n > s->left) {
            fail(s, ADGEN_DAMAGED);
            return;
        }
        memcpy(bytes, s->in, n);
        s->in += n;
        s->left -= n;
        return;
    }
    s->checksum = checksum(s->checksum, bytes, n);
    if (fwrite(bytes, 1, n, s->out) != n)
        fail(s, ADGEN_CANNOT_WRITE);
}

static void pass_u64(stream *s, uint64_t *number)
{
    pass_bytes(s, number, sizeof *number);
}

static void pass_double(stream *s, double *number)
{
    pass_bytes(s, number, sizeof *number);
}

static void pass_size(stream *s, size_t *size)
{
    uint64_t number = *size;
    pass_u64(s, &number);
    if (number > SIZE_MAX)
        fail(s, ADGEN_DAMAGED);
    *size = (size_t)number;
}

static void pass_bool(stream *s, bool *truth)
{
    uint64_t number = *truth;
    pass_u64(s, &number);
    *truth = number != 0;
}

/* A number that must be the same in the file: what it belongs to is not read but compared. */
static void pass_same(stream *s, uint64_t expected, adgen_status otherwise)
{
    uint64_t number = expected;
    pass_u64(s, &number);
    if (s->status == ADGEN_OK && number != expected)
        fail(s, otherwise);
}

static void pass_name(stream *s, const char *name)
{
    const size_t length = strlen(name);
    pass_same(s, length, ADGEN_OTHER_MODEL);
    for (size_t i = 0; i < length; i++) {
        char letter = name[i];
        pass_bytes(s, &letter, 1);
        if (letter != name[i])
            fail(s, ADGEN_OTHER_MODEL);
    }
}

/* An array of n elements, made when it is read. */
static void pass_array(stream *s, void **array, size_t n, size_t size)
{
    if (s->status != ADGEN_OK)
        return;
    if (reading(s)) {
        if (n > s->left / size) {
            fail(s, ADGEN_DAMAGED);
            return;
        }
        *array = adgen_array(n, size);
        if (*array == NULL) {
            fail(s, ADGEN_NO_MEMORY);
            return;
        }
    }
    pass_bytes(s, *array, n * size);
}

static void pass_settings(stream *s, adgen_settings *settings)
{
    uint64_t method = (uint64_t)settings->method;
    pass_u64(s, &method);
    if (method > ADGEN_LBFGS)
        fail(s, ADGEN_DAMAGED);
    else
        settings->method = (adgen_method)method;
    pass_double(s, &settings->lr);
    pass_double(s, &settings->weight_decay);
    pass_bool(s, &settings->maximize);
    pass_double(s, &settings->momentum);
    pass_double(s, &settings->dampening);
    pass_bool(s, &settings->nesterov);
    pass_double(s, &settings->lr_decay);
    pass_double(s, &settings->initial_sum);
    pass_double(s, &settings->eps);
    pass_double(s, &settings->alpha);
    pass_bool(s, &settings->centered);
    pass_double(s, &settings->beta1);
    pass_double(s, &settings->beta2);
    pass_bool(s, &settings->amsgrad);
    pass_size(s, &settings->history);
    pass_size(s, &settings->max_iter);
    pass_size(s, &settings->max_eval);
    pass_double(s, &settings->tolerance_grad);
    pass_double(s, &settings->tolerance_change);
    pass_bool(s, &settings->strong_wolfe);
    if (reading(s) && s->status == ADGEN_OK && !adgen_settings_valid(settings))
        fail(s, ADGEN_DAMAGED);
}

static void pass_block(stream *s, adgen_block *block)
{
    const size_t size = adgen_kernels_of(block->type)->size;
    pass_name(s, block->name);
    pass_same(s, (uint64_t)block->type, ADGEN_OTHER_MODEL);
    pass_same(s, block->count, ADGEN_OTHER_MODEL);
    pass_settings(s, &block->settings);
    pass_u64(s, &block->steps);
    pass_bool(s, &block->momentum_started);
    pass_array(s, &block->value, block->count, size);
    for (size_t k = 0; k < STATE_ARRAYS; k++) {
        bool there = block->state[k] != NULL;
        pass_bool(s, &there);
        if (there)
            pass_array(s, &block->state[k], block->count, size);
    }
}

/* Makes the curvature's memory that is about to be read. */
static adgen_curvature *new_curvature(stream *s, const adgen_optim *optim, size_t history)
{
    size_t n = 0;
    for (size_t i = 0; i < optim->count; i++)
        n += optim->blocks[i].count;
    adgen_curvature *curvature = NULL;
    if (s->status == ADGEN_OK && optim->count > 0)
        curvature = adgen_curvature_new(n, history, adgen_kernels_of(optim->blocks[0].type)->size);
    if (curvature == NULL)
        fail(s, ADGEN_NO_MEMORY);
    return curvature;
}

static void pass_curvature(stream *s, adgen_optim *optim)
{
    size_t history = optim->curvature != NULL ? optim->curvature->history : 0;
    pass_size(s, &history);
    if (reading(s) && history > 0)
        optim->curvature = new_curvature(s, optim, history);
    adgen_curvature *curvature = optim->curvature;
    if (curvature == NULL || s->status != ADGEN_OK)
        return;

    const size_t size = adgen_kernels_of(optim->blocks[0].type)->size;
    size_t used = curvature->used;
    pass_size(s, &used);
    if (used > history)
        fail(s, ADGEN_DAMAGED);
    for (size_t i = 0; i < used && s->status == ADGEN_OK; i++) {
        adgen_pair *pair = &curvature->pairs[i];
        pass_array(s, &pair->y, curvature->n, size);
        pass_array(s, &pair->s, curvature->n, size);
        pass_double(s, &pair->rho);
    }
    curvature->used = used;
    pass_bytes(s, curvature->direction, curvature->n * size);
    pass_bytes(s, curvature->last_grad, curvature->n * size);
    pass_double(s, &curvature->length);
    pass_double(s, &curvature->scale);
    pass_u64(s, &curvature->iterations);
    pass_u64(s, &curvature->evaluations);
}

static void pass_optim(stream *s, adgen_optim *optim)
{
    pass_same(s, optim->count, ADGEN_OTHER_MODEL);
    for (size_t i = 0; i < optim->count && s->status == ADGEN_OK; i++)
        pass_block(s, &optim->blocks[i]);
    pass_double(s, &optim->lr_factor);
    pass_curvature(s, optim);
}

/* What stands before the contents. */
static void pass_heading(stream *s)
{
    char word[sizeof magic];
    memcpy(word, magic, sizeof magic);
    pass_bytes(s, word, sizeof word);
    if (s->status != ADGEN_OK || memcmp(word, magic, sizeof magic) != 0)
        fail(s, ADGEN_NOT_A_STATE);
    pass_same(s, byte_order, ADGEN_OTHER_MACHINE);
    pass_same(s, version, ADGEN_OTHER_VERSION);
}

/* ---- Saving ---- */

static adgen_status write_state(FILE *out, adgen_optim *optim, void *extra, size_t extra_size)
{
    stream s = {.out = out, .checksum = checksum_of_nothing};
    pass_heading(&s);
    pass_optim(&s, optim);
    pass_same(&s, extra_size, ADGEN_OTHER_MODEL);
    pass_bytes(&s, extra, extra_size);
    uint64_t sum = s.checksum;
    pass_u64(&s, &sum);
    return s.status;
}

/* Brings what was written to the disk, so that a rename can't come before it. */
static bool flush(FILE *out)
{
    if (fflush(out) != 0)
        return false;
#if defined(__unix__) || defined(__APPLE__)
    return fsync(fileno(out)) == 0;
#else
    return true;
#endif
}

static char *with_ending(const char *path, const char *ending)
{
    const size_t length = strlen(path), more = strlen(ending) + 1;
    char *joined = malloc(length + more);
    if (joined != NULL) {
        memcpy(joined, path, length);
        memcpy(joined + length, ending, more);
    }
    return joined;
}

static adgen_status write_file(const char *path, adgen_optim *optim, void *extra, size_t extra_size)
{
    FILE *out = fopen(path, "wb");
    if (out == NULL)
        return ADGEN_CANNOT_WRITE;
    adgen_status status = write_state(out, optim, extra, extra_size);
    if (!flush(out) && status == ADGEN_OK)
        status = ADGEN_CANNOT_WRITE;
    if (fclose(out) != 0 && status == ADGEN_OK)
        status = ADGEN_CANNOT_WRITE;
    return status;
}

/* The stream does not change what it writes, so the constness may be dropped. */
adgen_status adgen_optim_save(const adgen_optim *optim, const char *path, const void *extra, size_t extra_size)
{
    char *temporary = with_ending(path, ".tmp");
    if (temporary == NULL)
        return ADGEN_NO_MEMORY;
    adgen_optim written = *optim;
    adgen_status status = write_file(temporary, &written, (void *)extra, extra_size);
    if (status == ADGEN_OK && rename(temporary, path) != 0)
        status = ADGEN_CANNOT_WRITE;
    if (status != ADGEN_OK)
        remove(temporary);
    free(temporary);
    return status;
}

/* ---- Loading ---- */

typedef struct image {
    unsigned char *bytes;
    size_t size;
} image;

/* Reads to the end of the file, into a buffer that doubles. */
static adgen_status read_all(FILE *in, image *file)
{
    size_t capacity = 0;
    for (;;) {
        if (file->size == capacity) {
            capacity = capacity > 0 ? 2 * capacity : 65536;
            unsigned char *bytes = capacity > file->size ? realloc(file->bytes, capacity) : NULL;
            if (bytes == NULL)
                return ADGEN_NO_MEMORY;
            file->bytes = bytes;
        }
        const size_t got = fread(file->bytes + file->size, 1, capacity - file->size, in);
        file->size += got;
        if (got == 0)
            return ferror(in) ? ADGEN_CANNOT_READ : ADGEN_OK;
    }
}

static adgen_status read_file(const char *path, image *file)
{
    FILE *in = fopen(path, "rb");
    if (in == NULL)
        return ADGEN_CANNOT_READ;
    const adgen_status status = read_all(in, file);
    fclose(in);
    return status;
}

/* A stream of the file's contents, its heading and its checksum found to be right. */
static stream open_image(const image *file)
{
    stream s = {.in = file->bytes, .left = file->size};
    pass_heading(&s);
    uint64_t sum = 0;
    if (s.status == ADGEN_OK && s.left < sizeof sum)
        fail(&s, ADGEN_DAMAGED);
    if (s.status != ADGEN_OK)
        return s;
    s.left -= sizeof sum;
    memcpy(&sum, s.in + s.left, sizeof sum);
    if (sum != checksum(checksum_of_nothing, file->bytes, file->size - sizeof sum))
        fail(&s, ADGEN_DAMAGED);
    return s;
}

/* An optimizer with the same blocks, but without parameters and state: what a file is read into. */
static adgen_status new_blank(const adgen_optim *optim, adgen_optim *blank)
{
    *blank = (adgen_optim)ADGEN_OPTIM_INIT;
    blank->blocks = adgen_array(optim->count, sizeof *blank->blocks);
    if (blank->blocks == NULL)
        return ADGEN_NO_MEMORY;
    blank->count = optim->count;
    for (size_t i = 0; i < optim->count; i++) {
        const adgen_block *block = &optim->blocks[i];
        blank->blocks[i] = (adgen_block){.name = block->name, .type = block->type, .count = block->count};
    }
    return ADGEN_OK;
}

/* Puts what was read in place of what the block had, which `blank` then has. */
static void exchange(adgen_block *block, adgen_block *blank)
{
    const adgen_block old = *block;
    adgen_copy(block->value, blank->value, block->count * adgen_kernels_of(block->type)->size);
    *block = *blank;
    block->value = old.value;
    block->grad = old.grad;
    for (size_t k = 0; k < STATE_ARRAYS; k++)
        blank->state[k] = old.state[k];
}

static void take_over(adgen_optim *optim, adgen_optim *blank)
{
    adgen_curvature *const old = optim->curvature;
    for (size_t i = 0; i < optim->count; i++)
        exchange(&optim->blocks[i], &blank->blocks[i]);
    optim->lr_factor = blank->lr_factor;
    optim->curvature = blank->curvature;
    blank->curvature = old;
}

/* The names are still the optimizer's; the values are our own. */
static void free_blank(adgen_optim *blank)
{
    for (size_t i = 0; i < blank->count; i++) {
        free(blank->blocks[i].value);
        blank->blocks[i].name = NULL;
    }
    adgen_optim_free(blank);
}

static adgen_status load_image(adgen_optim *optim, const image *file, void *extra, size_t extra_size)
{
    stream s = open_image(file);
    adgen_optim blank;
    if (s.status != ADGEN_OK)
        return s.status;
    fail(&s, new_blank(optim, &blank));
    if (s.status == ADGEN_OK) {
        pass_optim(&s, &blank);
        pass_same(&s, extra_size, ADGEN_OTHER_MODEL);
        if (s.left != extra_size)
            fail(&s, ADGEN_DAMAGED);
    }
    if (s.status == ADGEN_OK) {
        take_over(optim, &blank);
        pass_bytes(&s, extra, extra_size);
    }
    free_blank(&blank);
    return s.status;
}

adgen_status adgen_optim_load(adgen_optim *optim, const char *path, void *extra, size_t extra_size)
{
    image file = {NULL, 0};
    adgen_status status = read_file(path, &file);
    if (status == ADGEN_OK)
        status = load_image(optim, &file, extra, extra_size);
    free(file.bytes);
    return status;
}
