"""What ./eglr bench --rerankers makes of a worker's answers."""

import sys
import unittest

from sandbox import SCRIPTS

sys.path.insert(0, str(SCRIPTS))
from bench import rerankers  # noqa: E402


def trained(steps: int, seconds: float) -> dict:
    return {"steps": steps, "seconds": seconds, "last_steps": steps // 3, "last_seconds": seconds / 2}


class Rows(unittest.TestCase):
    def test_paces_are_of_the_median_and_of_steps(self):
        written = {"lists": 200, "ns": [1e9, 4e9, 2e9]}
        row = rerankers.result("x", 300, {"learns": True}, trained(30, 1.5), written, 512.0)
        self.assertEqual((row["steps_per_second"], row["lists_per_second"], row["peak_mib"]), (20, 100, 512))
        self.assertEqual(rerankers.line(row), "x: 100 lists/s, trained in 1.5 s, 20.0 steps/s, 512 MiB at most")

    def test_ratios_are_of_the_last_stage_and_above_one_where_ours_is_faster(self):
        row = rerankers.result("x", 300, {"learns": True}, trained(30, 1.5), {"lists": 100, "ns": [1e9]}, None)
        row.update(rerankers.against(row, {"step_ns": 0.3e9, "lists_ns": 0.2e9, "lists": 10}))
        self.assertAlmostEqual(row["step_ratio"], 4)  # 10 steps in 0.75 s against 0.3 s a step
        self.assertAlmostEqual(row["list_ratio"], 2)  # 0.01 s a list against 0.02
        self.assertIn("4.00 in training, 2.00 in lists of PyTorch's speed", rerankers.line(row))

    def test_what_learns_nothing_has_no_pace(self):
        row = rerankers.result("y", 300, {"learns": False}, trained(0, 0.0), {"lists": 1, "ns": [1e9]}, None)
        self.assertIsNone(row["steps_per_second"])
        self.assertEqual(rerankers.line(row), "y: 1 lists/s")


if __name__ == "__main__":
    unittest.main()
