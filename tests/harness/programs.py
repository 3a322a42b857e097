"""Checks one program of tests/run: the oracles against one another, then adgen against the oracles."""

import decimal
import hashlib
import re

import csource
import drivers
import toolchain
from spec import Program
from toolchain import Failure

Decimal = decimal.Decimal
decimal.getcontext().prec = 40
for signal in (decimal.InvalidOperation, decimal.Overflow, decimal.DivisionByZero):
    decimal.getcontext().traps[signal] = False

# Relative tolerance by the least precise type of the program: of adgen against dual numbers, of differences against them.
TOLERANCE = {"float": (Decimal("1e-5"), Decimal("1e-4")), "double": (Decimal("1e-11"), Decimal("1e-8"))}
TOLERANCE["long double"] = (Decimal("1e-15"), Decimal("1e-8"))
EXPECT = re.compile(r"\s*([A-Za-z_]\w*)((?:\[\s*\w+\s*\])*)((?:\.\w+(?:\[\d+\])*)*)\s*(\+=|=)\s*(.*)$")


class Reference:
    """What one call should give: f's values, and each bar for given seeds."""

    def __init__(self, parts, leaves, values, jacobian):
        self.parts = parts
        self.leaves = leaves
        self.values = values
        self.jacobian = jacobian

    def bars(self, ret, seeds):
        weights = ret + seeds
        return [sum((w * d for w, d in zip(weights, row) if d != 0), Decimal(0)) for row in self.jacobian]

    def loose(self, index):
        return False


def precision(text):
    text = csource.without_comments(text)
    if re.search(r"\bfloat\b", text):
        return "float"
    return "double" if re.search(r"(?<!long )\bdouble\b", text) else "long double"


def parse_expects(texts):
    """`w[i] += formula` -> (place, subscripts, kind, formula)."""
    expects = []
    for text in texts:
        match = EXPECT.match(text)
        if not match:
            raise Failure(f"can't read `expect: {text}`")
        subscripts = re.findall(r"\[\s*([A-Za-z]\w*)\s*\]", match.group(2))
        place = match.group(1) + ("" if subscripts else match.group(2).replace(" ", "")) + match.group(3)
        expects.append((place, subscripts, match.group(4), match.group(5)))
    return expects


def numbers(line):
    return [Decimal(word) for word in line.split()]


def differ(a, b, tolerance, scale):
    """Whether a and b are further apart than rounding; infinities and NaN must match."""
    if a.is_nan() or b.is_nan():
        return a.is_nan() != b.is_nan()
    if a.is_infinite() or b.is_infinite():
        return a != b
    return abs(a - b) > tolerance * (max(abs(a), abs(b)) + scale)


def largest(values):
    finite = [abs(value) for value in values if value.is_finite()]
    return max(finite, default=Decimal(0))


class Checker:
    def __init__(self, path, work, adgen=None, configurations=(), options=()):
        self.program = Program(path)
        self.path = path.resolve()
        self.work = work.resolve()
        self.adgen = adgen
        self.configurations = configurations
        self.options = options
        self.text = drivers.Text(self.program)
        self.type = precision(self.text.source)
        self.tolerance, self.loose = TOLERANCE[self.type]
        if self.program.tolerance:
            self.tolerance = Decimal(self.program.tolerance)
        self.expects = parse_expects(self.program.expects)

    # The oracles

    def oracle_text(self):
        """Output of the two oracle programs, kept from run to run under a hash of all that they are made of."""
        texts = []
        made = {"differences": (drivers.differences(self.program, self.expects), "c", self.build_differences)}
        if self.program.dual:
            made["dual"] = (drivers.dual(self.program), "cpp", self.build_dual)
        for name in ("dual", "differences"):
            if name not in made:
                texts.append("")
                continue
            text, extension, build = made[name]
            key = hashlib.sha256((text + (toolchain.HERE.parent / "dual.hpp").read_text()).encode()).hexdigest()[:16]
            kept = self.work / f"{name}.{key}.txt"
            if not kept.exists():
                source = self.work / f"{name}.{extension}"
                source.write_text(text)
                build(source)
                output = self.work / f"{name}.out"
                toolchain.run([self.work / name, output], env=toolchain.program_environment())
                for old in self.work.glob(f"{name}.*.txt"):
                    old.unlink()
                output.rename(kept)
                (self.work / name).unlink()
            texts.append(kept.read_text())
        return texts

    def build_dual(self, source):
        flags = ["-std=gnu++17", "-D_GNU_SOURCE", "-O0", "-w", "-fpermissive", "-fmax-errors=3", f"-I{toolchain.HERE.parent}"]
        toolchain.run(["g++", *flags, f"-I{self.path.parent}", source, "-o", self.work / "dual", "-lm"])

    def build_differences(self, source):
        flags = ["-D_GNU_SOURCE", "-O1", "-fmax-errors=3", f"-I{self.path.parent}"]
        toolchain.run(["gcc", *toolchain.LOOSE, *flags, source, "-o", self.work / "differences", "-lm"])

    def references(self):
        """One Reference a call, after the oracles have been held against one another."""
        dual_text, difference_text = self.oracle_text()
        dual_lines, sections = iter(dual_text.splitlines()), iter(difference_text.splitlines())
        found = []
        for call in self.program.calls:
            function = self.text.functions[call.function]
            setup = drivers.Setup(call, function)
            parts = drivers.real_parts(call, function)
            _, full, ret = drivers.seeds_of(call, setup, parts)
            by_differences = numbers(next(sections))
            closed = {}
            while line := next(sections).split():
                closed[int(line[0])] = (line[1], Decimal(line[2]))
            found.append(self.reference(call, setup, parts, full, ret, dual_lines, by_differences, closed))
        return found

    def reference(self, call, setup, parts, full, ret, dual_lines, by_differences, closed):
        count = len(setup.active)
        ret, full = [exact_seed(seed) for seed in ret], [exact_seed(seed) for seed in full]
        if self.program.dual:
            values = numbers(next(dual_lines))[0::2]
            jacobian = [numbers(next(dual_lines))[1::2] for _ in range(count)]
            reference = Reference(parts, setup.active, values, jacobian)
            bars = reference.bars(ret, full)
        else:
            reference, bars = None, None
        estimates = by_differences[0::2]
        scale = largest(bars if bars is not None else estimates)
        for index, leaf in enumerate(setup.active):
            self.agree(call, leaf, index, full, bars, by_differences, closed, scale)
        if reference is None:
            merged = [closed_bar(closed, i, full) if i in closed else estimates[i] for i in range(count)]
            reference = FixedReference(merged, [i in closed for i in range(count)])
        return reference

    def agree(self, call, leaf, index, full, bars, by_differences, closed, scale):
        """All that is known of one leaf's bar says the same."""
        known = []
        if bars is not None:
            known.append(("dual numbers", bars[index]))
        if index in closed:
            known.append(("the closed form", closed_bar(closed, index, full)))
        for (name, a), (other, b) in zip(known, known[1:]):
            if differ(a, b, max(self.tolerance, Decimal("1e-11")), scale):
                raise Failure(f"{call.seed}: {leaf.place}: {name} give {a:.18g}, {other} {b:.18g}")
        if self.program.differences:
            estimate, error = by_differences[2 * index : 2 * index + 2]
            for name, value in known:
                if differ(estimate, value, self.loose, scale) and abs(estimate - value) > 20 * error:
                    raise Failure(f"{call.seed}: {leaf.place}: {name} give {value:.18g}, differences {estimate:.18g}")
            if error > Decimal("1e-5") * max(abs(estimate), scale):
                raise Failure(f"{call.seed}: {leaf.place}: differences know it to {error:.3g} only: {estimate:.18g}")
        elif len(known) == 0:
            raise Failure(f"{call.seed}: {leaf.place}: no oracle")

    # adgen

    def transform(self):
        """Runs adgen; gives the output, one file for each source."""
        made = []
        for number, source in enumerate([self.path] + [(self.path.parent / other) for other in self.program.also]):
            output = self.work / f"made_{number}.c"
            output.unlink(missing_ok=True)
            command = [self.adgen, *self.program.options, *self.options, source.name, "-o", output]
            toolchain.run(command, cwd=source.parent)
            if not output.exists():
                raise Failure("adgen exits with 0, but there is no output")
            made.append(output)
        return made

    def build(self, configuration, made):
        compiler, flags = toolchain.CONFIGURATIONS[configuration]
        include = [f"-I{toolchain.include_directory(self.adgen)}", f"-I{self.path.parent}"]
        executable = self.work / configuration
        driver = self.work / "native.c"
        whole = "--with-source" in self.program.options
        if whole:
            toolchain.run([compiler, *toolchain.LOOSE, *flags, *include, driver, "-o", executable, "-lm"])
            return executable
        objects = []
        for number, source in enumerate(made):
            compiled = self.work / f"made_{number}.{configuration}.o"
            checked = self.work / f"checked_{number}.c"
            toolchain.run([compiler, *toolchain.STRICT, *flags, *include, "-c", checked, "-o", compiled])
            objects.append(compiled)
        toolchain.run([compiler, *toolchain.LOOSE, *flags, *include, driver, *objects, "-o", executable, "-lm"])
        return executable

    def write_sources(self, made):
        whole = "--with-source" in self.program.options
        sources = [self.path] + [self.path.parent / other for other in self.program.also]
        included = [path.resolve() for path in (made if whole else sources)]
        (self.work / "native.c").write_text(drivers.native(self.program, included, whole))
        for number, source in enumerate(made):
            lines = [f'#include "{source.name}"'] + (drivers.prototypes(self.program) if number == 0 else [])
            (self.work / f"checked_{number}.c").write_text("\n".join(lines) + "\n")

    def check_adgen(self, references):
        self.check_made(references, self.transform())

    def check_made(self, references, made):
        self.write_sources(made)
        for configuration in self.configurations:
            executable = self.build(configuration, made)
            output = self.work / f"{configuration}.out"
            done = toolchain.run([executable, output], env=toolchain.program_environment())
            try:
                self.compare(references, output.read_text().splitlines(), done.stdout.split("\n@@\n"))
            except Failure as failure:
                raise Failure(f"{configuration}: {failure}") from None

    def compare(self, references, lines, printed):
        lines, printed = iter(lines), iter(printed)
        for call, reference in zip(self.program.calls, references):
            function = self.text.functions[call.function]
            setup = drivers.Setup(call, function)
            parts = drivers.real_parts(call, function)
            some, full, ret = drivers.seeds_of(call, setup, parts)
            name = f"{call.function}_{call.mode} ({call.seed})"
            primal, primal_print = next(lines).split(), next(printed)
            results = []
            for seeds in (some, full, full):
                self.same_primal(name, setup, primal, next(lines).split())
                if next(printed) != primal_print:
                    raise Failure(f"{name}: prints something else than {call.function}")
                results.append(next(lines).split())
                self.right_bars(name, setup, reference, ret, seeds, results[-1])
            if results[1] != results[2]:
                raise Failure(f"{name}: a second call with the same arguments gives other bars")

    def same_primal(self, name, setup, primal, made):
        places = ["the return value"] * (len(primal) - len(setup.leaves)) + [leaf.place for leaf in setup.leaves]
        for place, a, b in zip(places, primal, made):
            a, b = Decimal(a), Decimal(b)
            if differ(a, b, self.tolerance, Decimal(0)) and abs(a - b) > Decimal("1e-13"):
                raise Failure(f"{name}: {place} is {b:.18g}, {a:.18g} after the function itself")

    def right_bars(self, name, setup, reference, ret, seeds, made):
        seeds = [exact_seed(seed) for seed in seeds]
        expected = reference.bars([exact_seed(seed) for seed in ret], seeds)
        if expected is None:
            return
        scale = max(largest(expected), largest(seeds) / 100)
        for index, (leaf, a, b) in enumerate(zip(setup.active, expected, made)):
            tolerance = self.loose if reference.loose(index) else self.tolerance
            if differ(a, Decimal(b), tolerance, scale):
                raise Failure(f"{name}: {leaf.place}_bar is {Decimal(b):.18g}, should be {a:.18g}")


class FixedReference:
    """Without dual numbers: the bars for the one set of seeds that differences and closed forms were made with."""

    def __init__(self, values, closed):
        self.values = values
        self.closed = closed
        self.calls = 0

    def bars(self, ret, seeds):
        self.calls += 1
        return None if self.calls % 3 == 1 else self.values

    def loose(self, index):
        return not self.closed[index]


def exact_seed(text):
    return Decimal(float.fromhex(text.rstrip("L"))) if "x" in text else Decimal(text.rstrip("L"))


def closed_bar(closed, index, full):
    """`+=` adds to what the bar held on entry."""
    kind, value = closed[index]
    return value + full[index] if kind == "+=" else value


def check(path, work, adgen=None, configurations=(), options=()):
    """Raises Failure where the program fails. What was built stays where it failed."""
    work.mkdir(parents=True, exist_ok=True)
    checker = Checker(path, work, adgen, configurations, options)
    references = checker.references()
    if adgen:
        checker.check_adgen(references)
        for left in list(work.glob("*.o")) + [work / name for name in configurations]:
            left.unlink(missing_ok=True)
