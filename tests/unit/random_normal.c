/* random_normal.c: normal numbers are those of torch.randn, one by one below 16 elements and in blocks of 16 from there
 * on. */
#include "adgen_init.h"
#include "check.h"

/* torch.randn(5), seed 42, in double */
static const double five[] = {0x1.58c55b33d44ccp-2, 0x1.07cd39b3d4b85p-3, 0x1.e02dcdb63ec41p-3, 0x1.d7b8d7b0a7c22p-3,
                              -0x1.1f7383f8320c1p+0};

/* torch.randn(20), seed 7, in float */
static const float twentyf[] = {-0x1.a3e8acp-1f, 0x1.952056p-2f, 0x1.cc3dbcp-1f,  -0x1.636e7p+0f,  0x1.966a5cp-3f,
                                0x1.906bd4p-1f,  0x1.0a02f6p+0f, -0x1.72f312p-1f, -0x1.b2a426p-1f, -0x1.3788bp+0f,
                                -0x1.4bdd4ap-4f, 0x1.5c8a4ap+0f, -0x1.07de82p+1f, 0x1.5923bap-1f,  -0x1.52c6cap+0f,
                                -0x1.5c19d2p+0f, -0x1.bbc05p-1f, -0x1.20c57cp-1f, -0x1.073a2ap+1f, -0x1.6d48acp-2f};

/* torch.randn(20, dtype=torch.float64), seed 7: the first and the last */
static const double twenty_first = 0x1.0f6e8d3a53973p-4, twenty_last = 0x1.51bdf321a248ap-1;

int main(void)
{
    adgen_random random;
    double x[20];
    float xf[20];

    adgen_random_seed(&random, 42);
    for (int i = 0; i < 5; i++)
        CHECK_NEAR(adgen_random_normal(&random), five[i], 1e-15);
    adgen_random_seed(&random, 42);
    adgen_init_normalf(&random, xf, 5, 0.0, 1.0);
    for (int i = 0; i < 5; i++)
        CHECK(xf[i] == (float)five[i]);

    adgen_random_seed(&random, 7);
    adgen_init_normalf(&random, xf, 20, 0.0, 1.0);
    for (int i = 0; i < 20; i++)
        CHECK_NEAR((double)xf[i], (double)twentyf[i], 1e-6);
    adgen_random_seed(&random, 7);
    adgen_init_normal(&random, x, 20, 0.0, 1.0);
    CHECK_NEAR(x[0], twenty_first, 1e-14);
    CHECK_NEAR(x[19], twenty_last, 1e-14);
    return check_result();
}
