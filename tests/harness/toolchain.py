"""Compilers and the ways to call them."""

import os
import pathlib
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
STRICT = "-std=c11 -Wall -Wextra -Wconversion -Wshadow -pedantic -Werror".split()
LOOSE = ["-std=gnu11", "-w", "-Werror=implicit-function-declaration"]
SANITIZE = "-O0 -g -fsanitize=address,undefined -fno-sanitize-recover=all".split()
ENVIRONMENT = {
    "ASAN_OPTIONS": "detect_leaks=1:max_malloc_fill_size=1048576:malloc_fill_byte=190",
    "UBSAN_OPTIONS": "print_stacktrace=1",
    "MALLOC_PERTURB_": "165",
}

CONFIGURATIONS = {
    "gcc-san": ("gcc", SANITIZE),
    "gcc-O3": ("gcc", ["-O3"]),
    "clang-san": ("clang", SANITIZE),
    "clang-O3": ("clang", ["-O3"]),
}
USUAL = ["gcc-san", "clang-O3"]


class Failure(Exception):
    """The test failed; the text says how."""


def run(command, check=True, timeout=60, **options):
    """Runs a command; a failure carries its output."""
    command = [str(word) for word in command]
    try:
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=timeout, **options)
    except subprocess.TimeoutExpired:
        raise Failure(f"no end after {timeout} s: {' '.join(command)}") from None
    done.stdout = done.stdout.decode("utf-8", "replace")
    done.stderr = done.stderr.decode("utf-8", "replace")
    if check and done.returncode != 0:
        said = done.stderr.split("\nShadow bytes")[0]
        raise Failure(f"exit status {done.returncode}: {' '.join(command)}\n{done.stdout[-2000:]}{said[:4000]}")
    return done


def program_environment():
    return dict(os.environ, **ENVIRONMENT)


def available(configurations):
    """The configurations whose compiler is installed; says which are left out."""
    found = []
    for name in configurations:
        if shutil.which(CONFIGURATIONS[name][0]):
            found.append(name)
        else:
            print(f"{name} is skipped: {CONFIGURATIONS[name][0]} is not installed", file=sys.stderr)
    return found


def include_directory(adgen):
    done = run([adgen, "--print-include-dir"], check=False)
    directory = done.stdout.strip()
    return directory if done.returncode == 0 and directory else str(HERE.parent.parent / "runtime")
