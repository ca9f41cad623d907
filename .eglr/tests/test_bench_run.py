"""The benchmark's turns, the check of agreement, the workers' protocol."""

import os
import sys
import tempfile
import unittest
from pathlib import Path

from sandbox import SCRIPTS

sys.path.insert(0, str(SCRIPTS))
from bench import against, measuring, plan, workers  # noqa: E402
from shared.console import Problem  # noqa: E402

BUDGET = plan.Budget(rounds=3, turn_s=0.0, warm_s=0.0, ours_one=12, peer_one=6, steps=(2, 5))


class Scripted:
    """A worker that notes what it is asked; its work takes as long as `cost` says, by command and threads."""

    def __init__(self, name: str, turns: list, cost):
        self.name, self.turns, self.cost = name, turns, cost
        self.threads = None

    def ask(self, *words) -> dict:
        if words[0] == "threads":
            self.threads = words[1]
        if words[0] == "open":
            return {"workers": 2, "groups": 32, "groupSize": 8, "version": "9"}
        if words[0] == "collect":
            return {"heap": 5 << 20}
        return {"items": [[1, 0]], "reasoning": [4]}

    def time(self, command: str, repeats: int) -> list:
        self.turns.append((self.name, command, repeats, self.threads))
        return [self.cost(command, self.threads)] * repeats

    def memory(self, peak: bool = False) -> float:
        return 100.0


class Against(unittest.TestCase):
    def test_ratios_are_of_times_of_one_round_and_spread_over_processes(self):
        turns = []
        here = Scripted("here", turns, lambda command, threads: 3.0)
        there = Scripted("there", turns, lambda command, threads: 2.0 if command == "rerank-one" else 4.0)
        size = (10, 10, 2)
        rows = {(size, work.what): against.Row(work.what, size) for work in against.WORKS}
        for _ in range(2):
            against._size({"here": here, "there": there}, size, against.Budget(starts=2, rounds=3, turn_s=0, warm_s=0), rows)
        ratios = {row.what: (row.ratio, row.interval) for row in rows.values()}
        self.assertEqual(ratios.pop(plan.ONE.what), (1.5, (1.5, 1.5)))
        self.assertEqual(set(ratios.values()), {(0.75, (0.75, 0.75))})
        timed = [name for name, command, _, _ in turns if command == "rerank-many"][2:8]
        self.assertEqual(timed, ["here", "there", "there", "here", "here", "there"])

    def test_a_row_is_the_median_of_the_processes_medians(self):
        row = against.Row("x", (10, 10, 2), [[1.0, 1.2, 1.1], [0.9, 0.8, 1.0], [3.0, 0.1, 1.0]])
        self.assertAlmostEqual(row.ratio, 1.0)
        self.assertEqual(row.interval, (0.9, 1.1))  # three are too few to leave one out


class Turns(unittest.TestCase):
    def measure(self, work, peer_cost):
        turns = []
        ours = Scripted("ours", turns, lambda command, threads: 2.0)
        peer = Scripted("peer", turns, peer_cost)
        result = measuring.measure(work, (10, 10, 2), BUDGET, ours, peer, 2)
        return result, turns

    def test_both_sides_take_turns_in_every_round(self):
        _, turns = self.measure(plan.BULK, lambda command, threads: 6.0)
        rounds = [(name, threads) for name, _, _, threads in turns[3:]]
        self.assertEqual(rounds, [("ours", None), ("peer", 1), ("peer", 2)] * BUDGET.rounds)

    def test_pytorch_gets_its_better_number_of_threads(self):
        for better in (1, 2):
            for work in (plan.ONE, plan.GRPO):
                result, _ = self.measure(work, lambda command, threads: 5.0 if threads == better else 7.0)
                self.assertEqual((result.ours_ms, result.peer_ms, result.ratio), (2.0, 5.0, 2.5))

    def test_single_requests_are_repeated_as_often_as_the_plan_says(self):
        result, _ = self.measure(plan.ONE, lambda command, threads: 6.0)
        self.assertGreaterEqual(sum(map(len, result.ours)), BUDGET.ours_one)
        self.assertGreaterEqual(sum(map(len, result.peer)), BUDGET.peer_one)
        self.assertGreaterEqual(plan.FULL.ours_one, 2000)
        self.assertGreaterEqual(plan.FULL.peer_one, 200)

    def test_a_turn_lasts_as_long_as_planned(self):
        budget = plan.Budget(4, 1.0, 0, 0, 0, ())
        self.assertEqual(measuring.turn_repeats(100.0, budget, 1), 10)
        self.assertEqual(measuring.turn_repeats(9000.0, budget, 1), 1)
        self.assertEqual(measuring.turn_repeats(900.0, budget, 40), 10)

    def test_without_a_peer_only_we_are_measured(self):
        turns = []
        ours = Scripted("ours", turns, lambda command, threads: 2.0)
        result = measuring.measure(plan.ONE, (10, 10, 2), BUDGET, ours)
        self.assertEqual((result.peer, {name for name, *_ in turns}), ([], {"ours"}))

    def test_memory_is_read_after_as_many_steps_as_said(self):
        turns = []
        rows = measuring.memory_after((2, 5), Scripted("ours", turns, lambda command, threads: 1.0))
        self.assertEqual([steps for _, _, steps, _ in turns], [2, 3])
        self.assertEqual(rows, [(2, 100.0, 5.0), (5, 100.0, 5.0)])


class Agreement(unittest.TestCase):
    OURS = {"items": [[2, 0, 1], [1, 2, 0]], "reasoning": [6, 6]}

    def check(self, peer):
        measuring.check_agreement(self.OURS, peer, (3, 3, 2))

    def test_equal_lists_pass(self):
        self.check({"items": [[2, 0, 1], [1, 2, 0]], "reasoning": [6, 6]})

    def test_other_items_are_refused(self):
        with self.assertRaisesRegex(Problem, r"N=3 K=3 M=2, request 2: our list is \[1, 2, 0\], PyTorch's \[2, 1, 0\]"):
            self.check({"items": [[2, 0, 1], [2, 1, 0]], "reasoning": [6, 6]})

    def test_another_number_of_reasoning_tokens_is_refused(self):
        with self.assertRaisesRegex(Problem, "request 1: 6 reasoning tokens here, 4 in PyTorch"):
            self.check({"items": [[2, 0, 1], [1, 2, 0]], "reasoning": [4, 6]})

    def test_fewer_lists_are_refused(self):
        self.assertRaises(ValueError, self.check, {"items": [[2, 0, 1]], "reasoning": [6]})


class Plan(unittest.TestCase):
    def test_no_line_of_the_json_file_stands_twice(self):
        lines = [(w.what, *s) for w in (*plan.WORKS, plan.API) for s in plan.SIZES]
        lines += [(w.what, *s) for c in plan.CURVES for w in c.works for s in c.sizes]
        self.assertEqual(len(set(lines)), len(lines))

    def test_curves_change_one_number_only(self):
        for curve in plan.CURVES:
            for axis, values in zip("NKM", zip(*curve.sizes)):
                self.assertEqual(len(set(values)) > 1, axis == curve.axis)


WORKER = """
import json, os, sys
for line in sys.stdin:
    words = line.split()
    if words[0] == "die":
        print("out of luck", file=sys.stderr); os._exit(3)
    if words[0] == "babble":
        print("hello", flush=True)
    elif words[0] == "fail":
        print(json.dumps({"error": "fail: no such work"}), flush=True)
    else:
        print(json.dumps({"ns": [2_000_000] * int(words[1])}), flush=True)
"""


class Protocol(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.log = Path(folder.name) / "worker.log"
        starting = workers.start("The worker", [sys.executable, "-c", WORKER], self.log, dict(os.environ))
        self.worker = starting.__enter__()
        self.addCleanup(starting.__exit__, None, None, None)

    def test_times_come_back_in_milliseconds(self):
        self.assertEqual(self.worker.time("work", 3), [2.0, 2.0, 2.0])

    def test_an_error_of_the_worker_is_shown(self):
        with self.assertRaisesRegex(Problem, "The worker: fail: no such work"):
            self.worker.ask("fail")

    def test_a_dead_worker_is_told_with_its_last_words(self):
        with self.assertRaises(Problem) as caught:
            self.worker.ask("die")
        for part in ("exit status 3", "`die`", "out of luck", str(self.log)):
            self.assertIn(part, caught.exception.what)

    def test_what_is_not_json_is_refused(self):
        with self.assertRaisesRegex(Problem, "`babble` with 'hello', which is not JSON"):
            self.worker.ask("babble")

    @unittest.skipUnless(Path("/proc/self/status").exists(), "needs /proc")
    def test_memory_is_read(self):
        self.worker.ask("work", 1)
        now, peak = self.worker.memory(), self.worker.memory(peak=True)
        self.assertTrue(1 < now <= peak < 4096, (now, peak))
