"""./eglr experiment: a study over many worlds, variants and seeds; its results are a CSV file and a table."""

import argparse
import os
from pathlib import Path

from kernel import kernelspec
from setup import build, prepare
from shared import layout
from shared.console import Problem, only_one, run as run_process, say

MAIN = "org.eglr.study.StudyMain"
OUT = layout.TARGET / "experiments"


def parse(argv) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./eglr experiment", description=__doc__, allow_abbrev=False)
    parser.add_argument("name", nargs="?", help="without it: which there are")
    parser.add_argument("--worlds", type=_count, default=3, metavar="N", help="worlds of each condition; default 3")
    parser.add_argument("--seeds", type=_count, default=3, metavar="N", help="seeds in each world; default 3")
    parser.add_argument("--only", default="all", metavar="TEXT", help="conditions whose name has this text")
    parser.add_argument("--small", action="store_true", help="a trial of some seconds; its numbers mean nothing")
    parser.add_argument("--out", type=Path, default=OUT, metavar="FOLDER", help="default: target/experiments")
    return parser.parse_args(argv)


def _count(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= 100:
        raise argparse.ArgumentTypeError(f"{text} is not a number from 1 to 100")
    return int(text)


def run(argv) -> int:
    asked = parse(argv)
    java, maven = prepare.tools_present()
    with only_one(layout.TARGET / "eglr.lock"):
        build.ensure(java, maven)
    argv = [java.exe, *kernelspec.jvm_options(java), "-cp", str(layout.KERNEL_LIB / "*"), MAIN]
    if asked.name:
        size = "small" if asked.small else "full"
        argv += [asked.name, str(asked.worlds), str(asked.seeds), size, asked.only, str(asked.out)]
    status = run_process(argv, cwd=Path.cwd(), env={**os.environ, **kernelspec.THREADS})
    if status:
        raise Problem("The experiment stopped; what went wrong stands above. What is finished is kept, and the same command goes on.")
    if asked.name:
        say(f"Results  {layout.shown(asked.out)}")
    return 0
