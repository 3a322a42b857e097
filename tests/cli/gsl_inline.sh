# GSL's inline accessors of vectors and matrices, from its installed headers, with and without their range check.
# Left out where libgsl-dev is not installed.
. "$CLI/common"
[ -e /usr/include/gsl/gsl_matrix.h ] || exit 0
cat >model.c <<'END'
#include <gsl/gsl_math.h>
#include <gsl/gsl_matrix.h>
#include <gsl/gsl_vector.h>

int model(const gsl_vector *p, void *time, gsl_vector *f)
{
    const double *t = time;
    const double a = gsl_vector_get(p, 0), k = gsl_vector_get(p, 1);
    for (size_t i = 0; i < f->size; i++)
        gsl_vector_set(f, i, a * exp(-k * t[i]) + gsl_pow_2(a));
    return GSL_SUCCESS;
}

double form(const gsl_matrix *m, const gsl_vector *v)
{
    double sum = 0;
    for (size_t i = 0; i < m->size1; i++)
        for (size_t j = 0; j < m->size2; j++)
            sum += gsl_vector_get(v, i) * gsl_matrix_get(m, i, j) * gsl_vector_get(v, j);
    return sum;
}
END
cat >main.c <<'END'
#include "made.h"
#include <gsl/gsl_vector.h>

static int close_to(double x, double y)
{
    return fabs(x - y) <= 1e-12 * (1 + fabs(y));
}

int main(void)
{
    double a[] = {1.5, 0.3}, t[] = {0, 1, 2}, seed[] = {1, -2, 0.5}, value[3], a_bar[2] = {0};
    gsl_vector_view p = gsl_vector_view_array(a, 2), f = gsl_vector_view_array(value, 3);
    gsl_vector_view p_bar = gsl_vector_view_array(a_bar, 2), f_bar = gsl_vector_view_array(seed, 3);
    int right = model_vjp(&p.vector, t, &f.vector, &p_bar.vector, &f_bar.vector) == GSL_SUCCESS;
    const double by_a[] = {1 + 3, exp(-0.3) + 3, exp(-0.6) + 3};
    right &= close_to(a_bar[0], by_a[0] - 2 * by_a[1] + 0.5 * by_a[2]);
    right &= close_to(a_bar[1], 2 * 1.5 * exp(-0.3) - 0.5 * 1.5 * 2 * exp(-0.6));
    right &= close_to(value[1], 1.5 * exp(-0.3) + 1.5 * 1.5) && seed[0] == 0;

    double m[] = {1, 2, 3, 4}, v[] = {0.5, -1}, m_bar[4] = {0}, v_bar[2] = {0};
    gsl_matrix_view M = gsl_matrix_view_array(m, 2, 2), M_bar = gsl_matrix_view_array(m_bar, 2, 2);
    gsl_vector_view V = gsl_vector_view_array(v, 2), V_bar = gsl_vector_view_array(v_bar, 2);
    right &= close_to(form_grad(&M.matrix, &V.vector, &M_bar.matrix, &V_bar.vector), 0.25 - 2.5 + 4);
    right &= close_to(m_bar[0], 0.25) && close_to(m_bar[1], -0.5) && close_to(m_bar[2], -0.5) && close_to(m_bar[3], 1);
    right &= close_to(v_bar[0], 2 * 0.5 - 5) && close_to(v_bar[1], 5 * 0.5 - 8);
    return !right;
}
END
for range in GSL_RANGE_CHECK=1 GSL_RANGE_CHECK_OFF; do
    adgen 0 -DHAVE_INLINE -D$range --vjp=model:p,f --grad=form:m,v model.c -o made.c --header=made.h
    cc -std=gnu11 -DHAVE_INLINE -D$range -I"$INCLUDE" -Wall -Wextra -Werror -fsanitize=address,undefined main.c made.c \
        -lgsl -lgslcblas -lm -o program 2>err || fail cc
    ./program >out 2>err || fail 'the program is wrong'
done
only model.c main.c made.c made.h program
