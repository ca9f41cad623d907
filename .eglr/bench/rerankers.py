"""./eglr bench --rerankers: training steps and lists a second and memory of every re-ranker of the catalogue.

Beside PyTorch where peer_rerankers.py has the same model: what it takes for a step and a list, over what ours takes.
"""

import contextlib
import json
import os
import statistics
import subprocess
from pathlib import Path

from bench import peer_models, pytorch, workers
from bench.output import Output
from setup import build, prepare
from shared import layout
from shared.console import Problem, only_one, say

WORKER = "org.eglr.bench.RerankerWorker"
OUT = layout.TARGET / "bench" / "rerankers.jsonl"
LISTS, QUICK_LISTS = 10_000, 300
REPEATS, QUICK_REPEATS = 7, 2


def measure(names: str, file, quick: bool, compared: bool) -> int:
    """names: separated by commas; empty: all. compared: with PyTorch, which is installed if it is not there."""
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
        python = pytorch.ensure() if compared else None
        rows = []
        for name in asked:
            with start(java) as worker:
                rows.append(row(name, worker, quick))
            if python and name in peer_models.NAMES:
                rows[-1].update(against(rows[-1], peer(python, name)))
            say("  " + line(rows[-1]))
        output.write("".join(json.dumps(r) + "\n" for r in rows))
        say(f"JSON {layout.shown(output.path)}")
    return 0


def start(java):
    return workers.start_java(java, "The re-rankers' worker", "rerankers", WORKER)


def row(name: str, worker, quick: bool) -> dict:
    """One re-ranker in a process of its own, so that the memory is its own."""
    lists = QUICK_LISTS if quick else LISTS
    opened = worker.ask("open", name, lists)
    trained = worker.ask("train")
    written = worker.ask("rerank", QUICK_REPEATS if quick else REPEATS)
    return result(name, lists, opened, trained, written, worker.memory(peak=True))


def peer(python: Path, name: str) -> dict:
    argv = [python, Path(__file__).with_name("peer_rerankers.py"), name, str(os.cpu_count() or 1)]
    done = subprocess.run(list(map(str, argv)), capture_output=True, text=True)
    if done.returncode:
        raise Problem(f"PyTorch's {name} failed: {(done.stderr.strip().splitlines() or ['it printed nothing'])[-1]}")
    return json.loads(done.stdout)


def against(ours: dict, theirs: dict) -> dict:
    """Above 1: ours is faster. Steps are of the last stage; ours have the evaluator's part in them, theirs have not."""
    step, lists = theirs["step_ns"] / 1e9, theirs["lists_ns"] / theirs["lists"] / 1e9
    pace = ours["last_steps_per_second"]
    return {
        "pytorch_steps_per_second": 1 / step,
        "pytorch_lists_per_second": 1 / lists,
        "step_ratio": pace * step if pace else None,
        "list_ratio": ours["lists_per_second"] * lists,
    }


def result(name: str, lists: int, opened: dict, trained: dict, written: dict, peak) -> dict:
    seconds, steps = trained["seconds"], trained["steps"]
    last, last_steps = trained["last_seconds"], trained["last_steps"]
    return {
        "reranker": name,
        "lists": lists,
        "learns": opened["learns"],
        "steps": steps,
        "training_seconds": seconds,
        "steps_per_second": steps / seconds if steps and seconds > 0 else None,
        "last_steps_per_second": last_steps / last if last_steps and last > 0 else None,
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
    if found.get("list_ratio"):
        step = f"{found['step_ratio']:.2f} in training, " if found["step_ratio"] else ""
        parts.append(f"{step}{found['list_ratio']:.2f} in lists of PyTorch's speed")
    return ", ".join(parts)
