"""Spark beside the kernel: eglr-spark's jar and Spark's in target/kernel/spark, laid out only for those who ask.

target/kernel/spark.json, written last, holds the hash of the sources that the jar was built from.
"""

import hashlib
import json
import os
import shutil
from pathlib import Path

from setup import build
from setup.tools import Java
from shared import layout
from shared.console import Problem

LIB = layout.KERNEL / "spark"
STAMP = layout.KERNEL / "spark.json"
MODULE = layout.ROOT / build.SPARK
CLASS_PATH_FILE = MODULE / "target" / "class-path.txt"
# What Spark's own launcher opens, see org.apache.spark.launcher.JavaModuleOptions.
OPENED = ["lang", "lang.invoke", "lang.reflect", "io", "net", "nio", "util", "util.concurrent", "util.concurrent.atomic"]
OPENS = [f"--add-opens=java.base/java.{package}=ALL-UNNAMED" for package in OPENED]
OPENS += [f"--add-opens=java.base/{package}=ALL-UNNAMED" for package in ("sun.nio.ch", "sun.nio.cs", "sun.util.calendar")]
QUIET = "-Dlog4j.configurationFile=org/eglr/spark/quiet-log4j2.properties"  # in the module's jar


def compile_module(java: Java, maven: Path, *goals) -> list:
    """Runs Maven up to the module; returns the jars that it is compiled with, Spark's among them."""
    listing = ["dependency:build-classpath", f"-Dmdep.outputFile={CLASS_PATH_FILE}", "-DincludeScope=compile"]
    skipped = ["-Dmaven.test.skip=true", "-Dspotless.check.skip=true"]
    argv = [maven, "-B", "-Dstyle.color=never", "-pl", build.SPARK, "-am", *skipped, *goals, *listing]
    build.maven_logged("Building eglr-spark", argv, "spark-build.log", java)
    return [Path(entry) for entry in CLASS_PATH_FILE.read_text().strip().split(os.pathsep) if entry]


def ensure(java: Java, maven: Path) -> bool:
    """Lays the jars out where the sources have changed; says whether it did. Spark's are fetched the first time."""
    before = _source_hash()
    if _stamped_hash() == before:
        return False
    jars = compile_module(java, maven, "package")
    # Our other modules are in the kernel's own folder, from the same sources.
    jars = [jar for jar in jars if not jar.is_relative_to(layout.ROOT)]
    _stage([MODULE / "target" / f"{build.SPARK}-{build.version()}.jar", *jars])
    STAMP.write_text(json.dumps({"sources": before}) + "\n")
    return True


def _source_hash() -> str:
    digest = hashlib.sha256(build.source_hash().encode())
    for file in [MODULE / "pom.xml", *sorted(f for f in (MODULE / "src" / "main").rglob("*") if f.is_file())]:
        digest.update(f"{file.relative_to(MODULE)}\0".encode() + hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def _stamped_hash() -> str:
    try:
        return json.loads(STAMP.read_text())["sources"]
    except (OSError, ValueError, KeyError):
        return ""


def _stage(jars: list) -> None:
    """Swaps a new folder in: a kernel that runs keeps its open jars."""
    missing = [str(jar) for jar in jars if not jar.is_file()]
    if missing:
        raise Problem(f"the build left no {missing[0]}.", "run `mvn clean`, then again.")
    STAMP.unlink(missing_ok=True)
    new, old = LIB.with_name("spark.new"), LIB.with_name("spark.old")
    for leftover in (new, old):
        shutil.rmtree(leftover, ignore_errors=True)
    new.mkdir()
    for jar in jars:
        build.place_jar(jar, new / jar.name)
    if LIB.exists():
        LIB.rename(old)
    new.rename(LIB)
    shutil.rmtree(old, ignore_errors=True)
