"""The README's numbers, written from result files between marks, so that none is typed."""

import re
from pathlib import Path

from experiments import claims, studies
from experiments.results import TWO_SIDED_95, Result, percent
from shared.console import Problem

MARK = re.compile(r"(<!-- results: ([a-z0-9-]+) -->\n).*?(<!-- end of results -->)", re.DOTALL)
ROOM = -50  # below it "got" says nothing but that single items are better


def write(file: Path, results: dict, folder: Path) -> None:
    """Replaces what stands between marks; what has no result stays as it is."""
    blocks = {
        "defaults": lambda: defaults(folder / "defaults.csv"),
        "reasoning": lambda: _line(studies.sentence(studies.read(folder))),
        "table2": lambda: others(results.get("table2")),
        "movielens": lambda: movielens(folder / "movielens.csv"),
    }

    def block(found) -> str:
        if found[2] not in blocks:
            raise Problem(f"{file.name} has the mark 'results: {found[2]}'.", f"there are {', '.join(blocks)}.")
        text = blocks[found[2]]()
        return found[1] + text + found[3] if text else found[0]

    file.write_text(MARK.sub(block, file.read_text(encoding="utf-8")), encoding="utf-8")


def _line(text: str) -> str:
    return text + "\n" if text else ""


def _variants(rows: list, condition: str, variant: str) -> list:
    return [row for row in rows if row["condition"] == condition and row["variant"] == variant]


def _got(rows: list) -> str:
    values = [float(row["got"]) for row in rows]
    mean = sum(values) / len(values)
    worlds = f" ({' '.join(f'{v:.0f}' for v in values)})" if len(values) > 1 else ""
    return "below 0" if mean < ROOM else f"{mean:.0f} %{worlds}"


def _change(difference, digits: int) -> str:
    value = round(difference.value, digits) + 0.0  # no -0.0
    return f"{value:+.{digits}f} ± {TWO_SIDED_95 * difference.error:.{digits}f} %"


def defaults(file: Path) -> str:
    rows = studies.lines(file)
    if not rows:
        return ""
    lines = ["| World | before: got | now: got | true DCG, now against before | with reasoning against without |", "|---|---|---|---|---|"]
    for condition in dict.fromkeys(row["condition"] for row in rows):
        before, now = (_variants(rows, condition, variant) for variant in ("before", "default"))
        if not before or not now:
            continue
        world = ", ".join(condition.split(", ")[:3])
        lines.append(
            f"| {world} | {_got(before)} | **{_got(now)}** | {_change(studies.mean(now, 'quality_gain'), 1)} "
            f"| {_change(studies.mean(now, 'variant_gain'), 2)} |"
        )
    return "\n".join(lines) + "\n"


def others(result: Result) -> str:
    """Of Table 2, at full size: how far behind EGLR the best other system is, and two controls."""
    if not result or result.size != "full":
        return ""
    lines = ["| | measured by | best of the others | it, against EGLR | sorted alone, against EGLR | EGLR without reasoning, against with |", "|---|---|---|---|---|---|"]
    for condition in result.conditions():
        best = claims.best_rival(result, condition)
        if not best:
            continue
        controls = [result.find(condition, s, best["metric"]) for s in ("alone", claims.NOT_REASONING)]
        cells = [condition, best["metric"], f"`{best['system']}`", *(percent(row) if row else "" for row in (best, *controls))]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def movielens(file: Path) -> str:
    rows = studies.lines(file)
    if not rows:
        return ""
    lines = ["| | NDCG@10 | against sorting, paired, over users |", "|---|---|---|"]
    names = {"sorted by evaluator": "sorted by evaluator, each item alone", "default": "**EGLR**", "default, no reasoning": "EGLR without reasoning"}
    for row in rows:
        if row["variant"] in names:
            own = f"{float(row['quality']):.3f} ± {TWO_SIDED_95 * float(row['quality_error']):.3f}"
            change = _change(studies.mean([row], "quality_gain"), 2) if row["quality_gain"] else ""
            lines.append(f"| {names[row['variant']]} | {own} | {change} |")
    return "\n".join(lines) + "\n"
