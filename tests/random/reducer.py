"""Shrinks a failing program: takes out lines and blocks, opens blocks, and puts parts of expressions in their place.

`reduce(text, fails)` gives the smallest text found for which `fails` still holds.
"""

import re

import toolchain

WARNINGS = "-Wall -Wextra -Wno-unused -Wno-unused-parameter -Wno-implicit-fallthrough -Wno-absolute-value".split()


def valid(path):
    """Whether the program compiles by itself and has no use of an uninitialised variable that gcc can see."""
    runtime = toolchain.HERE.parent.parent / "runtime"
    command = ["gcc", "-std=gnu11", "-O2", *WARNINGS, "-Werror", f"-I{runtime}", "-c", path, "-o", "/dev/null"]
    return toolchain.run(command, check=False).returncode == 0


def reduce(text, fails, rounds=6):
    lines = text.splitlines()
    if not fails("\n".join(lines) + "\n"):
        return text
    for _ in range(rounds):
        before = list(lines)
        for step in (without_blocks, with_opened_blocks, without_lines, with_smaller_expressions):
            lines = step(lines, lambda candidate: fails("\n".join(candidate) + "\n"))
        if lines == before:
            break
    return "\n".join(lines) + "\n"


def end_of_block(lines, start):
    """The line with the brace that closes the one at the end of line `start`."""
    depth = 0
    for i in range(start, len(lines)):
        text = lines[i]
        if i > start and text.lstrip().startswith("}"):
            depth -= 1
            if depth == 0 and not text.rstrip().endswith("{"):
                return i
            if text.rstrip().endswith("{"):
                depth += 1
            continue
        if text.rstrip().endswith("{"):
            depth += 1
    return None


def shrink(lines, candidates, fails):
    """Takes the first candidate that still fails, again and again, from the end of the text to its start."""
    start = len(lines) - 1
    while start >= 0:
        for candidate in candidates(lines, start):
            if candidate is not None and fails(candidate):
                lines = candidate
                break
        start = min(start, len(lines)) - 1
    return lines


def without_blocks(lines, fails):
    def candidates(lines, start):
        text = lines[start]
        if text.rstrip() == "{" and start > 0:
            head = start - 1
            while head > 0 and lines[head - 1].startswith("ADGEN_"):
                head -= 1
            end = end_of_block(lines, start)
            yield lines[:head] + lines[end + 1 :] if end else None
        elif text.rstrip().endswith("{") and not text.lstrip().startswith("}"):
            end = end_of_block(lines, start)
            yield lines[:start] + lines[end + 1 :] if end else None

    return shrink(lines, candidates, fails)


def with_opened_blocks(lines, fails):
    def candidates(lines, start):
        text = lines[start]
        if not text.startswith(" ") or not text.rstrip().endswith("{") or text.lstrip().startswith("}"):
            return
        end = end_of_block(lines, start)
        if end:
            yield lines[:start] + lines[start + 1 : end] + lines[end + 1 :]

    return shrink(lines, candidates, fails)


def without_lines(lines, fails):
    def candidates(lines, start):
        if lines[start].startswith("// test:"):
            return
        if lines[start].rstrip().endswith(";"):
            yield lines[: max(start - 1, 0)] + lines[start + 1 :]
        yield lines[:start] + lines[start + 1 :]

    return shrink(lines, candidates, fails)


def spans(text):
    """The parenthesised parts of a line, outermost first."""
    found, stack = [], []
    for i, c in enumerate(text):
        if c == "(":
            stack.append(i)
        elif c == ")" and stack:
            found.append((stack.pop(), i))
    return sorted(found, key=lambda span: span[0] - span[1])


def with_smaller_expressions(lines, fails):
    def candidates(lines, start):
        text = lines[start]
        if not text.startswith(" "):
            return
        for left, right in spans(text):
            head = re.search(r"\w+$", text[:left])
            begin = head.start() if head and head.group(0) not in ("if", "while", "for", "switch") else left
            inside = text[left + 1 : right]
            for smaller in ["x", "0.5", inside, *re.split(r" [-+*/<>?:] |, ", inside)[:3]]:
                if len(smaller) < right + 1 - begin:
                    yield lines[:start] + [text[:begin] + smaller + text[right + 1 :]] + lines[start + 1 :]
        match = re.match(r"(\s+[^=]*?[-+*/]?= )(.*);$", text)
        if match:
            for part in ["x", "0.5", *re.split(r" [-+*/] ", match.group(2))[:3]]:
                if len(part) < len(match.group(2)):
                    yield lines[:start] + [match.group(1) + part + ";"] + lines[start + 1 :]

    return shrink(lines, candidates, fails)
