/*
 * The adjoint of mlp_loss by hand. The mean's adjoint 1/batch is known before the batch begins: each sample goes
 * forward and back at once, and nothing outlives it. Units that ReLU has cut off are skipped on the way back.
 */
#include <math.h>

double mlp_loss_by_hand(int batch, int inputs, int hidden, int classes, const double w1[hidden][inputs],
                        const double b1[hidden], const double w2[classes][hidden], const double b2[classes],
                        const double x[batch][inputs], const int label[batch], double w1_bar[hidden][inputs],
                        double b1_bar[hidden], double w2_bar[classes][hidden], double b2_bar[classes]);

double mlp_loss_by_hand(int batch, int inputs, int hidden, int classes, const double w1[hidden][inputs],
                        const double b1[hidden], const double w2[classes][hidden], const double b2[classes],
                        const double x[batch][inputs], const int label[batch], double w1_bar[hidden][inputs],
                        double b1_bar[hidden], double w2_bar[classes][hidden], double b2_bar[classes])
{
    const double mean = 1.0 / batch;
    double h[hidden], h_bar[hidden], z[classes];
    double loss = 0.0;

    for (int s = 0; s < batch; s++) {
        const double *const restrict in = x[s];
        for (int j = 0; j < hidden; j++) {
            double sum = b1[j];
            for (int i = 0; i < inputs; i++)
                sum += w1[j][i] * in[i];
            h[j] = sum > 0.0 ? sum : 0.0;
            h_bar[j] = 0.0;
        }
        double largest = -INFINITY;
        for (int c = 0; c < classes; c++) {
            double sum = b2[c];
            for (int j = 0; j < hidden; j++)
                sum += w2[c][j] * h[j];
            z[c] = sum;
            if (sum > largest)
                largest = sum;
        }
        loss += largest - z[label[s]];
        double total = 0.0;
        for (int c = 0; c < classes; c++)
            total += z[c] = exp(z[c] - largest);
        loss += log(total);

        const double scale = mean / total;
        for (int c = 0; c < classes; c++) {
            const double *const restrict w = w2[c];
            double *const restrict w_bar = w2_bar[c];
            const double z_bar = z[c] * scale - (c == label[s] ? mean : 0.0);
            b2_bar[c] += z_bar;
            for (int j = 0; j < hidden; j++) {
                w_bar[j] += z_bar * h[j];
                h_bar[j] += z_bar * w[j];
            }
        }
        for (int j = 0; j < hidden; j++) {
            if (h[j] <= 0.0)
                continue;
            double *const restrict w_bar = w1_bar[j];
            const double sum_bar = h_bar[j];
            b1_bar[j] += sum_bar;
            for (int i = 0; i < inputs; i++)
                w_bar[i] += sum_bar * in[i];
        }
    }
    return loss / batch;
}
