"""How PyTorch's side of the GPU check spends its time and fits batches into memory."""

import sys
import unittest
from pathlib import Path
from unittest import mock

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "gpu" / "packed"))

import gpu_pace  # noqa: E402

MARK = {"work": "GRPO step", "width": 512, "pool": 10, "lists": 16384}


def cells(work: str, width: int, *sizes) -> list:
    return [{"work": work, "width": width, "pool": 10, "lists": n, "milliseconds": {}, "notes": {}} for n in sizes]


class Clock:
    """Stands still but for the work that is done."""

    def __init__(self):
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


class Spending(unittest.TestCase):
    def paced(self, table: list, seconds: float, measure=None) -> tuple:
        """What was tried, and what was found at each place; a list costs a second unless told otherwise."""
        clock, tried, heard = Clock(), [], []

        def second_by_list(cell, part):
            tried.append((cell["width"], cell["lists"], part))
            clock.now += cell["lists"]
            return measure(cell, part) if measure else (0.5, part)

        pace = gpu_pace.Pace({"benchmark": table, "mark": MARK}, seconds, clock)
        pace.run(second_by_list, lambda found: heard.append(len(found)))
        self.assertEqual(list(range(1, len(table) + 1)), heard)
        return tried, pace.found

    def test_a_row_stops_where_the_next_batch_would_exceed_its_share(self):
        tried, found = self.paced(cells("x", 64, 1, 4, 16, 64) + cells("y", 64, 1, 4, 16, 64), 60)
        # Shares are 30 and 39: after 1 + 4 seconds 16 more are expected, after those 64.
        self.assertEqual([1, 4, 16] * 2, [lists for _, lists, _ in tried])
        self.assertEqual(500, found[2]["milliseconds"])
        self.assertEqual("no time", found[3]["note"])
        self.assertNotIn("milliseconds", found[3])

    def test_the_marks_row_has_a_quarter_and_the_smallest_batch_is_always_tried(self):
        tried, _ = self.paced(cells("x", 512, 2, 4, 20) + cells("y", 64, 2, 4, 20), 40)
        self.assertEqual([(512, 2), (512, 4), (64, 2), (64, 4), (64, 20)], [place[:2] for place in tried])
        tried, found = self.paced(cells("x", 64, 50) + cells("y", 64, 2) + cells("z", 64, 2), 51)
        self.assertEqual([50, 2], [lists for _, lists, _ in tried])
        self.assertEqual("no time", found[2]["note"])

    def test_the_mark_itself_may_take_what_other_rows_have(self):
        with mock.patch.dict(MARK, lists=20):
            tried, _ = self.paced(cells("x", 512, 2, 4, 20, 40) + cells("y", 64, 2), 40)
            self.assertEqual([2, 4, 20, 2], [lists for _, lists, _ in tried])
            tried, _ = self.paced(cells("x", 512, 2, 4, 20) + cells("y", 64, 2), 25)
            self.assertEqual([2, 4, 2], [lists for _, lists, _ in tried], "but not more than there is")

    def test_a_failure_leaves_out_the_larger_batches_of_its_row(self):
        def fails(cell, part):
            if cell["width"] == 64:
                raise RuntimeError("out of luck\nat some place")
            return 1.0, part

        _, found = self.paced(cells("x", 64, 1, 2) + cells("y", 8, 1), 1000, fails)
        self.assertEqual(["failed: RuntimeError: out of luck"] * 2, [place["note"] for place in found[:2]])
        self.assertEqual(1000, found[2]["milliseconds"])

    def test_parts_that_fit_are_kept_for_larger_batches(self):
        tried, found = self.paced(cells("x", 64, 1, 8, 32), 1000, lambda cell, part: (1.0, min(part, 4)))
        self.assertEqual([(64, 1, 1), (64, 8, 8), (64, 32, 4)], tried)
        self.assertNotIn("note", found[0])
        self.assertEqual(["in parts of 4 lists"] * 2, [place["note"] for place in found[1:]])

    def test_a_fixed_cost_and_one_per_list_are_extrapolated(self):
        self.assertEqual(0, gpu_pace.expected([], 10))
        self.assertEqual(3, gpu_pace.expected([(10, 3.0)], 40))
        self.assertAlmostEqual(18, gpu_pace.expected([(1, 9.0), (10, 3.0), (40, 6.0)], 160))
        self.assertEqual(2, gpu_pace.expected([(10, 3.0), (40, 2.0)], 160), "larger batches do not take less")


class Fitting(unittest.TestCase):
    def fitting(self, memory: int) -> tuple:
        tried = []

        def seconds(part):
            tried.append(part)
            if part > memory:
                raise gpu_pace.TooLarge("out of memory")
            return 1.5

        return *gpu_pace.fitting(seconds, 64, 8), tried

    def test_batches_are_halved_until_they_fit(self):
        self.assertEqual((1.5, 64, [64]), self.fitting(64))
        self.assertEqual((1.5, 16, [64, 32, 16]), self.fitting(20))
        with self.assertRaisesRegex(gpu_pace.TooLarge, "out of memory"):
            self.fitting(7)


if __name__ == "__main__":
    unittest.main()
