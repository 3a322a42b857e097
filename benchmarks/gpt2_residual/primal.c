/* The residual connection of a GPT-2. */
#include <adgen.h>

ADGEN_VJP(inp1, inp2)
void residual_forward(float *out, const float *inp1, const float *inp2, int N)
{
    for (int i = 0; i < N; i++)
        out[i] = inp1[i] + inp2[i];
}
