"""What no cell may do to the kernel: end it, silence it, or go on when it was stopped. Run by conformance.py."""

import queue
import re
import time
import unittest

from jupyter_client.manager import start_new_kernel

WAIT_S = 120
ENDLESS_MS = 10 * WAIT_S * 1000  # a cell that is not stopped does not end in time


class KernelEnded(Exception):
    """The process is gone."""


class Endurance(unittest.TestCase):
    """Each test leaves a kernel that answers."""

    @classmethod
    def setUpClass(cls):
        cls.manager, cls.client = start_new_kernel(kernel_name="eglr", startup_timeout=WAIT_S)

    @classmethod
    def tearDownClass(cls):
        cls.client.stop_channels()
        cls.manager.shutdown_kernel(now=True)

    def tearDown(self):
        self.assertEqual(self.run_cell("1 + 1")[0], "ok", "the kernel is gone")

    def run_cell(self, code: str, stop=lambda messages: False):
        """The reply's status and the messages up to idle; `stop` is asked until it says yes once."""
        request = self.client.execute(code)
        messages, asked = [], False
        end = time.monotonic() + WAIT_S
        while True:
            if not asked and stop(messages):
                self.manager.interrupt_kernel()
                asked = True
            try:
                message = self.client.get_iopub_msg(timeout=0.1)
            except queue.Empty:
                if not self.manager.is_alive():
                    raise KernelEnded(code[:60]) from None
                self.assertLess(time.monotonic(), end, f"no idle after {code[:60]}")
                continue
            if message["parent_header"].get("msg_id") != request:
                continue
            messages.append(message)
            if message["msg_type"] == "status" and message["content"]["execution_state"] == "idle":
                break
        while True:
            try:
                reply = self.client.get_shell_msg(timeout=WAIT_S)
            except queue.Empty:
                raise KernelEnded(code[:60]) if not self.manager.is_alive() else AssertionError("no reply") from None
            if reply["parent_header"].get("msg_id") == request:
                return reply["content"]["status"], messages

    def test_results_that_cannot_be_shown(self):
        cells = {
            "StackOverflowError": "var a = new ArrayList<Object>(); var b = new ArrayList<Object>(); a.add(b); b.add(a);\na",
            "AssertionError": 'class E { public String toString() { throw new AssertionError("x"); } }\nnew E()',
            "OutOfMemoryError": 'Collections.nCopies(60_000_000, "abcdefghijklmnopqrst")',
        }
        for name, cell in cells.items():
            with self.subTest(name):
                status, messages = self.run_cell(cell)
                self.assertEqual(status, "error")
                errors = [m["content"] for m in messages if m["msg_type"] == "error"]
                self.assertEqual([e["ename"] for e in errors], [name])
                self.assertIn("its result cannot be shown", errors[0]["traceback"][0])
                self.assertLess(len(errors[0]["traceback"]), 30)

    def test_memory_that_runs_out(self):
        self.run_cell("long[][] fill(int n) { var all = new long[n][]; for (int i = 0; ; i++) all[i] = new long[1 << 20]; }")
        status, messages = self.run_cell("fill(1 << 20)")
        self.assertEqual(status, "error")
        shown = [m["content"]["traceback"][0] for m in messages if m["msg_type"] == "error"]
        self.assertIn("java.lang.OutOfMemoryError", "".join(shown))

    def test_memory_that_stays_full(self):
        """What variables keep: the kernel goes on, says so, and the next cells can drop it. Where the full heap has
        also reached the thread that reads messages, it ends instead, and Jupyter starts it anew: it is never deaf."""
        own = Endurance()
        own.manager, own.client = start_new_kernel(kernel_name="eglr", startup_timeout=WAIT_S)
        try:
            own.run_cell("var kept = new ArrayList<Object>();")
            for _ in range(3):
                status, messages = own.run_cell("while (true) kept.add(new byte[50_000]);")
                self.assertEqual(status, "error")
                shown = "".join(line for m in messages if m["msg_type"] == "error" for line in m["content"]["traceback"])
                self.assertIn("java.lang.OutOfMemoryError", shown)
                self.assertIn("Set large ones to null", shown)
                for small in ("kept.size() > 100", "kept.clear();"):
                    status, messages = own.run_cell(small)
                    self.assertEqual(status, "ok", f"{small}: {messages}")
        except KernelEnded:
            pass
        finally:
            own.client.stop_channels()
            own.manager.shutdown_kernel(now=True)

    def test_variables_outlive_an_edited_helper_and_an_import(self):
        self.run_cell("int answer() { return 1; }\nvar got = answer();\ndouble rate = 0.1;\nvar rates = new double[] {rate};")
        for edit in ("int answer() { return 2; }", "double rate = 0.2;", "import java.util.*;", "// again\nimport java.util.List;"):
            self.assertEqual(self.run_cell(edit)[0], "ok")
        _, messages = self.run_cell('System.out.print(got + " " + rates[0] + " " + answer());')
        self.assertEqual("".join(m["content"]["text"] for m in messages if m["msg_type"] == "stream"), "1 0.1 2")

    def test_every_line_arrives(self):
        lines = 100_000
        status, messages = self.run_cell(f'for (int i = 0; i < {lines}; i++) System.out.println("line " + i);')
        self.assertEqual(status, "ok")
        streams = [m["content"]["text"] for m in messages if m["msg_type"] == "stream"]
        self.assertEqual("".join(streams).split(), [w for i in range(lines) for w in ("line", str(i))])
        self.assertLess(len(streams), 1000)

    def test_streams_that_take_turns_stay_in_order(self):
        turns = 5000
        _, messages = self.run_cell(
            f"for (int i = 0; i < {turns}; i++) {{ System.out.printf(\"%d%s\", i, \"o\"); System.err.print(i + \"e\"); }}"
        )
        text = "".join(m["content"]["text"] for m in messages if m["msg_type"] == "stream")
        self.assertEqual(re.findall(r"\d+[oe]", text), [f"{i}{kind}" for i in range(turns) for kind in "oe"])

    def test_what_was_printed_comes_before_what_follows_it(self):
        _, messages = self.run_cell('System.out.print("a"); var shown = display("b"); System.out.print("c");\n"d"')
        kinds = [m["msg_type"] for m in messages if m["msg_type"] not in ("status", "execute_input")]
        self.assertEqual(kinds, ["stream", "display_data", "stream", "execute_result"])

    def test_a_stop_as_soon_as_a_cell_begins(self):
        """At that time JShell reads it. What was sent and has not begun is StopRequestsTest's."""
        status, messages = self.run_cell(f"Thread.sleep({ENDLESS_MS}L);", bool)
        self.assertEqual(status, "error")
        shown = [m["content"]["traceback"][0] for m in messages if m["msg_type"] == "error"]
        self.assertIn("Interrupted.", "".join(shown))

    def test_a_stop_while_a_cell_is_compiled(self):
        begun = 'System.out.println("begun");\n'
        many = "\n".join(f"int v{i} = {i};" for i in range(150))
        cell = f"{begun}{many}\nThread.sleep({ENDLESS_MS}L);"
        status, _ = self.run_cell(cell, lambda messages: any(m["msg_type"] == "stream" for m in messages))
        self.assertEqual(status, "error")

    def test_a_stop_in_trainings_that_a_loop_calls(self):
        """Each training clears the thread's interrupt as it ends; the next of the loop must not begin for long."""
        self.run_cell("%eglr data simulated ad --lists 400\n%eglr model --width 8\n%eglr train evaluator --epochs 1")
        step = "public void onStep(org.eglr.train.TrainingStep step) { System.out.print('.'); }"
        train = f"eglr.trainGenerator(data, t -> t.steps(1_000_000).listener(new org.eglr.train.TrainingListener() {{ {step} }}));"
        cell = f"new Object() {{ void run() {{ for (int seed = 0; seed < 5; seed++) {train} over.countDown(); }} }}.run();"
        self.run_cell("import java.util.concurrent.*; var over = new CountDownLatch(1);")
        status, messages = self.run_cell(cell, lambda messages: any(m["msg_type"] == "stream" for m in messages))
        self.assertEqual(status, "error")
        said = next(m["content"]["traceback"] for m in messages if m["msg_type"] == "error")
        self.assertNotIn("restart", "".join(said))
        _, messages = self.run_cell(f"over.await({WAIT_S // 2}, TimeUnit.SECONDS)")
        results = [m["content"]["data"]["text/plain"] for m in messages if m["msg_type"] == "execute_result"]
        self.assertEqual(results, ["true"], "the loop goes on in the background")

    def test_assertions_are_on(self):
        _, messages = self.run_cell('assert 1 > 2 : "wrong"; System.out.println("went on");')
        errors = [m["content"]["traceback"][0] for m in messages if m["msg_type"] == "error"]
        self.assertIn("java.lang.AssertionError: wrong", "".join(errors))
        self.assertNotIn("stream", [m["msg_type"] for m in messages])
