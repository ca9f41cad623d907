"""A kernel of ours that runs cells and tells what came of each; for the Python of .venv."""

import json
import os
import time
from pathlib import Path
from queue import Empty

from jupyter_client import KernelManager
from jupyter_client.kernelspec import KernelSpecManager

from course.outcome import Outcome
from shared import layout, places
from shared.console import ANSI

START_S = 180
REPLY_S = 30  # from the end of a cell to the message that says so
CHECKED = "application/vnd.eglr.check+json"


class Session:
    def __init__(self, folder: Path, progress: Path, log):
        specs = KernelSpecManager(kernel_dirs=[str(layout.VENV_KERNELS)])
        self.manager = KernelManager(kernel_name="eglr", kernel_spec_manager=specs)
        self.manager.kernel_spec.argv = places.temporary_files(self.manager.kernel_spec.argv, folder)
        env = {**os.environ, "EGLR_COURSE_PROGRESS": str(progress)}
        self.manager.start_kernel(cwd=str(folder), env=env, stdout=log, stderr=log)
        self.client = self.manager.client()
        self.client.start_channels()
        self.client.wait_for_ready(timeout=START_S)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.client.stop_channels()
        if self.manager.has_kernel:
            self.manager.shutdown_kernel(now=True)

    def run(self, code: str, timeout: float) -> Outcome:
        begun = time.monotonic()
        asked = self.client.execute(code, allow_stdin=False, stop_on_error=False)
        checks, text, error, status = [], [], "", ""
        while True:
            try:
                message = self.client.get_iopub_msg(timeout=1)
            except Empty:
                if not self.manager.is_alive():
                    return Outcome("dead", "the kernel ended", tuple(checks), "".join(text))
                if time.monotonic() - begun > timeout:
                    self._stop()
                    return Outcome("timeout", f"no end after {timeout:.0f} s", tuple(checks), "".join(text))
                continue
            if message["parent_header"].get("msg_id") != asked:
                continue
            kind, content = message["msg_type"], message["content"]
            if kind == "stream":
                text.append(content["text"])
            elif kind in ("display_data", "execute_result"):
                text.append(str(content["data"].get("text/plain", "")) + "\n")
                if CHECKED in content["data"]:
                    checks.append(_map(content["data"][CHECKED]))
            elif kind == "error":
                error = "\n".join(ANSI.sub("", line) for line in content["traceback"]) or content["evalue"]
            elif kind == "status" and content["execution_state"] == "idle":
                break
        status = "error" if error else self._reply(asked)
        return Outcome(status, error, tuple(checks), "".join(text), time.monotonic() - begun)

    def _reply(self, asked: str) -> str:
        end = time.monotonic() + REPLY_S  # not a number of messages: a slow start leaves many answers to other questions
        while time.monotonic() < end:
            try:
                reply = self.client.get_shell_msg(timeout=1)
            except Empty:
                continue
            if reply["parent_header"].get("msg_id") == asked:
                return reply["content"]["status"]
        return "error"

    def _stop(self) -> None:
        """A cell that hears no interrupt costs its author the rest: a new kernel would have lost what came before."""
        self.manager.interrupt_kernel()
        end = time.monotonic() + 10
        while time.monotonic() < end:
            try:
                message = self.client.get_iopub_msg(timeout=1)
            except Empty:
                continue
            if message["msg_type"] == "status" and message["content"]["execution_state"] == "idle":
                return
        self.manager.shutdown_kernel(now=True)


def _map(data) -> dict:
    try:
        found = json.loads(data) if isinstance(data, str) else data
        return found if isinstance(found, dict) else {}
    except ValueError:
        return {}
