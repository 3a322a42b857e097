/*
 * MNIST's IDX format: a magic number whose last byte is the number of dimensions, the dimensions, the bytes. Numbers
 * have four bytes, the highest first.
 */
#include "digits.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifdef HAVE_ZLIB
#include <zlib.h> /* gzread() reads plain files too */
typedef gzFile input;
#define input_open(path) gzopen(path, "rb")
#define input_read(file, bytes, count) (gzread(file, bytes, (unsigned)(count)) == (int)(count))
#define input_close gzclose
#else
typedef FILE *input;
#define input_open(path) fopen(path, "rb")
#define input_read(file, bytes, count) (fread(bytes, 1, count, file) == (count))
#define input_close fclose
#endif

enum { IMAGES = 0x803, LABELS = 0x801, MOST = 1000000 };

static bool complain(const char *path, const char *what)
{
    fprintf(stderr, "%s: %s\n", path, what);
    return false;
}

static bool read_number(input file, uint32_t *number)
{
    unsigned char byte[4];
    if (!input_read(file, byte, sizeof byte))
        return false;
    *number = (uint32_t)byte[0] << 24 | (uint32_t)byte[1] << 16 | (uint32_t)byte[2] << 8 | byte[3];
    return true;
}

/* Opens a file with this magic number; *count is its first dimension. NULL, and says why, if it can't. */
static input open_idx(const char *path, uint32_t magic, uint32_t *count)
{
    uint32_t found;
    errno = 0;
    input file = input_open(path);
    if (file == NULL) {
        complain(path, errno != 0 ? strerror(errno) : "can't be opened");
        return NULL;
    }
    if (read_number(file, &found) && found == magic && read_number(file, count) && *count > 0 && *count <= MOST)
        return file;
    complain(path, "not one of MNIST's files (compressed ones can be read if the program was built with zlib)");
    input_close(file);
    return NULL;
}

static bool read_images(input file, const char *path, struct digit *digits, uint32_t count)
{
    uint32_t rows, columns;
    unsigned char bytes[INPUTS];

    if (!read_number(file, &rows) || !read_number(file, &columns) || rows != SIDE || columns != SIDE)
        return complain(path, "pictures of another size");
    for (uint32_t i = 0; i < count; i++) {
        if (!input_read(file, bytes, sizeof bytes))
            return complain(path, "cut short");
        for (int j = 0; j < INPUTS; j++)
            digits[i].pixel[j] = (float)bytes[j] / 255.0f;
    }
    return true;
}

static bool read_labels(input file, const char *path, struct digit *digits, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        unsigned char label;
        if (!input_read(file, &label, 1))
            return complain(path, "cut short");
        if (label >= CLASSES)
            return complain(path, "a label that isn't a digit");
        digits[i].label = label;
    }
    return true;
}

static bool read_both(input images, const char *images_path, input labels, const char *labels_path,
                      struct digit **digits, uint32_t count)
{
    *digits = malloc(count * sizeof **digits);
    if (*digits == NULL)
        return complain(images_path, "out of memory");
    if (read_images(images, images_path, *digits, count) && read_labels(labels, labels_path, *digits, count))
        return true;
    free(*digits);
    *digits = NULL;
    return false;
}

bool digits_read(const char *images_path, const char *labels_path, struct digit **digits, size_t *count)
{
    uint32_t pictures, answers;
    bool done = false;

    input images = open_idx(images_path, IMAGES, &pictures);
    if (images == NULL)
        return false;
    input labels = open_idx(labels_path, LABELS, &answers);
    if (labels != NULL) {
        done = pictures == answers ? read_both(images, images_path, labels, labels_path, digits, pictures)
                                   : complain(labels_path, "as many labels as pictures were expected");
        input_close(labels);
    }
    input_close(images);
    *count = done ? pictures : 0;
    return done;
}
