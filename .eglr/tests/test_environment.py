"""The virtual environment: only a complete one is trusted, and only ours is ever removed."""

from sandbox import Sandbox

# Stands in for `python -m venv` and `pip install`; `broken` makes the second step fail as pip does.
FAKE_STEPS = """
import sys
from setup import environment as e
from shared import layout
from shared.console import Problem
calls = []
def step(title, argv, *rest, **options):
    calls.append(title)
    if "venv" in argv:
        e.PYTHON.parent.mkdir(parents=True)
        e.PYTHON.touch(0o755)
        return
    if BROKEN:
        raise Problem("pip failed")
    e.JJAVA_JAR.parent.mkdir(parents=True)
    e.JJAVA_JAR.touch()
e.run_logged = step
try:
    made = e.ensure()
    print("made" if made else "kept", len(calls), e.is_complete())
except Problem as problem:
    print(problem.what, len(calls), e.is_complete())
"""


class Environment(Sandbox):
    def ensure(self, broken: bool = False) -> str:
        return self.assert_runs(self.python(f"BROKEN = {broken}" + FAKE_STEPS))

    def test_made_once_and_kept(self):
        self.assertEqual(self.ensure(), "made 2 True")
        self.assertEqual(self.ensure(), "kept 0 True")

    def test_one_that_pip_left_half_made_is_not_trusted(self):
        self.assertEqual(self.ensure(broken=True), "pip failed 2 False")
        self.assertTrue((self.root / ".venv").exists())
        self.assertEqual(self.ensure(), "made 2 True")

    def test_other_requirements_make_it_anew(self):
        self.ensure()
        with open(self.root / ".eglr" / "setup" / "requirements.txt", "a") as file:
            file.write("another==1.0\n")
        self.assertEqual(self.ensure(), "made 2 True")

    def test_a_lost_jjava_makes_it_anew(self):
        self.ensure()
        (self.root / ".venv/share/jupyter/kernels/java/jjava.jar").unlink()
        self.assertEqual(self.ensure(), "made 2 True")

    def test_a_moved_checkout_makes_it_anew(self):
        self.ensure()
        self.root = self.root.rename(self.base / "moved")
        self.assertEqual(self.ensure(), "made 2 True")

    def test_an_environment_of_the_user_is_refused_and_stays(self):
        mine = self.root / ".venv" / "mine"
        mine.parent.mkdir()
        mine.touch()
        self.assertIn("./eglr did not make it. 0 False", self.ensure())
        self.assertTrue(mine.exists())

    def test_every_requirement_is_pinned(self):
        lines = (self.root / ".eglr" / "setup" / "requirements.txt").read_text().splitlines()
        direct = (self.root / ".eglr" / "setup" / "requirements.in").read_text().splitlines()
        pins = [line for line in lines if line and not line.startswith("#")]
        for line in pins:
            self.assertRegex(line, r"^[A-Za-z0-9._-]+==[0-9][0-9a-z.]*( ;.*)?$")
        for line in direct[1:]:
            self.assertIn(line, pins)
