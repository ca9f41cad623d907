"""./eglr bench --pairs and --members: what a setting costs, with it and without in turns, as ratios of times."""

import os
from pathlib import Path

from kernel import kernelspec
from setup import build
from setup.tools import Java
from shared import layout
from shared.console import Problem, only_one, run

PAIRS = ["org.eglr.bench.PairCost", "JAVA"], 60  # rounds
MEMBERS = ["org.eglr.bench.MemberCost"], 20
QUICK_ROUNDS = 5


def measure(java: Java, maven: Path, what: tuple, quick: bool) -> int:
    with only_one(layout.TARGET / "eglr.lock"):
        build.ensure(java, maven)
    main, rounds = what
    rounds = QUICK_ROUNDS if quick else rounds
    argv = [java.exe, *kernelspec.jvm_options(java), "-cp", layout.KERNEL_LIB / "*", *main, str(rounds)]
    status = run(argv, cwd=layout.ROOT, env={**os.environ, **kernelspec.THREADS})
    if status:
        raise Problem(f"The measurement ended with exit status {status}; what it printed is above.")
    return 0
