"""A session in a real JupyterLab: complete a magic, train, watch, stop, read, go on. Run after ./eglr prepared the kernel.

usage: session.py TARGET_FOLDER [--pictures FOLDER]
TARGET_FOLDER receives the pictures in both themes, and the server's log. With --pictures the training takes longer, on
MovieLens 100K, and the light pictures also go to that folder.
"""

import argparse
import json
import re
import sys
import unittest
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from clients import chromium  # noqa: E402
from clients.lab import Notebook, Server  # noqa: E402

WIDTH, HEIGHT = 1200, 2400  # pixels of the page: high enough for any cell
NOTEBOOK_BYTES = 500_000
PICTURE_BYTES = 150_000
TRAINING_S = 300
SLIDER = (
    'Slider.of("position", 1, 10, 1, 2).show(p -> Plot.of("position", "clicks")'
    '.bars("clicks", java.util.stream.IntStream.rangeClosed(1, (int) p).mapToDouble(k -> 1.0 / k).toArray()))'
)
FAILED = "failed.png"  # the page as it was when something went wrong


@dataclass(frozen=True)
class Plan:
    """How large the session is."""

    data: str
    model: str
    evaluator: str
    grpo: str
    watched: int  # so many different states of the progress line are awaited
    endless: int  # more steps than will be taken before the stop
    steps: int  # after the stop


QUICK = Plan("simulated kuairand --lists 600", "--width 16", "--epochs 1", "--batchSize 8", 5, 100_000, 5)
FOR_PICTURES = Plan("ml-100k", "", "--epochs 6", "--learningRate 0.004", 60, 400, 250)


class Session(unittest.TestCase):
    plan = QUICK
    target: Path
    pictures: Path = None

    def test_session(self):
        exe, wrong = chromium.find()
        self.assertTrue(exe, wrong)
        with Server(self.target / "server.log") as server:
            with chromium.Page(exe, WIDTH, HEIGHT) as page:
                self.notebook = Notebook(page, server.address)
                try:
                    self.complete()
                    self.train_and_stop()
                    self.train_on()
                    self.look()
                    self.slide()
                    self.check_saved(server.folder)
                except BaseException:
                    whole = {"x": 0, "y": 0, "width": WIDTH, "height": HEIGHT}
                    (self.target / FAILED).write_bytes(page.picture(whole))
                    raise

    def complete(self):
        """Tab lists the commands, completes one, its arguments and options; Shift-Tab explains."""
        notebook = self.notebook
        notebook.type("%eglr ")
        self.assertLessEqual({"data", "model", "train", "plot", "rerank"}, set(notebook.offers()))
        notebook.type("da")
        notebook.complete("data")
        self.assertIn("Loads or simulates", notebook.help())
        notebook.type(" sim" if self.plan is QUICK else " ml-")
        notebook.complete(self.plan.data.split()[0])
        rest = " " + self.plan.data.partition(" ")[2]
        cell = notebook.run(rest.rstrip())
        self.assert_shows(cell, "users", "items", "click rate", "list length")
        self.assert_shows(notebook.run(f"%eglr model {self.plan.model}".rstrip()), "entropy:1.2")
        cell = notebook.run(f"%eglr train evaluator {self.plan.evaluator}", TRAINING_S)
        self.assert_shows(cell, "Training of the evaluator", "Kept: ")

    def train_and_stop(self):
        """The line and the chart change while the cell runs; the stop button keeps the best weights and says so."""
        notebook, lines, charts = self.notebook, set(), set()
        cell = notebook.start(f"%eglr train grpo {self.plan.grpo} --steps {self.plan.endless}")

        def changes():
            outputs = notebook.outputs(cell)
            lines.update(re.findall(r"step [\d,]+ of [\d,]+", "\n".join(outputs)))
            charts.update(shown for shown in outputs if shown.startswith("data:image/"))
            return len(lines) >= self.plan.watched and len(charts) >= 3

        notebook.page.wait("the line and the chart to change", changes, TRAINING_S)
        self.assertEqual(notebook.prompt(cell), "[*]:")
        self.keep("training", cell)
        notebook.interrupt()
        stopped = r"Stopped by hand after step [\d,]+; kept: the weights after step [\d,]+"
        notebook.page.wait("the stop", lambda: re.search(stopped, "\n".join(notebook.outputs(cell))))
        notebook.wait_for_end(cell)
        self.assert_kinds(cell, "text", "picture", "text")
        self.assertRegex(notebook.outputs(cell)[-1], "^Interrupted")

    def train_on(self):
        """Nothing is lost by the stop: the same command goes on, and leaves one table and one picture."""
        cell = self.notebook.run(f"%eglr train grpo {self.plan.grpo} --steps {self.plan.steps}", TRAINING_S)
        self.assert_shows(cell, f"Training of the generator (GRPO): {self.plan.steps} steps", "Kept: ")
        self.assert_kinds(cell, "text", "picture")

    def look(self):
        cell = self.notebook.run("%eglr plot entropy", TRAINING_S)
        self.assertTrue(self.notebook.outputs(cell)[0].startswith("data:image/png"))
        self.keep("entropy", cell)
        cell = self.notebook.run("%eglr rerank 0")
        trace = len(self.notebook.outputs(cell)) - 1
        self.assertIn("How the list was made", self.notebook.outputs(cell)[trace])
        self.keep("trace", cell, output=trace)
        cell = self.notebook.run("%eglr rerank --on tset")
        self.assert_shows(cell, "tset", "test")

    def slide(self):
        """A slider is drawn, and what follows from it with each move, also when the cell has ended."""
        notebook = self.notebook
        cell = notebook.run(SLIDER)
        handle = ".jp-Notebook .widget-slider .noUi-handle"
        notebook.page.wait("the slider", lambda: notebook.page.script("document.querySelector(handle) && 1", handle=handle))
        for position in range(3, 6):
            notebook.page.script("document.querySelector(handle).focus()", handle=handle)
            notebook.page.key("ArrowRight")
            shown = f"position = {position}"
            notebook.page.wait(shown, lambda: shown in notebook.outputs(cell)[1:2])
        notebook.page.wait("its picture", lambda: notebook.outputs(cell)[2].startswith("data:image/png"))
        self.keep("slider", cell)

    def check_saved(self, folder: Path):
        """The saved notebook is small, and a training in it is a table and a picture."""
        self.notebook.save()
        file = folder / "Untitled.ipynb"

        def saved():
            try:
                cells = json.loads(file.read_text())["cells"]
            except ValueError:  # half written
                return None
            return cells if any("rerank 0" in "".join(cell["source"]) for cell in cells) else None

        cells = self.notebook.page.wait("the saved file", saved)
        self.assertLess(file.stat().st_size, NOTEBOOK_BYTES)
        trainings = [c for c in cells if "".join(c["source"]).startswith("%eglr train grpo")]
        self.assertEqual([len(c["outputs"]) for c in trainings], [3, 2])
        slider = next(c for c in cells if "Slider.of" in "".join(c["source"]))
        self.assertEqual([sorted(o["data"]) for o in slider["outputs"][:2]], [["text/html", "text/plain"]] * 2)
        self.assertIn("position = 5", "".join(slider["outputs"][1]["data"]["text/plain"]))

    def assert_shows(self, cell: int, *parts: str):
        text = "\n".join(self.notebook.outputs(cell))
        for part in parts:
            self.assertIn(part, text)

    def assert_kinds(self, cell: int, *kinds: str):
        shown = ["picture" if o.startswith("data:image/") else "text" for o in self.notebook.outputs(cell)]
        self.assertEqual(shown, [*kinds])

    def keep(self, name: str, cell: int, **part):
        """Takes a picture in both themes; the light one is for the README."""
        for theme in ("Dark", "Light"):
            self.notebook.theme(f"JupyterLab {theme}")
            picture = self.notebook.picture(cell, **part)
            (self.target / f"{name}-{theme.lower()}.png").write_bytes(picture)
        self.assertLess(len(picture), PICTURE_BYTES, name)
        if self.pictures:
            (self.pictures / f"{name}.png").write_bytes(picture)
        self.notebook.focus_last()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("target", type=Path)
    parser.add_argument("--pictures", type=Path)
    asked = parser.parse_args()
    asked.target.mkdir(parents=True, exist_ok=True)
    (asked.target / FAILED).unlink(missing_ok=True)
    Session.target, Session.pictures = asked.target, asked.pictures
    if asked.pictures:
        Session.plan = FOR_PICTURES
    unittest.main(argv=sys.argv[:1])
