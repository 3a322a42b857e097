/* One step's loss of a two-layer perceptron: ReLU, then softmax and cross-entropy, the mean over a batch. */
#include <adgen.h>
#include <math.h>

ADGEN_GRAD(w1, b1, w2, b2)
double mlp_loss(int batch, int inputs, int hidden, int classes, const double w1[hidden][inputs],
                const double b1[hidden], const double w2[classes][hidden], const double b2[classes],
                const double x[batch][inputs], const int label[batch])
{
    double h[hidden], z[classes];
    double loss = 0.0;

    for (int s = 0; s < batch; s++) {
        for (int j = 0; j < hidden; j++) {
            double sum = b1[j];
            for (int i = 0; i < inputs; i++)
                sum += w1[j][i] * x[s][i];
            h[j] = sum > 0.0 ? sum : 0.0;
        }
        double largest = -INFINITY;
        for (int c = 0; c < classes; c++) {
            z[c] = b2[c];
            for (int j = 0; j < hidden; j++)
                z[c] += w2[c][j] * h[j];
            if (z[c] > largest)
                largest = z[c];
        }
        double total = 0.0;
        for (int c = 0; c < classes; c++)
            total += exp(z[c] - largest);
        loss += log(total) + largest - z[label[s]];
    }
    return loss / batch;
}
