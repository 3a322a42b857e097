/*
 * ADBench's LSTM: a stack of layers whose gates act on each component alone, which predicts the next item of a
 * sequence. main_params holds, for each layer, the weights of the four gates and their biases; extra_params the input's
 * weights, the output's weights and the output's biases; state the hidden and the cell vector of each layer, which the
 * run leaves as they are after the last item.
 */
#include <adgen.h>
#include <math.h>

static double sigmoid(double x)
{
    return 1.0 / (1.0 + exp(-x));
}

static void lstm_layer(int b, const double *weight, const double *bias, double *hidden, double *cell,
                       const double *input)
{
    for (int i = 0; i < b; i++) {
        double forget = sigmoid(input[i] * weight[i] + bias[i]);
        double ingate = sigmoid(hidden[i] * weight[b + i] + bias[b + i]);
        double outgate = sigmoid(input[i] * weight[2 * b + i] + bias[2 * b + i]);
        double change = tanh(hidden[i] * weight[3 * b + i] + bias[3 * b + i]);
        cell[i] = cell[i] * forget + ingate * change;
        hidden[i] = outgate * tanh(cell[i]);
    }
}

static void lstm_predict(int l, int b, const double *main_params, const double *extra_params, double *state,
                         const double *x, double *prediction)
{
    for (int i = 0; i < b; i++)
        prediction[i] = x[i] * extra_params[i];
    const double *input = prediction;
    for (int layer = 0; layer < l; layer++) {
        const double *weight = main_params + layer * 8 * b;
        double *hidden = state + layer * 2 * b;
        lstm_layer(b, weight, weight + 4 * b, hidden, hidden + b, input);
        input = hidden;
    }
    for (int i = 0; i < b; i++)
        prediction[i] = input[i] * extra_params[b + i] + extra_params[2 * b + i];
}

ADGEN_GRAD(main_params, extra_params)
double lstm_objective(int l, int c, int b, const double *main_params, const double *extra_params, double *state,
                      const double *sequence)
{
    double prediction[b];
    double total = 0.0;
    int count = 0;

    for (int t = 0; t < c - 1; t++) {
        lstm_predict(l, b, main_params, extra_params, state, &sequence[t * b], prediction);
        double sum = 2.0;
        for (int i = 0; i < b; i++)
            sum += exp(prediction[i]);
        double log_sum = log(sum);
        for (int i = 0; i < b; i++)
            total += sequence[(t + 1) * b + i] * (prediction[i] - log_sum);
        count += b;
    }
    return -total / count;
}
