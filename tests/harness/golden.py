"""Checks one program of tests/golden: adgen's output is NAME.expected.c, byte for byte."""

import difflib

import toolchain
from spec import header_lines
from toolchain import Failure


def check(path, work, adgen, record):
    work.mkdir(parents=True, exist_ok=True)
    options = " ".join(value for key, value in header_lines(path.read_text()) if key == "adgen").split()
    output = work / "output.c"
    toolchain.run([adgen, *options, path.name, "-o", output.resolve()], cwd=path.resolve().parent)
    expected = path.with_suffix(".expected")
    made = output.read_text()
    if record:
        expected.write_text(made)
        return
    if not expected.exists():
        raise Failure(f"{expected.name} is not there: record it with --record, and read it")
    if made != expected.read_text():
        lines = difflib.unified_diff(expected.read_text().splitlines(), made.splitlines(), expected.name, "made now", lineterm="")
        raise Failure("the output has changed\n" + "\n".join(lines))
