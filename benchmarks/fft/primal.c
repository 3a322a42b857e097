/* Cooley and Tukey's Fourier transform in place, n a power of two; cosine and sine hold the n/2 roots of unity. */
#include <adgen.h>

ADGEN_VJP(re, im)
void fft(int n, double *re, double *im, const double *cosine, const double *sine)
{
    for (int i = 1, j = 0; i < n; i++) {
        int bit = n >> 1;
        for (; j & bit; bit >>= 1)
            j ^= bit;
        j ^= bit;
        if (i < j) {
            double t = re[i];
            re[i] = re[j];
            re[j] = t;
            t = im[i];
            im[i] = im[j];
            im[j] = t;
        }
    }
    for (int length = 2; length <= n; length *= 2) {
        int half = length / 2, stride = n / length;
        for (int i = 0; i < n; i += length)
            for (int k = 0; k < half; k++) {
                double c = cosine[k * stride], s = -sine[k * stride];
                double a = re[i + k + half] * c - im[i + k + half] * s;
                double b = re[i + k + half] * s + im[i + k + half] * c;
                re[i + k + half] = re[i + k] - a;
                im[i + k + half] = im[i + k] - b;
                re[i + k] += a;
                im[i + k] += b;
            }
    }
}
