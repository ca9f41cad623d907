"""The times on the GPU check's page: three sides, where the device pays, the marks."""

import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "gpu" / "packed"))

import gpu_times  # noqa: E402

MARK = {"work": "GRPO step", "width": 512, "pool": 10, "lists": 16384}
PYTORCH = {"version": "2.9.1", "device": "NVIDIA X", "why": ""}


def cell(lists: int, ms: dict, notes: dict = {}, width: int = 512) -> dict:
    return {"work": "GRPO step", "width": width, "pool": 10, "lists": lists, "milliseconds": ms, "notes": notes}


def report(*cells, pytorch: dict = PYTORCH) -> dict:
    return {"benchmark": list(cells), "mark": MARK, "pytorch": pytorch}


class Table(unittest.TestCase):
    def test_three_sides_and_their_ratios(self):
        late = {"JAVA": "failed: OutOfMemoryError", "SAMEDIFF": "no time"}
        cells = [
            cell(256, {"JAVA": 5, "SAMEDIFF": 20, "PYTORCH": 30}),
            cell(1024, {"JAVA": 4040, "SAMEDIFF": 20}),
            cell(4096, {"SAMEDIFF": 30, "PYTORCH": 60}, {**late, "PYTORCH": "in parts of 2,048 lists"}),
            cell(16384, {"JAVA": 7}, late),
            cell(65536, {}),
            cell(256, {}, {"JAVA": "no time", "SAMEDIFF": "no time"}, width=64),
        ]
        lines = gpu_times.section(report(*cells))
        row = "| 5.0 / 20 / 30 (0.25, 1.5) | 4,040 / 20 / - (202, -) | - / 30 / 60 (-, 2) | 7.0 / - / - | - |"
        for text in (
            "| Work, width, pool | 256 lists | 1,024 lists | 4,096 lists | 16,384 lists | 65,536 lists "
            "| the device pays from |",
            f"| GRPO step, 512, 10 {row} 1,024 lists |",
            "PyTorch 2.9.1, eager, on NVIDIA X, after our process had ended.",
            "- GRPO step, width 512, pool 10: CPU engine, 4,096 and 16,384 lists: failed: OutOfMemoryError",
            "- GRPO step, width 512, pool 10: PyTorch, 4,096 lists: in parts of 2,048 lists",
            "- nothing measured: GRPO step, 64, 10",
        ):
            self.assertIn(text, lines)
        self.assertNotIn("no time", "".join(lines[5:]))

    def test_why_there_is_no_pytorch(self):
        absent = {"version": None, "device": None, "why": "no PyTorch for this device: no luck."}
        lines = gpu_times.section(report(cell(256, {"SAMEDIFF": 1}), pytorch=absent))
        self.assertIn("**PyTorch**: no PyTorch for this device: no luck.", lines)

    def test_where_the_device_begins_to_pay(self):
        def row(*times):
            return {n: {"milliseconds": {"JAVA": j, "SAMEDIFF": s}} for n, (j, s) in enumerate(times, 1)}

        self.assertEqual("2 lists", gpu_times.pays_from(row((1, 2), (3, 2), (9, 2))))
        self.assertEqual("3 lists", gpu_times.pays_from(row((3, 2), (1, 2), (9, 2))), "faster from there on")
        self.assertEqual("not within what was measured", gpu_times.pays_from(row((1, 2))))
        self.assertEqual("not measured", gpu_times.pays_from({1: {"milliseconds": {"SAMEDIFF": 3}}}))


class Marks(unittest.TestCase):
    names = ["at least 5 times the CPU engine's lists a second", "at most 2 times PyTorch's time"]

    def assert_found(self, expected: list, *cells):
        found = gpu_times.marks(report(*cells))
        self.assertEqual(self.names, [m["mark"] for m in found])
        self.assertEqual(expected, [(m["found"], m["verdict"]) for m in found])

    def test_met(self):
        met = [("5 times", "met"), ("2 times", "met")]
        self.assert_found(met, cell(16384, {"JAVA": 1000, "SAMEDIFF": 200, "PYTORCH": 100}))

    def test_missed_and_by_how_much(self):
        missed = [("4 times", "missed: 1.25 times too slow"), ("3 times", "missed: 1.5 times too slow")]
        self.assert_found(missed, cell(16384, {"JAVA": 1200, "SAMEDIFF": 300, "PYTORCH": 100}))

    def test_the_cpu_engine_by_its_largest_batch(self):
        expected = [
            ("8 times (the CPU engine's by its 4,096 lists)", "met"),
            ("1.5 times (PyTorch's in parts of 8,192 lists)", "met"),
        ]
        mark = cell(16384, {"SAMEDIFF": 300, "PYTORCH": 200}, {"PYTORCH": "in parts of 8,192 lists"})
        other = cell(16384, {"JAVA": 1, "SAMEDIFF": 1, "PYTORCH": 1}, width=64)
        self.assert_found(expected, cell(256, {"JAVA": 1}), cell(4096, {"JAVA": 600, "SAMEDIFF": 9}), mark, other)

    def test_not_measured(self):
        nothing = [("-", "not measured")] * 2
        self.assert_found(nothing, cell(4096, {"JAVA": 1, "SAMEDIFF": 1, "PYTORCH": 1}))
        self.assert_found(nothing, cell(16384, {"JAVA": 1, "PYTORCH": 1}))
        self.assert_found(nothing, cell(16384, {"SAMEDIFF": 1}))


if __name__ == "__main__":
    unittest.main()
