"""Random statements. Each method makes one statement for a scope, adds what it declares there, or gives None where it
does not fit. WEIGHTS says how often each comes.
"""

from kernels import KERNELS
from scope import Array, Counter, Matrix, Place, Scope, Structure
from tree import Block, Condition, Integer, Real, Sequence, Statement

WEIGHTS = {
    # plain
    "declare": 8, "assign": 12, "assign_by": 10, "element_set": 8, "element_by": 8, "increment": 2, "comma": 2, "chain": 2,
    "cell_set": 3, "out_of_comma": 1, "conditional_assignment": 3, "nothing": 1, "print": 1, "statement_expression": 1,
    "macro": 2, "typeof": 1, "attribute": 1, "assertion": 1,
    # control
    "if_": 7, "if_else": 8, "for_": 9, "for_down": 3, "for_unsigned": 2, "for_two": 2, "for_triangular": 3, "for_real": 1,
    "for_ahead": 3, "for_difference": 2, "for_stride": 3, "for_two_bounds": 2, "while_true": 2, "do_down": 2, "for_bound_changes": 1, "for_counter_changes": 1, "for_ever": 2, "while_": 4, "while_active": 2, "do_": 3, "switch": 4,
    "break_": 3, "continue_": 3, "return_": 2, "goto_end": 2, "goto_out": 1, "goto_back": 1, "block": 1, "duff": 1,
    # integers
    "integer_declare": 4, "integer_assign": 3, "integer_step": 2, "subscript_step": 3, "condition_assigns": 3, "and_assigns": 2,
    "table_of_integers": 2, "table_changes": 2, "enumeration": 1, "boolean": 2, "bit_fields": 1, "passive_union": 1, "passive_complex": 1,
    # arrays
    "array": 4, "array_zero": 2, "array_variable": 2, "matrix": 2, "fill": 3, "shift": 1, "reverse": 1, "prefix": 2, "scatter": 2,
    "gather": 2, "row_pointer": 1, "transpose": 1, "sort": 1, "matrix_product": 1, "swap_elements": 2, "constant_table": 1, "stencil": 2, "largest": 2,
    # pointers and memory
    "pointer": 4, "pointer_select": 3, "pointer_moves": 2, "pointer_scalar": 3, "walk": 4, "walk_back": 1, "ping_pong": 2, "copy": 2,
    "clear": 1, "allocate": 2, "arena": 1, "rows": 1, "pointer_to_pointer": 1, "null_check": 1, "between": 1, "read_select": 3, "reallocate": 1,
    "vector": 1, "alloca_inside": 1,
    # structs
    "struct": 4, "struct_copy": 2, "struct_pointer": 2, "struct_array": 1, "struct_list": 1, "struct_literal": 1,
    "struct_designated": 1, "struct_returned": 2, "struct_pointers": 2, "struct_tree": 1,
    # calls
    "custom_rule": 1, "call": 7, "call_in_condition": 2, "recurse": 2, "function_pointer": 2, "callback": 2, "recurse_mutually": 1, "recurse_halving": 2,
    "recurse_view": 2, "work_by_alloca": 1,
    # assembly that does nothing, as compilers don't know
    "barrier": 0.3, "hide_integer": 0.7,
    # variables outside
    "global_": 2, "static_": 1,
    # loops as numerical programs have them
    **{kind: 0.4 * weight for kind, weight in KERNELS.items()},
}
NESTS = {"if_", "if_else", "for_", "for_down", "for_unsigned", "for_two", "for_triangular", "for_real", "for_bound_changes", "goto_out", "for_ahead", "for_difference", "for_stride", "for_two_bounds"}
NESTS |= {"for_counter_changes", "for_ever", "while_", "while_active", "do_", "switch", "block", "goto_back", "condition_assigns", "duff", "allocate"}
DEEPEST = 4


class Statements:
    """Needs what Expressions needs, and what Generator has: names, struct types and helpers."""

    def statement(self, scope):
        names = list(self.weights)
        while True:
            kind = self.dice.choices(names, list(self.weights.values()))[0]
            if kind in NESTS and (self.depth >= DEEPEST or self.budget <= 0):
                continue
            made = getattr(self, kind)(scope)
            if made:
                self.budget -= 1
                return made

    def statements(self, scope, count):
        return [self.statement(scope) for _ in range(count)]

    def block(self, scope, **changes):
        inner = Scope(scope, **changes)
        return self.block_in(inner)

    def block_in(self, inner, first=()):
        self.depth += 1
        made = Block(*first, *self.statements(inner, self.dice.randint(1, 3)))
        self.depth -= 1
        return made

    def loop_body(self, scope, *counters, first=()):
        inner = Scope(scope, loops=scope.loops + 1, exits=scope.exits | {"break", "continue"})
        inner.counters += counters
        asked = self.checkpoint()
        return self.block_in(inner, [Statement(asked), *first] if asked else first)

    def checkpoint(self):
        """What may come first in the body of a loop."""
        return f"ADGEN_CHECKPOINT({self.dice.randint(1, 4)});" if self.checkpoints and self.chance(0.4) else ""

    def integer_type(self):
        return self.pick(("int", "int", "int", "int", "long", "size_t", "unsigned", "short"))

    def real_type(self):
        return self.pick(self.types)

    def target(self, scope):
        """A real number that can be assigned to: text parts and type."""
        places, arrays = scope.writable_places(), scope.writable_arrays()
        if places and (not arrays or self.chance(0.7)):
            place = self.pick(places)
            return Real(place.text, type=place.type)
        return self.element(scope, self.pick(arrays)) if arrays else None

    def place(self, scope):
        places = scope.writable_places()
        return self.pick(places) if places else None

    def writable_array(self, scope, size=1, level=None):
        fitting = [array for array in scope.writable_arrays(size) if level is None or array.level <= level]
        return self.pick(fitting) if fitting else None

    # Plain statements

    def declare(self, scope):
        name, type = self.name("t"), self.real_type()
        made = Statement(f"{self.pick(('', '', '', 'const '))}{type} {name} = ", self.value(scope), ";", declares=[name])
        scope.places.append(Place(name, type, not made.parts[0].startswith("const")))
        return made

    def assign(self, scope):
        target = self.target(scope)
        return target and Statement(target, " = ", self.value(scope, 3), ";")

    def assign_by(self, scope):
        place = self.place(scope)
        return place and self.by(scope, Real(place.text, type=place.type))

    def by(self, scope, target):
        operator = self.pick(("+=", "-=", "*=", "/="))
        before = {"*=": "0.5 + 0.25 * ", "/=": "2.5 + 0.5 * "}.get(operator, "0.5 * " if scope.loops < 2 else "0.125 * ")
        return Statement(target, f" {operator} {before}", self.small(scope), ";")

    def element_set(self, scope):
        array = self.writable_array(scope)
        return array and Statement(self.element(scope, array), " = ", self.value(scope, 3), ";")

    def element_by(self, scope):
        array = self.writable_array(scope)
        return array and self.by(scope, self.element(scope, array))

    def increment(self, scope):
        place = self.place(scope)
        if not place or scope.loops:
            return None
        text = f"({place.text})" if place.text.startswith("*") else place.text
        return Statement(self.pick((f"{text}++;", f"--{text};", f"++{text};", f"{text}--;")))

    def two_places(self, scope, plain=False):
        """Two places; `plain` ones are sure to be different objects."""
        places = [place for place in scope.writable_places() if not plain or place.text.isalnum()]
        return self.dice.sample(places, 2) if len(places) > 1 else None

    def comma(self, scope):
        two = self.two_places(scope)
        if not two:
            return None
        a, b = two
        return Statement(f"{a.text} = ", self.small(scope), f", {b.text} = ", self.small(scope), f" * {a.text};")

    def out_of_comma(self, scope):
        two = self.two_places(scope)
        if not two:
            return None
        a, b = two
        return Statement(f"{a.text} = ({b.text} = ", self.small(scope), f", {b.text} * ", self.small(scope), ");")

    def chain(self, scope):
        two = self.two_places(scope, plain=True)
        if not two:
            return None
        a, b = two
        return Statement(f"{a.text} = {b.text} {self.pick(('=', '+=', '='))} ", self.small(scope), ";")

    def cell_set(self, scope):
        matrices = [matrix for matrix in scope.matrices if matrix.writable]
        if not matrices:
            return None
        cell = self.cell(scope, self.pick(matrices))
        return self.by(scope, cell) if self.chance(0.5) else Statement(cell, " = ", self.value(scope), ";")

    def conditional_assignment(self, scope):
        target = self.target(scope)
        if not target:
            return None
        a, b, _ = self.same_type(self.value(scope), self.value(scope))
        return Statement(target, " = ", self.condition(scope), " ? ", a, " : ", b, ";")

    def nothing(self, scope):
        return Statement(self.pick((";", "(void)0;", "{ }")))

    def macro(self, scope):
        target = self.target(scope)
        return target and Statement("MOVE(", target, ", ", self.small(scope), ");")

    def typeof(self, scope):
        name, place = self.name("t"), self.place(scope)
        if not place:
            return None
        made = Statement(f"__typeof__({place.text}) {name} = ", self.value(scope), ";", declares=[name])
        scope.places.append(Place(name, place.type))
        return made

    def attribute(self, scope):
        name, type = self.name("t"), self.real_type()
        made = Statement(f"__attribute__((unused)) {type} {name} = ", self.value(scope), ";", declares=[name])
        scope.places.append(Place(name, type))
        return made

    def assertion(self, scope):
        return Statement('_Static_assert(sizeof(int) >= 2, "int");')

    def print(self, scope):
        return Statement('printf("%.3f\\n", (double)(', self.leaf(scope), "));")

    def statement_expression(self, scope):
        place = self.place(scope)
        if not place:
            return None
        name = self.name("t")
        return Statement(f"{place.text} = __extension__ ({{ const double {name} = ", self.value(scope), f"; {name} * 0.5; }});")

    # Control

    def if_(self, scope):
        return Statement("if (", self.condition(scope), ") ", self.block(scope))

    def if_else(self, scope):
        parts = ["if (", self.condition(scope), ") ", self.block(scope)]
        if self.chance(0.3):
            parts += [" else if (", self.condition(scope), ") ", self.block(scope)]
        return Statement(*parts, " else ", self.block(scope))

    def fits_loop(self, scope):
        return scope.loops < 2

    def for_(self, scope):
        if not self.fits_loop(scope):
            return None
        i, type = self.name("i"), self.pick(("int", "int", "int", "long", "size_t", "unsigned"))
        bound = self.pick(("n", "n", "2", "3", "4"))
        bound = f"({type})n" if bound == "n" and type in ("size_t", "unsigned") else bound
        step = self.pick((f"{i}++", f"++{i}", f"{i} += 2", f"{i} = {i} + 1"))
        compare = "<" if "2" in step else self.pick(("<", "<", "<", "!="))
        head = f"for ({type} {i} = {0}; {i} {compare} {bound}; {step}) "
        return Statement(head, self.loop_body(scope, Counter(i, 0, 3, type)))

    def for_down(self, scope):
        if not self.fits_loop(scope):
            return None
        i = self.name("i")
        return Statement(f"for (int {i} = {self.pick(('1', '2', '3', 'n - 1'))}; {i} >= 0; {i}--) ", self.loop_body(scope, Counter(i, 0, 3)))

    def for_unsigned(self, scope):
        if not self.fits_loop(scope):
            return None
        i, type = self.name("i"), self.pick(("unsigned", "size_t"))
        return Statement(f"for ({type} {i} = {self.dice.randint(1, 4)}; {i}-- > 0;) ", self.loop_body(scope, Counter(i, 0, 3, type)))

    def for_ahead(self, scope):
        """What is compared is not the counter itself."""
        if not self.fits_loop(scope):
            return None
        i = self.name("i")
        type, head = self.pick((
            ("int", f"{i} = 0; {i} + 1 < n + 1; {i}++"), ("int", f"{i} = 0; {i} + 2 <= n; {i} += 2"), ("int", f"{i} = 1; n + {i} < 2 * n; {i}++"),
            ("int", f"{i} = 3; {i} - 1 >= 0; {i}--"), ("int", f"{i} = n - 1; {i} + n >= n; {i}--"), ("long", f"{i} = 0; {i} + 1 != n; {i}++"),
            ("size_t", f"{i} = 0; {i} + 1 < (size_t)n + 1; {i}++"), ("unsigned", f"{i} = 0; {i} + 2 < (unsigned)n; {i}++"),
            ("int", f"{i} = 0; (size_t)({i} + 1) <= (size_t)n; {i}++"),
        ))
        return Statement(f"for ({type} {head}) ", self.loop_body(scope, Counter(i, 0, 3, type)))

    def for_difference(self, scope):
        """Behind a condition without which the bound would wrap around."""
        if not self.fits_loop(scope):
            return None
        i, type, fixed = self.name("i"), self.pick(("size_t", "unsigned")), [c for c in scope.counters if c.text.isidentifier() and c.high <= 4]
        high, low = (self.pick(fixed).text if fixed and self.chance(0.5) else "n"), self.pick(("1", "2", "n - 1"))
        bound = self.pick((f"({type}){high} - ({type})({low})", f"({type})({high} - ({low}))"))
        loop = Statement(f"for ({type} {i} = 0; {i} < {bound}; {i}++) ", self.loop_body(scope, Counter(i, 0, 3, type)))
        return Statement(f"if ((int){high} > {low}) ", Block(loop))

    def for_stride(self, scope):
        """Steps that are known at run time only."""
        if not self.fits_loop(scope):
            return None
        i, type = self.name("i"), self.pick(("int", "int", "long", "unsigned", "size_t"))
        up = [f"{i} = 0; {i} < 4; {i} += {step}" for step in ("n", "n + 1", "(n > 2 ? 1 : 2)")] + [f"{i} = n - 1; {i} <= 3; {i} += n"]
        down = [f"{i} = 3; {i} >= 0; {i} -= n", f"{i} = n; {i} > 0; {i} += -n", f"{i} = 3; {i} > n - 2; {i} -= n + 1"]
        head = self.pick(up + down if type in ("int", "long") else up[:3])
        return Statement(f"for ({type} {head}) ", self.loop_body(scope, Counter(i, 0, 4, type)))

    def for_two_bounds(self, scope):
        if not self.fits_loop(scope):
            return None
        i = self.name("i")
        condition = self.pick((f"{i} < n && {i} < 3", f"{i} < n && {i} < 2 * n - 2", f"{i} <= 3 && n >= {i}", f"{i} < 4 && {i} < 8 / n"))
        return Statement(f"for (int {i} = {self.pick(('0', '1', 'n - 1'))}; {condition}; {i}++) ", self.loop_body(scope, Counter(i, 0, 4)))

    def for_two(self, scope):
        if not self.fits_loop(scope):
            return None
        i, j = self.name("i"), self.name("j")
        start, steps = f"{i} = 0, {j} = n", self.pick((f"{i}++, {j}--", f"{i} += 2, {j}--", f"{i}++, {j} -= 2", f"{i} += 2, {j}++"))
        condition = self.pick((f"{i} < {j}", f"{j} > {i}", f"{i} <= {j}"))
        type = "size_t" if "=" not in condition and "2" not in steps and self.chance(0.3) else "int"
        return Statement(f"for ({type} {start}; {condition}; {steps}) ", self.loop_body(scope, Counter(i, 0, 8, type)))

    def for_triangular(self, scope):
        if scope.loops > 0:
            return None
        i, j = self.name("i"), self.name("j")
        start, condition = self.pick((("0", f"{j} < {i}"), ("0", f"{j} <= {i}"), (f"{i}", f"{j} < 4"), (f"{i} + 1", f"{j} < n")))
        inner = Scope(scope, loops=scope.loops + 1, exits=scope.exits | {"break", "continue"})
        inner.counters.append(Counter(i, 0, 3))
        self.depth += 1
        nested = Statement(f"for (int {j} = {start}; {condition}; {j}++) ", self.loop_body(inner, Counter(j, 0, 3)))
        more = self.statements(inner, self.dice.randint(0, 1))
        self.depth -= 1
        return Statement(f"for (int {i} = 0; {i} < {self.pick(('n', '3', '4'))}; {i}++) ", Block(nested, *more))

    def for_real(self, scope):
        if not self.fits_loop(scope):
            return None
        r = self.name("r")
        inner = Scope(scope, loops=scope.loops + 1, exits=scope.exits | {"break", "continue"})
        inner.places.append(Place(r, "double", False))
        return Statement(f"for (double {r} = 0.0; {r} < {self.pick(('1.0', '0.25 * n', '1.5'))}; {r} += 0.5) ", self.block_in(inner))

    def for_bound_changes(self, scope):
        if not self.fits_loop(scope):
            return None
        i, m = self.name("i"), self.name("m")
        change = Statement("if (", self.comparison(scope), f") {m}--;")
        body = self.loop_body(scope, Counter(i, 0, 4), Counter(m, 0, 5), first=[change])
        loop = Statement(f"for (int {i} = 0; {i} < {m}; {i}++) ", body)
        return Sequence(Statement(f"int {m} = n + 1;", declares=[m]), loop)

    def for_counter_changes(self, scope):
        if not self.fits_loop(scope):
            return None
        i = self.name("i")
        change = Statement("if (", self.comparison(scope), f") {i}++;")
        return Statement(f"for (int {i} = 0; {i} < 4; {i}++) ", self.loop_body(scope, Counter(i, 0, 4), first=[change]))

    def for_ever(self, scope):
        if not self.fits_loop(scope):
            return None
        k = self.name("k")
        count = self.dice.randint(1, 4)
        leave = Sequence(Statement(f"if (++{k} > {count}) break;"))
        body = self.loop_body(scope, Counter(k, 1, 4), first=[leave])
        return Sequence(Statement(f"int {k} = 0;", declares=[k]), Statement(self.pick(("for (;;) ", "while (1) ")), body))

    def while_(self, scope):
        if not self.fits_loop(scope):
            return None
        k = self.name("k")
        more = [" && ", self.comparison(scope)] if self.chance(0.5) else []
        loop = Statement(f"while ({k}++ < {self.dice.randint(1, 4)}", *more, ") ", self.loop_body(scope, Counter(k, 0, 5)))
        scope_counter = Counter(k, 0, 5)
        made = Sequence(Statement(f"int {k} = 0;", declares=[k]), loop)
        scope.counters.append(scope_counter)
        return made

    def while_active(self, scope):
        place = self.place(scope)
        if not place or not self.fits_loop(scope):
            return None
        k = self.name("k")
        shrink = Sequence(Statement(f"{place.text} = 0.5 * {place.text} + 0.2 * ", self.small(scope), ";"), Statement(f"{k}++;"))
        loop = Statement(f"while (fabs({place.text}) > 0.3 && {k} < 5) ", self.loop_body(scope, Counter(k, 0, 5), first=[shrink]))
        return Sequence(Statement(f"int {k} = 0;", declares=[k]), loop)

    def while_true(self, scope):
        """On the truth of what counts down."""
        if not self.fits_loop(scope):
            return None
        k, type = self.name("k"), self.pick(("int", "unsigned", "size_t"))
        loop = Statement(f"while ({k}--) ", self.loop_body(scope, Counter(k, 0, 3, type)))
        return Sequence(Statement(f"{type} {k} = {self.pick(('n', '0', '3'))};", declares=[k]), loop)

    def do_down(self, scope):
        if not self.fits_loop(scope):
            return None
        k = self.name("k")
        loop = Statement("do ", self.loop_body(scope, Counter(k, -1, 4)), f" while ({self.pick((f'--{k}', f'--{k} > 0', f'--{k} >= 0', f'({k} -= 2) > 0'))});")
        return Sequence(Statement(f"int {k} = {self.pick(('n', '1', '4'))};", declares=[k]), loop)

    def do_(self, scope):
        if not self.fits_loop(scope):
            return None
        k = self.name("k")
        loop = Statement("do ", self.loop_body(scope, Counter(k, 0, 5)), f" while (++{k} < {self.pick(('1', '2', '3', '4', 'n', 'n - 1'))});")
        return Sequence(Statement(f"int {k} = 0;", declares=[k]), loop)

    def duff(self, scope):
        """A switch whose default runs a loop that the cases fall into the end of."""
        place = self.place(scope)
        if not place or not self.fits_loop(scope):
            return None
        text = place.text
        parts = ["switch (", self.integer(scope, 0, 3), ") {\n"]
        return Statement(*parts, f"default: {text} = 0.5 * {text} + ", self.small(scope), f";\ncase 1: {text} = sin({text});\ncase 0: ", self.block(scope), "\n}")

    def switch(self, scope):
        labels = self.dice.sample(range(4), self.dice.randint(1, 3))
        heads = [f"case {label}: " for label in labels]
        if self.chance(0.7):
            heads.insert(self.dice.randint(0, len(heads)), "default: ")
        parts = ["switch (", self.integer(scope, 0, 3), ") {\n"]
        for head in heads:
            shared = f"case {10 + len(parts)}:\n" if self.chance(0.1) else ""
            parts += [shared + head, self.block(scope, exits=scope.exits | {"break"})]
            parts.append(" break;\n" if self.chance(0.7) else "\n")
        return Statement(*parts, "}")

    def break_(self, scope):
        return Statement("if (", self.condition(scope), ") break;") if "break" in scope.exits else None

    def continue_(self, scope):
        return Statement("if (", self.condition(scope), ") continue;") if "continue" in scope.exits else None

    def return_(self, scope):
        if "return" not in scope.exits:
            return None
        if self.returns == "void":
            return Statement("if (", self.condition(scope), ") return;")
        return Statement("if (", self.condition(scope), ") return ", self.value(scope), ";")

    def goto_end(self, scope):
        if "end" not in scope.exits:
            return None
        self.ends = True
        leave = Block(Statement("result = ", self.value(scope), ";"), Statement("goto end;"))
        return Statement("if (", self.condition(scope), ") ", leave)

    def goto_out(self, scope):
        """Out of two loops at once."""
        if scope.loops:
            return None
        label, i, j = self.name("out"), self.name("i"), self.name("j")
        inner = Scope(scope, loops=2, exits=scope.exits | {"break", "continue"})
        inner.counters += [Counter(i, 0, 2), Counter(j, 0, 2)]
        self.depth += 1
        body = self.block_in(inner)
        self.depth -= 1
        body.parts.append(Statement("if (", self.condition(inner), f") goto {label};"))
        loops = Statement(f"for (int {i} = 0; {i} < 3; {i}++)\n        for (int {j} = 0; {j} < n && {j} < 3; {j}++) ", body)
        return Sequence(loops, Statement(f"{label}:;"))

    def goto_back(self, scope):
        if scope.loops or self.depth > 1:
            return None
        k, label = self.name("k"), self.name("again")
        body = self.block(scope, loops=1, exits=set())
        back = Statement(f"if ({k} < {self.dice.randint(2, 4)}", *((" && ", self.comparison(scope)) if self.chance(0.4) else ()), f") goto {label};")
        return Sequence(Statement(f"int {k} = 0;", declares=[k]), Statement(f"{label}: {k}++;"), Statement(body), back)

    # Integers

    def integer_declare(self, scope):
        name, type, high = self.name("m"), self.integer_type(), self.pick((1, 3, 3, 4, 7))
        value = self.integer(scope, 0, high)
        if self.chance(0.25):
            value = Integer("(", self.condition(scope), " ? ", value, " : ", self.integer(scope, 0, high), ")", low=0, high=high)
        cast = f"({type})" if type != "int" else ""
        scope.counters.append(Counter(name, 0, high, type, writable=True))
        return Statement(f"{type} {name} = {cast}", value, ";", declares=[name])

    def writable_counter(self, scope):
        fitting = [counter for counter in scope.counters if counter.writable and counter.low == 0]
        return self.pick(fitting) if fitting else None

    def integer_assign(self, scope):
        counter = self.writable_counter(scope)
        if not counter:
            return None
        cast = f"({counter.type})" if counter.type != "int" else ""
        return Statement(f"{counter.text} = {cast}", self.integer(scope, 0, counter.high), ";")

    def integer_step(self, scope):
        counter = self.writable_counter(scope)
        if not counter:
            return None
        text, cast = counter.text, f"({counter.type})" if counter.type != "int" else ""
        modulus = f"{counter.high + 1}{'u' if counter.type in ('unsigned', 'size_t') else ''}"
        forms = (f"{text} = {cast}(({text} + 1) % {modulus});", f"{text} = {cast}({text} * 3 % {modulus});", f"{text} /= 2;", f"{text} >>= 1;", f"if ({text} > 0) {text}--;")
        return Statement(self.pick(forms))

    def subscript_step(self, scope):
        array = self.writable_array(scope, 2)
        if not array:
            return None
        k = self.name("k")
        up = self.chance(0.6)
        start = self.dice.randrange(array.size - 1) if up else self.dice.randrange(1, array.size)
        step = self.pick((f"{k}++", f"++{k}")) if up else self.pick((f"{k}--", f"--{k}"))
        operator = self.pick((" = ", " += ", " -= "))
        use = Statement(f"{array.text}[{step}]{operator}", self.small(scope), ";")
        scope.counters.append(Counter(k, 0, array.size - 1))
        return Sequence(Statement(f"int {k} = {start};", declares=[k]), use)

    def condition_assigns(self, scope):
        place = self.place(scope)
        if not place:
            return None
        condition = Condition(f"({place.text} = ", self.small(scope), ")", self.pick((" > ", " < ")), self.constant())
        return Statement("if (", condition, ") ", self.block(scope))

    def and_assigns(self, scope):
        place = self.place(scope)
        if not place:
            return None
        between = self.pick((" && ", " || "))
        assigned = Condition(f"({place.text} = ", self.small(scope), ") > ", self.constant())
        if self.chance(0.5):
            return Statement("(void)(", self.comparison(scope), between, assigned, ");")
        return Statement("if (", self.comparison(scope), between, assigned, ") ", self.assign_by(scope) or Statement(";"))

    def table_of_integers(self, scope):
        name, size, high = self.name("at"), self.dice.randint(3, 4), self.dice.randint(1, 3)
        values = ", ".join(str(self.dice.randint(0, high)) for _ in range(size))
        constant = self.chance(0.3)
        made = Statement(f"{'const ' if constant else ''}int {name}[{size}] = {{{values}}};", declares=[name])
        scope.tables.append(Counter(name, 0, high, "int", not constant, size))
        return made

    def table_changes(self, scope):
        tables = [table for table in scope.tables if table.writable]
        if not tables:
            return None
        table = self.pick(tables)
        target = Integer(f"{table.text}[", self.integer(scope, 0, table.size - 1), "]", low=0, high=table.high)
        return Statement(target, " = ", self.integer(scope, 0, table.high), ";")

    def enumeration(self, scope):
        name, value = self.outer_name("e").upper(), self.dice.randint(0, 3)
        self.outer.append(Statement(f"enum {{ {name} = {value} }};\n", declares=[name]))
        scope.counters.append(Counter(name, value, value))
        return Statement(";")

    def boolean(self, scope):
        name = self.name("is")
        made = Statement(f"_Bool {name} = ", self.condition(scope), ";", declares=[name])
        scope.places.append(Place(f"((double){name})", writable=False))
        return made

    def bit_fields(self, scope):
        name, bits = self.outer_name("bits"), self.name("f")
        self.outer.append(Statement(f"struct {name} {{\n    unsigned a : 2, b : 3;\n}};\n"))
        value = self.integer(scope, 0, 3)
        scope.counters += [Counter(f"{bits}.a", 0, 3, "unsigned"), Counter(f"{bits}.b", 0, 7, "unsigned")]
        return Sequence(Statement(f"struct {name} {bits} = {{1, 5}};", declares=[bits]), Statement(f"{bits}.a = (unsigned)(", value, ") & 3;"))

    def passive_union(self, scope):
        name, u = self.outer_name("either"), self.name("u")
        self.outer.append(Statement(f"union {name} {{\n    int i;\n    unsigned char c[sizeof(int)];\n}};\n"))
        made = Sequence(Statement(f"union {name} {u};", declares=[u]), Statement(f"{u}.i = ", self.integer(scope, 0, 3), ";"))
        scope.counters.append(Counter(f"{u}.i", 0, 3))
        return made

    def passive_complex(self, scope):
        """What the prelude computes by complex numbers."""
        if self.chance(0.5):
            name = self.name("m")
            made = Statement(f"int {name} = quarter_turns(", self.integer(scope, 0, 3), ");", declares=[name])
            scope.counters.append(Counter(name, 0, 2, writable=True))
        else:
            name, type = self.name("t"), self.real_type()
            made = Statement(f"{type} {name} = ({type})squared_length(", self.integer(scope, 0, 3), ");", declares=[name])
            scope.places.append(Place(name, type))
        return made

    # Arrays

    def largest(self, scope):
        """The greatest or least element, from an infinity on."""
        if not scope.arrays:
            return None
        array, m, i = self.pick(scope.arrays), self.name("m"), self.name("i")
        sign, relation, function = self.pick((("-", ">", "fmax"), ("", "<", "fmin")))
        suffix = {"float": "f", "long double": "l"}.get(array.type, "")
        element = f"{array.text}[{i}]"
        step = self.pick((f"{m} = {function}{suffix}({m}, {element});", f"if ({element} {relation} {m}) {m} = {element};"))
        scope.places.append(Place(m, array.type))
        head = Statement(f"{array.type} {m} = {sign}INFINITY;", declares=[m])
        return Sequence(head, Statement(f"for (int {i} = 0; {i} < {array.size}; {i}++)\n        {step}"))

    def array(self, scope):
        name, type, size = self.name("a"), self.real_type(), self.dice.randint(2, 5)
        parts = [f"{type} {name}[{size}] = {{"]
        for number in range(self.dice.randint(1, size)):
            parts += ([", "] if number else []) + [self.value(scope, 1)]
        scope.arrays.append(Array(name, size, type, level=scope.level))
        return Statement(*parts, "};", declares=[name])

    def array_zero(self, scope):
        name, type, size = self.name("a"), self.real_type(), self.dice.randint(2, 5)
        scope.arrays.append(Array(name, size, type, level=scope.level))
        return Statement(f"{type} {name}[{size}] = {{0}};", declares=[name])

    def array_variable(self, scope):
        name, i, type = self.name("z"), self.name("i"), self.real_type()
        inner = Scope(scope, loops=scope.loops + 1)
        inner.counters.append(Counter(i, 0, 5))
        extra = self.dice.randint(1, 2)
        fill = Statement(f"for (int {i} = 0; {i} < n + {extra}; {i}++)\n        {name}[{i}] = ", self.small(inner), ";")
        scope.arrays.append(Array(name, extra + 1, type, level=scope.level))
        return Sequence(Statement(f"{type} {name}[n + {extra}];", declares=[name]), fill)

    def matrix(self, scope):
        name, type, rows, columns = self.name("w"), self.real_type(), self.dice.randint(2, 3), self.dice.randint(2, 3)
        parts = [f"{type} {name}[{rows}][{columns}] = {{{{"]
        for number in range(columns):
            parts += ([", "] if number else []) + [self.value(scope, 1)]
        parts += ["}, {", self.value(scope, 1), "}};"]
        scope.matrices.append(Matrix(name, rows, columns, type))
        return Statement(*parts, declares=[name])

    def over(self, scope, array, template, expression=None):
        """`for (i ...) template`, with @ for the counter and ? for an expression over it."""
        i = self.name("i")
        inner = Scope(scope, loops=scope.loops + 1)
        inner.counters.append(Counter(i, 0, array.size - 1))
        before, _, after = template.replace("@", i).replace("#", str(array.size)).replace("$", array.text).partition("?")
        return Statement(before, *((self.small(inner, 1), after) if "?" in template else ()))

    def fill(self, scope):
        array = self.writable_array(scope)
        forms = ("for (int @ = 0; @ < #; @++)\n        $[@] = ?;", "for (int @ = 0; @ < #; @++)\n        $[@] = 0.5 * $[@] + ?;",
                 "for (int @ = # - 1; @ >= 0; @--)\n        $[@] *= ?;", "for (int @ = 0; @ < #; @ += 2)\n        $[@] += ?;")
        return array and self.over(scope, array, self.pick(forms))

    def shift(self, scope):
        array = self.writable_array(scope, 2)
        if not array:
            return None
        form = self.pick(("for (int @ = # - 1; @ > 0; @--)\n        $[@] = $[@ - 1];", "for (int @ = 0; @ + 1 < #; @++)\n        $[@] = $[@ + 1];"))
        return Sequence(self.over(scope, array, form), Statement(f"{array.text}[{self.pick((0, array.size - 1))}] = ", self.small(scope), ";"))

    def reverse(self, scope):
        array = self.writable_array(scope, 2)
        t, i, j = self.name("t"), self.name("i"), self.name("j")
        return array and Statement(
            f"for (int {i} = 0, {j} = {array.size - 1}; {i} < {j}; {i}++, {j}--) {{\n        const {array.type} {t} = {array.text}[{i}];\n"
            f"        {array.text}[{i}] = {array.text}[{j}];\n        {array.text}[{j}] = {t};\n    }}"
        )

    def prefix(self, scope):
        array = self.writable_array(scope, 2)
        forms = ("for (int @ = 1; @ < #; @++)\n        $[@] = 0.5 * $[@ - 1] + ?;", "for (int @ = 1; @ < #; @++)\n        $[@] -= 0.5 * $[@ - 1] * ?;",
                 "for (int @ = # - 2; @ >= 0; @--)\n        $[@] = $[@] * 0.5 + 0.5 * sin($[@ + 1] + ?);")
        return array and self.over(scope, array, self.pick(forms))

    def stencil(self, scope):
        array = self.writable_array(scope, 3)
        forms = ("for (int @ = 1; @ < # - 1; @++)\n        $[@] = 0.25 * $[@ - 1] + 0.5 * $[@] + 0.25 * sin($[@ + 1]) * ?;",
                 "for (int @ = 0; @ < #; @++)\n        $[@] = 0.5 * $[(@ + 1) % #] + 0.25 * ?;")
        return array and self.over(scope, array, self.pick(forms))

    def scatter(self, scope):
        array = self.writable_array(scope, 2)
        if not array:
            return None
        at, i = self.name("at"), self.name("i")
        values = ", ".join(str(self.dice.randrange(array.size)) for _ in range(4))
        inner = Scope(scope, loops=scope.loops + 1)
        inner.counters.append(Counter(i, 0, 3))
        use = Statement(f"{array.text}[{at}[{i}]] {self.pick(('+=', '='))} 0.25 * ", self.small(inner), ";")
        turn = Statement(f"{at}[({i} + 1) % 4] = ({at}[{i}] + {self.dice.randint(1, 3)}) % {array.size};")
        return Sequence(Statement(f"int {at}[4] = {{{values}}};", declares=[at]), Statement(f"for (int {i} = 0; {i} < 4; {i}++) ", Block(use, turn)))

    def gather(self, scope):
        place = self.place(scope)
        if not place or not scope.arrays:
            return None
        array = self.pick(scope.arrays)
        i = self.name("i")
        inner = Scope(scope, loops=scope.loops + 1)
        inner.counters.append(Counter(i, 0, 3))
        text = f"for (int {i} = 0; {i} < 4; {i}++)\n        {place.text} = 0.5 * {place.text} + 0.5 * sin("
        return Statement(text, self.element(inner, array), " + ", self.small(inner, 1), ");")

    def transpose(self, scope):
        square = [matrix for matrix in scope.matrices if matrix.writable and matrix.rows == matrix.columns]
        if not square:
            return None
        w = self.pick(square)
        i, j, t = self.name("i"), self.name("j"), self.name("t")
        return Statement(
            f"for (int {i} = 0; {i} < {w.rows}; {i}++)\n        for (int {j} = 0; {j} < {i}; {j}++) {{\n            {w.type} {t} = {w.text}[{i}][{j}];\n"
            f"            {w.text}[{i}][{j}] = {w.text}[{j}][{i}];\n            {w.text}[{j}][{i}] = {t};\n        }}"
        )

    def matrix_product(self, scope):
        writable = [matrix for matrix in scope.matrices if matrix.writable]
        if not writable or not scope.arrays:
            return None
        w, v = self.pick(writable), self.pick(scope.arrays)
        i, j = self.name("i"), self.name("j")
        head = f"for (int {i} = 0; {i} < {w.rows}; {i}++)\n        for (int {j} = 0; {j} < {w.columns}; {j}++)\n            "
        return Statement(f"{head}{w.text}[{i}][{j}] = 0.5 * {w.text}[{i}][{j}] + 0.5 * sin({v.text}[({i} + {j}) % {v.size}] * ", self.small(scope, 1), ");")

    def sort(self, scope):
        array = self.writable_array(scope, 2)
        if not array or scope.loops:
            return None
        i, j, t, a = self.name("i"), self.name("j"), self.name("t"), array.text
        return Statement(
            f"for (int {i} = 1; {i} < {array.size}; {i}++)\n        for (int {j} = {i}; {j} > 0 && {a}[{j} - 1] > {a}[{j}]; {j}--) {{\n"
            f"            const {array.type} {t} = {a}[{j}];\n            {a}[{j}] = {a}[{j} - 1];\n            {a}[{j} - 1] = {t};\n        }}"
        )

    def swap_elements(self, scope):
        array = self.writable_array(scope, 2)
        if not array:
            return None
        t, a, b = self.name("t"), self.element(scope, array), self.element(scope, array)
        return Statement(f"{{ const {array.type} {t} = ", a, "; ", a, " = ", b, "; ", b, f" = {t}; }}")

    def constant_table(self, scope):
        name, size, type = self.name("tab"), self.dice.randint(2, 4), self.real_type()
        values = ", ".join(self.constant().parts[0] for _ in range(size))
        scope.arrays.append(Array(name, size, type, writable=False, level=scope.level))
        return Statement(f"{self.pick(('static const', 'const'))} {type} {name}[{size}] = {{{values}}};", declares=[name])

    # Pointers and memory

    def pointer(self, scope):
        array = self.writable_array(scope, 2)
        if not array:
            return None
        p, offset = self.name("p"), self.dice.randrange(array.size)
        scope.arrays.append(Array(p, array.size - offset, array.type, level=scope.level, pointer=True))
        return Statement(f"{array.type} *{p} = {self.pick((f'{array.text} + {offset}', f'&{array.text}[{offset}]'))};", declares=[p])

    def same_typed(self, scope, level=None):
        """Two writable arrays of one type."""
        array = self.writable_array(scope, 1, level)
        others = [other for other in scope.writable_arrays() if array and other is not array and other.type == array.type]
        others = [other for other in others if level is None or other.level <= level]
        return (array, self.pick(others)) if others else None

    def pointer_select(self, scope):
        two = self.same_typed(scope)
        if not two:
            return None
        (a, b), p, condition = two, self.name("p"), self.condition(scope)
        scope.arrays.append(Array(p, min(a.size, b.size), a.type, level=scope.level, pointer=True))
        if self.chance(0.5):
            return Statement(f"{a.type} *{p} = ", condition, f" ? {a.text} : {b.text};", declares=[p])
        return Sequence(Statement(f"{a.type} *{p} = {a.text};", declares=[p]), Statement("if (", condition, f") {p} = {b.text};"))

    def pointer_moves(self, scope):
        """A pointer that exists already is set to something else, or a step on and back."""
        pointers = [array for array in scope.arrays if array.pointer and array.writable]
        if not pointers:
            return None
        pointer = self.pick(pointers)
        fitting = [a for a in scope.writable_arrays(pointer.size) if a.type == pointer.type and a.level <= pointer.level and a is not pointer]
        if not fitting:
            return None
        array = self.pick(fitting)
        text = f"{pointer.text} = {array.text} + {self.dice.randrange(array.size - pointer.size + 1)};"
        return Statement("if (", self.condition(scope), f") {text}") if self.chance(0.6) else Statement(text)

    def pointer_scalar(self, scope):
        places = [place for place in scope.writable_places()]
        if not places:
            return None
        place, p, condition = self.pick(places), self.name("p"), self.condition(scope)
        same = [other for other in places if other.type == place.type and other is not place]
        scope.places.append(Place(f"*{p}", place.type))
        if same and self.chance(0.5):
            return Statement(f"{place.type} *{p} = ", condition, f" ? {place.address} : {self.pick(same).address};", declares=[p])
        return Statement(f"{place.type} *{p} = {place.address};", declares=[p])

    def walk(self, scope):
        place = self.place(scope)
        if not place or not scope.arrays:
            return None
        array, p, e = self.pick(scope.arrays), self.name("p"), self.name("e")
        constant = "" if array.writable else "const "
        head = Statement(f"{constant}{array.type} *{p} = {array.text}, *{e} = {array.text} + {array.size};", declares=[p, e])
        condition = self.pick((f"{p} < {e}", f"{p} != {e}", f"{e} - {p} > 0", f"{p} + 1 < {e}", f"{p} + 1 <= {e}"))
        if array.writable and self.chance(0.5):
            return Sequence(head, Statement(f"while ({condition})\n        *{p}++ {self.pick(('=', '*=', '='))} ", self.small(scope, 1), ";"))
        text = f"{place.text} = 0.5 * {place.text} + 0.5 * sin("
        if self.chance(0.5):
            return Sequence(head, Statement(f"while ({condition})\n        {text}*{p}++ + ", self.small(scope, 1), ");"))
        return Sequence(head, Statement(f"for (; {condition}; {p}++)\n        {text}*{p} + ", self.small(scope, 1), ");"))

    def walk_back(self, scope):
        place = self.place(scope)
        if not place or not scope.arrays:
            return None
        array, e = self.pick(scope.arrays), self.name("e")
        constant = "" if array.writable else "const "
        head = Statement(f"{constant}{array.type} *{e} = {array.text} + {array.size};", declares=[e])
        update = f"{place.text} = cos({place.text}) * 0.75 + 0.25 * tanh"
        forms = (f"while ({e} > {array.text})\n        {update}(*--{e});", f"for (; {e} > {array.text}; {e}--)\n        {update}({e}[-1]);",
                 f"for (; {e} - 1 > {array.text}; {e} -= 2)\n        {update}({e}[-1] * {e}[-2]);", f"for (; {e} != {array.text}; --{e})\n        {update}({e}[-1]);")
        return Sequence(head, Statement(self.pick(forms)))

    def between(self, scope):
        """The difference of two pointers is an index."""
        array = self.writable_array(scope, 2)
        if not array:
            return None
        p, m = self.name("p"), self.name("m")
        head = Statement(f"{array.type} *{p} = {array.text} + ", self.integer(scope, 0, array.size - 1), ";", declares=[p])
        scope.counters.append(Counter(m, 0, array.size - 1))
        scope.places.append(Place(f"*{p}", array.type))
        return Sequence(head, Statement(f"int {m} = (int)({p} - {array.text});", declares=[m]))

    def ping_pong(self, scope):
        if scope.loops:
            return None
        type, size = self.real_type(), self.dice.randint(2, 4)
        a, b, p, q, t, i, k = (self.name(stem) for stem in "abpqtik")
        buffers = Statement(f"{type} {a}[{size}] = {{0}}, {b}[{size}] = {{0}}, *{p} = {a}, *{q} = {b};", declares=[a, b, p, q])
        first = Statement(f"{a}[0] = ", self.value(scope), ";")
        inner = Scope(scope, loops=2)
        inner.counters += [Counter(i, 0, size - 1), Counter(k, 0, 3)]
        step = Statement(f"for (int {i} = 0; {i} < {size}; {i}++)\n            {q}[{i}] = 0.5 * sin({p}[{i}] + {p}[({i} + 1) % {size}]) + ", self.small(inner, 1), ";")
        swap = Statement(f"{type} *{t} = {p};\n        {p} = {q};\n        {q} = {t};")
        scope.arrays += [Array(p, size, type, level=scope.level), Array(q, size, type, level=scope.level)]
        count = self.pick((str(self.dice.randint(1, 4)), "n"))
        return Sequence(buffers, first, Statement(f"for (int {k} = 0; {k} < {count}; {k}++) ", Block(Sequence(step, swap))))

    def copy(self, scope):
        array = self.writable_array(scope, 2)
        if not array or self.chance(0.3):
            return array and Statement(f"memmove({array.text} + 1, {array.text}, {array.size - 1} * sizeof({array.type}));")
        others = [other for other in scope.arrays if other.type == array.type and not other.pointer and other is not array]
        if not others or array.pointer:
            return None
        other = self.pick(others)
        sure = array.text.isalnum() and other.text.isalnum()
        return Statement(f"{'memcpy' if sure and self.chance(0.5) else 'memmove'}({array.text}, {other.text}, {min(array.size, other.size)} * sizeof *{array.text});")

    def clear(self, scope):
        array = self.writable_array(scope)
        return array and Statement(f"memset({array.text}, 0, {array.size} * sizeof({array.type}));")

    def allocate(self, scope):
        h, i, type, size = self.name("h"), self.name("i"), self.real_type(), self.dice.randint(2, 4)
        count = self.pick((str(size), f"(size_t)n + {size - 1}"))
        how = self.pick((f"malloc(({count}) * sizeof(double))", f"calloc({count}, sizeof(double))")).replace("double", type)
        filling = Scope(scope, loops=scope.loops + 1)
        filling.counters.append(Counter(i, 0, size - 1))
        inner = Scope(scope, exits=set())
        inner.arrays.append(Array(h, size, type, level=inner.level))
        fill = Statement(f"for (int {i} = 0; {i} < {size}; {i}++)\n        {h}[{i}] = ", self.small(filling), ";")
        place = self.place(scope)
        use = [Statement(f"{place.text} = sin({h}[0] * {h}[{size - 1}]);")] if place else []
        return Sequence(Statement(f"{type} *{h} = ({type} *){how};", declares=[h]), fill, Statement(self.block_in(inner)), *use, Statement(f"free({h});"))

    def arena(self, scope):
        """Two arrays in a block of bytes."""
        place = self.place(scope)
        if not place or scope.loops:
            return None
        m, p, q, i, type, size = self.name("m"), self.name("p"), self.name("q"), self.name("i"), self.real_type(), self.dice.randint(2, 4)
        more = self.pick((f"({m} + {size} * sizeof({type}))", f"(n > 0 ? {m} + {size} * sizeof({type}) : NULL)"))
        head = Statement(f"char *{m} = (char *)malloc({2 * size} * sizeof({type}));", declares=[m])
        plain = self.chance(0.5) and more.startswith(f"({m}")
        untyped = "" if plain else "(void *)"
        views = Statement(f"{type} *{p} = ({type} *){untyped}{m}, *{q} = ({type} *){untyped}{more};", declares=[p, q])
        inner = Scope(scope, loops=scope.loops + 1)
        inner.counters.append(Counter(i, 0, size - 1))
        fill = Statement(f"for (int {i} = 0; {i} < {size}; {i}++) {{\n        {p}[{i}] = ", self.small(inner), f";\n        {q}[{i}] = {p}[{i}] * {p}[0];\n    }}")
        return Sequence(head, views, fill, Statement(f"{place.text} = sin({p}[{size - 1}] + {q}[0]);"), Statement(f"free({m});"))

    def rows(self, scope):
        two = self.same_typed(scope)
        if not two:
            return None
        (a, b), r = two, self.name("row")
        size = min(a.size, b.size)
        set_one = Statement(f"{r}[", self.integer(scope, 0, 1), "][", self.integer(scope, 0, size - 1), "] = ", self.value(scope), ";")
        scope.matrices.append(Matrix(r, 2, size, a.type))
        return Sequence(Statement(f"{a.type} *{r}[2] = {{{a.text}, {b.text}}};", declares=[r]), set_one)

    def pointer_to_pointer(self, scope):
        pointers = [array for array in scope.arrays if array.pointer and array.writable and array.text.isalnum()]
        if not pointers:
            return None
        pointer, pp = self.pick(pointers), self.name("pp")
        scope.arrays.append(Array(f"(*{pp})", pointer.size, pointer.type, level=scope.level))
        return Statement(f"{pointer.type} **{pp} = &{pointer.text};", declares=[pp])

    def row_pointer(self, scope):
        fitting = [matrix for matrix in scope.matrices if matrix.writable]
        if not fitting:
            return None
        matrix, p = self.pick(fitting), self.name("p")
        row = self.integer(scope, 0, matrix.rows - 1)
        scope.arrays.append(Array(p, matrix.columns, matrix.type, level=scope.level))
        return Statement(f"{matrix.type} *{p} = {matrix.text}[", row, "];", declares=[p])

    def null_check(self, scope):
        array, place = self.writable_array(scope), self.place(scope)
        if not array or not place:
            return None
        p = self.name("p")
        head = Statement(f"{array.type} *{p} = ", self.condition(scope), f" ? {array.text} : NULL;", declares=[p])
        return Sequence(head, Statement(f"if ({p}) {p}[0] = 0.5 * {p}[0] + ", self.small(scope), ";"))

    def read_select(self, scope):
        """A pointer to read through, to one of two arrays of any kind."""
        array = self.pick(scope.arrays) if scope.arrays else None
        others = [other for other in scope.arrays if array and other is not array and other.type == array.type]
        if not others:
            return None
        other, p, condition = self.pick(others), self.name("p"), self.condition(scope)
        size = min(array.size, other.size)
        scope.arrays.append(Array(p, size, array.type, writable=False, level=scope.level))
        head = f"const {array.type} *{p}"
        forms = ([f"{head} = ", condition, f" ? {array.text} : {other.text};"], [f"{head}s[2] = {{{array.text}, {other.text}}};\n    {head} = {p}s[", self.integer(scope, 0, 1), "];"])
        return Statement(*self.pick(forms), declares=[p])

    def reallocate(self, scope):
        h, g, type, place = self.name("h"), self.name("h"), self.real_type(), self.place(scope)
        if not place:
            return None
        first = Statement(f"{type} *{h} = ({type} *)malloc(2 * sizeof(*{h}));", declares=[h])
        fill = Statement(f"{h}[0] = ", self.small(scope), f", {h}[1] = ", self.small(scope), ";")
        more = Statement(f"{type} *{g} = ({type} *)realloc({h}, 3 * sizeof(*{g}));", declares=[g])
        use = Statement(f"{g}[2] = ", self.small(scope), f" * {g}[0];")
        return Sequence(first, fill, more, use, Statement(f"{place.text} = sin({g}[1] * {g}[2]);"), Statement(f"free({g});"))

    def vector(self, scope):
        """Elements of a vector on the heap, which grows as they come, and may be cut down in the end."""
        place = self.place(scope)
        if not place or scope.loops:
            return None
        type, v, i, count = self.real_type(), self.name("v"), self.name("i"), self.dice.randint(2, 5)
        kind, inner = self.vector_of(type), Scope(scope, loops=scope.loops + 1)
        inner.counters.append(Counter(i, 0, count - 1))
        made = Statement(f"struct {kind} *{v} = (struct {kind} *)calloc(1, sizeof *{v});", declares=[v])
        more = self.pick((f"{v}->room ? 2 * {v}->room : 1", f"{v}->room + {self.dice.randint(1, 3)}"))
        resize = f"{v}->at = ({type} *)realloc({v}->at, (size_t){v}->room * sizeof *{v}->at);"
        grow = f"if ({v}->count == {v}->room) {{\n            {v}->room = {more};\n            {resize}\n        }}"
        fill = Statement(f"for (int {i} = 0; {i} < {count}; {i}++) {{\n        {grow}\n        {v}->at[{v}->count++] = ", self.small(inner), ";\n    }")
        cut = [Statement(f"{v}->room = {v}->count = {count - 1};\n    {resize}")] if self.chance(0.4) else []
        use = Statement(f"{place.text} = sin({v}->at[0] * {v}->at[{v}->count - 1]);")
        return Sequence(made, fill, *cut, use, Statement(f"free({v}->at);\n    free({v});"))

    def alloca_inside(self, scope):
        """Memory by alloca in a branch or a loop."""
        place = self.place(scope)
        if not place:
            return None
        type, w, i, k, size = self.real_type(), self.name("w"), self.name("i"), self.name("i"), self.dice.randint(1, 4)
        inner = Scope(scope, loops=scope.loops + 1)
        inner.counters.append(Counter(i, 0, size - 1))
        head = ["if (", self.condition(scope), ") {"] if self.chance(0.5) else [f"for (int {k} = 0; {k} < {self.dice.randint(1, 3)}; {k}++) {{"]
        count = self.pick((str(size), f"((size_t)n + {size})"))
        made = f"\n        {type} *{w} = ({type} *)__builtin_alloca({count} * sizeof *{w});\n        for (int {i} = 0; {i} < {size}; {i}++)\n            {w}[{i}] = "
        return Statement(*head, made, self.small(inner), f";\n        {place.text} = sin({w}[0] * {w}[{size - 1}]);\n    }}")

    # Structs

    def struct_designated(self, scope):
        layout, s = self.structure_type(), self.name("s")
        parts = []
        for name, _ in layout.reals[: self.dice.randint(1, len(layout.reals))]:
            parts += [f".{name} = ", self.value(scope, 1), ", "]
        scope.add_structure(Structure(s, layout, level=scope.level))
        return Statement(f"struct {layout.name} {s} = {{", *parts, f".k = {self.dice.randint(0, 3)}}};", declares=[s])

    def struct_returned(self, scope):
        layout, s = self.structure_type(), self.name("s")
        helper = self.aside(self.structure_helper, layout)
        made = Statement(f"struct {layout.name} {s} = {helper}(", self.leaf(scope), ", ", self.leaf(scope), ");", declares=[s])
        scope.add_structure(Structure(s, layout, level=scope.level))
        return made

    def struct_pointers(self, scope):
        """A struct with pointers to arrays and perhaps to a struct, as networks have it."""
        array = self.writable_array(scope)
        others = [other for other in scope.arrays if array and other.type == array.type]
        if not array or not others:
            return None
        other, s = self.pick(others), self.name("net")
        structures = [structure for structure in scope.structures if structure.writable]
        structure = self.pick(structures) if structures and self.chance(0.5) else None
        name = self.network_type(array.type, structure and structure.layout)
        last = f", {structure.address}" if structure else ""
        by_pointer = self.chance(0.4)
        access = f"{s}p->" if by_pointer else f"{s}."
        scope.arrays += [Array(access + "w", array.size, array.type, level=scope.level, pointer=True)]
        scope.arrays += [Array(access + "x", other.size, array.type, writable=False, level=scope.level)]
        if structure:
            scope.add_structure(Structure(access + "s", structure.layout, pointer=True, level=scope.level))
        made = Statement(f"struct {name} {s} = {{2, {array.text}, {other.text}{last}}};", declares=[s])
        return Sequence(made, Statement(f"struct {name} *{s}p = &{s};", declares=[s + "p"])) if by_pointer else made

    def struct_tree(self, scope):
        """A tree of five nodes, walked from its root to a leaf."""
        place = self.place(scope)
        if not place or scope.loops:
            return None
        twig, a, p = self.tree_type(), self.name("node"), self.name("p")
        links = (f"{a} + 1, {a} + 2", f"{a} + 3, NULL", f"NULL, {a} + 4", "NULL, NULL", "NULL, NULL")
        parts = []
        for link in links:
            parts += ["{", self.value(scope, 1), f", {link}}}, "]
        inner = Scope(scope, loops=scope.loops + 1)
        inner.places.append(Place(f"{p}->value", "double"))
        way = Condition(self.pick((f"{p}->value > 0.3", f"{place.text} < {p}->value")))
        update = f"{place.text} = 0.5 * {place.text} + sin({p}->value)"
        change = [f", {p}->value *= 0.5"] if self.chance(0.4) else []
        walk = Statement(f"for (struct {twig} *{p} = {a}; {p}; {p} = ", way, f" ? {p}->left : {p}->right)\n        {update}", *change, ";")
        return Sequence(Statement(f"struct {twig} {a}[5] = {{", *parts, "};", declares=[a]), walk)

    def struct(self, scope):
        layout, s = self.structure_type(), self.name("s")
        parts = [f"struct {layout.name} {s} = {{"] + self.members(scope, layout)
        scope.add_structure(Structure(s, layout, level=scope.level))
        return Statement(*parts, "};", declares=[s])

    def members(self, scope, layout):
        parts = []
        for _, type in layout.reals:
            parts += [self.value(scope, 1), ", "]
        for _, type, size in layout.arrays:
            parts += ["{", self.value(scope, 1), "}, "]
        parts.append(str(self.dice.randint(0, 3)))
        if layout.inner:
            parts += [", {"] + self.members(scope, layout.inner) + ["}"]
        return parts

    def struct_copy(self, scope):
        if not scope.structures:
            return None
        other = self.pick(scope.structures)
        targets = [s for s in scope.structures if s.layout is other.layout and s.writable and s is not other]
        if targets and self.chance(0.5):
            return Statement(f"{self.pick(targets).value} = {other.value};")
        s = self.name("s")
        scope.add_structure(Structure(s, other.layout, level=scope.level))
        return Statement(f"struct {other.layout.name} {s} = {other.value};", declares=[s])

    def struct_pointer(self, scope):
        fitting = [s for s in scope.structures if s.writable]
        if not fitting:
            return None
        a, p, condition = self.pick(fitting), self.name("sp"), self.condition(scope)
        same = [s for s in fitting if s.layout is a.layout and s is not a]
        scope.add_structure(Structure(p, a.layout, pointer=True, level=scope.level))
        if same:
            return Statement(f"struct {a.layout.name} *{p} = ", condition, f" ? {a.address} : {self.pick(same).address};", declares=[p])
        return Statement(f"struct {a.layout.name} *{p} = {a.address};", declares=[p])

    def struct_array(self, scope):
        layout, s = self.structure_type(), self.name("sa")
        size = self.dice.randint(2, 3)
        parts = [f"struct {layout.name} {s}[{size}] = {{{{"] + self.members(scope, layout) + ["}, {"] + self.members(scope, layout) + ["}};"]
        text = f"{s}[{self.dice.randrange(size)}]"
        for index in range(2):
            scope.add_structure(Structure(f"{s}[{index}]", layout, level=scope.level))
        i = self.name("i")
        name, type = self.pick(layout.reals)
        inner = Scope(scope, loops=scope.loops + 1)
        inner.places.append(Place(f"{s}[{i}].{name}", type))
        inner.counters.append(Counter(i, 0, size - 1))
        use = Statement(f"for (int {i} = 0; {i} < {size}; {i}++)\n        {s}[{i}].{name} = 0.5 * {text}.{name} + ", self.small(inner), ";")
        return Sequence(Statement(*parts, declares=[s]), use)

    def struct_list(self, scope):
        """A linked list of three, walked."""
        place = self.place(scope)
        if not place or scope.loops:
            return None
        chain, a, p = self.list_type(), self.name("node"), self.name("p")
        nodes = Statement(f"struct {chain} {a}[3] = {{{{", self.value(scope, 1), f", {a} + 1}}, {{", self.value(scope, 1), f", {a} + 2}}, {{", self.value(scope, 1), ", NULL}};", declares=[a])
        cut = [Statement("if (", self.comparison(scope), f") {a}[{self.dice.randint(0, 1)}].next = NULL;")] if self.chance(0.5) else []
        update = self.pick((f"{place.text} = sin({place.text} + {p}->value);", f"{p}->value = 0.5 * {p}->value + 0.25 * {place.text}, {place.text} = 0.5 * {place.text} + cos({p}->value);"))
        return Sequence(nodes, *cut, Statement(f"for (struct {chain} *{p} = {a}; {p}; {p} = {p}->next)\n        {update}"))

    def struct_literal(self, scope):
        fitting = [s for s in scope.structures if s.writable]
        if not fitting:
            return None
        s = self.pick(fitting)
        return Statement(f"{s.value} = (struct {s.layout.name}){{", *self.members(scope, s.layout), "};")

    # Calls

    def custom_rule(self, scope):
        """A function with a rule of the user's own, of real numbers, from array to array, or in place."""
        type, t = self.real_type(), self.name("t")
        if self.chance(0.5):
            name = self.aside(self.rule_of_two, type)
            made = Statement(f"{type} {t} = {name}(", self.real(scope, 1), ", ", self.leaf(scope), ");", declares=[t])
            scope.places.append(Place(t, type))
            return made
        local = [array for array in scope.writable_arrays() if array.level > 0 and not array.pointer and array.text.isalnum()]
        if local and self.chance(0.5):
            array = self.pick(local)
            return Statement(f"{self.rule_in_place(array.type)}({array.size}, {array.text});")
        array = self.pick(scope.arrays) if scope.arrays else None
        if not array:
            return None
        name, size, i = self.rule_of_arrays(array.type), self.dice.randint(1, array.size), self.name("i")
        scope.arrays.append(Array(t, size, array.type, level=scope.level))
        head = Statement(f"{array.type} {t}[{size}], {t}in[{size}];", declares=[t])
        copy = Statement(f"for (int {i} = 0; {i} < {size}; {i}++)\n        {t}in[{i}] = {array.text}[{i}];")
        return Sequence(head, copy, Statement(f"{name}({size}, {t}in, {t});"))

    def call(self, scope):
        return self.call_of(scope)

    def call_in_condition(self, scope):
        name, type, count = self.value_helper()
        parts = [f"if ({name}("]
        for number in range(count):
            parts += ([", "] if number else []) + [self.leaf(scope)]
        return Statement(*parts, ") > ", self.constant(), ") ", self.assign_by(scope) or Statement(";"))

    def recurse(self, scope):
        name, type = self.recursive_helper()
        t = self.name("t")
        made = Statement(f"{type} {t} = {name}({self.dice.randint(1, 3)}, ", self.leaf(scope), ", ", self.leaf(scope), ");", declares=[t])
        scope.places.append(Place(t, type))
        return made

    def recurse_mutually(self, scope):
        name, type = self.aside(self.mutual_helpers)
        t = self.name("t")
        made = Statement(f"{type} {t} = {name}({self.dice.randint(1, 3)}, ", self.leaf(scope), ", ", self.leaf(scope), ");", declares=[t])
        scope.places.append(Place(t, type))
        return made

    def recurse_halving(self, scope):
        array = self.pick(scope.arrays) if scope.arrays else None
        if not array:
            return None
        name, writes = self.aside(self.halving_helper, array.type)
        if writes and not array.writable:
            return None
        t = self.name("t")
        scope.places.append(Place(t, array.type))
        return Statement(f"{array.type} {t} = {name}({array.text}, {array.size});", declares=[t])

    def recurse_view(self, scope):
        array = self.pick(scope.arrays) if scope.arrays else None
        if not array:
            return None
        name, view, writes, address = self.aside(self.view_helper, array.type)
        if writes and not array.writable:
            return None
        t = self.name("t")
        made = Statement(f"struct {view} {t}v = {{{array.size}, {array.text}}};", declares=[t + "v"])
        scope.places.append(Place(t, array.type))
        return Sequence(made, Statement(f"{array.type} {t} = {name}({address}{t}v);", declares=[t]))

    def work_by_alloca(self, scope):
        array = self.pick(scope.arrays) if scope.arrays else None
        if not array:
            return None
        name, t = self.aside(self.alloca_helper, array.type), self.name("t")
        scope.places.append(Place(t, array.type))
        return Statement(f"{array.type} {t} = {name}({min(array.size, 4)}, {array.text});", declares=[t])

    def barrier(self, _):
        return Statement('__asm__ volatile("" : : : "memory");')

    def hide_integer(self, scope):
        counter = self.writable_counter(scope)
        if not counter or not counter.text.isidentifier():
            return None
        return Statement(f'__asm__ volatile("" : "+r"({counter.text}));')

    def callback(self, scope):
        (a, type), (b, _) = self.unary_helpers()
        apply, t = self.aside(self.callback_helper, type), self.name("t")
        which = [self.condition(scope), f" ? {a} : {b}"] if self.chance(0.3) else [self.pick((a, b))]
        made = Statement(f"{type} {t} = {apply}(", *which, ", ", self.leaf(scope), ");", declares=[t])
        scope.places.append(Place(t, type))
        return made

    def function_pointer(self, scope):
        (a, type), (b, _) = self.unary_helpers()
        fp, t = self.name("fp"), self.name("t")
        if self.chance(0.5):
            head = Statement(f"{type} (*{fp}[2])({type}) = {{{a}, {b}}};", declares=[fp])
            use = Statement(f"{type} {t} = {fp}[", self.integer(scope, 0, 1), "](", self.leaf(scope), ");", declares=[t])
        else:
            head = Statement(f"{type} (*{fp})({type}) = ", self.condition(scope), f" ? {a} : {b};", declares=[fp])
            use = Statement(f"{type} {t} = {fp}(", self.leaf(scope), ");", declares=[t])
        scope.places.append(Place(t, type))
        return Sequence(head, use)

    # Variables outside

    def global_(self, scope):
        name, type = self.outer_name("state"), self.real_type()
        self.outer.append(Statement(f"{type} {name}[2];\n", declares=[name]))
        made = Sequence(Statement(f"{name}[0] = ", self.value(scope), ";"), Statement(f"{name}[1] = ", self.value(scope), ";"))
        scope.arrays.append(Array(name, 2, type))
        return made

    def static_(self, scope):
        name, i, type = self.name("keep"), self.name("i"), self.real_type()
        inner = Scope(scope, loops=scope.loops + 1)
        inner.counters.append(Counter(i, 0, 2))
        scope.arrays.append(Array(name, 3, type, level=scope.level))
        fill = Statement(f"for (int {i} = 0; {i} < 3; {i}++)\n        {name}[{i}] = ", self.small(inner), ";")
        return Sequence(Statement(f"static {type} {name}[3];", declares=[name]), fill)
