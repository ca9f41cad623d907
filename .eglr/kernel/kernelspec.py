"""Our Jupyter kernel as a kernelspec: one JVM, started directly on our own kernel class."""

import json
import os
import re
import shutil
import sys
import tempfile
import zipfile
from pathlib import Path

from kernel import own_kernel
from setup import spark
from setup.tools import Java
from shared import layout, places
from shared.console import Problem

NAME = "eglr"
DISPLAY_NAME = "EGLR (Java)"
SPARK_NAME = "eglr-spark"  # made by --spark alone
SPARK_DISPLAY_NAME = "EGLR on Spark (Java)"
HEAP_MIB = 2048  # enough for the tutorials; as much again is there for ND4J's arrays
VECTORS = "jdk.incubator.vector"
# One thread each: ND4J's spinning barriers cost far more than a second thread brings.
THREADS = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
STARTUP_IMPORTS = [
    "org.eglr",
    "org.eglr.data",
    "org.eglr.data.sim",
    "org.eglr.kernel",
    "org.eglr.kernel.course",
    "org.eglr.reasoning",
    "org.eglr.train",
    "org.eglr.metrics",
    "org.eglr.decode",
    "org.eglr.experiment",
    "tech.tablesaw.api",
    "java.nio.file",
]


def describe(java: Java, name: str = NAME) -> dict:
    """The content of kernel.json."""
    options, path = [f"-XX:SharedArchiveFile={own_kernel.archive(java)}", "-Xlog:disable"], own_kernel.class_path()
    display_name = DISPLAY_NAME if name == NAME else f"{DISPLAY_NAME}: {name}"
    if name == SPARK_NAME:  # the archive is good for one class path only
        options, path, display_name = [*spark.OPENS, spark.QUIET], _spark_class_path(), SPARK_DISPLAY_NAME
    return {
        "argv": [str(java.exe), *kernel_options(java), *options, "-cp", path, own_kernel.MAIN, "{connection_file}"],
        "display_name": display_name,
        "language": "java",
        "interrupt_mode": "message",
        "env": {**kernel_environment(), **({"SPARK_LOCAL_IP": "127.0.0.1"} if name == SPARK_NAME else {})},
        "metadata": {"debugger": False, "made_by": "eglr"},
    }


def _spark_class_path() -> str:
    """Spark's jars before ours: it needs Jackson and SLF4J of its own versions, with which we run as well."""
    kernel, own, lib = own_kernel.class_path().split(os.pathsep)
    return os.pathsep.join([kernel, own, str(spark.LIB / "*"), lib])


def kernel_options(java: Java) -> list:
    """The kernel reaches into JShell for the values of variables."""
    return [*jvm_options(java), "--add-opens=jdk.jshell/jdk.jshell=ALL-UNNAMED"]


def kernel_environment() -> dict:
    return {**THREADS, "JJAVA_STARTUP_SCRIPT": startup_script(), **_locale()}


def _locale() -> dict:
    """Java finds no class in a folder with other letters than ASCII unless the locale has them; Jupyter's may not."""
    return {} if own_kernel.class_path().isascii() else {own_kernel.LOCALE: places.locale_in_use()}


def jvm_options(java: Java) -> list:
    """What every JVM of ours runs with."""
    return [
        f"-Xmx{heap_mib()}m",
        "-XX:+UseParallelGC",
        "-XX:-UseGCOverheadLimit",  # thrown in whichever thread asks for memory, those that carry Jupyter's messages too
        "-XX:InitialSurvivorRatio=16",  # see MemoryReserve
        "-XX:MinSurvivorRatio=16",
        "-Dfile.encoding=UTF-8",  # JDK 17 would take the locale's, and write ? for é in silence
        "-Djava.awt.headless=true",  # charts are drawn off screen
        "-Dorg.bytedeco.javacpp.maxphysicalbytes=0",  # its check costs a third of the training time
        "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
        "-Dorg.slf4j.simpleLogger.log.org.nd4j.imports=error",  # warns of operations of TensorFlow, which nobody here reads
        f"-Deglr.data={layout.data_dir()}",
        *_vectors(java),
        *java.native_flags(),
    ]


def _vectors(java: Java) -> list:
    """The engine is three times as fast with this module; a Java that lists its modules without it runs too."""
    try:
        release = (java.home / "release").read_text()
    except OSError:
        release = ""
    return [] if "MODULES=" in release and VECTORS not in release else [f"--add-modules={VECTORS}"]


def heap_mib() -> int:
    """EGLR_HEAP_MIB, or 2 GiB; at most half of what the machine has, since ND4J's arrays lie outside of the heap."""
    chosen = os.environ.get("EGLR_HEAP_MIB")
    if chosen:
        if not re.fullmatch(r"[1-9][0-9]{2,6}", chosen):
            raise Problem(f"EGLR_HEAP_MIB is {chosen!r}.", "give the kernel's heap in MiB, 100 or more: 4096.")
        return int(chosen)
    half = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 2**21
    return min(HEAP_MIB, half)


def startup_script() -> str:
    """Imports for the reader, of packages that the built jars hold: JShell stumbles over any other."""
    present = {"java.nio.file"}
    for jar in [*layout.KERNEL_LIB.glob("eglr-*.jar"), *layout.KERNEL_LIB.glob("tablesaw-core-*.jar")]:
        with zipfile.ZipFile(jar) as archive:
            present |= {n.rpartition("/")[0].replace("/", ".") for n in archive.namelist() if n.endswith(".class")}
    return " ".join(f"import {package}.*;" for package in STARTUP_IMPORTS if package in present)


def user_kernels() -> Path:
    """Where Jupyter looks for a user's own kernels."""
    chosen = os.environ.get("JUPYTER_DATA_DIR")
    if chosen:
        return Path(chosen).expanduser().absolute() / "kernels"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Jupyter" / "kernels"
    share = os.environ.get("XDG_DATA_HOME") or "~/.local/share"
    return Path(share).expanduser() / "jupyter" / "kernels"


def install(java: Java, kernels: Path, name: str = NAME) -> bool:
    """Writes kernels/name/kernel.json whole or not at all; says whether anything changed."""
    check_target(kernels, name)
    own_kernel.ensure(java, kernel_options(java), kernel_environment())
    folder = kernels / name
    text = _text(java, name)
    if folder.exists():
        if is_current(java, folder):
            return False
        _write(folder / "kernel.json", text)
        return True
    kernels.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".eglr-", dir=kernels) as temporary:
        new = Path(temporary) / name
        new.mkdir()
        _write(new / "kernel.json", text)
        new.rename(folder)
    return True


def is_current(java: Java, folder: Path) -> bool:
    return (folder / "kernel.json").read_text() == _text(java, folder.name)


def check_target(kernels: Path, name: str) -> None:
    """Refuses a name Jupyter would not take, and to replace a kernel that is not ours."""
    _check_name(name)
    if (kernels / name).exists():
        _check_ours(kernels / name)


def uninstall(kernels: Path, name: str = NAME) -> Path:
    """Removes the kernelspec; one that ./eglr did not write stays."""
    _check_name(name)
    folder = kernels / name
    if not folder.exists():
        raise Problem(f"no kernel `{name}` in {kernels}.", "`jupyter kernelspec list` shows where kernels lie.")
    _check_ours(folder)
    shutil.rmtree(folder)
    return folder


def _text(java: Java, name: str) -> str:
    return json.dumps(describe(java, name), indent=1) + "\n"


def _check_name(name: str) -> None:
    if not re.fullmatch(r"[a-z0-9._-]+", name) or set(name) <= {"."}:
        raise Problem(f"kernel name `{name}`: Jupyter allows small letters, digits, `.`, `_` and `-` only.")


def _check_ours(folder: Path) -> None:
    try:
        ours = json.loads((folder / "kernel.json").read_text())["metadata"]["made_by"] == "eglr"
    except (OSError, ValueError, KeyError, TypeError):
        ours = False
    if not ours:
        raise Problem(f"{folder} holds a kernel that ./eglr did not make; it stays as it is.", "choose another --name.")


def _write(file: Path, text: str) -> None:
    partial = file.with_suffix(".new")
    partial.write_text(text)
    partial.replace(file)
