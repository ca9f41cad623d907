"""./eglr bench --logs: how fast, and in how much memory, large published logs are cut into lists."""

import os
from pathlib import Path

from kernel import kernelspec
from setup import build
from setup.tools import Java
from shared import layout
from shared.console import Problem, only_one, run, say

MAIN = "org.eglr.bench.LogReading"
KINDS = ("tianchi", "kuairand")
HEAP = "-Xmx1536m"  # so that the whole process stays below 2 GiB
FULL, QUICK = "1", "0.01"  # shares of the published size


def measure(java: Java, maven: Path, quick: bool) -> int:
    with only_one(layout.TARGET / "eglr.lock"):
        build.ensure(java, maven)
    share = QUICK if quick else FULL
    for kind in KINDS:
        folder = layout.TARGET / "bench" / f"logs-{kind}-{share}"
        written = folder / "complete"
        if not written.exists():
            say(f"Writing files of the size of {kind}, times {share}, in {layout.shown(folder)}")
            worker(java, "write", kind, folder, share)
            written.touch()
        worker(java, "read", kind, folder)
    return 0


def worker(java: Java, *words) -> None:
    options = [option for option in kernelspec.jvm_options(java) if not option.startswith("-Xmx")]
    argv = [java.exe, *options, HEAP, "-cp", layout.KERNEL_LIB / "*", MAIN, *map(str, words)]
    status = run(argv, cwd=layout.ROOT, env={**os.environ, **kernelspec.THREADS})
    if status:
        raise Problem(f"The measurement ended with exit status {status}; what it printed is above.")
