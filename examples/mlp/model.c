/* A perceptron with one hidden layer of rectified linear units. */
#include "model.h"

#include <math.h>

void scores(const struct net *net, const float pixel[INPUTS], float score[CLASSES])
{
    float hidden[HIDDEN];

    for (int j = 0; j < HIDDEN; j++)
        hidden[j] = net->b1[j];
    for (int i = 0; i < INPUTS; i++)
        for (int j = 0; j < HIDDEN; j++)
            hidden[j] += net->w1[i][j] * pixel[i];

    for (int c = 0; c < CLASSES; c++)
        score[c] = net->b2[c];
    for (int j = 0; j < HIDDEN; j++)
        for (int c = 0; c < CLASSES; c++)
            score[c] += net->w2[j][c] * fmaxf(hidden[j], 0.0f);
}

float loss(const struct net *net, size_t n, const size_t *pick, const struct digit *data)
{
    float sum = 0.0f;

    for (size_t s = 0; s < n; s++) {
        const struct digit *digit = &data[pick[s]];
        float score[CLASSES], largest, total = 0.0f;

        scores(net, digit->pixel, score);
        largest = score[0];
        for (int c = 1; c < CLASSES; c++)
            largest = fmaxf(largest, score[c]);
        for (int c = 0; c < CLASSES; c++)
            total += expf(score[c] - largest);
        sum += logf(total) + largest - score[digit->label];
    }
    return sum / (float)n;
}
