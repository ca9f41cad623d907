"""The course's machinery without a kernel: lessons as text, their faults, who passed."""

import contextlib
import csv
import io
import json
import sys
import tempfile
import unittest
from pathlib import Path
from unittest import mock

from sandbox import SCRIPTS, Sandbox

sys.path.insert(0, str(SCRIPTS))
from course import command, lesson, slides, text, worker  # noqa: E402
from course.outcome import Outcome  # noqa: E402
from notebooks import document  # noqa: E402

TEXT = """=== lesson 07 minutes=12
=== md
# 7. A title

Prose.
=== code fast lists(10_000)=lists(300); epochs(8)=epochs(1)
var data = lists(10_000) + epochs(8);
=== exercise 07.twice
int twice(int a) {
  return 0;
}
=== check 07.twice
check.near("twice(2)", twice(2), 4, 0);
=== solution 07.twice
int twice(int a) {
  return 2 * a;
}
"""


class Kernel:
    """Answers a cell by what stands in it, as our kernel would."""

    def __init__(self, forge=False):
        self.ran, self.forge, self.manager = [], forge, self

    def is_alive(self):
        return True

    def run(self, code, _timeout):
        self.ran.append(code)
        token = code.split()[2] if code.startswith("%%check") and len(code.split("\n")[0].split()) > 2 else ""
        if not code.startswith("%%check"):
            return Outcome("ok")
        solved = any("2 * a" in c for c in self.ran)
        said = {"check": "07.twice", "token": "forged" if self.forge else token}
        if solved or self.forge:
            return Outcome("ok", checks=(said,), text="✓ 07.twice passed")
        return Outcome("error", "check 07.twice: twice(2) is 0, expected 4")


class Texts(unittest.TestCase):
    def setUp(self):
        self.notebook = text.to_notebook(TEXT)
        self.lesson = lesson.Lesson(SCRIPTS / "07-a.ipynb", self.notebook)

    def test_text_and_notebook_are_the_same_lesson(self):
        self.assertEqual(text.to_text(self.notebook), TEXT)
        self.assertEqual(self.lesson.title, "7. A title")
        self.assertEqual(self.lesson.checks(), {"07.twice": 'check.near("twice(2)", twice(2), 4, 0);'})
        self.assertEqual(self.lesson.solutions(), {"07.twice": "int twice(int a) {\n  return 2 * a;\n}\n"})
        self.assertEqual(self.lesson.faults(), [])
        self.assertIn("<details>", lesson.source(self.notebook["cells"][-1]))

    def test_what_is_saved_is_the_same_at_any_hour_and_in_any_kernel(self):
        made = tempfile.TemporaryDirectory()
        self.addCleanup(made.cleanup)
        folder = Path(made.name)
        self.notebook["metadata"]["language_info"] = {"name": "java", "version": "17"}
        self.notebook["cells"][0]["metadata"]["execution"] = {"shell.execute_reply": "12:00"}
        executed, target = folder / "executed.ipynb", folder / "07-a.ipynb"
        executed.write_text(json.dumps(self.notebook))
        with mock.patch.object(command, "SOLUTIONS", folder / "solutions"):
            command.write(executed, target)
        saved = json.loads(target.read_text())
        self.assertEqual(saved["metadata"]["language_info"], document.LANGUAGE)
        self.assertNotIn("12:00", target.read_text())
        self.assertIn("return 2 * a;", (folder / "solutions" / "07-a.md").read_text())

    def test_sizes_for_tests_come_from_outside(self):
        cell = self.notebook["cells"][1]
        self.assertEqual(lesson.shrunken(cell, True), "var data = lists(300) + epochs(1);")
        self.assertEqual(lesson.shrunken(cell, False), "var data = lists(10_000) + epochs(8);")

    def test_faults_are_named(self):
        for old, new, said in (
            ("=== solution 07.twice", "=== solution 07.other", "do not go together"),
            ("07.twice", "08.twice", "does not begin with 07."),
            ("fast lists(10_000)", "fast lists(20_000)", "`lists(20_000)`"),
            ("  return 0;\n", "\n" * 50, "40 are the most"),
        ):
            made = lesson.Lesson(SCRIPTS / "07-a.ipynb", text.to_notebook(TEXT.replace(old, new)))
            self.assertIn(said, " ".join(made.faults()))

    def test_a_reader_begins_without_outputs(self):
        self.notebook["cells"][1]["outputs"] = [{"text": "x"}]
        self.assertEqual(lesson.without_outputs(self.notebook)["cells"][1]["outputs"], [])


class Slides(unittest.TestCase):
    def test_a_heading_begins_a_column_and_solutions_are_notes(self):
        cells = slides.cut(text.to_notebook(TEXT))["cells"]
        kinds = [cell["metadata"]["slideshow"]["slide_type"] for cell in cells]
        self.assertEqual(kinds, ["slide", "-", "-", "skip", "notes"])
        self.assertEqual([lesson.ours(cell) for cell in cells], [lesson.ours(cell) for cell in text.to_notebook(TEXT)["cells"]])


class Grades(unittest.TestCase):
    def setUp(self):
        self.body = lesson.Lesson(SCRIPTS / "07-a.ipynb", text.to_notebook(TEXT)).checks()["07.twice"]

    def test_an_unsolved_check_does_not_pass_and_a_solved_one_does(self):
        kernel = Kernel()
        passed, reason = worker._check(kernel, "07.twice", self.body)
        self.assertFalse(passed)
        self.assertIn("expected 4", reason)
        kernel.run("int twice(int a) { return 2 * a; }", 1)
        self.assertEqual(worker._check(kernel, "07.twice", self.body), (True, ""))

    def test_words_that_look_like_a_pass_count_for_nothing(self):
        passed, reason = worker._check(Kernel(forge=True), "07.twice", self.body)
        self.assertFalse(passed)
        self.assertIn("said nothing", reason)

    def test_the_overview_names_what_failed(self):
        rows = [
            {"notebook": "ada/07.ipynb", "check": "07.a", "passed": "yes"},
            {"notebook": "ada/07.ipynb", "check": "07.b", "passed": "no"},
            {"notebook": "bob/07.ipynb", "check": "07.a", "passed": "yes"},
        ]
        lines = command.overview(rows).splitlines()
        self.assertEqual(lines[1].split(), ["ada/07.ipynb", "1", "of", "2", "07.b"])
        self.assertEqual(lines[2].split(), ["bob/07.ipynb", "1", "of", "1"])

    def test_what_is_no_lesson_stands_in_the_table_with_its_reason(self):
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "cut.ipynb").write_text('{"cells": [', encoding="utf-8")
            (Path(folder) / "own.ipynb").write_text('{"cells": [], "metadata": {}}', encoding="utf-8")
            table = Path(folder) / "grades.csv"
            with contextlib.redirect_stdout(io.StringIO()):
                worker.grade_all(table, Path(folder), {})
            with open(table, newline="", encoding="utf-8") as file:
                rows = list(csv.DictReader(file))
        self.assertEqual([(r["notebook"], r["passed"]) for r in rows], [("cut.ipynb", "no"), ("own.ipynb", "no")])
        self.assertIn("is not a notebook", rows[0]["reason"])
        self.assertIn("no lesson with checks", rows[1]["reason"])
        self.assertIn("own.ipynb  0 of 0  no lesson with checks", command.overview(rows))


class Kept(unittest.TestCase):
    def test_the_solutions_beside_the_lessons_are_those_in_them(self):
        for each in lesson.all_lessons():
            self.assertEqual(command._solutions(each), command._kept(each), each.file.name)

    def test_every_lesson_is_sound_before_it_runs(self):
        for each in lesson.all_lessons():
            self.assertEqual(each.faults(), [], each.file.name)
            self.assertTrue(each.file.name.startswith(each.id + "-"), each.file.name)
            self.assertTrue(all(each.solutions().values()), each.file.name)


class Command(Sandbox):
    def test_a_folder_that_is_not_there(self):
        self.assert_fails(self.eglr("course", "--grade", "no such"), "no folder no such")

    def test_the_lessons_and_their_text(self):
        (self.root / "tutorials").mkdir()
        (self.root / "tutorials/07-a.ipynb").write_text(json.dumps(text.to_notebook(TEXT)))
        (self.root / "tutorials/other.ipynb").write_text('{"cells": [], "metadata": {}}')
        self.assertEqual(self.assert_runs(self.eglr("course")).split(), "07-a.ipynb 12 min 1 checks 7. A title".split())
        self.assertEqual(self.assert_runs(self.eglr("course", "--text", "07")), TEXT.strip())
        self.assert_fails(self.eglr("course", "--text", "13"), "no lesson 13", "./eglr course lists them")
