"""Random C programs that are valid, defined, numerically tame, and C++ as well.

Each program is a function with its helpers; a file holds several, so that the compilers' time is shared. Variables are
initialised where they are declared and a loop is counted in its own header, so that the reducer can take out lines.
WEIGHTS says how often each construct comes; the constructs of the second half are those of real programs.
"""

import random

WEIGHTS = {
    "declare": 8,
    "assign": 14,
    "assign_by": 12,
    "element": 10,
    "element_by": 8,
    "increment": 2,
    "comma": 2,
    "chain": 2,
    "if_": 8,
    "if_else": 8,
    "for_": 9,
    "for_down": 3,
    "for_two": 2,
    "while_": 4,
    "do_": 3,
    "switch": 4,
    "break_": 3,
    "continue_": 3,
    "return_": 2,
    "block": 1,
    "call": 6,
    "call_in_place": 3,
    "pointer": 4,
    "walk": 4,
    "struct": 5,
    "struct_copy": 2,
    "struct_call": 2,
    "out": 4,
    "integer": 4,
    "side_effect": 3,
    "conditional_assignment": 3,
    "variable_array": 2,
    "print": 1,
    "select_pointer": 3,
    "ping_pong": 2,
    "copy": 2,
    "clear": 1,
    "allocate": 2,
    "goto_end": 2,
    "goto_back": 1,
    "sort": 1,
    "recurse": 2,
    "function_pointer": 2,
    "global_": 2,
    "static_": 1,
    "rows": 1,
    "shift": 1,
    "scatter": 2,
}
# What the first release supports; the rest comes with `full`.
CORE = list(WEIGHTS)[: list(WEIGHTS).index("select_pointer")]

PRELUDE = """#include <adgen.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct pair {
    double a, b;
    double c[2];
    int k;
};
"""


class Array:
    def __init__(self, name, size, writable=True):
        self.name = name
        self.size = size
        self.writable = writable


class Scope:
    """What can be named here."""

    def __init__(self, outer=None):
        self.reals = list(outer.reals) if outer else []
        self.writable = list(outer.writable) if outer else []
        self.arrays = list(outer.arrays) if outer else []
        self.structs = list(outer.structs) if outer else []
        self.ints = list(outer.ints) if outer else []
        self.loops = outer.loops if outer else 0
        self.breakable = outer.breakable if outer else False
        self.continuable = outer.continuable if outer else False


class Function:
    """Writes one program: `self.lines` is its text, `self.test` its header line."""

    def __init__(self, number, seed, full, mixed=False):
        self.number = number
        self.dice = random.Random(seed)
        self.full = full
        self.kinds = list(WEIGHTS) if full else CORE
        self.weights = [WEIGHTS[kind] for kind in self.kinds]
        self.names = 0
        self.helpers = []
        self.lines = []
        self.depth = 0
        self.helper_names = []
        self.void_result = False
        self.labels = []
        self.mixed = mixed
        self.make()

    # Names and numbers

    def name(self, stem):
        self.names += 1
        return f"{stem}{self.names}"

    def chance(self, probability):
        return self.dice.random() < probability

    def constant(self):
        return self.dice.choice(("0.5", "0.25", "1.5", "2.0", "-0.75", "1.0", "0.125", "3.0", "-1.25", "0.3"))

    # Expressions

    def index(self, scope, size):
        """An integer expression in 0 .. size - 1."""
        fitting = [name for name, bound in scope.ints if bound <= size]
        if fitting and self.chance(0.5):
            return self.dice.choice(fitting)
        if scope.ints and self.chance(0.6):
            name, _ = self.dice.choice(scope.ints)
            return f"({name} + {self.dice.randrange(size)}) % {size}"
        return str(self.dice.randrange(size))

    def place(self, scope, array):
        return f"{array.name}[{self.index(scope, array.size)}]"

    def leaf(self, scope):
        roll = self.dice.random()
        if roll < 0.5 and scope.reals:
            return self.dice.choice(scope.reals)
        if roll < 0.75 and scope.arrays:
            return self.place(scope, self.dice.choice(scope.arrays))
        if roll < 0.83 and scope.structs:
            struct = self.dice.choice(scope.structs)
            return self.dice.choice((f"{struct}a", f"{struct}b", f"{struct}c[{self.index(scope, 2)}]"))
        if roll < 0.9 and scope.ints:
            return f"0.25 * {self.dice.choice(scope.ints)[0]}"
        return self.constant()

    def function(self, argument):
        return self.dice.choice(
            (
                f"sin({argument})",
                f"cos({argument})",
                f"tanh({argument})",
                f"atan({argument})",
                f"exp(-fabs({argument}))",
                f"sqrt(1.0 + {argument} * {argument})",
                f"log(1.5 + {argument} * {argument})",
                f"fabs({argument})",
                f"fmax({argument}, 0.1)",
                f"fmin(0.7, {argument})",
                f"1.0 / (1.0 + exp(-{argument}))",
                f"pow(1.0 + {argument} * {argument}, 0.75)",
                f"hypot({argument}, 1.25)",
                f"floor({argument})",
                f"erf({argument})",
            )
        )

    def expression(self, scope, depth=2):
        if depth == 0 or self.chance(0.15):
            return self.leaf(scope)
        roll = self.dice.random()
        a = self.expression(scope, depth - 1)
        if roll < 0.1:
            return f"-({a})"
        if roll < 0.25:
            return self.function(self.tight(a))
        if roll < 0.33:
            b = self.expression(scope, depth - 1)
            if self.mixed:
                a, b = f"(double)({a})", f"(double)({b})"
            return f"({self.condition(scope)} ? {a} : {b})"
        if roll < 0.4 and self.helper_names:
            return f"{self.dice.choice(self.helper_names)}({a}, {self.expression(scope, depth - 1)})"
        b = self.expression(scope, depth - 1)
        if roll < 0.5:
            b = self.tight(b)
            return f"({a}) / (1.5 + {b} * {b})"
        return f"({a} {self.dice.choice('+-**')} {self.tight(b)})"

    @staticmethod
    def tight(text):
        return text if text.replace("_", "a").isalnum() else f"({text})"

    def tame(self, scope, depth=2):
        """An expression whose value is between -2 and 2."""
        text = self.expression(scope, depth)
        return self.dice.choice((f"sin({text})", f"tanh({text})", f"1.5 * cos({text})", f"atan({text})"))

    def value(self, scope, depth=2):
        return self.tame(scope, depth) if scope.loops or self.chance(0.4) else self.expression(scope, depth)

    def condition(self, scope):
        roll = self.dice.random()
        if roll < 0.2 and scope.ints:
            name, _ = self.dice.choice(scope.ints)
            return self.dice.choice((f"{name} % 2 == 0", f"{name} > 1", f"{name} != 2"))
        if roll < 0.35:
            return f"({self.comparison(scope)} {self.dice.choice(('&&', '||'))} {self.comparison(scope)})"
        if roll < 0.42:
            return f"!({self.comparison(scope)})"
        return self.comparison(scope)

    def comparison(self, scope):
        return f"{self.leaf(scope)} {self.dice.choice(('<', '>', '<=', '>='))} {self.dice.choice((self.constant(), self.leaf(scope)))}"

    # Lines

    def put(self, text):
        self.lines.append("    " * self.depth + text)

    def body(self, scope, count, **changes):
        """A block's statements."""
        inner = Scope(scope)
        for key, value in changes.items():
            setattr(inner, key, value)
        self.depth += 1
        for _ in range(count):
            self.statement(inner)
        self.depth -= 1
        return inner

    def statement(self, scope):
        for _ in range(20):
            kind = self.dice.choices(self.kinds, self.weights)[0]
            nests = kind in ("if_", "if_else", "for_", "for_down", "for_two", "while_", "do_", "switch", "block", "goto_back")
            if nests and self.depth > (4 if self.full else 3):
                continue
            if getattr(self, kind)(scope) is not False:
                return

    def few(self):
        return self.dice.randint(1, 3)

    def target(self, scope):
        """A scalar that can be assigned to."""
        roll = self.dice.random()
        if scope.structs and roll < 0.15:
            return f"{self.dice.choice(scope.structs)}{self.dice.choice(('a', 'b', 'c[0]', 'c[1]'))}"
        return self.dice.choice(scope.writable) if scope.writable else None

    def declare(self, scope):
        name = self.name("t")
        if self.mixed and self.chance(0.5):
            self.put(f"{self.dice.choice(('float', 'long double'))} {name} = {self.value(scope)};")
            scope.reals.append(name)
            self.by(scope, name)
            return
        self.put(f"double {name} = {self.value(scope)};")
        scope.reals.append(name)
        scope.writable.append(name)

    def assign(self, scope):
        target = self.target(scope)
        if not target:
            return False
        self.put(f"{target} = {self.value(scope, 3)};")

    def assign_by(self, scope):
        target = self.target(scope)
        if not target:
            return False
        self.by(scope, target)

    def by(self, scope, target):
        operator = self.dice.choice(("+=", "-=", "*=", "/="))
        if operator == "*=":
            self.put(f"{target} *= 0.5 + 0.25 * {self.tame(scope)};")
        elif operator == "/=":
            self.put(f"{target} /= 2.5 + 0.5 * {self.tame(scope)};")
        else:
            self.put(f"{target} {operator} 0.5 * {self.tame(scope)};")

    def writable_array(self, scope):
        arrays = [array for array in scope.arrays if array.writable]
        return self.dice.choice(arrays) if arrays else None

    def element(self, scope):
        array = self.writable_array(scope)
        if not array or self.chance(0.2):
            size = self.dice.randint(2, 5)
            name = self.name("r")
            values = ", ".join(self.value(scope, 1) for _ in range(self.dice.randint(1, size)))
            self.put(f"double {name}[{size}] = {{{values}}};")
            scope.arrays.append(Array(name, size))
            return
        self.put(f"{self.place(scope, array)} = {self.value(scope, 3)};")

    def element_by(self, scope):
        array = self.writable_array(scope)
        if not array:
            return False
        self.by(scope, self.place(scope, array))

    def increment(self, scope):
        if not scope.writable or scope.loops:
            return False
        target = self.dice.choice(scope.writable)
        self.put(self.dice.choice((f"{target}++;", f"--{target};", f"++{target};")))

    def comma(self, scope):
        if len(scope.writable) < 2:
            return False
        a, b = self.dice.sample(scope.writable, 2)
        self.put(f"{a} = {self.tame(scope)}, {b} = {self.tame(scope)} * {a};")

    def chain(self, scope):
        if len(scope.writable) < 2:
            return False
        a, b = self.dice.sample(scope.writable, 2)
        self.put(f"{a} = {b} = {self.tame(scope)};")

    def if_(self, scope):
        self.put(f"if ({self.condition(scope)}) {{")
        self.body(scope, self.few())
        self.put("}")

    def if_else(self, scope):
        self.put(f"if ({self.condition(scope)}) {{")
        self.body(scope, self.few())
        if self.chance(0.3):
            self.put(f"}} else if ({self.condition(scope)}) {{")
            self.body(scope, self.few())
        self.put("} else {")
        self.body(scope, self.few())
        self.put("}")

    def loop_body(self, scope, counters):
        inner = Scope(scope)
        inner.ints += counters
        self.body(inner, self.few(), loops=scope.loops + 1, breakable=True, continuable=True)
        self.put("}")

    def for_(self, scope):
        if scope.loops > 1:
            return False
        i = self.name("i")
        bound, limit = self.dice.choice((("n", 4), (str(self.dice.randint(2, 4)), 4)))
        step = self.dice.choice((f"{i}++", f"++{i}", f"{i} += 2", f"{i} = {i} + 1"))
        self.put(f"for (int {i} = 0; {i} {self.dice.choice(('<', '!=')) if '2' not in step else '<'} {bound}; {step}) {{")
        self.loop_body(scope, [(i, limit)])

    def for_down(self, scope):
        if scope.loops > 1:
            return False
        i = self.name("i")
        self.put(f"for (int {i} = {self.dice.randint(1, 3)}; {i} >= 0; {i}--) {{")
        self.loop_body(scope, [(i, 4)])

    def for_two(self, scope):
        if scope.loops > 1:
            return False
        i, j = self.name("i"), self.name("j")
        self.put(f"for (int {i} = 0, {j} = n; {i} < {j}; {i}++, {j}--) {{")
        self.loop_body(scope, [(i, 3), (j, 5)])

    def while_(self, scope):
        if scope.loops > 1:
            return False
        k = self.name("k")
        self.put(f"int {k} = 0;")
        condition = f" && {self.comparison(scope)}" if self.chance(0.5) else ""
        self.put(f"while ({k}++ < {self.dice.randint(1, 4)}{condition}) {{")
        self.loop_body(scope, [(k, 6)])

    def do_(self, scope):
        if scope.loops > 1:
            return False
        k = self.name("k")
        self.put(f"int {k} = 0;")
        self.put("do {")
        inner = Scope(scope)
        inner.ints.append((k, 6))
        self.body(inner, self.few(), loops=scope.loops + 1, breakable=True, continuable=True)
        self.put(f"}} while (++{k} < {self.dice.randint(1, 4)});")

    def switch(self, scope):
        if not scope.ints:
            return False
        name, _ = self.dice.choice(scope.ints)
        labels = self.dice.sample(range(4), self.dice.randint(1, 3))
        parts = [f"case {label}:" for label in labels]
        if self.chance(0.7):
            parts.insert(self.dice.randint(0, len(parts)), "default:")
        self.put(f"switch ({name} % 4) {{")
        for part in parts:
            self.put(part + " {")
            self.body(scope, self.few(), breakable=True)
            self.put("}")
            if self.chance(0.7):
                self.depth += 1
                self.put("break;")
                self.depth -= 1
        self.put("}")

    def break_(self, scope):
        if not scope.breakable:
            return False
        self.put(f"if ({self.condition(scope)})")
        self.put("    break;")

    def continue_(self, scope):
        if not scope.continuable:
            return False
        self.put(f"if ({self.condition(scope)})")
        self.put("    continue;")

    def return_(self, scope):
        if self.labels is None:
            return False
        self.put(f"if ({self.condition(scope)})")
        self.put("    return;" if self.void_result else f"    return {self.expression(scope)};")

    def block(self, scope):
        self.put("{")
        self.body(scope, self.few())
        self.put("}")

    def integer(self, scope):
        name = self.name("m")
        text = f"({self.dice.choice(scope.ints)[0]} * {self.dice.randint(1, 5)} + {self.dice.randint(0, 3)}) % 4" if scope.ints else "1"
        if self.chance(0.3):
            text = f"{self.comparison(scope)} ? {self.dice.randrange(4)} : {text}"
        self.put(f"int {name} = {text};")
        scope.ints.append((name, 4))

    def side_effect(self, scope):
        if not scope.writable:
            return False
        array = self.writable_array(scope)
        target = self.dice.choice(scope.writable)
        if array and self.chance(0.5):
            k = self.name("k")
            self.put(f"int {k} = {self.dice.randrange(array.size - 1)};")
            self.put(f"{array.name}[{k}++] {self.dice.choice(('+=', '=', '-='))} {self.tame(scope)};")
            scope.ints.append((k, array.size))
            return
        self.put(f"if (({target} = {self.tame(scope)}) {self.dice.choice('<>')} {self.constant()}) {{")
        self.body(scope, 1)
        self.put("}")

    def conditional_assignment(self, scope):
        target = self.target(scope)
        if not target:
            return False
        a, b = self.tame(scope), self.tame(scope)
        if self.mixed:
            a, b = f"(double)({a})", f"(double)({b})"
        self.put(f"{target} = {self.condition(scope)} ? {a} : {b};")

    def variable_array(self, scope):
        name, i = self.name("z"), self.name("i")
        self.put(f"double {name}[n + 3];")
        self.put(f"for (int {i} = 0; {i} < n + 3; {i}++)")
        inner = Scope(scope)
        inner.ints.append((i, 7))
        self.put(f"    {name}[{i}] = {self.tame(inner)};")
        scope.arrays.append(Array(name, 4))

    def print(self, scope):
        self.put(f'printf("%d %.3g\\n", n, {self.leaf(scope)} * 1.0);')

    # Pointers, structs, calls

    def pointer(self, scope):
        name = self.name("p")
        array = self.writable_array(scope)
        if array and self.chance(0.6):
            self.put(f"double *{name} = {array.name} + {self.dice.randrange(array.size)};")
        else:
            plain = [target for target in scope.writable if target.isalnum()]
            if not plain:
                return False
            self.put(f"double *{name} = &{self.dice.choice(plain)};")
        self.put(f"*{name} = {self.tame(scope)};")
        scope.reals.append(f"*{name}")
        scope.writable.append(f"*{name}")

    def walk(self, scope):
        if not scope.arrays or not scope.writable:
            return False
        array = self.dice.choice(scope.arrays)
        p, end = self.name("p"), self.name("e")
        target = self.dice.choice(scope.writable)
        qualifier = "" if array.writable else "const "
        self.put(f"{qualifier}double *{p} = {array.name}, *{end} = {p} + {array.size};")
        if array.writable and self.chance(0.4):
            self.put(f"while ({p} < {end})")
            self.put(f"    *{p}++ = 0.5 * {self.tame(scope, 1)};")
        elif self.chance(0.5):
            self.put(f"while ({p} != {end})")
            self.put(f"    {target} = 0.5 * {target} + 0.5 * sin(*{p}++);")
        else:
            self.put(f"while ({end} > {p})")
            self.put(f"    {target} = cos({target}) * 0.75 + 0.25 * tanh(*--{end});")

    def struct(self, scope):
        name = self.name("s")
        values = ", ".join(self.value(scope, 1) for _ in range(2))
        self.put(f"struct pair {name} = {{{values}, {{{self.value(scope, 1)}, {self.leaf(scope)}}}, {self.dice.randrange(3)}}};")
        scope.structs.append(name + ".")
        scope.ints.append((f"{name}.k", 3))

    def struct_copy(self, scope):
        values = [name for name in scope.structs if name.endswith(".")]
        if not values:
            return False
        other = self.dice.choice(values)[:-1]
        if len(values) > 1 and self.chance(0.5):
            self.put(f"{self.dice.choice(values)[:-1]} = {other};")
            return
        name = self.name("s")
        self.put(f"struct pair {name} = {other};")
        scope.structs.append(name + ".")

    def struct_call(self, scope):
        values = [name for name in scope.structs if name.endswith(".")]
        if not values:
            return False
        struct = self.dice.choice(values)[:-1]
        helper = f"turn{self.number}_{self.names}"
        self.names += 1
        q = Scope()
        q.structs, q.reals = ["q->"], ["by"]
        lines = [f"static void {helper}(struct pair *q, double by)", "{"]
        lines += [f"    q->{part} = {self.tame(q)};" for part in self.dice.sample(("a", "b", "c[0]", "c[1]"), 2)] + ["}", ""]
        self.helpers += lines
        self.put(f"{helper}(&{struct}, {self.expression(scope, 1)});")

    def out(self, scope):
        if not self.out_size:
            return False
        self.put(f"out[{self.index(scope, self.out_size)}] {self.dice.choice(('=', '+='))} {self.tame(scope)};")

    def call(self, scope):
        if not scope.writable:
            return False
        helper = f"g{self.number}_{self.names}"
        self.names += 1
        inner = Scope()
        inner.reals = ["a", "b", "*r"]
        lines = [f"static void {helper}(double a, double b, double *r)", "{"]
        if self.chance(0.5):
            lines += [f"    if ({self.comparison(inner)})", f"        a = {self.tame(inner)};"]
        if self.chance(0.4):
            lines += ["    for (int i = 0; i < 3; i++)", f"        b = {self.tame(inner)};"]
        if self.chance(0.2):
            lines += [f"    if ({self.comparison(inner)})", "        return;"]
        lines += [f"    *r = {self.tame(inner)} + 0.5 * *r;", "}", ""]
        self.helpers += lines
        target = self.dice.choice(scope.writable)
        address = target[1:] if target.startswith("*") else f"&{target}"
        self.put(f"{helper}({self.expression(scope, 1)}, {self.leaf(scope)}, {address});")

    def call_in_place(self, scope):
        array = self.writable_array(scope)
        if not array:
            return False
        helper = f"w{self.number}_{self.names}"
        self.names += 1
        inner = Scope()
        inner.reals, inner.arrays, inner.ints = ["by"], [Array("a", 1)], []
        lines = [f"static double {helper}(int m, double *a, double by)", "{", "    double s = by;", "    for (int i = 0; i < m; i++) {"]
        inner.reals += ["a[i]", "s"]
        lines += [f"        a[i] = {self.tame(inner)};", f"        s += 0.25 * {self.tame(inner)};", "    }"]
        lines += ["    return s;", "}", ""]
        self.helpers += lines
        name = self.name("t")
        self.put(f"double {name} = {helper}({array.size}, {array.name}, {self.leaf(scope)});")
        scope.reals.append(name)
        scope.writable.append(name)

    # The constructs of real programs

    def select_pointer(self, scope):
        arrays = [array for array in scope.arrays if array.writable]
        if len(arrays) < 2:
            return False
        a, b = self.dice.sample(arrays, 2)
        name = self.name("p")
        if self.chance(0.5):
            self.put(f"double *{name} = {self.condition(scope)} ? {a.name} : {b.name};")
        else:
            self.put(f"double *{name} = {a.name};")
            self.put(f"if ({self.condition(scope)})")
            self.put(f"    {name} = {b.name};")
        scope.arrays.append(Array(name, min(a.size, b.size)))

    def ping_pong(self, scope):
        if scope.loops:
            return False
        size = self.dice.randint(2, 4)
        a, b, p, q, t, i, k = (self.name(stem) for stem in "bbpqtik")
        self.put(f"double {a}[{size}] = {{{self.leaf(scope)}, {self.leaf(scope)}}}, {b}[{size}] = {{0}}, *{p} = {a}, *{q} = {b};")
        inner = Scope(scope)
        inner.ints += [(i, size)]
        inner.arrays += [Array(p, size)]
        self.put(f"for (int {k} = 0; {k} < {self.dice.randint(1, 4)}; {k}++) {{")
        self.put(f"    for (int {i} = 0; {i} < {size}; {i}++)")
        self.put(f"        {q}[{i}] = sin({p}[{i}] + {self.tame(inner)});")
        self.put(f"    double *{t} = {p};")
        self.put(f"    {p} = {q};")
        self.put(f"    {q} = {t};")
        self.put("}")
        scope.arrays += [Array(p, size), Array(q, size)]

    def copy(self, scope):
        array = self.writable_array(scope)
        others = [other for other in scope.arrays if other is not array and not other.name.startswith("p") and not other.name.startswith("q")]
        if not array or not others or array.name[0] in "pq":
            return False
        other = self.dice.choice(others)
        size = min(array.size, other.size)
        if self.chance(0.3) and array.size > 1:
            self.put(f"memmove({array.name} + 1, {array.name}, {array.size - 1} * sizeof(double));")
        else:
            self.put(f"memcpy({array.name}, {other.name}, {size} * sizeof *{array.name});")

    def clear(self, scope):
        array = self.writable_array(scope)
        if not array:
            return False
        self.put(f"memset({array.name}, 0, {array.size} * sizeof(double));")

    def allocate(self, scope):
        if self.depth > 2 or self.labels is None:
            return False
        size = self.dice.randint(2, 4)
        name, i = self.name("h"), self.name("i")
        how = self.dice.choice((f"malloc({size} * sizeof(double))", f"calloc({size}, sizeof(double))"))
        self.put(f"double *{name} = (double *){how};")
        self.put(f"for (int {i} = 0; {i} < {size}; {i}++)")
        inner = Scope(scope)
        inner.ints.append((i, size))
        self.put(f"    {name}[{i}] = {self.tame(inner)};")
        was, self.labels = self.labels, None
        inner = Scope(scope)
        inner.arrays.append(Array(name, size))
        self.put("{")
        self.body(inner, self.few())
        self.put("}")
        self.labels = was
        target = self.target(scope)
        if target:
            self.put(f"{target} = sin({name}[0] * {name}[{size - 1}]);")
        self.put(f"free({name});")

    def goto_end(self, scope):
        if self.labels is None or self.void_result:
            return False
        label = "end"
        if label not in self.labels:
            self.labels.append(label)
        target = self.dice.choice(scope.reals) if scope.reals else "0"
        self.put(f"if ({self.condition(scope)}) {{")
        self.put(f"    result = {target} * 1.5;")
        self.put(f"    goto {label};")
        self.put("}")

    def goto_back(self, scope):
        if scope.loops or self.depth > 2:
            return False
        k, label = self.name("k"), self.name("again")
        self.put(f"int {k} = 0;")
        self.lines.append(f"{label}:")
        self.put(f"{k}++;")
        was, self.labels = self.labels, None
        target = self.target(scope)
        if target:
            self.put(f"{target} = {self.tame(scope)};")
        self.put("{")
        self.body(scope, 1, loops=scope.loops + 1, breakable=False, continuable=False)
        self.put("}")
        self.labels = was
        self.put(f"if ({k} < {self.dice.randint(2, 4)})")
        self.put(f"    goto {label};")

    def sort(self, scope):
        array = self.writable_array(scope)
        if not array or scope.loops:
            return False
        i, j, t = self.name("i"), self.name("j"), self.name("t")
        a = array.name
        self.put(f"for (int {i} = 1; {i} < {array.size}; {i}++)")
        self.put(f"    for (int {j} = {i}; {j} > 0 && {a}[{j} - 1] > {a}[{j}]; {j}--) {{")
        self.put(f"        const double {t} = {a}[{j}];")
        self.put(f"        {a}[{j}] = {a}[{j} - 1];")
        self.put(f"        {a}[{j} - 1] = {t};")
        self.put("    }")

    def recurse(self, scope):
        helper = f"c{self.number}_{self.names}"
        self.names += 1
        inner = Scope()
        inner.reals, inner.ints = ["a", "b"], [("m", 4)]
        lines = [f"static double {helper}(int m, double a, double b)", "{", "    if (m <= 0)", f"        return {self.tame(inner)};"]
        if self.chance(0.5):
            lines += [f"    if ({self.comparison(inner)})", f"        b = {self.tame(inner)};"]
        lines += [f"    const double t = {helper}(m - 1, {self.tame(inner)}, b);", f"    return {self.tame(inner)} * t + b;", "}", ""]
        self.helpers += lines
        name = self.name("t")
        self.put(f"double {name} = {helper}({self.dice.randint(1, 3)}, {self.leaf(scope)}, {self.leaf(scope)});")
        scope.reals.append(name)
        scope.writable.append(name)

    def function_pointer(self, scope):
        names = []
        for _ in range(2):
            helper = f"u{self.number}_{self.names}"
            self.names += 1
            inner = Scope()
            inner.reals = ["a"]
            self.helpers += [f"static double {helper}(double a)", "{", f"    return {self.tame(inner)};", "}", ""]
            names.append(helper)
        name, result = self.name("fp"), self.name("t")
        if self.chance(0.5):
            self.put(f"double (*{name}[2])(double) = {{{names[0]}, {names[1]}}};")
            self.put(f"double {result} = {name}[{self.index(scope, 2)}]({self.leaf(scope)});")
        else:
            self.put(f"double (*{name})(double) = {self.condition(scope)} ? {names[0]} : {names[1]};")
            self.put(f"double {result} = {name}({self.leaf(scope)});")
        scope.reals.append(result)
        scope.writable.append(result)

    def global_(self, scope):
        name = f"state{self.number}_{self.names}"
        self.names += 1
        self.helpers += [f"double {name}[2];", ""]
        self.put(f"{name}[0] = {self.tame(scope)};")
        self.put(f"{name}[1] = {self.tame(scope)};")
        scope.arrays.append(Array(name, 2))

    def static_(self, scope):
        name, i = self.name("keep"), self.name("i")
        self.put(f"static double {name}[3];")
        self.put(f"for (int {i} = 0; {i} < 3; {i}++)")
        inner = Scope(scope)
        inner.ints.append((i, 3))
        self.put(f"    {name}[{i}] = {self.tame(inner)};")
        scope.arrays.append(Array(name, 3))

    def rows(self, scope):
        arrays = [array for array in scope.arrays if array.writable]
        if len(arrays) < 2:
            return False
        a, b = self.dice.sample(arrays, 2)
        name = self.name("row")
        self.put(f"double *{name}[2] = {{{a.name}, {b.name}}};")
        size = min(a.size, b.size)
        self.put(f"{name}[{self.index(scope, 2)}][{self.index(scope, size)}] = {self.tame(scope)};")
        scope.reals.append(f"{name}[{self.index(Scope(), 2)}][{self.dice.randrange(size)}]")

    def shift(self, scope):
        array = self.writable_array(scope)
        if not array:
            return False
        k = self.name("k")
        self.put(f"for (int {k} = {array.size - 1}; {k} > 0; {k}--)")
        self.put(f"    {array.name}[{k}] = {array.name}[{k} - 1];")
        self.put(f"{array.name}[0] = {self.tame(scope)};")

    def scatter(self, scope):
        array = self.writable_array(scope)
        if not array:
            return False
        at, i = self.name("at"), self.name("i")
        values = ", ".join(str(self.dice.randrange(array.size)) for _ in range(4))
        self.put(f"int {at}[4] = {{{values}}};")
        self.put(f"for (int {i} = 0; {i} < 4; {i}++) {{")
        inner = Scope(scope)
        inner.ints.append((i, 4))
        self.put(f"    {array.name}[{at}[{i}]] += 0.25 * {self.tame(inner)};")
        self.put(f"    {at}[({i} + 1) % 4] = ({at}[{i}] + {self.dice.randint(1, 3)}) % {array.size};")
        self.put("}")

    # The whole

    def two_argument_helpers(self):
        for _ in range(self.dice.randint(0, 2)):
            helper = f"v{self.number}_{self.names}"
            self.names += 1
            inner = Scope()
            inner.reals = ["a", "b"]
            lines = [f"static {self.dice.choice(('', 'inline '))}double {helper}(double a, double b)", "{"]
            if self.chance(0.4):
                lines += [f"    if ({self.comparison(inner)})", f"        return {self.tame(inner)};"]
            text = self.tame(inner)
            self.helpers += lines + [f"    return {text};", "}", ""]
            self.helper_names.append(helper)

    def make(self):
        dice = self.dice
        self.two_argument_helpers()
        self.out_size = dice.choice((0, 0, 3))
        self.void_result = bool(self.out_size) and self.chance(0.3)
        mode = "vjp" if self.void_result or self.chance(0.4) else "grad"
        with_struct, writes_v = self.chance(0.3), self.chance(0.25)
        scope = Scope()
        scope.reals, scope.writable = ["x", "y"], ["x", "y"]
        scope.arrays = [Array("v", 4, writes_v)]
        scope.ints = [("n", 5)]
        parameters = ["int n", "double x", "double y", "double *v" if writes_v else "const double *v"]
        tests = [f"n = {dice.randint(1, 4)}", "x ~ -1.5..1.5", "y ~ -1.5..1.5", "v[4] ~ -1.5..1.5"]
        if with_struct:
            parameters.append("struct pair *s")
            tests.append("s ~ {a ~ -1..1, b ~ -1..1, c[2] ~ -1..1, k = 1}")
            scope.structs = ["s->"]
        if self.out_size:
            parameters.append("double *out")
            tests.append(f"out[{self.out_size}] > -1..1")
        name = f"f{self.number}"
        self.test = f"// test: {mode} {name}({', '.join(tests)})"
        names = ["x", "y", "v"] + (["s"] if with_struct else [])
        self.depth = 1
        if not self.void_result:
            self.put("double result = 0.25 * x;")
            scope.reals.append("result")
            scope.writable.append("result")
        if self.full:
            self.put("{")
            self.depth += 1
        inner = Scope(scope)
        for _ in range(dice.randint(4, 9)):
            self.statement(inner)
        ending = []
        if self.out_size:
            self.put(f"out[{self.index(inner, self.out_size)}] += {self.tame(inner)};")
        if not self.void_result:
            self.put(f"result += {self.expression(inner, 3)};")
            ending += ["end:"] if self.labels else []
            ending.append("    return result;")
        if self.full:
            self.depth -= 1
            self.put("}")
        head = [f"ADGEN_{mode.upper()}({', '.join(names)})"]
        head.append(f"{'void' if self.void_result else 'double'} {name}({', '.join(parameters)})")
        self.lines = self.helpers + head + ["{"] + self.lines + ending + ["}", ""]


def file_text(functions):
    """One file with these programs."""
    tolerance = "1e-3" if any(function.mixed for function in functions) else "1e-8"
    header = ["// Random programs.", *[function.test for function in functions], "// no-fd: kinks anywhere"]
    header += [f"// tol: {tolerance}", ""]
    return "\n".join(header) + "\n" + PRELUDE + "\n" + "\n".join("\n".join(function.lines) for function in functions)
