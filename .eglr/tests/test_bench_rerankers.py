"""What ./eglr bench --rerankers makes of a worker's answers."""

import sys
import unittest

from sandbox import SCRIPTS

sys.path.insert(0, str(SCRIPTS))
from bench import rerankers  # noqa: E402


class Rows(unittest.TestCase):
    def test_paces_are_of_the_median_and_of_steps(self):
        written = {"lists": 200, "ns": [1e9, 4e9, 2e9]}
        row = rerankers.result("x", 300, {"learns": True}, {"steps": 30, "seconds": 1.5}, written, 512.0)
        self.assertEqual((row["steps_per_second"], row["lists_per_second"], row["peak_mib"]), (20, 100, 512))
        self.assertEqual(rerankers.line(row), "x: 100 lists/s, trained in 1.5 s, 20.0 steps/s, 512 MiB at most")

    def test_what_learns_nothing_has_no_pace(self):
        row = rerankers.result("y", 300, {"learns": False}, {"steps": 0, "seconds": 0.0}, {"lists": 1, "ns": [1e9]}, None)
        self.assertIsNone(row["steps_per_second"])
        self.assertEqual(rerankers.line(row), "y: 1 lists/s")


if __name__ == "__main__":
    unittest.main()
