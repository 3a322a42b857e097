/* state_file.h: what the tests of saved states share: files in the folder that the test runs in. */
#ifndef STATE_FILE_H
#define STATE_FILE_H

#include "optim_cases.h"

#include <stdio.h>

enum { FILE_MOST = 1 << 20 };

/* The file's bytes; returns how many, or 0 if it can't be read. */
static inline size_t read_file(const char *path, unsigned char *bytes)
{
    FILE *in = fopen(path, "rb");
    if (in == NULL)
        return 0;
    const size_t size = fread(bytes, 1, FILE_MOST, in);
    fclose(in);
    return size;
}

static inline void write_file(const char *path, const unsigned char *bytes, size_t size)
{
    FILE *out = fopen(path, "wb");
    if (out == NULL)
        return;
    fwrite(bytes, 1, size, out);
    fclose(out);
}

static inline void take_steps(optim_run *run, int steps)
{
    for (int i = 0; i < steps; i++)
        take_step(run);
}

/* Whether both runs have the same parameters, bit for bit. */
static inline bool same_parameters(const optim_run *a, const optim_run *b)
{
    return memcmp(a->x, b->x, sizeof a->x) == 0 && memcmp(a->xf, b->xf, sizeof a->xf) == 0;
}

#endif
