// Dual numbers: a value in the program's own type and one directional derivative in long double. A test program
// compiled over them, `double` read as Dual<double> and so on, is the oracle that shares nothing with adgen.
//
// Values and branches are those of the C program: mixed arithmetic converts as C's does, and a function without a
// suffix computes in double. At kinks the conventions are interface.md's.

#ifndef ADGEN_TESTS_DUAL_HPP
#define ADGEN_TESTS_DUAL_HPP

#include <cmath>
#include <cstdarg>
#include <cstdio>
#include <type_traits>

namespace adgen_dual
{

using real = long double;

template <class A> constexpr bool is_plain = std::is_arithmetic_v<A> || std::is_enum_v<A>;

template <class T> struct Dual {
    T v;
    real d;

    Dual() = default;
    Dual(T value, real tangent) : v(value), d(tangent)
    {
    }
    template <class A, std::enable_if_t<is_plain<A>, int> = 0> Dual(A value) : v(T(value)), d(0)
    {
    }
    template <class U> Dual(const Dual<U> &other) : v(T(other.v)), d(other.d)
    {
    }
    template <class A, std::enable_if_t<is_plain<A>, int> = 0> explicit operator A() const
    {
        return A(v);
    }
    template <class B> Dual &operator+=(const B &b)
    {
        return *this = Dual(*this + b);
    }
    template <class B> Dual &operator-=(const B &b)
    {
        return *this = Dual(*this - b);
    }
    template <class B> Dual &operator*=(const B &b)
    {
        return *this = Dual(*this * b);
    }
    template <class B> Dual &operator/=(const B &b)
    {
        return *this = Dual(*this / b);
    }
    Dual &operator++()
    {
        return *this += 1;
    }
    Dual &operator--()
    {
        return *this -= 1;
    }
    Dual operator++(int)
    {
        const Dual was = *this;
        *this += 1;
        return was;
    }
    Dual operator--(int)
    {
        const Dual was = *this;
        *this -= 1;
        return was;
    }
};

// What an operand is worth: its value, its tangent, its C type.
template <class A> struct Operand {
    using type = decltype(+A());
    static constexpr bool dual = false;
    static type value(A a)
    {
        return +a;
    }
    static real tangent(A)
    {
        return 0;
    }
};

template <class T> struct Operand<Dual<T>> {
    using type = T;
    static constexpr bool dual = true;
    static T value(const Dual<T> &a)
    {
        return a.v;
    }
    static real tangent(const Dual<T> &a)
    {
        return a.d;
    }
};

template <class A, class = void> constexpr bool is_operand = is_plain<A>;
template <class T> constexpr bool is_operand<Dual<T>> = true;
template <class A> constexpr bool is_dual = false;
template <class T> constexpr bool is_dual<Dual<T>> = true;

// At least one dual number among operands.
template <class A, class B>
using if_dual = std::enable_if_t<is_operand<A> && is_operand<B> && (is_dual<A> || is_dual<B>), int>;

template <class A, class B> using common = decltype(typename Operand<A>::type() + typename Operand<B>::type());

template <class A> auto value(const A &a)
{
    return Operand<A>::value(a);
}

template <class A> real tangent(const A &a)
{
    return Operand<A>::tangent(a);
}

// partial * tangent, where a tangent of zero stays zero whatever the partial is.
inline real chain(real partial, real tangent)
{
    return tangent == 0 ? 0 : partial * tangent;
}

template <class T> Dual<T> operator-(const Dual<T> &a)
{
    return {-a.v, -a.d};
}

template <class T> Dual<T> operator+(const Dual<T> &a)
{
    return a;
}

template <class A, class B, if_dual<A, B> = 0> Dual<common<A, B>> operator+(const A &a, const B &b)
{
    using T = common<A, B>;
    return {T(T(value(a)) + T(value(b))), tangent(a) + tangent(b)};
}

template <class A, class B, if_dual<A, B> = 0> Dual<common<A, B>> operator-(const A &a, const B &b)
{
    using T = common<A, B>;
    return {T(T(value(a)) - T(value(b))), tangent(a) - tangent(b)};
}

template <class A, class B, if_dual<A, B> = 0> Dual<common<A, B>> operator*(const A &a, const B &b)
{
    using T = common<A, B>;
    const T x = value(a), y = value(b);
    return {T(x * y), chain(y, tangent(a)) + chain(x, tangent(b))};
}

template <class A, class B, if_dual<A, B> = 0> Dual<common<A, B>> operator/(const A &a, const B &b)
{
    using T = common<A, B>;
    const T x = value(a), y = value(b);
    return {T(x / y), chain(1 / real(y), tangent(a)) - chain(real(x) / real(y) / real(y), tangent(b))};
}

#define ADGEN_DUAL_COMPARE(op)                                                                                         \
    template <class A, class B, if_dual<A, B> = 0> bool operator op(const A &a, const B &b)                            \
    {                                                                                                                  \
        return common<A, B>(value(a)) op common<A, B>(value(b));                                                       \
    }
ADGEN_DUAL_COMPARE(<)
ADGEN_DUAL_COMPARE(>)
ADGEN_DUAL_COMPARE(<=)
ADGEN_DUAL_COMPARE(>=)
ADGEN_DUAL_COMPARE(==)
ADGEN_DUAL_COMPARE(!=)
#undef ADGEN_DUAL_COMPARE

template <class T> bool operator!(const Dual<T> &a)
{
    return !a.v;
}

// An integer on the left of an assignment operator: computed in the common type, then converted.
#define ADGEN_DUAL_ASSIGN(op, with)                                                                                    \
    template <class I, class T, std::enable_if_t<std::is_integral_v<I>, int> = 0>                                      \
    I &operator op(I &a, const Dual<T> &b)                                                                             \
    {                                                                                                                  \
        return a = I(T(a) with b.v);                                                                                   \
    }
ADGEN_DUAL_ASSIGN(+=, +)
ADGEN_DUAL_ASSIGN(-=, -)
ADGEN_DUAL_ASSIGN(*=, *)
ADGEN_DUAL_ASSIGN(/=, /)
#undef ADGEN_DUAL_ASSIGN

// psi(x), by recurrence up to 20 and the asymptotic series.
inline real digamma(real x)
{
    const real pi = 3.14159265358979323846264338327950288L;
    if (x < 0.5L)
        return digamma(1 - x) - pi / std::tan(pi * x);
    real sum = 0;
    for (; x < 20; x += 1)
        sum -= 1 / x;
    const real y = 1 / (x * x);
    const real series =
        y * (1 / 12.0L - y * (1 / 120.0L - y * (1 / 252.0L - y * (1 / 240.0L - y * (1 / 132.0L - y * 691 / 32760)))));
    return sum + std::log(x) - 1 / (2 * x) - series;
}

// The type in which a function of math.h computes: by its suffix, and by its argument in <tgmath.h>.
#ifdef ADGEN_DUAL_TGMATH
template <class T> using unsuffixed = T;
#else
template <class T> using unsuffixed = double;
#endif

#define ADGEN_DUAL_UNARY_AS(name, suffix, type, call, partial)                                                         \
    template <class A> auto name##suffix(Dual<A> a)->Dual<type>                                                        \
    {                                                                                                                  \
        using T = type;                                                                                                \
        const T u = T(a.v), r = call(u);                                                                               \
        const real x = u, f = call(x);                                                                                 \
        (void)x, (void)f;                                                                                              \
        return {r, chain(partial, a.d)};                                                                               \
    }
#define ADGEN_DUAL_UNARY(name, partial)                                                                                \
    ADGEN_DUAL_UNARY_AS(name, , unsuffixed<A>, std::name, partial)                                                     \
    ADGEN_DUAL_UNARY_AS(name, f, float, std::name, partial)                                                            \
    ADGEN_DUAL_UNARY_AS(name, l, long double, std::name, partial)

constexpr real log_2 = 0.693147180559945309417232121458176568L, log_10 = 2.30258509299404568401799145468436421L;
constexpr real two_over_sqrt_pi = 1.12837916709551257389615890312154517L;

ADGEN_DUAL_UNARY(acos, -1 / std::sqrt((1 - x) * (1 + x)))
ADGEN_DUAL_UNARY(asin, 1 / std::sqrt((1 - x) * (1 + x)))
ADGEN_DUAL_UNARY(atan, 1 / (1 + x * x))
ADGEN_DUAL_UNARY(cos, -std::sin(x))
ADGEN_DUAL_UNARY(sin, std::cos(x))
ADGEN_DUAL_UNARY(tan, 1 + f * f)
ADGEN_DUAL_UNARY(acosh, 1 / std::sqrt((x - 1) * (x + 1)))
ADGEN_DUAL_UNARY(asinh, 1 / std::sqrt(1 + x * x))
ADGEN_DUAL_UNARY(atanh, 1 / ((1 - x) * (1 + x)))
ADGEN_DUAL_UNARY(cosh, std::sinh(x))
ADGEN_DUAL_UNARY(sinh, std::cosh(x))
ADGEN_DUAL_UNARY(tanh, (1 - f) * (1 + f))
ADGEN_DUAL_UNARY(exp, f)
ADGEN_DUAL_UNARY(exp2, f *log_2)
ADGEN_DUAL_UNARY(expm1, std::exp(x))
ADGEN_DUAL_UNARY(log, 1 / x)
ADGEN_DUAL_UNARY(log10, 1 / (x * log_10))
ADGEN_DUAL_UNARY(log1p, 1 / (1 + x))
ADGEN_DUAL_UNARY(log2, 1 / (x * log_2))
ADGEN_DUAL_UNARY(logb, 0 * f)
ADGEN_DUAL_UNARY(cbrt, 1 / (3 * f * f))
ADGEN_DUAL_UNARY(fabs, x > 0 ? 1 : x < 0 ? -1 : 0)
ADGEN_DUAL_UNARY(sqrt, 1 / (2 * f))
ADGEN_DUAL_UNARY(erf, two_over_sqrt_pi *std::exp(-x *x))
ADGEN_DUAL_UNARY(erfc, -two_over_sqrt_pi *std::exp(-x *x))
ADGEN_DUAL_UNARY(lgamma, digamma(x))
ADGEN_DUAL_UNARY(tgamma, f *digamma(x))
ADGEN_DUAL_UNARY(ceil, 0)
ADGEN_DUAL_UNARY(floor, 0)
ADGEN_DUAL_UNARY(nearbyint, 0)
ADGEN_DUAL_UNARY(rint, 0)
ADGEN_DUAL_UNARY(round, 0)
ADGEN_DUAL_UNARY(trunc, 0)

#ifdef _DEFAULT_SOURCE
inline real bessel_j0(real x)
{
    return ::j0l(x);
}
inline real bessel_j1(real x)
{
    return ::j1l(x);
}
inline real bessel_y0(real x)
{
    return ::y0l(x);
}
inline real bessel_y1(real x)
{
    return ::y1l(x);
}
#define ADGEN_DUAL_BESSEL(name, partial)                                                                               \
    ADGEN_DUAL_UNARY_AS(name, , unsuffixed<A>, bessel_##name, partial)                                                 \
    ADGEN_DUAL_UNARY_AS(name, f, float, bessel_##name, partial)                                                        \
    ADGEN_DUAL_UNARY_AS(name, l, long double, bessel_##name, partial)
ADGEN_DUAL_BESSEL(j0, -::j1l(x))
ADGEN_DUAL_BESSEL(j1, ::j0l(x) - f / x)
ADGEN_DUAL_BESSEL(y0, -::y1l(x))
ADGEN_DUAL_BESSEL(y1, ::y0l(x) - f / x)
#undef ADGEN_DUAL_BESSEL
template <class A> Dual<double> jn(int n, const Dual<A> &a)
{
    return {::jn(n, double(a.v)), chain((::jnl(n - 1, a.v) - ::jnl(n + 1, a.v)) / 2, a.d)};
}
template <class A> Dual<double> yn(int n, const Dual<A> &a)
{
    return {::yn(n, double(a.v)), chain((::ynl(n - 1, a.v) - ::ynl(n + 1, a.v)) / 2, a.d)};
}
#endif

// One dual argument and an integer, or the result an integer.
#define ADGEN_DUAL_SCALED(name, suffix, type)                                                                          \
    template <class A> Dual<type> ldexp##suffix(const Dual<A> &a, int n)                                               \
    {                                                                                                                  \
        return {std::ldexp(type(a.v), n), std::ldexp(a.d, n)};                                                         \
    }                                                                                                                  \
    template <class A> Dual<type> scalbn##suffix(const Dual<A> &a, int n)                                              \
    {                                                                                                                  \
        return ldexp##suffix(a, n);                                                                                    \
    }                                                                                                                  \
    template <class A> Dual<type> scalbln##suffix(const Dual<A> &a, long n)                                            \
    {                                                                                                                  \
        return ldexp##suffix(a, int(n));                                                                               \
    }                                                                                                                  \
    template <class A> Dual<type> frexp##suffix(const Dual<A> &a, int *n)                                              \
    {                                                                                                                  \
        const type r = std::frexp(type(a.v), n);                                                                       \
        return {r, std::ldexp(a.d, -*n)};                                                                              \
    }                                                                                                                  \
    template <class A> Dual<type> modf##suffix(const Dual<A> &a, Dual<type> *whole)                                    \
    {                                                                                                                  \
        type part;                                                                                                     \
        const type r = std::modf(type(a.v), &part);                                                                    \
        *whole = Dual<type>(part, 0);                                                                                  \
        return {r, a.d};                                                                                               \
    }
ADGEN_DUAL_SCALED(, , unsuffixed<A>)
ADGEN_DUAL_SCALED(, f, float)
ADGEN_DUAL_SCALED(, l, real)
#undef ADGEN_DUAL_SCALED

#define ADGEN_DUAL_INTEGER(name, type)                                                                                 \
    template <class A> type name(const Dual<A> &a)                                                                     \
    {                                                                                                                  \
        return std::name(a.v);                                                                                         \
    }                                                                                                                  \
    template <class A> type name##f(const Dual<A> &a)                                                                  \
    {                                                                                                                  \
        return std::name(float(a.v));                                                                                  \
    }                                                                                                                  \
    template <class A> type name##l(const Dual<A> &a)                                                                  \
    {                                                                                                                  \
        return std::name((long double)a.v);                                                                            \
    }
ADGEN_DUAL_INTEGER(ilogb, int)
ADGEN_DUAL_INTEGER(lrint, long)
ADGEN_DUAL_INTEGER(llrint, long long)
ADGEN_DUAL_INTEGER(lround, long)
ADGEN_DUAL_INTEGER(llround, long long)
#undef ADGEN_DUAL_INTEGER

#define ADGEN_DUAL_TEST(name)                                                                                          \
    template <class A> bool name(const Dual<A> &a)                                                                     \
    {                                                                                                                  \
        return std::name(a.v);                                                                                         \
    }
ADGEN_DUAL_TEST(isnan)
ADGEN_DUAL_TEST(isinf)
ADGEN_DUAL_TEST(isfinite)
ADGEN_DUAL_TEST(isnormal)
ADGEN_DUAL_TEST(signbit)
#undef ADGEN_DUAL_TEST

#define ADGEN_DUAL_COMPARISON(name, op)                                                                                \
    template <class A, class B, if_dual<A, B> = 0> bool name(const A &a, const B &b)                                   \
    {                                                                                                                  \
        return value(a) op value(b);                                                                                   \
    }
ADGEN_DUAL_COMPARISON(isgreater, >)
ADGEN_DUAL_COMPARISON(isgreaterequal, >=)
ADGEN_DUAL_COMPARISON(isless, <)
ADGEN_DUAL_COMPARISON(islessequal, <=)
#undef ADGEN_DUAL_COMPARISON

// Two arguments: r is the value, x and y the arguments, dx and dy the tangents, in long double.
#ifdef ADGEN_DUAL_TGMATH
#define ADGEN_DUAL_COMMON common<A, B>
#else
#define ADGEN_DUAL_COMMON double
#endif
#define ADGEN_DUAL_BINARY_AS(name, suffix, type, result)                                                               \
    template <class A, class B, if_dual<A, B> = 0> Dual<type> name##suffix(const A &a, const B &b)                     \
    {                                                                                                                  \
        using T = type;                                                                                                \
        const T r = std::name(T(value(a)), T(value(b)));                                                               \
        const real x = T(value(a)), y = T(value(b)), dx = tangent(a), dy = tangent(b);                                 \
        constexpr bool a_dual = is_dual<A>;                                                                            \
        (void)x, (void)y, (void)dx, (void)dy, (void)a_dual;                                                            \
        return {r, result};                                                                                            \
    }
#define ADGEN_DUAL_BINARY(name, result)                                                                                \
    ADGEN_DUAL_BINARY_AS(name, , ADGEN_DUAL_COMMON, result)                                                            \
    ADGEN_DUAL_BINARY_AS(name, f, float, result)                                                                       \
    ADGEN_DUAL_BINARY_AS(name, l, long double, result)

inline real pow_tangent(real x, real y, real dx, real dy)
{
    const real by_x = y == 0 ? 0 : chain(y * std::pow(x, y - 1), dx);
    const real by_y = x == 0 && y > 0 ? 0 : chain(std::pow(x, y) * std::log(x), dy);
    return by_x + by_y;
}

inline real remainder_tangent(real x, real y, real dx, real dy)
{
    return dx - chain(std::nearbyint((x - std::remainder(x, y)) / y), dy);
}

ADGEN_DUAL_BINARY(atan2, chain(y / (x * x + y * y), dx) - chain(x / (x * x + y * y), dy))
ADGEN_DUAL_BINARY(hypot, chain(x / std::hypot(x, y), dx) + chain(y / std::hypot(x, y), dy))
ADGEN_DUAL_BINARY(pow, pow_tangent(x, y, dx, dy))
ADGEN_DUAL_BINARY(fmod, dx - chain(std::trunc(x / y), dy))
ADGEN_DUAL_BINARY(remainder, remainder_tangent(x, y, dx, dy))
ADGEN_DUAL_BINARY(copysign, std::signbit(x) == std::signbit(y) ? dx : -dx)
ADGEN_DUAL_BINARY(fdim, x > y ? dx - dy : 0)
ADGEN_DUAL_BINARY(fmax, std::isnan(y) || x > y ? dx : std::isnan(x) || y > x ? dy : a_dual && is_dual<B> ? dx : 0)
ADGEN_DUAL_BINARY(fmin, std::isnan(y) || x < y ? dx : std::isnan(x) || y < x ? dy : a_dual && is_dual<B> ? dx : 0)

#define ADGEN_DUAL_TERNARY(suffix, type)                                                                               \
    template <class A, class B, class C, std::enable_if_t<is_dual<A> || is_dual<B> || is_dual<C>, int> = 0>            \
    Dual<type> fma##suffix(const A &a, const B &b, const C &c)                                                         \
    {                                                                                                                  \
        return {std::fma(type(value(a)), type(value(b)), type(value(c))),                                              \
                chain(value(b), tangent(a)) + chain(value(a), tangent(b)) + tangent(c)};                               \
    }                                                                                                                  \
    template <class A, class B, if_dual<A, B> = 0> Dual<type> remquo##suffix(const A &a, const B &b, int *quotient)    \
    {                                                                                                                  \
        return {std::remquo(type(value(a)), type(value(b)), quotient),                                                 \
                remainder_tangent(value(a), value(b), tangent(a), tangent(b))};                                        \
    }
ADGEN_DUAL_TERNARY(, double)
ADGEN_DUAL_TERNARY(f, float)
ADGEN_DUAL_TERNARY(l, real)
#undef ADGEN_DUAL_TERNARY

// What a program prints is passive: print the values.
template <class A> A plain(A a)
{
    return a;
}
template <class T> auto plain(const Dual<T> &a)
{
    return a.v;
}
template <class... A> int print(const char *format, A... a)
{
    return std::printf(format, plain(a)...);
}
template <class... A> int print_to(std::FILE *file, const char *format, A... a)
{
    return std::fprintf(file, format, plain(a)...);
}
template <class... A> int print_text(char *text, std::size_t size, const char *format, A... a)
{
    return std::snprintf(text, size, format, plain(a)...);
}

template <class A> void put(std::FILE *file, const A &a)
{
    std::fprintf(file, "%.21Lg %.21Lg ", (long double)value(a), tangent(a));
}

} // namespace adgen_dual

using ad_f = adgen_dual::Dual<float>;
using ad_d = adgen_dual::Dual<double>;
using ad_ld = adgen_dual::Dual<long double>;

#define printf adgen_dual::print
#define snprintf adgen_dual::print_text

#endif
