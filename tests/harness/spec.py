"""The comment lines that tell the harness how to call a test program.

    // test: grad f(w[3] ~ 0.5 1 2, x[4] = -1..1, n = 4)

A parameter is NAME, extents, a role and values. Roles:
    ~   differentiated: named in the request, has a bar
    >   written by f and not named: has a bar all the same
    =   neither: no bar
Values are numbers; A..B, random numbers from there that fill up the extents (such a test is run for several draws);
( ... ) a pointer to storage of its own with these elements, (N: A..B) with N of them; { NAME ROLE VALUES, ... } the members of
a struct, where NAME[3] is an array inside the struct and NAME ~ ( ... ) a pointer; null; and `C text` taken as it stands.
After the parameters, `-> {x, v[2]}` lists the real members of a struct that f returns.

Other lines:
    // expect: w[i] += 2 * x[i]     what the call adds to w_bar[i] (i flat, or i, j by the extents), in long double
    // expect: y[i] = 0             what y_bar[i] is on return; seeds are ret_bar and y_bar[i]
    // adgen: --grad=f:x            more options for adgen
    // before: counter = 0;         C statements before each call of f
    // also: parts/other.c          a second source of the program, relative to this one
    // tol: 1e-8                    relative tolerance, in place of the one by type
    // no-dual: why                 not C++, or a convention that dual numbers can't see
    // no-fd: why                   a kink: finite differences don't apply
A line that starts with four blanks after the // goes on with the line before.
"""

import itertools
import random
import re
import struct

KEYS = ("test", "expect", "adgen", "before", "also", "tol", "no-dual", "no-fd")
MARKS = ("error", "note")
DRAWS = 3

TOKEN = re.compile(
    r"\s*(?:(?P<number>[-+]?(?:\d+\.(?!\.)\d*|\.(?!\.)\d+|\d+)(?:[eE][-+]?\d+)?)"
    r"|(?P<raw>`[^`]*`)|(?P<name>[A-Za-z_]\w*)|(?P<mark>\.\.|->|[][(){},~=>:]))"
)


class SpecError(Exception):
    pass


class Number:
    """A value; `text` is a C constant that every real type holds exactly."""

    def __init__(self, text):
        self.text = text


class Raw:
    def __init__(self, text):
        self.text = text


class Block:
    """A pointer to storage of its own."""

    def __init__(self, items, role):
        self.items = items
        self.role = role


class Struct:
    def __init__(self, members):
        self.members = members


class Entry:
    """A parameter or member: name, extents, role, items."""

    def __init__(self, name, extents, role, items):
        self.name = name
        self.extents = extents
        self.role = role
        self.items = items


class Call:
    """One way to call one function: all values are concrete."""

    def __init__(self, mode, function, entries, returned, seed):
        self.mode = mode
        self.function = function
        self.entries = entries
        self.returned = returned
        self.seed = seed


class Program:
    def __init__(self, path):
        self.path = path
        with open(path, encoding="utf-8") as file:
            self.text = file.read()
        lines = header_lines(self.text)
        self.expects = [text for key, text in lines if key == "expect"]
        self.options = " ".join(text for key, text in lines if key == "adgen").split()
        self.workspace = "--workspace" in self.options
        self.before = " ".join(text for key, text in lines if key == "before")
        self.also = [text for key, text in lines if key == "also"]
        tolerances = [text for key, text in lines if key == "tol"]
        self.tolerance = tolerances[0] if tolerances else None
        self.dual = not any(key == "no-dual" for key, _ in lines)
        self.differences = not any(key == "no-fd" for key, _ in lines)
        self.calls = []
        for number, text in enumerate(text for key, text in lines if key == "test"):
            self.calls += concrete_calls(text, f"{path.stem}/{number}")
        if not self.calls:
            raise SpecError("no `// test:` line")


def header_lines(text):
    """The (key, text) pairs of the comment lines."""
    found = []
    for line in text.splitlines():
        match = re.match(r"// ([a-z-]+)(?::\s*(.*))?$", line)
        if match and match.group(1) in KEYS:
            found.append([match.group(1), match.group(2) or ""])
        elif found and line.startswith("//     "):
            found[-1][1] += " " + line[2:].strip()
        elif match and match.group(2) is not None and match.group(1) not in MARKS:
            raise SpecError(f"unknown key: {line}")
    return found


def concrete_calls(text, name):
    draws = DRAWS if ".." in text else 1
    return [Parser(text, random.Random(f"{name}/{draw}")).call(f"{name}/{draw}") for draw in range(draws)]


def exact(value):
    """`value` rounded to float, so that float, double and long double all hold it."""
    return struct.unpack("f", struct.pack("f", value))[0]


def constant(value):
    return f"{exact(value).hex()}L"


class Parser:
    def __init__(self, text, numbers):
        self.text = text
        self.numbers = numbers
        self.tokens = []
        at = 0
        text = text.rstrip()
        while at < len(text):
            match = TOKEN.match(text, at)
            if not match:
                raise SpecError(f"can't read `{text[at:]}`")
            self.tokens.append((match.lastgroup, match.group(match.lastgroup)))
            at = match.end()
        self.tokens.append(("end", ""))
        self.at = 0

    def peek(self, mark):
        return self.tokens[self.at][1] == mark and self.tokens[self.at][0] in ("mark", "name")

    def take(self, kind=None):
        token = self.tokens[self.at]
        if kind and token[0] != kind:
            raise SpecError(f"expected a {kind}, found `{token[1]}` in `{self.text}`")
        self.at += 1
        return token[1]

    def accept(self, mark):
        if self.peek(mark):
            self.at += 1
            return True
        return False

    def expect(self, mark):
        if not self.accept(mark):
            raise SpecError(f"expected `{mark}`, found `{self.tokens[self.at][1]}` in `{self.text}`")

    def call(self, seed):
        mode = self.take("name")
        function = self.take("name")
        self.expect("(")
        entries = self.entry_list(")")
        returned = None
        if self.accept("->"):
            self.expect("{")
            returned = self.member_names()
        if self.tokens[self.at][0] != "end":
            raise SpecError(f"left over: `{self.tokens[self.at][1]}` in `{self.text}`")
        return Call(mode, function, entries, returned, seed)

    def entry_list(self, closing):
        entries = []
        while not self.accept(closing):
            entries.append(self.entry())
            if not self.peek(closing):
                self.expect(",")
        return entries

    def entry(self):
        name = self.take("name")
        extents = self.extents()
        role = self.take("mark")
        if role not in ("~", "=", ">"):
            raise SpecError(f"{name}: `~`, `=` or `>` expected, found `{role}`")
        count = 1
        for extent in extents:
            count *= extent
        items = self.items(role, count if extents else None)
        if extents and len(items) != count:
            raise SpecError(f"{name}: {count} values expected, found {len(items)}")
        return Entry(name, extents, role, items)

    def extents(self):
        extents = []
        while self.accept("["):
            extents.append(int(self.take("number")))
            self.expect("]")
        return extents

    def items(self, role, count):
        items = []
        while not any(self.peek(mark) for mark in (",", ")", "}")):
            items += self.item(role, 1 if count is None else count - len(items))
        return items

    def item(self, role, room):
        kind, text = self.tokens[self.at]
        if kind == "number":
            return self.number(room)
        self.at += 1
        if kind == "raw":
            return [Raw(text[1:-1])]
        if text == "null":
            return [Raw("0")]
        if text == "{":
            return [Struct(self.entry_list("}"))]
        if text == "(":
            return [self.block(role)]
        raise SpecError(f"a value expected, found `{text}` in `{self.text}`")

    def number(self, room):
        text = self.take("number")
        if self.accept(".."):
            low, high = float(text), float(self.take("number"))
            return [Number(constant(self.numbers.uniform(low, high))) for _ in range(max(room, 1))]
        return [Number(text if re.fullmatch(r"[-+]?\d+", text) else constant(float(text)))]

    def block(self, role):
        count = None
        if self.tokens[self.at][0] == "number" and self.tokens[self.at + 1][1] == ":":
            count = int(self.take("number"))
            self.expect(":")
        items = self.items(role, count)
        self.expect(")")
        if count is not None and len(items) != count:
            raise SpecError(f"{count} values expected, found {len(items)} in `{self.text}`")
        return Block(items, role)

    def member_names(self):
        names = []
        while not self.accept("}"):
            name = self.take("name")
            while self.accept("."):
                name += "." + self.take("name")
            for place in places(self.extents()):
                names.append(name + place)
            if not self.peek("}"):
                self.expect(",")
        return names


def places(extents):
    """[2][2] -> "[0][0]", "[0][1]", "[1][0]", "[1][1]"; no extents -> ""."""
    return ["".join(f"[{i}]" for i in place) for place in itertools.product(*(range(n) for n in extents))]
