// A transpose in place and its like: an inner loop that ends at the outer one's counter, or begins behind it, meets
// another element than that of the counter itself, in each of its iterations; one that includes it does not.
// test: vjp transpose(n = 4, a[4][4] ~ -1..1)
// test: vjp mix(n = 5, a[5] ~ -1..1, b[5] ~ 0.5..1)

#include <adgen.h>

ADGEN_VJP(a)
void transpose(int n, double a[4][4])
{
    for (int i = 0; i < n; i++)
        for (int j = 0; j < i; j++) {
            const double t = a[i][j];
            a[i][j] = a[j][i];
            a[j][i] = t;
        }
}

ADGEN_VJP(a, b)
void mix(int n, double *a, double *b)
{
    for (int i = 0; i < n; i++) {
        for (int j = i + 1; j < n; j++) {
            const double t = a[i];
            a[i] = t * a[j];
            a[j] = t - a[j] * a[i];
        }
        for (int j = i; j < n; j++) {
            const double t = b[i];
            b[i] = t * b[j];
            b[j] = t - b[j] * b[i];
        }
        for (int j = 0; j - 1 < i && j < n; j++) {
            const double t = a[i];
            a[i] = 0.5 * a[j];
            a[j] += t * b[j];
        }
    }
}
