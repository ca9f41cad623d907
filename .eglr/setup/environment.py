"""The virtual environment .venv with JupyterLab and the JJava kernel.

A virtual environment cannot be moved, so it is made in place: .venv/eglr.json is written last, and one without it,
or for other requirements, is made anew. A .venv that is not ours is never touched.
"""

import hashlib
import json
import os
import shutil
import sys

from shared import layout
from shared.console import Problem, run_logged

REQUIREMENTS = layout.SCRIPTS / "setup" / "requirements.txt"
OURS = layout.VENV / "made-by-eglr"  # written first: we may delete what bears it
STAMP = layout.VENV / "eglr.json"  # written last: what bears it is complete
PYTHON = layout.VENV / "bin" / "python"
JJAVA_JAR = layout.VENV_KERNELS / "java" / "jjava.jar"


def wanted() -> dict:
    # The place is part of it: the scripts in .venv/bin name their interpreter by its absolute path.
    hashed = hashlib.sha256(REQUIREMENTS.read_bytes()).hexdigest()
    return {"requirements": hashed, "place": str(layout.VENV)}


def is_complete() -> bool:
    try:
        stamp = json.loads(STAMP.read_text())
    except (OSError, ValueError):
        return False
    return stamp == wanted() and os.access(PYTHON, os.X_OK) and JJAVA_JAR.is_file()


def ensure() -> bool:
    """Makes the environment where it is missing, incomplete or outdated; says whether it did."""
    if is_complete():
        return False
    if layout.VENV.exists() and any(layout.VENV.iterdir()) and not OURS.is_file():
        raise Problem(f"{layout.VENV} exists, but ./eglr did not make it.", "move it away, then run again.")
    shutil.rmtree(layout.VENV, ignore_errors=True)
    layout.VENV.mkdir()
    OURS.touch()
    log = layout.LOGS / "venv.log"
    run_logged("Making the Python environment", [sys.executable, "-m", "venv", layout.VENV], log, cwd=layout.ROOT)
    install = [PYTHON, "-m", "pip", "install", "--disable-pip-version-check", "--retries", "2", "-r", REQUIREMENTS]
    log = layout.LOGS / "pip.log"
    run_logged("Installing JupyterLab and JJava", install, log, cwd=layout.ROOT, detail=_news, remedy=_remedy)
    if not JJAVA_JAR.is_file():
        raise Problem(f"pip installed jjava, but there is no {JJAVA_JAR}.", f"look into {log}")
    STAMP.write_text(json.dumps(wanted()) + "\n")
    return True


def _news(log: str) -> str:
    packages = log.count("\nCollecting ") + log.startswith("Collecting ")
    return "unpacking" if "Installing collected packages" in log else f"{packages} packages"


def _remedy(log: str) -> str:
    if any(
        sign in log
        for sign in ("NewConnectionError", "name resolution", "No matching distribution", "ProxyError", "timed out")
    ):
        return (
            "pip could not reach the package index. Check the network; behind a proxy set HTTPS_PROXY,\n"
            "for a mirror set PIP_INDEX_URL. The unfinished .venv is made anew by the next run."
        )
    return "mend what the log names, then run again; the unfinished .venv is made anew."
