"""./eglr test: the modules' tests (Maven), the tests of ./eglr itself, the tutorials in a real kernel."""

import unittest

import build
import environment
import kernelspec
import layout
import notebooks
import prepare
from console import Problem, only_one, say

CELL_TIMEOUT_S = 600


def run() -> int:
    say("Testing the modules")
    java, maven = prepare.tools_present()
    with only_one(layout.TARGET / "eglr.lock"):
        modules_pass = build.verify(java, maven)
    say("\nTesting ./eglr")
    suite = unittest.defaultTestLoader.discover(str(layout.SCRIPTS / "tests"))
    scripts = unittest.TextTestRunner(verbosity=1).run(suite)
    failed = len(scripts.failures) + len(scripts.errors)
    passed = scripts.testsRun - failed - len(scripts.skipped)
    say("\nTesting the notebooks, shrunken by EGLR_FAST=1")
    for notebook in sorted(layout.TUTORIALS.glob("*.ipynb")):
        good = _passes(notebook, java, maven)
        passed, failed = passed + good, failed + (not good)
    say(f"\nModules {'passed' if modules_pass else 'FAILED'}; scripts and notebooks:")
    say(f"{passed} passed, {failed} failed")
    return 0 if modules_pass and not failed else 1


def _passes(notebook, java, maven) -> bool:
    """Without a network for the data: the tutorials run on the simulator here."""
    say(layout.shown(notebook))
    settings = {"EGLR_FAST": "1", "EGLR_QUICKSTART_DATA": "simulated"}
    try:
        with only_one(layout.TARGET / "eglr.lock"):
            build.ensure(java, maven)
            environment.ensure()
            kernelspec.install(java, layout.VENV_KERNELS)
        notebooks.execute(notebook, layout.TARGET / "notebook-tests" / notebook.stem, settings, CELL_TIMEOUT_S)
        return True
    except Problem as problem:
        say(problem.text())
    except SystemExit as ended:
        if ended.code not in (1, None):
            raise
    return False
