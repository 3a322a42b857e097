/*
 * The program around every problem: checks the derivatives, times them, counts what they store, and prints one JSON
 * object a line for benchmarks/run to read.
 *
 *     --check            the derivatives at the small size, against central differences and against each other
 *     --sizes=all|first|growth   which sizes to time (default: all)
 *     --seconds=S        CPU time of one sample; --rounds=R samples of each contestant, interleaved
 *     --count=WHO        one call of that contestant at the check size inside bench_measured(), for callgrind
 *     --dump=FILE        the arguments, and the gradient by hand, of every size to time, for contestants in other
 *                        languages; FILE gets the size's index appended
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "bench.h"

#include <malloc.h>
#include <math.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>

/* ---- Allocation, counted: the linker sends every call of the objects in the program here (--wrap). ---- */

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *old, size_t size);
void *__real_aligned_alloc(size_t alignment, size_t size);
void __real_free(void *block);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *old, size_t size);
void *__wrap_aligned_alloc(size_t alignment, size_t size);
void __wrap_free(void *block);

static size_t heap_now, heap_peak, heap_calls;

static void *count_block(void *block)
{
    if (block) {
        heap_now += malloc_usable_size(block);
        heap_peak = heap_now > heap_peak ? heap_now : heap_peak;
        heap_calls++;
    }
    return block;
}

static void uncount_block(void *block)
{
    if (block)
        heap_now -= malloc_usable_size(block);
}

void *__wrap_malloc(size_t size)
{
    return count_block(__real_malloc(size));
}

void *__wrap_calloc(size_t count, size_t size)
{
    return count_block(__real_calloc(count, size));
}

void *__wrap_realloc(void *old, size_t size)
{
    uncount_block(old);
    return count_block(__real_realloc(old, size));
}

void *__wrap_aligned_alloc(size_t alignment, size_t size)
{
    return count_block(__real_aligned_alloc(alignment, size));
}

void __wrap_free(void *block)
{
    uncount_block(block);
    __real_free(block);
}

static void *need(void *block)
{
    if (!block) {
        fputs("driver: out of memory\n", stderr);
        exit(2);
    }
    return block;
}

/* ---- The arguments of the problem at its present size. ---- */

typedef struct argument {
    const char *name;
    enum { IS_DOUBLE, IS_FLOAT, IS_INT } type;
    bool is_input, is_output;
    size_t count;
    void *value, *bar;  /* what the contestants see */
    void *first, *seed; /* what value and bar hold before each call: null where nothing has to be restored */
} argument;

static argument *arguments;
static size_t argument_count, argument_room;
static void **owned;
static size_t owned_count, owned_room;
static uint64_t random_state;

/* Steele, Lea and Flood's splitmix64. */
static uint64_t random_bits(void)
{
    uint64_t z = random_state += 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

double bench_uniform(double low, double high)
{
    return low + (high - low) * ((double)(random_bits() >> 11) * 0x1p-53);
}

void *bench_memory(size_t bytes)
{
    if (owned_count == owned_room) {
        owned_room = owned_room ? 2 * owned_room : 64;
        owned = need(realloc(owned, owned_room * sizeof *owned));
    }
    const size_t rounded = (bytes + 63) / 64 * 64 + 64;
    void *block = need(aligned_alloc(64, rounded));
    memset(block, 0, rounded);
    return owned[owned_count++] = block;
}

static argument *new_argument(const char *name)
{
    if (argument_count == argument_room) {
        argument_room = argument_room ? 2 * argument_room : 64;
        arguments = need(realloc(arguments, argument_room * sizeof *arguments));
    }
    argument *a = &arguments[argument_count++];
    *a = (argument){.name = name};
    return a;
}

static size_t bytes_of(const argument *a)
{
    return a->count * (a->type == IS_DOUBLE ? sizeof(double) : a->type == IS_FLOAT ? sizeof(float) : sizeof(int));
}

static double get(const argument *a, const void *array, size_t i)
{
    return a->type == IS_DOUBLE ? ((const double *)array)[i] : (double)((const float *)array)[i];
}

static void set(const argument *a, void *array, size_t i, double to)
{
    if (a->type == IS_DOUBLE)
        ((double *)array)[i] = to;
    else
        ((float *)array)[i] = (float)to;
}

static argument *real_argument(const char *name, size_t count, bool is_float, bool is_input, bool is_output)
{
    argument *a = new_argument(name);
    a->type = is_float ? IS_FLOAT : IS_DOUBLE;
    a->count = count;
    a->is_input = is_input;
    a->is_output = is_output;
    a->value = bench_memory(bytes_of(a));
    if (is_input || is_output)
        a->bar = bench_memory(bytes_of(a));
    if (is_output)
        a->seed = bench_memory(bytes_of(a));
    if (is_input && is_output)
        a->first = bench_memory(bytes_of(a));
    return a;
}

static argument *random_argument(const char *name, size_t count, bool is_float, bool is_input, bool is_output,
                                 double low, double high)
{
    argument *a = real_argument(name, count, is_float, is_input, is_output);
    for (size_t i = 0; i < count && low < high; i++)
        set(a, a->value, i, bench_uniform(low, high));
    for (size_t i = 0; i < count && a->seed; i++)
        set(a, a->seed, i, bench_uniform(-1.0, 1.0));
    return a;
}

double *bench_input(const char *name, size_t count, double **bar, double low, double high)
{
    argument *a = random_argument(name, count, false, true, false, low, high);
    *bar = a->bar;
    return a->value;
}

double *bench_output(const char *name, size_t count, double **bar)
{
    argument *a = random_argument(name, count, false, false, true, 0.0, 0.0);
    *bar = a->bar;
    return a->value;
}

double *bench_inout(const char *name, size_t count, double **bar, double low, double high)
{
    argument *a = random_argument(name, count, false, true, true, low, high);
    *bar = a->bar;
    return a->value;
}

double *bench_work(size_t count, double **bar)
{
    argument *a = real_argument("work", count, false, false, true);
    *bar = a->bar;
    return a->value;
}

double *bench_constant(const char *name, size_t count, double low, double high)
{
    return random_argument(name, count, false, false, false, low, high)->value;
}

#ifdef BENCH_WIDENED
enum { FLOATS_ARE_FLOAT = false };
#else
enum { FLOATS_ARE_FLOAT = true };
#endif

float *bench_input_float(const char *name, size_t count, float **bar, double low, double high)
{
    argument *a = random_argument(name, count, FLOATS_ARE_FLOAT, true, false, low, high);
    *bar = a->bar;
    return a->value;
}

float *bench_output_float(const char *name, size_t count, float **bar)
{
    argument *a = random_argument(name, count, FLOATS_ARE_FLOAT, false, true, 0.0, 0.0);
    *bar = a->bar;
    return a->value;
}

float *bench_inout_float(const char *name, size_t count, float **bar, double low, double high)
{
    argument *a = random_argument(name, count, FLOATS_ARE_FLOAT, true, true, low, high);
    *bar = a->bar;
    return a->value;
}

float *bench_work_float(size_t count, float **bar)
{
    argument *a = real_argument("work", count, FLOATS_ARE_FLOAT, false, true);
    *bar = a->bar;
    return a->value;
}

float *bench_constant_float(const char *name, size_t count, double low, double high)
{
    return random_argument(name, count, FLOATS_ARE_FLOAT, false, false, low, high)->value;
}

int *bench_integers(const char *name, size_t count, int low, int end)
{
    argument *a = new_argument(name);
    a->type = IS_INT;
    a->count = count;
    int *values = a->value = bench_memory(bytes_of(a));
    for (size_t i = 0; i < count; i++)
        values[i] = low + (int)(random_bits() % (uint64_t)(end - low));
    return values;
}

void bench_member(double *value, double *bar)
{
    argument *a = new_argument("member");
    a->type = IS_DOUBLE;
    a->is_input = true;
    a->count = 1;
    a->value = value;
    a->bar = bar;
}

static void set_up(const long *size)
{
    for (size_t i = 0; i < owned_count; i++)
        free(owned[i]);
    owned_count = argument_count = 0;
    random_state = 1;
    bench_this.set_up(size);
    for (size_t i = 0; i < argument_count; i++)
        if (arguments[i].first)
            memcpy(arguments[i].first, arguments[i].value, bytes_of(&arguments[i]));
}

static bool anything_to_restore(void)
{
    for (size_t i = 0; i < argument_count; i++)
        if (arguments[i].seed)
            return true;
    return false;
}

/* What every call finds: outputs seeded, what is overwritten back at its first value. */
static void restore(void)
{
    for (size_t i = 0; i < argument_count; i++) {
        argument *a = &arguments[i];
        if (a->seed)
            memcpy(a->bar, a->seed, bytes_of(a));
        if (a->first)
            memcpy(a->value, a->first, bytes_of(a));
    }
}

static void clear_bars(void)
{
    for (size_t i = 0; i < argument_count; i++)
        if (arguments[i].bar)
            memset(arguments[i].bar, 0, bytes_of(&arguments[i]));
}

static size_t input_count(void)
{
    size_t n = 0;
    for (size_t i = 0; i < argument_count; i++)
        n += arguments[i].is_input ? arguments[i].count : 0;
    return n;
}

static size_t argument_bytes(void)
{
    size_t n = 0;
    for (size_t i = 0; i < argument_count; i++)
        n += bytes_of(&arguments[i]) * (arguments[i].bar ? 2 : 1);
    return n;
}

/* ---- Contestants. ---- */

typedef struct contestant {
    const char *name;
    bench_function *derivative; /* null for the primal */
    bool right;
} contestant;

enum { PRIMAL, BY_HAND, ADGEN, ADOLC, CONTESTANTS };
static contestant contestants[CONTESTANTS] = {
    {.name = "primal"}, {.name = "by_hand"}, {.name = "adgen"}, {.name = "adolc"}};

static bool is_here(int who)
{
    return who == PRIMAL || contestants[who].derivative;
}

static volatile double bench_value;

/* Under its own name in the program, since callgrind counts what happens inside it. */
void bench_measured(const contestant *c);

__attribute__((noinline)) void bench_measured(const contestant *c)
{
    bench_value = c->derivative ? bench_this.gradient(c->derivative) : bench_this.primal();
}

/* ---- Checking. ---- */

/* The gradient by the inputs of every argument, one after the other. */
static void collect_gradient(double *g)
{
    for (size_t i = 0; i < argument_count; i++)
        for (size_t j = 0; arguments[i].is_input && j < arguments[i].count; j++)
            *g++ = get(&arguments[i], arguments[i].bar, j);
}

/* What is differentiated: the returned value, and the outputs weighted by their seeds. */
static double objective(void)
{
    double sum = bench_this.primal();
    for (size_t i = 0; i < argument_count; i++)
        for (size_t j = 0; arguments[i].seed && j < arguments[i].count; j++)
            sum += get(&arguments[i], arguments[i].seed, j) * get(&arguments[i], arguments[i].value, j);
    return sum;
}

/* The objective at the inputs' first values plus `step` times the direction. */
static double objective_along(const double *origin, const double *direction, double step)
{
    for (size_t i = 0; i < argument_count; i++)
        for (size_t j = 0; arguments[i].is_input && j < arguments[i].count; j++)
            set(&arguments[i], arguments[i].value, j, *origin++ + step * *direction++);
    return objective();
}

/* Relative distance between the derivative along a random direction and central differences, best step of a sweep. */
static double distance_from_differences(const double *gradient, size_t n)
{
    double *origin = need(malloc(n * sizeof *origin)), *direction = need(malloc(n * sizeof *direction));
    double along = 0.0, squares = 0.0, best = INFINITY;
    size_t at = 0;
    restore();
    for (size_t i = 0; i < argument_count; i++) {
        const argument *a = &arguments[i];
        double scale = 0.0;
        for (size_t j = 0; a->is_input && j < a->count; j++)
            scale += get(a, a->value, j) * get(a, a->value, j) / (double)a->count;
        scale = scale > 0.0 ? sqrt(scale) : 1.0;
        for (size_t j = 0; a->is_input && j < a->count; j++, at++) {
            origin[at] = get(a, a->value, j);
            direction[at] = scale * bench_uniform(-1.0, 1.0);
            along += gradient[at] * direction[at];
            squares += gradient[at] * direction[at] * gradient[at] * direction[at];
        }
    }
    for (double h = 1e-1; h > 1e-7; h /= 4.0) {
        /* Fourth order: the second-order formula at h and 2h, extrapolated. */
        const double near = objective_along(origin, direction, h) - objective_along(origin, direction, -h);
        const double far = objective_along(origin, direction, 2 * h) - objective_along(origin, direction, -2 * h);
        const double error = fabs((8.0 * near - far) / (12.0 * h) - along) / (fabs(along) + sqrt(squares) + 1e-300);
        best = error < best ? error : best;
    }
    objective_along(origin, direction, 0.0);
    free(origin);
    free(direction);
    return best;
}

/* Largest difference between two gradients, argument by argument, relative to the largest element. */
static double distance_between(const double *a, const double *b)
{
    double worst = 0.0;
    size_t at = 0;
    for (size_t i = 0; i < argument_count; i++) {
        if (!arguments[i].is_input)
            continue;
        double difference = 0.0, size = 1e-300;
        /* Members of a struct are many arguments of one element: compared as one array. */
        size_t last = i;
        while (arguments[i].count == 1 && last + 1 < argument_count && arguments[last + 1].count == 1 &&
               arguments[last + 1].is_input)
            last++;
        for (; i <= last; i++)
            for (size_t j = 0; j < arguments[i].count; j++, at++) {
                const double d = fabs(a[at] - b[at]);
                difference = d > difference || isnan(d) ? d : difference;
                size = fmax(size, fabs(b[at]));
            }
        i = last;
        if (!(difference / size <= worst))
            worst = difference / size;
    }
    return worst;
}

static bool seeds_are_consumed(void)
{
    for (size_t i = 0; i < argument_count; i++)
        for (size_t j = 0; arguments[i].is_output && !arguments[i].is_input && j < arguments[i].count; j++)
            if (get(&arguments[i], arguments[i].bar, j) != 0.0)
                return false;
    return true;
}

static double tolerance_between(void)
{
#ifndef BENCH_WIDENED
    if (bench_this.in_float)
        return 2e-3;
#endif
    return 1e-8;
}

static double tolerance_differences(void)
{
#ifndef BENCH_WIDENED
    if (bench_this.in_float)
        return 5e-2;
#endif
    return 1e-6;
}

static void run_clean(int who, double *gradient)
{
    clear_bars();
    restore();
    bench_measured(&contestants[who]);
    collect_gradient(gradient);
}

/*
 * Marks the contestants that are right: value and gradient equal those by hand (which are checked against central
 * differences where `differences` says so), a second call adds the same again, and output seeds are consumed.
 */
static bool check(const long *size, bool differences)
{
    set_up(size);
    const size_t n = input_count();
    double *reference = need(malloc(n * sizeof *reference)), *gradient = need(malloc(n * sizeof *gradient));
    double *twice = need(malloc(n * sizeof *twice));
    bool all_right = true;
    restore();
    bench_measured(&contestants[PRIMAL]);
    const double value = bench_value;
    run_clean(BY_HAND, reference);
    for (int who = BY_HAND; who < CONTESTANTS; who++) {
        contestant *c = &contestants[who];
        if (!is_here(who))
            continue;
        run_clean(who, gradient);
        const bool consumed = who == ADOLC || seeds_are_consumed();
        const double value_error = fabs(bench_value - value) / (fabs(value) + 1e-300);
        const double apart = distance_between(gradient, reference);
        const double off = differences ? distance_from_differences(gradient, n) : 0.0;
        double added = 0.0;
        if (!anything_to_restore() && differences) {
            clear_bars();
            bench_measured(c);
            bench_measured(c);
            collect_gradient(twice);
            for (size_t i = 0; i < n; i++)
                twice[i] *= 0.5;
            added = distance_between(twice, reference);
        }
        c->right = value_error <= tolerance_between() && apart <= tolerance_between() && added <= tolerance_between() &&
                   off <= tolerance_differences() && consumed;
        all_right = all_right && c->right;
        printf("{\"kind\": \"check\", \"who\": \"%s\", \"right\": %s, \"inputs\": %zu, \"value\": %.2g, \"by_hand\": "
               "%.2g, "
               "\"twice\": %.2g, \"differences\": %.2g, \"consumed\": %s}\n",
               c->name, c->right ? "true" : "false", n, isnan(value_error) ? 1e99 : value_error,
               isnan(apart) ? 1e99 : apart, isnan(added) ? 1e99 : added, isnan(off) || isinf(off) ? 1e99 : off,
               consumed ? "true" : "false");
    }
    free(reference);
    free(gradient);
    free(twice);
    return all_right;
}

/* ---- Time. ---- */

static double cpu_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

/* Seconds of one call, over `calls` of them; restoring stays outside the clock. */
static double sample(const contestant *c, long calls, double clock_cost)
{
    double total = 0.0;
    if (anything_to_restore()) {
        for (long i = 0; i < calls; i++) {
            restore();
            const double start = cpu_seconds();
            bench_measured(c);
            total += cpu_seconds() - start - clock_cost;
        }
    } else {
        const double start = cpu_seconds();
        for (long i = 0; i < calls; i++)
            bench_measured(c);
        total = cpu_seconds() - start - clock_cost;
    }
    return total / (double)calls;
}

static int by_size(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *values, size_t n)
{
    qsort(values, n, sizeof *values, by_size);
    return n % 2 ? values[n / 2] : 0.5 * (values[n / 2 - 1] + values[n / 2]);
}

static double cost_of_clock(void)
{
    double costs[101];
    for (int i = 0; i < 101; i++) {
        const double start = cpu_seconds();
        costs[i] = cpu_seconds() - start;
    }
    return median(costs, 101);
}

/* ---- Memory: heap at its peak during one call, and the depth of stack that the call reached. ---- */

static void *call_on_thread(void *c)
{
    bench_measured(c);
    return NULL;
}

static size_t stored_bytes(const contestant *c)
{
    enum { STACK = 64 << 20, PAINTED = 8 << 20 };
    restore();
    unsigned char *stack =
        mmap(NULL, STACK, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (stack == MAP_FAILED)
        return 0;
    pthread_attr_t attributes;
    pthread_t thread;
    pthread_attr_init(&attributes);
    pthread_attr_setstack(&attributes, stack, STACK);
    unsigned char *painted = stack + STACK - PAINTED;
    memset(painted, 0xA5, PAINTED);
    const size_t before = heap_now;
    heap_peak = heap_now;
    if (pthread_create(&thread, &attributes, call_on_thread, (void *)c) == 0)
        pthread_join(thread, NULL);
    size_t depth = PAINTED;
    for (const unsigned char *p = painted; depth > 0 && *p == 0xA5; p++)
        depth--;
    pthread_attr_destroy(&attributes);
    munmap(stack, STACK);
    return heap_peak - before + depth;
}

/* ---- One size: check, then time. ---- */

static void print_size(const long *size)
{
    printf("\"size\": [");
    for (int i = 0; i < BENCH_PARAMETERS && size[i]; i++)
        printf("%s%ld", i ? ", " : "", size[i]);
    printf("]");
}

static void time_size(const long *size, int rounds, double seconds)
{
    enum { MOST_ROUNDS = 101 };
    static double times[CONTESTANTS][MOST_ROUNDS], ratios[MOST_ROUNDS];
    long calls[CONTESTANTS] = {0};
    int rounds_of[CONTESTANTS] = {0};
    size_t stored[CONTESTANTS] = {0}, allocations[CONTESTANTS] = {0};
    const double clock_cost = cost_of_clock();

    check(size, false);
    for (int who = PRIMAL; who < CONTESTANTS; who++) {
        if (!is_here(who) || (who != PRIMAL && !contestants[who].right))
            continue;
        const size_t before = heap_calls;
        stored[who] = stored_bytes(&contestants[who]);
        allocations[who] = heap_calls - before;
        const double once = fmax(sample(&contestants[who], 1, clock_cost), 1e-8);
        calls[who] = (long)fmin(fmax(ceil(seconds / once), 1.0), 1e6);
        rounds_of[who] = once > 0.5 && rounds > 3 ? 3 : rounds;
    }
    for (int round = 0; round < rounds; round++)
        for (int who = PRIMAL; who < CONTESTANTS; who++)
            if (round < rounds_of[who])
                times[who][round] = sample(&contestants[who], calls[who], clock_cost);
    for (int who = PRIMAL; who < CONTESTANTS; who++) {
        if (!calls[who])
            continue;
        printf("{\"kind\": \"time\", \"who\": \"%s\", ", contestants[who].name);
        print_size(size);
        const int mine = rounds_of[who], hand = rounds_of[BY_HAND] < mine ? rounds_of[BY_HAND] : mine;
        const int both = rounds_of[PRIMAL] < mine ? rounds_of[PRIMAL] : mine;
        for (int r = 0; r < both; r++)
            ratios[r] = times[who][r] / times[PRIMAL][r];
        printf(", \"to_primal\": %.4f", median(ratios, (size_t)both));
        for (int r = 0; r < hand; r++)
            ratios[r] = times[who][r] / times[BY_HAND][r];
        printf(", \"to_by_hand\": %.4f", hand ? median(ratios, (size_t)hand) : 0.0);
        /* Last, since the median sorts. */
        memcpy(ratios, times[who], sizeof ratios);
        printf(", \"seconds\": %.4g", median(ratios, (size_t)mine));
        /* What a call of the primal takes of heap and stack isn't the derivative's storage. */
        const size_t base = stored[PRIMAL];
        printf(", \"stored\": %zu, \"allocations\": %zu, \"peak\": %zu, \"inputs\": %zu}\n",
               stored[who] > base ? stored[who] - base : 0, allocations[who], argument_bytes() + stored[who],
               input_count());
        fflush(stdout);
    }
}

static void dump(const char *file, int index, const long *size)
{
    char name[4096];
    snprintf(name, sizeof name, "%s%d", file, index);
    set_up(size);
    clear_bars();
    restore();
    FILE *out = fopen(name, "wb");
    if (!out) {
        perror(name);
        exit(2);
    }
    fprintf(out, "{");
    fprintf(out, "\"size\": [");
    for (int i = 0; i < BENCH_PARAMETERS && size[i]; i++)
        fprintf(out, "%s%ld", i ? ", " : "", size[i]);
    fprintf(out, "], \"arguments\": [");
    for (size_t i = 0; i < argument_count; i++) {
        const argument *a = &arguments[i];
        fprintf(out, "%s{\"name\": \"%s\", \"type\": \"%s\", \"count\": %zu, \"input\": %d, \"output\": %d}",
                i ? ", " : "", a->name,
                a->type == IS_DOUBLE  ? "f8"
                : a->type == IS_FLOAT ? "f4"
                                      : "i4",
                a->count, a->is_input, a->is_output);
    }
    fprintf(out, "]}\n");
    for (size_t i = 0; i < argument_count; i++) {
        fwrite(arguments[i].value, 1, bytes_of(&arguments[i]), out);
        if (arguments[i].seed)
            fwrite(arguments[i].seed, 1, bytes_of(&arguments[i]), out);
    }
    bench_measured(&contestants[BY_HAND]);
    for (size_t i = 0; i < argument_count; i++)
        if (arguments[i].is_input)
            fwrite(arguments[i].bar, 1, bytes_of(&arguments[i]), out);
    if (fclose(out) != 0) {
        perror(name);
        exit(2);
    }
}

int main(int argc, char **argv)
{
    const char *sizes = "all", *count = NULL, *dump_file = NULL;
    bool only_check = false;
    int rounds = 9;
    double seconds = 0.01;

    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--check") == 0)
            only_check = true;
        else if (strncmp(argv[i], "--sizes=", 8) == 0)
            sizes = argv[i] + 8;
        else if (strncmp(argv[i], "--rounds=", 9) == 0)
            rounds = (int)strtol(argv[i] + 9, NULL, 10);
        else if (strncmp(argv[i], "--seconds=", 10) == 0)
            seconds = strtod(argv[i] + 10, NULL);
        else if (strncmp(argv[i], "--count=", 8) == 0)
            count = argv[i] + 8;
        else if (strncmp(argv[i], "--dump=", 7) == 0)
            dump_file = argv[i] + 7;
        else {
            fprintf(stderr, "driver: unknown option '%s'\n", argv[i]);
            return 2;
        }
    }
    rounds = rounds < 1 ? 1 : rounds > 101 ? 101 : rounds;

    contestants[BY_HAND].derivative = bench_this.by_hand;
    contestants[ADGEN].derivative = bench_this.adgen;
    contestants[ADOLC].derivative = bench_this.adolc;

    if (count) {
        set_up(bench_this.check);
        restore();
        for (int who = PRIMAL; who < CONTESTANTS; who++)
            if (strcmp(contestants[who].name, count) == 0 && is_here(who))
                bench_measured(&contestants[who]);
        return 0;
    }
    if (!dump_file) {
        printf("{\"kind\": \"problem\", \"name\": \"%s\", \"parameters\": \"%s\", \"in_float\": %s}\n", bench_this.name,
               bench_this.parameters, bench_this.in_float ? "true" : "false");
        const bool right = check(bench_this.check, true);
        for (int who = BY_HAND; who < CONTESTANTS; who++)
            if (!contestants[who].right)
                contestants[who].derivative = NULL;
        if (only_check || !is_here(BY_HAND))
            return right ? 0 : 1;
    }
    const bool grow = strcmp(sizes, "growth") == 0, first = strcmp(sizes, "first") == 0;
    for (int i = 0; i < (first ? 1 : BENCH_SIZES); i++) {
        const long *size = grow ? bench_this.growth[i] : bench_this.sizes[i];
        if (size[0] == 0)
            break;
        if (dump_file)
            dump(dump_file, i, size);
        else
            time_size(size, rounds, seconds);
    }
    return 0;
}
