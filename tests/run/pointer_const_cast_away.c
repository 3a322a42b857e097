// Pointers to tables that are declared const, cast to what others may not write through: kept, handed on, in structs.
// test: grad f(x ~ 0.1..1, k = 1)

#include <adgen.h>

struct entry {
    int k;
    double a;
};

struct view {
    struct entry *entries;
    int count;
};

static const struct entry fixed[] = {{1, 0.5}, {2, 0.25}, {3, 2.0}};
static struct entry *current;

static struct entry *start(const struct entry *table)
{
    current = (struct entry *)table;
    return current;
}

static int last(const struct view *v)
{
    return v->entries[v->count - 1].k;
}

ADGEN_GRAD(x)
double f(double x, int k)
{
    static const struct entry table[] = {{3, 0.5}, {1, 0.25}};
    struct view views[2] = {{(struct entry *)fixed, 3}, {(struct entry *)table, 2}};
    const struct entry *e = start(k > 5 ? fixed : table);
    double s = last(&views[k & 1]);
    for (int i = 0; i < views[k & 1].count; i++)
        s += views[k & 1].entries[i].a * x * x;
    return s * e[1].a;
}
