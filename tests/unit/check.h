/*
 * check.h: what a unit test needs. A test is a main() that calls these and returns check_result(); a failed check
 * prints the place and what was found, and the test goes on.
 */
#ifndef CHECK_H
#define CHECK_H

#include <math.h>
#include <stdio.h>

static int check_failures;

#define CHECK(condition) check_that((condition), #condition, __FILE__, __LINE__)
#define CHECK_NEAR(found, expected, tolerance) check_near((found), (expected), (tolerance), #found, __FILE__, __LINE__)

static inline void check_that(int truth, const char *what, const char *file, int line)
{
    if (truth)
        return;
    fprintf(stderr, "%s:%d: not so: %s\n", file, line, what);
    check_failures++;
}

/* The tolerance is relative to the expected number, and absolute where that is below 1. */
static inline void check_near(double found, double expected, double tolerance, const char *what, const char *file,
                              int line)
{
    if (fabs(found - expected) <= tolerance * fmax(1.0, fabs(expected)))
        return;
    fprintf(stderr, "%s:%d: %s is %.17g, not %.17g\n", file, line, what, found, expected);
    check_failures++;
}

static inline int check_result(void)
{
    return check_failures != 0;
}

#endif
