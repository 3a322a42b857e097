/* init.c: first values, with the numbers that torch.nn.init gives for the same seeds. */
#include "adgen_init.h"
#include "check.h"

enum { N = 12, FAN_IN = 4, FAN_OUT = 3 };

static adgen_random seeded(uint64_t seed)
{
    adgen_random random;
    adgen_random_seed(&random, seed);
    return random;
}

static void uniform_is_equal(void)
{
    const float xavierf[] = {0x1.971334p-1f, -0x1.5cb414p-1f, -0x1.325062p-2f};
    const double xavier[] = {-0x1.5ac84f9dc506cp+0, -0x1.b338de574ac76p-1, -0x1.a3e60dcb5b87ap-1};
    const float hef[] = {0x1.431b14p-1f, -0x1.14c658p-1f, -0x1.e64228p-3f};
    const double he[] = {-0x1.0de7a61b97e14p+0, -0x1.52bd0fc0e8b1bp-1, -0x1.46cfe380efc17p-1};
    const float plainf[] = {0x1.6c52c4p-2f, 0x1.091ep-9f, 0x1.706d88p-3f};
    adgen_random random;
    double x[N];
    float xf[N];

    random = seeded(1);
    adgen_init_xavier_uniformf(&random, xf, N, FAN_IN, FAN_OUT, ADGEN_GAIN_TANH);
    for (int i = 0; i < 3; i++)
        CHECK(xf[i] == xavierf[i]);
    random = seeded(1);
    adgen_init_xavier_uniform(&random, x, N, FAN_IN, FAN_OUT, ADGEN_GAIN_TANH);
    for (int i = 0; i < 3; i++)
        CHECK_NEAR(x[i], xavier[i], 1e-15);
    random = seeded(1);
    adgen_init_he_uniformf(&random, xf, N, FAN_IN, ADGEN_GAIN_RELU);
    for (int i = 0; i < 3; i++)
        CHECK(xf[i] == hef[i]);
    random = seeded(1);
    adgen_init_he_uniform(&random, x, N, FAN_IN, adgen_gain_leaky_relu(0.2));
    for (int i = 0; i < 3; i++)
        CHECK_NEAR(x[i], he[i], 1e-15);
    random = seeded(9);
    adgen_init_uniformf(&random, xf, 4, -0.3, 0.7);
    for (int i = 0; i < 3; i++)
        CHECK(xf[i] == plainf[i]);
}

static void normal_is_close(void)
{
    const double xavier[] = {0x1.69fde5d0d9a3fp-2, 0x1.2433cda715053p-3, 0x1.0e12a87bbc894p-5};
    const float hef[] = {0x1.dedec0p-2f, 0x1.828c22p-3f, 0x1.6545dap-5f};
    const double conv[] = {-0x1.a90395cf1b742p-4, -0x1.e6c31295901e1p-3, 0x1.87c870f4eb926p-3};
    const float plainf[] = {0x1.81252p+0f, 0x1.b0ed8p+0f, 0x1.7a15eap+0f};
    adgen_random random;
    double x[N], kernels[2 * 1 * 3 * 3];
    float xf[N];

    random = seeded(1);
    adgen_init_xavier_normal(&random, x, N, FAN_IN, FAN_OUT, ADGEN_GAIN_LINEAR);
    for (int i = 0; i < 3; i++)
        CHECK_NEAR(x[i], xavier[i], 1e-14);
    random = seeded(1);
    adgen_init_he_normalf(&random, xf, N, FAN_IN, ADGEN_GAIN_RELU);
    for (int i = 0; i < 3; i++)
        CHECK_NEAR((double)xf[i], (double)hef[i], 1e-6);
    random = seeded(1);
    adgen_init_he_normal(&random, kernels, 18, 2 * 3 * 3, ADGEN_GAIN_RELU);
    for (int i = 0; i < 3; i++)
        CHECK_NEAR(kernels[i], conv[i], 1e-14);
    random = seeded(9);
    adgen_init_normalf(&random, xf, 4, 1.5, 0.1);
    for (int i = 0; i < 3; i++)
        CHECK_NEAR((double)xf[i], (double)plainf[i], 1e-6);
}

/* The other variants have the variance that their formula says. */
static void variance(void)
{
    enum { MANY = 20000 };
    static double x[MANY];
    static float xf[MANY];
    adgen_random random = seeded(5);
    double squares = 0.0, squaresf = 0.0;
    adgen_init_he_normal(&random, x, MANY, 8, ADGEN_GAIN_RELU);
    adgen_init_xavier_normalf(&random, xf, MANY, 3, 5, 1.0);
    for (int i = 0; i < MANY; i++) {
        squares += x[i] * x[i];
        squaresf += (double)xf[i] * (double)xf[i];
    }
    CHECK_NEAR(squares / MANY, 2.0 / 8.0, 0.01);
    CHECK_NEAR(squaresf / MANY, 2.0 / 8.0, 0.01);
    adgen_init_zeros(x, MANY);
    adgen_init_zerosf(xf, MANY);
    CHECK(x[7] == 0.0 && xf[MANY - 1] == 0.0f);
}

int main(void)
{
    uniform_is_equal();
    normal_is_close();
    variance();
    return check_result();
}
