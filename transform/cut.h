/*
 * cut.h: minimum cuts of small graphs, by augmenting along shortest paths with levels (Dinic 1970).
 */
#ifndef ADGEN_CUT_H
#define ADGEN_CUT_H

#include <stdbool.h>
#include <stdint.h>

#include "arena.h"

enum { CUT_SOURCE = 0, CUT_SINK = 1 };
#define CUT_INFINITE INT64_C(1000000000000000)

typedef struct {
    int to, next;
    int64_t capacity;
} CutEdge;

typedef struct {
    VEC(CutEdge) edges; /* in pairs: edge and its reverse */
    VEC(int) first;     /* by node: index of its first edge + 1 */
} CutGraph;

void cut_init(CutGraph *g);
int cut_new_node(CutGraph *g);
void cut_add_edge(CutGraph *g, int from, int to, int64_t capacity);

/* For each node: is it on the source's side of a minimum cut? The cut nearest to the sink. */
bool *cut_find(CutGraph *g);
/* What the cut that was found costs; CUT_INFINITE: there is none. */
int64_t cut_weight(const CutGraph *g);

#endif
