/* random_permutation.c: permutations are those of torch.randperm, and a shuffle keeps the elements. */
#include "adgen_random.h"
#include "check.h"

/* torch.randperm(10), twice, seed 3 */
static const size_t expected[2][10] = {{6, 0, 3, 7, 8, 5, 1, 9, 2, 4}, {9, 8, 5, 3, 0, 6, 7, 2, 1, 4}};

int main(void)
{
    adgen_random random;
    size_t order[10], marks[3] = {7, 7, 9};
    adgen_random_seed(&random, 3);
    for (int k = 0; k < 2; k++) {
        adgen_random_permutation(&random, order, 10);
        for (int i = 0; i < 10; i++)
            CHECK(order[i] == expected[k][i]);
    }
    adgen_random_shuffle(&random, marks, 3);
    CHECK(marks[0] + marks[1] + marks[2] == 23);
    adgen_random_shuffle(&random, marks, 0);
    return check_result();
}
