/* For include_after_macro.c. */
#ifndef REAL
#define REAL double
#endif

typedef REAL real;

#define abs(x) ((x) >= 0 ? (x) : -(x))
