"""Running a notebook, without Jupyter: what is said where the kernel ends."""

from pathlib import Path

from sandbox import Sandbox

# Stands in for Jupyter: a kernel that is gone before it answers, and cannot be shut down any more.
GONE = """
import sys, types
from pathlib import Path
from unittest.mock import MagicMock
for name in ("nbformat", "jupyter_client", "jupyter_client.kernelspec", "jupyter_core", "jupyter_core.utils",
             "nbclient", "nbclient.exceptions", "nbconvert"):
    sys.modules[name] = MagicMock()
for name in ("CellControlSignal", "CellExecutionError", "DeadKernelError"):
    setattr(sys.modules["nbclient.exceptions"], name, type(name, (Exception,), {}))

class Kernel(MagicMock):
    has_kernel = True
    kernel_spec = types.SimpleNamespace(argv=["java", "Main", "{connection_file}"])
    def shutdown_kernel(self, now):
        raise OSError("Operation not supported")

class Client:
    def __init__(self, notebook, km, **options):
        self.java, option, *self.rest = km.kernel_spec.argv
        self.temporary = Path(option.removeprefix("-Djava.io.tmpdir="))
    def reset_execution_trackers(self): pass
    def start_new_kernel(self, stdout, **options):
        stdout.write(WORDS.encode())
        stdout.flush()
        (self.temporary / "shop").mkdir()
        print(self.java, self.temporary, *self.rest)
    def start_new_kernel_client(self):
        raise RuntimeError("Kernel died before replying to kernel_info")

sys.modules["nbclient"].NotebookClient = Client
sys.modules["jupyter_client"].AsyncKernelManager = Kernel
sys.modules["jupyter_core.utils"].run_sync = lambda call: call
from notebooks import runner
sys.modules["nbformat"].read.return_value.cells = []
sys.argv = ["runner.py", "a.ipynb", OUT]
sys.exit(runner.main())
"""


class Ended(Sandbox):
    def test_a_kernel_that_ends_at_its_start_tells_its_last_words_and_no_trace(self):
        words = "\x1b[31mIllegalArgumentException: JJAVA_TIMEOUT\n\tat a.B.c(B.java:1)\n\t... 3 more\n"
        done = self.python(f"WORDS, OUT = {words!r}, {str(self.base / 'out')!r}" + GONE)
        self.assert_fails(
            done,
            "eglr: the kernel did not start: Kernel died before replying to kernel_info. Its last words:\n"
            "    | IllegalArgumentException: JJAVA_TIMEOUT\n",
            "Remedy: ./eglr doctor",
        )
        self.assertNotIn("Operation not supported", done.stderr)
        self.assertEqual(len(done.stderr.splitlines()), 3, done.stderr)

    def test_what_cells_write_for_the_moment_goes_with_the_run(self):
        done = self.python(f"WORDS, OUT = '', {str(self.base / 'out')!r}" + GONE)
        said = next(line for line in done.stdout.splitlines() if line.endswith("{connection_file}"))
        java, temporary, *rest = said.split()
        self.assertEqual([java, *rest], ["java", "Main", "{connection_file}"])
        self.assertFalse(Path(temporary).exists())
