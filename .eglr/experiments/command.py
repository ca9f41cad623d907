"""./eglr experiment: a study, or a table or figure of the paper; its results are a CSV file, for those of the paper also JSON.

`./eglr experiment pages` writes the pages of notebooks/ from result files.
"""

import argparse
import os
import subprocess
from pathlib import Path

from experiments import pages
from kernel import kernelspec
from setup import build, prepare
from shared import layout
from shared.console import Problem, only_one, run as run_process, say

MAIN = "org.eglr.study.StudyMain"
OUT = layout.TARGET / "experiments"
PAGES = "pages"
LIST = "list"
REFUSED = 2  # by a message that says what is wrong with what was asked


def parse(argv) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="./eglr experiment",
        description="Runs a study, or fills a table or figure of the paper; the same command goes on with what was stopped.",
        allow_abbrev=False,
    )
    parser.add_argument("name", nargs="?", help="all: all of the paper's; pages: notebooks/ from results; list, or without: which there are")
    parser.add_argument("--worlds", type=_count, default=0, metavar="N", help="worlds of each condition; of a study 3, else 1")
    parser.add_argument("--seeds", type=_count, default=0, metavar="N", help="seeds in each world; of a study 3, else the table's own")
    parser.add_argument("--only", default="all", metavar="TEXT", help="conditions whose name has this text")
    size = parser.add_mutually_exclusive_group()
    size.add_argument("--small", action="store_true", help="a trial of some seconds; its numbers mean nothing")
    size.add_argument("--quick", action="store_true", help="of the paper's: narrow models and fewer lists; an impression")
    parser.add_argument("--systems", default="", metavar="A,B", help="of table2 and rerankers: these re-rankers; default: all there are")
    parser.add_argument("--out", type=Path, default=OUT, metavar="FOLDER", help="default: target/experiments")
    return parser.parse_args(argv)


def _count(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= 100:
        raise argparse.ArgumentTypeError(f"{text} is not a number from 1 to 100")
    return int(text)


def commit() -> str:
    """The checkout's commit, with a plus where files were changed since; empty where that is not known."""
    git = ["git", "-C", str(layout.ROOT)]
    try:
        known = subprocess.run([*git, "rev-parse", "--short=12", "HEAD"], capture_output=True, text=True)
        changed = subprocess.run([*git, "diff", "--quiet", "HEAD"], capture_output=True)
    except OSError:
        return ""
    return known.stdout.strip() + ("+" if changed.returncode == 1 else "") if known.returncode == 0 else ""


def run(argv) -> int:
    asked = parse(argv)
    if asked.name == LIST:
        asked.name = None
    if asked.name == PAGES:
        return pages.write(asked.out)
    java, maven = prepare.tools_present()
    with only_one(layout.TARGET / "eglr.lock"):
        build.ensure(java, maven)
    argv = [java.exe, *kernelspec.jvm_options(java), "-cp", str(layout.KERNEL_LIB / "*"), MAIN]
    if asked.name:
        size = "small" if asked.small else "quick" if asked.quick else "full"
        argv += [asked.name, str(asked.worlds), str(asked.seeds), size, asked.only, str(asked.out), asked.systems]
    environment = {**os.environ, **kernelspec.THREADS, "EGLR_COMMIT": commit()}
    status = run_process(argv, cwd=Path.cwd(), env=environment)
    if status == REFUSED:
        return status
    if status:
        raise Problem("The experiment stopped; what went wrong stands above. What is finished is kept, and the same command goes on.")
    if asked.name:
        say(f"Results  {layout.shown(asked.out)}")
    else:
        say(f"{PAGES}  The pages of notebooks/, from result files.")
    return 0
