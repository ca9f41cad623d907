"""What the benchmark says beside its table: how cost grows, memory, threads."""

from bench.report import number
from bench.stats import fit, tokens

GROWTH_MIB = 32  # less than this over a run is the allocator's noise


def curve_notes(curve, measurements) -> list:
    """A line for each kind of work along the curve."""
    notes = []
    for what in dict.fromkeys(m.what for m in measurements):
        line = [m for m in measurements if m.what == what]
        if len(line) >= 2:
            notes.append(_growth(curve.axis, what, line))
    return notes


def _growth(axis: str, what: str, line: list) -> str:
    ends = f"{axis} = {getattr(line[0], axis)} to {getattr(line[-1], axis)}"
    if axis == "N":
        xs, unit = [m.N for m in line], "candidate"
    else:
        xs, unit = [tokens(m.K, m.M) for m in line], "token"
        ends += f" ({xs[0]} to {xs[-1]} tokens)"
    fitted = fit(xs, [m.ours_ms for m in line])
    each = [1000 * m.ours_ms / x for m, x in zip(line, xs)]
    fixed = ", ".join(f"{a} = {getattr(line[0], a)}" for a in "NKM" if a != axis)
    text = f"{what}, {fixed}, {ends}: {_signed(1000 * fitted.intercept)} µs and "
    text += f"{number(1000 * fitted.slope)} µs a {unit}, "
    text += f"the straight line off by at most {100 * fitted.deviation:.0f} %"
    if unit == "token":
        text += f"; time grows with the tokens to the power {fitted.exponent:.2f}, from {number(each[0])} µs"
        text += f" a token to {number(each[-1])}"
    return text


def _signed(value: float) -> str:
    return f"-{number(-value)}" if value < 0 else number(value)


def thread_note(work: str, measurements) -> str:
    """What more worker threads bring."""
    few, many = measurements[0], measurements[-1]
    threads = many.what.rpartition(", ")[2]
    return f"{work}: {number(few.ours_ms / many.ours_ms)} times as fast with {threads} as with one"


def peak_note(ours, peer) -> str:
    parts = [f"{name} {mib:,.0f} MiB" for name, mib in (("ours", ours), ("PyTorch", peer)) if mib]
    return f"Peak memory of the process: {', '.join(parts)}" if parts else "Peak memory: this system does not tell"


def growth_note(rows: list) -> str:
    """Memory after the first and the last number of training steps."""
    (few, resident, heap), (many, later, later_heap) = rows[0], rows[-1]
    if resident is None or later is None:
        return f"Memory in training: Java heap {heap:.0f} MiB after {few} GRPO steps, {later_heap:.0f} after {many:,}"
    verdict = "no growth" if later - resident < GROWTH_MIB else "it GROWS"
    return (
        f"Memory after {few} GRPO steps {resident:,.0f} MiB, after {many:,} {later:,.0f} MiB ({verdict}); "
        f"in use on the Java heap {heap:.0f} and {later_heap:.0f} MiB"
    )
