// What programs do beside computing happens once, in order, and never again in reverse: files and text that are read,
// errno, random numbers, clocks, messages with active values in them, leaving where something is wrong.
// test: grad f(n = 5, x[5] ~ -1..1)

#include <adgen.h>
#include <assert.h>
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { MAX = 8 };

ADGEN_GRAD(x)
double f(int n, const double *x)
{
    double table[MAX];
    char line[80];
    volatile int progress = 0;
    int rows = 0, id = 0, weight = 0;
    assert(n > 0 && n <= MAX);
    FILE *file = tmpfile();
    if (!file) {
        perror("tmpfile");
        exit(EXIT_FAILURE);
    }
    for (int i = 0; i < n; i++)
        fprintf(file, "%d.25\n%d %d\n", i, i, n - i);
    rewind(file);
    errno = 0;
    while (rows < n && fgets(line, sizeof line, file)) {
        char *end = NULL;
        table[rows] = strtod(line, &end);
        if (end == line || errno == ERANGE || fscanf(file, "%d %d\n", &id, &weight) != 2)
            abort();
        table[rows++] += weight * id;
    }
    fclose(file);
    srand(42);
    const clock_t begin = clock();
    double loss = 0.0;
    for (int epoch = 0; epoch < 3; epoch++) {
        double sum = 0.0;
        for (int i = 0; i < rows; i++) {
            const int k = rand() % rows;
            sum += sin(x[i]) * table[k];
            progress = i;
        }
        loss += sum * sum;
        fprintf(stdout, "%d: %g at %d\n", epoch, loss, progress);
        if (isnan(loss)) {
            fputs("not a number\n", stderr);
            return loss;
        }
        fflush(stdout);
    }
    errno = 0;
    const double result = log(loss + 1.0);
    if (errno)
        perror("log");
    printf("%d\n", clock() >= begin && time(NULL) != (time_t)-1);
    return result;
}
