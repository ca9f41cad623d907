"""Runs notebooks in our kernel into a folder that is swapped in whole."""

import json
import os
import shutil
from pathlib import Path

from notebooks import document
from setup import environment
from shared import layout
from shared.console import Problem, run, say

RUNNER = layout.SCRIPTS / "notebooks" / "runner.py"


def check_readable(notebook: Path) -> None:
    if not notebook.is_file():
        raise Problem(f"no notebook at {notebook}.", "name an .ipynb file, for instance tutorials/quickstart.ipynb.")
    if notebook.suffix != ".ipynb":
        raise Problem(f"{notebook} is not a notebook: its name does not end in .ipynb.")


def needs_spark(notebook: Path) -> bool:
    try:
        metadata = json.loads(notebook.read_text(encoding="utf-8")).get("metadata", {})
    except (OSError, ValueError, AttributeError):
        return False  # whatever is wrong with it is said where it is run
    return document.kernel(metadata) == document.SPARK_KERNEL


def execute(notebook: Path, out: Path, settings: dict, cell_timeout: int = 0) -> None:
    """Leaves the executed notebook in `out`; a failed run's files go to `out`.failed, and `out` stays as it was.

    The notebook learns its output folder from EGLR_OUT; `settings` are further environment variables.
    """
    new = out.with_name(out.name + ".new")
    failed = out.with_name(out.name + ".failed")
    for leftover in (new, failed):
        shutil.rmtree(leftover, ignore_errors=True)
    new.mkdir(parents=True)
    argv = [environment.PYTHON, RUNNER, notebook, new]
    if cell_timeout:
        argv += ["--cell-timeout", cell_timeout]
    try:
        status = run(argv, env={**os.environ, **settings, "EGLR_OUT": str(new)})
    except BaseException:
        shutil.rmtree(new, ignore_errors=True)
        raise
    if status:
        new.rename(failed)
        say(f"  The notebook up to there: {layout.shown(failed / notebook.name)}")
        raise SystemExit(status)
    shutil.rmtree(out, ignore_errors=True)
    new.rename(out)
