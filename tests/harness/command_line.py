"""Runs one script of tests/cli in an empty directory, with ADGEN and TESTS set; it passes if it exits with 0."""

import os
import shutil

import toolchain


def check(path, work, adgen):
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    environment = dict(os.environ, ADGEN=str(adgen), TESTS=str(toolchain.HERE.parent), CLI=str(path.resolve().parent))
    environment["INCLUDE"] = toolchain.include_directory(adgen)
    toolchain.run(["sh", "-eu", path.resolve()], cwd=work, env=environment)
