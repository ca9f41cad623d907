"""./eglr course: lists the lessons, grades a class, and what those who write lessons need."""

import argparse
import csv
import json
import os
from pathlib import Path

from course import lesson, slides, text
from notebooks import document, execution
from setup import environment, prepare
from shared import console, layout, places
from shared.console import Problem, say

WORKER = layout.SCRIPTS / "course" / "worker.py"
SOLUTIONS = layout.TUTORIALS / "solutions"


def run(args: list) -> int:
    parser = argparse.ArgumentParser(prog="./eglr course", description="Lists the lessons of the course.", allow_abbrev=False)
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--grade", type=Path, metavar="FOLDER", help="run a class's notebooks: who passed which check?")
    what.add_argument("--test", nargs="*", metavar="LESSON", help="checks fail unsolved, and pass with the solutions")
    what.add_argument("--slides", metavar="LESSON", help="make slides of a lesson, for a lecture")
    what.add_argument("--text", metavar="LESSON", help="print a lesson as text, to change it")
    what.add_argument("--save", metavar="LESSON|TEXT", help="run a lesson, or the text of one, and keep it with its outputs")
    parser.add_argument("--csv", type=Path, metavar="FILE", help="of --grade (default: FOLDER/grades.csv)")
    asked = parser.parse_args(args)
    if asked.grade:
        return _grade(asked.grade, asked.csv)
    if asked.test is not None:
        places.check_loopback()
        prepare.kernel()
        return 0 if passes([_find(name) for name in asked.test] or lesson.all_lessons()) else 1
    if asked.slides:
        slides.make(_find(asked.slides))
        return 0
    if asked.text:
        say(text.to_text(_find(asked.text).notebook).rstrip("\n"))
        return 0
    if asked.save:
        return _save(asked.save)
    for each in lesson.all_lessons():
        say(f"{each.file.name:32} {each.minutes:3} min  {len(each.checks())} checks  {each.title}")
    return 0


def passes(lessons: list, settings: dict = {}) -> bool:
    """Whether all run, at the size that EGLR_FAST asks for, and every check tells solved from unsolved."""
    stale = [each.file.name for each in lessons if _solutions(each) != _kept(each)]
    for name in stale:
        say(f"  the solutions of {name} in tutorials/solutions are not those of the lesson: ./eglr course --save {name}")
    status = console.run([environment.PYTHON, WORKER, "test", *(each.file for each in lessons)], env={**os.environ, **settings})
    return not status and not stale


def _grade(folder: Path, table: Path) -> int:
    if not folder.is_dir():
        raise Problem(f"no folder {folder}.", "give the folder in which the class's notebooks lie.")
    table = table or folder / "grades.csv"
    places.check_loopback()
    prepare.kernel()
    say("Running the notebooks; the checks are the course's own, whatever stands in them")
    status = console.run([environment.PYTHON, WORKER, "grade", table, folder, *(e.file for e in lesson.all_lessons())])
    if status:
        return status
    with open(table, newline="", encoding="utf-8") as file:
        say("\n" + overview(list(csv.DictReader(file))))
    say(f"\nEach check, with the reason where it failed: {layout.shown(table)}")
    return 0


def overview(rows: list) -> str:
    """A line per notebook: its checks, those that failed by name; of what is no lesson, why."""
    lines = [("notebook", "passed", "not passed")]
    for name in dict.fromkeys(row["notebook"] for row in rows):
        own = [row for row in rows if row["notebook"] == name]
        failed = [row["check"] or row["reason"] for row in own if row["passed"] != "yes"]
        lines.append((name, f"{len(own) - len(failed)} of {sum(bool(row['check']) for row in own)}", ", ".join(failed)))
    widths = [max(len(line[i]) for line in lines) for i in range(2)]
    return "\n".join(f"{a:{widths[0]}}  {b:{widths[1]}}  {c}".rstrip() for a, b, c in lines)


def _save(name: str) -> int:
    """The lesson's file is replaced once it has run, and not before."""
    given = Path(name)
    if given.suffix == ".txt":
        target, notebook = layout.TUTORIALS / f"{given.stem}.ipynb", text.read(given)
    else:
        found = _find(name)
        target, notebook = found.file, lesson.without_outputs(found.notebook)
    made = lesson.Lesson(target, notebook)
    if faults := made.faults():
        raise Problem(f"{target.name}: " + "; ".join(faults))
    prepare.kernel()
    out = layout.TARGET / "lessons" / target.stem
    draft = layout.TARGET / "drafts" / target.name
    draft.parent.mkdir(parents=True, exist_ok=True)
    draft.write_text(json.dumps(notebook), encoding="utf-8")
    execution.execute(draft, out, {})
    write(out / target.name, target)
    say(f"Saved {layout.shown(target)}; as a page: {layout.shown((out / target.name).with_suffix('.html'))}")
    return 0


def write(executed: Path, target: Path) -> None:
    """Keeps an executed lesson, without times of day, and its solutions beside it."""
    notebook = json.loads(executed.read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        cell["metadata"].pop("execution", None)
    notebook["metadata"]["language_info"] = document.LANGUAGE
    target.write_text(json.dumps(notebook, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    SOLUTIONS.mkdir(exist_ok=True)
    made = lesson.read(target)
    _solutions_file(made).write_text(_solutions(made), encoding="utf-8")


def _solutions(made: lesson.Lesson) -> str:
    parts = [f"# Solutions: {made.title}\n\nOf [{made.file.name}](../{made.file.name}). Try first.\n"]
    parts += [f"\n## {name}\n\n```java\n{code}```\n" for name, code in made.solutions().items()]
    return "".join(parts)


def _solutions_file(made: lesson.Lesson) -> Path:
    return made.file.parent / "solutions" / f"{made.file.stem}.md"


def _kept(made: lesson.Lesson) -> str:
    try:
        return _solutions_file(made).read_text(encoding="utf-8")
    except OSError:
        return ""


def _find(name: str) -> lesson.Lesson:
    """By its number, its name or its path."""
    wanted = Path(name).stem
    for each in lesson.all_lessons():
        if wanted in (each.id, each.file.stem):
            return each
    raise Problem(f"no lesson {name}.", "./eglr course lists them.")
