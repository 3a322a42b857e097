/* adgen_schedule.c: a schedule is a few numbers; its factor is a function of these and of the step. */
#include "adgen_schedule.h"

#include <math.h>

static adgen_schedule scheduled(adgen_schedule_kind kind, uint64_t period, double gamma)
{
    return (adgen_schedule){.kind = kind, .period = period, .gamma = gamma, .first = 1.0, .last = 1.0};
}

adgen_schedule adgen_schedule_constant(void)
{
    return scheduled(ADGEN_SCHEDULE_CONSTANT, 1, 1.0);
}

adgen_schedule adgen_schedule_inverse(double half_after)
{
    return scheduled(ADGEN_SCHEDULE_INVERSE, 1, half_after);
}

adgen_schedule adgen_schedule_step(uint64_t period, double gamma)
{
    return scheduled(ADGEN_SCHEDULE_STEP, period, gamma);
}

adgen_schedule adgen_schedule_exponential(double gamma)
{
    return scheduled(ADGEN_SCHEDULE_EXPONENTIAL, 1, gamma);
}

adgen_schedule adgen_schedule_cosine(uint64_t period, double last)
{
    adgen_schedule schedule = scheduled(ADGEN_SCHEDULE_COSINE, period, 1.0);
    schedule.last = last;
    return schedule;
}

adgen_schedule adgen_schedule_linear(uint64_t period, double first, double last)
{
    adgen_schedule schedule = scheduled(ADGEN_SCHEDULE_LINEAR, period, 1.0);
    schedule.first = first;
    schedule.last = last;
    return schedule;
}

adgen_schedule adgen_schedule_with_warmup(adgen_schedule schedule, uint64_t steps)
{
    schedule.warmup = steps;
    return schedule;
}

/* The factor at step t after the warm-up. */
static double factor_after_warmup(const adgen_schedule *schedule, uint64_t t)
{
    const uint64_t period = schedule->period > 0 ? schedule->period : 1;
    const double done = t < period ? (double)t / (double)period : 1.0;
    const double pi = 3.14159265358979323846;

    switch (schedule->kind) {
    case ADGEN_SCHEDULE_CONSTANT:
        return 1.0;
    case ADGEN_SCHEDULE_INVERSE:
        return schedule->gamma / (schedule->gamma + (double)t);
    case ADGEN_SCHEDULE_STEP:
        return pow(schedule->gamma, (double)(t / period));
    case ADGEN_SCHEDULE_EXPONENTIAL:
        return pow(schedule->gamma, (double)t);
    case ADGEN_SCHEDULE_COSINE:
        return schedule->last + (1.0 - schedule->last) * (1.0 + cos(pi * done)) / 2.0;
    case ADGEN_SCHEDULE_LINEAR:
        return schedule->first + (schedule->last - schedule->first) * done;
    }
    return 1.0;
}

double adgen_schedule_factor(const adgen_schedule *schedule, uint64_t t)
{
    if (t < schedule->warmup)
        return factor_after_warmup(schedule, 0) * (double)(t + 1) / (double)schedule->warmup;
    return factor_after_warmup(schedule, t - schedule->warmup);
}
