"""What the studies of reasoning found, one row a condition: the page's answer to when it pays."""

import csv
from dataclasses import dataclass
from pathlib import Path

from experiments.results import TWO_SIDED_95

TRUTH = "the truth"
TOKENS, COLDER = "gated, 2 tokens", "none, temperature 0.1"

# file, who rewards, and where the difference of the default to none stands: the variant and its column
SOURCES = [
    ("defaults", "three evaluators", "variant_gain"),
    ("reasoning", "one evaluator", "quality_gain"),
    ("reasoning-by-truth", TRUTH, "quality_gain"),
    ("movielens", "three evaluators", "variant_gain"),
]


@dataclass
class Difference:
    """In percent, with its standard error."""

    value: float
    error: float

    def verdict(self) -> int:
        """1 or -1 where the interval lies on one side of 0."""
        half = TWO_SIDED_95 * self.error
        return (self.value > half) - (self.value < -half)

    def __str__(self):
        text = f"{self.value:+.2f} ± {TWO_SIDED_95 * self.error:.2f}"
        return f"**{text}**" if self.verdict() else text


@dataclass
class Row:
    study: str
    condition: str
    teacher: str
    runs: str
    default: Difference  # over no reasoning; None where it was not measured
    tokens: Difference  # two tokens over none
    content: Difference  # two tokens over two that say nothing
    colder: Difference  # no token and a lower temperature, over none

    def differences(self) -> tuple:
        return self.default, self.tokens, self.content, self.colder


def lines(file: Path) -> list:
    """A study's file, a dictionary a line; empty where there is none."""
    return list(csv.DictReader(file.read_text(encoding="utf-8").splitlines())) if file.is_file() else []


def read(folder: Path) -> list:
    """The rows of all studies that are there, study by study."""
    rows = []
    for name, teacher, column in SOURCES:
        all_lines = lines(folder / f"{name}.csv")
        for condition in dict.fromkeys(line["condition"] for line in all_lines):
            own = [line for line in all_lines if line["condition"] == condition]
            rows.append(_row(name, condition, teacher, own, column))
    return rows


def _row(study: str, condition: str, teacher: str, own: list, column: str) -> Row:
    default, tokens, colder = ([line for line in own if line["variant"] == v] for v in ("default", TOKENS, COLDER))
    runs = f"{len(default)} x {default[0]['seeds']}" if default else ""
    differences = (mean(default, column), mean(tokens, "quality_gain"), mean(tokens, "variant_gain"), mean(colder, "quality_gain"))
    return Row(study, condition, teacher, runs, *differences)


def mean(own: list, column: str) -> Difference:
    """Over worlds; errors of different worlds are independent."""
    known = [line for line in own if line[column]]
    if not known:
        return None
    gains, errors = [], []
    for line in known:
        gain = float(line[column])
        base = float(line["quality"]) - gain
        gains.append(100 * gain / base)
        errors.append(100 * float(line[f"{column}_error"]) / base)
    return Difference(sum(gains) / len(gains), sum(e * e for e in errors) ** 0.5 / len(errors))


def sentence(rows: list) -> str:
    """In words; of what was not measured nothing."""

    def counted(what: str, differences: list) -> list:
        verdicts = [d.verdict() for d in differences if d]
        return [f"{what} better in {verdicts.count(1)} of {len(verdicts)} conditions, worse in {verdicts.count(-1)}"] if verdicts else []

    def part(start: str, some: list) -> list:
        counts = [
            *counted("the default that reasons is", [r.default for r in some]),
            *counted("two tokens are", [r.tokens for r in some]),
            *counted("two tokens against two zero tokens are", [r.content for r in some]),
            *counted("a lower temperature without any token is", [r.colder for r in some]),
        ]
        return [f"{start}, {'; '.join(counts)}."] if counts else []

    taught = part("Taught by evaluators", [row for row in rows if row.teacher != TRUTH])
    truth = part("Rewarded by the truth itself, where lists need looking ahead", [row for row in rows if row.teacher == TRUTH])
    return " ".join([*taught, *truth])


def count(rows: list) -> int:
    """How many differences the table has."""
    return sum(bool(d) for row in rows for d in row.differences())


def table(rows: list) -> str:
    text = [
        "| Study | Condition | rewarded by | worlds x seeds | default over none, % | two tokens over none, % | two tokens over two zero tokens, % | no token, temperature 0.1, over none, % |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for row in rows:
        cells = [f"`{row.study}`", row.condition, row.teacher, row.runs, *(str(d or "") for d in row.differences())]
        text.append(f"| {' | '.join(cells)} |")
    return "\n".join(text)
