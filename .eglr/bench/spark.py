"""./eglr bench --spark: re-ranking and training on Spark, in this machine's JVM, beside one machine's own way."""

import os
from pathlib import Path

from kernel import kernelspec
from setup import spark
from setup.tools import Java
from shared import layout
from shared.console import Problem, only_one, run

PACKAGE = "org.eglr.spark.bench."
SPEED, MEMORY, TRAINING = "speed", "memory", "training"
FULL, QUICK = ("100000", "1"), ("2000", "1")  # requests, copies of each
WIDTH = "64"
MASTERS = ("local[1]", "local[2]")
MANY, FEW = ("100000", "1000000", "10000000"), ("10000", "20000")  # requests one after the other
NARROW = "8"  # so that ten million take minutes
STEPS, TRIAL = ("40", "64", "256"), ("4", "8")  # that fits differ by; then requests a batch


def measure(java: Java, maven: Path, what: str, quick: bool) -> int:
    with only_one(layout.TARGET / "eglr.lock"):
        entries = [str(spark.MODULE / "target" / "classes"), *map(str, spark.compile_module(java, maven, "process-classes"))]
    vector = [option for option in kernelspec.jvm_options(java) if not option.startswith("-Xmx")]
    argv = [java.exe, *vector, "-Xmx2g", spark.QUIET, *spark.OPENS, "-cp", os.pathsep.join(entries)]
    data = layout.TARGET / "bench" / "spark"
    if what == MEMORY:
        argv += [PACKAGE + "MemoryBench", NARROW, data, MASTERS[-1], *(FEW if quick else MANY)]
    elif what == TRAINING:
        argv += [PACKAGE + "TrainingBench", WIDTH, MASTERS[-1], *(TRIAL if quick else STEPS)]
    else:
        argv += [PACKAGE + "SparkBench", *(QUICK if quick else FULL), WIDTH, data, *MASTERS]
    status = run(argv, cwd=layout.ROOT, env={**os.environ, **kernelspec.THREADS})
    if status:
        raise Problem(f"The measurement ended with exit status {status}; what it printed is above.")
    return 0
