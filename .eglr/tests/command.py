"""./eglr test: the modules (Maven), ./eglr itself, all notebooks, a project of one's own, the documentation, real clients."""

import unittest
from pathlib import Path

from clients import command as clients
from clients import own_project
from course import command as course
from course import lesson
from docs import command as docs
from kernel import kernelspec
from notebooks import execution
from setup import build, environment, prepare, spark
from shared import layout
from shared.console import Problem, only_one, say

CELL_TIMEOUT_S = 600
NOTEBOOK_BYTES = 500_000  # a saved notebook must stay below


def run(on_spark: bool) -> int:
    say("Testing the modules")
    java, maven = prepare.tools_present()
    with only_one(layout.TARGET / "eglr.lock"):
        modules_pass = build.verify(java, maven)
        say("\nTesting the graphs on ND4J 1.0.0-M1.1, which new cards need")
        modules_pass = build.verify_on_m1(java, maven) and modules_pass
    say("\nTesting ./eglr")
    suite = unittest.defaultTestLoader.discover(str(layout.SCRIPTS / "tests"))
    scripts = unittest.TextTestRunner(verbosity=1).run(suite)
    failed = len(scripts.failures) + len(scripts.errors)
    passed = scripts.testsRun - failed - len(scripts.skipped)
    say("\nTesting the notebooks, shrunken by EGLR_FAST=1")
    results = [_passes(notebook, java, maven) for notebook in all_notebooks(on_spark)]
    say("\nTesting the course: every check fails on the unsolved lesson and passes with the solution")
    results.append(_prepared(java, maven) and _course_passes())
    say("\nTesting a project of one's own, built offline")
    results.append(_prepared(java, maven) and own_project.passes(java, maven))
    say("\nTesting the documentation and its code")
    results.append(_prepared(java, maven, on_spark) and docs.passes(java, on_spark))
    say("\nTesting the kernel's answers to Jupyter")
    results.append(_prepared(java, maven) and clients.conforms())
    say("\nTesting a session in JupyterLab")
    browsed = clients.can_browse()
    if browsed:
        results.append(_prepared(java, maven) and clients.session_passes())
    passed, failed = passed + results.count(True), failed + results.count(False)
    say(f"\nModules {'passed' if modules_pass else 'FAILED'}; scripts, notebooks, documentation and clients:")
    say(f"{passed} passed, {failed} failed" + ("" if browsed else ", 1 not run (no Chromium)"))
    return 0 if modules_pass and not failed else 1


def all_notebooks(on_spark: bool) -> list:
    """Those that are no lessons: these are run with their exercises. On Spark only those for which it is asked."""
    found = [n for folder in (layout.TUTORIALS, layout.NOTEBOOKS) for n in sorted(folder.glob("*.ipynb"))]
    found = [n for n in found if not lesson.NAME.fullmatch(n.stem)]
    return [n for n in found if on_spark or not execution.needs_spark(n)]


def _course_passes() -> bool:
    lessons = lesson.all_lessons()
    wrong = [text for text in (too_large(each.file) for each in lessons) if text]
    for text in wrong:
        say(f"  {text}")
    return course.passes(lessons, {"EGLR_FAST": "1"}) and not wrong


def too_large(notebook: Path) -> str:
    """What is wrong with the size of a saved notebook; empty where nothing is."""
    size = notebook.stat().st_size
    return f"{layout.shown(notebook)} has {size:,} bytes, {NOTEBOOK_BYTES:,} or more." if size >= NOTEBOOK_BYTES else ""


def _prepared(java, maven, on_spark: bool = False) -> bool:
    try:
        with only_one(layout.TARGET / "eglr.lock"):
            build.ensure(java, maven)
            environment.ensure()
            kernelspec.install(java, layout.VENV_KERNELS)
            if on_spark:
                spark.ensure(java, maven)
                kernelspec.install(java, layout.VENV_KERNELS, kernelspec.SPARK_NAME)
        return True
    except Problem as problem:
        say(problem.text())
        return False


def _passes(notebook: Path, java, maven) -> bool:
    """Without a network for the data: the notebooks run on the simulator here."""
    say(layout.shown(notebook))
    settings = {"EGLR_FAST": "1", "EGLR_QUICKSTART_DATA": "simulated"}
    out = layout.TARGET / "notebook-tests" / notebook.stem
    if not _prepared(java, maven, execution.needs_spark(notebook)):
        return False
    try:
        execution.execute(notebook, out, settings, CELL_TIMEOUT_S)
    except Problem as problem:
        say(problem.text())
        return False
    except SystemExit as ended:
        if ended.code not in (1, None):
            raise
        return False
    wrong = [text for text in map(too_large, (notebook, out / notebook.name)) if text]
    for text in wrong:
        say(f"  {text} Smaller pictures, shorter tables or fewer outputs keep it readable on the web.")
    return not wrong
