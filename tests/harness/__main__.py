"""adgen's test harness.

    python3 tests/harness run     [--adgen FILE] [--oracles-only] [--full] [--configurations a,b] [--work DIR]
                              [--options=--no-one-pass,...] PROGRAM.c ...
    python3 tests/harness without --adgen FILE PROGRAM.c ...
    python3 tests/harness reject  --adgen FILE PROGRAM.c ...
    python3 tests/harness golden  --adgen FILE [--record] PROGRAM.c ...
    python3 tests/harness cli     --adgen FILE SCRIPT.sh ...
    python3 tests/harness readme  --adgen FILE README.md
"""

import argparse
import concurrent.futures
import os
import pathlib
import sys
import tempfile

sys.dont_write_bytecode = True

import command_line
import golden
import optimisations
import programs
import readme
import refusals
import spec
import toolchain


def arguments():
    parser = argparse.ArgumentParser(prog="harness", description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("kind", choices=("run", "without", "reject", "golden", "cli", "readme"))
    parser.add_argument("files", nargs="+", type=pathlib.Path)
    parser.add_argument("--adgen", type=pathlib.Path, help="the adgen to test")
    parser.add_argument("--work", type=pathlib.Path, help="directory for what is made (default: a temporary one)")
    parser.add_argument("--oracles-only", action="store_true", help="hold the oracles against one another, without adgen")
    parser.add_argument("--full", action="store_true", help="every compiler at every optimisation")
    parser.add_argument("--configurations", help="of " + ", ".join(toolchain.CONFIGURATIONS))
    parser.add_argument("--options", default="", help="more options for adgen, separated by commas: --options=--no-one-pass")
    parser.add_argument("--record", action="store_true", help="golden: write what adgen makes now")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    return parser.parse_args()


def checks(options, work):
    """The check of one file, by kind."""
    adgen = options.adgen.resolve() if options.adgen else None
    if options.kind == "run":
        names = list(toolchain.CONFIGURATIONS) if options.full else toolchain.USUAL
        if options.configurations:
            names = options.configurations.split(",")
        names = toolchain.available(names)
        more = [option for option in options.options.split(",") if option]
        return lambda path: programs.check(path, work / "run" / path.stem, adgen, names, more)
    if options.kind == "without":
        names = toolchain.available(options.configurations.split(",") if options.configurations else ["gcc-san"])
        return lambda path: optimisations.check(path, work / "without" / path.stem, adgen, names)
    if options.kind == "reject":
        return lambda path: refusals.check(path, work / "reject" / path.stem, adgen)
    if options.kind == "golden":
        return lambda path: golden.check(path, work / "golden" / path.stem, adgen, options.record)
    if options.kind == "readme":
        return lambda path: readme.check(path, pathlib.Path(__file__).resolve().parent.parent, adgen)
    return lambda path: command_line.check(path, work / "cli" / path.stem, adgen)


def verdict(check, path):
    try:
        check(path)
    except (toolchain.Failure, spec.SpecError, ValueError) as failure:
        return str(failure) or "failed"
    return None


def main():
    options = arguments()
    if not options.adgen and not (options.kind == "run" and options.oracles_only):
        print("harness: --adgen is needed", file=sys.stderr)
        return 2
    if options.oracles_only:
        options.adgen = None
    failed = 0
    with tempfile.TemporaryDirectory() as temporary:
        check = checks(options, options.work or pathlib.Path(temporary))
        with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
            for path, why in zip(options.files, pool.map(lambda path: verdict(check, path), options.files)):
                if why:
                    failed += 1
                    print(f"FAIL {path.stem}: {why}", flush=True)
    print(f"{len(options.files) - failed} of {len(options.files)} passed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
