"""./eglr doctor: what is there, what is missing, and the remedy of each."""

import os
import shutil
import subprocess
import zipfile
from dataclasses import dataclass

from data import movielens
from doctor import probes
from gpu import cards
from kernel import kernelspec
from setup import build, environment, tools
from shared import layout, places
from shared.console import Problem, hang, say

MEMORY_GIB = 3  # what the quick start may take at most
DISK_GIB = 2  # .venv, Maven's repository and target/ together
BACKEND_CHECK = "org.eglr.Doctor"
MADE_BY_QUICKSTART = "./eglr quickstart makes it"


@dataclass(frozen=True)
class Row:
    """`ok`, `to do` (the quick start does it) or `missing` (the quick start cannot run)."""

    check: str
    state: str
    found: str
    remedy: str = ""


def run(speed: bool = False) -> int:
    rows = examine(speed)
    widths = [max(len(getattr(r, c)) for r in rows) for c in ("check", "state")]
    for r in rows:
        say(f"{r.check:{widths[0]}}  {r.state:{widths[1]}}  {r.found}")
        if r.remedy:
            say(hang(" " * (sum(widths) + 4) + "-> ", r.remedy))
    missing = [r for r in rows if r.state == "missing"]
    say()
    say(verdict(missing))
    return 1 if missing else 0


def verdict(missing: list) -> str:
    """One line; with the remedy where that is a short one."""
    if not missing:
        return "./eglr quickstart can run."
    said = f"./eglr quickstart cannot run yet: {', '.join(r.check for r in missing)}."
    first = next((r for r in missing if r.check == "Checkout"), missing[0])
    short = first.remedy and "\n" not in first.remedy
    return " ".join([said, *(text[0].upper() + text[1:] for text in (first.found, first.remedy))]) if short else said


def examine(speed: bool = False) -> list:
    rows, java = [], None
    try:
        java = tools.find_java()
        rows.append(Row("Java", "ok", f"{java.version} in {java.home}"))
    except Problem as problem:
        rows.append(_missing("Java", problem))
    try:
        if java is None and shutil.which("mvn"):
            rows.append(Row("Maven", "ok", f"{shutil.which('mvn')}; its version shows once Java is there"))
        else:
            exe, version = tools.find_maven(java)
            rows.append(Row("Maven", "ok", f"{version} at {exe}"))
    except Problem as problem:
        rows.append(_missing("Maven", problem))
    try:
        rows.append(Row("Python", "ok", tools.check_python()))
    except Problem as problem:
        rows.append(_missing("Python", problem))
    rows += [_tried("Checkout", probes.checkout), _tried("Home", probes.home), _tried("Loopback", probes.loopback)]
    if java:
        rows.append(_tried("JVM", lambda: probes.jvm(java)))
    if not environment.is_complete() and all(r.state == "ok" for r in rows if r.check in ("Checkout", "Python")):
        rows.append(_tried("Virtual environment", probes.virtual_environment))
    rows += [_environment(), _jjava(), _kernel(java), _build(), _data()]
    rows += [Row("Threads", "ok", f"{os.cpu_count()} cores; the kernel's ND4J uses one (OMP_NUM_THREADS=1)")]
    rows += [_memory(), _disk(), _card()]
    if java:
        rows += backend(java, speed)
    return rows


def _missing(check: str, problem: Problem) -> Row:
    return Row(check, "missing", problem.what, problem.remedy)


def _tried(check: str, probe) -> Row:
    """What the quick start will do, done for a moment."""
    try:
        return Row(check, "ok", probe())
    except Problem as problem:
        return _missing(check, problem)
    except OSError as error:
        return _missing(check, places.problem(error))


def _environment() -> Row:
    if environment.is_complete():
        return Row("Environment", "ok", str(layout.VENV))
    if layout.VENV.exists() and not environment.OURS.exists() and any(layout.VENV.iterdir()):
        return Row("Environment", "missing", f"{layout.VENV} is not ours", "move it away")
    found = "incomplete or for other requirements" if layout.VENV.exists() else "not there"
    return Row("Environment", "to do", found, MADE_BY_QUICKSTART)


def _jjava() -> Row:
    if environment.JJAVA_JAR.is_file():
        return Row("JJava", "ok", str(environment.JJAVA_JAR))
    return Row("JJava", "to do", "no jjava.jar", MADE_BY_QUICKSTART)


def _kernel(java) -> Row:
    file = layout.VENV_KERNELS / kernelspec.NAME / "kernel.json"
    if not file.is_file():
        return Row("Kernel", "to do", "not installed", MADE_BY_QUICKSTART)
    if java and kernelspec.is_current(java, file.parent):
        return Row("Kernel", "ok", f"{kernelspec.DISPLAY_NAME} in {file.parent}")
    return Row("Kernel", "to do", f"{file} is for another Java, build or data folder", MADE_BY_QUICKSTART)


def _build() -> Row:
    if build.is_fresh():
        return Row("Build", "ok", f"{layout.KERNEL_LIB}, up to date with the sources")
    found = "older than the sources" if build.stamped_hash() else "not built"
    return Row("Build", "to do", found, MADE_BY_QUICKSTART)


def _data() -> Row:
    if movielens.is_complete():
        return Row("MovieLens 100K", "ok", str(movielens.folder()))
    if movielens.folder().exists():
        return Row(
            "MovieLens 100K", "to do", f"{movielens.folder()} has other contents", "move it away, or use --data PATH"
        )
    return Row("MovieLens 100K", "to do", f"not in {layout.data_dir()}", "./eglr data ml-100k, or --data simulated")


def _memory() -> Row:
    gib = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30
    found = f"{gib:.1f} GiB"
    if gib < MEMORY_GIB:
        return Row("Memory", "missing", found, f"the quick start may take {MEMORY_GIB} GiB")
    return Row("Memory", "ok", found)


def _disk() -> Row:
    gib = shutil.disk_usage(layout.ROOT).free / 2**30
    found = f"{gib:.1f} GiB free"
    if gib < DISK_GIB and not (build.is_fresh() and environment.is_complete()):
        return Row("Disk", "missing", found, f"set-up takes about {DISK_GIB} GiB")
    return Row("Disk", "ok", found)


def _card() -> Row:
    """What the driver says; what ND4J makes of it is the row GPU."""
    card, why = cards.find()
    if card is None:
        return Row("NVIDIA card", "ok", f"none ({why})")
    remedy = f"./eglr gpu-check puts it to the check with -P{card.profile}"
    return Row("NVIDIA card", "ok", card.described(), remedy)


def backend(java, speed: bool = False) -> list:
    """Asks the built jars: org.eglr.Doctor prints a line `check TAB state TAB found TAB remedy` per check."""
    if not build.stamped_hash():
        return [Row("ND4J backend", "to do", "not checked: nothing is built", "./eglr quickstart, then ./eglr doctor")]
    entry = BACKEND_CHECK.replace(".", "/") + ".class"
    if not any(entry in zipfile.ZipFile(jar).namelist() for jar in layout.KERNEL_LIB.glob("eglr-*.jar")):
        return [Row("ND4J backend", "to do", f"not checked: this build has no {BACKEND_CHECK}")]
    options = [*kernelspec.jvm_options(java), "-cp", str(layout.KERNEL_LIB / "*"), BACKEND_CHECK, *(["speed"] if speed else [])]
    env = {**os.environ, **kernelspec.THREADS}
    try:
        done = subprocess.run([java.exe, *options], capture_output=True, text=True, timeout=600 if speed else 120, env=env)
        lines, status, errors = done.stdout.splitlines(), done.returncode, done.stderr
    except subprocess.TimeoutExpired:
        lines, status, errors = [], 1, "no answer within 120 s"
    rows = [Row(*line.split("\t")[:4]) for line in lines if line.count("\t") >= 2]
    if status or not rows:
        last = (errors.strip().splitlines() or ["it printed nothing"])[-1]
        rows.append(Row("ND4J backend", "missing", f"{BACKEND_CHECK} failed: {last}"))
    return rows
