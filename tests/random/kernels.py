"""Loops as numerical programs have them: stencils, transforms, nests, rows, time steps. A kernel is text in which

    $name      is a name of its own, the same throughout the kernel
    %K         is the annotation of a loop, or nothing
    %T %f %q   is a real type, and the suffixes of its functions and its constants
    ?[$i $j:8] is a small expression, in which these counters may be used; one may say that it is below 8
    @(a@|b@)   is one of the texts

and which adds an array to the scope, so that what comes later uses it.
"""

import re

from scope import Array, Counter, Place, Scope
from tree import Sequence, Statement

KERNELS = {
    "heat": 3, "ring": 3, "grid_in_place": 2, "two_fields": 2, "butterflies": 3, "halves": 3, "lifting": 2, "convolution": 3,
    "pooling": 2, "triangular_solve": 2, "cholesky": 2, "packed_triangle": 2, "softmax_rows": 3, "normalised_rows": 2,
    "attention": 2, "recurrent": 3, "gates": 2, "runge_kutta": 2, "leapfrog": 2, "layers": 3, "sparse_product": 2, "histogram": 2,
    "pairs": 2, "filter": 2, "forward_algorithm": 2, "ring_buffer": 2, "work_arrays": 3, "matrix_chain": 2, "scan": 2, "rotations": 1,
    "dynamic_programme": 2, "blocks": 2, "interleaved": 2, "polynomial": 2, "conjugate_gradients": 1, "vectors": 20,
}
SUFFIX = {"float": "f", "double": "", "long double": "l"}
CHOICE = re.compile(r"@\(((?:(?!@\(|@\)).)*)@\)", re.S)


class Extent:
    """How far a loop goes, and what that is at least and at most."""

    def __init__(self, text, least, most):
        self.text = text
        self.least = least
        self.most = most


class Kernels:
    """Needs what Statements needs."""

    # Making of a kernel

    def extent(self, scope, low=3, high=7):
        """Constant, a parameter's value, or computed from n."""
        fitting = [extent for extent in scope.extents if low <= extent.most <= high]
        roll = self.dice.random()
        if fitting and roll < 0.6:
            return self.pick(fitting)
        if roll < 0.75 and low + 3 <= high:
            return Extent(f"(n + {low - 1})", low, low + 3)
        size = self.dice.randint(low, high)
        return Extent(str(size), size, size)

    def chosen(self, text):
        while True:
            made = CHOICE.sub(lambda match: self.pick(match.group(1).split("@|")), text)
            if made == text:
                return text
            text = made

    def kernel(self, scope, text, counters=(), places=(), **words):
        """A statement; `counters` are (name, most) and `places` real variables of the kernel that its expressions may use."""
        words.setdefault("T", self.real_type())
        words["K"] = self.checkpoint()
        words["f"], words["q"] = SUFFIX[words["T"]], SUFFIX[words["T"]].upper() if words["T"] != "float" else "f"
        names = {}
        text = self.chosen(text)
        text = re.sub(r"%([A-Za-z]+)", lambda match: str(words[match.group(1)]), text)
        text = re.sub(r"\$(\w+)", lambda match: names.setdefault(match.group(1), self.name(f"{match.group(1)}_")), text)
        known = {names[name]: most for name, most in counters if name in names}
        known_places = {names[name] for name in places if name in names}
        parts = []
        for number, piece in enumerate(re.split(r"\?\[([^]]*)\]", text.strip())):
            parts.append(self.inside(scope, piece.split(), known, known_places, words["T"]) if number % 2 else piece)
        return Statement(*parts, declares=list(names.values())), names

    def inside(self, scope, seen, known, known_places, type):
        inner = Scope(scope, loops=scope.loops + 1)
        for name, _, bound in (text.partition(":") for text in seen):
            if bound or name in known:
                inner.counters += [Counter(name, 0, int(bound) - 1 if bound else known[name])] * 2
            elif name in known_places:
                inner.places += [Place(name, type, False)] * 2
        return self.small(inner, 1)

    def made(self, scope, text, result=None, size=0, **more):
        """The kernel as a statement, whose array `result` the scope gets."""
        if scope.loops > 0:
            return None
        words = {"T": self.real_type(), **more}
        statement, names = self.kernel(scope, text, **words)
        if result:
            scope.arrays.append(Array(names[result], size, words["T"], level=scope.level))
        return statement

    def source(self, scope, size, index, counters=""):
        """An element of a large enough array of the function's, else an expression over the counters."""
        arrays = [array for array in scope.arrays if array.size >= size]
        return f"{self.pick(arrays).text}[{index}]" if arrays and self.chance(0.7) else f"?[{counters or f'$i:{size}'}]"

    def grid(self, rows, columns):
        """How a grid is declared, and how a place in it is written."""
        size = rows.most * columns.most
        if self.chance(0.4):
            return f"[{rows.text}][{columns.text}]", lambda a, i, j: f"{a}[{i}][{j}]"
        extent = self.pick((f"[{size}]", f"[{rows.text} * {columns.text}]"))
        return extent, lambda a, i, j: f"{a}[({i}) * {columns.text} + {j}]" if " " in i else f"{a}[{i} * {columns.text} + {j}]"

    def steps(self):
        return self.pick(("1", "2", "3", "4", "n", "n", "n + 1"))

    # Grids

    def heat(self, scope):
        rows, columns = self.extent(scope, 3, 6), self.extent(scope, 3, 12)
        extent, at = self.grid(rows, columns)
        u, near = at("$u", "$i", "$j"), [at("$u", "$i - 1", "$j"), at("$u", "$i + 1", "$j"), at("$u", "$i", "$j - 1"), at("$u", "$i", "$j + 1")]
        size = rows.most * columns.most
        start = self.source(scope, size, f"$i * {columns.text} + $j", "$i $j")
        update = self.pick((
            f"{u} + 0.1 * $k * ({near[0]} + {near[1]} + {near[2]} + {near[3]} - 4 * {u})",
            f"0.2 * ({u} + {near[0]} + {near[1]} + {near[2]} * $k + {near[3]})",
            f"0.5 * {u} + 0.25 * sin%f({near[0]} + {near[3]}) * $k",
            f"{u} + 0.125 * ({near[1]} - {near[0]}) * $k + 0.125 * {u} * ({near[3]} - {u})",
        ))
        copy = self.pick((
            f"for (int $i = 1; $i < {rows.text} - 1; $i++)\nfor (int $j = 1; $j < {columns.text} - 1; $j++)\n{u} = {at('$v', '$i', '$j')};",
            f"for (int $i = 0; $i < {rows.text}; $i++)\nfor (int $j = 0; $j < {columns.text}; $j++)\n{u} = {at('$v', '$i', '$j')};",
        ))
        text = f"""%T $u{extent}, $v{extent}, $r[2] = {{0}};
        const %T $k = ?[];
        for (int $i = 0; $i < {rows.text}; $i++)
            for (int $j = 0; $j < {columns.text}; $j++) {{
                {u} = {start};
                {at('$v', '$i', '$j')} = @(0@|{u}@);
            }}
        for (int $s = 0; $s < {self.steps()}; $s++) {{ %K
            for (int $i = 1; $i < {rows.text} - 1; $i++)
                for (int $j = 1; $j < {columns.text} - 1; $j++)
                    {at('$v', '$i', '$j')} = {update}@(@| + 0.1 * ?[$i $j $s]@);
            {copy}
        }}
        for (int $i = 0; $i < {rows.text}; $i++)
            for (int $j = 0; $j < {columns.text}; $j++)
                $r[@(0@|$i % 2@|$j % 2@)] += 0.1 * {u} * @({u}@|?[$i $j]@);"""
        return self.made(scope, text, "r", 2, counters=(("i", rows.most - 1), ("j", columns.most - 1), ("s", 4)))

    def ring(self, scope):
        """One dimension with ends that meet, and two buffers by pointers or by copies."""
        m = self.extent(scope, 3, 20)
        left = self.pick((f"$i > 0 ? $i - 1 : {m.text} - 1", f"($i + {m.text} - 1) % {m.text}"))
        right = self.pick((f"$i < {m.text} - 1 ? $i + 1 : 0", f"($i + 1) % {m.text}"))
        flux = f"for (int $i = 0; $i < {m.text}; $i++)\n$w[$i] = 0.5 * $p[$i] * $p[$i] * @($k@|?[$i]@);"
        step = "@(0.25 * ($w[$right] - $w[$left]) + 0.1 * $k * ($p[$right] - 2 * $p[$i] + $p[$left])@|0.1 * sin%f($w[$i]) * $p[$left]@)"
        swap = "%T *$t = $p;\n$p = $q;\n$q = $t;" if self.chance(0.5) else f"for (int $i = 0; $i < {m.text}; $i++)\n$p[$i] = $q[$i];"
        text = f"""%T $a[{m.most}] = {{0}}, $b[{m.most}] = {{0}}, $w[{self.pick((m.most, m.text))}], *$p = $a, *$q = $b;
        const %T $k = ?[];
        for (int $i = 0; $i < {m.text}; $i++)
            $p[$i] = {self.source(scope, m.most, '$i')};
        for (int $s = 0; $s < {self.steps()}; $s++) {{ %K
            {flux}
            for (int $i = 0; $i < {m.text}; $i++) {{
                const int $left = {left}, $right = {right};
                $q[$i] = 0.75 * $p[$i] - {step};
            }}
            {swap}
        }}"""
        return self.made(scope, text, "p", m.least, counters=(("i", m.most - 1),))

    def grid_in_place(self, scope):
        rows, columns = self.extent(scope, 3, 5), self.extent(scope, 3, 12)
        extent, at = self.grid(rows, columns)
        u = at("$u", "$i", "$j")
        around = " + ".join((at("$u", "$i - 1", "$j"), at("$u", "$i + 1", "$j"), at("$u", "$i", "$j - 1"), at("$u", "$i", "$j + 1")))
        start = self.pick(("1", "1 + ($i + $s) % 2"))
        step = "$j++" if start == "1" else "$j += 2"
        text = f"""%T $u{extent}, $r[2] = {{0}};
        for (int $i = 0; $i < {rows.text}; $i++)
            for (int $j = 0; $j < {columns.text}; $j++)
                {u} = ?[$i $j];
        for (int $s = 0; $s < {self.steps()}; $s++)
            for (int $i = 1; $i < {rows.text} - 1; $i++)
                for (int $j = {start}; $j < {columns.text} - 1; {step})
                    {u} = @(0.25 * ({around})@|0.5 * {u} + 0.125 * ({around}) * ?[$i $j]@|{u} + 0.1 * ({around} - 4 * {u} * {u})@);
        for (int $i = 0; $i < {rows.text} * 1; $i++)
            $r[$i % 2] += {at('$u', '$i', f'{columns.text} - 2')} * {at('$u', '1', '1')};"""
        return self.made(scope, text, "r", 2, counters=(("i", rows.most - 1), ("j", columns.most - 1), ("s", 4)))

    def two_fields(self, scope):
        m = self.extent(scope, 3, 5)
        extent, at = self.grid(m, m)
        u, v, du, dv = (at(f"${name}", "$i", "$j") for name in ("u", "v", "d", "e"))
        text = f"""%T $u{extent}, $v{extent}, $d{extent}, $e{extent}, $r[3] = {{0}};
        const %T $a = ?[], $b = ?[];
        for (int $i = 0; $i < {m.text}; $i++)
            for (int $j = 0; $j < {m.text}; $j++) {{
                {u} = {self.source(scope, m.most * m.most, f'$i * {m.text} + $j', '$i $j')};
                {v} = ?[$i $j];
            }}
        for (int $s = 0; $s < {self.steps()}; $s++) {{ %K
            for (int $i = 0; $i < {m.text}; $i++) {{
                const int $up = $i > 0 ? $i - 1 : {m.text} - 1, $down = $i < {m.text} - 1 ? $i + 1 : 0;
                for (int $j = 0; $j < {m.text}; $j++) {{
                    const int $left = $j > 0 ? $j - 1 : {m.text} - 1, $right = $j < {m.text} - 1 ? $j + 1 : 0;
                    const %T $x = 0.25 * {u} * {u} * {v};
                    const %T $l = {at('$u', '$up', '$j')} + {at('$u', '$down', '$j')} + {at('$u', '$i', '$left')} + {at('$u', '$i', '$right')} - 4 * {u};
                    {du} = $a + @($x@|sin%f($x)@) - 0.5 * ($b + 1) * {u} + 0.1 * $l;
                    {dv} = $b * {u} - $x@( + 0.1 * $l@|@);
                }}
            }}
            for (int $i = 0; $i < {m.text}; $i++)
                for (int $j = 0; $j < {m.text}; $j++) {{
                    {u} @(+= 0.1 * {du}@|= {u} + 0.1 * {du}@);
                    {v} += 0.1 * {dv};
                }}
        }}
        for (int $i = 0; $i < {m.text}; $i++)
            for (int $j = 0; $j < {m.text}; $j++)
                $r[@(0@|$i % 3@)] += 0.1 * ({u} - $a) * {v};"""
        return self.made(scope, text, "r", 3, counters=(("i", m.most - 1), ("j", m.most - 1)), places=("a", "b"))

    # Transforms with strides

    def power_of_two(self):
        return self.pick((2, 4, 8, 8, 16))

    def butterflies(self, scope):
        size = self.power_of_two()
        order = self.pick((f"int $len = 2; $len <= {size}; $len @(<<= 1@|*= 2@)", f"int $len = {size}; $len >= 2; $len @(>>= 1@|/= 2@)"))
        turn = f"%T $t = $x[$i];\n$x[$i] = $x[$j];\n$x[$j] = $t;\n$t = $y[$i];\n$y[$i] = $y[$j];\n$y[$j] = $t;"
        reverse = f"""for (int $i = 1, $j = 0; $i < {size}; $i++) {{
            int $bit = {size} >> 1;
            for (; $j & $bit; $bit >>= 1)
                $j ^= $bit;
            $j ^= $bit;
            if ($i < $j) {{ {turn} }}
        }}"""
        a, b = "$i + $k", self.pick(("$i + $k + $half", "$i + $half + $k"))
        inner = f"""const %T $c = $w[$k * $stride], $s = @($z[$k * $stride]@|-$z[$k * $stride]@);
            const %T $e = $x[{b}] * $c - $y[{b}] * $s, $g = $x[{b}] * $s + $y[{b}] * $c;
            $x[{b}] = $x[{a}] - $e;
            $y[{b}] = @($y[{a}] - $g@|0.5 * ($y[{a}] - $g)@);
            $x[{a}] += $e;
            $y[{a}] @(+= $g@|= $y[{a}] + $g@);"""
        text = f"""%T $x[{size}], $y[{size}], $w[{size}], $z[{size}];
        for (int $i = 0; $i < {size}; $i++) {{
            $x[$i] = {self.source(scope, size, '$i')};
            $y[$i] = ?[$i];
            $w[$i] = @(cos%f(0.4%q * $i)@|0.5 * ?[$i]@);
            $z[$i] = @(sin%f(0.4%q * $i)@|0.5 * ?[$i]@);
        }}
        {self.pick((reverse, ''))}
        for ({order}) {{
            const int $half = $len / 2, $stride = {size} / $len;
            for (int $i = 0; $i < {size}; $i += $len)
                for (int $k = 0; $k < $half; $k++) {{
                    {inner}
                }}
        }}"""
        return self.made(scope, text, "x", size, counters=(("i", size - 1),))

    def halves(self, scope):
        """A sum by halves, in place."""
        size = self.power_of_two()
        loop = self.pick((f"int $s = {size // 2}; $s > 0; $s >>= 1", f"int $s = {size} / 2; $s >= 1; $s /= 2"))
        text = f"""%T $a[{size}];
        for (int $i = 0; $i < {size}; $i++)
            $a[$i] = {self.source(scope, size, '$i')};
        for ({loop})
            for (int $i = 0; $i < $s; $i++)
                $a[$i] @(+= 0.5 * $a[$i + $s]@|= 0.5 * $a[$i] * $a[$i + $s] + 0.25@|= fmax%f($a[$i], $a[$i + $s])@|= 0.5 * sin%f($a[$i] - $a[$i + $s]) + 0.5 * $a[$i]@);"""
        return self.made(scope, text, "a", size, counters=(("i", size - 1),))

    def lifting(self, scope):
        """Haar's wavelets, in place by strides or through a buffer."""
        size = self.power_of_two()
        in_place = f"""for (int $s = 1; $s < {size}; $s *= 2)
            for (int $i = 0; $i + $s < {size}; $i += 2 * $s) {{
                const %T $d = $a[$i + $s] - $a[$i];
                $a[$i + $s] = @($d@|0.5 * $d@|sin%f($d)@);
                $a[$i] += 0.5 * $d;
            }}"""
        buffered = f"""%T $b[{size}];
        for (int $m = {size}; $m > 1; $m /= 2) {{
            for (int $i = 0; $i < $m / 2; $i++) {{
                $b[$i] = 0.5 * ($a[2 * $i] + $a[2 * $i + 1]);
                $b[$m / 2 + $i] = 0.5 * ($a[2 * $i] - $a[2 * $i + 1]) * @(1@|$a[2 * $i]@);
            }}
            @(for (int $i = 0; $i < $m; $i++)\n$a[$i] = $b[$i];@|memcpy($a, $b, (size_t)$m * sizeof(%T));@)
        }}"""
        text = f"""%T $a[{size}];
        for (int $i = 0; $i < {size}; $i++)
            $a[$i] = {self.source(scope, size, '$i')};
        {self.pick((in_place, buffered))}"""
        return self.made(scope, text, "a", size, counters=(("i", size - 1),))

    def interleaved(self, scope):
        """Even and odd elements, and strides through one array."""
        m = self.extent(scope, 3, 12)
        text = f"""%T $a[{2 * m.most}];
        for (int $i = 0; $i < 2 * {m.text}; $i++)
            $a[$i] = {self.source(scope, 2 * m.most, '$i')};
        for (int $s = 0; $s < {self.steps()}; $s++) {{ %K
            for (int $i = 0; $i + 1 < 2 * {m.text}; $i += 2) {{
                $a[$i] = 0.5 * $a[$i] + 0.5 * @(sin%f($a[$i + 1])@|$a[$i + 1] * ?[$i]@);
                $a[$i + 1] -= 0.25 * $a[$i];
            }}
            for (int $i = 1; $i + 1 < 2 * {m.text}; $i += 2)
                $a[$i] = 0.5 * ($a[$i - 1] + $a[$i + 1])@(@| * $a[$i]@);
        }}"""
        return self.made(scope, text, "a", 2 * m.least, counters=(("i", 2 * m.most - 1),))

    def rotations(self, scope):
        """Rows of a matrix turned into one another."""
        m = self.dice.randint(3, 4)
        text = f"""%T $a[{m}][{m}];
        for (int $i = 0; $i < {m}; $i++)
            for (int $j = 0; $j < {m}; $j++)
                $a[$i][$j] = {self.source(scope, m * m, f'$i * {m} + $j', '$i $j')};
        for (int $i = 0; $i < {m}; $i++)
            for (int $k = $i + 1; $k < {m}; $k++) {{
                const %T $r = sqrt%f($a[$i][$i] * $a[$i][$i] + $a[$k][$i] * $a[$k][$i] + 0.25);
                const %T $c = $a[$i][$i] / $r, $s = $a[$k][$i] / $r;
                for (int $j = @(0@|$i@); $j < {m}; $j++) {{
                    const %T $x = $a[$i][$j], $y = $a[$k][$j];
                    $a[$i][$j] = $c * $x + $s * $y;
                    $a[$k][$j] = $c * $y - $s * $x;
                }}
            }}
        %T *$p = $a[{m - 1}];"""
        return self.made(scope, text, "p", m, counters=(("i", m - 1), ("j", m - 1)))

    # Convolutions

    def convolution(self, scope):
        size, kernel, inputs, outputs = self.dice.randint(4, 6), self.pick((2, 3)), self.dice.randint(1, 2), self.dice.randint(1, 2)
        out = size - kernel + 1
        weight = f"$w[(($o * {inputs} + $c) * {kernel} + $dy) * {kernel} + $dx]"
        padded = f"""for (int $c = 0; $c < {inputs}; $c++)
                for (int $dy = 0; $dy < {kernel}; $dy++)
                    for (int $dx = 0; $dx < {kernel}; $dx++) {{
                        const int $lo = $dy < 1 ? 1 - $dy : 0, $hi = $dy > 1 ? {size} - ($dy - 1) : {size};
                        const int $first = $dx < 1 ? 1 - $dx : 0, $last = $dx > 1 ? {size} - ($dx - 1) : {size};
                        for (int $y = $lo; $y < $hi; $y++)
                            for (int $x = $first; $x < $last; $x++)
                                $b[$o][$y * {size} + $x] += {weight} * $a[$c][($y + $dy - 1) * {size} + $x + $dx - 1];
                    }}"""
        valid = f"""for (int $y = 0; $y < {out}; $y++)
                for (int $x = 0; $x < {out}; $x++) {{
                    %T $sum = 0;
                    for (int $c = 0; $c < {inputs}; $c++)
                        for (int $dy = 0; $dy < {kernel}; $dy++)
                            for (int $dx = 0; $dx < {kernel}; $dx++)
                                $sum += {weight} * $a[$c][($y + $dy) * {size} + $x + $dx];
                    $b[$o][$y * {size} + $x] += @($sum@|sin%f($sum)@|$sum > 0 ? $sum : 0.1%q * $sum@);
                }}"""
        text = f"""%T $a[{inputs}][{size * size}], $b[{outputs}][{size * size}], $w[{outputs * inputs * kernel * kernel}], $r[{outputs}] = {{0}};
        for (int $c = 0; $c < {inputs}; $c++)
            for (int $i = 0; $i < {size * size}; $i++)
                $a[$c][$i] = {self.source(scope, size * size, '$i', '$i $c')};
        for (int $i = 0; $i < {outputs * inputs * kernel * kernel}; $i++)
            $w[$i] = {self.source(scope, outputs * inputs * kernel * kernel, '$i')};
        for (int $o = 0; $o < {outputs}; $o++) {{
            for (int $i = 0; $i < {size * size}; $i++)
                $b[$o][$i] = @(0@|?[$o]@);
            {self.pick((padded, valid))}
        }}
        for (int $o = 0; $o < {outputs}; $o++)
            for (int $i = 0; $i < {size * size}; $i++)
                $r[$o] += 0.1 * @($b[$o][$i] / (1 + $b[$o][$i] * $b[$o][$i])@|tanh%f($b[$o][$i])@);"""
        counters = (("i", size * size - 1), ("c", inputs - 1), ("o", outputs - 1))
        return self.made(scope, text, "r", outputs, counters=counters)

    def pooling(self, scope):
        rows, columns = self.pick((4, 6)), self.pick((4, 6))
        element = f"$a[(2 * $y + $dy) * {columns} + 2 * $x + $dx]"
        largest = f"""%T $m = -INFINITY;
                for (int $dy = 0; $dy < 2; $dy++)
                    for (int $dx = 0; $dx < 2; $dx++)
                        @(if ({element} > $m)\n$m = {element};@|$m = fmax%f($m, {element});@)
                $b[$y * {columns // 2} + $x] = $m;"""
        mean = f"""$b[$y * {columns // 2} + $x] = 0;
                for (int $dy = 0; $dy < 2; $dy++)
                    for (int $dx = 0; $dx < 2; $dx++)
                        $b[$y * {columns // 2} + $x] += 0.25 * {element} * @(1@|{element}@);"""
        text = f"""%T $a[{rows * columns}], $b[{rows * columns // 4}];
        for (int $i = 0; $i < {rows * columns}; $i++)
            $a[$i] = {self.source(scope, rows * columns, '$i')};
        for (int $y = 0; $y < {rows // 2}; $y++)
            for (int $x = 0; $x < {columns // 2}; $x++) {{
                {self.pick((largest, mean))}
            }}"""
        return self.made(scope, text, "b", rows * columns // 4, counters=(("i", rows * columns - 1),))

    def filter(self, scope):
        """A filter with taps, forwards or with what it gave before."""
        m, taps = self.extent(scope, 4, 20), self.dice.randint(2, 3)
        text = f"""%T $x[{m.most}], $y[{m.most}], $h[{taps}];
        for (int $i = 0; $i < {m.text}; $i++)
            $x[$i] = {self.source(scope, m.most, '$i')};
        for (int $i = 0; $i < {taps}; $i++)
            $h[$i] = 0.5 * ?[$i];
        for (int $i = 0; $i < {m.most}; $i++)
            $y[$i] = 0;
        for (int $i = @(0@|{taps - 1}@); $i < {m.text}; $i++) {{
            %T $sum = @(0@|$x[$i]@|0.5 * ?[$i]@);
            for (int $k = 0; $k < {taps} && $k <= $i; $k++)
                $sum += $h[$k] * @($x[$i - $k]@|$x[$i - $k] * $x[$i]@);
            @(@|if ($i > 0)\n$sum += 0.3 * $y[$i - 1];@|if ($i > 1)\n$sum -= 0.25 * sin%f($y[$i - 2]);@)
            $y[$i] = $sum;
        }}"""
        return self.made(scope, text, "y", m.least, counters=(("i", m.most - 1),))

    # Triangles

    def triangular_solve(self, scope):
        m = self.extent(scope, 3, 5)
        size = m.most * m.most
        forwards = f"for (int $i = 0; $i < {m.text}; $i++) {{\n%T $sum = $b[$i];\nfor (int $j = 0; $j < $i; $j++)\n$sum -= $l[$i * {m.text} + $j] * $x[$j];"
        backwards = f"for (int $i = {m.text} - 1; $i >= 0; $i--) {{\n%T $sum = $b[$i];\nfor (int $j = $i + 1; $j < {m.text}; $j++)\n$sum -= $l[$i * {m.text} + $j] * $x[$j];"
        text = f"""%T $l[{size}], $b[{m.most}], $x[{m.most}] = {{0}};
        for (int $i = 0; $i < {m.text} * {m.text}; $i++)
            $l[$i] = 0.5 * {self.source(scope, size, '$i')};
        for (int $i = 0; $i < {m.text}; $i++) {{
            $b[$i] = ?[$i];
            $l[$i * {m.text} + $i] = 2 + $l[$i * {m.text} + $i] * $l[$i * {m.text} + $i];
        }}
        {self.pick((forwards, backwards))}
            $x[$i] = $sum / $l[$i * {m.text} + $i];
        }}"""
        return self.made(scope, text, "x", m.least, counters=(("i", m.most - 1),))

    def cholesky(self, scope):
        m = self.extent(scope, 2, 5)
        extent, at = self.grid(m, m)
        text = f"""%T $a{extent}, $l{extent}, $r[2] = {{0}};
        for (int $i = 0; $i < {m.text}; $i++)
            for (int $j = 0; $j < {m.text}; $j++)
                {at('$a', '$i', '$j')} = $i == $j ? 6 + 0 * 1.0%q : 0.25%q;
        for (int $i = 0; $i < {m.text}; $i++)
            for (int $j = 0; $j < $i; $j++) {{
                {at('$a', '$i', '$j')} = 0.5 * ?[$i $j];
                {at('$a', '$j', '$i')} = {at('$a', '$i', '$j')};
            }}
        @({at('$a', '0', '0')} += ?[];@|@)
        for (int $j = 0; $j < {m.text}; $j++) {{
            %T $sum = {at('$a', '$j', '$j')};
            for (int $k = 0; $k < $j; $k++)
                $sum -= {at('$l', '$j', '$k')} * {at('$l', '$j', '$k')};
            {at('$l', '$j', '$j')} = sqrt%f($sum);
            for (int $i = $j + 1; $i < {m.text}; $i++) {{
                %T $t = {at('$a', '$i', '$j')};
                for (int $k = 0; $k < $j; $k++)
                    $t -= {at('$l', '$i', '$k')} * {at('$l', '$j', '$k')};
                {at('$l', '$i', '$j')} = $t / {at('$l', '$j', '$j')};
            }}
        }}
        for (int $i = 0; $i < {m.text}; $i++)
            $r[$i % 2] += @(log%f({at('$l', '$i', '$i')})@|{at('$l', f'{m.text} - 1', '$i')}@);"""
        counters = (("i", m.most - 1), ("j", m.most - 1))
        return self.made(scope, text, "r", 2, counters=counters)

    def packed_triangle(self, scope):
        m = self.extent(scope, 3, 5)
        size = m.most * (m.most + 1) // 2
        running = f"""int $at = 0;
        for (int $i = 0; $i < {m.text}; $i++)
            for (int $j = 0; $j <= $i; $j++)
                $y[$i] += $p[$at++] * $x[$j];"""
        closed = f"""for (int $i = 0; $i < {m.text}; $i++)
            for (int $j = 0; $j <= $i; $j++) {{
                $y[$i] += $p[$i * ($i + 1) / 2 + $j] * $x[$j];
                @(@|if ($i != $j)\n$y[$j] += 0.5 * $p[$i * ($i + 1) / 2 + $j] * $x[$i];@)
            }}"""
        text = f"""%T $p[{size}], $x[{m.most}], $y[{m.most}] = {{0}};
        for (int $i = 0; $i < {m.text} * ({m.text} + 1) / 2; $i++)
            $p[$i] = {self.source(scope, size, '$i')};
        for (int $i = 0; $i < {m.text}; $i++)
            $x[$i] = ?[$i];
        {self.pick((running, closed))}"""
        return self.made(scope, text, "y", m.least, counters=(("i", size - 1),))

    def pairs(self, scope):
        """Forces between all pairs."""
        m = self.extent(scope, 2, 5)
        text = f"""%T $x[{m.most}][2], $g[{m.most}][2], $r[{m.most}] = {{0}};
        for (int $i = 0; $i < {m.text}; $i++)
            for (int $d = 0; $d < 2; $d++) {{
                $x[$i][$d] = ?[$i $d];
                $g[$i][$d] = 0;
            }}
        for (int $s = 0; $s < {self.steps()}; $s++) {{ %K
            @(@|for (int $i = 0; $i < {m.text}; $i++)\n$g[$i][0] = $g[$i][1] = 0;@)
            for (int $i = 0; $i < {m.text}; $i++)
                for (int $j = @($i + 1; $j < {m.text}@|0; $j < $i@); $j++) {{
                    const %T $a = $x[$j][0] - $x[$i][0], $b = $x[$j][1] - $x[$i][1];
                    const %T $k = 0.5 / (@(0.5 + $a * $a + $b * $b@|sqrt%f(0.5 + $a * $a + $b * $b)@));
                    $g[$i][0] += $k * $a;
                    $g[$i][1] += $k * $b;
                    $g[$j][0] -= $k * $a;
                    $g[$j][1] -= $k * $b;
                }}
            for (int $i = 0; $i < {m.text}; $i++)
                for (int $d = 0; $d < 2; $d++)
                    $x[$i][$d] += 0.1 * $g[$i][$d];
        }}
        for (int $i = 0; $i < {m.text}; $i++)
            $r[$i] = $x[$i][0] * $x[$i][1];"""
        return self.made(scope, text, "r", m.least, counters=(("i", m.most - 1), ("d", 1)))

    # Rows

    def softmax_rows(self, scope):
        rows, columns = self.extent(scope, 2, 4), self.extent(scope, 2, 17)
        size = rows.most * columns.most
        text = f"""%T $a[{size}], $r[{rows.most}] = {{0}};
        for (int $i = 0; $i < {rows.text} * {columns.text}; $i++)
            $a[$i] = {self.source(scope, size, '$i')};
        for (int $i = 0; $i < {rows.text}; $i++) {{
            %T *$p = @($a + $i * {columns.text}@|&$a[$i * {columns.text}]@);
            %T $m = @($p[0]@|-INFINITY@), $sum = 0;
            for (int $j = 0; $j < {columns.text}; $j++)
                if ($p[$j] > $m)
                    $m = $p[$j];
            for (int $j = 0; $j < {columns.text}; $j++) {{
                @($p[$j] = exp%f($p[$j] - $m);\n$sum += $p[$j];@|const %T $e = exp%f($p[$j] - $m);\n$sum += $e;\n$p[$j] = $e;@)
            }}
            for (int $j = 0; $j < {columns.text}; $j++)
                $p[$j] @(/= $sum@|*= 1 / $sum@);
            @($r[$i] = log%f($sum) + $m;@|$r[$i] = $p[$i % {columns.text}] * $p[0];@|for (int $j = 0; $j < {columns.text}; $j++)\n$r[$i] += $p[$j] * ?[$j];@)
        }}"""
        return self.made(scope, text, "r", rows.least, counters=(("i", size - 1), ("j", columns.most - 1)))

    def normalised_rows(self, scope):
        rows, columns = self.extent(scope, 2, 4), self.extent(scope, 2, 17)
        size = rows.most * columns.most
        text = f"""%T $a[{size}], $b[{size}] = {{0}}, $g[{columns.most}], $r[2] = {{0}};
        for (int $i = 0; $i < {rows.text} * {columns.text}; $i++)
            $a[$i] = {self.source(scope, size, '$i')};
        for (int $j = 0; $j < {columns.text}; $j++)
            $g[$j] = ?[$j];
        for (int $i = 0; $i < {rows.text}; $i++) {{
            const %T *$p = $a + $i * {columns.text};
            %T *$o = @($b@|$a@) + $i * {columns.text};
            %T $mean = 0, $var = 0;
            for (int $j = 0; $j < {columns.text}; $j++)
                $mean += $p[$j];
            $mean /= (%T){columns.text};
            for (int $j = 0; $j < {columns.text}; $j++) {{
                const %T $d = $p[$j] - $mean;
                $var += $d * $d;
            }}
            const %T $s = 1 / sqrt%f($var / (%T){columns.text} + 0.5%q);
            for (int $j = 0; $j < {columns.text}; $j++)
                $o[$j] = @($s * ($p[$j] - $mean) * $g[$j]@|($p[$j] - $mean) * $s + $g[$j]@);
            for (int $j = 0; $j < {columns.text}; $j++)
                $r[@($i % 2@|0@)] += 0.25 * $o[$j] * $o[$j]@(@| * $g[$j]@);
        }}"""
        counters = (("i", size - 1), ("j", columns.most - 1))
        return self.made(scope, text, "r", 2, counters=counters)

    def attention(self, scope):
        time, width = self.extent(scope, 2, 4), self.dice.randint(1, 3)
        last = self.pick(("<= $i", f"< {time.text}"))
        text = f"""%T $x[{time.most * 3 * width}], $w[{self.pick((time.most, time.text))}], $o[{time.most * width}] = {{0}};
        for (int $i = 0; $i < {time.text} * {3 * width}; $i++)
            $x[$i] = {self.source(scope, time.most * 3 * width, '$i')};
        for (int $i = 0; $i < {time.text}; $i++) {{
            const %T *$q = $x + $i * {3 * width};
            %T $most = @(-100@|-INFINITY@);
            for (int $j = 0; $j {last}; $j++) {{
                const %T *$k = $x + $j * {3 * width} + {width};
                %T $v = 0;
                for (int $d = 0; $d < {width}; $d++)
                    $v += $q[$d] * $k[$d];
                $v *= 0.5;
                if ($v > $most)
                    $most = $v;
                $w[$j] = $v;
            }}
            %T $sum = 0;
            for (int $j = 0; $j {last}; $j++) {{
                $w[$j] = exp%f($w[$j] - $most);
                $sum += $w[$j];
            }}
            %T *$p = $o + $i * {width};
            for (int $d = 0; $d < {width}; $d++)
                $p[$d] = @(0@|0.1 * ?[$d]@);
            for (int $j = 0; $j {last}; $j++) {{
                const %T *$v = $x + $j * {3 * width} + {2 * width};
                const %T $share = $w[$j] / $sum;
                for (int $d = 0; $d < {width}; $d++)
                    $p[$d] += $share * $v[$d];
            }}
        }}"""
        return self.made(scope, text, "o", time.least * width, counters=(("i", time.most * 3 * width - 1), ("d", width - 1)))

    # Steps of time

    def recurrent(self, scope):
        m = self.extent(scope, 2, 9)
        take = self.pick((f"for (int $i = 0; $i < {m.text}; $i++)\n$h[$i] = $g[$i];", f"memcpy($h, $g, (size_t){m.text} * sizeof(%T));"))
        text = f"""%T $h[{m.most}] = {{0}}, $g[{m.most}], $w[{m.most * m.most}], $loss[1] = {{0}};
        for (int $i = 0; $i < {m.text} * {m.text}; $i++)
            $w[$i] = {self.source(scope, m.most * m.most, '$i')};
        for (int $t = 0; $t < {self.steps()}; $t++) {{ %K
            for (int $i = 0; $i < {m.text}; $i++) {{
                %T $sum = ?[$i $t];
                for (int $j = 0; $j < {m.text}; $j++)
                    $sum += $w[@($i * {m.text} + $j@|$j * {m.text} + $i@)] * $h[$j];
                $g[$i] = tanh%f($sum);
            }}
            {take}
            @($loss[0] += $h[0] * $h[{m.text} - 1];@|@)
        }}
        @($loss[0] += $h[0];@|for (int $i = 0; $i < {m.text}; $i++)\n$loss[0] += $h[$i] * $h[$i];@)"""
        return self.made(scope, text, "loss", 1, counters=(("i", m.most * m.most - 1), ("t", 4)))

    def gates(self, scope):
        m = self.extent(scope, 2, 17)
        logistic = "1 / (1 + exp%f(-({})))"
        text = f"""%T $h[{m.most}] = {{0}}, $c[{m.most}] = {{0}}, $w[{4 * m.most}], $loss[1] = {{0}};
        for (int $i = 0; $i < 4 * {m.text}; $i++)
            $w[$i] = {self.source(scope, 4 * m.most, '$i')};
        for (int $t = 0; $t < {self.steps()}; $t++) {{ %K
            for (int $i = 0; $i < {m.text}; $i++) {{
                const %T $x = ?[$i $t];
                const %T $forget = {logistic.format('$x * $w[$i] + $h[$i]')};
                const %T $take = {logistic.format(f'$h[$i] * $w[{m.text} + $i]')};
                const %T $change = tanh%f($h[$i] * $w[2 * {m.text} + $i] + $x);
                $c[$i] = $c[$i] * $forget + $take * $change;
                $h[$i] = $w[3 * {m.text} + $i] * tanh%f($c[$i]);
            }}
            %T $sum = 2;
            for (int $i = 0; $i < {m.text}; $i++)
                $sum += exp%f($h[$i]);
            $loss[0] += 0.25 * log%f($sum)@(@| - $h[0]@);
        }}"""
        return self.made(scope, text, "loss", 1, counters=(("i", m.most - 1), ("t", 4)))

    def runge_kutta(self, scope):
        m = self.extent(scope, 2, 17)
        slope = lambda y, k: self.pick((
            f"for (int $i = 0; $i < {m.text}; $i++)\n{k}[$i] = sin%f({y}[($i + 1) % {m.text}]) - $a * {y}[$i];",
            f"{{\n%T $left = 0;\nfor (int $i = 0; $i < {m.text}; $i++) {{\nconst %T $next = $i + 1 < {m.text} ? {y}[$i + 1] : 0 * {y}[$i];\nconst %T $right = $a * ($next - {y}[$i]);\n{k}[$i] = $right - $left - 0.1 * {y}[$i] * {y}[$i];\n$left = $right;\n}}\n}}",
        ))
        text = f"""%T $y[{m.most}], $k[{m.most}], $l[{m.most}], $w[{m.most}];
        const %T $a = ?[];
        for (int $i = 0; $i < {m.text}; $i++)
            $y[$i] = {self.source(scope, m.most, '$i')};
        for (int $s = 0; $s < {self.steps()}; $s++) {{ %K
            {slope('$y', '$k')}
            for (int $i = 0; $i < {m.text}; $i++)
                $w[$i] = $y[$i] + 0.1 * $k[$i];
            {slope('$w', '$l')}
            @(for (int $i = 0; $i < {m.text}; $i++)\n$w[$i] = $y[$i] + 0.05 * $l[$i];\n{slope('$w', '$l')}@|@)
            for (int $i = 0; $i < {m.text}; $i++)
                $y[$i] += 0.1 * ($k[$i] + @(2 * @|@)$l[$i]);
        }}"""
        return self.made(scope, text, "y", 2, counters=(("i", m.most - 1),))

    def leapfrog(self, scope):
        m = self.extent(scope, 3, 20)
        text = f"""%T $u[3][{m.most}] = {{{{0}}}}, $r[1] = {{0}};
        for (int $i = 0; $i < {m.text}; $i++)
            $u[0][$i] = $u[1][$i] = ?[$i];
        for (int $s = @(1@|2@); $s < 3 + {self.steps()}; $s++) {{ %K
            %T *$now = $u[$s % 3], *$old = $u[($s + 2) % 3], *$next = $u[($s + 1) % 3];
            for (int $i = 1; $i < {m.text} - 1; $i++)
                $next[$i] = 0.9 * $now[$i] - 0.3 * $old[$i] + 0.1 * @(($now[$i + 1] - $now[$i - 1])@|$now[$i + 1] * $now[$i - 1]@|sin%f($now[$i + 1] - 2 * $now[$i] + $now[$i - 1])@);
            @(@|$next[0] = 0.5 * $next[1];@)
            $r[0] += 0.1 * $next[1] * $now[{m.text} - 2];
        }}"""
        return self.made(scope, text, "r", 1, counters=(("i", m.most - 1),))

    def layers(self, scope):
        """A perceptron, from buffer to buffer."""
        width, depth = self.extent(scope, 2, 9), self.pick(("2", "3", "n"))
        text = f"""%T $w[{4 * width.most * width.most}], $a[{width.most}], $b[{width.most}], *$x = $a, *$y = $b;
        for (int $i = 0; $i < 4 * {width.text} * {width.text}; $i++)
            $w[$i] = @(0.5 * ?[$i:{4 * width.most * width.most}]@|{self.source(scope, 4 * width.most * width.most, '$i')}@);
        for (int $i = 0; $i < {width.text}; $i++)
            $x[$i] = ?[$i];
        for (int $l = 0; $l < {depth}; $l++) {{
            const %T *$m = $w + $l * {width.text} * {width.text};
            for (int $i = 0; $i < {width.text}; $i++) {{
                %T $sum = @(0@|?[$i $l]@);
                for (int $j = 0; $j < {width.text}; $j++)
                    $sum += $m[$i * {width.text} + $j] * $x[$j];
                $y[$i] = @($sum > 0 ? $sum : 0 * $sum@|tanh%f($sum)@|fmax%f($sum, 0)@|0.25 * $sum * $sum@);
            }}
            @(%T *$t = $x;\n$x = $y;\n$y = $t;@|for (int $i = 0; $i < {width.text}; $i++)\n$x[$i] = @($y[$i]@|$y[$i] + 0.5 * $x[$i]@);@)
        }}"""
        return self.made(scope, text, "x", 2, counters=(("i", width.most - 1), ("l", 3)))

    def forward_algorithm(self, scope):
        m = self.extent(scope, 2, 4)
        text = f"""%T $alpha[{m.most}], $next[{m.text}], $q[{m.most * m.most}], $r[1] = {{0}};
        for (int $i = 0; $i < {m.text} * {m.text}; $i++)
            $q[$i] = exp%f(-fabs%f(?[$i]));
        for (int $i = 0; $i < {m.text}; $i++)
            $alpha[$i] = 0.5 + 0.5 / (1 + ?[$i] * ?[$i]);
        for (int $t = 0; $t < {self.steps()}; $t++) {{ %K
            for (int $j = 0; $j < {m.text}; $j++)
                $next[$j] = @(0@|$t == 0 ? 0.5%q : 0@|0.125 * $alpha[$j]@);
            for (int $i = 0; $i < {m.text}; $i++)
                for (int $j = 0; $j < {m.text}; $j++)
                    $next[$j] += $alpha[$i] * $q[$i * {m.text} + $j];
            %T $scale = 0.01%q;
            for (int $j = 0; $j < {m.text}; $j++) {{
                $next[$j] *= 1.25 + 0.25 * ?[$t $j];
                $scale += fabs%f($next[$j]);
            }}
            for (int $j = 0; $j < {m.text}; $j++)
                $alpha[$j] = $next[$j] / $scale;
            $r[0] += 0.5 * log%f($scale);
        }}"""
        counters = (("i", m.most * m.most - 1), ("j", m.most - 1), ("t", 4))
        return self.made(scope, text, "r", 1, counters=counters)

    def ring_buffer(self, scope):
        size = self.dice.randint(2, 4)
        text = f"""%T $q[{size}] = {{0}}, $s[1] = {{0}};
        for (int $i = 0; $i < {self.pick(('5', '6', 'n + 4'))}; $i++) {{
            $s[0] @(+= 0.25 * $q[$i % {size}]@|= 0.5 * $s[0] + 0.5 * $q[$i % {size}] * $q[($i + 1) % {size}]@);
            $q[$i % {size}] = @(?[$i]@|sin%f($s[0]) + ?[$i]@);
        }}"""
        return self.made(scope, text, "s", 1, counters=(("i", 7),))

    def work_arrays(self, scope):
        """Each iteration has arrays of its own."""
        samples, width = self.extent(scope, 2, 5), self.extent(scope, 2, 17)
        text = f"""%T $w[{width.most * 2}], $loss[2] = {{0}}@(, $h[{width.most}], $o[2]@|@);
        for (int $i = 0; $i < 2 * {width.text}; $i++)
            $w[$i] = {self.source(scope, 2 * width.most, '$i')};
        for (int $s = 0; $s < {samples.text}; $s++) {{
            %D
            for (int $i = 0; $i < {width.text}; $i++)
                $h[$i] = @(tanh%f($w[$i] * ?[$s])@|sin%f($w[$i] + ?[$s $i])@|fmax%f($w[$i] - 0.125%q, 0)@);
            for (int $k = 0; $k < 2; $k++) {{
                $o[$k] = @(0@|?[$s]@);
                for (int $i = 0; $i < {width.text}; $i++)
                    $o[$k] += $w[@($k * {width.text} + $i@|$i * 2 + $k@)] * $h[$i];
            }}
            $loss[@(0@|$s % 2@)] += @(0.25 * ($o[0] - $o[1]) * ($o[0] - $o[1])@|$o[0] * sin%f($o[1])@);
        }}"""
        text = self.chosen(text)
        text = text.replace("%D", "" if "$o[2]" in text.split(";")[0] else f"%T $h[{self.pick((width.most, width.text))}], $o[2];")
        counters = (("i", width.most - 1), ("s", samples.most - 1))
        return self.made(scope, text, "loss", 2, counters=counters)

    # Sums and tables

    def sparse_product(self, scope):
        rows = self.dice.randint(2, 4)
        counts = [self.dice.randint(0, 3) for _ in range(rows)]
        starts = [sum(counts[:row]) for row in range(rows + 1)]
        total = max(starts[-1], 1)
        columns = ", ".join(str(self.dice.randrange(rows)) for _ in range(total))
        text = f"""@(static const int@|const int@|int@) $row[{rows + 1}] = {{{', '.join(map(str, starts))}}}, $column[{total}] = {{{columns}}};
        %T $v[{total}], $x[{rows}], $y[{rows}];
        for (int $i = 0; $i < {total}; $i++)
            $v[$i] = {self.source(scope, total, '$i')};
        for (int $i = 0; $i < {rows}; $i++)
            $x[$i] = $y[$i] = ?[$i];
        for (int $s = 0; $s < {self.steps()}; $s++) {{ %K
            for (int $i = 0; $i < {rows}; $i++) {{
                %T $sum = 0;
                for (int $e = $row[$i]; $e < $row[$i + 1]; $e++)
                    @($sum += $v[$e] * $x[$column[$e]];@|$sum -= 0.5 * sin%f($v[$e] * $x[$column[$e]]);@|{{ $y[$column[$e]] += 0.25 * $v[$e] * $x[$i]; $sum += $v[$e]; }}@)
                $y[$i] = 0.5 * $y[$i] + 0.25 * $sum;
            }}
            for (int $i = 0; $i < {rows}; $i++)
                $x[$i] = @($y[$i]@|0.5 * $x[$i] + $y[$i]@);
        }}"""
        return self.made(scope, text, "y", rows, counters=(("i", rows - 1),))

    def histogram(self, scope):
        m, bins = self.extent(scope, 3, 20), self.dice.randint(2, 4)
        text = f"""%T $x[{m.most}], $sum[{bins}] = {{0}};
        int $count[{bins}] = {{0}};
        for (int $i = 0; $i < {m.text}; $i++)
            $x[$i] = {self.source(scope, m.most, '$i')};
        for (int $i = 0; $i < {m.text}; $i++) {{
            const int $b = @($i % {bins}@|(int)({bins - 1}.9 * fabs(sin($x[$i])))@|$x[$i] > 0.25 ? 1 : 0@);
            $sum[$b] += $x[$i]@(@| * $x[$i]@);
            $count[$b]++;
        }}
        for (int $i = 0; $i < {bins}; $i++)
            if ($count[$i] > 0)
                $sum[$i] /= (%T)$count[$i];"""
        return self.made(scope, text, "sum", bins, counters=(("i", m.most - 1),))

    def matrix_chain(self, scope):
        m = self.extent(scope, 2, 9)
        extent, at = self.grid(m, m)
        order = self.pick((("$i", "$j", "$k"), ("$i", "$k", "$j"), ("$k", "$i", "$j")))
        loops = "\n".join(f"for (int {name} = 0; {name} < {m.text}; {name}++)" for name in order)
        text = f"""%T $a{extent}, $b{extent}, $c{extent}, $r[{m.most}] = {{0}};
        for (int $i = 0; $i < {m.text}; $i++)
            for (int $j = 0; $j < {m.text}; $j++) {{
                {at('$a', '$i', '$j')} = {self.source(scope, m.most * m.most, f'$i * {m.text} + $j', '$i $j')};
                {at('$b', '$i', '$j')} = 0.5 * ?[$i $j];
                {at('$c', '$i', '$j')} = 0;
            }}
        for (int $s = 0; $s < {self.steps()}; $s++) {{ %K
            {loops}
                {at('$c', '$i', '$j')} += 0.5 * {at('$a', '$i', '$k')} * {at('$b', '$k', '$j')};
            for (int $i = 0; $i < {m.text}; $i++)
                for (int $j = 0; $j < {m.text}; $j++) {{
                    {at('$b', '$i', '$j')} = @({at('$c', '$i', '$j')}@|{at('$c', '$j', '$i')}@);
                    @({at('$c', '$i', '$j')} = 0;@|@)
                }}
        }}
        for (int $i = 0; $i < {m.text}; $i++)
            $r[$i] = 0.1 * {at('$b', '$i', '0')} * {at('$b', '0', '$i')};"""
        return self.made(scope, text, "r", m.least, counters=(("i", m.most - 1), ("j", m.most - 1)))

    def scan(self, scope):
        """Sums that run along, and differences."""
        m = self.extent(scope, 3, 20)
        text = f"""%T $a[{m.most}], $c[{m.most + 1}];
        for (int $i = 0; $i < {m.text}; $i++)
            $a[$i] = {self.source(scope, m.most, '$i')};
        $c[0] = @(0@|?[]@);
        for (int $i = 0; $i < {m.text}; $i++)
            $c[$i + 1] = @($c[$i] + 0.5 * $a[$i]@|0.5 * $c[$i] * $a[$i] + $a[$i]@|fmax%f($c[$i], $a[$i])@);
        for (int $i = @(0; $i + 2 <= {m.text}; $i++@|{m.text} - 2; $i >= 0; $i--@))
            $a[$i] = @($c[$i + 2] - $c[$i]@|0.5 * ($a[$i + 1] + $c[$i])@);"""
        return self.made(scope, text, "a", m.least, counters=(("i", m.most - 1),))

    def dynamic_programme(self, scope):
        """Least costs over a table."""
        rows, columns = self.extent(scope, 2, 5), self.extent(scope, 2, 5)
        extent, at = self.grid(rows, columns)
        here, up, left = at("$d", "$i", "$j"), at("$d", "$i - 1", "$j"), at("$d", "$i", "$j - 1")
        text = f"""%T $d{extent}, $x[{rows.most}], $y[{columns.most}], $r[1];
        for (int $i = 0; $i < {rows.text}; $i++)
            $x[$i] = ?[$i];
        for (int $j = 0; $j < {columns.text}; $j++)
            $y[$j] = ?[$j];
        for (int $i = 0; $i < {rows.text}; $i++)
            for (int $j = 0; $j < {columns.text}; $j++) {{
                const %T $cost = 0.5 * ($x[$i] - $y[$j]) * ($x[$i] - $y[$j]);
                if ($i == 0 && $j == 0)
                    {here} = $cost;
                else if ($i == 0)
                    {here} = {left} + $cost;
                else if ($j == 0)
                    {here} = {up} + $cost;
                else
                    {here} = $cost + @(fmin%f({up}, {left})@|({up} < {left} ? {up} : {left})@|0.5 * ({up} + {left})@);
            }}
        $r[0] = 0.25 * {at('$d', f'{rows.text} - 1', f'{columns.text} - 1')};"""
        return self.made(scope, text, "r", 1, counters=(("i", rows.most - 1), ("j", columns.most - 1)))

    def blocks(self, scope):
        """A product by tiles."""
        text = f"""%T $a[36], $x[6], $y[6] = {{0}};
        for (int $i = 0; $i < 36; $i++)
            $a[$i] = 0.5 * {self.source(scope, 36, '$i')};
        for (int $i = 0; $i < 6; $i++)
            $x[$i] = ?[$i];
        for (int $p = 0; $p < 6; $p += @(2@|3@|n@|2 * n@))
            for (int $q = 0; $q < 6; $q += @(3@|n@))
                for (int $i = $p; @($i < $p + 2 && $i < 6@|$i < 6 && $i < $p + 2@|$i < 6 && $i < $p + n@); $i++)
                    for (int $j = $q; @($j < $q + 3 && $j < 6@|$j < 6 && $j < $q + n@); $j++)
                        $y[$i] += $a[$i * 6 + $j] * @($x[$j]@|$x[$j] * $x[$i]@);"""
        return self.made(scope, text, "y", 6, counters=(("i", 5),))

    def polynomial(self, scope):
        m = self.extent(scope, 3, 17)
        text = f"""%T $c[{m.most}], $v[3];
        for (int $i = 0; $i < {m.text}; $i++)
            $c[$i] = {self.source(scope, m.most, '$i')};
        for (int $k = 0; $k < 3; $k++) {{
            const %T $x = ?[$k];
            %T $p = @($c[{m.text} - 1]@|0@), $z = 1;
            @(for (int $i = {m.text} - 2; $i >= 0; $i--)\n$p = $p * 0.5 * $x + $c[$i];@|for (int $i = 0; $i < {m.text}; $i++, $z *= 0.5 * $x)\n$p += $c[$i] * $z;@)
            $v[$k] = $p + 0.1 * $z;
        }}"""
        return self.made(scope, text, "v", 3, counters=(("k", 2), ("i", m.most - 1)))

    def conjugate_gradients(self, scope):
        m = self.extent(scope, 2, 4)
        text = f"""%T $x[{m.most}], $r[{m.most}], $p[{m.most}], $q[{m.most}], $k = 0;
        for (int $i = 0; $i < {m.text}; $i++) {{
            $x[$i] = 0;
            $r[$i] = $p[$i] = 1 + 0.25 * ?[$i];
        }}
        for (int $i = 0; $i < {m.text}; $i++)
            $k += $r[$i] * $r[$i];
        for (int $s = 0; $s < {self.pick(('1', '2'))}; $s++) {{
            for (int $i = 0; $i < {m.text}; $i++) {{
                $q[$i] = (3 + 0.5 * ?[$i]) * $p[$i];
                @(if ($i > 0)\n$q[$i] -= 0.25 * $p[$i - 1];@|@)
            }}
            %T $a = 0.5, $b = 0;
            for (int $i = 0; $i < {m.text}; $i++)
                $a += $p[$i] * $q[$i];
            $a = $k / $a;
            for (int $i = 0; $i < {m.text}; $i++) {{
                $x[$i] += $a * $p[$i];
                $r[$i] -= $a * $q[$i];
            }}
            for (int $i = 0; $i < {m.text}; $i++)
                $b += $r[$i] * $r[$i];
            for (int $i = 0; $i < {m.text}; $i++)
                $p[$i] = $r[$i] + $b / ($k + 0.5) * $p[$i];
            $k = $b;
        }}"""
        return self.made(scope, text, "x", m.least, counters=(("i", m.most - 1),))

    # Steps put together at random

    def vectors(self, scope):
        """Vectors of one length, and steps of time that do this and that with them, here or in functions."""
        m, type = self.extent(scope, 3, 20), self.real_type()
        square = m.most <= 7 and self.chance(0.5)
        names = ["$a", "$b", "$c", "$d"][: self.dice.randint(2, 4)]
        pointers = ["$p", "$q"] if self.chance(0.4) else []
        text = f"%T {', '.join(f'{name}[{self.pick((m.most, m.text))}]' for name in names)}, $r[2] = {{0}};\n"
        text += f"%T $w[{m.most * m.most}];\n" if square else ""
        text += f"%T *$p = $a, *$q = $b;\n" if pointers else ""
        text += f"int $at[{m.most}];\n"
        text += f"for (int $i = 0; $i < {m.text}; $i++) {{\n$at[$i] = @($i * {self.dice.randint(1, 5)} % {m.text}@|{m.text} - 1 - $i@|($i + 1) / 2@);\n"
        text += "".join(f"{name}[$i] = {self.source(scope, m.most, '$i')};\n" for name in names) + "}\n"
        if square:
            text += f"for (int $i = 0; $i < {m.text} * {m.text}; $i++)\n$w[$i] = 0.5 * {self.source(scope, m.most * m.most, '$i')};\n"
        vectors = (pointers or names) if self.chance(0.5) else names + pointers
        operations = [self.operation(type, m, vectors, square, pointers) for _ in range(self.dice.randint(2, 6))]
        before = [self.at_rest(self.operation(type, m, names, square, [])) for _ in range(self.dice.randint(0, 1))]
        after = [self.at_rest(self.operation(type, m, names, square, [])) for _ in range(self.dice.randint(0, 2))]
        loop = f"for (int $t = 0; $t < {self.steps()}; $t++) {{ %K\n" + "".join(operations) + "}\n"
        if self.chance(0.3):
            loop = f"for (int $s = 0; $s < {self.pick(('2', 'n'))}; $s++) {{ %K\n{loop}{self.at_rest(self.operation(type, m, vectors, square, pointers))}}}\n"
        text += "".join(before) + loop + "".join(after)
        text += f"for (int $i = 0; $i < {m.text}; $i++)\n$r[@(0@|$i % 2@)] += 0.25 * @({names[0]} / (1 + {names[0]} * {names[1]} * {names[0]} * {names[1]})@|sin%f({names[-1]})@|tanh%f({names[0]})@);".replace(
            "$a", "$a[$i]").replace("$b", "$b[$i]").replace("$c", "$c[$i]").replace("$d", "$d[$i]")
        return self.made(scope, text, "r", 2, T=type, counters=(("i", m.most - 1), ("t", 4), ("s", 3)))

    @staticmethod
    def at_rest(text):
        """An operation outside of the loop over time."""
        return text.replace("$t % 3", "0").replace(" $t]", "]").replace("[$t]", "[]")

    def operation(self, type, m, vectors, square, pointers):
        """One loop or two over some of the vectors."""
        x, y, z = (self.pick(vectors) for _ in range(3))
        forward = f"for (int $i = 0; $i < {m.text}; $i++)\n"
        loop = self.pick((forward, forward, f"for (int $i = {m.text} - 1; $i >= 0; $i--)\n", f"for (int $i = 0; $i < {m.text}; $i += 2)\n"))
        inner = self.pick((f"for (int $i = 1; $i < {m.text} - 1; $i++)\n", f"for (int $i = {m.text} - 2; $i > 0; $i--)\n", f"for (int $i = 1; $i + 1 < {m.text}; $i += 2)\n"))
        forms = [
            f"{loop}{x}[$i] = 0.5 * {y}[$i] + 0.25 * @(sin%f({z}[$i])@|{z}[$i] * {y}[$i] / (1 + {z}[$i] * {z}[$i])@|?[$i $t]@);\n",
            f"{loop}{x}[$i] @(+=@|-=@) 0.25 * @({y}[$i]@|tanh%f({y}[$i])@|{y}[$i] * ?[$t]@);\n",
            f"{loop}{x}[$i] *= @(0.9%q@|cos%f({y}[$i])@|1 / (1 + {y}[$i] * {y}[$i])@);\n",
            f"{inner}{x}[$i] = 0.25 * ({y}[$i - 1] + 2 * {y}[$i] + {y}[$i + 1])@(@| * {z}[$i]@|@);\n",
            f"{inner}{x}[$i] += 0.25 * ({y}[$i + 1] - {y}[$i - 1])@(@| * {x}[$i]@);\n",
            f"{inner}{{\nconst %T $e = 0.25 * {x}[$i] * {y}[$i];\n{z}[$i - 1] += $e;\n{z}[$i + 1] -= $e;\n}}\n",
            f"for (int $i = 1; $i < {m.text}; $i++)\n{x}[$i] = 0.5 * {x}[$i - 1] + 0.5 * @({y}[$i]@|sin%f({y}[$i])@|{x}[$i] * {y}[$i]@);\n",
            f"{forward}{x}[$i] = {y}[$i];\n",
            f"memmove({x}, {y}, (size_t){m.text} * sizeof(%T));\n",
            f"{forward}{x}[$i] = @(0@|$i == 0 ? 1 : 0.5%q@);\n",
            f"{forward}{x}[$i] = 0.5 * {y}[$at[$i]] + 0.25 * {z}[$i];\n",
            f"{forward}{x}[$at[$i]] += 0.25 * @({y}[$i]@|{y}[$i] * {y}[$i]@);\n",
            f"{forward}if ({x}[$i] > {y}[$i])\n{z}[$i] = @(0.5 * {x}[$i]@|{x}[$i] * {y}[$i] * 0.25@);\n",
            f"{{\n%T $k = 0;\n{loop}$k += {x}[$i] * {y}[$i];\n{forward}{z}[$i] @(/= 1 + $k * $k@|+= 0.125 * sin%f($k)@);\n$r[0] += 0.125 * tanh%f($k);\n}}\n",
            f"{{\n%T $most = {x}[0], $k = 0;\n{forward}@(if ({x}[$i] > $most)\n$most = {x}[$i];@|$most = fmax%f($most, {x}[$i]);@)\n"
            f"{forward}$k += exp%f({x}[$i] - $most);\n{forward}{y}[$i] = exp%f({x}[$i] - $most) / $k;\n}}\n",
            f"{forward}{{\n%T $k = @({x}[$i]@|0@);\nfor (int $j = @(0@|$i@); $j < {m.text}; $j++)\n$k += 0.125 * {x}[$j] * {y}[@($i@|$j@)];\n{z}[$i] = tanh%f($k);\n}}\n",
            f"{{\nconst %T $k = {x}[0];\nfor (int $i = 0; $i + 1 < {m.text}; $i++)\n{x}[$i] = {x}[$i + 1];\n{x}[{m.text} - 1] = @($k@|0.5 * $k * {y}[0]@);\n}}\n",
            f"$r[1] += 0.125 * {x}[@($t % 3@|0@|{m.text} - 1@)] * {y}[1];\n",
        ]
        if square:
            forms += [
                f"{forward}{{\n%T $k = 0;\nfor (int $j = 0; $j < {m.text}; $j++)\n$k += $w[@($i * {m.text} + $j@|$j * {m.text} + $i@)] * {x}[$j];\n{y}[$i] = @(0.25 * $k@|tanh%f($k)@);\n}}\n",
                f"{forward}for (int $j = 0; $j < {m.text}; $j++)\n{y}[$j] += 0.125 * $w[$i * {m.text} + $j] * {x}[$i];\n",
                f"{forward}for (int $j = 0; $j < {m.text}; $j++)\n$w[$i * {m.text} + $j] += 0.125 * {x}[$i] * {y}[$j];\n",
            ]
        if pointers:
            forms += ["{\n%T *$z = $p;\n$p = $q;\n$q = $z;\n}\n"] * 6
        form = self.pick(forms)
        return self.in_function(type, m, form, vectors) if self.chance(0.2) else form

    def in_function(self, type, m, form, vectors):
        """The operation as a function's body, called with the vectors: one array may be several arguments."""
        if any(text in form for text in ("?[", "$w", "$r", "$at", "$t", "$z =", "memmove")):
            return form
        name = self.outer_name("k")
        used = [vector for vector in sorted(set(vectors)) if re.search(rf"{re.escape(vector)}\b", form)]
        body = re.sub(rf"(?<![\w$]){re.escape(m.text)}(?!\w)", "m", self.chosen(form)) if not m.text.isdigit() else self.chosen(form)
        words = {"T": type, "f": SUFFIX[type], "q": "f" if type == "float" else SUFFIX[type].upper()}
        body = re.sub(r"%([A-Za-z]+)", lambda match: words[match.group(1)], body)
        body = re.sub(r"\$(\w+)", lambda match: match.group(1) + "_" if "$" + match.group(1) in used else match.group(1), body)
        parameters = ", ".join([f"int m"] + [f"{type} *{vector[1:]}_" for vector in used])
        self.outer.append(Statement(f"static void {name}({parameters})\n{{\n    (void)m;\n{body}}}\n"))
        return f"{name}({m.text}, {', '.join(used)});\n"
