"""Runs Java on a runtime that ./eglr gpu-bundle made; needs nothing but Python, a driver and CUDA's libraries.

    python3 run.py [--any] [--benchmark full|quick|none] [--seconds N]     the GPU check
    python3 run.py --main CLASS [ARGUMENTS]                                another class of the bundle

Lies in a packed folder as run.py, beside bundle.tar.xz and what else it needs; ./eglr gpu-check imports it.
"""

import argparse
import contextlib
import ctypes
import os
import shutil
import signal
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

import gpu_torch

CHECK = "org.eglr.gpu.GpuCheck"
BESIDE_S = 300  # for what the check does beside measuring: four minutes, and one for what takes longer
THREADS_S = 3  # to write down what all threads do
# What CUDA's libraries are called that the forwarding ones want; of each line the first that is found.
WANTED = [
    ["libcublas.so.13", "libcublas.so.12"],
    ["libcublasLt.so.13", "libcublasLt.so.12"],
    ["libcusolver.so.12"],
    ["libcusolverMg.so.12"],
    ["libcusparse.so.12"],
    ["libnvJitLink.so.13", "libnvJitLink.so.12"],
    ["libcuda.so.1"],
]
NOT_THE_REAL_ONES = {"stubs", "compat", "proc", "sys"}


def unpack(bundle: Path, place: Path) -> Path:
    """Unpacks the bundle once; the mark is written last. What another bundle left is removed: its jars would be used."""
    if place.is_symlink() or (place.exists() and place.stat().st_uid != os.getuid()):
        sys.exit(f"run.py: {place} is somebody else's, and what lies there would be run. Remedy: TMPDIR=FOLDER python3 run.py")
    mark = place / "unpacked"
    stamp = f"{bundle.stat().st_size} {bundle.stat().st_mtime_ns}"
    if not mark.is_file() or mark.read_text() != stamp:
        if place.exists():
            shutil.rmtree(place)
        place.mkdir(mode=0o700)  # fails where somebody else is faster
        safely = {"filter": "tar"} if hasattr(tarfile, "tar_filter") else {}
        with tarfile.open(bundle) as archive:
            archive.extractall(place, **safely)
        mark.write_text(stamp)
    return place


def locate(alternatives: list, roots) -> Path:
    """The folder of the first of these libraries, or None."""
    files = {}
    for root in roots:
        for folder, below, names in os.walk(root):
            below[:] = [b for b in below if b not in NOT_THE_REAL_ONES]
            for name in set(alternatives) & set(names):
                files.setdefault(name, Path(folder))
            if alternatives[0] in files:
                return files[alternatives[0]]
    return next((files[name] for name in alternatives if name in files), None)


def loads(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def library_folders(roots=("/usr/local", "/usr/lib", "/usr/lib64", "/opt", "/")) -> tuple:
    """Folders that LD_LIBRARY_PATH needs, and the libraries that are nowhere."""
    folders, absent = [], []
    for alternatives in WANTED:
        if any(loads(name) for name in alternatives):
            continue
        folder = locate(alternatives, roots)
        if folder is None:
            absent.append(alternatives[0])
        elif folder not in folders:
            folders.append(folder)
    return folders, absent


def heap() -> str:
    """EGLR_GPU_HEAP, else half of this machine's memory, 32 GiB at most: batches of 65,536 lists are prepared in it."""
    chosen = os.environ.get("EGLR_GPU_HEAP")
    if chosen:
        return f"-Xmx{chosen}"
    total = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return f"-Xmx{min(total // 2, 32 << 30) >> 20}m"


def java(runtime: Path, folders: list, arguments: list) -> tuple:
    """The command and its environment. Our libraries come first: they stand in for CUDA 11's."""
    library = runtime / "lib"
    command = [runtime / "jre" / "bin" / "java", heap(), "-XX:+UseParallelGC"]
    command += ["--add-modules", "jdk.incubator.vector"]
    command += [f"-Dorg.bytedeco.javacpp.{limit}=0" for limit in ("maxbytes", "maxphysicalbytes")]
    command += ["-Dorg.bytedeco.javacpp.pathsFirst=true", f"-Djava.library.path={library}"]
    command += ["-Dorg.slf4j.simpleLogger.defaultLogLevel=warn", "-Dorg.slf4j.simpleLogger.log.org.nd4j.imports=error"]
    command += ["-cp", f"{runtime / 'jars'}/*", *arguments]
    before = os.environ.get("LD_LIBRARY_PATH")
    path = [str(library), *map(str, folders), *([before] if before else [])]
    environment = {**os.environ, "LD_LIBRARY_PATH": ":".join(path), "OMP_NUM_THREADS": "1"}
    return [str(part) for part in command], environment


def options(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    parser.add_argument("--any", action="store_true", help="a CPU backend will do, too: proves the check itself")
    parser.add_argument("--benchmark", choices=["full", "quick", "none"], default="full")
    seconds = "for measuring, default 360; a third is PyTorch's where there is one: it has the device after our engines"
    parser.add_argument("--seconds", type=int, default=360, help=seconds)
    return parser


def torch_side(pythons: list, asked) -> gpu_torch.Side:
    """Not looked for where nothing is measured."""
    return gpu_torch.Side(None) if asked.benchmark == "none" else gpu_torch.find(pythons, cuda=not asked.any)


def schedule(asked, side: gpu_torch.Side, limit: int = 0) -> list:
    """What each minute of the check is for; what comes first matters most. `limit`: seconds it may take; 0: any."""
    rows = [("to minute 4", "every kind of operation; all graphs, their outputs and gradients, against the plain-Java engine; large batches")]
    rows += [("then", "training from start to end, on both engines to the same metrics")]
    if asked.benchmark != "none":
        ours, peers = side.seconds(asked.seconds)
        rows += [(f"then {ours} s", "measuring both engines, the marks' rows first; what there is no time for is left out")]
        rows += [(f"then {peers} s", "PyTorch on the same device")] if peers else []
    rows += [(f"at {limit} s", "a check that is not done by then is ended")] if limit else []
    rows += [("at any end", "the report of what was done until then: gpu-report.md, gpu-report.json")]
    width = max(len(when) for when, _ in rows)
    return ["What the time is for:", *(f"  {when:{width}}  {what}" for when, what in rows)]


def _heeds_quit() -> None:
    """What a shell runs in the background ignores SIGQUIT, and so would all that it starts."""
    signal.signal(signal.SIGQUIT, signal.SIG_DFL)


def watched(command: list, environment: dict, folder: Path, seconds: float) -> int:
    """Runs the check where a crash's file is to lie; one that hangs says what all threads do, and is ended."""
    with subprocess.Popen(command, env=environment, cwd=folder, preexec_fn=_heeds_quit) as process:
        try:
            return process.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            print(f"run.py: not done after {seconds:.0f} s; what all threads do:", file=sys.stderr, flush=True)
            process.send_signal(signal.SIGQUIT)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(timeout=THREADS_S)
            return 124
        finally:
            process.kill()


def check_arguments(report: Path, asked, seconds: int) -> list:
    return [CHECK, str(report), "any" if asked.any else "gpu", asked.benchmark, str(seconds)]


def main(argv) -> int:
    here = Path(__file__).resolve().parent
    runtime = unpack(here / "bundle.tar.xz", Path(tempfile.gettempdir()) / f"eglr-gpu-{os.getuid()}")
    folders, absent = library_folders()
    for name in absent:
        print(f"run.py: {name} is nowhere on this machine", file=sys.stderr)
    if argv[:1] == ["--main"]:
        command, environment = java(runtime, folders, argv[1:])
        return subprocess.run(command, env=environment).returncode
    asked = options(argparse.ArgumentParser(prog="run.py")).parse_args(argv)
    out = Path(os.environ.get("OUT") or here).resolve()
    out.mkdir(parents=True, exist_ok=True)
    report = out / "gpu-report.json"
    report.unlink(missing_ok=True)
    side = torch_side([Path(sys.executable)], asked)
    ours, peers = side.seconds(asked.seconds)
    limit = ours + BESIDE_S
    print("\n".join(schedule(asked, side, limit)), flush=True)
    command, environment = java(runtime, folders, check_arguments(report, asked, ours))
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))  # an early end leaves a page, too
    try:
        status = watched(command, environment, out, limit)
        if report.is_file():
            gpu_torch.measure(report, side, peers, here, here)
    finally:
        if report.is_file():
            page = report.with_suffix(".md")
            subprocess.run([sys.executable, str(here / "report.py"), str(report), str(page)], check=True)
            print(f"Report: {page}")
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
