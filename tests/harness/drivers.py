"""The C and C++ drivers of a test program.

A driver is the program's text and, for each call, a function that makes the arguments, calls f and writes numbers. The same
text serves three kinds of numbers: as it stands (native), over dual numbers (C++), over long double (finite differences).
"""

import random

import csource
import spec

PRELUDE = r"""
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <math.h>
static FILE *ad_out;
static void *ad_blocks[65536];
static int ad_count;
static void *ad_take(size_t bytes)
{
    void *block = malloc(bytes ? bytes : 1);
    memset(block, 0xA5, bytes);
    return ad_blocks[ad_count++] = block;
}
#define AD_TAKE(pointer, n) ((pointer) = (__typeof__(pointer))ad_take((size_t)(n) * sizeof *(pointer)))
"""

NATIVE = r"""
#define AD_SET(place, value, index) ((place) = (value))
#define AD_PUT(value) fprintf(ad_out, "%.21Lg ", (long double)(value))
"""

DUAL = r"""
#define AD_SET(place, value, index) ((place) = (value), (place).d = (ad_seed == (index)))
#define AD_PUT(value) adgen_dual::put(ad_out, value)
"""

DIFFERENCES = r"""
#define AD_SET(place, value, index) ((place) = (value) + (ad_seed == (index) ? ad_step : 0.0L))
#define AD_PUT(value) fprintf(ad_out, "%.21Lg ", (long double)(value))
typedef long double ad_function(int ad_seed, long double ad_step);

/* Ridders: central differences for a sweep of steps, extrapolated; the entry with the smallest error estimate wins. */
static void ad_derivative(ad_function *function, int seed, long double step)
{
    enum { STEPS = 18 };
    long double table[STEPS][STEPS], best = 0, error = HUGE_VALL;
    for (int i = 0; i < STEPS; i++, step /= 1.7L) {
        table[0][i] = (function(seed, step) - function(seed, -step)) / (2 * step);
        long double factor = 1;
        for (int j = 1; j <= i && j < 8; j++) {
            factor *= 1.7L * 1.7L;
            table[j][i] = (table[j - 1][i] * factor - table[j - 1][i - 1]) / (factor - 1);
            const long double change = fabsl(table[j][i] - table[j - 1][i]);
            const long double other = fabsl(table[j][i] - table[j - 1][i - 1]);
            const long double estimate = change > other ? change : other;
            if (estimate <= error)
                error = estimate, best = table[j][i];
        }
    }
    fprintf(ad_out, "%.21Lg %.21Lg ", best, error);
}
"""


class Leaf:
    """A number in the arguments: where it is, its role, and whether it is an unknown of the derivative."""

    def __init__(self, place, role, parameter, indices):
        self.place = place
        self.role = role
        self.parameter = parameter
        self.indices = indices


class Setup:
    """Writes the statements that make one call's arguments; `suffix` is "_bar" for the shadows."""

    def __init__(self, call, function, suffix=""):
        self.call = call
        self.function = function
        self.suffix = suffix
        self.lines = []
        self.leaves = []
        self.blocks = 0
        by_name = {parameter.name: parameter for parameter in function.parameters}
        for entry in call.entries:
            if entry.name not in by_name:
                raise spec.SpecError(f"`{entry.name}` is no parameter of `{call.function}`")
            if not suffix or entry.role in "~>":
                self.parameter(by_name[entry.name], entry)
        if len(call.entries) != len(function.parameters):
            raise spec.SpecError(f"`{call.function}` has {len(function.parameters)} parameters")

    def parameter(self, declared, entry):
        name = entry.name + self.suffix
        if declared.function:
            self.lines.append(declared.text + ";")
            self.lines.append(f"{name} = {entry.items[0].text};")
            return
        raw = len(entry.items) == 1 and isinstance(entry.items[0], spec.Raw)
        if declared.pointer and raw:
            self.lines.append(f"{declared.element()} *{name} = {entry.items[0].text};")
            return
        items = entry.items
        if declared.pointer and len(items) == 1 and isinstance(items[0], spec.Block) and not declared.element().endswith("*"):
            items = items[0].items
        if declared.pointer:
            self.lines.append(f"{declared.element()} *{name};")
            self.lines.append(f"AD_TAKE({name}, {len(items)});")
            shape = spec.places(entry.extents) if entry.extents else spec.places([len(items)])
            for i, item in enumerate(items):
                self.value(item, f"{name}[{i}]", entry.role, entry, (i, shape[i]))
            return
        self.lines.append(f"{declared.base} {name};")
        if isinstance(items[0], spec.Struct):
            self.lines.append(f"memset((void *)&{name}, 0xA5, sizeof {name});")
        self.value(items[0], name, entry.role, entry, (0, ""))

    def value(self, item, place, role, entry, indices):
        if isinstance(item, spec.Struct):
            for member in item.members:
                for value, index in zip(member.items, spec.places(member.extents)):
                    self.value(value, f"{place}.{member.name}{index}", member.role, entry, indices)
        elif isinstance(item, spec.Block):
            block = f"ad_{self.blocks}{self.suffix}"
            self.blocks += 1
            self.lines.append(f"__typeof__(&({place})[0]) {block};")
            self.lines.append(f"AD_TAKE({block}, {len(item.items)});")
            self.lines.append(f"{place} = {block};")
            for i, value in enumerate(item.items):
                self.value(value, f"{block}[{i}]", role, entry, indices)
        elif isinstance(item, spec.Raw):
            self.lines.append(f"{place} = {item.text};")
        else:
            self.number(item, place, role, entry, indices)

    def number(self, item, place, role, entry, indices):
        if self.suffix:
            if role in "~>":
                self.lines.append(f"{place} = ad_seeds[{len(self.leaves)}];")
                self.leaves.append(Leaf(place, role, entry.name, indices))
            return
        if role in "~>":
            index = sum(leaf.role in "~>" for leaf in self.leaves)
            self.lines.append(f"AD_SET({place}, {item.text}, {index});")
        else:
            self.lines.append(f"{place} = {item.text};")
        self.leaves.append(Leaf(place, role, entry.name, indices))

    @property
    def active(self):
        return [leaf for leaf in self.leaves if leaf.role in "~>"]

    def arguments(self):
        return [self.argument(parameter, parameter.name) for parameter in self.function.parameters]

    @staticmethod
    def argument(parameter, name):
        return name

    def bars(self):
        """The bar arguments, in the order of declaration."""
        roles = {entry.name: entry.role for entry in self.call.entries}
        found = []
        for parameter in self.function.parameters:
            if roles[parameter.name] in "~>":
                found.append((parameter, ("" if parameter.pointer else "&") + f"{parameter.name}_bar"))
        return found


def passed(call, parameter, text):
    """The argument with the type that an array of arrays needs."""
    extents = next(entry.extents for entry in call.entries if entry.name == parameter.name)
    if len(parameter.extents) < 2:
        return text
    if len(extents) != len(parameter.extents):
        raise spec.SpecError(f"`{parameter.name}` needs {len(parameter.extents)} extents")
    rows = "".join(f"[{extent}]" for extent in extents[1:])
    return f"({parameter.base} (*){rows}){text}"


def real_parts(call, function):
    """The real numbers in what f returns, as suffixes to its name."""
    if call.returned is not None:
        return ["." + name for name in call.returned]
    return [""] if function.returns in csource.REAL else []


def seeds_of(call, setup, parts):
    """Two sets of seeds: inputs' bars at zero, then everything nonzero. And ret_bar's, one per real part."""
    numbers = random.Random(call.seed + "/seeds")

    def draw():
        return spec.constant(numbers.choice((-1, 1)) * numbers.uniform(0.3, 1.4))

    some = [draw() if leaf.role == ">" else "0.0L" for leaf in setup.active]
    full = [draw() for _ in setup.active]
    if call.mode == "grad":
        return some, full, ["1.0L"] * len(parts)
    return some, full, [draw() for _ in parts]


class Text:
    """The lines of one driver."""

    def __init__(self, program):
        self.program = program
        self.functions = {}
        source = "\n".join(csource.inlined((program.path.parent / other).resolve()) for other in program.also)
        self.source = csource.inlined(program.path.resolve()) + "\n" + source
        for call in program.calls:
            if call.function not in self.functions:
                self.functions[call.function] = csource.find_function(self.source, call.function)

    def features(self):
        """Macros such as _XOPEN_SOURCE that must come before any header."""
        return "".join(line + "\n" for line in self.source.splitlines() if line.startswith("#define _"))

    def headers(self):
        return "".join(f"#include <{name}>\n" for name in csource.system_headers(self.source))

    def body(self):
        """The program without its system headers."""
        kept = csource.INCLUDE.sub(lambda match: "" if match.group(1) == "<" else match.group(0), self.source)
        return "\n".join("" if line.startswith("#define _") else line for line in kept.splitlines())

    def invocation(self, call, function, name, extra=()):
        arguments = [passed(call, parameter, parameter.name) for parameter in function.parameters]
        text = f"{name}({', '.join(arguments + list(extra))});"
        return text if function.returns == "void" else "ad_ret = " + text


ANNOTATIONS = "".join(f"#define ADGEN_{name}(...)\n" for name in "GRAD VJP JVP HVP JAC HESS CUSTOM_VJP CUSTOM_JVP CHECKPOINT".split())
ANNOTATIONS += "#define ADGEN_PASSIVE\n"


def oracle_call(text, number, call, differences):
    """Runs f once with the argument `ad_seed` moved; writes all numbers that leave f, or returns their sum by seeds."""
    function = text.functions[call.function]
    setup = Setup(call, function)
    parts = real_parts(call, function)
    lines = [f"static long double ad_call_{number}(int ad_seed, long double ad_step)", "{"]
    lines += ["    (void)ad_seed, (void)ad_step;"] + ["    " + line for line in setup.lines]
    if function.returns != "void":
        lines.append(f"    {function.returns} ad_ret;")
    lines += [f"    {text.program.before}", "    " + text.invocation(call, function, call.function)]
    values = ["ad_ret" + part for part in parts] + [leaf.place for leaf in setup.active]
    if differences:
        _, full, ret = seeds_of(call, setup, parts)
        terms = [f"{seed} * {value}" for seed, value in zip(ret + full, values)]
        lines.append(f"    return {' + '.join(terms) or '0.0L'};")
    else:
        lines += [f"    AD_PUT({value});" for value in values] + ['    fprintf(ad_out, "\\n");', "    return 0;"]
    return lines + ["}", ""], setup


def expected_lines(text, number, call, setup, expects):
    """Writes the closed forms, a line each: NAME INDEX KIND VALUE."""
    function = text.functions[call.function]
    parts = real_parts(call, function)
    _, full, ret = seeds_of(call, setup, parts)
    shadow = Setup(call, function, "_bar")
    lines = [f"static void ad_expect_{number}(void)", "{", "    const int ad_seed = -1;", "    const long double ad_step = 0;"]
    lines += ["    (void)ad_seed, (void)ad_step;"] + ["    " + line for line in setup.lines]
    lines.append(f"    const long double ad_seeds[] = {{{', '.join(full + ['0.0L'])}}};")
    lines += ["    (void)ad_seeds;"] + ["    " + line for line in shadow.lines]
    if parts == [""]:
        lines.append(f"    const long double ret_bar = {ret[0]};\n    (void)ret_bar;")
    names = [parameter.name for parameter in function.parameters]
    lines += [f"    (void){name};" for name in names]
    for index, leaf in enumerate(setup.active):
        for target, subscripts, kind, formula in expects:
            if target == leaf.place or (subscripts and target == leaf.parameter):
                flat, place = leaf.indices
                numbers = [int(n) for n in place.replace("[", " ").replace("]", " ").split()]
                if len(subscripts) == len(numbers):
                    numbers = numbers[-len(subscripts) :] if subscripts else []
                elif len(subscripts) == 1:
                    numbers = [flat]
                declared = " ".join(f"const int {name} = {n}; (void){name};" for name, n in zip(subscripts, numbers))
                lines.append(f"    {{ {declared} fprintf(ad_out, \"{index} {kind} \"); AD_PUT({formula}); fprintf(ad_out, \"\\n\"); }}")
    return lines + ["}", ""]


def main_lines(body):
    return ["int main(int argc, char **argv)", "{", '    ad_out = argc > 1 ? fopen(argv[1], "w") : stderr;'] + body + ["    return fclose(ad_out);", "}", ""]


def dual(program):
    text = Text(program)
    lines = ["using namespace adgen_dual;", "namespace program {", text.body()]
    body = []
    for number, call in enumerate(program.calls):
        made, setup = oracle_call(text, number, call, differences=False)
        lines += made
        body.append(f"    for (int seed = -1; seed < {len(setup.active)}; seed++) program::ad_call_{number}(seed, 0);")
    lines += ["}"]
    tg = "#define ADGEN_DUAL_TGMATH\n" if "tgmath.h" in text.headers() else ""
    text_lines = csource.for_dual("\n".join(lines)) + "\n" + "\n".join(main_lines(body))
    return text.features() + tg + PRELUDE + text.headers() + '#include "dual.hpp"\n' + ANNOTATIONS + DUAL + text_lines


def differences(program, expects):
    text = Text(program)
    lines, body = [text.body()], []
    for number, call in enumerate(program.calls):
        made, setup = oracle_call(text, number, call, differences=True)
        lines += made + expected_lines(text, number, call, setup, expects)
        for index, leaf in enumerate(setup.active):
            if program.differences:
                body.append(f"    ad_derivative(ad_call_{number}, {index}, 0.02L);")
        body.append('    fprintf(ad_out, "\\n");')
        body.append(f"    ad_expect_{number}();")
        body.append('    fprintf(ad_out, "\\n");')
    text_lines = csource.for_long_double("\n".join(lines)) + "\n" + "\n".join(main_lines(body))
    return text.features() + PRELUDE + text.headers() + ANNOTATIONS + DIFFERENCES + text_lines


def prototypes(program):
    """What interface.md section 3 says the made functions are declared as."""
    text = Text(program)
    lines = []
    for call in program.calls:
        function = text.functions[call.function]
        setup = Setup(call, function)
        parameters = [parameter.text.replace("ADGEN_PASSIVE", "") for parameter in function.parameters]
        parameters += [parameter.bar() for parameter, _ in setup.bars()]
        if call.mode == "vjp" and real_parts(call, function):
            parameters.append(f"{function.returns} ret_bar")
        made = [f"{function.returns} {call.function}_{call.mode}({', '.join(parameters)});"]
        if program.workspace:
            primal = [parameter.text.replace("ADGEN_PASSIVE", "") for parameter in function.parameters]
            made = [f"size_t {call.function}_{call.mode}_workspace({', '.join(primal)});", made[0].replace(");", ", void *workspace);")]
        lines += [line for line in made if line not in lines]
    return lines


def workspace_lines(text, call, function):
    """Exactly as many bytes as the derivative asks for, so that the sanitizers see the one behind them."""
    arguments = ", ".join(passed(call, parameter, parameter.name) for parameter in function.parameters)
    return [f"size_t ad_size = {call.function}_{call.mode}_workspace({arguments});", "void *ad_workspace = malloc(ad_size);",
            "if (ad_size) memset(ad_workspace, 0xA5, ad_size);"]


def native_call(text, number, call):
    """f, then f_grad or f_vjp three times: bars of inputs at zero, all bars set, the same again. A line of numbers each."""
    function = text.functions[call.function]
    setup, shadow = Setup(call, function), Setup(call, function, "_bar")
    parts = real_parts(call, function)
    some, full, ret = seeds_of(call, setup, parts)
    bars = [passed(call, parameter, argument) for parameter, argument in setup.bars()]
    lines = [f"static void ad_call_{number}(int ad_run)", "{"]
    lines += ["    " + line for line in setup.lines]
    if function.returns != "void":
        lines.append(f"    {function.returns} ad_ret;")
    lines += [f"    const long double ad_some[] = {{{', '.join(some + ['0.0L'])}}}, ad_full[] = {{{', '.join(full + ['0.0L'])}}};"]
    lines += ["    const long double *ad_seeds = ad_run == 1 ? ad_some : ad_full;", "    (void)ad_seeds;"]
    lines += ["    " + line for line in shadow.lines]
    extra = list(bars)
    if call.mode == "vjp" and parts:
        lines.append(f"    {function.returns} ret_bar;")
        if parts != [""]:
            lines.append("    memset(&ret_bar, 0xA5, sizeof ret_bar);")
        lines += [f"    ret_bar{part} = {seed};" for part, seed in zip(parts, ret)]
        extra.append("ret_bar")
    lines.append(f"    {text.program.before}")
    if text.program.workspace:
        lines += ["    " + line for line in workspace_lines(text, call, function)]
        extra.append("ad_workspace")
    lines += ["    if (ad_run == 0)", "        " + text.invocation(call, function, call.function)]
    lines += ["    else", "        " + text.invocation(call, function, f"{call.function}_{call.mode}", extra)]
    if text.program.workspace:
        lines.append("    free(ad_workspace);")
    if not parts and function.returns != "void" and "*" not in function.returns and call.returned is None:
        parts = [""]
    lines += [f"    AD_PUT(ad_ret{part});" for part in parts] + [f"    AD_PUT({leaf.place});" for leaf in setup.leaves]
    lines += ['    fprintf(ad_out, "\\n");', "    if (ad_run > 0) {"] + [f"        AD_PUT({leaf.place});" for leaf in shadow.leaves]
    lines += ['        fprintf(ad_out, "\\n");', "    }", "}", ""]
    return lines


def native(program, sources, whole):
    """`sources` are what the driver includes: the program, or the output if that has the program in it, `whole`."""
    text = Text(program)
    lines, body = [], []
    for number, call in enumerate(program.calls):
        lines += native_call(text, number, call)
        body.append("    for (int run = 0; run < 4; run++) {")
        body.append(f"        ad_call_{number}(run);")
        body.append('        printf("\\n@@\\n");')
        body.append("    }")
    declared = [] if whole else [line.replace("const ", "") for line in prototypes(program)]
    includes = [f'#include "{path}"' for path in sources]
    pieces = [text.features() + PRELUDE + text.headers() + NATIVE, "#include <adgen.h>", "#define const"] + includes
    return "\n".join(pieces + declared + ["#undef const"] + lines + main_lines(body))
