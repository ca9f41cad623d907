"""Assembles PTX for a card's architecture with ptxas, several modules at a time."""

import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from shared.console import Problem

# ptxas 11.8 crashes on one of ND4J's modules (random numbers) for sm_90 but with little optimisation.
LEVELS = ["3", "1", "0"]


def assemble(ptxas: Path, sources: Path, cubins: Path, architecture: str, jobs: int, done=lambda count: None) -> dict:
    """Assembles every .ptx file that has no .cubin yet; names of those that needed less optimisation, and the level."""
    cubins.mkdir(parents=True, exist_ok=True)
    modules = sorted(sources.glob("*.ptx"), key=lambda file: -file.stat().st_size)  # the longest first
    lowered = {}
    with ThreadPoolExecutor(jobs) as pool:
        work = {m.stem: pool.submit(_one, ptxas, m, cubins / f"{m.stem}.cubin", architecture) for m in modules}
        for count, (module, result) in enumerate(work.items(), 1):
            try:
                level = result.result()
            except Problem:
                pool.shutdown(cancel_futures=True)
                raise
            if level != LEVELS[0]:
                lowered[module] = level
            done(count)
    return lowered


def _one(ptxas: Path, source: Path, cubin: Path, architecture: str) -> str:
    """The optimisation level that worked; kept in a file beside the result, so that a second run knows it."""
    level_file = cubin.with_suffix(".level")
    if cubin.is_file() and level_file.is_file():
        return level_file.read_text()
    part = cubin.with_suffix(".part")
    errors = []
    for level in LEVELS:
        argv = [ptxas, f"-arch={architecture}", f"-O{level}", source, "-o", part]
        done = subprocess.run([str(a) for a in argv], capture_output=True, text=True)
        if done.returncode == 0:
            part.replace(cubin)
            level_file.write_text(level)
            return level
        said = (done.stderr.strip().splitlines() or [f"exit status {done.returncode}"])[-1]
        errors.append(f"-O{level}: {said}")
    part.unlink(missing_ok=True)
    raise Problem(
        f"ptxas cannot assemble {source.name} for {architecture}: " + "; ".join(errors),
        "name another ptxas: EGLR_PTXAS=/usr/local/cuda/bin/ptxas ./eglr gpu-bundle",
    )
