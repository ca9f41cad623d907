"""Fetches MovieLens 100K as RecBole's atomic files, which lie inside the recbole wheel on the package index."""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from setup import environment
from shared import layout
from shared.console import Problem, run_logged, say

WHEEL = "recbole==1.2.1"
FOLDER_IN_WHEEL = "recbole/dataset_example/ml-100k"
SHA256 = {
    "ml-100k.inter": "4edb74e2a81178c2ba9ff381495f754f996c4aea351b1272ca36b43da0935eff",
    "ml-100k.item": "51d7cdf777ce5c0f5b32c1d947a4a81fe07d75e78abbe761e0cd4d0756064532",
    "ml-100k.user": "4f670007d9cfbeb9807e757209af1555b9bcc186bde25e767f67cb67c6dd5972",
}
LARGEST_FILE = 50 * 2**20  # bytes; the real ones are under 3 MB
OTHERWISE = "Without it: --data simulated, or --data PATH of a folder with ml-100k.inter or u.data."
LICENCE = (
    "MovieLens 100K is GroupLens's, University of Minnesota: for research, not for redistribution or commercial use\n"
    "without permission. Terms: https://files.grouplens.org/datasets/movielens/ml-100k-README.txt"
)


def folder() -> Path:
    return layout.data_dir() / "ml-100k"


def is_complete() -> bool:
    return all((folder() / name).is_file() and _sha256(folder() / name) == sha for name, sha in SHA256.items())


def ensure() -> bool:
    """Fetches the data where it is not there yet; says whether it did."""
    if is_complete():
        return False
    target = folder()
    if target.exists() and any(target.iterdir()):
        name = next(n for n, sha in SHA256.items() if not (target / n).is_file() or _sha256(target / n) != sha)
        state = "has other contents" if (target / name).is_file() else "is missing"
        raise Problem(
            f"{target} is there, but {name} {state}; nothing was changed.",
            f"move that folder away to fetch it anew, or use your copy with --data '{target}'.",
        )
    target.parent.mkdir(parents=True, exist_ok=True)
    # On the same file system as the target, so that the last step is one rename.
    temporary = Path(tempfile.mkdtemp(prefix=".ml-100k-", dir=target.parent))
    try:
        _extract(_download(temporary), temporary / "ml-100k")
        os.replace(temporary / "ml-100k", target)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
    say(_licence_note())
    return True


def _download(into: Path) -> Path:
    options = [
        "--no-deps",
        "--only-binary=:all:",
        "--ignore-requires-python",
        "--retries",
        "2",
        "--disable-pip-version-check",
    ]
    argv = [*_pip(into), "download", *options, "--dest", into, WHEEL]
    log = layout.LOGS / "data.log"
    remedy = f"the wheel {WHEEL} comes from the package index: check the network, proxy or PIP_INDEX_URL.\n{OTHERWISE}"
    run_logged("Fetching MovieLens 100K", argv, log, cwd=layout.ROOT, remedy=lambda _: remedy)
    return next(into.glob("recbole-*.whl"))


def _pip(into: Path) -> list:
    """A pip to download with: of our environment, else of this Python, else of a passing environment."""
    if environment.is_complete():
        return [environment.PYTHON, "-m", "pip"]
    if subprocess.run([sys.executable, "-m", "pip", "--version"], capture_output=True).returncode == 0:
        return [sys.executable, "-m", "pip"]
    log = layout.LOGS / "data.log"
    run_logged(
        "Making a passing Python environment", [sys.executable, "-m", "venv", into / "venv"], log, cwd=layout.ROOT
    )
    return [into / "venv" / "bin" / "python", "-m", "pip"]


def _extract(wheel: Path, into: Path) -> None:
    """Takes the three files by their exact names, and only with the right contents."""
    into.mkdir()
    try:
        with zipfile.ZipFile(wheel) as archive:
            for name, sha in SHA256.items():
                entry = archive.getinfo(f"{FOLDER_IN_WHEEL}/{name}")
                if entry.file_size > LARGEST_FILE:
                    raise Problem(
                        f"{name} in {wheel.name} has {entry.file_size} bytes: not the file expected.", OTHERWISE
                    )
                content = archive.read(entry)
                found = hashlib.sha256(content).hexdigest()
                if found != sha:
                    raise Problem(
                        f"{name} in {wheel.name} has SHA-256 {found}, expected {sha}. Nothing was kept.",
                        f"fetch it again; if it stays so, the source has changed. {OTHERWISE}",
                    )
                (into / name).write_bytes(content)
    except (KeyError, zipfile.BadZipFile) as error:
        raise Problem(f"{wheel.name} is not the wheel expected: {error}. Nothing was kept.", OTHERWISE) from None


def _sha256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def _licence_note() -> str:
    return "\n".join("  " + line for line in LICENCE.splitlines())
