"""The benchmark's results as text: a table for the console, one for Markdown, JSON lines."""

import json

HEAD = ("work", "N", "K", "M", "ours ms", "p99 ms", "PyTorch ms", "ratio", "rounds")


def number(value) -> str:
    """Three significant digits, or a dash where nothing was measured."""
    if value is None:
        return "-"
    if value >= 99.95:
        return f"{value:,.0f}"
    return f"{value:#.3g}".rstrip(".") if value >= 0.001 else f"{value:.1e}"


def cells(measured) -> tuple:
    low_high = "-"
    if measured.spread:
        low_high = f"{number(measured.spread[0])} to {number(measured.spread[1])}"
    numbers = (measured.ours_ms, measured.p99_ms, measured.peer_ms, measured.ratio)
    sizes = (str(measured.N), str(measured.K), str(measured.M))
    return (measured.what, *sizes, *map(number, numbers), low_high)


def console_table(measurements) -> str:
    rows = [HEAD, *map(cells, measurements)]
    widths = [max(len(row[i]) for row in rows) for i in range(len(HEAD))]
    return "\n".join(
        "  ".join(c.ljust(w) if i == 0 else c.rjust(w) for i, (c, w) in enumerate(zip(row, widths))).rstrip()
        for row in rows
    )


def markdown(command: str, machine: list, measurements, notes: list) -> str:
    """The table of the README, with the command that makes it."""
    compared = any(m.peer for m in measurements)
    columns = [i for i in range(len(HEAD)) if compared or HEAD[i] not in ("PyTorch ms", "ratio", "rounds")]
    lines = [f"`{command}` on {', '.join(machine)}:", ""]
    lines += [_row([HEAD[i] for i in columns]), _row(["---" if i == 0 else "---:" for i in columns])]
    lines += [_row([cells(m)[i] for i in columns]) for m in measurements]
    lines += ["", *(f"- {note}" for note in notes)]
    return "\n".join(lines) + "\n"


def _row(texts) -> str:
    return f"| {' | '.join(texts)} |"


def json_lines(measurements) -> str:
    return "".join(json.dumps(m.record()) + "\n" for m in measurements)
