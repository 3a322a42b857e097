// A k-d tree, built by recursion over an array of points that it sorts, searched for the nearest one.
// test: grad f(n = 6, p[12] ~ 0.1 0.8 0.3 0.62 0.75 0.4 0.9 0.2 0.55 0.05 0.35 0.99, q[2] ~ 0.5 0.5)

#include <adgen.h>
#include <math.h>
#include <stdlib.h>

typedef struct {
    double at[2];
} Point;

typedef struct Kd {
    Point point;
    int axis;
    struct Kd *low, *high;
} Kd;

static Kd *kd_build(Point *points, int n, int axis)
{
    if (n == 0)
        return NULL;
    for (int i = 1; i < n; i++)
        for (int j = i; j > 0 && points[j].at[axis] < points[j - 1].at[axis]; j--) {
            const Point t = points[j];
            points[j] = points[j - 1];
            points[j - 1] = t;
        }
    Kd *kd = (Kd *)malloc(sizeof *kd);
    if (kd == NULL)
        return NULL;
    kd->point = points[n / 2];
    kd->axis = axis;
    kd->low = kd_build(points, n / 2, 1 - axis);
    kd->high = kd_build(points + n / 2 + 1, n - n / 2 - 1, 1 - axis);
    return kd;
}

static void kd_nearest(const Kd *kd, const double q[2], double *best)
{
    if (!kd)
        return;
    double d = 0;
    for (int k = 0; k < 2; k++)
        d += (kd->point.at[k] - q[k]) * (kd->point.at[k] - q[k]);
    if (d < *best)
        *best = d;
    const double gap = q[kd->axis] - kd->point.at[kd->axis];
    kd_nearest(gap < 0 ? kd->low : kd->high, q, best);
    if (gap * gap < *best)
        kd_nearest(gap < 0 ? kd->high : kd->low, q, best);
}

static void kd_free(Kd *kd)
{
    if (kd) {
        kd_free(kd->low);
        kd_free(kd->high);
        free(kd);
    }
}

ADGEN_GRAD(p, q)
double f(int n, const double *p, const double *q)
{
    Point *points = (Point *)malloc((size_t)n * sizeof *points);
    for (int i = 0; i < n; i++)
        for (int k = 0; k < 2; k++)
            points[i].at[k] = p[2 * i + k];
    Kd *kd = kd_build(points, n, 0);
    double best = 100;
    kd_nearest(kd, q, &best);
    kd_free(kd);
    free(points);
    return sqrt(best);
}
