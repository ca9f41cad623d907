"""What becomes of the benchmark's times: medians, ratios and their spread, fits."""

import math
from dataclasses import dataclass, field


ENOUGH_FOR_P99 = 1000


def quantile(values, share: float) -> float:
    """The value below which the share lies, linear between neighbours."""
    if not values or not 0 <= share <= 1:
        raise ValueError(f"quantile {share} of {len(values)} values")
    ordered = sorted(values)
    place = share * (len(ordered) - 1)
    low = math.floor(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


def median(values) -> float:
    return quantile(values, 0.5)


def median_interval(values) -> tuple:
    """Bounds between which the median lies of what these were drawn from, 95 times of 100; all of them if they are few.

    By their ranks: each value is as likely above the median as below.
    """
    ordered = sorted(values)
    count = len(ordered)
    left_out, outside = 0, 0.0  # values at either end; the chance that the median lies beyond the bounds then
    for out in range(count // 2):
        outside += 2 * math.comb(count, out) / 2**count
        if outside > 0.05:
            break
        left_out = out
    return ordered[left_out], ordered[count - 1 - left_out]


@dataclass
class Line:
    """y = intercept + slope * x with the least squared relative deviations.

    deviation: the largest, as a share of y; exponent: of the power of x that y grows with.
    """

    intercept: float
    slope: float
    deviation: float
    exponent: float

    def __call__(self, x: float) -> float:
        return self.intercept + self.slope * x


def fit(xs, ys) -> Line:
    intercept, slope = _least_squares(xs, ys, [1 / y**2 for y in ys])
    deviation = max(abs(intercept + slope * x - y) / y for x, y in zip(xs, ys))
    _, exponent = _least_squares([math.log(x) for x in xs], [math.log(y) for y in ys], [1] * len(xs))
    return Line(intercept, slope, deviation, exponent)


def _least_squares(xs, ys, weights) -> tuple:
    total = sum(weights)
    mean_x = sum(w * x for w, x in zip(weights, xs)) / total
    mean_y = sum(w * y for w, y in zip(weights, ys)) / total
    slope = sum(w * (x - mean_x) * (y - mean_y) for w, x, y in zip(weights, xs, ys))
    slope /= sum(w * (x - mean_x) ** 2 for w, x in zip(weights, xs))
    return mean_y - slope * mean_x, slope


@dataclass
class Measurement:
    """One piece of work at one size: milliseconds, one list a round; the peer's list is empty where it has no part."""

    what: str
    N: int
    K: int
    M: int
    ours: list = field(default_factory=list)
    peer: list = field(default_factory=list)

    @property
    def ours_ms(self) -> float:
        return median(_flat(self.ours))

    @property
    def peer_ms(self):
        return median(_flat(self.peer)) if self.peer else None

    @property
    def p99_ms(self):
        times = _flat(self.ours)
        return quantile(times, 0.99) if len(times) >= ENOUGH_FOR_P99 else None

    @property
    def ratio(self):
        """How many times longer the peer takes."""
        return self.peer_ms / self.ours_ms if self.peer else None

    @property
    def spread(self):
        """The lowest and the highest ratio of a round."""
        ratios = [median(p) / median(o) for o, p in zip(self.ours, self.peer)]
        return (min(ratios), max(ratios)) if ratios else None

    def record(self) -> dict:
        """The line in the JSON file."""
        rounded = {k: v if v is None else round(v, 5) for k, v in self._numbers().items()}
        return {"what": self.what, "N": self.N, "K": self.K, "M": self.M, **rounded}

    def _numbers(self) -> dict:
        return {"ours_ms": self.ours_ms, "peer_ms": self.peer_ms, "ratio": self.ratio, "p99_ms": self.p99_ms}


def _flat(rounds) -> list:
    return [time for times in rounds for time in times]


def tokens(length: int, reasoning: int) -> int:
    """Decoder tokens of a list: the context, all items but the last, the reasoning tokens."""
    return length * (1 + reasoning)
