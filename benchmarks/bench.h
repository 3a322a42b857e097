/*
 * What a problem tells the driver, and what the driver gives to a problem.
 *
 * A folder NAME/ holds primal.c (what a user would write), by_hand.c (its adjoint by hand) and problem.c, which defines
 * `bench_this`. Its set_up() asks for the arguments by the calls below, so that the driver knows every array that is
 * differentiated, every output and every seed; from then on it can perturb, compare, restore and time without knowing
 * the problem. All contestants have the prototype that adgen gives to the derivative, so that one function of problem.c
 * calls any of them; those that aren't there are weak symbols and null.
 */
#ifndef BENCH_H
#define BENCH_H

#include <stdbool.h>
#include <stddef.h>

enum { BENCH_PARAMETERS = 4, BENCH_SIZES = 4 };

/* Any function; problem.c casts it to the derivative's type before it calls. */
typedef void bench_function(void);

/* A function that may be missing from the program. */
#define BENCH_OPTIONAL __attribute__((weak))

typedef struct bench_problem {
    const char *name;
    const char *parameters;                     /* what the numbers of a size mean: "d k n" */
    long check[BENCH_PARAMETERS];               /* the size at which derivatives are checked against differences */
    long sizes[BENCH_SIZES][BENCH_PARAMETERS];  /* from cache to beyond; a row that begins with 0 ends the list */
    long growth[BENCH_SIZES][BENCH_PARAMETERS]; /* the same problem, each row twice the work of the one before */
    bool in_float;                              /* single precision: compared with a wider tolerance */
    void (*set_up)(const long *size);
    double (*primal)(void);
    double (*gradient)(bench_function *derivative);
    bench_function *by_hand, *adgen, *adolc;
} bench_problem;

extern const bench_problem bench_this;

/*
 * Arguments. All live until the next set_up(); values are uniform in [low, high), the same on every run, and may be
 * changed by set_up() afterwards. Inputs are differentiated; the driver clears their bars. Outputs get a random seed in
 * their bars before each call. What is both is restored before each call. Work arrays are outputs with the seed 0.
 */
double *bench_input(const char *name, size_t count, double **bar, double low, double high);
double *bench_output(const char *name, size_t count, double **bar);
double *bench_inout(const char *name, size_t count, double **bar, double low, double high);
double *bench_work(size_t count, double **bar);
double *bench_constant(const char *name, size_t count, double low, double high);

float *bench_input_float(const char *name, size_t count, float **bar, double low, double high);
float *bench_output_float(const char *name, size_t count, float **bar);
float *bench_inout_float(const char *name, size_t count, float **bar, double low, double high);
float *bench_work_float(size_t count, float **bar);
float *bench_constant_float(const char *name, size_t count, double low, double high);

int *bench_integers(const char *name, size_t count, int low, int end); /* uniform in [low, end) */

/* Storage that the problem owns itself (structs), and real members of it as inputs. */
void *bench_memory(size_t bytes);
void bench_member(double *value, double *bar);

double bench_uniform(double low, double high);

#endif
