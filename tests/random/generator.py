"""Random programs: C11 that is valid C++17 too, defined, and numerically tame. The seed decides all.

A program is a function with an ADGEN annotation, its helpers, and the types and variables that these use. Helpers are made
of the same statements as the function itself, from a smaller budget.
"""

import random

import statements
from expressions import Expressions
from kernels import Extent, Kernels
from scope import Array, Counter, Layout, Matrix, Place, Scope, Structure
from statements import Statements
from tree import Block, Function, Parameter, Program, Sequence, Statement

PALETTES = (["double"],) * 6 + (["float"], ["double", "float"], ["double", "float"], ["double", "long double"], ["long double"])
PALETTES += (["float", "double", "long double"], ["float", "long double"])
# Of so many programs, those of every EVERY-th such row use <tgmath.h>: all in one file do.
ROW, EVERY = 50, 7


class Generator(Expressions, Statements, Kernels):
    def __init__(self, number, seed, without=(), more=()):
        self.number = number
        self.dice = random.Random(f"{seed}/{number}")
        self.types = self.pick(PALETTES)
        self.generic = number // ROW % EVERY == 3
        self.checkpoints = self.chance(0.2)
        weights = {kind: weight * (10 if kind in more else 1) for kind, weight in self.favoured().items()}
        self.weights = {kind: weight for kind, weight in weights.items() if kind not in without}
        self.names = 0
        self.outer = []
        self.written = []
        self.values = []
        self.layouts = []
        self.vector_types = []
        self.has_list = self.has_tree = False
        self.nesting = 0
        self.start_function("double", 12)

    def favoured(self):
        """Each program leaves out some kinds and likes others, so that combinations come up that an average hides."""
        weights = {}
        for kind, weight in statements.WEIGHTS.items():
            factor = self.pick((0, 0.5, 1, 1, 1, 2, 4))
            if factor or kind in ("declare", "assign"):
                weights[kind] = weight * (factor or 1)
        # A rule of the user's own may read any variable outside, which therefore must not change.
        for kind in self.pick((("custom_rule",), ("global_", "static_"))):
            weights.pop(kind, None)
        return weights

    def name(self, stem):
        self.names += 1
        return f"{stem}{self.names}"

    def outer_name(self, stem):
        return f"{stem}{self.number}n{self.name('')}"

    # One function's state

    def start_function(self, returns, budget):
        self.returns = returns
        self.budget = budget
        self.depth = 1
        self.ends = False

    def aside(self, make, *arguments):
        """Makes another function in the midst of this one."""
        was = self.returns, self.budget, self.depth, self.ends
        self.nesting += 1
        made = make(*arguments)
        self.nesting -= 1
        self.returns, self.budget, self.depth, self.ends = was
        return made

    # Types

    def structure_type(self):
        if len(self.layouts) < 2 and self.chance(0.7) or not self.layouts:
            self.layouts.append(self.new_layout())
        return self.pick(self.layouts)

    def new_layout(self):
        name = self.outer_name("s")
        reals = [(letter, self.pick(self.types)) for letter in "abd"[: self.dice.randint(1, 3)]]
        arrays = [("c", self.pick(self.types), self.dice.randint(2, 3))] if self.chance(0.6) else []
        inner = self.pick(self.layouts) if self.layouts and not self.layouts[0].inner and self.chance(0.3) else None
        members = "".join(f"    {type} {member};\n" for member, type in reals)
        members += "".join(f"    {type} {member}[{size}];\n" for member, type, size in arrays) + "    int k;\n"
        members += f"    struct {inner.name} in;\n" if inner else ""
        self.outer.append(Statement(f"struct {name} {{\n{members}}};\n"))
        return Layout(name, reals, arrays, inner)

    def list_type(self):
        """The struct of a linked list."""
        if not self.has_list:
            self.has_list = f"chain{self.number}"
            self.outer.append(Statement(f"struct {self.has_list} {{\n    double value;\n    struct {self.has_list} *next;\n}};\n"))
        return self.has_list

    def vector_of(self, type):
        """The struct of an array that grows."""
        name = f"vector{self.number}{''.join(word[0] for word in type.split())}"
        if name not in self.vector_types:
            self.vector_types.append(name)
            self.outer.append(Statement(f"struct {name} {{\n    {type} *at;\n    int count, room;\n}};\n"))
        return name

    # Helpers

    def value_helper(self):
        """The name, type and number of arguments of a function of real numbers."""
        if self.values and (len(self.values) > 2 or self.chance(0.5)):
            return self.pick(self.values)
        made = self.aside(self.new_value_helper)
        self.values.append(made)
        return made

    def new_value_helper(self):
        name, type = self.outer_name("v"), self.pick(self.types)
        self.start_function(type, 3)
        scope = Scope(exits={"return"})
        scope.places = [Place(letter, self.pick(self.types)) for letter in "ab"[: self.dice.randint(1, 2)]]
        parameters = [Parameter(f"{place.type} {place.text}") for place in scope.places]
        simple = ("declare", "assign", "assign_by", "if_", "if_else", "return_", "conditional_assignment", "comma")
        body = self.with_weights(simple, scope, self.dice.randint(0, 2))
        body.parts.append(self.return_value(scope))
        self.outer.append(Function(f"static {self.pick(('', '', 'inline '))}{type} {name}", parameters, body, name))
        return name, type, len(parameters)

    def return_value(self, scope):
        made = Statement("return ", self.value(scope), ";")
        made.fixed = True
        return made

    def with_weights(self, kinds, scope, count):
        was = self.weights
        self.weights = {kind: statements.WEIGHTS[kind] for kind in kinds}
        body = Block(*self.statements(scope, count))
        self.weights = was
        return body

    def unary_helpers(self):
        """Two functions of one real argument, of one type."""
        type = self.pick(self.types)
        return [self.unary_helper(type), self.unary_helper(type)]

    def unary_helper(self, type):
        name, scope = self.outer_name("u"), Scope()
        scope.places = [Place("a", type)]
        self.outer.append(Function(f"static {type} {name}", [Parameter(f"{type} a")], Block(self.return_value(scope)), name))
        return name, type

    def callback_helper(self, type):
        """A function that is given one of the unary helpers."""
        name, scope = self.outer_name("b"), Scope()
        scope.places = [Place("a", type), Place("t", type)]
        body = [Statement(f"{type} t = f(a);"), Statement("t += 0.25 * f(", self.leaf(scope), ");"), self.return_value(scope)]
        parameters = [Parameter(f"{type} (*f)({type})"), Parameter(f"{type} a")]
        self.outer.append(Function(f"static {type} {name}", parameters, Block(*body), name))
        return name

    def structure_helper(self, layout):
        """The name of a function of two real numbers that returns a struct."""
        name, type, scope = self.outer_name("r"), self.pick(self.types), Scope()
        scope.places = [Place(letter, type) for letter in "ab"]
        first = Statement(f"struct {layout.name} s = {{", *self.members(scope, layout), "};")
        scope.add_structure(Structure("s", layout))
        body = self.with_weights(("assign", "assign_by", "if_", "comma", "element_set"), scope, self.dice.randint(0, 2))
        last = Statement("return s;")
        first.fixed = last.fixed = True
        parameters = [Parameter(f"{type} {letter}") for letter in "ab"]
        self.outer.append(Function(f"static struct {layout.name} {name}", parameters, Block(first, *body.parts, last), name))
        return name

    def mutual_helpers(self):
        """Two functions that call one another."""
        names, type = [self.outer_name("c"), self.outer_name("c")], self.pick(self.types)
        self.outer.append(Statement(f"static {type} {names[1]}(int m, {type} a, {type} b);\n"))
        for name, other in (names, names[::-1]):
            scope = Scope()
            scope.places, scope.counters = [Place("a", type), Place("b", type)], [Counter("m", 0, 3)]
            body = [Statement("if (m <= 0) return ", self.small(scope), ";")]
            body[0].fixed = True
            call = Statement(f"const {type} t = {other}(m - 1, ", self.small(scope), ", ", self.leaf(scope), ");")
            scope.places.append(Place("t", type))
            body += [call, self.return_value(scope)]
            parameters = [Parameter("int m"), Parameter(f"{type} a"), Parameter(f"{type} b")]
            self.outer.append(Function(f"static {type} {name}", parameters, Block(*body), name))
        return names[0], type

    def halving_helper(self, type):
        """A function that calls itself for both halves of an array, and may write there."""
        name, scope = self.outer_name("d"), Scope()
        writes = self.chance(0.5)
        scope.arrays = [Array("v", 1, type, writable=writes, pointer=True)]
        scope.counters = [Counter("m", 1, 5)]
        leaf = Statement("if (m <= 1) return ", self.small(scope), ";")
        leaf.fixed = True
        body = [leaf, Statement(f"const {type} s = {name}(v, m / 2);"), Statement(f"const {type} t = {name}(v + m / 2, m - m / 2);")]
        scope.places += [Place("s", type, False), Place("t", type, False)]
        if writes:
            body.append(Statement("v[0] = 0.5 * v[0] + ", self.small(scope), ";"))
        body.append(self.return_value(scope))
        parameters = [Parameter(f"{'' if writes else 'const '}{type} *v"), Parameter("int m")]
        self.outer.append(Function(f"static {type} {name}", parameters, Block(*body), name))
        return name, writes

    def view_helper(self, type):
        """The same for a struct of an array and its length, by value or by a pointer."""
        name, view, scope = self.outer_name("d"), self.outer_name("view"), Scope()
        writes, by_pointer = self.chance(0.5), self.chance(0.6)
        constant, address, s = "" if writes else "const ", "&" if by_pointer else "", "s->" if by_pointer else "s."
        self.outer.append(Statement(f"struct {view} {{\n    int m;\n    {constant}{type} *v;\n}};\n"))
        scope.arrays = [Array(f"{s}v", 1, type, writable=writes, pointer=True)]
        first = Statement(f"const int m = {s}m;", declares=["m"])
        leaf = Statement("if (m <= 1) return ", self.small(scope), ";")
        first.fixed = leaf.fixed = True
        scope.counters = [Counter("m", 2, 5)]
        left = Statement(f"struct {view} left = {{m / 2, {s}v}};", declares=["left"])
        right = Statement(f"struct {view} right = {{m - m / 2, {s}v + m / 2}};", declares=["right"])
        calls = [Statement(f"const {type} s0 = {name}({address}left);"), Statement(f"const {type} s1 = {name}({address}right);")]
        scope.places += [Place("s0", type, False), Place("s1", type, False)]
        body = [first, leaf, left, right, *calls]
        if writes:
            body.append(Statement(f"{s}v[0] = 0.5 * {s}v[0] + ", self.small(scope), ";"))
        body.append(self.return_value(scope))
        parameter = Parameter(f"{'const ' if self.chance(0.5) else ''}struct {view} {'*' if by_pointer else ''}s")
        self.outer.append(Function(f"static {type} {name}", [parameter], Block(*body), name))
        return name, view, writes, address

    def alloca_helper(self, type):
        """A function with a work array by alloca."""
        name, scope = self.outer_name("l"), Scope(exits={"return"})
        scope.arrays, scope.counters = [Array("v", 1, type, writable=False, pointer=True)], [Counter("n", 1, 4)]
        inner = Scope(scope, loops=1)
        inner.places.append(Place("v[i]", type, False))
        self.start_function(type, 3)
        body = [Statement(f"{type} *w = ({type} *)__builtin_alloca((size_t)n * sizeof *w);", declares=["w"])]
        body.append(Statement("for (int i = 0; i < n; i++)\n        w[i] = ", self.small(inner), ";"))
        scope.arrays.append(Array("w", 1, type))
        body += self.statements(scope, self.dice.randint(0, 2))
        body.append(self.return_value(scope))
        parameters = [Parameter("int n"), Parameter(f"const {type} *v")]
        self.outer.append(Function(f"static {type} {name}", parameters, Block(*body), name))
        return name

    def rule_of_two(self, type):
        """A function of two real numbers with the user's own rule, or with one that adgen makes."""
        name, scope = self.outer_name("o"), Scope()
        head, rule = f"{type} {name}({type} a, {type} b)", f"{type} {name}_vjp({type} a, {type} b, {type} *a_bar, {type} *b_bar, {type} ret_bar)"
        declared = f"{rule};\n\n"
        if self.chance(0.4):
            scope.places = [Place("a", type), Place("b", type)]
            body = self.with_weights(("declare", "assign", "assign_by", "if_", "comma"), scope, self.dice.randint(0, 2))
            body.parts.append(self.return_value(scope))
            annotations = f"ADGEN_VJP(a, b)\nADGEN_CUSTOM_VJP({name}_vjp)\n"
            parameters = [Parameter(f"{type} a"), Parameter(f"{type} b")]
            self.outer.append(Function(f"{declared}{annotations}{type} {name}", parameters, body, name))
            return name
        value, by_a, by_b = self.pick((("sin(a) * b", "cos(a) * b", "sin(a)"), ("a / (1 + b * b)", "1 / (1 + b * b)", "-2 * a * b / ((1 + b * b) * (1 + b * b))"),
                                       ("exp(-a * a) + b", "-2 * a * exp(-a * a)", "1")))
        value, by_a, by_b = (f"({type})({text})" for text in (value, by_a, by_b))
        made = f"{{\n    *a_bar += ret_bar * {by_a};\n    *b_bar += ret_bar * {by_b};\n    return {value};\n}}\n"
        self.outer.append(Statement(f"{declared}ADGEN_CUSTOM_VJP({name}_vjp)\n{head}\n{{\n    return {value};\n}}\n\n{rule}\n{made}"))
        return name

    def rule_of_arrays(self, type):
        name = self.outer_name("o")
        head = f"void {name}(int m, const {type} *v, {type} *out)"
        rule = f"void {name}_vjp(int m, const {type} *v, {type} *out, {type} *v_bar, {type} *out_bar)"
        body = f"{{\n    for (int i = 0; i < m; i++)\n        out[i] = ({type})0.5 * v[i] * v[i];\n}}\n"
        made = f"{{\n    for (int i = 0; i < m; i++) {{\n        v_bar[i] += out_bar[i] * v[i];\n        out_bar[i] = 0;\n    }}\n    {name}(m, v, out);\n}}\n"
        self.outer.append(Statement(f"{rule};\n\nADGEN_CUSTOM_VJP({name}_vjp)\n{head}\n{body}\n{rule}\n{made}"))
        return name

    def rule_in_place(self, type):
        name = self.outer_name("o")
        head, rule = f"void {name}(int m, {type} *v)", f"void {name}_vjp(int m, {type} *v, {type} *v_bar)"
        body = f"{{\n    for (int i = 0; i < m; i++)\n        v[i] = ({type})sin(v[i]);\n}}\n"
        made = f"{{\n    for (int i = 0; i < m; i++)\n        v_bar[i] *= ({type})cos(v[i]);\n    {name}(m, v);\n}}\n"
        self.outer.append(Statement(f"{rule};\n\nADGEN_CUSTOM_VJP({name}_vjp)\n{head}\n{body}\n{rule}\n{made}"))
        return name

    def tree_type(self):
        """The struct of a tree."""
        if not self.has_tree:
            self.has_tree = f"twig{self.number}"
            self.outer.append(Statement(f"struct {self.has_tree} {{\n    double value;\n    struct {self.has_tree} *left, *right;\n}};\n"))
        return self.has_tree

    def network_type(self, type, layout):
        """A struct of pointers to arrays, and to another struct."""
        name = self.outer_name("net")
        inner = f"    struct {layout.name} *s;\n" if layout else ""
        self.outer.append(Statement(f"struct {name} {{\n    int n;\n    {type} *w;\n    const {type} *x;\n{inner}}};\n"))
        return name

    def recursive_helper(self):
        name, type = self.outer_name("c"), self.pick(self.types)
        scope = Scope()
        scope.places, scope.counters = [Place("a", type), Place("b", type)], [Counter("m", 0, 3)]
        body = [Statement("if (m <= 0) return ", self.small(scope), ";")]
        body[0].fixed = True
        for number in range(self.dice.randint(1, 3)):
            body.append(self.recursive_step(scope, name, type, f"t{number}"))
        body.append(self.return_value(scope))
        parameters = [Parameter("int m"), Parameter(f"{type} a"), Parameter(f"{type} b")]
        self.outer.append(Function(f"static {type} {name}", parameters, Block(*body), name))
        return name, type

    def recursive_step(self, scope, name, type, result):
        """A call, or several: in a branch, in a loop, of which a product or a sum is made; or none."""
        def call(depth):
            arguments = [self.small(scope) if self.chance(0.5) else known for known in "ab"]
            return [f"{name}({depth}, ", arguments[0], ", ", arguments[1], ")"]

        kind = self.dice.randint(0, 7)
        if kind == 0:
            return Statement("if (", self.comparison(scope), ") b = ", self.small(scope), ";")
        if kind == 1:
            return Statement("if (", self.comparison(scope), ") return ", self.small(scope), ";")
        if kind == 2:
            return Statement("if (", self.comparison(scope), ") a = 0.5 * ", *call("m - 1"), ";")
        if kind == 3:
            made = Statement(f"const {type} {result} = a * ", *call("m - 1"), self.pick((" + b * ", " * ", " - ")), *call("m - 2"), ";")
        elif kind == 4:
            choice = Statement("if (", self.comparison(scope), f") {result} = ", *call("m - 1"), f"; else {result} += ", *call("m - 2"), ";")
            made = Sequence(Statement(f"{type} {result} = ", self.small(scope), ";"), choice)
        elif kind == 5:
            loop = Statement(f"for (int k{result} = 0; k{result} < m; k{result}++) {result} += ", self.small(scope), " * ", *call(f"k{result} - 1"), ";")
            made = Sequence(Statement(f"{type} {result} = ", self.small(scope), ";"), loop)
        else:
            made = Statement(f"const {type} {result} = ", *call("m - 1"), ";")
        scope.places.append(Place(result, type))
        return made

    def call_of(self, scope):
        """A call of a new helper with some of what the scope has, by value and by pointer."""
        if self.nesting > 2:
            return None
        returns = self.pick(["void"] + self.types * 2)
        name = self.outer_name("g")
        inner, parameters, arguments = self.arguments(scope)
        self.aside(self.new_helper, name, returns, inner, parameters)
        call = [f"{name}("]
        for number, argument in enumerate(arguments):
            call += [", "] if number else []
            call.append(argument)
        return self.use(scope, returns, call + [")"])

    def use(self, scope, returns, call):
        """The call's result is kept, ignored, or scaled into something."""
        if returns == "void" or self.chance(0.1):
            return Statement(*call, ";")
        t = self.name("t")
        scope.places.append(Place(t, returns))
        if self.chance(0.3):
            return Statement(f"{returns} {t} = 0.5 * ", *call, " + 0.25;", declares=[t])
        return Statement(f"{returns} {t} = ", *call, ";", declares=[t])

    def arguments(self, scope):
        """What the helper sees, its parameters, and the arguments of the call."""
        inner = Scope(exits={"return"})
        inner.counters.append(Counter("n", 1, 4))
        has_n = any(counter.text == "n" for counter in scope.counters)
        parameters, arguments = [Parameter("int n")], ["n" if has_n and self.chance(0.5) else str(self.dice.randint(1, 4))]
        makers = [self.real_argument] * 3 + [self.array_argument] * 2 + [self.place_argument] * 2
        makers += [self.matrix_argument, self.structure_argument, self.structure_argument, self.counter_argument]
        for number, make in enumerate(self.dice.sample(makers, self.dice.randint(1, 4))):
            made = make(scope, inner, f"q{number}")
            if made:
                parameters.append(Parameter(made[0]))
                arguments.append(made[1])
        return inner, parameters, arguments

    def real_argument(self, scope, inner, name):
        type = self.pick(self.types)
        inner.places.append(Place(name, type))
        return f"{type} {name}", self.real(scope, 1)

    def counter_argument(self, scope, inner, name):
        inner.counters.append(Counter(name, 0, 3, writable=True))
        return f"int {name}", self.integer(scope, 0, 3)

    def array_argument(self, scope, inner, name):
        if not scope.arrays:
            return None
        array = self.pick(scope.arrays)
        writable = array.writable and self.chance(0.8)
        inner.arrays.append(Array(name, array.size, array.type, writable, pointer=True))
        constant = "" if writable else "const "
        return self.pick((f"{constant}{array.type} *{name}", f"{constant}{array.type} {name}[{array.size}]")), array.text

    def place_argument(self, scope, inner, name):
        place = self.place(scope)
        if not place:
            return None
        inner.places.append(Place(f"*{name}", place.type))
        return f"{place.type} *{name}", place.address

    def matrix_argument(self, scope, inner, name):
        fitting = [matrix for matrix in scope.matrices if matrix.writable and not matrix.text.startswith("row")]
        if not fitting:
            return None
        matrix = self.pick(fitting)
        inner.matrices.append(Matrix(name, matrix.rows, matrix.columns, matrix.type))
        return f"{matrix.type} {name}[{self.pick(('', matrix.rows))}][{matrix.columns}]", matrix.text

    def structure_argument(self, scope, inner, name):
        if not scope.structures:
            return None
        structure = self.pick(scope.structures)
        if self.chance(0.4):
            inner.add_structure(Structure(name, structure.layout))
            return f"struct {structure.layout.name} {name}", structure.value
        writable = structure.writable and self.chance(0.8)
        inner.add_structure(Structure(name, structure.layout, pointer=True, writable=writable))
        return f"{'' if writable else 'const '}struct {structure.layout.name} *{name}", structure.address

    def new_helper(self, name, returns, scope, parameters):
        self.start_function(returns, 5)
        body = Block(*self.statements(scope, self.dice.randint(1, 3)))
        if returns != "void":
            body.parts.append(self.return_value(scope))
        self.outer.append(Function(f"static {returns} {name}", parameters, body, name))

    # The function itself

    def program(self):
        scope, parameters = self.parameters()
        outputs = any(">" in parameter.test for parameter in parameters)
        returns = "void" if outputs and self.chance(0.3) else self.pick(self.types)
        mode = "vjp" if returns == "void" or self.chance(0.4) else "grad"
        self.start_function(returns, self.dice.randint(4, 16))
        body = self.void_body(scope) if returns == "void" else self.real_body(scope, returns)
        body.parts[0:0] = self.written
        name = f"f{self.number}"
        entry = Function(f"{returns} {name}", parameters, body, name)
        return Program(self.number, mode, self.outer, entry, self.generic)

    def void_body(self, scope):
        scope.exits = {"return"}
        return Block(*self.statements(scope, self.dice.randint(3, 8)))

    def real_body(self, scope, returns):
        first = Statement(f"{returns} result = ", self.value(scope, 1), ";")
        scope.places.append(Place("result", returns))
        scope.exits = {"return", "end"}
        inner = Scope(scope)
        made = Block(*self.statements(inner, self.dice.randint(3, 8)))
        made.parts += self.harvest(inner)
        last = Statement("result ", self.pick(("+=", "+=", "-=", "=")), " ", self.value(inner, 3), ";")
        made.parts.append(last)
        end = Statement("end: return result;" if self.ends else "return result;")
        end.fixed = True
        return Block(first, made, end)

    def harvest(self, scope):
        """Much of what has been declared is used in the end."""
        made = []
        for array in scope.arrays:
            if self.chance(0.5):
                made.append(Statement("result += 0.25 * ", self.element(scope, array), ";"))
        for place in scope.places[-8:]:
            if self.chance(0.3):
                made.append(Statement(f"result += 0.5 * {place.text};"))
        return made

    def parameters(self):
        """The parameters, each with the arguments that the harness is to make."""
        scope, found = Scope(), []
        scope.counters.append(Counter("n", 1, 4))
        found.append(Parameter("int n", f"n = {self.dice.randint(1, 4)}"))
        makers = [self.take_real] * 4 + [self.take_array] * 3 + [self.take_in_out, self.take_output, self.take_output, self.take_matrix]
        makers += [self.take_structure, self.take_structure_value, self.take_indices, self.take_pointer, self.take_passive, self.take_passive_array]
        makers += [self.take_extent, self.take_large, self.take_large]
        chosen = [self.take_real] + self.dice.sample(makers, self.dice.randint(1, 5))
        self.dice.shuffle(chosen)
        for number, make in enumerate(chosen):
            found.append(make(scope, "xyuvwpqrs"[number]))
        return scope, found

    def take_real(self, scope, name):
        type = self.pick(self.types)
        scope.places.append(Place(name, type))
        return Parameter(f"{type} {name}", f"{name} ~ -1.5..1.5")

    def take_passive(self, scope, name):
        type = self.pick(self.types)
        scope.places.append(Place(name, type))
        return Parameter(f"{type} {name}", f"{name} = -1.5..1.5")

    def take_passive_array(self, scope, name):
        type, size = self.pick(self.types), self.dice.randint(2, 5)
        scope.arrays.append(Array(name, size, type, writable=False))
        return Parameter(f"const {type} *{name}", f"{name}[{size}] = -1.5..1.5")

    def take_extent(self, scope, name):
        """How far loops go, which only the caller knows."""
        value = self.pick((3, 4, 5, 6, 7, 9, 12, 17))
        scope.counters.append(Counter(name, value, value))
        scope.extents.append(Extent(name, value, value))
        return Parameter(f"int {name}", f"{name} = {value}")

    def take_large(self, scope, name):
        type, size, writable = self.pick(self.types), self.pick((9, 16, 25, 36, 40)), self.chance(0.2)
        scope.arrays.append(Array(name, size, type, writable))
        return Parameter(f"{'' if writable else 'const '}{type} *{name}", f"{name}[{size}] ~ -1..1")

    def take_array(self, scope, name):
        type, size = self.pick(self.types), self.dice.randint(2, 5)
        scope.arrays.append(Array(name, size, type, writable=False))
        declared = self.pick((f"const {type} *{name}", f"const {type} *{name}", f"const {type} {name}[{size}]"))
        return Parameter(declared, f"{name}[{size}] ~ -1.5..1.5")

    def take_in_out(self, scope, name):
        type, size = self.pick(self.types), self.dice.randint(2, 5)
        scope.arrays.append(Array(name, size, type))
        return Parameter(f"{type} *{name}", f"{name}[{size}] ~ -1.5..1.5")

    def take_output(self, scope, name):
        type, size = self.pick(self.types), self.dice.randint(1, 4)
        scope.arrays.append(Array(name, size, type))
        at = self.dice.randrange(size)
        forms = (f"{name}[{at}] *= 0.5;", f"*(n > 2 ? {name} : {name} + {at}) *= 0.5;", f"{{ {type} *o[2] = {{{name}, {name} + {at}}}; *o[n % 2] *= 0.5; }}")
        write = Statement(self.pick(forms))
        write.fixed = True
        self.written.append(write)
        return Parameter(f"{type} *{name}", f"{name}[{size}] > -1..1")

    def take_pointer(self, scope, name):
        type = self.pick(self.types)
        scope.places.append(Place(f"*{name}", type))
        return Parameter(f"{type} *{name}", f"{name}[1] ~ -1..1")

    def take_matrix(self, scope, name):
        type, rows, columns, writable = self.pick(self.types), self.dice.randint(2, 3), self.dice.randint(2, 3), self.chance(0.4)
        scope.matrices.append(Matrix(name, rows, columns, type, writable))
        constant = "" if writable else "const "
        declared = f"{constant}{type} {name}[{self.pick(('', rows))}][{columns}]"
        return Parameter(declared, f"{name}[{rows}][{columns}] ~ -1..1")

    def take_indices(self, scope, name):
        scope.tables.append(Counter(name, 0, 2, "int", False, 4))
        values = " ".join(str(self.dice.randint(0, 2)) for _ in range(4))
        return Parameter(f"const int *{name}", f"{name}[4] = {values}")

    def take_structure(self, scope, name):
        layout, writable = self.structure_type(), self.chance(0.7)
        scope.add_structure(Structure(name, layout, pointer=True, writable=writable))
        return Parameter(f"{'' if writable else 'const '}struct {layout.name} *{name}", f"{name} ~ {{{self.member_tests(layout)}}}")

    def take_structure_value(self, scope, name):
        layout = self.structure_type()
        scope.add_structure(Structure(name, layout))
        return Parameter(f"struct {layout.name} {name}", f"{name} ~ {{{self.member_tests(layout)}}}")

    def member_tests(self, layout):
        tests = [f"{name} ~ -1..1" for name, _ in layout.reals] + [f"{name}[{size}] ~ -1..1" for name, _, size in layout.arrays]
        tests.append(f"k = {self.dice.randint(0, 3)}")
        if layout.inner:
            tests.append(f"in = {{{self.member_tests(layout.inner)}}}")
        return ", ".join(tests)


def program(number, seed, without=(), more=()):
    """`without` are kinds of statements that are left out, those in `more` come ten times as often."""
    return Generator(number, seed, without, more).program()
