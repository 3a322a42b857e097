/*
 * Draws digits with a pen. A digit is a few strokes through given points, in a box of width and height 1, y downwards;
 * a point given twice is a corner.
 */
#include "digits.h"

#include <math.h>

enum { MOST_POINTS = 14, STEPS = 8 };

struct point {
    double x, y;
};

/* A point whose x is negative lifts the pen. */
struct glyph {
    int points;
    struct point point[MOST_POINTS];
};

static const struct glyph glyphs[CLASSES] = {
    {9, {{.5, 0}, {.2, .15}, {.12, .5}, {.2, .85}, {.5, 1}, {.8, .85}, {.88, .5}, {.8, .15}, {.5, 0}}},
    {4, {{.3, .2}, {.55, 0}, {.55, 0}, {.55, 1}}},
    {8, {{.15, .25}, {.4, 0}, {.75, .12}, {.7, .45}, {.12, 1}, {.12, 1}, {.5, .98}, {.88, 1}}},
    {9, {{.15, .1}, {.55, 0}, {.8, .22}, {.42, .46}, {.42, .46}, {.85, .7}, {.75, .92}, {.45, 1}, {.12, .88}}},
    {8, {{.6, 0}, {.1, .65}, {.1, .65}, {.5, .64}, {.9, .65}, {-1, 0}, {.68, .35}, {.65, 1}}},
    {9, {{.82, 0}, {.25, .02}, {.25, .02}, {.2, .45}, {.2, .45}, {.6, .38}, {.85, .68}, {.6, 1}, {.15, .9}}},
    {8, {{.7, 0}, {.3, .32}, {.15, .72}, {.4, 1}, {.75, .9}, {.78, .62}, {.5, .5}, {.2, .7}}},
    {5, {{.15, .03}, {.85, 0}, {.85, 0}, {.55, .45}, {.4, 1}}},
    {9, {{.5, .47}, {.2, .25}, {.5, 0}, {.8, .25}, {.5, .47}, {.15, .75}, {.5, 1}, {.85, .75}, {.5, .47}}},
    {8, {{.8, .28}, {.5, .5}, {.22, .3}, {.4, .02}, {.75, .08}, {.8, .35}, {.7, .7}, {.55, 1}}},
};

static double between(adgen_random *random, double low, double high)
{
    return low + (high - low) * adgen_random_uniform(random);
}

/* The glyph as one hand writes it once: in pixels. */
static struct glyph write_glyph(adgen_random *random, const struct glyph *glyph)
{
    const double width = between(random, 11.0, 17.0), height = between(random, 16.0, 21.0);
    const double angle = between(random, -0.2, 0.2), slant = between(random, -0.35, 0.2);
    const double x = SIDE / 2.0 + between(random, -1.5, 1.5), y = SIDE / 2.0 + between(random, -1.5, 1.5);
    struct glyph hand = *glyph;

    for (int i = 0; i < glyph->points; i++) {
        const double u = width * (glyph->point[i].x - 0.5 + between(random, -0.07, 0.07));
        const double v = height * (glyph->point[i].y - 0.5 + between(random, -0.05, 0.05));
        hand.point[i].x = x + cos(angle) * (u - slant * v) - sin(angle) * v;
        hand.point[i].y = y + sin(angle) * (u - slant * v) + cos(angle) * v;
    }
    return hand;
}

/* Catmull and Rom's curve from b to c, at 0 <= t <= 1; a and d are the points before and after. */
static double curve(double a, double b, double c, double d, double t)
{
    return b + 0.5 * t * (c - a + t * (2.0 * a - 5.0 * b + 4.0 * c - d + t * (3.0 * (b - c) + d - a)));
}

/* Puts ink where the pen, of this radius, passes from p to q. */
static void ink(float pixel[INPUTS], struct point p, struct point q, double radius)
{
    const double dx = q.x - p.x, dy = q.y - p.y, square = dx * dx + dy * dy, reach = radius + 1.0;
    const int top = (int)fmax(fmin(p.y, q.y) - reach, 0.0), bottom = (int)fmin(fmax(p.y, q.y) + reach, SIDE - 1.0);
    const int left = (int)fmax(fmin(p.x, q.x) - reach, 0.0), right = (int)fmin(fmax(p.x, q.x) + reach, SIDE - 1.0);

    for (int row = top; row <= bottom; row++)
        for (int column = left; column <= right; column++) {
            const double x = column + 0.5 - p.x, y = row + 0.5 - p.y;
            const double along = square > 0.0 ? fmin(fmax((x * dx + y * dy) / square, 0.0), 1.0) : 0.0;
            const double distance = hypot(x - along * dx, y - along * dy);
            const float black = (float)fmin(fmax(radius + 0.5 - distance, 0.0), 1.0);
            pixel[SIDE * row + column] = fmaxf(pixel[SIDE * row + column], black);
        }
}

static bool on_paper(const struct glyph *glyph, int i)
{
    return i >= 0 && i < glyph->points && glyph->point[i].x >= 0.0;
}

void digits_draw(adgen_random *random, struct digit *digit)
{
    const int label = (int)(adgen_random_u32(random) % CLASSES);
    const struct glyph *glyph = &glyphs[label];
    const struct glyph hand = write_glyph(random, glyph);
    const double radius = between(random, 0.5, 1.5);

    *digit = (struct digit){.label = label};
    for (int i = 0; i + 1 < hand.points; i++) {
        if (!on_paper(glyph, i) || !on_paper(glyph, i + 1))
            continue;
        const struct point b = hand.point[i], c = hand.point[i + 1];
        const struct point a = on_paper(glyph, i - 1) ? hand.point[i - 1] : b;
        const struct point d = on_paper(glyph, i + 2) ? hand.point[i + 2] : c;
        struct point from = b;
        for (int step = 1; step <= STEPS; step++) {
            const double t = (double)step / STEPS;
            const struct point to = {curve(a.x, b.x, c.x, d.x, t), curve(a.y, b.y, c.y, d.y, t)};
            ink(digit->pixel, from, to, radius);
            from = to;
        }
    }
    for (int i = 0; i < INPUTS; i++)
        digit->pixel[i] = fminf(digit->pixel[i] + 0.05f * adgen_random_uniformf(random), 1.0f);
}
