/*
 * cut.c: see cut.h. Levels by breadth-first search, blocking flows by an iterative depth-first search.
 */
#include "cut.h"

void cut_init(CutGraph *g)
{
    *g = (CutGraph){0};
    cut_new_node(g);
    cut_new_node(g);
}

int cut_new_node(CutGraph *g)
{
    vec_push(&g->first, 0);
    return (int)g->first.count - 1;
}

static void add_half(CutGraph *g, int from, int to, int64_t capacity)
{
    vec_push(&g->edges, ((CutEdge){to, g->first.at[from], capacity}));
    g->first.at[from] = (int)g->edges.count;
}

void cut_add_edge(CutGraph *g, int from, int to, int64_t capacity)
{
    add_half(g, from, to, capacity);
    add_half(g, to, from, 0);
}

static bool find_levels(const CutGraph *g, int *level, int *queue)
{
    for (size_t k = 0; k < g->first.count; k++)
        level[k] = -1;
    level[CUT_SOURCE] = 0;
    queue[0] = CUT_SOURCE;
    for (int head = 0, tail = 1; head < tail; head++) {
        const int node = queue[head];
        for (int e = g->first.at[node]; e; e = g->edges.at[e - 1].next) {
            const CutEdge *edge = &g->edges.at[e - 1];
            if (edge->capacity > 0 && level[edge->to] < 0) {
                level[edge->to] = level[node] + 1;
                queue[tail++] = edge->to;
            }
        }
    }
    return level[CUT_SINK] >= 0;
}

static void push_flow(CutGraph *g, const int *path, int length)
{
    int64_t flow = CUT_INFINITE;
    for (int k = 0; k < length; k++)
        if (g->edges.at[path[k] - 1].capacity < flow)
            flow = g->edges.at[path[k] - 1].capacity;
    for (int k = 0; k < length; k++) {
        g->edges.at[path[k] - 1].capacity -= flow;
        g->edges.at[(path[k] - 1) ^ 1].capacity += flow;
    }
}

/* All augmenting paths along the levels. `at` remembers how far each node's edges have been tried. */
static void block_flow(CutGraph *g, const int *level, int *at, int *path)
{
    for (size_t k = 0; k < g->first.count; k++)
        at[k] = g->first.at[k];
    int length = 0, node = CUT_SOURCE;
    for (;;) {
        if (node == CUT_SINK) {
            push_flow(g, path, length);
            length = 0;
            node = CUT_SOURCE;
            continue;
        }
        const CutEdge *edge = at[node] ? &g->edges.at[at[node] - 1] : NULL;
        if (!edge) {
            if (node == CUT_SOURCE)
                return;
            node = g->edges.at[(path[--length] - 1) ^ 1].to;
            at[node] = g->edges.at[at[node] - 1].next;
        } else if (edge->capacity > 0 && level[edge->to] == level[node] + 1) {
            path[length++] = at[node];
            node = edge->to;
        } else {
            at[node] = edge->next;
        }
    }
}

/* Nodes from which the sink can still be reached are on its side. */
static bool *source_side(const CutGraph *g, int *queue)
{
    bool *source = ARENA_ARRAY(bool, g->first.count);
    for (size_t k = 0; k < g->first.count; k++)
        source[k] = true;
    source[CUT_SINK] = false;
    queue[0] = CUT_SINK;
    for (int head = 0, tail = 1; head < tail; head++)
        for (int e = g->first.at[queue[head]]; e; e = g->edges.at[e - 1].next) {
            const int from = g->edges.at[e - 1].to;
            if (g->edges.at[(e - 1) ^ 1].capacity > 0 && source[from]) {
                source[from] = false;
                queue[tail++] = from;
            }
        }
    return source;
}

bool *cut_find(CutGraph *g)
{
    const size_t n = g->first.count;
    int *level = ARENA_ARRAY(int, n), *queue = ARENA_ARRAY(int, n), *at = ARENA_ARRAY(int, n),
        *path = ARENA_ARRAY(int, n);
    while (find_levels(g, level, queue))
        block_flow(g, level, at, path);
    return source_side(g, queue);
}

int64_t cut_weight(const CutGraph *g)
{
    int64_t flow = 0;
    for (int e = g->first.at[CUT_SOURCE]; e; e = g->edges.at[e - 1].next)
        flow += g->edges.at[(e - 1) ^ 1].capacity; /* nothing flows into the source */
    return flow < CUT_INFINITE ? flow : CUT_INFINITE;
}
