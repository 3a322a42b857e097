"""Checks one program of tests/reject: adgen names each marked line, exits with 1 and leaves an older output as it was.

    x = g(x); // error: part of the message
    // note: part of a note, anywhere in what adgen says

A part may be several with | between them, any one of which will do. `// error?:` marks a line where adgen may refuse as
well; where no line is marked `// error:`, one of those must be named. Every other error that adgen reports is a failure.
"""

import re

import toolchain
from spec import header_lines
from toolchain import Failure

MARK = re.compile(r"//\s*(error\??|note):\s*(.*?)\s*$")


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
    toolchain.run([adgen, *options, path, "-o", output], check=False)
    if list(work.iterdir()):
        raise Failure(f"leaves a file behind: {list(work.iterdir())[0].name}")


def marks(text):
    """(line, kind, parts) of each mark."""
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        match = MARK.search(line)
        if match:
            found.append((number, match.group(1), match.group(2).split("|")))
    return found


def check_messages(path, text, messages):
    said = messages.splitlines()
    wanted = marks(text)
    if not any(kind.startswith("error") for _, kind, _ in wanted):
        raise Failure("no `// error:` mark")
    missing = []
    for number, kind, parts in wanted:
        place = r"\bnote: " if kind == "note" else rf"{re.escape(path.name)}:{number}:\d+: error: "
        if any(re.search(place, line) and part in line for line in said for part in parts):
            continue
        missing.append((number, kind, parts))
    wanted_errors = [mark for mark in wanted if mark[1] != "note"]
    alternatives = [mark for mark in wanted if mark[1] == "error?"]
    unmet = [mark for mark in missing if mark[1] == "error?"]
    if len(alternatives) < len(wanted_errors) or len(unmet) < len(alternatives):
        missing = [mark for mark in missing if mark[1] != "error?"]
    for number, kind, parts in missing:
        raise Failure(f"line {number}: no {kind.rstrip('?')} with `{'|'.join(parts)}`; adgen says:\n{messages}")
    check_no_others(path, said, {number for number, kind, _ in wanted if kind != "note"})


def check_no_others(path, said, expected):
    errors = [line for line in said if re.search(r":\d+:\d+: error: ", line)]
    for line in errors:
        where = re.search(rf"{re.escape(path.name)}:(\d+):\d+: error: ", line)
        if not where or int(where.group(1)) not in expected:
            raise Failure(f"an error that is not expected: {line}")
        after = said[said.index(line) + 1 : said.index(line) + 3]
        if len(after) < 2 or "^" not in after[1]:
            raise Failure(f"no source line and caret after: {line}")
