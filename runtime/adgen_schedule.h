/*
 * adgen_schedule.h: learning rates that change as training goes on. A schedule gives a factor for each step t = 0, 1,
 * 2, ..., and the optimizer multiplies every block's learning rate by it:
 *
 *     const adgen_schedule schedule = adgen_schedule_with_warmup(adgen_schedule_cosine(10000, 0.0), 500);
 *     optim.lr_factor = adgen_schedule_factor(&schedule, t);
 *
 * The formulas are the closed forms of torch.optim.lr_scheduler, where that has the schedule.
 */
#ifndef ADGEN_SCHEDULE_H
#define ADGEN_SCHEDULE_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum adgen_schedule_kind {
    ADGEN_SCHEDULE_CONSTANT,
    ADGEN_SCHEDULE_INVERSE,
    ADGEN_SCHEDULE_STEP,
    ADGEN_SCHEDULE_EXPONENTIAL,
    ADGEN_SCHEDULE_COSINE,
    ADGEN_SCHEDULE_LINEAR
} adgen_schedule_kind;

/* Made by the functions below; the members' meaning is theirs. */
typedef struct adgen_schedule {
    adgen_schedule_kind kind;
    double gamma;
    double first, last;
    uint64_t period;
    uint64_t warmup;
} adgen_schedule;

/* 1 */
adgen_schedule adgen_schedule_constant(void);

/*
 * h / (h + t): after `h` > 0 steps the rate is halved. With h = 1 it is 1/k at the k-th step. The sum of the rates
 * diverges and that of their squares converges, as Robbins and Monro (1951) ask for.
 */
adgen_schedule adgen_schedule_inverse(double half_after);

/* gamma^floor(t / period), period >= 1 */
adgen_schedule adgen_schedule_step(uint64_t period, double gamma);

/* gamma^t */
adgen_schedule adgen_schedule_exponential(double gamma);

/* From 1 to `last` in `period` >= 1 steps, last + (1 - last) (1 + cos(pi t / period)) / 2; then it stays. */
adgen_schedule adgen_schedule_cosine(uint64_t period, double last);

/* From `first` to `last` in `period` >= 1 steps, evenly; then it stays. */
adgen_schedule adgen_schedule_linear(uint64_t period, double first, double last);

/* `schedule`, after `steps` steps in which its first factor is multiplied by 1/steps, 2/steps, ... 1. */
adgen_schedule adgen_schedule_with_warmup(adgen_schedule schedule, uint64_t steps);

double adgen_schedule_factor(const adgen_schedule *schedule, uint64_t t);

#ifdef __cplusplus
}
#endif

#endif
