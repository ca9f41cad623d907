"""The benchmark's table, JSON lines, Markdown, notes and picture."""

import json
import sys
import unittest
import xml.etree.ElementTree as xml

from sandbox import SCRIPTS

sys.path.insert(0, str(SCRIPTS))
from bench import notes, picture, plan, report  # noqa: E402
from bench.stats import Measurement, tokens  # noqa: E402
from bench.svg import LinearAxis, LogAxis  # noqa: E402

COMPARED = Measurement("rerank one request", 10, 10, 2, ours=[[0.4] * 600, [0.5] * 600], peer=[[8.0], [9.0]])
ALONE = Measurement("decode one list", 100, 20, 2, ours=[[1234.5]])


def curve(axis: str, cost) -> list:
    chosen = next(c for c in plan.CURVES if c.axis == axis)
    return [Measurement("decode one list", *size, ours=[[cost(*size)]]) for size in chosen.sizes]


class Text(unittest.TestCase):
    def test_json_lines_have_exactly_the_keys_and_null_where_nothing_was_measured(self):
        lines = report.json_lines([COMPARED, ALONE]).splitlines()
        first, second = map(json.loads, lines)
        keys = ["what", "N", "K", "M", "ours_ms", "peer_ms", "ratio", "p99_ms"]
        self.assertEqual((list(first), list(second)), (keys, keys))
        self.assertEqual(first["what"], "rerank one request")
        self.assertEqual((first["ours_ms"], first["peer_ms"], first["p99_ms"]), (0.45, 8.5, 0.5))
        self.assertAlmostEqual(first["ratio"], 8.5 / 0.45, 4)
        self.assertEqual((second["N"], second["K"], second["M"]), (100, 20, 2))
        self.assertEqual((second["peer_ms"], second["ratio"], second["p99_ms"]), (None, None, None))

    def test_the_console_table_lines_up(self):
        head, first, second = report.console_table([COMPARED, ALONE]).splitlines()
        self.assertEqual(first.index("0.450") + 5, head.index("ours ms") + 7)
        self.assertRegex(first, r"0\.500 +8\.50 +18\.9 +18\.0 to 20\.0$")
        self.assertRegex(second, r"1,23[45] +- +- +- +-$")

    def test_numbers_have_three_digits(self):
        shown = [report.number(v) for v in (0.01234, 0.5, 1.0, 12.34, 99.96, 1234.5, None)]
        self.assertEqual(shown, ["0.0123", "0.500", "1.00", "12.3", "100", "1,234", "-"])

    def test_markdown_names_command_and_machine_and_drops_empty_columns(self):
        text = report.markdown("./eglr bench", ["2 threads", "Java 17"], [COMPARED], ["a note"])
        self.assertIn("`./eglr bench` on 2 threads, Java 17:", text)
        self.assertIn("- a note\n", text)
        table = [line for line in text.splitlines() if line.startswith("|")]
        self.assertEqual({line.count("|") for line in table}, {10})
        alone = report.markdown("./eglr bench", [], [ALONE], [])
        self.assertNotIn("PyTorch", alone)


class Notes(unittest.TestCase):
    def test_linear_cost_is_told_from_quadratic(self):
        for cost, power in ((lambda n, k, m: 0.02 * tokens(k, m), "1.00"), (lambda n, k, m: tokens(k, m) ** 2, "2.00")):
            (note,) = notes.curve_notes(plan.CURVES[0], curve("K", cost))
            self.assertIn(f"to the power {power}", note)
        (note,) = notes.curve_notes(plan.CURVES[0], curve("K", lambda n, k, m: 0.02 * tokens(k, m)))
        self.assertIn("20.0 µs a token", note)
        self.assertIn("15 to 150 tokens", note)

    def test_memory_that_grows_is_said(self):
        self.assertIn("no growth", notes.growth_note([(200, 700.0, 20), (2000, 705.0, 20)]))
        self.assertIn("GROWS", notes.growth_note([(200, 700.0, 20), (2000, 800.0, 20)]))
        self.assertIn("heap 20", notes.growth_note([(200, None, 20), (2000, None, 21)]))

    def test_peaks(self):
        self.assertIn("ours 700 MiB, PyTorch 900 MiB", notes.peak_note(700.0, 900.0))
        self.assertNotIn("PyTorch", notes.peak_note(700.0, None))
        self.assertIn("does not tell", notes.peak_note(None, None))


class Picture(unittest.TestCase):
    def test_it_is_well_formed_and_shows_every_measurement(self):
        curves = [(c, curve(c.axis, lambda n, k, m: n + tokens(k, m))) for c in plan.CURVES]
        rows = [Measurement(w.what, *s, ours=[[1.0]], peer=[[0.4]]) for w in plan.WORKS for s in plan.SIZES]
        for measured in (rows, [Measurement(m.what, m.N, m.K, m.M, ours=m.ours) for m in rows]):
            svg = xml.fromstring(picture.draw(measured, curves, ["a <processor> & more"]))
            names = [element.tag.rpartition("}")[2] for element in svg.iter()]
            self.assertEqual(names.count("rect"), 1 + len(rows))  # the card and the bars
            self.assertEqual(names.count("polyline"), 2)
            self.assertTrue(any("<processor> &" in (e.text or "") for e in svg.iter()))

    def test_axes_reach_beyond_the_values(self):
        for low, high in ((0.2, 17), (1, 1), (0.013, 4800)):
            axis = LogAxis(low, high, 100, 500)
            self.assertLessEqual(100 - 1e-6, axis(low))
            self.assertLessEqual(axis(high), 500 + 1e-6)
            self.assertGreaterEqual(len(axis.ticks()), 2)
        axis = LinearAxis(150, 300, 0)
        self.assertEqual((axis(0), axis(axis.ticks()[-1])), (300, 0))
        self.assertGreaterEqual(axis.ticks()[-1], 150)
