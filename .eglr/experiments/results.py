"""A result file of ./eglr experiment: its rows, and where they come from."""

import json
from pathlib import Path

from shared.console import Problem

TRUTH, LABELS, SCORE = "true DCG", "NDCG@10", "evaluator score"
TIME = "ms a list, asked one by one"
TWO_SIDED_95 = 1.96
NEEDED = ("table", "claim", "size", "seeds", "seconds", "provenance", "worlds", "headroom", "columns", "rows")


class Result:
    """The JSON file of a table; `rows` are dictionaries by column."""

    def __init__(self, content: dict):
        self.content = content
        self.rows = [dict(zip(content["columns"], row)) for row in content["rows"]]
        self.table, self.size = content["table"], content["size"]

    @staticmethod
    def read(file: Path) -> "Result":
        try:
            content = json.loads(file.read_text(encoding="utf-8"))
        except ValueError as error:
            raise Problem(f"{file} is not JSON: {error}.", "fill the table again by ./eglr experiment.") from None
        missing = [name for name in NEEDED if name not in content]
        if missing:
            raise Problem(f"{file} lacks {', '.join(missing)}.", "fill the table again by ./eglr experiment.")
        return Result(content)

    def conditions(self) -> list:
        return list(dict.fromkeys(row["condition"] for row in self.rows))

    def systems(self, condition: str) -> list:
        return list(dict.fromkeys(row["system"] for row in self.rows if row["condition"] == condition))

    def quality(self, condition: str) -> str:
        """The metric that decides: the truth where it is known, else labels that travel."""
        known = {row["metric"] for row in self.rows if row["condition"] == condition}
        return TRUTH if TRUTH in known else LABELS

    def find(self, condition: str, system: str, metric: str, at: str = "") -> dict:
        """A row; empty where there is none."""
        for row in self.rows:
            if (row["condition"], row["system"], row["metric"], row["at"]) == (condition, system, metric, str(at)):
                return row
        return {}

    def places(self, condition: str, system: str, metric: str) -> list:
        """The rows of a system by place, where places are numbers, in their order."""
        own = [r for r in self.rows if (r["condition"], r["system"], r["metric"]) == (condition, system, metric)]
        return sorted((r for r in own if _is_number(r["at"])), key=lambda r: float(r["at"]))


def _is_number(text: str) -> bool:
    try:
        return bool(text) and float(text) == float(text)
    except ValueError:
        return False


def percent(row: dict) -> str:
    """A paired difference in percent of what it is compared with, and half of its 95 % interval."""
    base = abs(row["value"] - row["gain"])
    if not base:
        return "not defined"
    return f"{100 * row['gain'] / base:+.1f} % ± {100 * TWO_SIDED_95 * row['gain_error'] / base:.1f}"


def read_all(folder: Path, names: list) -> dict:
    """The results that are there, of each table the largest size."""
    found = {}
    for name in names:
        for file in (folder / f"{name}.json", folder / f"{name}-quick.json"):
            if name not in found and file.is_file():
                found[name] = Result.read(file)
    return found
