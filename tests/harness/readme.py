"""Holds the README's tables of what is supported and what is refused against the tests.

A row of either table names, in its last cell, the programs that prove it: `array_*` is every program of that name. A row of
what is refused quotes what adgen says, with … for what differs. Every name has to have a program, and each program of
tests/reject that a row names has to be refused in the row's words.
"""

import fnmatch
import re

import toolchain
from spec import header_lines
from toolchain import Failure

TITLE = "## What is supported, what is refused"


def check(path, tests, adgen):
    supported, refused = tables(path.read_text(encoding="utf-8"))
    programs = {kind: sorted(file.stem for file in (tests / kind).glob("*.c")) for kind in ("run", "reject")}
    wrong = [f"{row[0]}: {why}" for row in supported for why in missing(row[-1], programs["run"])]
    for row in refused:
        wrong += [f"{row[0]}: {why}" for why in missing(row[-1], programs["reject"])]
        for name in programs["reject"]:
            if is_named(name, row[-1]):
                wrong += [f"{row[0]}: {why}" for why in differs(row[1], tests / "reject" / f"{name}.c", adgen)]
    if wrong:
        raise Failure("\n".join(wrong))


def tables(text):
    """The rows of the section's two tables, as lists of cells, without their heads."""
    section = text.split(TITLE, 1)[1].split("\n## ", 1)[0]
    found = []
    for block in re.findall(r"(?:^\|.*\n)+", section, re.M):
        rows = [[cell.strip() for cell in re.split(r"(?<!\\)\|", line.strip().strip("|"))] for line in block.splitlines()]
        found.append(rows[2:])
    if len(found) != 2:
        raise Failure(f"{len(found)} tables in the section, should be 2")
    return found


def patterns(cell):
    return re.findall(r"`([^`]*)`", cell)


def is_named(name, cell):
    return any(fnmatch.fnmatchcase(name, pattern) for pattern in patterns(cell))


def missing(cell, programs):
    if not patterns(cell):
        return ["names no program"]
    return [f"`{p}`: there is no such program" for p in patterns(cell) if not fnmatch.filter(programs, p)]


def differs(message, program, adgen):
    options = " ".join(value for key, value in header_lines(program.read_text(encoding="utf-8")) if key == "adgen").split()
    said = toolchain.run([adgen, *options, program], check=False).stderr
    words = ".*".join(re.escape(part) for part in message.strip("`").split("…"))
    return [] if re.search(f"error: .*{words}", said) else [f"{program.name}: adgen says otherwise:\n{said}"]
