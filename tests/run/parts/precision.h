/* For include_after_macro.c. */
#ifndef SCALE
#define SCALE 1
#endif

typedef struct {
    double values[SCALE];
} record;

static const int scale = SCALE;

#define abs(x) ((x) >= 0 ? (x) : -(x))
