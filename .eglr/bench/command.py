"""./eglr bench: how fast EGLR is, beside PyTorch on the same work, and how its cost grows."""

import argparse
import contextlib
import os
import platform
import shlex
import tempfile
from pathlib import Path

from bench import against, costs, kernels, logs, measuring, notes, picture, plan, pytorch, report, rerankers, spark, workers
from bench.output import Output
from kernel import kernelspec
from setup import build, prepare
from shared import layout
from shared.console import Problem, only_one, say

OUT = layout.TARGET / "bench"
WORKER = "org.eglr.bench.BenchWorker"
BUSY_LOAD = 0.5
THREAD_SETTINGS = ("OMP_", "MKL_", "OPENBLAS_", "GOMP_", "KMP_")


def parse(argv) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./eglr bench", description=__doc__, allow_abbrev=False)
    parser.add_argument("--no-peer", action="store_true", help="measure our side alone, without PyTorch")
    parser.add_argument("--json", type=Path, metavar="FILE", help="default: target/bench/benchmark.jsonl")
    parser.add_argument("--markdown", type=Path, metavar="FILE", help="default: target/bench/benchmark.md")
    parser.add_argument("--quick", action="store_true", help="a trial of some minutes; its numbers mean little")
    parser.add_argument("--kernels", action="store_true", help="the decoder's inner loops alone, under JMH")
    parser.add_argument("--pairs", action="store_true", help="what pair effects cost an evaluator, as ratios")
    parser.add_argument("--members", action="store_true", help="what an evaluator of three members costs beside one, as ratios")
    parser.add_argument(
        "--against", type=Path, metavar="CHECKOUT", help="another built checkout, such as an earlier version: ratios of times"
    )
    parser.add_argument("--logs", action="store_true", help="how fast published logs, at full size, are cut into lists")
    parser.add_argument(
        "--spark",
        nargs="?",
        const=spark.SPEED,
        choices=(spark.SPEED, spark.MEMORY, spark.TRAINING),
        help="on Spark: speed of re-ranking, beside our own batches; memory, for up to ten million requests; training, beside the driver alone",
    )
    parser.add_argument(
        "--rerankers", nargs="?", const="", metavar="NAMES", help="every re-ranker of the catalogue, or those named: a,b"
    )
    asked = parser.parse_args(argv)
    if asked.rerankers is not None and (asked.markdown or asked.kernels or asked.pairs or asked.members):
        parser.error("--rerankers goes with --json, --no-peer and --quick only")
    if asked.kernels and (asked.no_peer or asked.json or asked.markdown):
        parser.error("--kernels goes with --quick only: JMH reports in its own way")
    others = (asked.kernels, asked.pairs, asked.members, asked.no_peer, asked.json, asked.markdown, asked.rerankers is not None)
    if asked.logs and any(others):
        parser.error("--logs goes with --quick only: it prints what it measures")
    if asked.spark and (asked.logs or asked.against or any(others)):
        parser.error("--spark goes with --quick only: it prints what it measures")
    for cost, name in ((asked.pairs, "--pairs"), (asked.members, "--members")):
        if cost and sum(map(bool, others)) > 1:
            parser.error(f"{name} goes with --quick only: it prints its ratios")
    if asked.against and (asked.logs or any(others)):
        parser.error("--against goes with --quick only: it prints its ratios")
    return asked


def run(argv) -> int:
    asked = parse(argv)
    if asked.kernels:
        return kernels.measure(*prepare.tools_present(), asked.quick)
    if asked.pairs:
        return costs.measure(*prepare.tools_present(), costs.PAIRS, asked.quick)
    if asked.members:
        return costs.measure(*prepare.tools_present(), costs.MEMBERS, asked.quick)
    if asked.against:
        there = against.library(asked.against)  # before anything is built
        return against.measure(*prepare.tools_present(), there, asked.quick)
    if asked.logs:
        return logs.measure(*prepare.tools_present(), asked.quick)
    if asked.spark:
        return spark.measure(*prepare.tools_present(), asked.spark, asked.quick)
    if asked.rerankers is not None:
        return rerankers.measure(asked.rerankers, asked.json, asked.quick, not asked.no_peer)
    with contextlib.ExitStack() as stack:
        outputs = open_outputs(asked, stack)
        warn_when_busy()
        java, maven = prepare.tools_present()
        python = None if asked.no_peer else pytorch.ensure()
        with only_one(layout.TARGET / "eglr.lock"):
            build.ensure(java, maven)
        budget = plan.QUICK if asked.quick else plan.FULL
        results = Results(shlex.join(["./eglr", "bench", *argv]), budget)
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="eglr-bench-")))
        results.measure(java, python, folder)
        results.write(outputs)
    return 0


def open_outputs(asked, stack) -> dict:
    """json, markdown and picture, the last beside the first; found unwritable now rather than at the end."""
    files = {
        "json": ("--json", asked.json or OUT / "benchmark.jsonl"),
        "markdown": ("--markdown", asked.markdown or OUT / "benchmark.md"),
    }
    files = {name: (option, path.expanduser().absolute()) for name, (option, path) in files.items()}
    files["picture"] = ("picture", files["json"][1].with_suffix(".svg"))
    paths = [path for _, path in files.values()]
    if len(set(paths)) < len(paths):
        raise Problem("--json, --markdown and the picture (--json's name with .svg) must be three files.")
    outputs = {}
    for name, (option, path) in files.items():
        outputs[name] = Output(option, path)
        stack.callback(outputs[name].discard)
    return outputs


def warn_when_busy() -> None:
    load = os.getloadavg()[0]
    if load > BUSY_LOAD:
        say(f"  This machine is busy (load {load:.1f}): trust the ratios more than the times.")


class Results:
    def __init__(self, command: str, budget):
        self.command = command
        self.budget = budget
        self.rows = []  # compared with PyTorch where it takes part
        self.more = []  # ours alone
        self.curves = []
        self.notes = []
        self.machine = [_processor()]

    def measure(self, java, python, folder: Path) -> None:
        with contextlib.ExitStack() as stack:
            ours = stack.enter_context(start_ours(java, folder / "all", "java"))
            peer = stack.enter_context(start_peer(python, folder / "all")) if python else None
            threads = self._describe(java, ours, peer)
            self._compare(ours, peer, threads)
            memory = (ours.memory(peak=True), peer.memory(peak=True) if peer else None)
            self.notes.append(notes.peak_note(*memory))
            self._curves(ours)
            if threads > 1:
                single = stack.enter_context(start_ours(java, folder / "one", "java-1-thread", threads=1))
                self._threads({1: single, threads: ours})
        with start_ours(java, folder / "small", "java-memory", scale="small") as small:
            say(f"Memory over {self.budget.steps[-1]:,} GRPO steps")
            measuring.open_size((10, 10, 2), 8, small)
            self._note(notes.growth_note(measuring.memory_after(self.budget.steps, small)))

    def _describe(self, java, ours, peer) -> int:
        """Our number of worker threads, which PyTorch gets as well."""
        opened = measuring.open_size((2, 2, 0), 2, ours, peer)
        threads = opened["workers"]
        self.machine += [f"{threads} threads", f"Java {java.version}"]
        if peer:
            self.machine.append(f"PyTorch {opened['peer']}")
        say(f"Measuring on {', '.join(self.machine)}")
        return threads

    def _compare(self, ours, peer, threads: int) -> None:
        for size in plan.SIZES:
            say("N={} candidates, K={} items, M={} reasoning tokens an item".format(*size))
            measuring.open_size(size, plan.REQUESTS, ours, peer)
            if peer:
                say(f"  both write the same lists for {plan.CHECKED} requests")
            for work in plan.WORKS:
                self._took(self.rows, measuring.measure(work, size, self.budget, ours, peer, threads))
            self._took(self.more, measuring.measure(plan.API, size, self.budget, ours))

    def _curves(self, ours) -> None:
        for curve in plan.CURVES:
            say(f"Cost against {curve.axis}")
            line = []
            for size in curve.sizes:
                measuring.open_size(size, plan.CURVE_REQUESTS, ours)
                for work in curve.works:
                    self._took(line, measuring.measure(work, size, self.budget, ours))
            self.curves.append((curve, line))
            for note in notes.curve_notes(curve, line):
                self._note(note)

    def _threads(self, sides: dict) -> None:
        say("One worker thread against all")
        for worker in sides.values():
            measuring.open_size(plan.THREADS_SIZE, plan.REQUESTS, worker)
        for work in (plan.BULK, plan.GRPO, plan.EVALUATOR):
            compared = measuring.compare_threads(work, plan.THREADS_SIZE, self.budget, sides)
            for measured in compared:
                self._took(self.more, measured)
            self._note(notes.thread_note(work.what, compared))

    def _took(self, rows: list, measured) -> None:
        rows.append(measured)
        text = f"  {measured.what}: {report.number(measured.ours_ms)} ms"
        if measured.peer:
            text += f", PyTorch {report.number(measured.peer_ms)} ms, ratio {report.number(measured.ratio)}"
        say(text)

    def _note(self, note: str) -> None:
        self.notes.append(note)
        say(f"  {note}")

    def write(self, outputs: dict) -> None:
        lines = [m for _, line in self.curves for m in line]
        self.rows.sort(key=lambda m: [work.what for work in plan.WORKS].index(m.what))
        everything = [*self.rows, *self.more, *lines]
        outputs["json"].write(report.json_lines(everything))
        outputs["markdown"].write(report.markdown(self.command, self.machine, self.rows, self.notes))
        outputs["picture"].write(picture.draw(self.rows, self.curves, self.machine))
        say()
        say(report.console_table(everything))
        say()
        for note in self.notes:
            say(note)
        say()
        for name, output in outputs.items():
            say(f"{name.capitalize():9} {layout.shown(output.path)}")


def start_ours(java, folder: Path, log: str, threads=None, scale: str = "full"):
    """A Java worker, with the options of the notebook kernel. For the memory run its heap is all there from the start,
    so that what grows is not the heap."""
    options = kernelspec.jvm_options(java)
    if scale == "small":
        options = [o for o in options if not o.startswith("-Xmx")] + ["-Xms512m", "-Xmx512m", "-XX:+AlwaysPreTouch"]
    if threads:
        options.append(f"-Deglr.threads={threads}")
    return workers.start_java(java, "The Java worker", log, WORKER, scale, folder, options=options)


def start_peer(python: Path, folder: Path):
    """PyTorch's worker, free to use its threads as it is told."""
    env = {k: v for k, v in os.environ.items() if not k.startswith(THREAD_SETTINGS)}
    argv = [python, layout.SCRIPTS / "bench" / "peer.py", layout.PEER, folder]
    return workers.start("PyTorch's worker", argv, layout.LOGS / "bench-pytorch.log", env)


def _processor() -> str:
    with contextlib.suppress(OSError, StopIteration):
        lines = Path("/proc/cpuinfo").read_text().splitlines()
        return next(line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    return platform.processor() or platform.machine()


