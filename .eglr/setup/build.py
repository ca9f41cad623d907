"""Builds the modules with Maven and lays the kernel's class path out in target/kernel/lib.

target/kernel/stamp.json, written last, holds the hash of the sources the jars were built from.
"""

import contextlib
import hashlib
import json
import os
import re
import shutil
import xml.etree.ElementTree as xml
from pathlib import Path

from setup.tools import Java
from shared import layout
from shared.console import Problem, run, run_logged

STAMP = layout.KERNEL / "stamp.json"
SOURCES = layout.KERNEL / "sources"
UNFINISHED = layout.KERNEL / "unfinished"  # there while Maven runs, and after a run that was cut short
CLASS_PATH_FILE = "target/runtime-classpath.txt"  # below each module's folder
SPARK = "eglr-spark"  # no part of the kernel: its Spark is 320 MB that nobody else needs
# In the same Maven run, so that the modules' own jars come from this build and not from ~/.m2.
CLASS_PATH_GOAL = ["dependency:build-classpath", f"-Dmdep.outputFile={CLASS_PATH_FILE}", "-DincludeScope=runtime"]


def source_files() -> list:
    sources = [f for pom in module_poms() for f in pom.parent.glob("src/main/**/*") if f.is_file()]
    return sorted([layout.ROOT / "pom.xml", *module_poms(), *sources])


def module_poms() -> list:
    """Those of the modules that the kernel is made of."""
    return sorted(pom for pom in layout.ROOT.glob("*/pom.xml") if pom.parent.name != SPARK)


def source_hash() -> str:
    """Contents rather than times: a checkout that touches files without changing them rebuilds nothing."""
    return hash_of(source_files())


def hash_of(files: list, before: str = "") -> str:
    """before: what else it is the hash of."""
    digest = hashlib.sha256(before.encode())
    for file in files:
        digest.update(f"{file.relative_to(layout.ROOT)}\0".encode())
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def stamped_hash(stamp: Path = STAMP) -> str:
    """The hash of the sources behind the jars in place; empty where nothing complete is there."""
    try:
        return json.loads(stamp.read_text())["sources"]
    except (OSError, ValueError, KeyError):
        return ""


def is_fresh() -> bool:
    return stamped_hash() == source_hash()


def ensure(java: Java, maven: Path) -> bool:
    """Builds where the sources have changed; says whether it built."""
    before = source_hash()
    if stamped_hash() == before:
        return False
    argv = untested(maven, "kernel-ext", "package", *CLASS_PATH_GOAL)
    maven_logged("Building the modules", argv, "build.log", java)
    stage(before)
    return True


def install(java: Java, maven: Path, spark: bool) -> None:
    """Builds and installs the modules and their parent, with sources, into Maven's own repository."""
    modules = f"kernel-ext,{SPARK}" if spark else "kernel-ext"
    maven_logged("Installing the modules", untested(maven, modules, "install"), "install.log", java)


def untested(maven: Path, modules: str, *goals) -> list:
    """Tests and formatting are for ./eglr test: someone who tries an edit need not wait for them."""
    skipped = ["-Dmaven.test.skip=true", "-Dspotless.check.skip=true"]
    return [maven, "-B", "-Dstyle.color=never", "-pl", modules, "-am", *skipped, *goals]


def place(repository: Path) -> None:
    """Lays what is built out as a Maven repository has it: Maven itself would fetch all of its plugins into a new one."""
    parent = layout.ROOT / "pom.xml"
    _place_artifact(repository, _text(parent, "artifactId"), parent, {})
    for pom in module_poms():
        name = _text(pom, "artifactId")
        jars = {"": layout.KERNEL_LIB, "-sources": SOURCES}
        _place_artifact(repository, name, pom, {k: f / f"{name}-{version()}{k}.jar" for k, f in jars.items()})


def _place_artifact(repository: Path, name: str, pom: Path, jars: dict) -> None:
    """Each file whole or not at all: another Maven may be reading."""
    folder = repository / "org" / "eglr" / name / version()
    folder.mkdir(parents=True, exist_ok=True)
    files = {f"{name}-{version()}.pom": pom, **{f"{name}-{version()}{kind}.jar": jar for kind, jar in jars.items()}}
    for target, source in files.items():
        partial = folder / f"{target}.new"
        shutil.copyfile(source, partial)
        partial.replace(folder / target)


def version() -> str:
    return _text(layout.ROOT / "pom.xml", "version")


def _text(pom: Path, element: str) -> str:
    return xml.parse(pom).getroot().findtext(f"m:{element}", namespaces={"m": "http://maven.apache.org/POM/4.0.0"})


def maven_logged(title: str, argv: list, log: str, java: Java) -> None:
    options = {"cwd": layout.ROOT, "env": java.environment(), "detail": _news, "remedy": _remedy}
    with _distrusted_until_done():
        run_logged(title, argv, layout.LOGS / log, **options)


def verify(java: Java, maven: Path) -> bool:
    """Runs every module's tests and checks on our terminal; where all pass, their jars become the kernel's."""
    before = source_hash()
    argv = [maven, "-B", "-ntp", "--fail-at-end", "verify", *CLASS_PATH_GOAL]
    with _distrusted_until_done():
        status = run(argv, cwd=layout.ROOT, env=java.environment())
    if status == 0:
        stage(before)
    return status == 0


def verify_on_m1(java: Java, maven: Path) -> bool:
    """What depends on ND4J on the release that the newest cards need, on its CPU backend; in folders of its own."""
    argv = [maven, "-B", "-ntp", "-Pnd4j-m1", "-pl", "eglr-samediff", "-am", "-Dspotless.check.skip=true", "test"]
    return run(argv, cwd=layout.ROOT, env=java.environment()) == 0


@contextlib.contextmanager
def _distrusted_until_done():
    """Maven takes a class or jar newer than its sources as done, even one cut short: after such a run, compile anew."""
    if UNFINISHED.exists():
        for classes in layout.ROOT.glob("*/target/classes"):
            shutil.rmtree(classes)
    layout.KERNEL.mkdir(parents=True, exist_ok=True)
    UNFINISHED.touch()
    yield
    UNFINISHED.unlink(missing_ok=True)


def stage(sources: str) -> None:
    lay_out(_runtime_jars(), layout.KERNEL_LIB, STAMP)
    _stage_sources()
    write_stamp(STAMP, sources)


def lay_out(jars: list, folder: Path, stamp: Path) -> None:
    """Swaps a new folder in: a kernel that runs keeps its open jars, an interrupt leaves no stamp."""
    missing = [str(jar) for jar in jars if not jar.is_file()]
    if missing:
        raise Problem(f"the build left no {missing[0]}.", "run `mvn clean`, then again.")
    new, old = (folder.with_name(f"{folder.name}.{state}") for state in ("new", "old"))
    for leftover in (new, old):
        shutil.rmtree(leftover, ignore_errors=True)
    new.mkdir()
    for jar in jars:
        _place_jar(jar, new / jar.name)
    stamp.unlink(missing_ok=True)
    if folder.exists():
        folder.rename(old)
    new.rename(folder)
    shutil.rmtree(old, ignore_errors=True)


def write_stamp(stamp: Path, sources: str) -> None:
    partial = stamp.with_suffix(".new")
    partial.write_text(json.dumps({"sources": sources}) + "\n")
    partial.replace(stamp)


def _stage_sources() -> None:
    """The modules' sources beside lib: Shift-Tab shows their Javadoc. Not in lib: they are no part of the class path."""
    shutil.rmtree(SOURCES, ignore_errors=True)
    SOURCES.mkdir()
    for pom in module_poms():
        for jar in pom.parent.glob(f"target/eglr-*-{version()}-sources.jar"):
            shutil.copyfile(jar, SOURCES / jar.name)


def _runtime_jars() -> list:
    module = layout.ROOT / "kernel-ext"
    listed = (module / CLASS_PATH_FILE).read_text().strip()
    jars = [module / "target" / f"eglr-kernel-ext-{version()}.jar"]
    jars += [Path(entry) for entry in listed.split(os.pathsep) if entry]
    return jars


def _place_jar(jar: Path, target: Path) -> None:
    """Links released jars (100 MB of native code), copies our own: Maven rewrites those in place."""
    if not jar.is_relative_to(layout.ROOT):
        try:
            os.link(jar.resolve(), target)
            return
        except OSError:
            pass  # another file system: copy
    shutil.copyfile(jar, target)


def _news(log: str) -> str:
    modules = re.findall(r"^\[INFO\] Building (EGLR.*?) \S+ +\[(\d+/\d+)\]", log, re.MULTILINE)
    downloads = log.count("\nDownloaded from") + log.count("[INFO] Downloaded from")
    parts = [f"{name} [{number}]" for name, number in modules[-1:]]
    if downloads:
        parts.append(f"{downloads} downloads")
    return ", ".join(parts)


def _remedy(log: str) -> str:
    if re.search(r"Could not (transfer|find|resolve)|Unknown host|Cannot access|UnresolvableModel|timed out", log):
        return (
            "Maven could not fetch something (the [ERROR] lines name it). The first build needs Maven Central:\n"
            "check the network, or set a proxy or mirror in ~/.m2/settings.xml. What was fetched is kept."
        )
    return "mend what the [ERROR] lines name, then run the same command again."
