"""The benchmark's results as one SVG: ratios (or times) as bars, cost against tokens and pool size as lines."""

from bench.report import number
from bench.stats import fit, tokens
from bench.svg import BLUE, GREY, ORANGE, LinearAxis, LogAxis, Svg

WIDTH = 900
LEFT, RIGHT = 300, 690  # of the bars
BAR, GAP, GROUP_GAP = 13, 5, 12
PANEL_HEIGHT = 200


def draw(rows, curves: list, machine: list) -> str:
    """rows: measurements to compare; curves: (curve, measurements) to draw as lines."""
    compared = [m for m in rows if m.peer]
    svg = Svg(WIDTH)
    svg.text(24, 30, "EGLR against PyTorch, same weights, same work" if compared else "EGLR", bold=True, size=16)
    svg.text(24, 50, ", ".join(machine), colour=GREY, size=12)
    bottom = _bars(svg, 88, compared or rows, bool(compared))
    drawn = [(curve, line) for curve, line in curves if curve.axis in ("K", "N") and line]
    for i, (curve, line) in enumerate(drawn):
        _lines(svg, 24 + i * (WIDTH - 24) // 2, bottom + 40, curve.axis, line)
    return svg.document(bottom + (PANEL_HEIGHT + 116 if drawn else 24))


def _bars(svg, top: int, rows, compared: bool) -> int:
    """One bar a measurement; returns the lower edge."""
    values = [m.ratio if compared else m.ours_ms for m in rows]
    reached = values + [end for m in rows if compared for end in m.spread] + ([1.0] if compared else [])
    axis = LogAxis(min(reached), max(reached), LEFT, RIGHT)
    groups = len({m.what for m in rows})
    bottom = top + len(rows) * (BAR + GAP) + groups * GROUP_GAP
    svg.text(LEFT, top - 14, "PyTorch's time divided by ours" if compared else "milliseconds", colour=GREY, size=12)
    for tick in axis.ticks():
        svg.line(axis(tick), top - 4, axis(tick), bottom, strong=compared and tick == 1)
        svg.text(axis(tick), bottom + 14, f"{tick:g}", anchor="middle", colour=GREY, size=11)
    y, what = top, None
    for m, value in zip(rows, values):
        if m.what != what:
            y += GROUP_GAP if what else 0
            what = m.what
            svg.text(24, y + BAR - 2, what, size=12)
        svg.text(LEFT - 8, y + BAR - 2, f"{m.N}, {m.K}, {m.M}", anchor="end", colour=GREY, size=11)
        start = axis(1.0) if compared else LEFT
        colour = ORANGE if compared and value < 1 else BLUE
        svg.bar(min(start, axis(value)), y, abs(axis(value) - start), BAR, colour)
        if compared:
            svg.line(axis(m.spread[0]), y + BAR / 2, axis(m.spread[1]), y + BAR / 2, strong=True)
        label = f"{number(m.ratio)}x: {number(m.ours_ms)} ms, PyTorch {number(m.peer_ms)}" if compared else ""
        svg.text(RIGHT + 14, y + BAR - 2, label or f"{number(value)} ms", size=11)
        y += BAR + GAP
    svg.text(LEFT - 8, top - 14, "N, K, M", anchor="end", colour=GREY, size=11)
    return bottom + 24


def _lines(svg, left: int, top: int, axis: str, measurements) -> None:
    """Milliseconds against tokens or candidates, with the fitted straight line of the first kind of work."""
    place = [m.N if axis == "N" else tokens(m.K, m.M) for m in measurements]
    start, end, bottom = left + 50, left + 390, top + PANEL_HEIGHT
    x = LinearAxis(max(place), start, end)
    y = LinearAxis(max(m.ours_ms for m in measurements), bottom, top)
    what = measurements[0].what
    svg.text(left, top - 16, f"{what}: ms by {'candidates' if axis == 'N' else 'tokens'}", size=12)
    for tick in x.ticks():
        svg.line(x(tick), top, x(tick), bottom)
        svg.text(x(tick), bottom + 16, f"{tick:g}", anchor="middle", colour=GREY, size=11)
    for tick in y.ticks():
        svg.line(start, y(tick), end, y(tick))
        svg.text(start - 6, y(tick) + 4, f"{tick:g}", anchor="end", colour=GREY, size=11)
    for i, name in enumerate(dict.fromkeys(m.what for m in measurements)):
        points = [(p, m.ours_ms) for p, m in zip(place, measurements) if m.what == name]
        if i == 0 and len(points) > 1:
            line = fit(*zip(*points))
            ends = [(p, line(p)) for p in (points[0][0], points[-1][0])]
            svg.dotted(*((x(p), y(ms)) for p, ms in ends))
        svg.curve([(x(p), y(ms)) for p, ms in points], dashed=i > 0)
        svg.sample(start, bottom + 36 + 18 * i, name, dashed=i > 0)
    svg.text(end, bottom + 40, "dotted: straight line fitted", anchor="end", colour=GREY, size=11)
