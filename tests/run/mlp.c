// A perceptron with one hidden layer, ReLU and a softmax loss over a batch.
// test: grad f(B = 2, W1[6] ~ -1..1, b1[3] ~ -1..1, W2[6] ~ -1..1, b2[2] ~ -1..1, x[4] = -1..1, label[2] = 0 1)

#include <adgen.h>
#include <math.h>

ADGEN_GRAD(W1, b1, W2, b2)
double f(int B, const double *W1, const double *b1, const double *W2, const double *b2, const double *x,
         const int *label)
{
    enum { IN = 2, HIDDEN = 3, OUT = 2 };
    double loss = 0;
    for (int b = 0; b < B; b++) {
        double h[HIDDEN], z[OUT], sum = 0;
        for (int i = 0; i < HIDDEN; i++) {
            double a = b1[i];
            for (int j = 0; j < IN; j++)
                a += W1[i * IN + j] * x[b * IN + j];
            h[i] = fmax(a, 0);
        }
        for (int k = 0; k < OUT; k++) {
            z[k] = b2[k];
            for (int i = 0; i < HIDDEN; i++)
                z[k] += W2[k * HIDDEN + i] * h[i];
            sum += exp(z[k]);
        }
        loss += log(sum) - z[label[b]];
    }
    return loss / B;
}
