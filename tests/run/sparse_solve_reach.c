// A sparse triangular solve with a sparse right side: a search through the columns finds what is not zero, and marks columns in
// the matrix while it runs.
// test: vjp f(n = 4, lower ~ {p = (0 3 5 7 8), i = (0 1 3 1 2 2 3 3), x ~ (2 -0.5 0.25 1.5 0.75 3 -1 1.25)},
//     b ~ {p = (0 2), i = (1 3), x ~ (1 0.5)}, y[4] > 9 9 9 9, list[8] = 0 0 0 0 0 0 0 0)
// test: vjp f(n = 4, lower ~ {p = (0 3 5 7 8), i = (0 1 3 1 2 2 3 3), x ~ (8: 1..2)}, b ~ {p = (0 1), i = (0), x ~ (1.5)},
//     y[4] > 9 9 9 9, list[8] = 0 0 0 0 0 0 0 0)

#include <adgen.h>

struct sparse {
    int *p, *i; // where columns begin; rows
    double *x;
};

#define FLIP(k) (-(k)-2)
#define UNFLIP(k) ((k) < 0 ? FLIP(k) : (k))
#define MARKED(w, j) ((w)[j] < 0)

static int search(int j, const struct sparse *g, int top, int *list, int *paused)
{
    int head = 0, *gp, *gi;
    if (!g || !list)
        return -1;
    gp = g->p;
    gi = g->i;
    list[0] = j;
    while (head >= 0) {
        j = list[head];
        if (!MARKED(gp, j)) {
            gp[j] = FLIP(gp[j]);
            paused[head] = UNFLIP(gp[j]);
        }
        int done = 1, end = UNFLIP(gp[j + 1]);
        for (int p = paused[head]; p < end; p++) {
            int i = gi[p];
            if (MARKED(gp, i))
                continue;
            paused[head] = p;
            list[++head] = i;
            done = 0;
            break;
        }
        if (done) {
            head--;
            list[--top] = j;
        }
    }
    return top;
}

static int reach(int n, const struct sparse *g, const struct sparse *b, int *list)
{
    int top = n, *gp;
    if (!g || !b)
        return -1;
    gp = g->p;
    for (int p = b->p[0]; p < b->p[1]; p++)
        if (!MARKED(gp, b->i[p]))
            top = search(b->i[p], g, top, list, list + n);
    for (int p = top; p < n; p++)
        gp[list[p]] = FLIP(gp[list[p]]);
    return top;
}

ADGEN_VJP(lower, b)
void f(int n, struct sparse *lower, const struct sparse *b, double *y, int *list)
{
    int top = reach(n, lower, b, list);
    for (int k = 0; k < n; k++)
        y[k] = 0.0;
    for (int p = b->p[0]; p < b->p[1]; p++)
        y[b->i[p]] = b->x[p];
    for (int k = top; k < n; k++) {
        int j = list[k];
        y[j] /= lower->x[lower->p[j]];
        for (int p = lower->p[j] + 1; p < lower->p[j + 1]; p++)
            y[lower->i[p]] -= lower->x[p] * y[j];
    }
}
