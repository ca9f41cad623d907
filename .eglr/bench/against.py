"""./eglr bench --against CHECKOUT: this checkout's times beside those of another, such as an earlier version of it."""

import contextlib
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from bench import measuring, plan, workers
from bench.stats import median, median_interval
from setup import build
from setup.tools import Java
from shared import layout
from shared.console import Problem, only_one, say

WORKER = "org.eglr.bench.BenchWorker"
WORKS = (*plan.WORKS, plan.API)


@dataclass(frozen=True)
class Budget:
    """starts: pairs of processes, since each JVM compiles in its own way; rounds: turns of each side in a pair.

    Each side is first in half of the starts: the same code twice had ratios of 1.04 where one always was, as the JVM
    that was warmed up last still compiles while the other is measured.
    """

    starts: int
    rounds: int
    turn_s: float
    warm_s: float


FULL = Budget(starts=10, rounds=4, turn_s=0.1, warm_s=1.0)
QUICK = Budget(starts=2, rounds=3, turn_s=0.05, warm_s=0.3)


@dataclass
class Row:
    """One piece of work at one size: ratios of the times of a round, here to there, one list a start."""

    what: str
    size: tuple
    ratios: list = field(default_factory=list)

    @property
    def ratio(self) -> float:
        """The median of the starts' medians."""
        return median(self._medians())

    @property
    def interval(self) -> tuple:
        """Where the ratio lies by 95 %, with other starts."""
        return median_interval(self._medians())

    def _medians(self) -> list:
        return [median(start) for start in self.ratios]

    def line(self) -> str:
        low, high = self.interval
        size = "N={:<3} K={:<2} M={}".format(*self.size)
        return f"  {size}  {self.what:42} {self.ratio:5.2f}  ({low:.2f} to {high:.2f})"


def measure(java: Java, maven: Path, there: Path, quick: bool) -> int:
    """there: the other's jars, as `library` finds them."""
    with only_one(layout.TARGET / "eglr.lock"):
        build.ensure(java, maven)
    budget = QUICK if quick else FULL
    rows = {(size, work.what): Row(work.what, size) for size in plan.SIZES for work in WORKS}
    for start in range(budget.starts):
        say(f"Processes {start + 1} of {budget.starts}, each work in {budget.rounds} turns of both sides")
        with contextlib.ExitStack() as stack:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="eglr-bench-")))
            libraries = {"here": layout.KERNEL_LIB, "there": there}
            sides = {
                name: stack.enter_context(
                    workers.start_java(java, f"The worker {name}", name, WORKER, "full", folder / name, lib=libraries[name])
                )
                for name in (("here", "there") if start % 2 == 0 else ("there", "here"))
            }
            _settle(sides.values(), budget)
            for size in plan.SIZES:
                _size(sides, size, budget, rows)
    say()
    say(f"Time here / time there: the median of {budget.starts} pairs of processes (95 % interval of the median)")
    for row in rows.values():
        say(row.line())
    return 0


def library(checkout: Path) -> Path:
    """The folder of jars that a built checkout runs from."""
    found = checkout.expanduser().absolute() / layout.KERNEL_LIB.relative_to(layout.ROOT)
    if not found.is_dir() or not any(found.glob("*.jar")):
        raise Problem(f"--against {checkout}: no built checkout, {found} has no jars.", "Run ./eglr quickstart there.")
    if found.resolve() == layout.KERNEL_LIB.resolve():
        raise Problem(f"--against {checkout}: that is this checkout.")
    return found


def _settle(sides, budget: Budget) -> None:
    """A young JVM compiles in the background what all works share; that belongs to no row."""
    for side in sides:
        measuring.open_size(plan.SIZES[0], plan.REQUESTS, side)
        for work in WORKS:
            measuring.warm_up(side, work.command, budget)


def _size(sides: dict, size: tuple, budget: Budget, rows: dict) -> None:
    """sides: "here" and "there", by turns the first."""
    for side in sides.values():
        measuring.open_size(size, plan.REQUESTS, side)
    for work in WORKS:
        repeats = {
            name: max(1, round(1000 * budget.turn_s / measuring.warm_up(side, work.command, budget)))
            for name, side in sides.items()
        }
        ratios = []
        for number in range(budget.rounds):
            turns = list(sides) if number % 2 == 0 else list(reversed(sides))
            times = {name: median(sides[name].time(work.command, repeats[name])) for name in turns}
            ratios.append(times["here"] / times["there"])
        rows[size, work.what].ratios.append(ratios)
