"""A random program as a tree, which prints as C and which the reducer takes apart.

A node is a list of parts, text and nodes, in the order in which they are printed. What may stand in its place follows
from its class: a real expression gives way to one of its operands or to a constant, an integer to a smaller one in
the same range, a statement to nothing or to what its blocks hold.
"""

STEP = "    "


class Node:
    def __init__(self, *parts):
        self.parts = list(parts)

    def text(self, indent=""):
        return "".join(part if isinstance(part, str) else part.text(indent) for part in self.parts)

    def nodes(self):
        """This node and all below, outermost first."""
        yield self
        for part in self.parts:
            if isinstance(part, Node):
                yield from part.nodes()


class Real(Node):
    """An expression of the real type `type`, not larger than `bound` by its making."""

    def __init__(self, *parts, type="double", bound=4.0):
        super().__init__(*parts)
        self.type = type
        self.bound = bound


class Integer(Node):
    """An expression whose value is in low .. high."""

    def __init__(self, *parts, low, high):
        super().__init__(*parts)
        self.low = low
        self.high = high


class Condition(Node):
    """`on` is the integer that it asks about, if it is about one."""

    def __init__(self, *parts, on=None):
        super().__init__(*parts)
        self.on = on


class Statement(Node):
    """One statement on lines of its own; `declares` are the names that end with it; a `fixed` one has to stay."""

    fixed = False

    def __init__(self, *parts, declares=()):
        super().__init__(*parts)
        self.declares = declares


class Block(Node):
    """Statements in braces, each of which can go."""

    def text(self, indent=""):
        inside = "".join(f"{indent}{STEP}{part.text(indent + STEP)}\n" for part in self.parts)
        return f"{{\n{inside}{indent}}}"


class Sequence(Node):
    """Statements that stay or go together."""

    def text(self, indent=""):
        return f"\n{indent}".join(part.text(indent) for part in self.parts)


class Function(Node):
    """`head` ends with the opening parenthesis; `parameters` are Parameter nodes, `body` is a Block."""

    def __init__(self, head, parameters, body, name):
        super().__init__(body)
        self.head = head
        self.parameters = parameters
        self.name = name

    def text(self, indent=""):
        declared = ", ".join(parameter.text() for parameter in self.parameters) or "void"
        return f"{self.head}({declared})\n{self.parts[0].text()}\n"


class Parameter(Node):
    """A declaration, and for the function under test what the harness makes of it: `x ~ -1..1`."""

    def __init__(self, declared, test=None):
        super().__init__(declared)
        self.test = test

    @property
    def differentiated(self):
        return "~" in self.test


class Program:
    """`outer` holds struct definitions, tables, variables and helpers; `entry` is the function under test; a `generic` one
    has its functions from <tgmath.h>.
    """

    def __init__(self, number, mode, outer, entry, generic=False):
        self.number = number
        self.mode = mode
        self.outer = outer
        self.entry = entry
        self.generic = generic

    def header(self):
        tests = ", ".join(parameter.test for parameter in self.entry.parameters)
        return f"// test: {self.mode} {self.entry.name}({tests})"

    def request(self):
        names = [parameter.test.split()[0].split("[")[0] for parameter in self.entry.parameters if parameter.differentiated]
        return f"ADGEN_{self.mode.upper()}({', '.join(names)})"

    def text(self):
        outer = "".join(part.text() + "\n" for part in self.outer)
        return f"{outer}{self.request()}\n{self.entry.text()}"


PRELUDE = """#include <adgen.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SQUARE(x) ((x) * (x))
#define SHARE 0.375
#define MOVE(place, by)                 \\
    do {                                \\
        (place) = 0.5 * (place) + (by); \\
    } while (0)

int quarter_turns(int k);
double squared_length(int k);

#ifdef __cplusplus
int quarter_turns(int k)
{
    return k % 4 == 0 ? 2 : k % 4 == 2 ? 0 : 1;
}

double squared_length(int k)
{
    return 0.0625 * k * k + 0.25;
}
#else
int quarter_turns(int k)
{
    double _Complex z = 1.0;
    for (int j = 0; j < k; j++)
        z *= __builtin_complex(0.0, 1.0);
    return 1 + (int)__real__ z;
}

double squared_length(int k)
{
    double _Complex z = __builtin_complex(0.25 * k, 0.5);
    return __real__ (z * ~z);
}
#endif
"""


def file_text(programs, notes=("no-fd: kinks anywhere",)):
    """One file of the test harness's format with these programs."""
    header = [program.header() for program in programs] + [f"// {note}" for note in notes]
    prelude = PRELUDE.replace("<math.h>", "<tgmath.h>") if any(program.generic for program in programs) else PRELUDE
    return "\n".join(header) + "\n" + prelude + "\n" + "\n".join(program.text() for program in programs)
