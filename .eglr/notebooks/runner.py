"""Executes one notebook in our kernel, cell by cell; run by the Python of .venv, which holds nbclient.

usage: runner.py NOTEBOOK OUT_FOLDER [--cell-timeout SECONDS]
Writes OUT_FOLDER/NAME.ipynb, NAME.html and run.json (wall seconds, the kernel's peak memory). Where a cell fails,
the notebook so far is written, and the exit status is 1.
"""

import argparse
import json
import logging
import os
import re
import resource
import sys
import tempfile
import time
from pathlib import Path

import nbformat
from jupyter_client import AsyncKernelManager
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_core.utils import run_sync
from nbclient import NotebookClient
from nbclient.exceptions import CellControlSignal, CellExecutionError, DeadKernelError
from nbconvert import HTMLExporter

sys.path[0] = str(Path(__file__).resolve().parent.parent)  # the scripts' folder instead of this one

from course import lesson  # noqa: E402
from notebooks import document  # noqa: E402
from shared import layout, places  # noqa: E402
from shared.console import ANSI, Interrupted, Problem, Progress, closed_pipe, interrupt_once, tail  # noqa: E402

START_TIMEOUT_S = 120


class Client(NotebookClient):
    """Remembers the last line a cell printed or redrew, as news of a long cell."""

    news = ""

    def process_message(self, msg, cell, cell_index):
        content = msg["content"]
        text = content.get("text") or content.get("data", {}).get("text/plain") or ""
        lines = [line for line in ANSI.sub("", str(text)).splitlines() if line.strip()]
        if lines:
            self.news = lines[-1].strip()
        return super().process_message(msg, cell, cell_index)


def titles(notebook) -> dict:
    """A title per code cell that does something: the heading above it, numbered where cells share one."""
    heading, shared, found = "", 0, {}
    for index, cell in enumerate(notebook.cells):
        if cell.cell_type == "markdown":
            headings = re.findall(r"^#+\s+(.+?)\s*$", cell.source, re.MULTILINE)
            if headings:
                heading, shared = headings[-1], 0
        elif cell.cell_type == "code" and cell.source.strip():
            shared += 1
            first = cell.source.strip().splitlines()[0][:50]
            found[index] = (heading if shared == 1 else f"{heading} ({shared})") if heading else first
    return found


def execute(notebook, folder: Path, cell_timeout, kernel_log: Path) -> None:
    """Files that cells make for the moment are gone at the end."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as temporary:
        _execute(notebook, folder, cell_timeout, kernel_log, temporary)


def _execute(notebook, folder: Path, cell_timeout, kernel_log: Path, temporary: str) -> None:
    specs = KernelSpecManager(kernel_dirs=[str(layout.VENV_KERNELS)])
    kernel = AsyncKernelManager(kernel_name=notebook.metadata["kernelspec"]["name"], kernel_spec_manager=specs)
    kernel.kernel_spec.argv = places.temporary_files(kernel.kernel_spec.argv, temporary)
    client = Client(notebook, km=kernel, timeout=cell_timeout, startup_timeout=START_TIMEOUT_S)
    client.skip_cells_with_tag = lesson.EXERCISE  # what a reader has not solved yet fails
    client.reset_execution_trackers()
    named = titles(notebook)
    width = len(str(len(named)))
    with open(kernel_log, "wb") as log:
        try:
            with Progress("Starting the kernel"):
                _start(client, kernel_log, cwd=str(folder), stdout=log, stderr=log)
            info = client.wait_for_reply(client.kc.kernel_info())
            notebook.metadata["language_info"] = info["content"]["language_info"]
            for number, (index, title) in enumerate(named.items(), 1):
                client.news = ""
                with Progress(f"[{number:{width}}/{len(named)}] {title}", lambda: client.news):
                    _execute_cell(client, notebook.cells[index], index, title, kernel_log)
        except Interrupted:
            logging.getLogger("asyncio").setLevel(logging.CRITICAL)  # tasks cut short have nothing to tell
            raise
        finally:
            _end(kernel, now=sys.exc_info()[0] is not None)


def _end(kernel, now: bool) -> None:
    """What this throws, of a kernel that is gone, must not hide why the run ended."""
    try:
        if kernel.has_kernel:
            run_sync(kernel.shutdown_kernel)(now=now)
    except Exception as error:
        logging.getLogger(__name__).debug("ending the kernel: %s", error)


def _start(client, kernel_log: Path, **options) -> None:
    try:
        client.start_new_kernel(**options)
        client.start_new_kernel_client()
    except RuntimeError as error:
        last = tail(kernel_log.read_text(errors="replace"))
        raise Problem(f"the kernel did not start: {error}. Its last words:\n{last}", "./eglr doctor") from None


def _execute_cell(client, cell, index: int, title: str, kernel_log: Path) -> None:
    try:
        client.execute_cell(cell, index)
    except CellExecutionError as error:
        # The reply's own trace shows the kernel's inside; the cell's output shows the reader's code.
        shown = [line for o in cell.outputs if o.output_type == "error" for line in o.traceback]
        raise Problem(f"cell `{title}` failed with {error.ename}:\n{tail(chr(10).join(shown))}") from None
    except DeadKernelError:
        last = tail(kernel_log.read_text(errors="replace"))
        raise Problem(
            f"the kernel died in cell `{title}`. Its last words:\n{last}", "often this is memory: close what else runs."
        ) from None
    except CellControlSignal as error:  # time out
        raise Problem(f"cell `{title}`: {str(error).splitlines()[0]}") from None


def run(source: Path, out: Path, cell_timeout) -> None:
    notebook = nbformat.read(source, as_version=4)
    notebook.metadata["kernelspec"] = document.kernel(notebook.metadata)
    out.mkdir(parents=True, exist_ok=True)
    if "EGLR_FAST" in os.environ:
        for cell in notebook.cells:
            cell.source = lesson.shrunken(cell, True)
    os.environ["EGLR_COURSE_PROGRESS"] = str(out / "progress.json")  # a reader's own stays as it is
    begun = time.monotonic()
    try:
        execute(notebook, source.parent, cell_timeout, out / "kernel.log")
    finally:
        nbformat.write(notebook, out / source.name)
    html, _ = HTMLExporter().from_notebook_node(notebook)
    (out / source.name).with_suffix(".html").write_text(html, encoding="utf-8")
    # The kernel is our only large child; Linux counts in KiB, macOS in bytes.
    unit = 1 if sys.platform == "darwin" else 1024
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * unit
    summary = {"seconds": round(time.monotonic() - begun, 1), "kernel_peak_memory_mib": round(peak / 2**20)}
    (out / "run.json").write_text(json.dumps(summary) + "\n")


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("notebook", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--cell-timeout", type=int)
    asked = parser.parse_args()
    interrupt_once()
    try:
        run(asked.notebook.resolve(), asked.out.resolve(), asked.cell_timeout)
    except Problem as problem:
        print(problem.text(), file=sys.stderr)
        return 1
    except Interrupted as interrupted:
        return interrupted.status
    except BrokenPipeError:
        return closed_pipe()
    return 0


if __name__ == "__main__":
    sys.exit(main())
