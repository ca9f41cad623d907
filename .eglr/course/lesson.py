"""A lesson: a notebook whose metadata say so, with exercises, checks and solutions.

An exercise is a cell that a reader fills in, its check a `%%check NAME` cell, its solution a folded block of Java below
it. No other cell needs what an exercise makes, so that a lesson reads and runs without any of them solved.
"""

import json
import re
from pathlib import Path

from shared import layout
from shared.console import Problem

EXERCISE = "exercise"  # the tag of cells that are not run when a lesson is saved: exercises and their checks
CHECK = re.compile(r"\A\s*%%check[ \t]+(\S+)[^\n]*\n?")
SOLUTION = re.compile(r"```java\n(.*?)```", re.DOTALL)
NAME = re.compile(r"\d\d-.+")


class Lesson:
    def __init__(self, file: Path, notebook: dict):
        self.file, self.notebook = file, notebook
        self.id = str(notebook["metadata"]["eglr"]["lesson"])
        self.minutes = notebook["metadata"]["eglr"].get("minutes", 0)
        self.cells = notebook["cells"]

    @property
    def title(self) -> str:
        for cell in self.cells:
            if found := re.search(r"^# +(.+?)\s*$", source(cell), re.MULTILINE):
                return found.group(1)
        return self.file.stem

    def checks(self) -> dict:
        """The bodies of the checks by their names, in order."""
        found = [(check_name(cell), body(cell)) for cell in self.cells if check_name(cell)]
        return dict(found)

    def solutions(self) -> dict:
        """Java by the name of its exercise."""
        made = {}
        for cell in self.cells:
            if name := ours(cell).get("solution"):
                code = SOLUTION.search(source(cell))
                made[name] = code.group(1) if code else ""
        return made

    def faults(self) -> list:
        """What is wrong with it, before anything is run."""
        exercises = [ours(cell)["exercise"] for cell in self.cells if "exercise" in ours(cell)]
        checks, solutions, wrong = self.checks(), self.solutions(), []
        for kind, names in (("check", list(checks)), ("exercise", exercises), ("solution", list(solutions))):
            wrong += [f"{kind} {n} does not begin with {self.id}." for n in names if not n.startswith(self.id + ".")]
        if not (set(exercises) == set(checks) == set(solutions)):
            wrong.append(f"exercises {exercises}, checks {list(checks)} and solutions {list(solutions)} do not go together")
        for number, cell in enumerate(self.cells, 1):
            lines = source(cell).count("\n") + 1
            if cell["cell_type"] == "code" and lines > 40:
                wrong.append(f"cell {number} has {lines} lines; 40 are the most")
            for text in ours(cell).get("fast", {}):
                if text not in source(cell):
                    wrong.append(f"cell {number}: `{text}`, which EGLR_FAST replaces, does not stand in it")
        return wrong


def read(file: Path):
    """The lesson in a file; None where it is a notebook but no lesson."""
    try:
        notebook = json.loads(file.read_text(encoding="utf-8"))
        notebook["cells"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Problem(f"{file} is not a notebook: {error}") from None
    settings = notebook.get("metadata", {}).get("eglr", {})
    return Lesson(file, notebook) if "lesson" in settings else None


def all_lessons(folder: Path = layout.TUTORIALS) -> list:
    found = [read(file) for file in sorted(folder.glob("*.ipynb"))]
    return [lesson for lesson in found if lesson]


def source(cell: dict) -> str:
    text = cell["source"]
    return text if isinstance(text, str) else "".join(text)


def ours(cell: dict) -> dict:
    return cell.get("metadata", {}).get("eglr", {})


def check_name(cell: dict) -> str:
    """Of a check cell; empty for any other."""
    found = CHECK.match(source(cell)) if cell["cell_type"] == "code" else None
    return found.group(1) if found else ""


def body(cell: dict) -> str:
    """What a check cell tests."""
    return CHECK.sub("", source(cell), count=1)


def shrunken(cell: dict, fast: bool) -> str:
    """A cell's code; at the size for tests, where the cell's metadata say what to replace."""
    text = source(cell)
    for large, small in ours(cell).get("fast", {}).items() if fast else ():
        text = text.replace(large, small)
    return text


def without_outputs(notebook: dict) -> dict:
    """The same as a reader begins with it."""
    cells = [
        {**cell, "outputs": [], "execution_count": None} if cell["cell_type"] == "code" else cell
        for cell in notebook["cells"]
    ]
    return {**notebook, "cells": cells}
