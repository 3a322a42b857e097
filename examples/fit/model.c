/* The models of NIST's nonlinear regression problems, and what is minimised: the sum of squared residuals. */
#include "model.h"

#include <math.h>

double predict(enum problem problem, const double *b, double x)
{
    static const double pi = 3.141592653589793;

    switch (problem) {
    case MISRA1A:
    case BOXBOD:
        return b[0] * (1.0 - exp(-b[1] * x));
    case ECKERLE4: {
        const double z = (x - b[2]) / b[1];
        return b[0] / b[1] * exp(-0.5 * z * z);
    }
    case ENSO: {
        const double year = 2.0 * pi * x / 12.0, el_nino = 2.0 * pi * x / b[3], southern = 2.0 * pi * x / b[6];
        return b[0] + b[1] * cos(year) + b[2] * sin(year) + b[4] * cos(el_nino) + b[5] * sin(el_nino) +
               b[7] * cos(southern) + b[8] * sin(southern);
    }
    case KIRBY2:
        return (b[0] + x * (b[1] + x * b[2])) / (1.0 + x * (b[3] + x * b[4]));
    case HAHN1:
    case THURBER:
        return (b[0] + x * (b[1] + x * (b[2] + x * b[3]))) / (1.0 + x * (b[4] + x * (b[5] + x * b[6])));
    case RAT42:
        return b[0] / (1.0 + exp(b[1] - b[2] * x));
    case RAT43:
        return b[0] / pow(1.0 + exp(b[1] - b[2] * x), 1.0 / b[3]);
    default:
        return 0.0;
    }
}

void parameters(const struct fit *fit, const double *c, double *b)
{
    for (int i = 0; i < fit->p; i++) {
        b[i] = fit->centre[i];
        for (int j = 0; j < fit->p; j++)
            b[i] += fit->scale[i][j] * c[j];
    }
}

double misfit(const struct fit *fit, const double c[MOST_PARAMETERS])
{
    double b[MOST_PARAMETERS];
    double sum = 0.0;

    parameters(fit, c, b);
    for (int i = 0; i < fit->n; i++) {
        const double residual = fit->y[i] - predict(fit->problem, b, fit->x[i]);
        sum += residual * residual;
    }
    return sum / fit->unit;
}
