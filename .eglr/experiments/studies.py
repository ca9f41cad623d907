"""What the studies of reasoning found, one row a condition: the page's answer to when it pays."""

import csv
from dataclasses import dataclass
from pathlib import Path

from experiments.results import TWO_SIDED_95

EVALUATOR, TRUTH, LABELS = "the evaluator", "the truth", "the evaluator; labels decide"
TOKENS, COLDER = "gated, 2 tokens", "none, temperature 0.1"

# file, who rewards, and where the difference of the default to none stands: the variant and its column
SOURCES = [
    ("defaults", EVALUATOR, "variant_gain"),
    ("reasoning", EVALUATOR, "quality_gain"),
    ("reasoning-by-truth", TRUTH, "quality_gain"),
    ("movielens", LABELS, "variant_gain"),
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
    condition: str
    teacher: str
    runs: str
    default: Difference  # over no reasoning; None where it was not measured
    tokens: Difference  # two tokens over none
    content: Difference  # two tokens over two that say nothing
    colder: Difference  # no token and a lower temperature, over none


def read(folder: Path) -> list:
    """The rows of all studies that are there; a condition of two studies stands once, by the first."""
    found = {}
    for name, teacher, column in SOURCES:
        file = folder / f"{name}.csv"
        if not file.is_file():
            continue
        lines = list(csv.DictReader(file.read_text(encoding="utf-8").splitlines()))
        for condition in dict.fromkeys(line["condition"] for line in lines):
            own = [line for line in lines if line["condition"] == condition]
            row = _row(condition, teacher, own, column)
            first = found.setdefault((condition, teacher), row)
            for name in ("tokens", "content", "colder"):
                setattr(first, name, getattr(first, name) or getattr(row, name))
    return list(found.values())


def _row(condition: str, teacher: str, lines: list, column: str) -> Row:
    default = [line for line in lines if line["variant"] == "default"]
    tokens = [line for line in lines if line["variant"] == TOKENS]
    colder = [line for line in lines if line["variant"] == COLDER]
    runs = f"{len(default)} x {default[0]['seeds']}" if default else ""
    return Row(
        condition,
        teacher,
        runs,
        mean(default, column),
        mean(tokens, "quality_gain"),
        mean(tokens, "variant_gain"),
        mean(colder, "quality_gain"),
    )


def mean(lines: list, column: str) -> Difference:
    """Over worlds; errors of different worlds are independent."""
    known = [line for line in lines if line[column]]
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
    def counted(differences: list) -> str:
        verdicts = [d.verdict() for d in differences if d]
        return f"better in {verdicts.count(1)} of {len(verdicts)} conditions, worse in {verdicts.count(-1)}"

    taught = [row for row in rows if row.teacher != TRUTH]
    truth = [row for row in rows if row.teacher == TRUTH]
    return (
        f"Taught by an evaluator, the default that reasons is {counted([r.default for r in taught])}; "
        f"two tokens are {counted([r.tokens for r in taught])}, and against two tokens that say nothing {counted([r.content for r in taught])}; "
        f"a lower temperature without any token is {counted([r.colder for r in taught])}. "
        f"Rewarded by the truth itself, where lists need looking ahead, the default is {counted([r.default for r in truth])}, "
        f"two tokens against two that say nothing {counted([r.content for r in truth])}, a lower temperature without a token {counted([r.colder for r in truth])}."
    )


def table(rows: list) -> str:
    lines = [
        "| Condition | rewarded by | worlds x seeds | default over none, % | two tokens over none, % | two tokens over two that say nothing, % | no token, temperature 0.1, over none, % |",
        "|---|---|---|---|---|---|---|",
    ]
    for row in rows:
        cells = [row.condition, row.teacher, row.runs, *(str(d or "") for d in (row.default, row.tokens, row.content, row.colder))]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)
