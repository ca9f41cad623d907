"""./eglr bench --spark: requests re-ranked on Spark, in this machine's JVM, beside our own batch path."""

import os
from pathlib import Path

from kernel import kernelspec
from setup import build
from setup.tools import Java
from shared import layout
from shared.console import Problem, only_one, run, run_logged

MODULE = layout.ROOT / build.SPARK
CLASS_PATH = MODULE / "target" / "class-path.txt"
MAIN = "org.eglr.spark.bench.SparkBench"
FULL, QUICK = ("100000", "1"), ("2000", "1")  # requests, copies of each
WIDTH = "64"
QUIET = "-Dlog4j.configurationFile=org/eglr/spark/bench/log4j2.properties"  # in the module's jar
MASTERS = ("local[1]", "local[2]")
# What Spark's own launcher opens, see org.apache.spark.launcher.JavaModuleOptions.
OPENED = ["lang", "lang.invoke", "lang.reflect", "io", "net", "nio", "util", "util.concurrent", "util.concurrent.atomic"]
OPENS = [f"--add-opens=java.base/java.{package}=ALL-UNNAMED" for package in OPENED]
OPENS += [f"--add-opens=java.base/{package}=ALL-UNNAMED" for package in ("sun.nio.ch", "sun.nio.cs", "sun.util.calendar")]


def measure(java: Java, maven: Path, quick: bool) -> int:
    goals = ["process-classes", "dependency:build-classpath", f"-Dmdep.outputFile={CLASS_PATH}", "-DincludeScope=compile"]
    options = ["-B", "-pl", build.SPARK, "-am", "-Dspotless.check.skip=true", "-Dstyle.color=never"]
    with only_one(layout.TARGET / "eglr.lock"):
        argv = [maven, *options, *goals]
        run_logged("Building eglr-spark", argv, layout.LOGS / "spark-build.log", cwd=layout.ROOT, env=java.environment())
    entries = [str(MODULE / "target" / "classes"), CLASS_PATH.read_text().strip()]
    vector = [option for option in kernelspec.jvm_options(java) if not option.startswith("-Xmx")]
    argv = [java.exe, *vector, "-Xmx2g", QUIET, *OPENS, "-cp", os.pathsep.join(entries), MAIN]
    argv += [*(QUICK if quick else FULL), WIDTH, layout.TARGET / "bench" / "spark", *MASTERS]
    status = run(argv, cwd=layout.ROOT, env={**os.environ, **kernelspec.THREADS})
    if status:
        raise Problem(f"The measurement ended with exit status {status}; what it printed is above.")
    return 0
