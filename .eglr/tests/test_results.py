"""The table at the end of the quick start."""

from sandbox import Sandbox

SCRIPT = """
from notebooks import quickstart
from shared.console import Problem
try:
    print(quickstart.table(ROWS))
except Problem as problem:
    print(problem.what)
"""


class Results(Sandbox):
    def table(self, *rows) -> list:
        rows = [dict(zip(("model", "metric", "value"), row)) for row in rows]
        return self.assert_runs(self.python(f"ROWS = {rows!r}" + SCRIPT)).splitlines()

    def test_a_row_per_model_a_column_per_metric(self):
        lines = self.table(("logged", "NDCG@10", "0.68412"), ("EGLR", "NDCG@10", "0.7"), ("EGLR", "seconds", "41"))
        self.assertEqual(lines, ["model   NDCG@10  seconds", "logged   0.6841", "EGLR     0.7000       41"])

    def test_values_given_twice_are_all_shown(self):
        lines = self.table(("EGLR", "NDCG@10", "0.71"), ("EGLR", "NDCG@10", "0.72"))
        self.assertEqual(len(lines), 3)
        self.assertIn("0.72", lines[2])

    def test_a_missing_column_or_no_rows_is_said(self):
        self.assertIn("model,metric,value", self.table()[0])
        self.assertIn("model,metric,value", self.table(("EGLR", "NDCG@10"))[0])
