"""Runs lessons in our kernel; run by the Python of .venv.

usage: worker.py test NOTEBOOK...             each check fails before its exercise is solved, and passes after
       worker.py grade CSV FOLDER NOTEBOOK...  which checks of the course's notebooks a class passes
"""

import contextlib
import csv
import os
import secrets
import sys
import tempfile
import time
from pathlib import Path

sys.path[0] = str(Path(__file__).resolve().parent.parent)  # the scripts' folder instead of this one

from course import lesson  # noqa: E402
from shared.console import Interrupted, Problem, interrupt_once, say, tail  # noqa: E402

CELL_S = 300  # of a class's notebook
SLOW_S = 90  # the most that a cell of a lesson may take
DEAD = ("dead", "timeout")


@contextlib.contextmanager
def _kernel():
    """A clean one, in an empty folder."""
    from course import session  # needs Jupyter, which the tests of these scripts do without

    with tempfile.TemporaryDirectory() as folder, open(Path(folder) / "kernel.log", "wb") as log:
        with session.Session(Path(folder), Path(folder) / "progress.json", log) as kernel:
            yield kernel


def test(file: Path) -> bool:
    """Runs a lesson as a reader would, then with its solutions; says what is wrong."""
    read, begun = lesson.read(file), time.monotonic()
    wrong = read.faults()
    fast = "EGLR_FAST" in os.environ
    solutions = read.solutions()
    with _kernel() as kernel:
        for number, cell in enumerate(read.cells, 1):
            if cell["cell_type"] != "code":
                continue
            name = lesson.check_name(cell)
            if name:
                wrong += _both_ways(kernel, name, cell, solutions.get(name, ""))
                continue
            done = kernel.run(lesson.shrunken(cell, fast), 600)
            if done.status != "ok":
                wrong.append(f"cell {number} ended with {done.status}:\n{tail(done.error)}")
            if done.status in DEAD:
                break
            if done.seconds > SLOW_S and not fast:
                wrong.append(f"cell {number} took {done.seconds:.0f} s; {SLOW_S} s are the most")
    say(f"  {file.name}: {len(read.checks())} checks, {time.monotonic() - begun:.0f} s" + (", FAILED" if wrong else ""))
    for text in wrong:
        say(f"    {text}")
    return not wrong


def _both_ways(kernel, name: str, cell: dict, solution: str) -> list:
    """A check that passes on what the reader finds tests nothing; one that fails on the solution is wrong."""
    unsolved = kernel.run(lesson.source(cell), CELL_S)
    if unsolved.status != "error" or f"check {name}: " not in unsolved.error:
        return [f"check {name} does not fail on the unsolved exercise: {unsolved.status} {tail(unsolved.error)}"]
    solved = kernel.run(solution, CELL_S)
    if solved.status != "ok":
        return [f"the solution of {name} fails:\n{tail(solved.error)}"]
    passed, reason = _check(kernel, name, lesson.body(cell))
    return [] if passed else [f"check {name} fails on its solution:\n{reason}"]


def _check(kernel, name: str, body: str) -> tuple:
    """Runs a check as the course has it; only our own type of output, with a word nobody knew before, says passed."""
    token = secrets.token_hex(8)
    done = kernel.run(f"%%check {name} {token}\n{body}", CELL_S)
    said = [c for c in done.checks if c.get("check") == name and c.get("token") == token]
    passed = done.status == "ok" and len(said) == 1
    return passed, "" if passed else done.error or f"the check ended with {done.status} and said nothing"


def grade(submitted: Path, course: dict) -> list:
    """Rows of one notebook: a check's name, whether it passed, why not. The course's checks run, not the notebook's."""
    given = lesson.read(submitted)
    original = course.get(given.id) if given else None
    if not original:
        return []
    checks, rows = original.checks(), {}
    dead = ""
    with _kernel() as kernel:
        steps = [("code", lesson.source(c)) if not lesson.check_name(c) else ("check", lesson.check_name(c)) for c in given.cells if c["cell_type"] == "code"]
        steps += [("check", name) for name in checks if ("check", name) not in steps]
        for kind, text in steps:
            if kind == "check":
                if text in checks and text not in rows:
                    rows[text] = (False, dead) if dead else _check(kernel, text, checks[text])
            elif not dead:
                done = kernel.run(text, CELL_S)
                if done.status in DEAD and not kernel.manager.is_alive():
                    dead = f"a cell before it: {done.error}"
    return [(original.id, name, *rows[name]) for name in checks]


def grade_all(table: Path, folder: Path, course: dict) -> None:
    files = [f for f in sorted(folder.rglob("*.ipynb")) if not any(p.startswith(".") for p in f.relative_to(folder).parts)]
    with open(table, "w", newline="", encoding="utf-8") as out:
        writer = csv.writer(out)
        writer.writerow(["notebook", "lesson", "check", "passed", "reason"])
        for file in files:
            name = file.relative_to(folder).as_posix()
            try:
                rows = grade(file, course)
                reason = "" if rows else "no lesson with checks: which one it is does not stand in its metadata"
            except Problem as problem:
                rows, reason = [], str(problem)
            say(f"  {name}: " + (reason or f"{sum(r[2] for r in rows)} of {len(rows)} checks"))
            rows = rows or [("", "", False, reason)]
            for lesson_id, check, passed, reason in rows:
                writer.writerow([name, lesson_id, check, "yes" if passed else "no", " ".join(reason.split())[:300]])
            out.flush()


def main(argv: list) -> int:
    interrupt_once()
    try:
        if argv[0] == "test":
            return 0 if all([test(Path(file)) for file in argv[1:]]) else 1
        course = {read.id: read for read in map(lesson.read, map(Path, argv[3:]))}
        grade_all(Path(argv[1]), Path(argv[2]), course)
        return 0
    except Problem as problem:
        print(problem.text(), file=sys.stderr)
        return 1
    except Interrupted as interrupted:
        return interrupted.status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
