#include "bench_adolc.h"

#include <cmath>

extern "C" double mlp_loss_adolc(int batch, int inputs, int hidden, int classes, const double *w1_, const double *b1_,
                                 const double *w2_, const double *b2_, const double *x, const int *label,
                                 double *w1_bar, double *b1_bar, double *w2_bar, double *b2_bar)
{
    const std::size_t H = static_cast<std::size_t>(hidden), I = static_cast<std::size_t>(inputs);
    const std::size_t C = static_cast<std::size_t>(classes);
    bench_tape tape(H * I + H + C * H + C);
    const adouble *w1 = tape.input(w1_, w1_bar, H * I), *b1 = tape.input(b1_, b1_bar, H);
    const adouble *w2 = tape.input(w2_, w2_bar, C * H), *b2 = tape.input(b2_, b2_bar, C);
    std::vector<adouble> h(H), z(C);
    adouble loss = 0.0;
    for (int s = 0; s < batch; s++) {
        for (std::size_t j = 0; j < H; j++) {
            adouble sum = b1[j];
            for (std::size_t i = 0; i < I; i++)
                sum += w1[j * I + i] * x[static_cast<std::size_t>(s) * I + i];
            h[j] = fmax(sum, 0.0);
        }
        double largest = -HUGE_VAL;
        for (std::size_t c = 0; c < C; c++) {
            z[c] = b2[c];
            for (std::size_t j = 0; j < H; j++)
                z[c] += w2[c * H + j] * h[j];
            largest = std::fmax(largest, z[c].value());
        }
        adouble total = 0.0;
        for (std::size_t c = 0; c < C; c++)
            total += exp(z[c] - largest);
        loss += log(total) + largest - z[static_cast<std::size_t>(label[s])];
    }
    return tape.gradient(loss / batch);
}
