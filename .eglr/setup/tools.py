"""The tools a machine must bring: a JDK, Maven, Python with venv. Each failure names what was found and the remedy."""

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from shared.console import Problem

JAVA_AT_LEAST = 17
MAVEN_AT_LEAST = (3, 6, 3)
UNSAFE_NEEDS_FLAGS_SINCE = 24


@dataclass(frozen=True)
class Java:
    home: Path
    version: str
    major: int

    @property
    def exe(self) -> Path:
        return self.home / "bin" / "java"

    def environment(self) -> dict:
        """Our environment with JAVA_HOME set, so that Maven runs on the very JDK that was checked."""
        return {**os.environ, "JAVA_HOME": str(self.home)}

    def native_flags(self) -> list:
        """What newer JDKs want to hear before native libraries load without warnings."""
        if self.major < UNSAFE_NEEDS_FLAGS_SINCE:
            return []
        return ["--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"]


def _how_to_get(debian: str, mac: str, then: str = "") -> str:
    return (
        f"Debian, Ubuntu   sudo apt-get install {debian}\n"
        f"macOS            brew install {mac}\n"
        f"Windows          in WSL (wsl --install), as on Ubuntu" + (f"\n{then}" if then else "")
    )


JDK_REMEDY = _how_to_get("openjdk-17-jdk", "openjdk@17", "Another JDK that is there: set JAVA_HOME to its folder.")
MAVEN_REMEDY = _how_to_get("maven", "maven")
PYTHON_REMEDY = _how_to_get("python3 python3-venv python3-pip", "python@3.12")


def _output(argv) -> tuple:
    try:
        done = subprocess.run([str(a) for a in argv], capture_output=True, text=True, errors="replace", timeout=60)
    except (OSError, subprocess.TimeoutExpired) as error:
        return 1, str(error)
    return done.returncode, done.stdout + done.stderr


def find_java() -> Java:
    """The JDK of JAVA_HOME, or else of the PATH."""
    home = os.environ.get("JAVA_HOME")
    if home:
        exe, where = Path(home) / "bin" / "java", f"JAVA_HOME={home}"
        if not exe.is_file():
            raise Problem(f"JDK: JAVA_HOME is {home}, which holds no bin/java.", "unset JAVA_HOME, or:\n" + JDK_REMEDY)
    else:
        found = shutil.which("java")
        if not found:
            raise Problem(
                f"JDK: no `java` on the PATH, and JAVA_HOME is not set. EGLR needs JDK {JAVA_AT_LEAST} or newer.",
                JDK_REMEDY,
            )
        exe = where = found
    status, text = _output([exe, "-XshowSettings:properties", "-version"])
    properties = dict(re.findall(r"^\s+(java\.\S+) = (.*\S)\s*$", text, re.MULTILINE))
    if status or "java.home" not in properties:
        last = (text.strip().splitlines() or ["no output"])[-1]
        raise Problem(f"JDK: {exe} does not run: {last}", JDK_REMEDY)
    version = properties["java.version"]
    major = int(re.match(r"(?:1\.)?(\d+)", version).group(1))
    if major < JAVA_AT_LEAST:
        raise Problem(f"JDK: found Java {version} ({where}); EGLR needs JDK {JAVA_AT_LEAST} or newer.", JDK_REMEDY)
    java = Java(Path(properties["java.home"]), version, major)
    if not (java.home / "bin" / "javac").is_file():
        raise Problem(
            f"JDK: Java {version} in {java.home} is a runtime without javac; EGLR needs the whole JDK.", JDK_REMEDY
        )
    return java


def find_maven(java: Java) -> tuple:
    """Maven's path and version."""
    exe = shutil.which("mvn")
    if not exe:
        raise Problem("Maven: no `mvn` on the PATH.", MAVEN_REMEDY)
    try:
        done = subprocess.run([exe, "-v"], capture_output=True, text=True, timeout=60, env=java.environment())
    except (OSError, subprocess.TimeoutExpired) as error:
        raise Problem(f"Maven: {exe} does not run: {error}", MAVEN_REMEDY) from None
    found = re.search(r"Apache Maven (\d+)\.(\d+)\.(\d+)", done.stdout)
    if not found:
        last = ((done.stdout + done.stderr).strip().splitlines() or ["no output"])[-1]
        raise Problem(f"Maven: {exe} does not run: {last}", MAVEN_REMEDY)
    numbers = tuple(int(n) for n in found.groups())
    version = ".".join(found.groups())
    if numbers < MAVEN_AT_LEAST:
        raise Problem(
            f"Maven: found {version} ({exe}); EGLR needs {'.'.join(map(str, MAVEN_AT_LEAST))} or newer.", MAVEN_REMEDY
        )
    return Path(exe), version


def check_python() -> str:
    """This Python's version; it can make virtual environments with pip (Debian ships that part separately)."""
    version = ".".join(map(str, sys.version_info[:3]))
    missing = [m for m in ("venv", "ensurepip") if importlib.util.find_spec(m) is None]
    if missing:
        raise Problem(
            f"Python: {version} ({sys.executable}) lacks {' and '.join(missing)}: it can make no virtual environment.",
            PYTHON_REMEDY,
        )
    return version
