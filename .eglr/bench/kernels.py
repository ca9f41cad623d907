"""./eglr bench --kernels: the decoder's inner loops under JMH, from the Maven profile jmh."""

import os
from pathlib import Path

from kernel import kernelspec
from setup.tools import Java
from shared import layout
from shared.console import Problem, only_one, run, run_logged

MODULE = layout.ROOT / "eglr-samediff"
OUT = MODULE / "target" / "jmh"  # the profile's build folder, apart from the usual one
CLASS_PATH = OUT / "class-path.txt"
QUICK_OPTIONS = ["-f", "1", "-wi", "1", "-w", "1", "-i", "1", "-r", "1"]


def measure(java: Java, maven: Path, quick: bool) -> int:
    goals = ["test-compile", "dependency:build-classpath", f"-Dmdep.outputFile={CLASS_PATH}", "-DincludeScope=test"]
    options = ["-B", "-Pjmh", "-pl", "eglr-samediff", "-am", "-Dspotless.check.skip=true", "-Dstyle.color=never"]
    log = layout.LOGS / "jmh-build.log"
    with only_one(layout.TARGET / "eglr.lock"):
        argv = [maven, *options, *goals]
        run_logged("Building the kernels' benchmark", argv, log, cwd=layout.ROOT, env=java.environment())
    entries = [str(OUT / "test-classes"), str(OUT / "classes"), CLASS_PATH.read_text().strip()]
    argv = [java.exe, *kernelspec.jvm_options(java), "-cp", os.pathsep.join(entries), "org.openjdk.jmh.Main"]
    if quick:
        argv += QUICK_OPTIONS
    status = run(argv, cwd=layout.ROOT, env={**os.environ, **kernelspec.THREADS})
    if status:
        raise Problem(f"JMH ended with exit status {status}; what it printed is above.")
    return 0
