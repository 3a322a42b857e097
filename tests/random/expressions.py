"""Random expressions: real ones of known size, integers of known range, conditions.

`bound` says how large a real expression can get; what is assigned is brought below LIMIT first, so that values stay tame
whatever the program does in its loops.
"""

import re

from tree import Condition, Integer, Real

LIMIT = 4.0
RANK = {"float": 0, "double": 1, "long double": 2}
SUFFIX = {"float": "f", "double": "", "long double": "l"}
CONSTANTS = ("SHARE", "0.5", "0.25", "1.5", "2.0", "(-0.75)", "1.0", "0.125", "3.0", "(-1.25)", "0.3", "0x1.8p-1")

# The text of a call with {f} for the suffix and {c} for a constant's; the bound for an argument x of any size.
BOUNDED = (
    "sin{f}({x})",
    "cos{f}({x})",
    "tanh{f}({x})",
    "atan{f}({x})",
    "erf{f}({x})",
    "exp{f}(-fabs{f}({x}))",
    "exp{f}(-{x} * {x})",
    "exp{f}(-0.5 * {x} * {x})",
    "cos{f}(floor{f}({x}))",
    "sin{f}(round{f}({x}))",
    "sin{f}(trunc{f}({x}) * 0.5)",
    "atan2{f}({x}, 1.5)",
    "atan2{f}(0.7, 1.0 + {x} * {x})",
    "asin{f}(0.9 * sin{f}({x}))",
    "acos{f}(0.9 * cos{f}({x}))",
    "expm1{f}(-fabs{f}({x}))",
    "exp2{f}(-fabs{f}({x}))",
    "fmod{f}({x}, 1.75)",
    "fmax{f}(-1.5, fmin{f}({x}, 1.25))",
    "fmin{f}(fmax{f}({x}, -0.75), 0.9)",
    "copysign{f}(0.8, {x})",
    "{x} / (1.0 + {x} * {x})",
    "{x} / (1.0 + fabs{f}({x}))",
    "1.0 / (1.0 + exp{f}(-{x}))",
    "pow{f}(1.0 + {x} * {x}, -0.75)",
    "atanh{f}(0.8 * tanh{f}({x}))",
    "1.0 / cosh{f}(0.25 * {x})",
)
GROWING = (
    "sqrt{f}(1.0 + {x} * {x})",
    "log{f}(1.5 + {x} * {x})",
    "log1p{f}({x} * {x})",
    "fabs{f}({x})",
    "fmax{f}({x}, 0.1)",
    "fmin{f}(0.7, {x})",
    "fdim{f}({x}, 0.3)",
    "hypot{f}({x}, 1.25)",
    "cbrt{f}(2.0 + {x} * {x})",
    "asinh{f}({x})",
    "pow{f}(1.0 + fabs{f}({x}), 0.75)",
    "floor{f}({x})",
    "log2{f}(2.0 + fabs{f}({x}))",
    "fma{f}({x}, 0.5, 0.25)",
    "ldexp{f}({x}, -1)",
    "tan{f}(0.3 * sin{f}({x}))",
    "lgamma{f}(2.5 + sin{f}({x}))",
)


def is_constant(text):
    """Whether there are numbers only, and functions of them, which C++ would call another overload for."""
    return not re.search(r"\b[A-Za-z_]\w*\b(?! *\()", re.sub(r"SHARE|0x[0-9.p+-]+[fL]?|\b[0-9.]+[fL]?|\((?:long )?(?:double|float)\)", "", text))


def wider(a, b):
    return a if RANK[a] >= RANK[b] else b


class Expressions:
    """Needs `dice`, `types` and `values`, the names of helpers of real arguments."""

    def chance(self, probability):
        return self.dice.random() < probability

    def pick(self, choices):
        return self.dice.choice(choices)

    # Integers

    def integer(self, scope, low, high):
        """An integer in low .. high."""
        fitting = [counter for counter in scope.counters if low <= counter.low and counter.high <= high]
        if fitting and self.chance(0.55):
            counter = self.pick(fitting)
            return Integer(counter.text, low=counter.low, high=counter.high)
        count = high - low + 1
        others = [counter for counter in scope.counters if counter.low >= 0]
        if others and count > 1 and self.chance(0.55):
            return self.wrapped(scope, self.pick(others), low, count)
        if scope.tables and self.chance(0.4):
            fitting = [table for table in scope.tables if low <= table.low and table.high <= high]
            if fitting:
                table = self.pick(fitting)
                return Integer(f"{table.text}[", self.integer(scope, 0, table.size - 1), "]", low=table.low, high=table.high)
        if count > 2 and self.chance(0.1):
            return self.from_real(scope, low, count)
        value = self.dice.randint(low, high)
        return Integer(str(value), low=value, high=value)

    def wrapped(self, scope, counter, low, count):
        """An unsigned remainder of something, moved to begin at `low`."""
        text = counter.text
        offset = self.dice.randrange(5)
        inner = self.pick((f"({text} + {offset})", f"({text} * {offset} + 1)", f"({text} + n)", f"({text} ^ 1)", f"({text} << 1)", f"({text} / 2)"))
        if "n)" in inner and not any(other.text == "n" for other in scope.counters):
            inner = f"({text} + 1)"
        parts = f"{inner} % {count}" if not low else f"{low} + {inner} % {count}"
        return Integer(f"({parts})", low=low, high=low + count - 1)

    def from_real(self, scope, low, count):
        """A cast of a real number to an integer, derivative zero."""
        x = self.leaf(scope)
        return Integer(f"({low} + (int)({count - 1}.9 * fabs(sin(", x, "))))", low=low, high=low + count - 1)

    def logical(self, scope):
        return Integer("(", self.comparison(scope), ")", low=0, high=1)

    # Real numbers

    def constant(self, type="double"):
        suffix = {"float": "f", "long double": "L"}.get(type, "")
        text = self.pick(CONSTANTS)
        if text == "SHARE":
            return Real(text, bound=3.0)
        text = text[:-1] + suffix + ")" if text.endswith(")") else text + suffix
        return Real(text, type=type, bound=3.0)

    def element(self, scope, array):
        return Real(f"{array.text}[", self.integer(scope, 0, array.size - 1), "]", type=array.type)

    def walked_element(self, scope, array):
        return Real(f"*({array.text} + ", self.integer(scope, 0, array.size - 1), ")", type=array.type)

    def cell(self, scope, matrix):
        rows, columns = self.integer(scope, 0, matrix.rows - 1), self.integer(scope, 0, matrix.columns - 1)
        return Real(f"{matrix.text}[", rows, "][", columns, "]", type=matrix.type)

    def leaf(self, scope):
        roll = self.dice.random()
        if roll < 0.5 and scope.places:
            place = self.pick(scope.places)
            return Real(place.text, type=place.type)
        if roll < 0.75 and scope.arrays:
            array = self.pick(scope.arrays)
            return self.walked_element(scope, array) if self.chance(0.08) else self.element(scope, array)
        if roll < 0.83 and scope.matrices:
            return self.cell(scope, self.pick(scope.matrices))
        if roll < 0.9 and scope.counters:
            return self.scaled_integer(scope)
        return self.constant(self.pick(self.types))

    def scaled_integer(self, scope):
        counter = self.pick(scope.counters)
        text = self.pick(("0.25 * {}", "(double){} / 4", "{} * 0.125"))
        return Real(f"({text.format(counter.text)})", bound=2.0)

    def real(self, scope, depth=2):
        if depth <= 0 or self.chance(0.12):
            return self.leaf(scope)
        kinds = ("sum", "product", "quotient", "function", "negative", "choice", "extremum", "helper", "cast", "logical_factor", "literal")
        kind = self.dice.choices(kinds, (30, 22, 8, 22, 5, 7, 2, 7, 2, 2, 1))[0]
        return getattr(self, kind)(scope, depth - 1)

    def sum(self, scope, depth):
        a, b = self.real(scope, depth), self.real(scope, depth)
        return Real("(", a, self.pick((" + ", " - ")), b, ")", type=wider(a.type, b.type), bound=a.bound + b.bound)

    def product(self, scope, depth):
        a, b = self.real(scope, depth), self.real(scope, depth)
        return Real("(", a, " * ", b, ")", type=wider(a.type, b.type), bound=a.bound * b.bound)

    def quotient(self, scope, depth):
        a, b = self.real(scope, depth), self.real(scope, depth)
        if self.chance(0.5) or is_constant(b.text()):
            return Real("(", a, " / (1.5 + ", b, " * ", b, "))", type=wider("double", wider(a.type, b.type)), bound=a.bound)
        type = wider(a.type, b.type) if self.generic else a.type
        return Real("(", a, " / (2.0 + cos(", b, ")))", type=wider("double", type), bound=a.bound)

    def negative(self, scope, depth):
        a = self.real(scope, depth)
        return Real("(-", a, ")", type=a.type, bound=a.bound)

    def function(self, scope, depth):
        a = self.real(scope, depth)
        return self.applied(a, self.pick(BOUNDED), 2.0) if self.chance(0.6) else self.applied(a, self.pick(GROWING), a.bound + 2)

    def applied(self, x, template, bound):
        """A call; the function's type is that of x, or double as people write it."""
        type = x.type if self.chance(0.6) or is_constant(x.text()) else "double"
        suffix = SUFFIX[type]
        if self.generic and not is_constant(x.text()):
            type, suffix = x.type, SUFFIX[x.type]
            if "," not in template:
                type, suffix = wider("double", x.type) if re.search(r"\d\.\d", template) else x.type, ""
        elif RANK[x.type] > RANK[type]:  # C++ would choose the function by the type of a passive argument
            x = Real(f"({type})", "(", x, ")", type=type, bound=x.bound)
        pieces = template.replace("{f}", suffix).split("{x}")
        parts = [pieces[0]]
        for piece in pieces[1:]:
            parts += [x, piece]
        return Real("(", *parts, ")", type=self.type_of(template, type, x.type), bound=bound)

    @staticmethod
    def type_of(template, type, argument):
        """The type of the whole, for a function of `type`."""
        if template.startswith("{x}"):
            return wider("double", argument)
        return wider("double", type) if template[0].isdigit() else type

    def same_type(self, a, b):
        """Both operands of ?: in one type, as C++ over dual numbers needs."""
        type = wider(a.type, b.type)
        a, b = (e if e.type == type else Real(f"({type})", "(", e, ")", type=type, bound=e.bound) for e in (a, b))
        return a, b, type

    def choice(self, scope, depth):
        a, b, type = self.same_type(self.real(scope, depth), self.real(scope, depth))
        return Real("(", self.condition(scope), " ? ", a, " : ", b, ")", type=type, bound=max(a.bound, b.bound))

    def extremum(self, scope, depth):
        a, b, type = self.same_type(self.real(scope, depth), self.real(scope, depth))
        if is_constant(a.text()) or is_constant(b.text()):
            return self.sum(scope, depth)
        name = self.pick(("fmax", "fmin")) + ("" if self.generic else SUFFIX[type])
        return Real(f"{name}(", a, ", ", b, ")", type=type, bound=max(a.bound, b.bound))

    def cast(self, scope, depth):
        a = self.real(scope, depth)
        type = self.pick(self.types)
        return Real(f"(({type})", "(", a, "))", type=type, bound=a.bound)

    def logical_factor(self, scope, depth):
        a = self.real(scope, depth)
        return Real("(", self.logical(scope), " * ", a, ")", type=a.type, bound=a.bound)

    def literal(self, scope, depth):
        """An element of a table without a name would be C only; a macro will do."""
        a = self.real(scope, depth)
        return Real("SQUARE(", a, ")", type=a.type, bound=a.bound * a.bound)

    def helper(self, scope, depth):
        if not self.values:
            return self.sum(scope, depth)
        name, type, count = self.pick(self.values)
        parts = [f"{name}("]
        for number in range(count):
            parts += [", "] if number else []
            parts.append(self.real(scope, depth))
        return Real(*parts, ")", type=type, bound=LIMIT)

    # Values that stay tame

    def squashed(self, x):
        roll = self.dice.random()
        if roll < 0.35 and x.bound < 10 * LIMIT:
            return Real(f"({0.8 * LIMIT / x.bound:.2g} * ", x, ")", type=wider("double", x.type), bound=LIMIT)
        return self.applied(x, self.pick(("sin{f}({x})", "tanh{f}({x})", "atan{f}({x})", "1.5 * cos{f}({x})", "2.0 * sin{f}({x})")), 2.0)

    def value(self, scope, depth=2):
        """An expression below LIMIT."""
        x = self.real(scope, depth)
        return x if x.bound <= LIMIT else self.squashed(x)

    def small(self, scope, depth=2):
        """An expression below 2."""
        x = self.real(scope, depth)
        return self.applied(x, self.pick(("sin{f}({x})", "tanh{f}({x})", "atan{f}({x})", "1.25 * cos{f}({x})", "{x} / (1.0 + {x} * {x})")), 2.0)

    # Conditions

    def comparison(self, scope):
        if scope.counters and self.chance(0.3):
            return self.integer_comparison(scope)
        other = self.constant() if self.chance(0.5) else self.leaf(scope)
        return Condition(self.leaf(scope), self.pick((" < ", " > ", " <= ", " >= ")), other)

    def integer_comparison(self, scope):
        """A question whose answer may be either: compilers warn about what is in a branch that cannot run."""
        counter = self.pick(scope.counters)
        text, low, high = counter.text, counter.low, counter.high
        forms = [f"{text} % 2 == 0", f"{text} & 1"]
        if low < high:
            forms += [f"{text} > {self.dice.randrange(low, high)}", f"{text} < {self.dice.randint(low + 1, high)}"]
            forms += [f"{text} {self.pick(('!=', '=='))} {self.dice.randint(low, high)}"]
        return Condition(self.pick(forms), on=text)

    def condition(self, scope):
        roll = self.dice.random()
        if roll < 0.15:
            a, b = self.comparison(scope), self.comparison(scope)
            if a.on and a.on == b.on:  # compilers see through two questions about one integer
                return a
            return Condition("(", a, self.pick((" && ", " || ")), b, ")")
        if roll < 0.2:
            return Condition("!(", self.comparison(scope), ")")
        return self.comparison(scope)
