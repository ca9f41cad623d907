"""What ./eglr doctor tries out: each of these does for a moment what the quick start will do. Each ends in a Problem."""

import os
import pwd
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from kernel import kernelspec
from setup import build
from setup.tools import Java
from shared import layout, places
from shared.console import Problem

JVM_PROBE = layout.SCRIPTS / "doctor" / "JvmProbe.java"
LETTERS = "é ü 七"  # with them, folders are names that Java cannot read but in UTF-8
LIMIT_S = 60


def checkout() -> str:
    places.check_writable()
    folder = layout.TARGET if layout.TARGET.is_dir() else layout.ROOT
    locks = "" if places.has_locks(folder) else "; its file system has no locks: run one ./eglr at a time"
    return f"{layout.ROOT} can be written to{locks}"


def virtual_environment() -> str:
    """Makes one without pip where .venv will be, and runs its Python."""
    with tempfile.TemporaryDirectory(prefix=".eglr-venv-", dir=layout.ROOT) as folder:
        _run([sys.executable, "-m", "venv", "--without-pip", folder], "an environment cannot be made")
        python = Path(folder) / "bin" / "python"
        _run([python, "-c", ""], "a program in the checkout does not run", "clone it where programs may run (no noexec).")
    return f"can be made in {layout.ROOT}"


def loopback() -> str:
    places.check_loopback()
    return "127.0.0.1 answers"


def jvm(java: Java) -> str:
    """Starts a JVM as our kernel's; it reads its source from, and writes to, a folder with other letters than ASCII."""
    with tempfile.TemporaryDirectory(prefix="eglr-") as base:
        folder = Path(base) / LETTERS
        try:
            folder.mkdir()
            shutil.copy2(JVM_PROBE, folder)
        except (OSError, UnicodeError) as error:
            raise Problem(f"a folder `{LETTERS}` cannot be made in {Path(base).parent}: {error}.") from None
        written = folder / f"{LETTERS}.txt"
        options = kernelspec.jvm_options(java)
        _run([java.exe, *options, folder / JVM_PROBE.name, written], f"{java.exe} does not start as the kernel will")
        if not written.is_file():
            raise Problem(f"Java writes the file `{written.name}` under another name.", places.UTF8_REMEDY)
        encoding = written.read_text()
    return f"starts with {options[0]}; files are named in {encoding or 'UTF-8'}"


def _run(argv: list, what: str, remedy: str = "") -> None:
    try:
        done = subprocess.run([str(a) for a in argv], capture_output=True, text=True, errors="replace", timeout=LIMIT_S)
        status, said = done.returncode, done.stderr + done.stdout
    except subprocess.TimeoutExpired:
        status, said = 1, f"no end within {LIMIT_S} s"
    except OSError as error:
        status, said = 1, error.strerror or str(error)
    if status:
        telling = [line.strip() for line in said.splitlines() if re.search(r"\w", line)] or [f"exit status {status}"]
        found = next((line for line in telling if re.search(r"(?i)error|exception|could not|denied", line)), telling[-1])
        raise Problem(f"{what}: {found}", remedy)


def maven_repository() -> Path:
    """Where Maven keeps what it fetches, as far as its settings tell without starting it."""
    options = f"{os.environ.get('MAVEN_OPTS', '')} {os.environ.get('MAVEN_ARGS', '')}"
    chosen = re.search(r"-Dmaven\.repo\.local=(\S+)", options)
    if chosen:
        return Path(chosen[1])
    settings = _home() / ".m2" / "settings.xml"
    named = None
    if os.access(settings, os.R_OK):
        named = re.search(r"<localRepository>\s*([^<$]+?)\s*</localRepository>", settings.read_text(errors="replace"))
    return Path(named[1]) if named else _home() / ".m2" / "repository"


def _home() -> Path:
    """Java's user.home, which is the system's word rather than HOME's."""
    try:
        return Path(pwd.getpwuid(os.getuid()).pw_dir)
    except KeyError:
        return Path.home()


def home() -> str:
    """The folders outside of the checkout that set-up and a kernel write into."""
    runtime = os.environ.get("JUPYTER_RUNTIME_DIR")
    runtime = Path(runtime) if runtime else kernelspec.user_kernels().parent / "runtime"
    wanted = [(runtime, "Jupyter's running kernels", "set JUPYTER_RUNTIME_DIR to a folder of yours")]
    wanted += [(Path(tempfile.gettempdir()), "temporary files", "set TMPDIR to a folder of yours")]
    if not build.is_fresh():
        wanted += [(maven_repository(), "what Maven fetches", "set MAVEN_OPTS=-Dmaven.repo.local=FOLDER, one of yours")]
    for folder, what, remedy in wanted:
        try:
            places.try_writing(folder)
        except OSError as error:
            raise Problem(f"{folder}, for {what}, cannot be written to: {error.strerror}.", f"{remedy}.") from None
    return "what Maven, Jupyter and Python keep outside of the checkout can be written"
