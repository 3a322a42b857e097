// Blocks of a struct and an array each, in a table of pointers to void, and walked by a pointer to bytes.
// test: grad f(k = 1, v[4] ~ 0.5..1)

#include <adgen.h>
#include <stdint.h>
#include <stdlib.h>

struct body {
    double x[2], m;
    int id;
};

ADGEN_GRAD(v)
double f(int k, const double *v)
{
    void *blocks[3];
    double s = 0;
    for (int i = 0; i < 3; i++) {
        blocks[i] = malloc(sizeof(struct body) + 2 * sizeof(double));
        struct body *b = (struct body *)blocks[i];
        b->x[0] = v[i];
        b->x[1] = v[i + 1];
        b->m = v[0];
        b->id = i;
        double *tail = (double *)(void *)((char *)blocks[i] + sizeof(struct body));
        tail[0] = b->m * b->x[0];
        tail[1] = s;
        s += tail[0];
    }
    for (int i = 0; i < 3; i++) {
        uint8_t *at = (uint8_t *)blocks[(i + k) % 3];
        struct body *b = (struct body *)(void *)at;
        at += sizeof *b;
        double *tail = (double *)(void *)at;
        s += b->x[1] * tail[0] * tail[1] + b->id * b->m;
    }
    for (int i = 0; i < 3; i++)
        free(blocks[i]);
    return s;
}
