"""./eglr experiment pages: notebooks/README.md, results/claims.csv and a notebook for each table, from result files."""

import csv
import io
import math
import re
import shutil
from collections import Counter
from pathlib import Path

from experiments import claims, notebook, readme, studies
from experiments.results import TWO_SIDED_95, read_all
from notebooks import execution
from setup import prepare
from shared import layout, places
from shared.console import Problem, duration, say

RESULTS = layout.NOTEBOOKS / "results"
TEMPLATE = Path(__file__).with_name("page.md")
TABLES = ["table1", "figure1", "figure2", "table2", "table3", "figure4", "figure5", "table4", "table5", "figure6", "rerankers"]

IN_A_SENTENCE = [
    (claims.HOLDS, "holds", "hold"),
    (claims.DEPENDS, "depends on the data", "depend on the data"),
    (claims.FAILS, "does not hold", "do not hold"),
    (claims.OPEN, "is not measured yet", "are not measured yet"),
]


def write(out: Path) -> int:
    """Takes results of ./eglr experiment over where they are newer, and writes all pages."""
    collect(out, RESULTS)
    results = read_all(RESULTS, TABLES)
    if not results:
        raise Problem(
            f"there are no results in {layout.shown(out)}, nor in {layout.shown(RESULTS)}.",
            "fill a table first, for instance by ./eglr experiment figure4 --quick.",
        )
    judged = [(claim, *claims.judge(claim, results)) for claim in claims.ALL]
    (RESULTS / "claims.csv").write_text(table_of_claims(judged), encoding="utf-8")
    (layout.NOTEBOOKS / "README.md").write_text(page(results, judged, studies.read(RESULTS)), encoding="utf-8")
    readme.write(layout.ROOT / "README.md", results, RESULTS)
    say(f"Pages  {layout.shown(layout.NOTEBOOKS / 'README.md')}, README.md")
    places.check_loopback()
    prepare.kernel()
    for name, result in results.items():
        file = layout.NOTEBOOKS / f"{name}.ipynb"
        notebook.save(file, name, result)
        done = layout.TARGET / "notebooks" / name
        execution.execute(file, done, {})
        shutil.copyfile(done / file.name, file)
        say(f"Notebook  {layout.shown(file)}")
    return 0


def collect(out: Path, kept: Path) -> None:
    """Copies result files that are no trials; a full one takes the place of a quick one."""
    kept.mkdir(parents=True, exist_ok=True)
    for name in TABLES:
        for stem in (f"{name}-quick", name):
            for suffix in (".json", ".csv"):
                file = out / (stem + suffix)
                if file.is_file():
                    shutil.copyfile(file, kept / file.name)
        if (kept / f"{name}.json").is_file():
            for suffix in (".json", ".csv"):
                (kept / f"{name}-quick{suffix}").unlink(missing_ok=True)


def table_of_claims(judged: list) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["table", "section", "claim", "verdict", "evidence"])
    for claim, verdict, evidence in judged:
        writer.writerow([claim.table, claim.section, claim.text, verdict, "; ".join(evidence)])
    return text.getvalue()


def page(results: dict, judged: list, reasoning: list) -> str:
    left_out = [f"- {c}: {why}" for r in results.values() for c, why in r.content.get("left out", {}).items()]
    text = TEMPLATE.read_text(encoding="utf-8")
    short = names({row["condition"] for result in results.values() for row in result.rows})
    differences = studies.count(reasoning)
    parts = {
        "summary": summary(judged),
        "studied": studies.sentence(reasoning),
        "reasoning": studies.table(reasoning),
        "differences": str(differences),
        "chance": str(max(1, round(0.05 * differences))),
        "others": readme.others(results.get("table2")).strip(),
        "claims": shortened(_claims(judged), short),
        "conditions": "; ".join(f"*{own}*: {long}" for long, own in short.items()),
        "headroom": _headroom(results),
        "chosen": chosen(results),
        "runs": _runs(results),
        "left_out": "\n".join(dict.fromkeys(left_out)),
        "notebooks": "\n".join(f"- [{name}]({name}.ipynb): {r.content['claim']}" for name, r in results.items()),
    }
    for name, value in parts.items():
        text = text.replace("{" + name + "}", value)
    return text


def summary(judged: list) -> str:
    """In a few lines: how many claims hold, and what was found of those that decide."""
    counts = Counter(verdict for _, verdict, _ in judged)
    parts = [f"{counts[v]} {many if counts[v] > 1 else one}" for v, one, many in IN_A_SENTENCE if counts[v]]
    lines = ["**In short.** Of %d claims and controls: %s. Those that decide:" % (len(judged), ", ".join(parts))]
    for key in ("best", "best-truth", "itself", "alone", "ablation", "default", "always", "content", "time", "gate", "module", "score", "pass-truth"):
        claim, verdict, _ = next(each for each in judged if each[0].key == key)
        if verdict != claims.OPEN:
            lines.append(f"- {claim.text}: **{verdict}**.")
    return "\n".join(lines)


def names(conditions: set) -> dict:
    """Short names: simulated ones without what they have in common beside world and pool, logs without their length."""
    simulated = [set(condition.split(", ")[2:]) for condition in conditions if ", pool " in condition]
    common = set.intersection(*simulated) if len(simulated) > 1 else set()
    return {
        condition: ", ".join(part for part in condition.split(", ") if part not in common and not part.startswith("lists of"))
        for condition in sorted(conditions)
    }


def shortened(text: str, short: dict) -> str:
    for long, own in short.items():
        text = text.replace(f"{long}: ", f"*{own}*: ")
    return text


FARTHEST = 3  # powers of a setting's factor that are tried on either side of the system's own
TUNED = (  # a table; where its settings have what was chosen, as a factor or a value; a usual value; factor of one power; names
    ("table2", re.compile(r"learning rate (?:x ([0-9.]+)|([0-9.]+), gain)"), 0.003, 3, "learning rates of Table 2", "rate"),
    ("figure4", re.compile(r"baseTemperature=()([0-9.]+)"), 0.3, 2, "base temperatures of Figure 4", "temperature"),
    ("figure4", re.compile(r"maxSteps=[1-9].*Entropy\[nats=()([0-9.]+)"), 1.2, 2, "thresholds of Figure 4", "threshold"),
)
COPIED = ("B, equal training time",)  # has another's choice


def chosen(results: dict) -> str:
    """Where the values that validation chose lie among what could be tried."""
    return "".join(_chosen(results[table].content, *rest) for table, *rest in TUNED if table in results)


def _chosen(content: dict, pattern: re.Pattern, usual: float, factor: float, many: str, one: str) -> str:
    powers = []
    texts = [text for systems in content.get("settings", {}).values() for system, text in systems.items() if system not in COPIED]
    for found in filter(None, map(pattern.search, texts)):
        times = float(found[1]) if found[1] else float(found[2]) / usual
        powers.append(round(math.log(times, factor)))
    if not powers:
        return ""
    spread = ", ".join(f"{powers.count(p)} at {factor**p:.3g}" for p in range(-FARTHEST, FARTHEST + 1) if p in powers)
    ends = sum(abs(p) == FARTHEST for p in powers)
    wider = ", and a wider search may help those" if ends else ""
    return f" Of {len(powers)} {many}, as a factor of the system's own {one}: {spread}; {ends} stand at an end{wider}."


def _claims(judged: list) -> str:
    lines = ["| Paper | Claim | Verdict | What was measured | Where |", "|---|---|---|---|---|"]
    for claim, verdict, evidence in judged:
        where = f"`{claim.table}`" if verdict == claims.OPEN else f"[{claim.table}]({claim.table}.ipynb)"
        lines.append(f"| {claim.section} | {claim.text} | **{verdict}** | {'<br>'.join(evidence)} | {where} |")
    return "\n".join(lines)


def _headroom(results: dict) -> str:
    lines = ["| Condition, world | size | headroom under the evaluator | gain in true value | |", "|---|---|---|---|---|"]
    rows = {}
    for result in results.values():
        for room in result.content["headroom"]:
            truth = f"{room['true percent']:+.1f} % ± {TWO_SIDED_95 * room['true error']:.1f}" if "true percent" in room else "not known"
            said = "blind to the list" if room["blind"] else "room to show something" if room["percent"] >= 5 else "no room: ties say nothing"
            found = f"{room['percent']:+.1f} % ± {TWO_SIDED_95 * room['error']:.1f}"
            rows[f"{room['condition']}, {room['world']}", result.size] = f"{found} | {truth} | {said}"
    return "\n".join(lines + [f"| {where} | {size} | {row} |" for (where, size), row in rows.items()])


def _runs(results: dict) -> str:
    lines = ["| Command | worlds x seeds | took | machine | commit |", "|---|---|---|---|---|"]
    for name, result in results.items():
        content = result.content
        made = content["provenance"]
        worlds = max(row["worlds"] for row in result.rows)
        option = "" if result.size == "full" else f" --{result.size}"
        option += f" --worlds {worlds}" if worlds > 1 else ""
        lines.append(
            f"| `./eglr experiment {name}{option}` | {worlds} x {content['seeds']} | {duration(content['seconds'])} "
            f"| {made['machine']}; Java {made['java'].split()[-1]}; {made['engine']} | {made['commit']} |"
        )
    lines.append("")
    return "\n".join(lines) + "\nA command that finds runs of another table takes them over, so that times depend on the order."
