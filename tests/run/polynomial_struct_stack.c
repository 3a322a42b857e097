// A small stack machine that evaluates a program over active values.
// test: grad f(x ~ 0.5, y ~ 2)

#include <adgen.h>

enum op { PUSH_X, PUSH_Y, ADD, MULTIPLY, NEGATE, HALT };
static const enum op code[] = {PUSH_X, PUSH_Y, MULTIPLY, PUSH_X, ADD, PUSH_Y, NEGATE, MULTIPLY, HALT};

ADGEN_GRAD(x, y)
double f(double x, double y)
{
    double stack[8];
    int top = 0;
    for (const enum op *p = code; *p != HALT; p++)
        switch (*p) {
        case PUSH_X:
            stack[top++] = x;
            break;
        case PUSH_Y:
            stack[top++] = y;
            break;
        case ADD:
            top--;
            stack[top - 1] += stack[top];
            break;
        case MULTIPLY:
            top--;
            stack[top - 1] *= stack[top];
            break;
        case NEGATE:
            stack[top - 1] = -stack[top - 1];
            break;
        default:
            return 0;
        }
    return stack[0];
}
