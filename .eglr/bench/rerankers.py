"""./eglr bench --rerankers: training steps and lists a second and memory of every re-ranker of the catalogue."""

import contextlib
import json
import os
import statistics

from bench import workers
from bench.output import Output
from kernel import kernelspec
from setup import build, prepare
from shared import layout
from shared.console import Problem, only_one, say

WORKER = "org.eglr.bench.RerankerWorker"
OUT = layout.TARGET / "bench" / "rerankers.jsonl"
LISTS, QUICK_LISTS = 10_000, 300
REPEATS, QUICK_REPEATS = 7, 2


def measure(names: str, file, quick: bool) -> int:
    """names: separated by commas; empty: all."""
    with contextlib.ExitStack() as stack:
        output = Output("--json", (file or OUT).expanduser().absolute())
        stack.callback(output.discard)
        java, maven = prepare.tools_present()
        with only_one(layout.TARGET / "eglr.lock"):
            build.ensure(java, maven)
        with start(java) as worker:
            known = worker.ask("kinds")["names"]
        asked = [name for name in names.split(",") if name] or known
        for name in asked:
            if name not in known:
                raise Problem(f"There is no re-ranker '{name}'; there are {', '.join(known)}.")
        rows = []
        for name in asked:
            with start(java) as worker:
                rows.append(row(name, worker, quick))
            say("  " + line(rows[-1]))
        output.write("".join(json.dumps(r) + "\n" for r in rows))
        say(f"JSON {layout.shown(output.path)}")
    return 0


def start(java):
    argv = [java.exe, *kernelspec.jvm_options(java), "-cp", layout.KERNEL_LIB / "*", WORKER]
    env = {**os.environ, **kernelspec.THREADS}
    return workers.start("The re-rankers' worker", argv, layout.LOGS / "bench-rerankers.log", env)


def row(name: str, worker, quick: bool) -> dict:
    """One re-ranker in a process of its own, so that the memory is its own."""
    lists = QUICK_LISTS if quick else LISTS
    opened = worker.ask("open", name, lists)
    trained = worker.ask("train")
    written = worker.ask("rerank", QUICK_REPEATS if quick else REPEATS)
    return result(name, lists, opened, trained, written, worker.memory(peak=True))


def result(name: str, lists: int, opened: dict, trained: dict, written: dict, peak) -> dict:
    seconds, steps = trained["seconds"], trained["steps"]
    return {
        "reranker": name,
        "lists": lists,
        "learns": opened["learns"],
        "steps": steps,
        "training_seconds": seconds,
        "steps_per_second": steps / seconds if steps and seconds > 0 else None,
        "lists_per_second": written["lists"] / (statistics.median(written["ns"]) / 1e9),
        "peak_mib": peak,
    }


def line(found: dict) -> str:
    pace = found["steps_per_second"]
    parts = [f"{found['reranker']}: {found['lists_per_second']:,.0f} lists/s"]
    if found["learns"]:
        parts.append(f"trained in {found['training_seconds']:.1f} s")
    if pace:
        parts.append(f"{pace:,.1f} steps/s")
    if found["peak_mib"]:
        parts.append(f"{found['peak_mib']:,.0f} MiB at most")
    return ", ".join(parts)
