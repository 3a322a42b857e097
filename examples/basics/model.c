/*
 * Five small functions, from one product to a graph whose weights are used several times. Each asks for its gradient
 * in one line; adgen writes NAME_grad beside it.
 */
#include <adgen.h>
#include <math.h>

/* The smallest one. With no names, adgen differentiates by every real parameter. */
ADGEN_GRAD()
double g(double x, double y, double z)
{
    return (x + y) * z;
}

/* A logistic neuron of two inputs; w[2] is its bias. */
ADGEN_GRAD(w, x)
double neuron(const double w[3], const double x[2])
{
    return 1.0 / (1.0 + exp(-(w[0] * x[0] + w[1] * x[1] + w[2])));
}

enum { SIZE = 3 };

/* y = W x */
static void product(double y[SIZE], const double w[SIZE][SIZE], const double x[SIZE])
{
    for (int i = 0; i < SIZE; i++) {
        y[i] = 0.0;
        for (int j = 0; j < SIZE; j++)
            y[i] += w[i][j] * x[j];
    }
}

/*
 * R(P, Q) = f3(f1(W1 u), f2(W2 u)), where u = f0(W0 P, Q) is used twice:
 * f0(a, b) = tanh(a + b), f1(a) = 1 / (1 + exp(-a)), f2(a) = log(1 + exp(a)), element by element; f3(a, b) = a'b.
 */
ADGEN_GRAD(w0, w1, w2, p, q)
double r(const double w0[SIZE][SIZE], const double w1[SIZE][SIZE], const double w2[SIZE][SIZE], const double p[SIZE],
         const double q[SIZE])
{
    double u[SIZE], left[SIZE], right[SIZE];
    double sum = 0.0;

    product(u, w0, p);
    for (int i = 0; i < SIZE; i++)
        u[i] = tanh(u[i] + q[i]);
    product(left, w1, u);
    product(right, w2, u);
    for (int i = 0; i < SIZE; i++)
        sum += 1.0 / (1.0 + exp(-left[i])) * log1p(exp(right[i]));
    return sum;
}

/* cos(tan(sin(cos(tan(sin( ... x ... )))))), `times` times over. */
ADGEN_GRAD(x)
double nested(int times, double x)
{
    for (int i = 0; i < times; i++)
        x = cos(tan(sin(x)));
    return x;
}

/*
 * A graph with shared weights:
 *
 *     z1 = theta1 r1    z2 = theta2 r2    s = softmax(z)
 *     y4 = sigmoid(theta1 r1 + theta3 r2)
 *     y5 = theta2 r1 + theta2 s1 + theta3 y4
 *     J  = -log s2 + y5^2
 */
ADGEN_GRAD(theta1, theta2, theta3)
double shared(double theta1, double theta2, double theta3, double r1, double r2)
{
    const double z1 = theta1 * r1, z2 = theta2 * r2;
    const double s1 = exp(z1) / (exp(z1) + exp(z2));
    const double s2 = exp(z2) / (exp(z1) + exp(z2));
    const double y4 = 1.0 / (1.0 + exp(-(theta1 * r1 + theta3 * r2)));
    const double y5 = theta2 * r1 + theta2 * s1 + theta3 * y4;
    return -log(s2) + y5 * y5;
}
