/* Functions with types and tables of their own, under names that the file has at file scope, too. */
struct point {
    double a, b;
};

static inline double of_unnamed(double x)
{
    static const struct {
        int n;
        double a, b;
    } table[] = {{1, 2.0, 3.0}, {2, 0.5, 0.25}};
    double s = 0.0;
    for (int i = 0; i < 2; i++)
        s += (table[i].a * x + table[i].b) * table[i].n;
    return s;
}

static inline double of_tag(double x)
{
    struct term {
        int k[3];
        double s, c;
    };
    static const struct term table[] = {{{1, 2, 3}, 2.0, 3.0}, {{0, 1, 2}, 0.5, 0.25}};
    double s = 0.0;
    for (int i = 0; i < 2; i++)
        for (int j = 0; j < 3; j++)
            s += table[i].s * sin(table[i].k[j] * x) + table[i].c;
    return s;
}

static inline double of_same_tag(double x)
{
    union term {
        int i;
        unsigned u;
    };
    struct point {
        double c;
        short k;
    };
    static const struct point values[] = {{3.0, 1}, {0.25, 2}};
    static const double two[] = {7.0, 8.0};
    enum mode { PLUS, MINUS = 4 };
    const enum mode mode = x > 0 ? PLUS : MINUS;
    union term t[2];
    t[0].u = 1;
    t[1].i = 0;
    double s = 0.0;
    for (int i = 0; i < 2; i++)
        s += values[t[i].i].c * x * x * values[i].k * two[i];
    return mode == PLUS ? s : 2 * s;
}

static inline double of_typedef(double x)
{
    typedef struct {
        double a;
        struct {
            int i;
            double f;
        } part;
    } pair;
    static const pair table[] = {{3.0, {1, 2.0}}, {0.25, {2, 4.0}}};
    pair q = {x, {3, 0.5}};
    return table[1].a * q.a * q.a + table[0].part.i * q.part.f + q.part.i * x * table[1].part.f;
}

typedef double values;
enum { two = 2 };
static const double table[3] = {1, 2, 3};
