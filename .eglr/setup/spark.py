"""Spark beside the kernel: eglr-spark's jar and Spark's in target/kernel/spark, laid out only for those who ask.

target/kernel/spark.json, written last, holds the hash of the sources that the jar was built from.
"""

import os
from pathlib import Path

from setup import build
from setup.tools import Java
from shared import layout

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
    argv = build.untested(maven, build.SPARK, *goals, *listing)
    build.maven_logged("Building eglr-spark", argv, "spark-build.log", java)
    return [Path(entry) for entry in CLASS_PATH_FILE.read_text().strip().split(os.pathsep) if entry]


def ensure(java: Java, maven: Path) -> bool:
    """Lays the jars out where the sources have changed; says whether it did. Spark's are fetched the first time."""
    before = _source_hash()
    if build.stamped_hash(STAMP) == before:
        return False
    jars = compile_module(java, maven, "package")
    # Our other modules are in the kernel's own folder, from the same sources.
    jars = [jar for jar in jars if not jar.is_relative_to(layout.ROOT)]
    build.lay_out([MODULE / "target" / f"{build.SPARK}-{build.version()}.jar", *jars], LIB, STAMP)
    build.write_stamp(STAMP, before)
    return True


def _source_hash() -> str:
    files = sorted(f for f in (MODULE / "src" / "main").rglob("*") if f.is_file())
    return build.hash_of([MODULE / "pom.xml", *files], before=build.source_hash())
