"""Where things lie: everything we make is under .venv and target/, except the data, which outlives the checkout."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = ROOT / ".eglr"
TARGET = ROOT / "target"
LOGS = TARGET / "logs"
KERNEL = TARGET / "kernel"
KERNEL_LIB = KERNEL / "lib"
VENV = ROOT / ".venv"
VENV_KERNELS = VENV / "share" / "jupyter" / "kernels"
TUTORIALS = ROOT / "tutorials"
NOTEBOOKS = ROOT / "notebooks"
LAB = ROOT / "lab"  # the reader's own copy of both
PEER = ROOT / "eglr-samediff" / "src" / "test" / "python"  # EGLR in PyTorch
QUICKSTART = TUTORIALS / "quickstart.ipynb"


def data_dir() -> Path:
    """The folder of fetched data sets: EGLR_DATA, or a cache folder of the user."""
    chosen = os.environ.get("EGLR_DATA") or "~/.cache/eglr/data"
    return Path(chosen).expanduser().absolute()


def shown(path: Path) -> str:
    """A path as people read it: relative to the caller's folder where that is shorter."""
    relative = os.path.relpath(path)
    return str(path) if relative.startswith("..") else relative
