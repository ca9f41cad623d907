"""How PyTorch's side of the GPU check spends its time, as org.eglr.gpu.GpuBenchmark spends ours. Needs no PyTorch."""

import itertools
import time

LATE = "no time"  # the note where the time did not suffice


class TooLarge(Exception):
    """A batch does not fit into the device's memory."""


def rows(cells: list) -> list:
    """Places of the table that differ in the batch's size only, in the table's order."""
    return [list(row) for _, row in itertools.groupby(cells, lambda c: (c["work"], c["width"], c["pool"]))]


def expected(points: list, lists: int) -> float:
    """Seconds that a larger batch will take, by the line through the last two (lists, seconds); 0 if none is known."""
    if not points:
        return 0.0
    (n, seconds), before = points[-1], points[:-1][-1:]
    slope = max(0.0, (seconds - before[0][1]) / (n - before[0][0])) if before else 0.0
    return seconds + slope * (lists - n)


def fitting(seconds, part: int, smallest: int) -> tuple:
    """What `seconds(part)` says, and the part: halved until it fits. TooLarge if not even the smallest does."""
    while True:
        try:
            return seconds(part), part
        except TooLarge:
            if part <= smallest:
                raise
        part = max(smallest, part // 2)


class Pace:
    """Measures growing batches row by row, each row within its share of the time."""

    def __init__(self, report: dict, seconds: float, clock=time.monotonic):
        self.cells, self.mark = report["benchmark"], report["mark"]
        self.seconds, self.clock = seconds, clock
        self.begin = clock()
        self.found = []

    def run(self, measure, listener) -> None:
        """`measure(cell, part)` answers seconds and the part that fitted; `listener(found)` hears of each place."""
        table = rows(self.cells)
        for index, row in enumerate(table):
            now = self._elapsed()
            at_mark = self._at_mark(row[0], "width", "pool")
            share = self.seconds / 4 if at_mark else (self.seconds - now) / (len(table) - index)
            self._measure(row, now + share, measure, listener)

    def _at_mark(self, cell: dict, *sizes) -> bool:
        return all(cell[size] == self.mark[size] for size in sizes)

    def _measure(self, row: list, until: float, measure, listener) -> None:
        points, failed, part = [], "", None
        for cell in row:
            now, lists = self._elapsed(), cell["lists"]
            place = {key: cell[key] for key in ("work", "width", "pool", "lists")}
            # The mark itself may take what other rows have.
            limit = self.seconds if self._at_mark(cell, "width", "pool", "lists") else until
            if failed:
                place["note"] = failed
            elif self._late(now, expected(points, lists), limit):
                place["note"] = LATE
            else:
                try:
                    seconds, part = measure(cell, part or lists)
                    place["milliseconds"] = 1e3 * seconds
                    if part == lists:
                        part = None
                    else:
                        place["note"] = f"in parts of {part:,} lists"
                except Exception as error:  # whatever it is, the other rows may be measurable
                    said = str(error).strip().splitlines() or [""]
                    place["note"] = failed = f"failed: {type(error).__name__}: {said[0]}"
                points.append((lists, self._elapsed() - now))
            self.found.append(place)
            listener(self.found)

    def _late(self, now: float, expected_s: float, until: float) -> bool:
        """Whether there is no time; the smallest batch is tried even where its row comes late."""
        return now >= self.seconds or (expected_s > 0 and now + expected_s > until)

    def _elapsed(self) -> float:
        return self.clock() - self.begin
