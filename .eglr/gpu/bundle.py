"""./eglr gpu-bundle: a runtime for cards that no released ND4J runs on, made from ND4J 1.0.0-M1.1.

Its library holds PTX for compute capability 8.6 beside machine code up to 8.6. The PTX is assembled ahead of time for
the card's architecture (a driver would need the better part of an hour, and for one module's sake would crash), and put
in the machine code's place. CUDA 11's own libraries are not carried: forwarding ones hand calls to those of CUDA 13.

Everything is made below target/gpu; whatever is there already is used again, so an interrupted run goes on.
"""

import argparse
import json
import os
import re
import shutil
import sys
import tarfile
import zipfile
from pathlib import Path

from gpu import PACKED as PACKED_SCRIPTS
from gpu import assemble, cards, shim
from setup import tools
from shared import layout
from shared.console import Problem, Progress, run_logged, say

FOLDER = layout.TARGET / "gpu"
PROFILE = "cuda-hopper"
NEEDED_MODULES = (
    "java.base,java.logging,java.management,java.naming,java.sql,java.xml,jdk.management,jdk.unsupported,"
    "jdk.incubator.vector"
)
LZ4 = "lz4==4.4.5"
CUDART = "nvidia-cuda-runtime-cu11==11.8.89"
# ptxas 11.8 knows architectures up to sm_90; what its wheel is called and where in it ptxas lies.
PTXAS = {
    "old": ("nvidia-cuda-nvcc-cu11==11.8.89", "nvidia/cuda_nvcc/bin/ptxas"),
    "new": ("nvidia-cuda-nvcc==13.0.88", "nvidia/cu13/bin/ptxas"),
}
ND4J_LIBRARIES = ["libnd4jcuda.so", "libjnind4jcuda.so"]
ND4J_JAR, CUDA_JAR = r"/nd4j-cuda-11\.2-\d[^/]*-linux-x86_64", r"/cuda-11\.2-[^/]*-linux-x86_64"
CUDA_LIBRARIES = ["libjnicudart.so", "libjnicublas.so", "libjnicusolver.so", "libjnicusparse.so"]
PACKED = {
    PACKED_SCRIPTS / "gpu_run.py": "run.py",
    PACKED_SCRIPTS / "gpu_report.py": "report.py",
    **{PACKED_SCRIPTS / name: name for name in ("gpu_times.py", "gpu_torch.py", "gpu_pace.py", "gpu_peer.py")},
    layout.PEER / "eglr_torch.py": "eglr_torch.py",
}
LARGEST = 60_000_000  # bytes of a packed folder: what some machines take in
NEEDS = "on a Linux machine with the card, Python and CUDA 13's libraries: python3 run.py"
# The check touches none of these; CUDA's large jars are laid out in lib/ instead.
LEFT_OUT = re.compile(
    r"fastutil|icu4j|lightgbm4j|univocity|classgraph|RoaringBitmap|openblas|/guava-\d+\.\d+\.\d+-jre|checker-qual|error_prone"
    rf"|j2objc|jsr305|failureaccess|listenablefuture|{ND4J_JAR}|{CUDA_JAR}"
)


def run(argv) -> int:
    parser = argparse.ArgumentParser(prog="./eglr gpu-bundle", description=__doc__.split("\n")[0], allow_abbrev=False)
    parser.add_argument("--arch", help="sm_90 (H100, H200), sm_100, sm_120, ...; default: that of this machine's card")
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), help="modules assembled at once")
    parser.add_argument("--pack", type=Path, metavar="FOLDER", help="also pack it for a machine without a network")
    asked = parser.parse_args(argv)
    runtime = make(asked.arch or _own_architecture(), asked.jobs)
    say(f"Runtime   {layout.shown(runtime)}")
    if asked.pack:
        pack(runtime, asked.pack)
    return 0


def _own_architecture() -> str:
    card, why = cards.find()
    if card is None:
        raise Problem(f"for which card? {why}.", "name its architecture: ./eglr gpu-bundle --arch sm_90")
    return card.architecture


def number(architecture: str) -> int:
    """90 for sm_90; refuses what the PTX cannot be assembled for."""
    found = re.fullmatch(r"sm_(\d{2,3})", architecture)
    if not found or int(found[1]) < 86:
        raise Problem(f"architecture {architecture}: sm_86 or a newer one is needed.", "older cards: -Pcuda")
    return int(found[1])


def make(architecture: str, jobs: int) -> Path:
    """The runtime's folder: jre/, jars/, lib/."""
    arch = number(architecture)
    place = FOLDER / architecture
    runtime = place / "runtime"
    jars = class_path()
    python, ptxas = _tools(arch)
    _unzip(_jar(jars, ND4J_JAR), ND4J_LIBRARIES, FOLDER / "nd4j")
    for part in ("lib", "jars", "jre"):
        shutil.rmtree(runtime / part, ignore_errors=True)
    lib = runtime / "lib"
    lib.mkdir(parents=True)
    _unzip(_jar(jars, CUDA_JAR), CUDA_LIBRARIES, lib)
    shutil.copy2(FOLDER / "nd4j" / "libjnind4jcuda.so", lib)
    _translate(python, ptxas, place, arch, architecture, jobs, lib / "libnd4jcuda.so")
    shutil.copy2(_site(python) / "nvidia/cuda_runtime/lib/libcudart.so.11.0", lib)
    callers = sorted(lib.glob("*.so"))
    for soname, targets in shim.FORWARDED.items():
        shim.make(soname, targets, shim.imported(callers, soname), lib)
    _jars(jars, runtime / "jars")
    _jre(runtime / "jre")
    (runtime / "made.json").write_text(json.dumps({"architecture": architecture, "profile": PROFILE}) + "\n")
    return runtime


def class_path() -> list:
    """Builds the modules for this ND4J; the jars they run with, ours first."""
    java = tools.find_java()
    maven, _ = tools.find_maven(java)
    file = FOLDER / "class-path.txt"
    file.parent.mkdir(parents=True, exist_ok=True)
    argv = [maven, "-B", f"-P{PROFILE}", "-pl", "eglr-samediff", "-am", "-Dmaven.test.skip=true", "package"]
    argv += ["-Dspotless.check.skip=true", "dependency:build-classpath", f"-Dmdep.outputFile={file}"]
    argv += ["-DincludeScope=runtime"]
    title = f"Building for ND4J's CUDA backend (-P{PROFILE}; the first time it fetches 600 MB)"
    run_logged(title, argv, layout.LOGS / "gpu-build.log", cwd=layout.ROOT, env=java.environment())
    built = [
        jar
        for module in ("eglr-samediff",)
        for jar in (layout.ROOT / module / "target" / PROFILE).glob(f"{module}-*.jar")
        if not re.search(r"-(sources|javadoc|tests)\.jar$", jar.name)
    ]
    return [str(jar) for jar in built] + file.read_text().strip().split(os.pathsep)


def _jar(jars: list, pattern: str) -> Path:
    found = [jar for jar in jars if re.search(pattern, jar)]
    if len(found) != 1:
        raise Problem(f"the class path has {len(found)} jars like {pattern} instead of one.", "./eglr gpu-bundle anew")
    return Path(found[0])


def _unzip(jar: Path, names: list, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(jar) as archive:
        entries = {Path(info.filename).name: info for info in archive.infolist()}
        for name in names:
            target = folder / name
            if target.is_file() and target.stat().st_size == entries[name].file_size:
                continue
            with archive.open(entries[name]) as source, open(target, "wb") as out:
                shutil.copyfileobj(source, out, 1 << 20)


def _tools(arch: int) -> tuple:
    """A Python with LZ4 and a ptxas for the architecture, in an environment below target/gpu."""
    kind = "old" if arch <= 90 else "new"
    package, place = PTXAS[kind]
    packages = [LZ4, CUDART, package]
    venv = FOLDER / f"python-{kind}"
    python, stamp = venv / "bin" / "python", venv / "eglr.json"
    if not stamp.is_file() or json.loads(stamp.read_text()) != packages:
        shutil.rmtree(venv, ignore_errors=True)
        log = layout.LOGS / "gpu-pip.log"
        run_logged("Making an environment for ptxas", [sys.executable, "-m", "venv", venv], log, cwd=layout.ROOT)
        pip = [python, "-m", "pip", "install", "--disable-pip-version-check", "--retries", "2", *packages]
        run_logged("Installing ptxas", pip, log, cwd=layout.ROOT)
        stamp.write_text(json.dumps(packages))
    chosen = os.environ.get("EGLR_PTXAS")
    return python, Path(chosen) if chosen else _site(python) / place


def _site(python: Path) -> Path:
    return next((python.parent.parent / "lib").glob("python3*/site-packages"))


def _translate(python, ptxas, place, arch, architecture, jobs, target) -> None:
    original = FOLDER / "nd4j" / "libnd4jcuda.so"
    sources, cubins = FOLDER / "ptx", place / "cubin"
    done = FOLDER / "ptx.complete"
    script = layout.SCRIPTS / "gpu" / "translate.py"
    log = layout.LOGS / "gpu-translate.log"
    if not done.is_file():
        shutil.rmtree(sources, ignore_errors=True)
        argv = [python, script, "extract", original, sources]
        run_logged("Extracting the PTX", argv, log, cwd=layout.ROOT)
        done.touch()
    total, count = len(list(sources.glob("*.ptx"))), 0

    def finished(number):
        nonlocal count
        count = number

    with Progress(f"Assembling {total} modules for {architecture}", lambda: f"{count} of {total}"):
        lowered = assemble.assemble(ptxas, sources, cubins, architecture, jobs, finished)
    for module, level in sorted(lowered.items()):
        say(f"  {module} needed -O{level}")
    argv = [python, script, "patch", original, cubins, str(arch), target]
    run_logged("Putting the machine code in", argv, log, cwd=layout.ROOT)


def _jars(jars: list, folder: Path) -> None:
    """Copies what the check needs, not compressed: the archive compresses all of it together, and better."""
    folder.mkdir(parents=True)
    for jar in jars:
        if LEFT_OUT.search(jar):
            continue
        with zipfile.ZipFile(jar) as source, zipfile.ZipFile(folder / Path(jar).name, "w") as target:
            for entry in source.infolist():
                target.writestr(zipfile.ZipInfo(entry.filename, entry.date_time), source.read(entry))


def _jre(folder: Path) -> None:
    jlink = tools.find_java().home / "bin" / "jlink"
    argv = [jlink, "--add-modules", NEEDED_MODULES, "--strip-debug", "--no-header-files", "--no-man-pages"]
    argv = [*argv, "--compress=0", "--output", folder]
    run_logged("Making a small Java", argv, layout.LOGS / "gpu-jlink.log", cwd=layout.ROOT)


def pack(runtime: Path, folder: Path) -> None:
    """A folder for a machine without a network: bundle.tar.xz, run.py and what that needs. Too large a one is refused."""
    folder = folder.expanduser().absolute()
    folder.mkdir(parents=True, exist_ok=True)
    bundle, part = folder / "bundle.tar.xz", folder / "bundle.tar.xz.part"
    with Progress("Packing", lambda: f"{part.stat().st_size >> 20} MiB" if part.is_file() else ""):
        with tarfile.open(part, "w:xz", preset=6) as archive:
            for name in ("jre", "jars", "lib", "made.json"):
                archive.add(runtime / name, name)
    size = part.stat().st_size + sum(script.stat().st_size for script in PACKED)
    if size > LARGEST:
        part.unlink()
        found = f"{layout.shown(folder)} would have {megabytes(size)}; {megabytes(LARGEST)} at most can be carried."
        raise Problem(found, "LEFT_OUT in .eglr/gpu/bundle.py names the jars that the check does not need: add to them.")
    part.replace(bundle)
    for script, name in PACKED.items():
        shutil.copy2(script, folder / name)
    say(f"Packed    {layout.shown(folder)}: {megabytes(size)} of at most {megabytes(LARGEST)}; {NEEDS}")


def megabytes(size: int) -> str:
    return f"{size / 1e6:.1f} MB"
