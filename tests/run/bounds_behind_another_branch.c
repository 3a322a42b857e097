// A bound in a struct of which a branch before the loop has loaded another member.
// test: grad f(flag = 0, n = 2, net = {hidden = 3, other = 2, w = (3: -1..1)}, x[3] ~ 0.5 0.7 0.9)
// test: grad f(flag = 1, n = 2, net = {hidden = 3, other = 2, w = (3: -1..1)}, x[3] ~ 0.5 0.7 0.9)

#include <adgen.h>

struct net {
    int hidden, other;
    const double *w;
};

ADGEN_GRAD(x)
double f(int flag, int n, const struct net *net, const double *x)
{
    double s = 0.0;
    int m = 3;
    if (flag)
        m = net->other;
    for (int i = 0; i < n; i++) {
        for (int j = 0; j < net->hidden; j++)
            s += net->w[j] * x[j] * x[j] * m;
        s = s * x[0];
    }
    return s;
}
