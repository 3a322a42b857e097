/*
 * The adjoint of lstm_objective by hand. Kept for each step and component: the four gates, the cell and its tanh (six
 * doubles a layer), and what the output needs; hidden vectors are outgate * tanh(cell), and exp() and tanh() give their
 * own derivatives, so that the reverse sweep calls no function at all.
 */
#include <math.h>
#include <stdlib.h>

double lstm_objective_by_hand(int l, int c, int b, const double *main_params, const double *extra_params, double *state,
                              const double *sequence, double *main_params_bar, double *extra_params_bar,
                              double *state_bar);

enum { FORGET, INGATE, OUTGATE, CHANGE, CELL, TANH, KEPT };

static inline double sigmoid(double x)
{
    return 1.0 / (1.0 + exp(-x));
}

double lstm_objective_by_hand(int l, int c, int b, const double *main_params, const double *extra_params, double *state,
                              const double *sequence, double *main_params_bar, double *extra_params_bar,
                              double *state_bar)
{
    const size_t B = (size_t)b, L = (size_t)l, layer_size = KEPT * B, step_size = L * layer_size + B;
    const size_t steps = c > 1 ? (size_t)c - 1 : 0;
    /* Each step: its layers, then the softmax's shares. Last: the first state, and the adjoint of a layer's input. */
    double *const kept = malloc((steps * step_size + 2 * L * B + 2 * B) * sizeof *kept);
    if (!kept)
        abort();
    double *const first = kept + steps * step_size, *const input_bar = first + 2 * L * B;
    double *const input_of = input_bar + B;
    for (size_t i = 0; i < 2 * L * B; i++)
        first[i] = state[i];

    double total = 0.0;
    for (size_t t = 0; t < steps; t++) {
        const double *const restrict x = sequence + t * B, *const restrict gold = x + B;
        double *const share = kept + t * step_size + L * layer_size;
        for (size_t i = 0; i < B; i++)
            input_of[i] = x[i] * extra_params[i];
        const double *input = input_of;
        for (size_t layer = 0; layer < L; layer++) {
            const double *const restrict weight = main_params + layer * 8 * B, *const restrict bias = weight + 4 * B;
            double *const restrict hidden = state + layer * 2 * B, *const restrict cell = hidden + B;
            double *const restrict keep = kept + t * step_size + layer * layer_size;
            for (size_t i = 0; i < B; i++) {
                const double forget = sigmoid(input[i] * weight[i] + bias[i]);
                const double ingate = sigmoid(hidden[i] * weight[B + i] + bias[B + i]);
                const double outgate = sigmoid(input[i] * weight[2 * B + i] + bias[2 * B + i]);
                const double change = tanh(hidden[i] * weight[3 * B + i] + bias[3 * B + i]);
                const double now = cell[i] * forget + ingate * change, squashed = tanh(now);
                keep[FORGET * B + i] = forget;
                keep[INGATE * B + i] = ingate;
                keep[OUTGATE * B + i] = outgate;
                keep[CHANGE * B + i] = change;
                keep[CELL * B + i] = cell[i] = now;
                keep[TANH * B + i] = squashed;
                hidden[i] = outgate * squashed;
            }
            input = hidden;
        }
        double sum = 2.0, gold_sum = 0.0, dot = 0.0;
        for (size_t i = 0; i < B; i++) {
            const double prediction = input[i] * extra_params[B + i] + extra_params[2 * B + i];
            sum += share[i] = exp(prediction);
            dot += gold[i] * prediction;
            gold_sum += gold[i];
        }
        total += dot - gold_sum * log(sum);
        const double scale = gold_sum / sum;
        for (size_t i = 0; i < B; i++)
            share[i] = gold[i] - share[i] * scale; /* d total / d prediction */
    }
    const double count = (double)steps * b, total_bar = -1.0 / count;

    for (size_t t = steps; t-- > 0;) {
        const double *const restrict x = sequence + t * B;
        const double *const restrict share = kept + t * step_size + L * layer_size;
        const double *const restrict top = kept + t * step_size + (L - 1) * layer_size;
        for (size_t i = 0; i < B; i++) {
            const double prediction_bar = total_bar * share[i];
            extra_params_bar[B + i] += prediction_bar * top[OUTGATE * B + i] * top[TANH * B + i];
            extra_params_bar[2 * B + i] += prediction_bar;
            input_bar[i] = prediction_bar * extra_params[B + i];
        }
        for (size_t layer = L; layer-- > 0;) {
            const double *const restrict weight = main_params + layer * 8 * B;
            double *const restrict weight_bar = main_params_bar + layer * 8 * B, *const restrict bias_bar =
                                                                                     weight_bar + 4 * B;
            const double *const restrict keep = kept + t * step_size + layer * layer_size;
            double *const restrict hidden_bar = state_bar + layer * 2 * B, *const restrict cell_bar = hidden_bar + B;
            /* The state before this step, as two factors of hidden, and the layer's input likewise. */
            const double *const was = t > 0 ? keep - step_size : NULL, *const from = first + layer * 2 * B;
            const double *const below = layer > 0 ? keep - layer_size : NULL;
            for (size_t i = 0; i < B; i++) {
                const double hidden = was ? was[OUTGATE * B + i] * was[TANH * B + i] : from[i];
                const double cell = was ? was[CELL * B + i] : from[B + i];
                const double input = below ? below[OUTGATE * B + i] * below[TANH * B + i] : x[i] * extra_params[i];
                const double forget = keep[FORGET * B + i], ingate = keep[INGATE * B + i];
                const double outgate = keep[OUTGATE * B + i], change = keep[CHANGE * B + i];
                const double squashed = keep[TANH * B + i];

                const double h_bar = hidden_bar[i] + input_bar[i];
                const double out_bar = h_bar * squashed * outgate * (1.0 - outgate);
                const double c_bar = cell_bar[i] + h_bar * outgate * (1.0 - squashed * squashed);
                const double forget_bar = c_bar * cell * forget * (1.0 - forget);
                const double in_bar = c_bar * change * ingate * (1.0 - ingate);
                const double change_bar = c_bar * ingate * (1.0 - change * change);
                weight_bar[i] += forget_bar * input;
                weight_bar[B + i] += in_bar * hidden;
                weight_bar[2 * B + i] += out_bar * input;
                weight_bar[3 * B + i] += change_bar * hidden;
                bias_bar[i] += forget_bar;
                bias_bar[B + i] += in_bar;
                bias_bar[2 * B + i] += out_bar;
                bias_bar[3 * B + i] += change_bar;
                cell_bar[i] = c_bar * forget;
                hidden_bar[i] = in_bar * weight[B + i] + change_bar * weight[3 * B + i];
                input_bar[i] = forget_bar * weight[i] + out_bar * weight[2 * B + i];
            }
        }
        for (size_t i = 0; i < B; i++)
            extra_params_bar[i] += input_bar[i] * x[i];
    }
    free(kept);
    return -total / count;
}
