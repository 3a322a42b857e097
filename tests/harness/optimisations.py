"""Checks one program of tests/run with each of adgen's optimisations left out, and with all of them left out."""

import re

import programs
import toolchain
from toolchain import Failure


def switches(adgen):
    """The options that leave an optimisation out, as --help lists them."""
    text = toolchain.run([adgen, "--help"]).stdout
    return re.findall(r"^  (--no-\S+)", text, re.MULTILINE)


def check(path, work, adgen, configurations):
    """Raises Failure with what went wrong, by switch. A switch that changes nothing of the output costs nothing."""
    work.mkdir(parents=True, exist_ok=True)
    checker = programs.Checker(path, work, adgen, configurations)
    references = checker.references()
    seen = {text_of(checker.transform())}
    failures = []
    for switch in switches(adgen):
        checker.options = [switch]
        try:
            made = checker.transform()
            text = text_of(made)
            if text not in seen:
                seen.add(text)
                checker.check_made(references, made)
        except Failure as failure:
            failures.append(f"{switch}: {failure}")
    for left in list(work.glob("*.o")) + [work / name for name in configurations]:
        left.unlink(missing_ok=True)
    if failures:
        raise Failure("\n".join(failures))


def text_of(made):
    return tuple(output.read_text() for output in made)
