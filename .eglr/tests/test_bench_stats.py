"""The benchmark's arithmetic."""

import random
import statistics
import sys
import unittest

from sandbox import SCRIPTS

sys.path.insert(0, str(SCRIPTS))
from bench.stats import Measurement, fit, median, median_interval, quantile, tokens  # noqa: E402


class Quantiles(unittest.TestCase):
    def test_they_agree_with_the_standard_library(self):
        for seed in range(50):
            values = [random.Random(seed).random() for _ in range(2 + seed)]
            self.assertAlmostEqual(median(values), statistics.median(values))
            parts = statistics.quantiles(values, n=100, method="inclusive")
            self.assertAlmostEqual(quantile(values, 0.99), parts[98])
            self.assertEqual((quantile(values, 0), quantile(values, 1)), (min(values), max(values)))

    def test_nothing_has_no_quantile(self):
        self.assertRaises(ValueError, quantile, [], 0.5)


class Intervals(unittest.TestCase):
    def test_they_have_the_median_95_times_of_100_and_no_narrower_ones_would(self):
        draw = random.Random(3)
        for count, left_out in ((3, 0), (5, 0), (6, 0), (9, 1), (12, 2), (20, 5)):
            self.assertEqual(median_interval(range(count)), (left_out, count - 1 - left_out))
            samples = [sorted(draw.random() for _ in range(count)) for _ in range(4000)]
            for out, enough in ((left_out, count >= 6), (left_out + 1, False)):
                held = sum(s[out] <= 0.5 <= s[-1 - out] for s in samples if out < count - out) / len(samples)
                self.assertEqual(held > 0.94, enough, (count, out, held))


class Fits(unittest.TestCase):
    def test_a_line_is_found_again(self):
        xs = [10, 20, 50, 100, 1000]
        line = fit(xs, [3 + 0.25 * x for x in xs])
        self.assertAlmostEqual(line.intercept, 3)
        self.assertAlmostEqual(line.slope, 0.25)
        self.assertAlmostEqual(line.deviation, 0)
        self.assertAlmostEqual(line(40), 13)

    def test_the_exponent_tells_linear_from_quadratic(self):
        xs = [5, 10, 20, 50]
        self.assertAlmostEqual(fit(xs, [0.3 * x for x in xs]).exponent, 1)
        self.assertAlmostEqual(fit(xs, [0.3 * x * x for x in xs]).exponent, 2)
        self.assertGreater(fit(xs, [x * x for x in xs]).deviation, 0.2)

    def test_small_values_weigh_as_much_as_large_ones(self):
        xs = [1, 2, 4, 8, 1000]
        line = fit(xs, [1.0, 2.0, 4.0, 8.0, 1100.0])
        self.assertLess(abs(line(8) - 8) / 8, 0.05)


class Measurements(unittest.TestCase):
    def test_the_ratio_is_of_the_medians_and_its_spread_of_the_rounds(self):
        m = Measurement("x", 10, 10, 2, ours=[[1, 1, 9], [2, 2, 2]], peer=[[4], [10]])
        self.assertEqual(m.ours_ms, 2)
        self.assertEqual(m.peer_ms, 7)
        self.assertEqual(m.ratio, 3.5)
        self.assertEqual(m.spread, (4, 5))

    def test_without_a_peer_there_is_no_ratio(self):
        m = Measurement("x", 10, 10, 2, ours=[[1.0]])
        self.assertEqual((m.peer_ms, m.ratio, m.spread), (None, None, None))

    def test_a_99th_percentile_needs_a_thousand_times(self):
        self.assertIsNone(Measurement("x", 1, 1, 0, ours=[[1.0] * 999]).p99_ms)
        times = [float(i) for i in range(1001)]
        self.assertEqual(Measurement("x", 1, 1, 0, ours=[times[:500], times[500:]]).p99_ms, 990)

    def test_tokens(self):
        self.assertEqual(tokens(10, 0), 10)
        self.assertEqual(tokens(20, 2), 60)
