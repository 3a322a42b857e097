// Storage by alloca that piles up in a loop, and is read when the loop is over.
// note: malloc

#include <adgen.h>
#include <alloca.h>
#include <stddef.h>

struct node {
    double x;
    struct node *next;
};

ADGEN_GRAD(x)
double f(double x, int n)
{
    struct node *list = NULL;
    for (int i = 0; i < n; i++) {
        struct node *v = (struct node *)alloca(sizeof *v); // error: pointers are kept to
        v->x = x * i;
        v->next = list;
        list = v;
    }
    double sum = 0;
    for (; list; list = list->next)
        sum = sum * x + list->x;
    return sum;
}
