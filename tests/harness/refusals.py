"""Checks one program of tests/reject: adgen names each marked line, exits with 1 and leaves an older output as it was.

    x = g(x); // error: part of the message
    // note: part of a note, anywhere in what adgen says
"""

import re

import toolchain
from spec import header_lines
from toolchain import Failure

MARK = re.compile(r"//\s*(error|note):\s*(.*?)\s*$")


def check(path, work, adgen):
    work.mkdir(parents=True, exist_ok=True)
    text = path.read_text(encoding="utf-8")
    options = " ".join(value for key, value in header_lines(text) if key == "adgen").split()
    output = work / "output.c"
    output.write_text("as it was\n")
    done = toolchain.run([adgen, *options, path, "-o", output], check=False)
    if done.returncode != 1:
        raise Failure(f"exit status {done.returncode}, should be 1\n{done.stderr}")
    if done.stdout:
        raise Failure("writes to standard output")
    if output.read_text() != "as it was\n":
        raise Failure("the older output is lost")
    check_messages(path, text, done.stderr)
    output.unlink()
    done = toolchain.run([adgen, *options, path, "-o", output], check=False)
    if list(work.iterdir()):
        raise Failure(f"leaves a file behind: {list(work.iterdir())[0].name}")


def check_messages(path, text, messages):
    said = messages.splitlines()
    wanted = [(number, *match.groups()) for number, line in enumerate(text.splitlines(), 1) for match in [MARK.search(line)] if match]
    errors = [line for line in said if re.search(r":\d+:\d+: error: ", line)]
    marked = {number for number, kind, _ in wanted if kind == "error"}
    if not marked:
        raise Failure("no `// error:` mark")
    for number, kind, part in wanted:
        place = rf"{re.escape(path.name)}:{number}:\d+: error: " if kind == "error" else r"\bnote: "
        if not any(re.search(place, line) and part in line for line in said):
            raise Failure(f"line {number}: no {kind} with `{part}`; adgen says:\n{messages}")
    for line in errors:
        where = re.search(rf"{re.escape(path.name)}:(\d+):\d+: error: ", line)
        if not where or int(where.group(1)) not in marked:
            raise Failure(f"an error that is not expected: {line}")
    check_caret(said, errors)


def check_caret(said, errors):
    """After each error: the source line, then a line with a caret."""
    for error in errors:
        after = said[said.index(error) + 1 : said.index(error) + 3]
        if len(after) < 2 or "^" not in after[1]:
            raise Failure(f"no source line and caret after: {error}")
