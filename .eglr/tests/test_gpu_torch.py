"""PyTorch's side of ./eglr gpu-check: the search for it, its time, its times in the report."""

import importlib.util
import json
import os
import subprocess
import sys
import unittest
from pathlib import Path
from unittest import mock

from sandbox import SCRIPTS, Sandbox

PACKED = SCRIPTS / "gpu" / "packed"
sys.path[:0] = [str(SCRIPTS), str(PACKED)]

import gpu_torch  # noqa: E402
from shared import layout  # noqa: E402

SIZES = {
    "group": 8,
    "length": 4,
    "items": 50,
    "heads": 2,
    "evaluatorLayers": 1,
    "feedForward": 2,
    "position": 4,
    "embedding": 4,
    "reasoningTokens": 2,
    "entropyThreshold": -1,
    "baseTemperature": 1,
    "exploration": 1.5,
}


def place(work: str, lists: int) -> dict:
    return {"work": work, "width": 8, "pool": 6, "lists": lists}


def report(*cells, gpu: bool = True) -> dict:
    mark = {"work": "GRPO step", "width": 512, "pool": 10, "lists": 16384}
    table = [{**cell, "milliseconds": {"SAMEDIFF": 1.0}, "notes": {}} for cell in cells]
    return {"machine": {"gpu": gpu}, "workload": SIZES, "mark": mark, "benchmark": table}


class Search(Sandbox):
    def found(self, *pythons, cuda: bool = True) -> gpu_torch.Side:
        return gpu_torch.find(list(pythons), cuda)

    def test_the_first_that_computes_on_the_device(self):
        without = self.tool("without", 'echo "ModuleNotFoundError: No module named torch" >&2; exit 1')
        cpu, cuda = self.tool("cpu", "echo no 2.9.1+cpu"), self.tool("cuda", "echo yes 2.9.1+cu130")
        self.assertEqual(gpu_torch.Side(cuda), self.found(without, cpu, cuda))
        self.assertEqual(gpu_torch.Side(cpu), self.found(without, cpu, cuda, cuda=False))

    def test_why_there_is_none_and_what_to_do(self):
        without = self.tool("without", 'echo "No module named torch" >&2; exit 1')
        cpu = self.tool("cpu", "echo no 2.9.1+cpu")
        side = self.found(without, without, cpu, self.base / "absent")
        self.assertIsNone(side.python)
        for part in (
            f"no PyTorch for this device: {without} cannot import it: No module named torch; {cpu} has",
            f"{cpu} has 2.9.1+cpu, which finds no CUDA device; ",
            f"{self.base / 'absent'} does not run: ",
            "Remedy: EGLR_BENCH_PYTHON names a Python whose torch.cuda.is_available() is true",
        ):
            self.assertIn(part, side.why)

    def test_the_users_choice_comes_before_this_python(self):
        own = Path(sys.executable)
        with mock.patch.dict("os.environ", {"EGLR_BENCH_PYTHON": "/x/python"}):
            self.assertEqual([Path("/x/python"), own], gpu_torch.candidates())
            del os.environ["EGLR_BENCH_PYTHON"]
            self.assertEqual([own], gpu_torch.candidates())

    def test_a_third_of_the_time_is_its_own(self):
        self.assertEqual((240, 120), gpu_torch.Side(Path("python")).seconds(360))
        self.assertEqual((360, 0), gpu_torch.Side(None, "none").seconds(360))


class Measuring(Sandbox):
    def measured(self, content: dict, side: gpu_torch.Side) -> dict:
        file = self.base / "gpu-report.json"
        file.write_text(json.dumps(content))
        gpu_torch.measure(file, side, 7, Path("/scripts"), Path("/peer"))
        self.assertFalse(file.with_suffix(".part").exists())
        return json.loads(file.read_text())

    def peer(self, script: str) -> gpu_torch.Side:
        """Its arguments: gpu_peer.py, the peer's folder, report, times, device, seconds."""
        return gpu_torch.Side(self.tool("python", script))

    def times(self, **found) -> str:
        file = self.base / "found.json"
        file.write_text(json.dumps({"version": "2.9.1", "device": "NVIDIA X", **found}))
        return f'cat "{file}" > "$4"'

    def test_times_and_notes_come_into_the_report(self):
        first, second = place("GRPO step", 64), place("generation", 64)
        cells = [{**first, "milliseconds": 2.5, "note": "in parts of 8 lists"}, {**second, "note": "failed: why"}]
        script = f'echo "$@" > "{self.base}/arguments"\n' + self.times(cells=cells)
        content = self.measured(report(first, second), self.peer(script))
        table = content["benchmark"]
        self.assertEqual({"SAMEDIFF": 1.0, "PYTORCH": 2.5}, table[0]["milliseconds"])
        self.assertEqual({"PYTORCH": "in parts of 8 lists"}, table[0]["notes"])
        self.assertEqual({"SAMEDIFF": 1.0}, table[1]["milliseconds"])
        self.assertEqual({"PYTORCH": "failed: why"}, table[1]["notes"])
        self.assertEqual({"version": "2.9.1", "device": "NVIDIA X", "why": ""}, content["pytorch"])
        self.assertEqual(["not measured"] * 2, [mark["verdict"] for mark in content["marks"]])
        arguments = (self.base / "arguments").read_text().split(" ")
        self.assertEqual(["/scripts/gpu_peer.py", "/peer"], arguments[:2])
        self.assertEqual(["cuda", "7\n"], arguments[-2:])

    def test_it_computes_where_our_graphs_did(self):
        script = f'echo "$5" > "{self.base}/device"'
        self.measured(report(place("generation", 64), gpu=False), self.peer(script))
        self.assertEqual("cpu\n", (self.base / "device").read_text())

    def test_what_was_measured_before_it_broke_off_is_kept(self):
        cell = {**place("generation", 64), "milliseconds": 3.5}
        script = self.times(cells=[cell]) + "\necho 'CUDA error: out of luck' >&2; exit 3"
        content = self.measured(report(place("generation", 64)), self.peer(script))
        self.assertEqual(3.5, content["benchmark"][0]["milliseconds"]["PYTORCH"])
        self.assertEqual("PyTorch ended with status 3: CUDA error: out of luck", content["pytorch"]["why"])

    def test_an_early_end_keeps_what_was_measured_until_then(self):
        content = report(place("generation", 64))
        cells = [{**place("generation", 64), "milliseconds": 3.5}]

        def ended(argv: list, limit: int) -> str:
            Path(argv[4]).write_text(json.dumps({"version": "2.9.1", "device": "NVIDIA X", "cells": cells}))
            raise SystemExit(143)

        with mock.patch.object(gpu_torch, "_run", ended), self.assertRaises(SystemExit):
            self.measured(content, self.peer(""))
        content = json.loads((self.base / "gpu-report.json").read_text())
        self.assertEqual(3.5, content["benchmark"][0]["milliseconds"]["PYTORCH"])
        self.assertEqual("PyTorch was interrupted", content["pytorch"]["why"])

    def test_one_that_hangs_is_stopped(self):
        with mock.patch.object(gpu_torch, "START_S", -6.5):
            content = self.measured(report(place("generation", 64)), self.peer("exec sleep 60"))
        self.assertEqual("PyTorch was stopped after 0.5 s", content["pytorch"]["why"])

    def test_its_absence_is_in_the_report_and_nothing_is_added_where_nothing_was_measured(self):
        absent = gpu_torch.Side(None, "no PyTorch: why")
        content = self.measured(report(place("generation", 64)), absent)
        self.assertEqual("no PyTorch: why", content["pytorch"]["why"])
        self.assertEqual({"machine": {}}, self.measured({"machine": {}}, absent), "broken off before")
        self.assertEqual(report(), self.measured(report(), absent))


# The device has memory for 8 lists.
SMALL_MEMORY = """
import runpy, sys, torch
sys.path.insert(0, sys.argv[2])
import eglr_torch
decode = eglr_torch.Generator.decode
def limited(generator, z, *more, **options):
    if len(z) > 8:
        raise torch.cuda.OutOfMemoryError("no room")
    return decode(generator, z, *more, **options)
eglr_torch.Generator.decode = limited
sys.argv = sys.argv[1:]
sys.path[0] = sys.argv[0].rpartition("/")[0]
runpy.run_path(sys.argv[0], run_name="__main__")
"""


@unittest.skipUnless(importlib.util.find_spec("torch"), "needs PyTorch")
class TheScriptItself(Sandbox):
    cells = [place(work, lists) for work in ("GRPO step", "generation") for lists in (8, 32)]

    def measured(self, *options) -> list:
        file, times = self.base / "report.json", self.base / "times.json"
        file.write_text(json.dumps(report(*self.cells)))
        argv = [sys.executable, *options, PACKED / "gpu_peer.py", layout.PEER, file, times, "cpu", "600"]
        done = subprocess.run(list(map(str, argv)), capture_output=True, text=True)
        self.assertEqual(0, done.returncode, done.stderr)
        found = json.loads(times.read_text())["cells"]
        self.assertEqual(self.cells, [{key: cell[key] for key in self.cells[0]} for cell in found])
        for cell in found:
            self.assertGreater(cell["milliseconds"], 0)
        return [cell.get("note") for cell in found]

    def test_every_place_is_measured(self):
        self.assertEqual([None] * 4, self.measured())

    def test_what_does_not_fit_is_cut(self):
        self.assertEqual([None, "in parts of 8 lists"] * 2, self.measured("-c", SMALL_MEMORY))


if __name__ == "__main__":
    unittest.main()
