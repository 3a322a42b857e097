"""Makes a failing program small: takes statements, blocks, operands, helpers and parameters away as long as the program fails
in the same way.
"""

import pathlib
import re
import tempfile
import time

import check
import generator
import tree
from tree import Block, Condition, Function, Integer, Real, Statement


class Edit:
    """parts[start:end] = new, and back."""

    def __init__(self, parts, start, end, new, gone=()):
        self.parts = parts
        self.start = start
        self.old = parts[start:end]
        self.new = list(new)
        self.gone = gone

    def apply(self):
        self.parts[self.start : self.start + len(self.old)] = self.new

    def undo(self):
        self.parts[self.start : self.start + len(self.new)] = self.old


def declared(nodes):
    """The names that go with these nodes."""
    return [name for top in nodes for node in top.nodes() if isinstance(node, Statement) for name in node.declares]


def all_nodes(program):
    for part in [program.entry] + program.outer[::-1]:
        yield from part.nodes()


def chunks(program):
    """Edits that take runs of statements out of blocks, long runs first."""
    blocks = [node for node in all_nodes(program) if isinstance(node, Block)]
    edits = []
    for block in blocks:
        free = [index for index, part in enumerate(block.parts) if not getattr(part, "fixed", False)]
        size = len(free)
        while size:
            for at in range(len(free) - size, -1, -size):
                run = free[at : at + size]
                if run[-1] - run[0] == size - 1:
                    old = block.parts[run[0] : run[-1] + 1]
                    edits.append((-size, Edit(block.parts, run[0], run[-1] + 1, [], declared(old))))
            size //= 2
    return [edit for _, edit in sorted(edits, key=lambda pair: pair[0])]


def unwrapped(program):
    """Edits that put the statements of a nested block in the place of the statement around it."""
    for block in [node for node in all_nodes(program) if isinstance(node, Block)]:
        for index, part in enumerate(block.parts):
            if getattr(part, "fixed", False):
                continue
            for inner in list(part.nodes())[1:]:
                if isinstance(inner, Block):
                    yield Edit(block.parts, index, index + 1, inner.parts)


def simpler(node):
    """What may stand in the place of an expression, simplest first."""
    if isinstance(node, Real):
        below = [inner for part in node.parts if isinstance(part, Real) for inner in [part]]
        if len(node.parts) > 1:
            return [Real("0.5")] + below
        return [Real("0.5")] if node.parts[0] not in ("0.5", "1.0") and not node.parts[0][0].isdigit() else []
    if isinstance(node, Integer):
        return [Integer(str(node.low), low=node.low, high=node.low)] if node.text() != str(node.low) else []
    if isinstance(node, Condition):
        inner = [part for part in node.parts if isinstance(part, Condition)]
        return inner + [Condition(text) for text in ("1", "0")] if node.text() not in ("0", "1") else []
    return []


def simplified(program):
    for node in list(all_nodes(program)):
        for index, part in enumerate(node.parts):
            if isinstance(part, (Real, Integer, Condition)):
                for new in simpler(part):
                    yield Edit(node.parts, index, index + 1, [new])


def without_outer(program):
    for index in range(len(program.outer) - 1, -1, -1):
        part = program.outer[index]
        yield Edit(program.outer, index, index + 1, [], [part.name] if isinstance(part, Function) else declared([part]))


def without_parameters(program):
    parameters = program.entry.parameters
    for index in range(len(parameters) - 1, -1, -1):
        others = [parameter for parameter in parameters if parameter is not parameters[index]]
        if any(parameter.differentiated for parameter in others):
            yield Edit(parameters, index, index + 1, [], [parameters[index].test.split()[0].split("[")[0]])


PASSES = (chunks, without_outer, unwrapped, chunks, simplified, without_outer, without_parameters)


def essence(verdict):
    """What has to stay of a verdict: its kind, and the message without names and numbers."""
    if verdict.kind in ("wrong", "value", "hang", "ok", "discarded", "invalid"):
        return verdict.kind
    line = re.sub(r"^\S*:\d+:\d+: ", "", check.first_line(verdict.detail))
    if verdict.kind == "crash":
        line = "".join(re.findall(r"exit status is -?\d+|Assertion.*|internal.*", verdict.detail))
    return verdict.kind + ": " + re.sub(r"\b\w*\d\w*\b|‘[^’]*’|'[^']*'|\d+", "#", line)


class Reducer:
    def __init__(self, program, adgen, configuration, work, seconds=300, limited=True):
        self.program = program
        self.adgen = adgen
        self.configuration = configuration
        self.work = work
        self.limited = limited
        self.until = time.time() + seconds
        self.tests = 0
        self.wanted = essence(self.verdict())

    def verdict(self):
        return check.check_batch([self.program], self.work, self.adgen, self.configuration, self.limited)[0]

    def still(self):
        """Whether the program as it is now fails as it did."""
        self.tests += 1
        try:
            return essence(self.verdict()) == self.wanted
        except (ValueError, IndexError, StopIteration):
            return False

    def attempt(self, edit):
        edit.apply()
        text = self.program.text()
        if not any(re.search(rf"\b{name}\b", text) for name in edit.gone) and self.still():
            return True
        edit.undo()
        return False

    def one_pass(self, edits):
        """Tries the pass's edits; after a success they are made anew, going on where it was."""
        any_success, at = False, 0
        while time.time() < self.until:
            made = list(edits(self.program))
            while at < len(made) and time.time() < self.until and not self.attempt(made[at]):
                at += 1
            if at >= len(made):
                break
            any_success = True
        return any_success

    def reduce(self):
        while time.time() < self.until and any([self.one_pass(edits) for edits in PASSES]):
            pass
        return self.verdict()


def reduced(program, adgen, configuration, work, seconds=300, limited=True):
    """The reduced program and its verdict."""
    reducer = Reducer(program, adgen, configuration, work, seconds, limited)
    return program, reducer.reduce()


def report(program, verdict):
    return tree.file_text([program]) + "\n" + "".join(f"// {line}\n" for line in [verdict.kind, *verdict.detail.splitlines()[:12]])


# Wrong numbers all look alike: so many of them are reduced each by itself.
MOST_WRONG = 8


def reduce_distinct(failures, options, work):
    """Reduces one program of each way to fail, which is written to the directory `keep`."""
    found = {}
    for verdict in sorted(failures, key=lambda verdict: len(verdict.program.text())):
        name = essence(verdict)
        if name == "wrong" and len(found) < MOST_WRONG:
            name += f" {verdict.program.number}"
        found.setdefault(name, []).append(verdict)
    for name, verdicts in sorted(found.items(), key=lambda pair: -len(pair[1])):
        first = min(verdicts, key=lambda verdict: len(verdict.program.text()))
        number = first.program.number
        program, verdict = reduced(first.program, first.adgen, first.configuration, work, options.seconds, not options.unlimited)
        path = pathlib.Path(options.keep) / f"reduced_{verdict.kind}_{options.seed}_{number}.c"
        path.write_text(report(program, verdict))
        print(f"{len(verdicts)} times: {name}: {path}", flush=True)


def main(options):
    program = generator.program(options.first, options.seed, options.without, options.more)
    with tempfile.TemporaryDirectory() as temporary:
        work = pathlib.Path(options.work or temporary)
        made, verdict = reduced(program, check.Adgen(options.adgen, options.options), options.configurations.split(",")[0], work, options.seconds, not options.unlimited)
    print(report(made, verdict))
    return 0 if verdict.kind in ("ok", "discarded") else 1
