"""Hostile input: sources cut short, mutated and spliced, noise, and constructions made to exhaust a compiler.

Whatever the input, adgen ends by itself with 0 or 1, says nothing of an internal error, leaves an older output as it was when it
fails, leaves no other file, and what it writes when it succeeds compiles.
"""

import concurrent.futures
import pathlib
import random
import re
import shutil
import tempfile
import time

import check
import toolchain

TESTS = pathlib.Path(__file__).resolve().parent.parent
TOKENS = """( ) { } [ ] ; , * & -> . ... = == ++ -- ? : # ## " ' \\ /* // 0 1e999 0x 0.5f 99999999999999999999 -1 x n i double float int void
const struct union enum return goto if else for while do switch case default break continue sizeof static extern inline restrict
volatile _Complex _Atomic __asm__ typedef long unsigned ADGEN_GRAD(x) ADGEN_GRAD( ADGEN_VJP() ADGEN_PASSIVE ADGEN_CUSTOM_VJP(f)
ADGEN_CHECKPOINT(3) #include #define #if #endif #error #pragma NULL free malloc printf sin pow""".split()
HEAD = "#include <adgen.h>\n#include <math.h>\nADGEN_GRAD(x)\n"
BAD_WORDS = re.compile(r"internal error|Sanitizer|runtime error|Assertion `|Segmentation|corrupt", re.I)


# Other ways through adgen than the plain one.
OPTIONS = ("--workspace", "--may-alias", "--strong-zero", "--no-optimisations", "--with-source", "--report", "--emit=ir", "--emit=dot")


def corpus():
    """The tests' programs, and the benchmarks', which have more loops."""
    found = [path for kind in ("run", "reject", "golden") for path in sorted((TESTS / kind).glob("*.c"))]
    return [path.read_bytes() for path in found + sorted((TESTS.parent / "benchmarks").glob("*/primal.c")) * 4]


# Mutations of one source: bytes to bytes


def truncated(dice, text, _):
    return text[: dice.randrange(len(text) + 1)]


def without_range(dice, text, _):
    start = dice.randrange(len(text))
    return text[:start] + text[start + dice.randint(1, 60) :]


def with_repeat(dice, text, _):
    start = dice.randrange(len(text))
    return text[:start] + text[start : start + dice.randint(1, 200)] * dice.randint(2, 30) + text[start:]


def with_bytes(dice, text, _):
    changed = bytearray(text)
    for _ in range(dice.randint(1, 8)):
        changed[dice.randrange(len(changed))] = dice.randrange(256)
    return bytes(changed)


def with_tokens(dice, text, _):
    """Some words replaced by, or between, others."""
    words = re.findall(rb"\w+|\s+|[^\w\s]", text)
    for _ in range(dice.randint(1, 4)):
        at = dice.randrange(len(words))
        words[at] = b" " + dice.choice(TOKENS).encode() + b" " + (words[at] if dice.random() < 0.5 else b"")
    return b"".join(words)


def with_words_swapped(dice, text, _):
    """A name, number or operator gives way to another of the same file: often valid C still."""
    words = re.findall(rb"\w+|\s+|[^\w\s]", text)
    for _ in range(dice.randint(1, 3)):
        kind = dice.choice((rb"[A-Za-z_]\w*", rb"\d+", rb"[-+*/<>]"))
        places = [at for at, word in enumerate(words) if re.fullmatch(kind, word)]
        if len(places) > 1:
            a, b = dice.sample(places, 2)
            words[a] = words[b]
    return b"".join(words)


def with_lines_moved(dice, text, _):
    lines = text.splitlines(keepends=True)
    for _ in range(dice.randint(1, 3)):
        line = lines.pop(dice.randrange(len(lines)))
        if lines and dice.random() < 0.7:
            lines.insert(dice.randrange(len(lines)), line)
        lines = lines or [b"\n"]
    return b"".join(lines)


def spliced(dice, text, sources):
    other = dice.choice(sources)
    return text[: dice.randrange(len(text))] + other[dice.randrange(len(other)) :]


def noise(dice, _, __):
    return dice.randbytes(dice.choice((1, 20, 1000, 50000)))


MUTATIONS = {
    truncated: 4, without_range: 4, with_repeat: 2, with_bytes: 3, with_tokens: 5, with_words_swapped: 6, with_lines_moved: 4,
    spliced: 2, noise: 1,
}


# Constructions: each once, as text


def function(body, parameters="double x", before=""):
    return f"{HEAD.replace('ADGEN', before + 'ADGEN', 1) if before else HEAD}double f({parameters})\n{{\n{body}\n}}\n"


def helpers_that_double(levels):
    """Each level calls the one below twice: 2^levels bodies when inlined."""
    lines = ["#include <adgen.h>", "static double g0(double x) { return x * x; }"]
    lines += [f"static double g{k}(double x) {{ return g{k - 1}(x) + g{k - 1}(2 * x); }}" for k in range(1, levels)]
    return "\n".join(lines) + f"\nADGEN_GRAD(x)\ndouble f(double x) {{ return g{levels - 1}(x); }}\n"


def constructions():
    n = 10000
    yield "parentheses", function("return " + "(" * n + "x" + ")" * n + ";")
    yield "open_parentheses", function("return " + "(" * n + "x;")
    yield "braces", function("{" * n + "}" * n + "return x;")
    yield "open_braces", function("{" * n)
    yield "minus", function("return " + "- " * n + "x;")
    yield "not", function("return x * (" + "!" * n + "3);")
    yield "long_sum", function("return x" + " + x" * n + ";")
    yield "long_product", function("return x" + " * 1.0001" * n + ";")
    yield "sum_to_the_right", function("return " + "x + (" * 5000 + "x" + ")" * 5000 + ";")
    yield "nested_calls", function("return " + "sin(" * 3000 + "x" + ")" * 3000 + ";")
    yield "nested_conditional", function("return " + "x > 1 ? x : (" * 1000 + "x" + ")" * 1000 + ";")
    yield "else_if", function("if (x > 0) x = 1;\n" + "".join(f"else if (x > {k}) x *= {k};\n" for k in range(2000)) + "return x;")
    yield "nested_if", function("if (x > 0) {\n" * 400 + "x *= 2;\n" + "}" * 400 + "return x;")
    yield "nested_for", function("".join(f"for (int i{k} = 0; i{k} < 2; i{k}++)\n" for k in range(200)) + "x *= 1.1;\nreturn x;")
    yield "many_statements", function("x = sin(x);\n" * 5000 + "return x;")
    yield "many_variables", function("".join(f"double v{k} = {'x' if k == 0 else f'v{k - 1} * x'};\n" for k in range(5000)) + "return v4999;")
    yield "switch", function("switch (n) {\n" + "".join(f"case {k}: x *= {k};\n" for k in range(3000)) + "}\nreturn x;", "double x, int n")
    yield "megabyte_line", function("return x" + " + 0.5 * x" * 20000 + ";")
    yield "megabyte_comment", function("return x; /*" + "a" * (1 << 20) + "*/")
    yield "megabyte_name", function(f"double {'a' * (1 << 20)} = x; return {'a' * (1 << 20)};")
    yield "megabyte_text", function(f'const char *s = "{"a" * (1 << 20)}"; return s[0] * x;')
    yield "open_comment", HEAD + "/* double f(double x) { return x; }"
    yield "open_text", function('return "x;')
    yield "open_annotation", "#include <adgen.h>\nADGEN_GRAD(x\ndouble f(double x) { return x; }\n"
    yield "long_annotation", f"#include <adgen.h>\nADGEN_GRAD({', '.join(['x'] * n)})\ndouble f(double x) {{ return x; }}\n"
    yield "many_parameters", HEAD.replace("(x)", "()") + f"double f({', '.join(f'double x{k}' for k in range(1000))})\n{{\nreturn x0 * x999;\n}}\n"
    yield "many_requests", "#include <adgen.h>\n" + "".join(f"ADGEN_GRAD(x)\ndouble f{k}(double x) {{ return x * {k}; }}\n" for k in range(1000))
    yield "includes_itself", '#include "input.c"\n' + function("return x;")
    yield "macro_doubles", "#define A0 x * x\n" + "".join(f"#define A{k} A{k - 1} + A{k - 1}\n" for k in range(1, 16)) + function("return A15;")
    yield "macro_recursive", "#define f(x) f(f(x))\n" + function("return f(x);")
    yield "helpers_that_double", helpers_that_double(10)
    yield "helpers_that_double_long", helpers_that_double(40)
    yield "deep_calls", "#include <adgen.h>\nstatic double g0(double x) { return x * x; }\n" + "".join(
        f"static double g{k}(double x) {{ return 0.5 * g{k - 1}(x); }}\n" for k in range(1, 2000)) + "ADGEN_GRAD(x)\ndouble f(double x) { return g1999(x); }\n"
    yield "huge_array", function("double a[1000000000000]; a[0] = x; return a[0];")
    yield "huge_local_array", function("double a[2147483647]; for (int i = 0; i < 2147483647; i++) a[i] = x; return a[5];")
    yield "huge_loop", function("for (long long i = 0; i < 9223372036854775807; i++) x = sin(x); return x;")
    yield "array_of_size_zero", function("double a[0]; return x;")
    yield "negative_array", function("double a[-1]; return x;")
    yield "index_out_of_bounds", function("double a[2] = {x, x}; return a[7] + a[-3];")
    yield "no_return", function("x = x * 2;")
    yield "endless", function("for (;;) x = sin(x);")
    yield "endless_with_goto", function("again: x = sin(x); goto again;")
    yield "division_by_zero", function("return x / 0 + 1 / 0;")
    yield "struct_deep", "".join(f"struct s{k} {{ struct s{k - 1} a, b; }};\n" if k else "struct s0 { double v; };\n" for k in range(20)) + function(
        "struct s19 s = {0}; s.a" + ".a" * 18 + ".v = x; return s.a" + ".a" * 18 + ".v;")
    yield "array_rank", function(f"double a{'[1]' * 200} = {{0}}; a{'[0]' * 200} = x; return a{'[0]' * 200};")
    yield "pointer_rank", function(f"double {'*' * 200}p = 0; return x;")
    yield "empty", ""
    yield "nul", "\0" * 100
    yield "byte_order_mark", "\ufeff" + function("return x;")
    yield "trigraphs", function("return x??(0??);")
    yield "universal_names", function("double \\u00e9 = x; return \\u00e9;")
    yield "latin_1", b"#include <adgen.h>\nADGEN_GRAD(x)\ndouble f(double x) { double \xe9 = x; return \xe9; }\n"
    yield "no_newline", function("return x;").rstrip()


class Case:
    """One input; `problem` is what is wrong with how adgen took it."""

    def __init__(self, name, content, how=()):
        self.name = name
        self.how = how
        self.content = content if isinstance(content, bytes) else content.encode()

    def problem(self, work, options):
        shutil.rmtree(work, ignore_errors=True)
        work.mkdir(parents=True)
        source, output = work / "input.c", work / "output.c"
        source.write_bytes(self.content)
        output.write_text("as it was\n")
        limits = {} if options.unlimited else {"preexec_fn": check.limit_memory}
        code, _, said = check.run([options.adgen, *self.how, source, "-o", output], options.seconds, **limits)
        is_program = code == 0 and not self.how
        return self.ending(code, said) or self.files(work, code, output) or (self.compiles(work, output, options) if is_program else None)

    @staticmethod
    def ending(code, said):
        if code is None:
            return "does not end"
        if code not in (0, 1):
            return f"exit status {code}: {said[-300:]}"
        bad = BAD_WORDS.search("\n".join(line for line in said.splitlines() if not re.match(r"\s*\d* \|", line)))
        if bad:
            return said[bad.start() : bad.start() + 300]
        return "fails without a message" if code == 1 and not said.strip() else None

    @staticmethod
    def files(work, code, output):
        if sorted(path.name for path in work.iterdir()) != ["input.c", "output.c"]:
            return f"leaves files behind: {sorted(path.name for path in work.iterdir())}"
        if code == 1 and output.read_text() != "as it was\n":
            return "fails, and the older output is lost"
        return None

    @staticmethod
    def compiles(work, output, options):
        include = f"-I{toolchain.include_directory(options.adgen)}"
        plain, _, _ = check.run(["gcc", "-std=gnu11", "-w", "-fsyntax-only", include, work / "input.c"], 60)
        code, _, said = check.run(["gcc", "-std=gnu11", "-w", "-fsyntax-only", include, output], 60)
        return f"the output does not compile: {check.first_line(said)}" if plain == 0 and code != 0 else None


def mutated(number, seed, sources):
    dice = random.Random(f"hostile/{seed}/{number}")
    text = dice.choice(sources)
    rounds = dice.choice((1, 1, 1, 2, 3))
    names = []
    for _ in range(rounds):
        mutation = dice.choices(list(MUTATIONS), list(MUTATIONS.values()))[0]
        names.append(mutation.__name__)
        text = mutation(dice, text, sources) or b"\n"
    how = dice.sample(OPTIONS, dice.choice((0, 0, 1, 2)))
    return Case(f"{seed}_{number}_{'_'.join(names)}{''.join(how)}".replace("=", "_"), text, how)


def cases(options):
    if options.first == 0:
        for name, content in constructions():
            yield Case(name, content)
    sources = corpus()
    for number in range(options.first, options.first + options.count):
        yield mutated(number, options.seed, sources)


def directory_problem(work, options):
    """A directory where a file should be."""
    work.mkdir(parents=True, exist_ok=True)
    (work / "directory.c").mkdir()
    code, _, said = check.run([options.adgen, work / "directory.c", "-o", work / "output.c"], options.seconds)
    return Case.ending(code, said) or ("an output for a directory" if (work / "output.c").exists() else None)


def main(options):
    started, failed, tried = time.time(), 0, 1
    with tempfile.TemporaryDirectory() as temporary, concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        work = pathlib.Path(temporary)
        why = directory_problem(work / "directory", options)
        failed += report("directory", why) if why else 0
        running = {}
        for case in cases(options):
            running[pool.submit(case.problem, work / case.name[:100], options)] = case
        for done in concurrent.futures.as_completed(running):
            case = running[done]
            tried += 1
            shutil.rmtree(work / case.name[:100], ignore_errors=True)
            if done.result():
                failed += report(case.name, done.result())
                keep(case, options)
    print(f"hostile: seed {options.seed}: {tried - failed} of {tried} inputs taken well; {time.time() - started:.0f} s")
    return 1 if failed else 0


def report(name, why):
    print(f"{name}: {why}", flush=True)
    return 1


def keep(case, options):
    if options.keep:
        directory = pathlib.Path(options.keep)
        directory.mkdir(parents=True, exist_ok=True)
        (directory / f"hostile_{case.name[:100]}.c").write_bytes(case.content)
