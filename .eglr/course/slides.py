"""A lesson as slides: its saved page, cut where a lecturer would turn the page."""

import json
import re
from pathlib import Path

from course import lesson
from setup import environment, prepare
from shared import console, layout
from shared.console import Problem, say

HEADING = re.compile(r"\A\s*#{1,2} ")


def make(one: lesson.Lesson) -> Path:
    """Writes the slides of a lesson and says where; reveal.js comes from the network when they are opened."""
    prepare.kernel()
    out = layout.TARGET / "slides"
    out.mkdir(parents=True, exist_ok=True)
    cut_file = out / one.file.name
    cut_file.write_text(json.dumps(cut(one.notebook)), encoding="utf-8")
    argv = [environment.PYTHON, "-m", "nbconvert", "--to", "slides", "--log-level", "ERROR"]
    argv += ["--SlidesExporter.reveal_scroll=True", "--output-dir", out, cut_file]
    if console.run(argv):
        raise Problem(f"nbconvert could not make slides of {one.file.name}; what it says stands above.")
    cut_file.unlink()
    made = out / f"{one.file.stem}.slides.html"
    say(f"Slides  {layout.shown(made)}  (open it in a browser; S shows the solutions as a speaker's notes)")
    return made


def cut(notebook: dict) -> dict:
    """The same with a type of slide at each cell: headings begin a column, texts a page, code stands under its text."""
    return {**notebook, "cells": [_typed(cell) for cell in notebook["cells"]]}


def _typed(cell: dict) -> dict:
    metadata = {**cell.get("metadata", {}), "slideshow": {"slide_type": _type(cell)}}
    return {**cell, "metadata": metadata}


def _type(cell: dict) -> str:
    if "solution" in lesson.ours(cell):
        return "notes"
    if lesson.check_name(cell):
        return "skip"
    if cell["cell_type"] == "code":
        return "-"
    return "slide" if HEADING.match(lesson.source(cell)) else "subslide"
