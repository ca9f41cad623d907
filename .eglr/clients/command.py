"""Our kernel in the hands of real clients: Jupyter's own conformance test, a session in JupyterLab, measurements."""

import os
import sys
import tempfile
from pathlib import Path

from clients import chromium
from kernel import kernelspec
from setup import environment
from setup.tools import Java
from shared import layout
from shared.console import Problem, hang, run, say

CLIENTS = layout.SCRIPTS / "clients"
TARGET = layout.TARGET / "clients"
PICTURES = layout.TUTORIALS / "images"
CHROMIUM_REMEDY = "Debian   sudo apt-get install chromium fonts-dejavu-core\nmacOS    brew install --cask google-chrome"


def conforms() -> bool:
    """Jupyter's own test of the messages that a kernel must understand."""
    return run([environment.PYTHON, CLIENTS / "conformance.py"], env=_environment()) == 0


def can_browse() -> bool:
    """Whether there is a Chromium; says what is missing where there is none."""
    exe, wrong = chromium.find()
    if not exe:
        say(hang(f"  NOT RUN: {wrong}. ", CHROMIUM_REMEDY))
    return bool(exe)


def session_passes() -> bool:
    """A session in JupyterLab: completes a magic, trains, watches, stops, goes on."""
    passed = run([sys.executable, CLIENTS / "session.py", TARGET], env=_environment()) == 0
    say(f"  Pictures of it: {layout.shown(TARGET)}")
    return passed


def take_pictures() -> int:
    """The pictures of the README, from a longer session on MovieLens 100K."""
    exe, wrong = chromium.find()
    if not exe:
        raise Problem(f"pictures need Chromium: {wrong}.", CHROMIUM_REMEDY)
    status = run([sys.executable, CLIENTS / "session.py", TARGET, "--pictures", PICTURES], env=_environment())
    if status == 0:
        say(f"Pictures in {layout.shown(PICTURES)}; in both themes in {layout.shown(TARGET)}")
    return status


def measure(java: Java, options: list) -> int:
    """In a place of its own, so that a measurement on another JDK leaves the installed kernel as it is."""
    say(f"Measured on Java {java.version}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the start")
    with tempfile.TemporaryDirectory(prefix="eglr-kernels-") as folder:
        kernelspec.install(java, Path(folder))
        return run([environment.PYTHON, CLIENTS / "measure.py", folder, *options], env=_environment())


def _environment() -> dict:
    """The kernels of .venv go before those of the user."""
    return {**os.environ, "JUPYTER_PREFER_ENV_PATH": "1"}
