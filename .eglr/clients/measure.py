"""Measures the kernel and prints a table: start-up, interrupt latency, what the live display costs.

usage: measure.py KERNELS_FOLDER [--starts N] [--stops N]
Run by the Python of .venv, by `./eglr kernel measure`. Everything is measured from the outside, as a client sees it,
except the display's share, which the kernel's own clocks tell.
"""

import argparse
import contextlib
import itertools
import random
import re
import statistics
import subprocess
import sys
import time
from pathlib import Path

import psutil
from jupyter_client import KernelManager
from jupyter_client.kernelspec import KernelSpecManager

WAIT_S = 300
IDLE = "the cell has ended"
DATA = "%eglr data simulated kuairand --lists 2000\n%eglr model"
ENDLESS = {"grpo": "%eglr train grpo --steps 1000000", "evaluator": "%eglr train evaluator --epochs 10000 --patience 0"}
RUN_S = 20  # about so long is each training whose display is timed
SHARE = (Path(__file__).parent / "display_share.jshell").read_text()


class Kernel:
    """A kernel and its only client."""

    def __init__(self, specs: KernelSpecManager, name: str):
        self._manager = KernelManager(kernel_name=name, kernel_spec_manager=specs)
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self._manager.start_kernel(**quiet)
        self._client = self._manager.blocking_client()
        self._client.start_channels()
        self._client.wait_for_ready(timeout=WAIT_S)

    def close(self) -> None:
        self._client.stop_channels()
        self._manager.shutdown_kernel(now=True)

    def cpu_seconds(self) -> float:
        """Of the kernel's processes: JJava's own start-up goes through a second JVM."""
        return sum(sum(p.cpu_times()[:2]) for p in self._processes())

    def memory_mib(self) -> float:
        return sum(p.memory_info().rss for p in self._processes()) / 2**20

    def _processes(self) -> list:
        first = psutil.Process(self._manager.provisioner.pid)
        return [first, *first.children(recursive=True)]

    def messages(self, code: str):
        """Runs a cell and gives each of its messages as text; IDLE at its end, then what still comes from it."""
        request = self._client.execute(code)
        while True:
            message = self._client.get_iopub_msg(timeout=WAIT_S)
            if message["parent_header"].get("msg_id") != request:
                continue
            content, kind = message["content"], message["msg_type"]
            if kind == "error":
                yield f"{content['ename']}: {content['evalue']}"
            elif kind == "status" and content["execution_state"] == "idle":
                yield IDLE
            else:
                yield str(content.get("text") or content.get("data", {}).get("text/plain") or "")

    def run(self, code: str) -> str:
        """Runs a cell to its end and returns all that it showed as text."""
        return "".join(itertools.takewhile(lambda text: text is not IDLE, self.messages(code)))

    def interrupt(self) -> None:
        self._manager.interrupt_kernel()


def start_up(specs, name: str) -> dict:
    """One start: CPU and wall seconds until the kernel answers, until the first result, until EGLR's first answer."""
    begun = time.monotonic()
    with contextlib.closing(Kernel(specs, name)) as kernel:
        found = {"ready": kernel.cpu_seconds()}
        if not kernel.run("6 * 7").endswith("42"):
            raise SystemExit("measure: 6 * 7 was not 42")
        found |= {"first result": kernel.cpu_seconds(), "wall": time.monotonic() - begun}
        found["memory"] = kernel.memory_mib()
        if name == "eglr":
            kernel.run("%eglr help")
            found["%eglr help"] = kernel.cpu_seconds()
    return found


def stops(kernel: Kernel, what: str, times: int) -> tuple:
    """Seconds from the interrupt to the end of the cell, and to the message that says which weights are kept."""
    ended, kept = [], []
    for _ in range(times):
        updates = random.randint(3, 12)  # seen before the stop: it comes at any point of a step
        stopped = {}
        for text in kernel.messages(ENDLESS[what]):
            updates -= "step " in text
            if updates <= 0 and "asked" not in stopped:
                time.sleep(random.random())
                stopped["asked"] = time.monotonic()
                kernel.interrupt()
            if text is IDLE:
                stopped["ended"] = time.monotonic()
            elif "Stopped by hand" in text:
                stopped["kept"] = time.monotonic()
            if len(stopped) == 3 or "Error" in text:
                break
        if len(stopped) < 3:
            raise SystemExit(f"measure: {ENDLESS[what]} could not be stopped: {text}")
        ended.append(stopped["ended"] - stopped["asked"])
        kept.append(stopped["kept"] - stopped["asked"])
    return ended, kept


def spread(values: list, unit: str) -> str:
    return f"{statistics.median(values):.2f} {unit} (median of {len(values)}; {min(values):.2f} to {max(values):.2f})"


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("kernels", type=Path)
    parser.add_argument("--starts", type=int, default=5)
    parser.add_argument("--stops", type=int, default=10)
    asked = parser.parse_args()
    specs = KernelSpecManager(kernel_dirs=[str(asked.kernels)], ensure_native_kernel=False)
    others = KernelSpecManager(ensure_native_kernel=False)  # JJava's own kernel, where its package put it
    names = {"our kernel": (specs, "eglr"), "stock JJava": (others, "java")}
    seen = {title: [] for title in names}
    for _ in range(asked.starts):
        for title, (where, name) in names.items():
            seen[title].append(start_up(where, name))
    for title, starts in seen.items():
        print(f"Start-up, {title}")
        for key in starts[0]:
            unit = {"wall": "s", "memory": "MiB"}.get(key, "CPU s")
            label = {"wall": "first result, wall clock"}.get(key, key)
            print(f"  {label:26} {spread([start[key] for start in starts], unit)}", flush=True)
    with contextlib.closing(Kernel(specs, "eglr")) as kernel:
        kernel.run(DATA)
        kernel.run("%eglr train evaluator --epochs 1")
        print("Interrupt: from the request to the end of the cell, and to the message that names the weights kept")
        for what in ENDLESS:
            for point, values in zip(("cell ends", "weights kept"), stops(kernel, what, asked.stops)):
                print(f"  {what + ', ' + point:26} {spread(values, 's')}", flush=True)
        print(f"Live display, GRPO, runs of about {RUN_S} s")
        shown = kernel.run(SHARE.replace("RUN_SECONDS", str(RUN_S)))
        for line in re.findall("@ (.*)", shown):
            print(f"  {line}", flush=True)
        if "@ " not in shown:
            raise SystemExit(f"measure: the display was not measured:\n{shown[-1500:]}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
