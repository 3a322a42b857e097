/* A Kalman filter that sees one number a step: minus the log-likelihood of what it sees, without the constant. */
#include <adgen.h>
#include <math.h>

ADGEN_GRAD(transition, noise, deviation)
double kalman(int n, int steps, const double transition[n][n], const double noise[n][n], const double *look,
              double deviation, const double *seen)
{
    double x[n], p[n][n], next[n], half[n][n], spread[n][n], reach[n];
    double cost = 0.0;

    for (int i = 0; i < n; i++) {
        x[i] = 0.0;
        for (int j = 0; j < n; j++)
            p[i][j] = i == j ? 1.0 : 0.0;
    }
    for (int t = 0; t < steps; t++) {
        for (int i = 0; i < n; i++) {
            next[i] = 0.0;
            for (int j = 0; j < n; j++)
                next[i] += transition[i][j] * x[j];
        }
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++) {
                half[i][j] = 0.0;
                for (int k = 0; k < n; k++)
                    half[i][j] += transition[i][k] * p[k][j];
            }
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++) {
                spread[i][j] = noise[i][j];
                for (int k = 0; k < n; k++)
                    spread[i][j] += half[i][k] * transition[j][k];
            }
        double variance = deviation * deviation, surprise = seen[t];
        for (int i = 0; i < n; i++) {
            reach[i] = 0.0;
            for (int j = 0; j < n; j++)
                reach[i] += spread[i][j] * look[j];
            variance += look[i] * reach[i];
            surprise -= look[i] * next[i];
        }
        for (int i = 0; i < n; i++) {
            double gain = reach[i] / variance;
            x[i] = next[i] + gain * surprise;
            for (int j = 0; j < n; j++)
                p[i][j] = spread[i][j] - gain * reach[j];
        }
        cost += 0.5 * (log(variance) + surprise * surprise / variance);
    }
    return cost;
}
