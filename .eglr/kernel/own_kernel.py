"""Our kernel class, which extends JJava's: compiled against the jjava.jar it runs on, with an archive of its classes.

Maven cannot do it: JJava's kernel is in no Maven repository, only in the Python package that .venv holds.
"""

import hashlib
import os
import re
import subprocess
import tempfile
import zipfile
from pathlib import Path

from setup import build, environment
from setup.tools import Java
from shared import layout
from shared.console import Problem, Progress, child, tail

MAIN = "org.eglr.kernel.jjava.KernelMain"
SOURCES = layout.ROOT / "kernel-ext" / "src" / "main" / "jjava"
FOLDER = layout.KERNEL / "own"
JAR = FOLDER / "eglr-own-kernel.jar"
RELEASE = 17  # one jar for every Java that we run on
PRACTICE_S = 120
LOCALE = "LC_ALL"
NO_TIME = (1980, 1, 1, 0, 0, 0)


def class_path() -> str:
    """The same text wherever a JVM starts: the archive is good for one class path only."""
    return os.pathsep.join([str(environment.JJAVA_JAR), str(JAR), str(layout.KERNEL_LIB / "*")])


def archive(java: Java) -> Path:
    """Where the class-data archive for one Java lies: an archive suits the very Java that made it."""
    home = hashlib.sha256(str(java.home).encode()).hexdigest()[:8]
    return FOLDER / f"classes-{re.sub(r'[^0-9A-Za-z.]', '_', java.version)}-{home}.jsa"


def ensure(java: Java, options: list, env: dict) -> None:
    """Makes the jar and the archive where they are missing or for another build."""
    key = _key()
    FOLDER.mkdir(parents=True, exist_ok=True)
    if not JAR.is_file() or _stamped(JAR) != key:
        _compile(java)
        _stamp(JAR, key)
    settings = {name: value for name, value in env.items() if name != LOCALE}  # the archive is good in any
    key = hashlib.sha256(f"{key}{options}{settings}{JAR.stat().st_mtime_ns}".encode()).hexdigest()
    if not archive(java).is_file() or _stamped(archive(java)) != key:
        if _practise(java, options, env):
            _stamp(archive(java), key)


def _key() -> str:
    """The sources, the JJava they are compiled against, and the build they go with."""
    digest = hashlib.sha256(build.stamped_hash().encode())
    for file in [*_sources(), environment.JJAVA_JAR]:
        digest.update(f"{file.name}\0".encode() + hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def _sources() -> list:
    return sorted(SOURCES.rglob("*.java"))


def _compile(java: Java) -> None:
    with tempfile.TemporaryDirectory(dir=FOLDER) as temporary:
        classes, jar = Path(temporary) / "classes", Path(temporary) / "new.jar"
        path = os.pathsep.join([str(environment.JJAVA_JAR), str(layout.KERNEL_LIB / "*")])
        options = ["--release", str(RELEASE), "-Xlint:all,-path,-serial,-processing,-options", "-Werror", "-proc:none"]
        argv = [java.home / "bin" / "javac", *options, "-d", classes, "-cp", path, *_sources()]
        done = subprocess.run([str(a) for a in argv], capture_output=True, text=True, errors="replace")
        if done.returncode:
            text = f"our kernel does not compile against {environment.JJAVA_JAR}:\n{tail(done.stdout + done.stderr)}"
            raise Problem(text, "if you changed no sources: remove .venv and target/kernel, then run again.")
        with zipfile.ZipFile(jar, "w") as packed:
            for file in sorted(classes.rglob("*.class")):
                packed.writestr(zipfile.ZipInfo(file.relative_to(classes).as_posix(), NO_TIME), file.read_bytes())
        jar.replace(JAR)  # a kernel that runs keeps the file it opened


def _practise(java: Java, options: list, env: dict) -> bool:
    """Lets a kernel run a few cells and keep what it loaded. Without the archive a kernel starts too, only slower."""
    new = archive(java).with_suffix(".new")
    argv = [java.exe, *options, f"-XX:ArchiveClassesAtExit={new}", "-cp", class_path(), MAIN, "--practice"]
    log = layout.LOGS / "class-data.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    with open(log, "wb") as out, Progress("Preparing a quick start of the kernel"):
        try:
            with child(argv, env={**os.environ, **env}, stdin=subprocess.DEVNULL, stdout=out, stderr=out) as process:
                status = process.wait(PRACTICE_S)
        except (OSError, subprocess.TimeoutExpired):
            status = 1
    if status or not new.is_file():
        new.unlink(missing_ok=True)
        return False
    new.replace(archive(java))
    return True


def _stamped(file: Path) -> str:
    try:
        return file.with_name(file.name + ".key").read_text()
    except OSError:
        return ""


def _stamp(file: Path, key: str) -> None:
    file.with_name(file.name + ".key").write_text(key)
