"""Random programs for adgen.

    python3 tests/random/hunt.py generate [--seed S] [--first N] [--count N]
    python3 tests/random/hunt.py check  --adgen FILE [--seed S] [--first N] [--count N] [--keep DIRECTORY]
    python3 tests/random/hunt.py reduce --adgen FILE --seed S --first N
    python3 tests/random/hunt.py hostile --adgen FILE [--seed S] [--count N]
"""

import argparse
import os
import pathlib
import sys
import tempfile

sys.dont_write_bytecode = True

import check
import generator
import hostile
import kernels
import reduce
import tree


def arguments():
    parser = argparse.ArgumentParser(prog="hunt", description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("command", choices=("generate", "check", "reduce", "hostile"))
    parser.add_argument("--adgen", type=pathlib.Path, help="the adgen to test")
    parser.add_argument("--seed", default="1")
    parser.add_argument("--first", type=int, default=0, help="number of the first program")
    parser.add_argument("--count", type=int, default=1)
    parser.add_argument("--without", default="", help="kinds of statements to leave out, of statements.WEIGHTS: a,b,...")
    parser.add_argument("--more", default="", help="kinds of statements to make more of: a,b,... or kernels")
    parser.add_argument("--batch", type=int, default=50, help="programs in one file")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--keep", help="directory for the programs that fail")
    parser.add_argument("--work", help="directory for what is made (default: a temporary one)")
    parser.add_argument("--options", default="", help="given to adgen as they stand")
    parser.add_argument("--vary", action="store_true", help="check: each batch leaves out some of adgen's optimisations")
    parser.add_argument("--configurations", default=",".join(check.CONFIGURATIONS))
    parser.add_argument("--reduce", action="store_true", help="check: reduce one program of each way to fail, into --keep")
    parser.add_argument("--seconds", type=int, default=300, help="reduce: how long to go on; hostile: how long adgen may take")
    parser.add_argument("--unlimited", action="store_true", help="no bound on adgen's memory, as its sanitizer build needs")
    options = parser.parse_args()
    options.options = options.options.split()
    options.without = tuple(options.without.split(","))
    options.more = tuple(kernels.KERNELS) if options.more == "kernels" else tuple(options.more.split(","))
    if options.adgen:
        options.adgen = options.adgen.resolve()
    elif options.command != "generate":
        parser.error("--adgen is needed")
    return options


def generate(options):
    numbers = range(options.first, options.first + options.count)
    print(tree.file_text([generator.program(number, options.seed, options.without, options.more) for number in numbers]))
    return 0


def hunt(options):
    found = check.Hunt(options)
    bad = found.run()
    if options.reduce and found.failures:
        with tempfile.TemporaryDirectory() as work:
            reduce.reduce_distinct(found.failures, options, pathlib.Path(work))
    return 1 if bad else 0


def main():
    options = arguments()
    if options.command == "generate":
        return generate(options)
    if options.command == "check":
        return hunt(options)
    return reduce.main(options) if options.command == "reduce" else hostile.main(options)


if __name__ == "__main__":
    sys.exit(main())
