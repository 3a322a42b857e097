"""Hunts with random programs.

    python3 tests/random --adgen FILE [--seed N] [--count N] [--core] [--keep DIR] [--configurations a,b] [--no-reduce]

Programs come in batches that share the compilers' time; a batch that fails is taken apart, each failing program is kept
in --keep as seed-KIND.c, and reduced. Kinds: wrong, crash, hang, warning (the output does not compile under the strict
flags), run (a sanitizer or another end), refused. Exit status 1 if anything but a refusal was found.
"""

import argparse
import collections
import concurrent.futures
import decimal
import os
import pathlib
import re
import sys
import tempfile
import threading

sys.dont_write_bytecode = True
sys.path.insert(1, str(pathlib.Path(__file__).resolve().parent.parent / "harness"))

import generate
import programs
import reducer
import toolchain

BATCH = 8
LIMIT_VALUE, LIMIT_SLOPE = decimal.Decimal(10) ** 4, decimal.Decimal(10) ** 6


def arguments():
    parser = argparse.ArgumentParser(prog="random", description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--adgen", type=pathlib.Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--core", action="store_true", help="only the constructs of the first half of WEIGHTS")
    parser.add_argument("--keep", type=pathlib.Path, help="directory for the failures")
    parser.add_argument("--configurations", default="gcc-san")
    parser.add_argument("--no-reduce", action="store_true")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    return parser.parse_args()


def kind_of(failure):
    """Sorts a failure by its text."""
    text = str(failure)
    if text.startswith("no end after"):
        return "hang"
    command = text.splitlines()[0]
    if re.search(r"exit status 1: \S*adgen\S* ", command):
        return "refused"
    if re.search(r"exit status -?\d+: \S*adgen\S* ", command):
        return "crash"
    if re.search(r"exit status \d+: (gcc|clang) ", command):
        return "warning"
    if re.search(r"exit status -?\d+: g\+\+ ", command) or "differences" in command:
        return "generator"
    return "run" if command.startswith("exit status") else "wrong"


def detail_of(failure):
    """What a reduced program must keep: the kind, and of a compiler's message which it is."""
    kind = kind_of(failure)
    message = re.search(r"(?:error|runtime error): ([^\n]*)", str(failure))
    if kind not in ("warning", "run") or not message:
        return kind
    option = re.search(r"\[-W[\w=-]*\]", message.group(1))
    return kind + " " + (option.group(0) if option else re.sub(r"‘[^’]*’|\d+|0x\w+", "", message.group(1)))


class Hunt:
    def __init__(self, options, work):
        self.options = options
        self.work = work
        self.adgen = options.adgen.resolve()
        self.configurations = toolchain.available(options.configurations.split(","))
        self.counts = collections.Counter()
        self.lock = threading.Lock()

    def functions(self, numbers):
        full = not self.options.core
        return [generate.Function(n, f"{self.options.seed}/{n}", full, n // BATCH % 5 == 4) for n in numbers]

    def checker(self, functions, name):
        directory = self.work / name
        directory.mkdir(parents=True, exist_ok=True)
        path = directory / "program.c"
        path.write_text(generate.file_text(functions))
        return programs.Checker(path, directory, self.adgen, self.configurations)

    def batch(self, numbers):
        """Checks these programs together; one by one where that fails."""
        name = f"batch_{numbers[0]}"
        functions = self.functions(numbers)
        try:
            checker = self.checker(functions, name)
            references = checker.references()
        except toolchain.Failure as failure:
            return self.one_by_one(functions, name, failure)
        tame = {function.number for function in functions} - wild(checker, references)
        self.count("wild", len(functions) - len(tame))
        functions = [function for function in functions if function.number in tame]
        if not functions:
            return
        try:
            if len(tame) < len(numbers):
                checker = self.checker(functions, name)
                references = checker.references()
            checker.check_adgen(references)
            self.count("right", len(functions))
        except toolchain.Failure as failure:
            self.one_by_one(functions, name, failure)

    def one_by_one(self, functions, name, failure):
        for function in functions:
            try:
                checker = self.checker([function], f"{name}_{function.number}")
                references = checker.references()
                if wild(checker, references):
                    self.count("wild", 1)
                    continue
                checker.check_adgen(references)
                self.count("right", 1)
            except toolchain.Failure as single:
                self.failed(function, single)

    def failed(self, function, failure):
        kind = kind_of(failure)
        self.count(kind, 1)
        name = f"{self.options.seed}-{function.number}-{kind}"
        text = generate.file_text([function])
        with self.lock:
            print(f"{name}: {str(failure)[:600]}", flush=True)
        if not self.options.keep:
            return
        self.options.keep.mkdir(parents=True, exist_ok=True)
        if kind != "refused" and not self.options.no_reduce:
            text = reducer.reduce(text, lambda smaller: self.fails(smaller, detail_of(failure), name))
        (self.options.keep / f"{name}.c").write_text(text)

    def fails(self, text, detail, name):
        """Whether this smaller program is valid still and fails in the same way."""
        directory = self.work / f"reduce-{name}"
        directory.mkdir(parents=True, exist_ok=True)
        path = directory / "program.c"
        path.write_text(text)
        try:
            if not reducer.valid(path):
                return False
            checker = programs.Checker(path, directory, self.adgen, self.configurations)
            references = checker.references()
            if wild(checker, references):
                return False
            checker.check_adgen(references)
        except toolchain.Failure as failure:
            return detail_of(failure) == detail
        except Exception:
            return False
        return False

    def count(self, kind, number):
        with self.lock:
            self.counts[kind] += number


def wild(checker, references):
    """The numbers of the functions whose values or slopes are too large for a fair comparison."""
    found = set()
    for call, reference in zip(checker.program.calls, references):
        slopes = [slope for row in reference.jacobian for slope in row]
        numbers = [(value, LIMIT_VALUE) for value in reference.values] + [(slope, LIMIT_SLOPE) for slope in slopes]
        if any(not number.is_finite() or abs(number) > limit for number, limit in numbers):
            found.add(int(call.function[1:]))
    return found


def main():
    options = arguments()
    numbers = list(range(options.count))
    batches = [numbers[i : i + BATCH] for i in range(0, len(numbers), BATCH)]
    with tempfile.TemporaryDirectory() as temporary:
        hunt = Hunt(options, pathlib.Path(temporary))
        with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
            list(pool.map(hunt.batch, batches))
    summary = ", ".join(f"{kind} {number}" for kind, number in sorted(hunt.counts.items()) if number)
    print(f"seed {options.seed}, {options.count} programs: {summary}")
    return 1 if any(hunt.counts[kind] for kind in ("wrong", "crash", "hang", "warning", "run", "generator")) else 0


if __name__ == "__main__":
    sys.exit(main())
