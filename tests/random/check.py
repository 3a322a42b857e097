"""Checks random programs: adgen's derivatives against dual numbers, many programs in a file.

A file that fails as a whole (adgen ends with an error, the output does not compile, the program dies) is split until the
program is alone that is to blame. What a verdict can be, worst first: CLASSES.
"""

import concurrent.futures
import pathlib
import random
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time

HARNESS = pathlib.Path(__file__).resolve().parent.parent / "harness"
sys.path.insert(0, str(HARNESS))

import drivers
import generator
import programs
import spec
import toolchain
import tree
from programs import Decimal

CLASSES = {
    "wrong": "a derivative that differs from dual numbers",
    "value": "a value or output that differs from the function's own",
    "crash": "adgen dies or uses more memory than it may",
    "hang": "adgen or the program does not end",
    "sanitizer": "a sanitizer stops the generated code",
    "signal": "the generated code dies",
    "compile": "the generated code does not compile without a warning",
    "refused": "adgen refuses the program",
    "invalid": "the program itself does not compile or trips a sanitizer: the generator's mistake",
    "warned": "the compiler guesses at undefined behaviour, and the sanitizers see none",
    "discarded": "not finite or too steep to judge",
    "ok": "",
}
FINE = ("ok", "discarded", "refused", "warned")
STEEP = Decimal("1e9")
TOLERANCE = {"float": Decimal("5e-3"), "double": Decimal("1e-8"), "long double": Decimal("1e-8")}
MEMORY = 3 << 30
CONFIGURATIONS = ("gcc-san", "gcc-O3", "clang-O3", "clang-san")
GUESSES = ("array-bounds", "stringop-overflow", "aggressive-loop-optimizations")  # what gcc 12 sees in its own transformations of loops
# Where it does not matter which compiler it is: clang compiles such programs twice as fast.
FASTEST_C = "clang" if shutil.which("clang") else "gcc"
FASTEST_CXX = [compiler for compiler in ("clang++", "g++") if shutil.which(compiler)]


class Adgen:
    """The adgen to test, and the options that it is given."""

    def __init__(self, path, options=()):
        self.path = path
        self.options = tuple(options)

    def also(self, *options):
        return Adgen(self.path, self.options + options)

    def some_optimisations(self, seed):
        """With a random choice of optimisations left out: what one pass does otherwise hides from another."""
        chance = random.Random(f"options {seed}")
        left_out = re.findall(r"^  (--no-\S+)", run([self.path, "--help"], 30)[1], re.MULTILINE)
        often = chance.choice((0.1, 0.3, 0.6))
        return self.also(*(option for option in left_out if option != "--no-optimisations" and chance.random() < often))


class Verdict:
    def __init__(self, program, kind, detail=""):
        self.program = program
        self.kind = kind
        self.detail = detail
        self.configuration = None
        self.adgen = None


class Trouble(Exception):
    """A batch as a whole has failed."""

    def __init__(self, kind, detail):
        super().__init__(detail)
        self.kind = kind
        self.detail = detail


def limit_memory():
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def run(command, timeout, **options):
    """returncode (None after the timeout), stdout, stderr."""
    command = [str(word) for word in command]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options)
    try:
        out, err = process.communicate(timeout=timeout)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        return None, "", ""
    return process.returncode, out.decode("utf-8", "replace"), err.decode("utf-8", "replace")


def first_call(program):
    """One call, the same in whatever file the program is."""
    return spec.concrete_calls(program.header().partition(": ")[2], program.entry.name)[0]


class Batch:
    """Some programs in one file and what is made of it in `work`."""

    def __init__(self, programs_, work, adgen, configuration, limited=True):
        self.programs = programs_
        self.work = work
        self.adgen = adgen
        self.configuration = configuration
        self.limited = limited
        self.warning = ""
        self.source = work / "random.c"
        self.made = work / "random_grad.c"
        self.work.mkdir(parents=True, exist_ok=True)
        self.source.write_text(tree.file_text(programs_))
        self.spec = spec.Program(self.source)
        self.spec.calls = [first_call(program) for program in programs_]
        self.text = drivers.Text(self.spec)

    def verdicts(self):
        self.transform()
        references = self.references()
        self.build()
        return self.compare(references, *self.execute())

    # Steps, each of which raises Trouble for the batch

    def transform(self):
        self.made.unlink(missing_ok=True)
        options = {"preexec_fn": limit_memory} if self.limited else {}
        command = [self.adgen.path, *self.adgen.options, self.source, "-o", self.made]
        code, _, said = run(command, 30 + len(self.programs), **options)
        if code is None:
            raise Trouble("hang", "adgen")
        if code not in (0, 1):
            raise Trouble("crash", f"adgen's exit status is {code}\n{said[-1500:]}")
        if code == 1:
            raise Trouble("refused" if ": error: " in said else "crash", said)
        if not self.made.exists():
            raise Trouble("crash", "exit status 0, and no output")

    def references(self):
        """A Reference for each program, from dual numbers."""
        source, executable, output = self.work / "dual.cpp", self.work / "dual", self.work / "dual.out"
        source.write_text(drivers.dual(self.spec))
        flags = ["-std=gnu++17", "-D_GNU_SOURCE", "-O0", "-w", "-fpermissive", f"-I{HARNESS.parent}"]
        for compiler in FASTEST_CXX:
            code, _, said = run([compiler, *flags, source, "-o", executable, "-lm"], 300)
            if code == 0:
                break
        else:
            raise Trouble("invalid", f"as C++: {said[:1500]}")
        code, _, said = run([executable, output], 30)
        if code != 0:
            raise Trouble("invalid", f"dual numbers: exit status {code}")
        lines = iter(output.read_text().splitlines())
        return [self.reference(call, lines) for call in self.spec.calls]

    def reference(self, call, lines):
        function = self.text.functions[call.function]
        setup = drivers.Setup(call, function)
        values = programs.numbers(next(lines))[0::2]
        jacobian = [programs.numbers(next(lines))[1::2] for _ in setup.active]
        return programs.Reference(drivers.real_parts(call, function), setup.active, values, jacobian)

    def build(self):
        compiler, flags = toolchain.CONFIGURATIONS[self.configuration]
        include = [f"-I{toolchain.include_directory(self.adgen.path)}"]
        checked, driver, compiled = self.work / "checked.c", self.work / "native.c", self.work / "checked.o"
        prototypes = "\n".join(drivers.prototypes(self.spec))
        checked.write_text(f'#include "{self.made.name}"\n{prototypes}\n')
        driver.write_text(drivers.native(self.spec, [self.source], False))
        strict = [compiler, *toolchain.STRICT, *flags, *include]
        code, _, said = run([*strict, "-c", checked, "-o", compiled], 300)
        if code == 1 and len(self.programs) == 1 and any(f"-Werror={kind}" in said for kind in GUESSES):
            self.warning = said
            code, _, said = run([*strict, *(f"-Wno-{kind}" for kind in GUESSES), "-c", checked, "-o", compiled], 300)
        if code != 0:
            raise Trouble("hang" if code is None else "compile", f"{compiler}:\n{said[:4000]}")
        calling = self.work / "native.o"
        code, _, said = run([FASTEST_C, *toolchain.LOOSE, "-O0", *include, "-c", driver, "-o", calling], 300)
        if code != 0:
            raise Trouble("invalid", said[:2000])
        code, _, said = run([compiler, *flags, calling, compiled, "-o", self.work / "native", "-lm"], 300)
        if code != 0:
            raise Trouble("compile", said[:2000])

    def execute(self):
        output = self.work / "native.out"
        output.unlink(missing_ok=True)
        code, printed, said = run([self.work / "native", output], 60, env=toolchain.program_environment())
        if code is None:
            raise Trouble("hang", "the generated code")
        if code != 0:
            raise Trouble("sanitizer" if "-san" in self.configuration else "signal", f"exit status {code}\n{said[:2500]}")
        return output.read_text().splitlines(), printed.split("\n@@\n")

    # Each program by itself

    def compare(self, references, lines, printed):
        lines, printed = iter(lines), iter(printed)
        found = []
        for program, call, reference in zip(self.programs, self.spec.calls, references):
            kind, detail = self.judge(call, reference, [next(lines) for _ in range(7)], [next(printed) for _ in range(4)])
            found.append(Verdict(program, kind, detail))
        return found

    def program_text(self, call):
        return next(program for program in self.programs if program.entry.name == call.function).text()

    def judge(self, call, reference, lines, printed):
        function = self.text.functions[call.function]
        judged = Judge(self, call, drivers.Setup(call, function), drivers.real_parts(call, function), reference)
        if judged.unfit():
            return "discarded", ""
        return judged.verdict(lines, printed)


class Judge:
    """Compares what one function and its derivative wrote with the reference."""

    def __init__(self, batch, call, setup, parts, reference):
        self.call = call
        self.setup = setup
        self.parts = parts
        self.reference = reference
        self.tolerance = TOLERANCE[programs.precision(batch.program_text(call))]

    def unfit(self):
        numbers = self.reference.values + [number for row in self.reference.jacobian for number in row]
        return any(not number.is_finite() or abs(number) > STEEP for number in numbers)

    def verdict(self, lines, printed):
        some, full, ret = drivers.seeds_of(self.call, self.setup, self.parts)
        primal, bars = lines[0].split(), []
        for seeds, values, made, text in zip((some, full, full), lines[1::2], lines[2::2], printed[1:]):
            if text != printed[0]:
                return "value", f"prints `{text.strip()}`, not `{printed[0].strip()}`"
            detail = self.other_value(primal, values.split())
            if detail:
                return "value", detail
            detail = self.other_bar(ret, seeds, made.split())
            if detail:
                return "wrong", detail
            bars.append(made)
        return ("wrong", "a second call adds other numbers") if bars[1] != bars[2] else ("ok", "")

    def other_value(self, primal, made):
        places = ["the return value"] * (len(primal) - len(self.setup.leaves)) + [leaf.place for leaf in self.setup.leaves]
        for place, a, b in zip(places, map(Decimal, primal), map(Decimal, made)):
            if programs.differ(a, b, self.tolerance, Decimal(1)):
                return f"{place} is {b:.12g}, {a:.12g} after the function itself"
        return None

    def other_bar(self, ret, seeds, made):
        seeds = [programs.exact_seed(seed) for seed in seeds]
        expected = self.reference.bars([programs.exact_seed(seed) for seed in ret], seeds)
        scale = max(programs.largest(expected), Decimal("0.01"))
        for leaf, a, b in zip(self.setup.active, expected, map(Decimal, made)):
            if programs.differ(a, b, self.tolerance, scale):
                return f"{leaf.place}_bar is {b:.12g}, should be {a:.12g}"
        return None


def refused_ones(batch, said):
    """The programs that the messages point into, by line."""
    text = batch.source.read_text()
    starts = [text[: text.index(program.text())].count("\n") + 1 for program in batch.programs]
    found = {}
    for number in {int(match) for match in re.findall(r"random\.c:(\d+):\d+: error: ", said)}:
        at = max((index for index, start in enumerate(starts) if start <= number), default=None)
        if at is not None:
            found[at] = "\n".join(line for line in said.splitlines() if f"random.c:{number}:" in line)
    return found


def warned_ones(batch, said):
    """The programs whose output the compiler's messages point into, by the names of the functions there."""
    lines = batch.made.read_text().splitlines()
    at = {program.number: index for index, program in enumerate(batch.programs)}
    found = set()
    for number in {int(match) for match in re.findall(r"random_grad\.c:(\d+):\d+: error: ", said)}:
        heads = (line for line in lines[number - 1 :: -1] if re.match(r"[a-z].*\(", line))
        names = re.findall(r"\b[a-z]+?(\d+)(?:n\d+)?(?:_\w+)?\(", next(heads, ""))
        found |= {at[int(name)] for name in names if int(name) in at}
    return found


def judged_again(program, work, adgen, configuration, limited):
    return Batch([program], work, adgen, configuration, limited).verdicts()[0].kind


def settled(verdict, warning, work, adgen, configuration, limited):
    """A derivative that is NaN may be 0 * NaN, from something on the way that the value does not depend on: no tame
    program. Then it is right with --strong-zero. And what a compiler guesses of memory and loops is true or not: the
    sanitizers know."""
    program = verdict.program
    if verdict.kind == "wrong" and "NaN" in verdict.detail:
        again = judged_again(program, work, adgen.also("--strong-zero"), configuration, limited)
        return Verdict(program, "discarded", "") if again == "ok" else verdict
    if verdict.kind == "ok" and warning:
        again = judged_again(program, work, adgen, "gcc-san", limited)
        return Verdict(program, "warned" if again == "ok" else "compile", warning)
    return verdict


def check_batch(some, work, adgen, configuration, limited=True):
    """Verdicts for all of `some`, by halves where the whole fails."""
    if not some:
        return []
    try:
        batch = Batch(some, work, adgen, configuration, limited)
        return [settled(verdict, batch.warning, work, adgen, configuration, limited) for verdict in batch.verdicts()]
    except Trouble as trouble:
        if len(some) == 1:
            return [Verdict(some[0], trouble.kind, trouble.detail)]
        if trouble.kind == "refused":
            refused = refused_ones(batch, trouble.detail)
            if refused:
                found = [Verdict(some[index], "refused", detail) for index, detail in refused.items()]
                rest = [program for index, program in enumerate(some) if index not in refused]
                return found + check_batch(rest, work, adgen, configuration, limited)
        if trouble.kind == "compile":
            blamed = warned_ones(batch, trouble.detail)
            alone = [verdict for index in blamed for verdict in check_batch([some[index]], work, adgen, configuration, limited)]
            if any(verdict.kind == "compile" for verdict in alone):
                rest = [program for index, program in enumerate(some) if index not in blamed]
                return alone + check_batch(rest, work, adgen, configuration, limited)
        half = len(some) // 2
        return [verdict for part in (some[:half], some[half:]) for verdict in check_batch(part, work, adgen, configuration, limited)]


def configuration_for(number, usable):
    return usable[number % len(usable)]


class Hunt:
    """Many batches, and the tally."""

    def __init__(self, options):
        self.options = options
        self.usable = toolchain.available([name for name in CONFIGURATIONS if name in options.configurations.split(",")])
        self.tally = dict.fromkeys(CLASSES, 0)
        self.failures = []

    def numbers(self):
        first, count, size = self.options.first, self.options.count, self.options.batch
        return [range(at, min(at + size, first + count)) for at in range(first, first + count, size)]

    def one(self, work, index, numbers):
        some = [generator.program(number, self.options.seed, self.options.without, self.options.more) for number in numbers]
        place, configuration = work / f"batch{index}", configuration_for(index, self.usable)
        adgen = Adgen(self.options.adgen, self.options.options)
        if self.options.vary:
            adgen = adgen.some_optimisations(f"{self.options.seed} {numbers[0]}")
        verdicts = check_batch(some, place, adgen, configuration, not self.options.unlimited)
        shutil.rmtree(place, ignore_errors=True)
        for verdict in verdicts:
            verdict.configuration, verdict.adgen = configuration, adgen
        return verdicts

    def run(self):
        started = time.time()
        with tempfile.TemporaryDirectory() as temporary, concurrent.futures.ThreadPoolExecutor(self.options.jobs) as pool:
            work = pathlib.Path(self.options.work or temporary)
            batches = [pool.submit(self.one, work, index, numbers) for index, numbers in enumerate(self.numbers())]
            for batch in concurrent.futures.as_completed(batches):
                for verdict in batch.result():
                    self.count(verdict)
        print(self.summary(time.time() - started))
        return self.bad()

    def count(self, verdict):
        self.tally[verdict.kind] += 1
        if verdict.kind not in ("ok", "discarded"):
            self.failures.append(verdict)
            print(f"{verdict.kind}: seed {self.options.seed} program {verdict.program.number}: {first_line(verdict.detail)}", flush=True)
            if self.options.keep:
                keep(verdict, pathlib.Path(self.options.keep), self.options.seed)

    def summary(self, seconds):
        counts = ", ".join(f"{count} {kind}" for kind, count in self.tally.items() if count)
        return f"seed {self.options.seed}, programs {self.options.first} to {self.options.first + self.options.count - 1}: {counts}; {seconds:.0f} s"

    def bad(self):
        """More than 1 % refused, or any failure."""
        failures = sum(self.tally[kind] for kind in CLASSES if kind not in FINE)
        return failures > 0 or self.tally["refused"] * 100 > self.options.count


def first_line(text):
    lines = [line for line in text.splitlines() if re.search(r"error|ERROR|runtime", line)] or text.splitlines()
    return lines[0][:200] if lines else ""


def keep(verdict, directory, seed):
    directory.mkdir(parents=True, exist_ok=True)
    lines = [verdict.kind, f"adgen {' '.join(verdict.adgen.options)}".rstrip(), *verdict.detail.splitlines()[:30]]
    comment = "".join(f"// {line}\n" for line in lines)
    path = directory / f"{verdict.kind}_{seed}_{verdict.program.number}.c"
    path.write_text(tree.file_text([verdict.program]) + "\n" + comment)
