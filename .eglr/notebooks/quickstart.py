"""./eglr quickstart: set-up, then the quick-start notebook on the chosen data, then its results."""

import csv
import json
import time
from pathlib import Path

from data import movielens
from notebooks import execution
from setup import prepare
from shared import layout, places
from shared.console import Problem, duration, say

OUT = layout.TARGET / "quickstart"


def run(data: str) -> None:
    begun = time.monotonic()
    say("EGLR quick start")
    chosen = check_data(data)
    execution.check_readable(layout.QUICKSTART)
    places.check_loopback()
    prepare.kernel()
    if chosen == "ml-100k" and not movielens.ensure():
        say(f"  MovieLens 100K is there: {movielens.folder()}")
    say(f"Running {layout.shown(layout.QUICKSTART)} on {chosen}")
    execution.execute(layout.QUICKSTART, OUT, {"EGLR_QUICKSTART_DATA": chosen})
    report(time.monotonic() - begun)


def check_data(data: str) -> str:
    """A data set's name, or the absolute path of the user's own copy."""
    if data in ("ml-100k", "simulated"):
        return data
    path = Path(data).expanduser().absolute()
    if not path.exists():
        raise Problem(
            f"--data {data}: neither a data set we know nor a path that exists ({path}).",
            "--data ml-100k, --data simulated, or the path of a MovieLens 100K folder.",
        )
    return str(path)


def report(seconds: float) -> None:
    results = OUT / "results.csv"
    if not results.is_file():
        raise Problem(f"the notebook ran but wrote no results.csv to its EGLR_OUT ({OUT}).")
    with open(results, newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    say()
    say(table(rows))
    memory = json.loads((OUT / "run.json").read_text())["kernel_peak_memory_mib"]
    say()
    say(f"Time {duration(seconds)}, the kernel's peak memory {memory} MiB")
    say(f"Notebook  {layout.shown(OUT / 'quickstart.ipynb')}")
    say(f"HTML      {layout.shown(OUT / 'quickstart.html')}")
    say(f"Results   {layout.shown(results)}")
    say("To go on in JupyterLab: ./eglr lab")


def table(rows: list) -> str:
    """A row per model, a column per metric, in the file's order; a value given twice falls back to the file's rows."""
    columns = ["model", "metric", "value"]
    if not rows or any(row.get(c) is None for row in rows for c in columns):
        raise Problem(f"results.csv needs the columns {','.join(columns)} and at least one row.")
    cells = {(row["model"], row["metric"]): row["value"] for row in rows}
    if len(cells) < len(rows):
        lines = [columns, *([row[c] for c in columns] for row in rows)]
    else:
        metrics = list(dict.fromkeys(row["metric"] for row in rows))
        models = list(dict.fromkeys(row["model"] for row in rows))
        lines = [["model", *metrics], *([m, *(_number(cells.get((m, k), "")) for k in metrics)] for m in models)]
    widths = [max(len(line[i]) for line in lines) for i in range(len(lines[0]))]
    return "\n".join(
        "  ".join(text.ljust(w) if i == 0 else text.rjust(w) for i, (text, w) in enumerate(zip(line, widths))).rstrip()
        for line in lines
    )


def _number(text: str) -> str:
    try:
        return f"{float(text):.4f}" if "." in text else text
    except ValueError:
        return text
