"""The GPU check's times as a page shows them: CPU engine, device and PyTorch, where the device pays, the marks."""

import itertools

SIDES = {"JAVA": "CPU engine", "SAMEDIFF": "device", "PYTORCH": "PyTorch"}
LATE = "no time"  # the note where the time did not suffice
CPU_MARK = 5  # times the CPU engine's throughput, at least
PYTORCH_MARK = 2  # times PyTorch's time, at most


def section(report: dict) -> list:
    cells = report["benchmark"]
    lists = sorted({cell["lists"] for cell in cells})
    lines = ["## Times in milliseconds", "", *_legend(report), ""]
    lines += ["| Work, width, pool | " + " | ".join(f"{n:,} lists" for n in lists) + " | the device pays from |"]
    lines += ["|---" * (len(lists) + 2) + "|"]
    notes, unreached = [], []
    for (work, width, pool), row in _rows(cells):
        by_lists = {cell["lists"]: cell for cell in row}
        if any(cell["milliseconds"] for cell in row):
            entries = [entry(by_lists[n]["milliseconds"]) if n in by_lists else "" for n in lists]
            lines.append(f"| {work}, {width}, {pool} | " + " | ".join(entries) + f" | {pays_from(by_lists)} |")
        else:
            unreached.append(f"{work}, {width}, {pool}")
        notes += [f"- {work}, width {width}, pool {pool}: {note}" for note in _notes(row)]
    if unreached:
        notes.append(f"- nothing measured: {'; '.join(unreached)}")
    return [*lines, *(["", *notes] if notes else []), "", *_marks(report)]


def _legend(report: dict) -> list:
    lines = ["CPU engine / device / PyTorch, and in brackets how many times the device's time the other two take."]
    lines += ["A batch is lists: requests for generation, requests x 8 for a GRPO step."]
    lines += ["A dash stands for what there was no time for, unless a note says otherwise."]
    torch = report.get("pytorch") or {}
    if torch.get("version"):
        lines.append(f"PyTorch {torch['version']}, eager, on {torch['device']}, after our process had ended.")
    if torch.get("why"):
        lines += ["", f"**PyTorch**: {torch['why']}"]
    return lines


def _rows(cells: list) -> list:
    grouped = itertools.groupby(cells, lambda cell: (cell["work"], cell["width"], cell["pool"]))
    return [(key, list(row)) for key, row in grouped]


def _notes(row: list) -> list:
    """Each note once, with the batches that it holds for; want of time shows in the table."""
    said = {}
    for cell in row:
        for side, note in cell["notes"].items():
            if note != LATE:
                said.setdefault((side, note), []).append(f"{cell['lists']:,}")
    return [f"{SIDES[side]}, {' and '.join(lists)} lists: {note}" for (side, note), lists in said.items()]


def entry(ms: dict) -> str:
    times = [ms.get(side) for side in SIDES]
    if not any(times):
        return "-"
    shown = " / ".join("-" if t is None else f"{t:,.0f}" if t >= 10 else f"{t:.1f}" for t in times)
    java, device, peer = times
    ratios = ["-" if t is None or device is None else ratio(t / device) for t in (java, peer)]
    return shown if ratios == ["-", "-"] else f"{shown} ({', '.join(ratios)})"


def ratio(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}" if value >= 1 else f"{value:.2g}"


def pays_from(row: dict) -> str:
    """The smallest batch from which on the device was faster in every batch that both were measured at."""
    both = [n for n in sorted(row) if {"JAVA", "SAMEDIFF"} <= row[n]["milliseconds"].keys()]
    faster = [row[n]["milliseconds"]["SAMEDIFF"] < row[n]["milliseconds"]["JAVA"] for n in both]
    for i, n in enumerate(both):
        if all(faster[i:]):
            return f"{n:,} lists"
    return "not within what was measured" if both else "not measured"


def _marks(report: dict) -> list:
    mark = report["mark"]
    place = f"{mark['work']}, width {mark['width']}, pool {mark['pool']}, {mark['lists']:,} lists"
    lines = [f"## The marks: {place}", "", "| Mark | found | |", "|---|---|---|"]
    return lines + [f"| {m['mark']} | {m['found']} | {m['verdict']} |" for m in marks(report)]


def marks(report: dict) -> list:
    """What the device has to reach, what it reaches, how the two compare."""
    mark = report["mark"]
    row = [c for c in report["benchmark"] if all(c[key] == mark[key] for key in ("work", "width", "pool"))]
    both = (cpu_mark(row, mark), pytorch_mark(row, mark))
    return [dict(zip(("mark", "found", "verdict"), parts)) for parts in both]


def cpu_mark(row: list, mark: dict) -> tuple:
    """Mark, what was found, how that compares. The CPU engine's largest batch stands for the mark's: list by list it
    costs the same."""
    name = f"at least {CPU_MARK} times the CPU engine's lists a second"
    device = _device(row, mark)
    measured = [c for c in row if "JAVA" in c["milliseconds"] and c["lists"] <= mark["lists"]]
    if device is None or not measured:
        return name, "-", "not measured"
    largest = max(measured, key=lambda cell: cell["lists"])
    java = largest["milliseconds"]["JAVA"] * mark["lists"] / largest["lists"]
    found = f"{ratio(java / device)} times"
    if largest["lists"] < mark["lists"]:
        found += f" (the CPU engine's by its {largest['lists']:,} lists)"
    return name, found, _verdict(java / device / CPU_MARK)


def pytorch_mark(row: list, mark: dict) -> tuple:
    name = f"at most {PYTORCH_MARK} times PyTorch's time"
    device = _device(row, mark)
    peer = _at(row, mark)["milliseconds"].get("PYTORCH") if device is not None else None
    if peer is None:
        return name, "-", "not measured"
    note = _at(row, mark)["notes"].get("PYTORCH")
    found = f"{ratio(device / peer)} times" + (f" (PyTorch's {note})" if note else "")
    return name, found, _verdict(PYTORCH_MARK * peer / device)


def _at(row: list, mark: dict) -> dict:
    return next((cell for cell in row if cell["lists"] == mark["lists"]), {"milliseconds": {}, "notes": {}})


def _device(row: list, mark: dict):
    return _at(row, mark)["milliseconds"].get("SAMEDIFF")


def _verdict(reached: float) -> str:
    """`reached`: 1 where the mark is just met."""
    return "met" if reached >= 1 else f"missed: {ratio(1 / reached)} times too slow"
