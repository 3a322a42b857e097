/*
 * The adjoint of fft by hand. The transform's matrix is symmetric, so its adjoint is the transform with conjugate
 * roots, and it can go over the bars in the same loops, with the same indices and roots, as the transform over the
 * values.
 */
void fft_by_hand(int n, double *re, double *im, const double *cosine, const double *sine, double *re_bar,
                 double *im_bar);

static inline void swap(double *x, int i, int j)
{
    const double t = x[i];
    x[i] = x[j];
    x[j] = t;
}

void fft_by_hand(int n, double *restrict re, double *restrict im, const double *restrict cosine,
                 const double *restrict sine, double *restrict re_bar, double *restrict im_bar)
{
    for (int i = 1, j = 0; i < n; i++) {
        int bit = n >> 1;
        for (; j & bit; bit >>= 1)
            j ^= bit;
        j ^= bit;
        if (i < j) {
            swap(re, i, j);
            swap(im, i, j);
            swap(re_bar, i, j);
            swap(im_bar, i, j);
        }
    }
    for (int length = 2; length <= n; length *= 2) {
        const int half = length / 2, stride = n / length;
        for (int i = 0; i < n; i += length)
            for (int k = 0; k < half; k++) {
                const int near = i + k, far = near + half;
                const double c = cosine[k * stride], s = sine[k * stride];
                const double a = re[far] * c + im[far] * s, b = im[far] * c - re[far] * s;
                const double p = re_bar[far] * c - im_bar[far] * s, q = im_bar[far] * c + re_bar[far] * s;
                re[far] = re[near] - a;
                im[far] = im[near] - b;
                re[near] += a;
                im[near] += b;
                re_bar[far] = re_bar[near] - p;
                im_bar[far] = im_bar[near] - q;
                re_bar[near] += p;
                im_bar[near] += q;
            }
    }
}
