# Types that the source itself defines: the header names those that its prototypes need; what has no tag is refused.
. "$CLI/common"
cat >model.c <<'END'
#include <adgen.h>
#define N 3
enum { M = 2 };
typedef struct {
    int n;
} hidden;
typedef hidden pair[M];
typedef enum { RED, GREEN } color;
struct layer {
    double w[N];
};
typedef struct net {
    struct layer layers[M];
} net;
typedef double row[N];

ADGEN_GRAD(a, v)
double f(const net *a, const struct layer *b, const double m[N][M], row v, row w[M])
{
    const pair p = {{0}, {1}};
    const color c = GREEN;
    return a->layers[p[1].n].w[0] * b->w[1] * m[1][1] * v[c] * w[1][2];
}
END
adgen 0 model.c -o out.c --header=out.h
lacks out.h 'hidden|pair|color'
strict out.c
cat >main.c <<'END'
#include "out.h"
int main(void)
{
    const double m[3][2] = {{0}, {0, 2}};
    double v[3] = {0, 3}, w[2][3] = {{0}, {0, 0, 5}}, v_bar[3] = {0};
    double a[6] = {0, 0, 0, 7}, a_bar[6] = {0}, b[3] = {0, 11};
    f_grad((net *)a, (struct layer *)b, m, v, w, (net *)a_bar, v_bar);
    return a_bar[3] == 330 && v_bar[1] == 770 ? 0 : 1;
}
END
cp main.c main.cpp
cc -std=c11 -pedantic-errors -Wall -Wextra -Werror -I"$INCLUDE" -c out.c 2>err || fail 'out.c'
cc -std=gnu11 -fno-strict-aliasing -I"$INCLUDE" main.c out.o -o main 2>err || fail 'C'
./main || fail 'wrong in C'
c++ -std=c++17 -fno-strict-aliasing -I"$INCLUDE" main.cpp out.o -o main 2>err || fail 'C++'
./main || fail 'wrong in C++'
rm out.c out.h

printf '#include <adgen.h>\ntypedef struct {\n    double x;\n} P;\nenum e { A, B };\nADGEN_GRAD(p)\ndouble f(const P *p, enum e k)\n{\n    return k * p->x;\n}\n' >model.c
adgen 1 model.c -o out.c --header=out.h
says "model.c:4:3: error: the header cannot name 'P', which 'model.c' itself defines"
says "note: define it in a header that 'model.c' includes, or give it a tag"
says "model.c:5:6: error: the header cannot name 'enum e'"
absent out.c
absent out.h
adgen 0 model.c -o out.c
