"""PyTorch beside our engines in the GPU check: the Python that has it, its share of the time, its times in the report.

Both never use the card at once: PyTorch's process begins when ours has ended and has given back the card's memory.
Its absence is no failure of the check; the report says what was missing.
"""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import gpu_times

CHOSEN = "EGLR_BENCH_PYTHON"
SHARE = 1 / 3  # one of three sides
START_S = 60  # loading PyTorch, and the place begun last
PROBE = "import torch; print('yes' if torch.cuda.is_available() else 'no', torch.__version__)"
REMEDY = f"Remedy: {CHOSEN} names a Python whose torch.cuda.is_available() is true; run.py uses the one that runs it."


@dataclass(frozen=True)
class Side:
    """PyTorch, or why there is none."""

    python: Path
    why: str = ""

    def seconds(self, total: int) -> tuple:
        """Of the time for measuring: ours and PyTorch's."""
        peers = round(total * SHARE) if self.python else 0
        return total - peers, peers


def candidates() -> list:
    """Whose PyTorch is looked for: the user's choice, then the Python that runs this."""
    chosen = os.environ.get(CHOSEN)
    return [Path(p).expanduser().absolute() for p in (chosen, sys.executable) if p]


def find(pythons: list, cuda: bool) -> Side:
    """The first that has PyTorch; with CUDA if it is to compute on a card."""
    reasons = []
    for python in dict.fromkeys(pythons):
        try:
            done = subprocess.run([str(python), "-c", PROBE], capture_output=True, text=True, timeout=120)
        except (OSError, subprocess.TimeoutExpired) as error:
            reasons.append(f"{python} does not run: {error}")
            continue
        usable, _, version = done.stdout.strip().partition(" ")
        if done.returncode:
            reasons.append(f"{python} cannot import it: {_last(done.stderr)}")
        elif cuda and usable != "yes":
            reasons.append(f"{python} has {version}, which finds no CUDA device")
        else:
            return Side(python)
    return Side(None, f"no PyTorch for this device: {'; '.join(reasons)}. {REMEDY}")


def measure(report: Path, side: Side, seconds: int, scripts: Path, peer_folder: Path) -> None:
    """Measures the places of the report's table and puts the times in; does nothing where there is no table."""
    content = json.loads(report.read_text())
    if not content.get("benchmark"):
        return
    device = "cuda" if content["machine"]["gpu"] else "cpu"
    times = report.with_name("pytorch-times.json")  # stays where this is killed
    times.unlink(missing_ok=True)
    why = side.why
    try:
        if side.python:
            argv = [side.python, scripts / "gpu_peer.py", peer_folder, report, times, device, seconds]
            why = "PyTorch was interrupted"
            why = _run([str(part) for part in argv], seconds + START_S)
    finally:  # what was measured until an early end counts, too
        merge(content, json.loads(times.read_text()) if times.is_file() else {}, why)
        unfinished = report.with_suffix(".part")
        unfinished.write_text(json.dumps(content, indent=2))
        unfinished.replace(report)
        times.unlink(missing_ok=True)


def _run(argv: list, limit: int) -> str:
    """Why it did not end well, or nothing."""
    try:
        done = subprocess.run(argv, stderr=subprocess.PIPE, text=True, timeout=limit)
    except subprocess.TimeoutExpired:
        return f"PyTorch was stopped after {limit} s"
    return f"PyTorch ended with status {done.returncode}: {_last(done.stderr)}" if done.returncode else ""


def _last(text: str) -> str:
    return (text.strip().splitlines() or ["it said nothing"])[-1]


def merge(content: dict, found: dict, why: str) -> None:
    """Puts PyTorch's times and notes into the report's table; beside it which PyTorch it is, why it is not there or
    broke off, and what the marks come to."""
    content["pytorch"] = {"version": found.get("version"), "device": found.get("device"), "why": why}

    def place(cell):
        return cell["work"], cell["width"], cell["pool"], cell["lists"]

    cells = {place(cell): cell for cell in content["benchmark"]}
    for measured in found.get("cells", []):
        for key, part in (("milliseconds", "milliseconds"), ("note", "notes")):
            if key in measured:
                cells[place(measured)][part]["PYTORCH"] = measured[key]
    content["marks"] = gpu_times.marks(content)
