/*
 * inequalities.c: see inequalities.h. A variable x with  a x + f >= 0  and  g - b x >= 0  (a, b > 0) is gone from
 * b f + a g >= 0,  which holds for some x wherever both do; every such pair is combined. What is left at last are
 * constants. Coefficients are divided by what they have in common, and the constant is rounded down: integers only.
 */
#include "inequalities.h"

#include <string.h>

enum { LARGEST = 1 << 30 }; /* so that products and their sums fit */

bool linear_add(Linear *sum, const Linear *x, int64_t scale)
{
    if (scale > LARGEST || scale < -LARGEST)
        return false;
    for (int k = -1; k < INEQUALITIES_VARIABLES; k++) {
        int64_t *to = k < 0 ? &sum->constant : &sum->times[k];
        const int64_t by = k < 0 ? x->constant : x->times[k];
        if (by > LARGEST || by < -LARGEST)
            return false;
        *to += scale * by;
        if (*to > LARGEST || *to < -LARGEST)
            return false;
    }
    return true;
}

bool linear_is_constant(const Linear *x)
{
    for (int k = 0; k < INEQUALITIES_VARIABLES; k++)
        if (x->times[k])
            return false;
    return true;
}

static int64_t common_divisor(int64_t x, int64_t y)
{
    while (y) {
        const int64_t rest = x % y;
        x = y;
        y = rest;
    }
    return x < 0 ? -x : x;
}

static void reduce(Linear *x)
{
    int64_t divisor = 0;
    for (int k = 0; k < INEQUALITIES_VARIABLES; k++)
        divisor = common_divisor(x->times[k], divisor);
    if (divisor <= 1)
        return;
    for (int k = 0; k < INEQUALITIES_VARIABLES; k++)
        x->times[k] /= divisor;
    const int64_t rest = x->constant % divisor;
    x->constant = x->constant / divisor - (rest < 0);
}

void inequalities_add(Inequalities *all, const Linear *x)
{
    Linear y = *x;
    reduce(&y);
    for (int k = 0; k < all->count; k++) {
        Linear *z = &all->at[k];
        if (memcmp(z->times, y.times, sizeof y.times) == 0) {
            z->constant = z->constant < y.constant ? z->constant : y.constant;
            return;
        }
    }
    if (all->count < INEQUALITIES_MAX)
        all->at[all->count++] = y;
}

static bool has_contradiction(const Inequalities *all)
{
    for (int k = 0; k < all->count; k++)
        if (all->at[k].constant < 0 && linear_is_constant(&all->at[k]))
            return true;
    return false;
}

/* How many more there are without the variable; found: whether it occurs. */
static int growth_without(const Inequalities *all, int variable, bool *found)
{
    int positive = 0, negative = 0;
    for (int k = 0; k < all->count; k++) {
        positive += all->at[k].times[variable] > 0;
        negative += all->at[k].times[variable] < 0;
    }
    *found = positive + negative > 0;
    return positive * negative - positive - negative;
}

static int cheapest_variable(const Inequalities *all)
{
    int cheapest = -1, least = 0;
    for (int k = 0; k < INEQUALITIES_VARIABLES; k++) {
        bool found;
        const int growth = growth_without(all, k, &found);
        if (found && (cheapest < 0 || growth < least)) {
            cheapest = k;
            least = growth;
        }
    }
    return cheapest;
}

static void combine(Inequalities *to, const Linear *x, const Linear *y, int variable)
{
    Linear sum = {0};
    if (linear_add(&sum, x, -y->times[variable]) && linear_add(&sum, y, x->times[variable]))
        inequalities_add(to, &sum);
}

static void eliminate(const Inequalities *all, int variable, Inequalities *to)
{
    to->count = 0;
    for (int k = 0; k < all->count; k++) {
        const Linear *x = &all->at[k];
        if (x->times[variable] == 0)
            inequalities_add(to, x);
        for (int j = 0; x->times[variable] > 0 && j < all->count; j++)
            if (all->at[j].times[variable] < 0)
                combine(to, x, &all->at[j], variable);
    }
}

bool inequalities_contradict(const Inequalities *all, const Linear *x)
{
    static Inequalities systems[2];
    systems[0].count = all->count;
    memcpy(systems[0].at, all->at, sizeof all->at[0] * (size_t)all->count);
    if (x)
        inequalities_add(&systems[0], x);
    for (int now = 0;; now = !now) {
        if (has_contradiction(&systems[now]))
            return true;
        const int variable = cheapest_variable(&systems[now]);
        if (variable < 0)
            return false;
        eliminate(&systems[now], variable, &systems[!now]);
    }
}
