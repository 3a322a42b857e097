/*
 * adgen.h: how a program asks adgen for derivatives.
 *
 * Every macro here expands to nothing for an ordinary compiler (ADGEN_CHECKPOINT to a statement that does nothing);
 * only adgen, which defines __ADGEN__ while it reads, sees the words. So a source that includes this header compiles as
 * if the annotations weren't there.
 *
 * On a function's declaration or definition, in front of it:
 *
 *   ADGEN_GRAD(x, ...)          make f_grad: gradient of the real return value with respect to the parameters named
 *   ADGEN_VJP(x, ...)           make f_vjp: reverse mode, x_bar += J' y_bar
 *   ADGEN_JVP(x, ...)           make f_jvp: forward mode, y_dot = J x_dot
 *   ADGEN_HVP(x, ...)           make f_hvp: gradient, and Hessian times a vector
 *   ADGEN_JAC(y[m] / x[n])      make f_jac: dense Jacobian, row-major
 *   ADGEN_HESS(x[n])            make f_hess: dense Hessian, row-major
 *   ADGEN_CUSTOM_VJP(rule)      do not look inside: `rule`, declared as f_vjp would be, is the reverse mode of this
 * function ADGEN_CUSTOM_JVP(rule)      likewise for forward mode
 *
 * With no names (`ADGEN_GRAD()`), every parameter of real type is differentiated.
 *
 *   ADGEN_PASSIVE               in front of a function, a parameter or a local variable: its derivative is zero; of a
 *                               pointer, that of what is read and written through it
 *   ADGEN_CHECKPOINT(snapshots) a statement, first in the body of a loop: store the loop's state at no more than that
 *                               many steps, and recompute between them
 */
#ifndef ADGEN_H
#define ADGEN_H

#ifdef __ADGEN__

#define ADGEN_GRAD(...) __attribute__((annotate("adgen:grad:" #__VA_ARGS__)))
#define ADGEN_VJP(...) __attribute__((annotate("adgen:vjp:" #__VA_ARGS__)))
#define ADGEN_JVP(...) __attribute__((annotate("adgen:jvp:" #__VA_ARGS__)))
#define ADGEN_HVP(...) __attribute__((annotate("adgen:hvp:" #__VA_ARGS__)))
#define ADGEN_JAC(...) __attribute__((annotate("adgen:jac:" #__VA_ARGS__)))
#define ADGEN_HESS(...) __attribute__((annotate("adgen:hess:" #__VA_ARGS__)))
#define ADGEN_PASSIVE __attribute__((annotate("adgen:passive")))
#define ADGEN_CUSTOM_VJP(rule) __attribute__((annotate("adgen:custom_vjp:" #rule)))
#define ADGEN_CUSTOM_JVP(rule) __attribute__((annotate("adgen:custom_jvp:" #rule)))
#define ADGEN_CHECKPOINT(snapshots) _Static_assert((snapshots) > 0, "adgen:checkpoint:" #snapshots)

#else

#define ADGEN_GRAD(...)
#define ADGEN_VJP(...)
#define ADGEN_JVP(...)
#define ADGEN_HVP(...)
#define ADGEN_JAC(...)
#define ADGEN_HESS(...)
#define ADGEN_PASSIVE
#define ADGEN_CUSTOM_VJP(rule)
#define ADGEN_CUSTOM_JVP(rule)
#define ADGEN_CHECKPOINT(snapshots) ((void)0)

#endif

#endif
