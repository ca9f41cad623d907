"""./eglr bench as it is typed: options, files found unwritable at once, PyTorch that cannot be had."""

import os
import unittest

from sandbox import Sandbox

PYTHON = """
from bench import pytorch
from shared.console import Problem
try:
    print(pytorch.ensure())
except Problem as problem:
    print(problem.text())
"""


class Command(Sandbox):
    def bench(self, *args, **environment):
        return self.eglr("bench", *args, **environment)

    def test_help_names_every_option(self):
        text = self.assert_runs(self.bench("--help"))
        options = ("--no-peer", "--json", "--markdown", "--quick", "--kernels", "--pairs", "--members", "--logs", "--rerankers", "--against")
        for option in options:
            self.assertIn(option, text)

    def test_an_unknown_or_abbreviated_option_is_refused(self):
        self.assert_fails(self.bench("--fast"), "--fast", status=2)
        self.assert_fails(self.bench("--js", "x"), "--js", status=2)

    def test_kernels_go_alone(self):
        self.assert_fails(self.bench("--kernels", "--no-peer"), "--kernels goes with --quick only", status=2)
        self.assert_fails(self.bench("--pairs", "--no-peer"), "--pairs goes with --quick only", status=2)
        self.assert_fails(self.bench("--pairs", "--kernels"), "--pairs goes with --quick only", status=2)
        self.assert_fails(self.bench("--members", "--no-peer"), "--members goes with --quick only", status=2)

    def test_logs_go_alone(self):
        for other in ("--no-peer", "--kernels", "--pairs", "--members", "--rerankers", "--json=x", "--markdown=x"):
            self.assert_fails(self.bench("--logs", other), "--logs goes with --quick only", status=2)

    def test_against_goes_alone_and_names_another_built_checkout(self):
        for other in ("--no-peer", "--kernels", "--pairs", "--logs", "--rerankers", "--json=x"):
            done = self.bench("--against", self.base, other)
            self.assert_fails(done, "goes with", status=2)
        self.assert_fails(self.bench("--against", self.base), f"{self.base}/target/kernel/lib has no jars")

    def test_rerankers_go_with_json_and_quick(self):
        done = self.bench("--rerankers", "ctr", "--pairs")
        self.assert_fails(done, "--rerankers goes with --json, --no-peer and --quick only", status=2)

    def test_a_file_in_a_place_that_cannot_be_is_found_before_anything_runs(self):
        (self.base / "taken").write_text("")
        for option in ("--json", "--markdown"):
            done = self.bench("--no-peer", option, "taken/out.txt")
            self.assert_fails(done, f"{option} {self.base}/taken/out.txt: cannot write there")

    @unittest.skipIf(os.geteuid() == 0, "root may write everywhere")
    def test_a_folder_without_permission(self):
        closed = self.base / "closed"
        closed.mkdir(mode=0o500)
        self.assert_fails(self.bench("--no-peer", "--json", closed / "x"), "Permission denied")

    def test_a_folder_is_no_file(self):
        self.assert_fails(self.bench("--no-peer", "--json", self.base), "that is a folder")

    def test_files_must_differ(self):
        self.assert_fails(self.bench("--json", "a.svg"), "must be three files")
        self.assert_fails(self.bench("--json", "a.x", "--markdown", "a.x"), "must be three files")

    def test_a_failure_leaves_no_half_written_file_and_keeps_the_old_one(self):
        out = self.base / "out"
        out.mkdir()
        (out / "old.jsonl").write_text("kept")
        self.assert_fails(self.bench("--no-peer", "--json", out / "old.jsonl"), "JDK: no `java`")
        self.assertEqual(self.names(out), ["old.jsonl"])
        self.assertEqual((out / "old.jsonl").read_text(), "kept")
        self.assertEqual(self.names(self.root / "target" / "bench"), [])

    def test_without_pytorch_it_says_how_to_go_on(self):
        self.jdk()
        self.maven()
        done = self.bench(EGLR_BENCH_PYTHON=str(self.bin / "python3"), PYTHONNOUSERSITE="1")
        if done.returncode == 0:
            self.skipTest("this Python has torch")
        self.assert_fails(done, "cannot run PyTorch", "--no-peer", "unset EGLR_BENCH_PYTHON")


class PythonForPyTorch(Sandbox):
    def ensure(self, **environment) -> str:
        return self.assert_runs(self.python(PYTHON, **environment))

    def venv(self):
        return self.root / ".venv-bench"

    def test_a_chosen_python_that_has_everything_is_taken(self):
        chosen = self.tool("py", "exit 0")
        self.assertEqual(self.ensure(EGLR_BENCH_PYTHON=str(chosen)), str(chosen))
        self.assertFalse(self.venv().exists())

    def test_a_chosen_python_that_does_not_run(self):
        text = self.ensure(EGLR_BENCH_PYTHON="/no/python")
        self.assertIn("EGLR_BENCH_PYTHON=/no/python does not run", text)
        self.assertIn("--no-peer", text)

    def test_a_folder_that_is_not_ours_is_not_touched(self):
        self.venv().mkdir()
        (self.venv() / "mine.txt").write_text("mine")
        self.assertIn("did not make it", self.ensure())
        self.assertEqual(self.names(self.venv()), ["mine.txt"])

    def test_torch_that_cannot_be_installed_names_the_way_without(self):
        text = self.ensure()
        for part in ("Installing PyTorch", "bench-pip.log", "--no-peer", "PIP_INDEX_URL", "EGLR_BENCH_PYTHON"):
            self.assertIn(part, text)
        self.assertFalse((self.venv() / "eglr.json").exists())  # made anew by the next run

    def test_a_complete_environment_is_used_again(self):
        script = "import json; from bench import pytorch as b; b.VENV.mkdir(); b.STAMP.write_text(json.dumps(b._wanted()))"
        self.assert_runs(self.python(script))
        python = self.tool("python", "exit 1", self.venv() / "bin")
        self.assertEqual(self.ensure(), str(python))
