/* schedule.c: the factor of each schedule, at its ends and between. */
#include "adgen_schedule.h"
#include "check.h"

static double factor(adgen_schedule schedule, uint64_t t)
{
    return adgen_schedule_factor(&schedule, t);
}

int main(void)
{
    CHECK(factor(adgen_schedule_constant(), 123) == 1.0);

    CHECK(factor(adgen_schedule_inverse(1.0), 0) == 1.0);
    CHECK(factor(adgen_schedule_inverse(1.0), 3) == 1.0 / 4.0);
    CHECK(factor(adgen_schedule_inverse(10.0), 10) == 0.5);

    CHECK(factor(adgen_schedule_step(10, 0.5), 9) == 1.0);
    CHECK(factor(adgen_schedule_step(10, 0.5), 10) == 0.5);
    CHECK(factor(adgen_schedule_step(10, 0.5), 39) == 0.125);

    CHECK_NEAR(factor(adgen_schedule_exponential(0.9), 3), 0.729, 1e-15);

    CHECK(factor(adgen_schedule_cosine(100, 0.1), 0) == 1.0);
    CHECK_NEAR(factor(adgen_schedule_cosine(100, 0.1), 50), 0.55, 1e-15);
    CHECK_NEAR(factor(adgen_schedule_cosine(100, 0.1), 100), 0.1, 1e-15);
    CHECK_NEAR(factor(adgen_schedule_cosine(100, 0.1), 1000), 0.1, 1e-15);

    CHECK_NEAR(factor(adgen_schedule_linear(4, 0.5, 1.0), 1), 0.625, 1e-15);
    CHECK(factor(adgen_schedule_linear(4, 0.5, 1.0), 9) == 1.0);

    const adgen_schedule warm = adgen_schedule_with_warmup(adgen_schedule_exponential(0.5), 4);
    CHECK(factor(warm, 0) == 0.25 && factor(warm, 3) == 1.0 && factor(warm, 4) == 1.0 && factor(warm, 5) == 0.5);
    return check_result();
}
