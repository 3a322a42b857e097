/* The GELU of a GPT-2, in its approximation by tanh. */
#include <adgen.h>
#include <math.h>

#define GELU_SCALING_FACTOR 0.79788456080286535588f

ADGEN_VJP(inp)
void gelu_forward(float *out, const float *inp, int N)
{
    for (int i = 0; i < N; i++) {
        float x = inp[i];
        float cube = 0.044715f * x * x * x;
        out[i] = 0.5f * x * (1.0f + tanhf(GELU_SCALING_FACTOR * (x + cube)));
    }
}
