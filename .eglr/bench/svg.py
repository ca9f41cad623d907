"""A little SVG, on a white card of its own so that it reads on light and dark pages; red-green blind safe."""

import math
from html import escape

INK, GREY, BLUE, ORANGE, GRID = "#222222", "#555555", "#0072b2", "#d55e00", "#dddddd"
FONT = "DejaVu Sans, Helvetica, Arial, sans-serif"


class LogAxis:
    """Maps values to pixels, logarithmically; its ends are 1, 2 or 5 times a power of ten."""

    def __init__(self, low: float, high: float, start: float, end: float):
        self.low, self.high = _nice(low, math.floor), _nice(high, math.ceil)
        if self.low == self.high:
            self.high = _nice(high * 1.5, math.ceil)
        self.start, self.end = start, end

    def __call__(self, value: float) -> float:
        share = math.log(value / self.low) / math.log(self.high / self.low)
        return self.start + share * (self.end - self.start)

    def ticks(self) -> list:
        decades = math.log10(self.high / self.low)
        steps = (1, 2, 5) if decades <= 3.4 else (1,)
        powers = range(math.floor(math.log10(self.low)) - 1, math.ceil(math.log10(self.high)) + 1)
        values = [float(f"{s}e{p}") for p in powers for s in steps]
        return [v for v in values if self.low * 0.999 <= v <= self.high * 1.001]


class LinearAxis:
    """Maps values from 0 to pixels."""

    def __init__(self, high: float, start: float, end: float):
        self.step = _nice(high / 5, math.ceil)
        self.high = self.step * math.ceil(high / self.step * (1 - 1e-9))
        self.start, self.end = start, end

    def __call__(self, value: float) -> float:
        return self.start + value / self.high * (self.end - self.start)

    def ticks(self) -> list:
        return [i * self.step for i in range(round(self.high / self.step) + 1)]


def _nice(value: float, rounding) -> float:
    """The next 1, 2 or 5 times a power of ten, downwards with floor, upwards with ceil."""
    power = math.floor(math.log10(value))
    options = [float(f"{s}e{p}") for p in (power, power + 1) for s in (1, 2, 5)]
    if rounding is math.floor:
        return max(o for o in options if o <= value * (1 + 1e-9))
    return min(o for o in options if o >= value * (1 - 1e-9))


class Svg:
    def __init__(self, width: int):
        self.width = width
        self.parts = []

    def text(self, x, y, text, *, anchor="start", colour=INK, size=13, bold=False) -> None:
        weight = ' font-weight="bold"' if bold else ""
        place = f'x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"'
        self.parts.append(f'<text {place} font-size="{size}" fill="{colour}"{weight}>{escape(text)}</text>')

    def line(self, x1, y1, x2, y2, strong: bool = False) -> None:
        colour, width = (INK, 1.5) if strong else (GRID, 1)
        self.parts.append(f'<path d="M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}" stroke="{colour}" stroke-width="{width}"/>')

    def bar(self, x, y, width, height, colour) -> None:
        box = f'x="{x:.1f}" y="{y:.1f}" width="{max(width, 1):.1f}" height="{height}"'
        self.parts.append(f'<rect {box} fill="{colour}" fill-opacity="0.75"/>')

    def curve(self, points, dashed: bool = False) -> None:
        colour = ORANGE if dashed else BLUE
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        stroke = f'fill="none" stroke="{colour}" stroke-width="2.5"{_dash(dashed)}'
        self.parts.append(f'<polyline points="{path}" {stroke}/>')
        self.parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{colour}"/>' for x, y in points]

    def sample(self, x, y, name: str, dashed: bool = False) -> None:
        """An entry of the legend."""
        stroke = f'stroke="{ORANGE if dashed else BLUE}" stroke-width="2.5"{_dash(dashed)}'
        self.parts.append(f'<path d="M{x} {y}h30" {stroke}/>')
        self.text(x + 38, y + 4, name, size=11)

    def dotted(self, first, second) -> None:
        (x1, y1), (x2, y2) = first, second
        stroke = f'stroke="{INK}" stroke-width="1.5" stroke-dasharray="1 4" stroke-linecap="round"'
        self.parts.append(f'<path d="M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}" {stroke}/>')

    def document(self, height) -> str:
        box = f'viewBox="0 0 {self.width} {height:.0f}" width="{self.width}" height="{height:.0f}"'
        head = f'<svg xmlns="http://www.w3.org/2000/svg" {box} font-family="{FONT}">'
        card = f'<rect width="{self.width}" height="{height:.0f}" rx="6" fill="#ffffff"/>'
        return "\n".join([head, "<title>Benchmark of EGLR</title>", card, *self.parts, "</svg>"]) + "\n"


def _dash(dashed: bool) -> str:
    return ' stroke-dasharray="7 5"' if dashed else ""
