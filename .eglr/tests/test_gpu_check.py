"""./eglr gpu-check: the card, the packed folder, the report."""

import io
import json
import signal
import subprocess
import sys
import tarfile
import unittest
from pathlib import Path
from unittest import mock

from sandbox import SCRIPTS, Sandbox

sys.path[:0] = [str(SCRIPTS), str(SCRIPTS / "gpu" / "packed")]

import gpu_report  # noqa: E402
import gpu_run  # noqa: E402
from gpu import bundle, cards  # noqa: E402

REPORT = {
    "format": 2,
    "machine": {
        "gpu": True,
        "card": "NVIDIA H100, compute capability 9.0, 79.1 GiB",
        "backend": "JCublasBackend, CUBLAS",
        "nd4j": "1.0.0-M1.1",
        "java": "17.0.1",
        "system": "Linux amd64",
        "threads": 16,
        "kernels": "JDK Vector API",
    },
    "finished": True,
    "ok": False,
    "parts": [
        {
            "name": "Graphs",
            "seconds": 12.3,
            "checks": [
                {"name": "fine", "ok": True, "error": 0.001, "limit": 0.005, "note": ""},
                {"name": "replay: gradients", "ok": False, "error": 0.5, "limit": 0.005, "note": "worst: inp.weight"},
            ],
        }
    ],
    "mark": {"work": "GRPO step", "width": 512, "pool": 10, "lists": 16384},
    "benchmark": [
        {"work": "GRPO step", "width": 64, "pool": 10, "lists": 256, "milliseconds": {"SAMEDIFF": 20}, "notes": {}}
    ],
}


class Page(unittest.TestCase):
    def test_names_card_driver_backend_and_what_is_wrong(self):
        page = gpu_report.page(REPORT, "NVIDIA H100, 570.1")
        self.assertTrue(page.startswith("# GPU check: NOT right\n"), page)
        for text in (
            "| card | NVIDIA H100, compute capability 9.0, 79.1 GiB |",
            "| driver (nvidia-smi) | NVIDIA H100, 570.1 |",
            "| backend | JCublasBackend, CUBLAS |",
            "| ND4J | 1.0.0-M1.1 |",
            "| Graphs | 1 of 2 | 1e+02 | 12 s | 0.2 |",
            "- **Graphs: replay: gradients**: 0.5 (allowed 0.005) worst: inp.weight",
            "| GRPO step, 64, 10 | - / 20 / - | not measured |",
        ):
            self.assertIn(text, page)

    def test_where_a_steps_time_goes(self):
        rows = [{"operation": "multiply", "shape": f"[{i}]", "count": 3, "milliseconds": 50.0 - i} for i in range(50)]
        profile = {"width": 512, "lists": 16384, "milliseconds": 4000.0, "operations": rows}
        page = gpu_report.page({**REPORT, "profile": profile}, "none")
        self.assertIn("## A GRPO step, width 512, 16,384 lists, each operation awaited\n", page)
        self.assertIn("4,000 ms, 1,275 of them in 150 operations of 50 kinds; the dearest:", page)
        self.assertIn("| multiply | [0] | 3 | 50.0 | 1.2 % |", page)
        self.assertIn("| [39] |", page)
        self.assertNotIn("| [40] |", page)

    def test_a_run_that_broke_off_or_was_on_the_cpu_says_so(self):
        machine = {**REPORT["machine"], "gpu": False}
        page = gpu_report.page({**REPORT, "finished": False, "machine": machine}, "none")
        self.assertTrue(page.startswith("# GPU check: NOT finished\n"), page)
        self.assertIn("**This run was not on a GPU**", page)


class Cards(Sandbox):
    def found(self, script: str = None) -> tuple:
        if script:
            self.tool("nvidia-smi", script)
        with mock.patch.dict("os.environ", {"PATH": str(self.bin)}):
            return cards.find()

    def test_profile_by_compute_capability(self):
        for capability, profile, architecture in [
            ("8.9", "cuda", "sm_89"),
            ("9.0", "cuda-hopper", "sm_90"),
            ("12.0", "cuda-hopper", "sm_120"),
        ]:
            card, why = self.found(f'echo "NVIDIA X, {capability}, 81559, 570.1"; echo "NVIDIA Y, 7.0, 1, 2"')
            self.assertEqual(("", profile, architecture), (why, card.profile, card.architecture))
        self.assertEqual("NVIDIA X, compute capability 12.0, 79.6 GiB, driver 570.1", card.described())

    def test_why_there_is_none(self):
        self.assertEqual((None, "there is no nvidia-smi: no NVIDIA card, or no driver"), self.found())
        found = self.found('echo "No devices were found"; exit 6')
        self.assertEqual((None, "nvidia-smi finds no card: No devices were found"), found)
        self.assertEqual((None, "nvidia-smi says what was not expected: hello"), self.found("echo hello"))

    def test_the_command_refuses_without_a_card(self):
        why = "there is no nvidia-smi"
        self.assert_fails(self.eglr("gpu-check"), "no GPU to check: " + why, "--any runs the check on the CPU instead")
        self.assert_fails(self.eglr("gpu-bundle"), "for which card? " + why, "./eglr gpu-bundle --arch sm_90")


# Writes the arguments and the library path where the report is wanted, as the check would the report.
JAVA = """#!/usr/bin/env bash
while [ "$1" != org.eglr.gpu.GpuCheck ]; do shift; [ $# -gt 0 ] || exit 8; done
cat "$(dirname "$0")/report" > "$2"
echo "$3 $4 $5 $LD_LIBRARY_PATH"
"""


class PackedFolder(Sandbox):
    def setUp(self):
        super().setUp()
        self.folder = self.base / "packed"
        self.folder.mkdir()
        for file, name in bundle.PACKED.items():
            (self.folder / name).write_text(file.read_text())
        self.pack({"jre/bin/java": JAVA, "jre/bin/report": json.dumps(REPORT)})

    def pack(self, files: dict) -> None:
        with tarfile.open(self.folder / "bundle.tar.xz", "w:xz") as archive:
            for name, text in files.items():
                info = tarfile.TarInfo(name)
                info.size, info.mode = len(text.encode()), 0o755
                archive.addfile(info, io.BytesIO(text.encode()))

    def command(self, *arguments) -> dict:
        """What starts run.py, whose Python has no PyTorch. The page is written to self.base."""
        (self.base / "modules").mkdir()
        (self.base / "modules" / "torch.py").write_text("raise ImportError('none in this test')")
        environment = {**self.environment, "PYTHONPATH": str(self.base / "modules")}
        environment |= {"TMPDIR": str(self.base), "OUT": str(self.base)}
        code = "import sys, runpy, unittest.mock as m; sys.argv = sys.argv[1:]\n"  # no search of this whole machine
        code += "sys.path[0] = sys.argv[0].rpartition('/')[0]\n"
        code += "with m.patch('os.walk', lambda root: iter([])): runpy.run_path(sys.argv[0], run_name='__main__')"
        argv = [sys.executable, "-c", code, str(self.folder / "run.py"), *arguments]
        return {"args": argv, "env": environment, "text": True}

    def run_py(self, *arguments) -> str:
        done = subprocess.run(**self.command(*arguments), capture_output=True)
        self.assertEqual(0, done.returncode, done.stderr)
        return done.stdout

    def test_one_command_makes_the_report(self):
        said = self.run_py("--benchmark", "quick", "--seconds", "6")
        self.assertIn("gpu quick 6 ", said, "all the time is ours where there is no PyTorch")
        self.assertIn("eglr-gpu-", said)
        page = (self.base / "gpu-report.md").read_text()
        self.assertIn("# GPU check: NOT right", page)
        self.assertIn(f"{sys.executable} cannot import it: ImportError: none in this test.", page)

    def test_it_says_what_the_time_is_for(self):
        lines = self.run_py("--seconds", "300").splitlines()
        begin = lines.index("What the time is for:")
        self.assertRegex(lines[begin + 1], "^  to minute 4 +every kind of operation; all graphs")
        self.assertRegex(lines[begin + 3], "^  then 300 s +measuring both engines, the marks' rows first")

    def test_an_early_end_leaves_a_page_of_what_was_done(self):
        begun = json.dumps({**REPORT, "finished": False, "benchmark": []})
        self.pack({"jre/bin/java": JAVA + "exec sleep 600", "jre/bin/report": begun})
        with subprocess.Popen(**self.command(), stdout=subprocess.PIPE) as running:
            for line in running.stdout:
                if line.startswith("gpu full"):
                    running.send_signal(signal.SIGTERM)
            self.assertEqual(128 + signal.SIGTERM, running.wait())
        self.assertIn("# GPU check: NOT finished", (self.base / "gpu-report.md").read_text())

    def test_a_check_that_hangs_says_what_its_threads_do_and_is_ended(self):
        hangs = self.tool("hangs", "trap 'echo all threads' QUIT; echo begun; while true; do sleep 0.1; done")
        code = f"import sys; sys.path[0] = {str(SCRIPTS / 'gpu' / 'packed')!r}; import gpu_run, os; from pathlib import Path\n"
        code += "import signal; signal.signal(signal.SIGQUIT, signal.SIG_IGN)  # as in the background of a shell\n"
        code += f"print(gpu_run.watched([{str(hangs)!r}], dict(os.environ), Path({str(self.base)!r}), 3))"
        done = subprocess.run([sys.executable, "-u", "-c", code], capture_output=True, text=True, env=self.environment, timeout=60)
        self.assertEqual(["begun", "all threads", "124"], done.stdout.split("\n")[:3], done.stderr)
        self.assertIn("not done after 3 s", done.stderr)

    def test_a_crash_leaves_its_file_beside_the_report(self):
        crashes = self.tool("crashes", "echo > hs_err_pid1.log; exit 134")
        self.assertEqual(134, gpu_run.watched([str(crashes)], self.environment, self.base, 60))
        self.assertTrue((self.base / "hs_err_pid1.log").is_file())

    def test_the_heap_can_be_chosen(self):
        with mock.patch.dict("os.environ", {"EGLR_GPU_HEAP": "24g"}):
            self.assertEqual("-Xmx24g", gpu_run.heap())
        with mock.patch.dict("os.environ", {"EGLR_GPU_HEAP": ""}):
            self.assertRegex(gpu_run.heap(), r"^-Xmx\d+m$")

    def test_without_a_card_it_ends_with_the_checks_own_word(self):
        self.pack({"jre/bin/java": "#!/usr/bin/env bash\necho 'No GPU is used: none' >&2; exit 2"})
        done = subprocess.run(**self.command(), capture_output=True)
        self.assertEqual((2, "No GPU is used: none"), (done.returncode, done.stderr.splitlines()[-1]))
        self.assertFalse((self.base / "gpu-report.md").exists())

    def test_pytorch_is_not_looked_for_where_nothing_is_measured(self):
        self.assertIn("gpu none 360 ", self.run_py("--benchmark", "none"))

    def test_what_somebody_else_laid_there_is_not_run(self):
        (self.base / "theirs").mkdir()
        place = self.base / "place"
        place.symlink_to(self.base / "theirs")
        with self.assertRaisesRegex(SystemExit, "place is somebody else's.*TMPDIR=FOLDER python3 run.py"):
            gpu_run.unpack(self.folder / "bundle.tar.xz", place)
        self.assertEqual([], list((self.base / "theirs").iterdir()))

    def test_a_new_bundle_replaces_the_unpacked_one(self):
        place = self.base / "place"
        gpu_run.unpack(self.folder / "bundle.tar.xz", place)
        (place / "jre/bin/java").write_text("touched")
        gpu_run.unpack(self.folder / "bundle.tar.xz", place)
        self.assertEqual("touched", (place / "jre/bin/java").read_text(), "unpacked once")
        (place / "jars").mkdir()
        (place / "jars/older.jar").write_text("of another bundle")
        self.pack({"jre/bin/java": "newer"})
        gpu_run.unpack(self.folder / "bundle.tar.xz", place)
        self.assertFalse((place / "jars/older.jar").exists(), "it would be on the class path")
        self.assertEqual("newer", (place / "jre/bin/java").read_text())


class Libraries(Sandbox):
    def library(self, name: str) -> Path:
        file = self.base / "cuda" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
        return file.parent

    def test_the_newest_is_taken_and_stand_ins_are_not(self):
        self.library("stubs/libx.so.13")
        old = self.library("a/libx.so.12")
        names = ["libx.so.13", "libx.so.12"]
        self.assertEqual(old, gpu_run.locate(names, [self.base]))
        new = self.library("b/lib/libx.so.13")
        self.assertEqual(new, gpu_run.locate(names, [self.base]))
        self.assertIsNone(gpu_run.locate(["liby.so.1"], [self.base]))

    def test_folders_and_what_is_nowhere(self):
        with mock.patch.object(gpu_run, "WANTED", [["libeglra.so.2"], ["libeglrb.so.2"], ["libc.so.6"]]):
            folder = self.library("lib/libeglra.so.2")
            self.assertEqual(([folder], ["libeglrb.so.2"]), gpu_run.library_folders([self.base]))

    def test_our_libraries_come_first(self):
        with mock.patch.dict("os.environ", {"LD_LIBRARY_PATH": "/before"}):
            command, environment = gpu_run.java(Path("/r"), [Path("/cuda")], ["Main", "x"])
        self.assertEqual("/r/lib:/cuda:/before", environment["LD_LIBRARY_PATH"])
        self.assertEqual(["/r/jre/bin/java", "Main", "x"], [command[0], *command[-2:]])
        self.assertIn("-Djava.library.path=/r/lib", command)


if __name__ == "__main__":
    unittest.main()
