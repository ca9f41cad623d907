"""The environment of the benchmark's other side, PyTorch: EGLR_BENCH_PYTHON, or .venv-bench made on demand.

Like .venv it is made in place and bears its stamp only when it is complete; one that is not ours is never touched.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from shared import layout
from shared.console import Problem, run_logged

VENV = layout.ROOT / ".venv-bench"
OURS = VENV / "made-by-eglr"
STAMP = VENV / "eglr.json"
CHOSEN = "EGLR_BENCH_PYTHON"
PACKAGES = [
    "torch==2.15.0",
    "safetensors==0.8.0",
    "numpy==2.4.6; python_version >= '3.11'",
    "numpy==2.2.6; python_version < '3.11'",
]
# Its builds carry the version 2.15.0+cpu, which pip prefers to the equal one with 2 GB of CUDA from PyPI.
CPU_BUILDS = "https://download.pytorch.org/whl/cpu"
WITHOUT = "`./eglr bench --no-peer` measures our side alone and needs no Python packages."


def ensure() -> Path:
    """The Python to run PyTorch with."""
    chosen = os.environ.get(CHOSEN)
    if chosen:
        return check(Path(chosen).expanduser().absolute())
    python = VENV / "bin" / "python"
    if _is_complete():
        return python
    if VENV.exists() and any(VENV.iterdir()) and not OURS.is_file():
        raise Problem(f"{VENV} exists, but ./eglr did not make it.", "move it away, then run again.")
    shutil.rmtree(VENV, ignore_errors=True)
    VENV.mkdir()
    OURS.touch()
    log = layout.LOGS / "bench-venv.log"
    title = "Making the environment for PyTorch"
    run_logged(title, [sys.executable, "-m", "venv", VENV], log, cwd=layout.ROOT, remedy=lambda _: WITHOUT)
    pip = [python, "-m", "pip", "install", "--disable-pip-version-check", "--retries", "2"]
    log = layout.LOGS / "bench-pip.log"
    install = [*pip, "--extra-index-url", CPU_BUILDS, *PACKAGES]
    run_logged("Installing PyTorch", install, log, cwd=layout.ROOT, remedy=_remedy)
    STAMP.write_text(json.dumps(_wanted()) + "\n")
    return python


def check(python: Path) -> Path:
    """A Python of the user's own; refused where it lacks what the benchmark imports."""
    imports = "import torch, safetensors.torch, numpy"
    try:
        done = subprocess.run([str(python), "-c", imports], capture_output=True, text=True, timeout=300)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise Problem(f"{CHOSEN}={python} does not run: {error}", WITHOUT) from None
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["it printed nothing"])[-1]
        remedy = f"{python} -m pip install torch safetensors numpy\nor unset {CHOSEN}: .venv-bench is made then.\n"
        raise Problem(f"{CHOSEN}={python} cannot run PyTorch: {last}", remedy + WITHOUT)
    return python


def _wanted() -> dict:
    return {"packages": PACKAGES, "place": str(VENV)}


def _is_complete() -> bool:
    try:
        return json.loads(STAMP.read_text()) == _wanted() and os.access(VENV / "bin" / "python", os.X_OK)
    except (OSError, ValueError):
        return False


def _remedy(log: str) -> str:
    return (
        "PyTorch could not be installed; the lines above say why. Behind a proxy set HTTPS_PROXY, for a mirror\n"
        f"PIP_INDEX_URL; a Python that has torch, safetensors and numpy can be named by {CHOSEN}.\n" + WITHOUT
    )
