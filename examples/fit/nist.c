#include "nist.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const names[PROBLEMS] = {
    [MISRA1A] = "Misra1a", [BOXBOD] = "BoxBOD", [ECKERLE4] = "Eckerle4", [ENSO] = "ENSO",      [HAHN1] = "Hahn1",
    [KIRBY2] = "Kirby2",   [RAT42] = "Rat42",   [RAT43] = "Rat43",       [THURBER] = "Thurber"};

void nist_built_in(struct nist *nist)
{
    *nist = (struct nist){
        .name = "Misra1a",
        .problem = MISRA1A,
        .n = 14,
        .p = 2,
        .x = {77.6, 114.9, 141.1, 190.8, 239.9, 289.0, 332.8, 378.4, 434.8, 477.3, 536.8, 593.1, 689.1, 760.0},
        .y = {10.07, 14.73, 17.94, 23.93, 29.61, 35.18, 40.02, 44.82, 50.76, 55.05, 61.01, 66.40, 75.47, 81.78},
        .start = {{500.0, 0.0001}, {250.0, 0.0005}},
        .certified = {2.3894212918E+02, 5.5015643181E-04},
        .residual_sum = 1.2455138894E-01,
    };
}

/* If `line` is "# KEY numbers ...", reads as many as there are and room for, and returns how many. */
static int numbers_after(const char *line, const char *key, double *number, int room)
{
    const size_t length = strlen(key);
    if (strncmp(line, "# ", 2) != 0 || strncmp(line + 2, key, length) != 0 || line[2 + length] != ' ')
        return 0;
    const char *at = line + 2 + length;
    int count = 0;
    for (char *end; count < room; at = end, count++) {
        number[count] = strtod(at, &end);
        if (end == at)
            break;
    }
    return count;
}

static bool read_lines(struct nist *nist, FILE *file)
{
    char line[512];
    int starts[STARTS] = {0}, certified = 0, sums = 0;

    while (fgets(line, sizeof line, file) != NULL) {
        if (line[0] == '#') {
            starts[0] += numbers_after(line, "start1", nist->start[0], MOST_PARAMETERS);
            starts[1] += numbers_after(line, "start2", nist->start[1], MOST_PARAMETERS);
            certified += numbers_after(line, "certified", nist->certified, MOST_PARAMETERS);
            sums += numbers_after(line, "residual_sum_of_squares", &nist->residual_sum, 1);
        } else if (nist->n == MOST_POINTS) {
            return false;
        } else if (sscanf(line, "%lf %lf", &nist->x[nist->n], &nist->y[nist->n]) == 2) {
            nist->n++;
        }
    }
    nist->p = certified;
    return nist->n > 0 && certified > 0 && starts[0] == certified && starts[1] == certified && sums == 1;
}

bool nist_read(struct nist *nist, enum problem problem, const char *folder)
{
    char path[1024];
    *nist = (struct nist){.problem = problem};
    snprintf(nist->name, sizeof nist->name, "%s", names[problem]);
    snprintf(path, sizeof path, "%s/nist/%s.txt", folder, names[problem]);

    FILE *file = fopen(path, "r");
    if (file == NULL) {
        fprintf(stderr, "%s: %s\n", path, strerror(errno));
        return false;
    }
    const bool understood = read_lines(nist, file);
    fclose(file);
    if (!understood)
        fprintf(stderr, "%s: not a NIST problem as this program knows them\n", path);
    return understood;
}
