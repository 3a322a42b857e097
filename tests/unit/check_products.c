/* check_products.c: forward and reverse mode of a matrix agree, unless one of them is wrong. */
#include "adgen_check.h"
#include "check.h"

enum { ROWS = 3, COLUMNS = 20 };

typedef struct matrix {
    double a[ROWS][COLUMNS];
    double mistake; /* added to one element in reverse mode */
} matrix;

static void forward(const double *x_dot, double *y_dot, void *user)
{
    const matrix *m = user;
    for (int i = 0; i < ROWS; i++)
        for (int j = 0; j < COLUMNS; j++)
            y_dot[i] += m->a[i][j] * x_dot[j];
}

static void reverse(double *y_bar, double *x_bar, void *user)
{
    const matrix *m = user;
    for (int i = 0; i < ROWS; i++) {
        for (int j = 0; j < COLUMNS; j++)
            x_bar[j] += m->a[i][j] * y_bar[i];
        y_bar[i] = 0.0;
    }
    x_bar[5] += m->mistake;
}

static void forwardf(const float *x_dot, float *y_dot, void *user)
{
    const double *factor = user;
    y_dot[0] = (float)*factor * x_dot[0];
}

static void reversef(float *y_bar, float *x_bar, void *user)
{
    const double *factor = user;
    x_bar[0] += (float)*factor * y_bar[0];
}

int main(void)
{
    adgen_random random;
    adgen_product_report report;
    matrix m = {.mistake = 0.0};
    double factor = 3.0;

    adgen_random_seed(&random, 3);
    for (int i = 0; i < ROWS; i++)
        for (int j = 0; j < COLUMNS; j++)
            m.a[i][j] = adgen_random_normal(&random);

    CHECK(adgen_check_products(forward, reverse, &m, COLUMNS, ROWS, 5, &random, 1e-12, &report) == ADGEN_OK);
    m.mistake = 1e-6;
    CHECK(adgen_check_products(forward, reverse, &m, COLUMNS, ROWS, 5, &random, 1e-12, &report) == ADGEN_MISMATCH);
    CHECK(report.error > 1e-12 && report.forward != report.reverse);
    m.mistake = NAN;
    CHECK(adgen_check_products(forward, reverse, &m, COLUMNS, ROWS, 5, &random, 1e-12, &report) == ADGEN_MISMATCH);
    CHECK(adgen_check_productsf(forwardf, reversef, &factor, 1, 1, 3, &random, 1e-5, &report) == ADGEN_OK);
    adgen_product_print(stdout, &report);
    return check_result();
}
