"""A child process of the benchmark: answers one line with one line of JSON, and has its memory read."""

import contextlib
import json
import os
import re
import subprocess
from pathlib import Path

from kernel import kernelspec
from setup.tools import Java
from shared import layout
from shared.console import Problem, child, tail


class Worker:
    def __init__(self, name: str, process: subprocess.Popen, log: Path):
        self.name = name
        self.process = process
        self.log = log

    def ask(self, *words) -> dict:
        """Sends one line; its answer."""
        line = " ".join(map(str, words))
        try:
            self.process.stdin.write(line + "\n")
            self.process.stdin.flush()
            answer = self.process.stdout.readline()
        except BrokenPipeError:
            answer = ""
        if not answer:
            self._died(line)
        try:
            answer = json.loads(answer)
        except ValueError:
            raise Problem(f"{self.name} answered `{line}` with {answer.strip()[:200]!r}, which is not JSON.") from None
        if "error" in answer:
            raise Problem(f"{self.name}: {answer['error']}", f"{self.log} has the details.")
        return answer

    def time(self, command: str, repeats: int) -> list:
        """Milliseconds of each repeat of a piece of work."""
        times = self.ask(command, repeats)["ns"]
        if len(times) != repeats:
            raise Problem(f"{self.name} gave {len(times)} times for `{command} {repeats}`.")
        return [ns / 1e6 for ns in times]

    def memory(self, peak: bool = False):
        """Resident memory in MiB, now or at its highest; None where the system does not tell."""
        try:
            status = Path(f"/proc/{self.process.pid}/status").read_text()
            found = re.search(rf"^{'VmHWM' if peak else 'VmRSS'}:\s+(\d+) kB", status, re.MULTILINE)
            return int(found.group(1)) / 1024 if found else None
        except OSError:
            return None if peak else self._resident_by_ps()

    def _resident_by_ps(self):
        try:
            done = subprocess.run(
                ["ps", "-o", "rss=", "-p", str(self.process.pid)], capture_output=True, text=True, timeout=10
            )
            return int(done.stdout) / 1024
        except (OSError, ValueError, subprocess.TimeoutExpired):
            return None

    def _died(self, line: str) -> None:
        status = self.process.wait()
        killed = f"was ended by signal {-status}" if status < 0 else f"ended with exit status {status}"
        written = self.log.read_text(encoding="utf-8", errors="replace")
        raise Problem(f"{self.name} {killed} at `{line}`. Its log ends:\n{tail(written)}\n  Log: {self.log}")


@contextlib.contextmanager
def start(name: str, argv, log: Path, env: dict):
    """Starts a worker and stops it whatever ends the block."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with open(log, "wb") as errors:
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": errors}
        with child(argv, env=env, text=True, encoding="utf-8", **pipes) as process:
            try:
                yield Worker(name, process, log)
            finally:
                for pipe in (process.stdin, process.stdout):
                    with contextlib.suppress(OSError):  # a line for one that has died
                        pipe.close()


def start_java(java: Java, name: str, log: str, main: str, *arguments, options=None, lib: Path = layout.KERNEL_LIB):
    """A worker of ours; without options it has those of the notebook kernel. lib: the folder of its jars."""
    options = kernelspec.jvm_options(java) if options is None else options
    argv = [java.exe, *options, "-cp", lib / "*", main, *arguments]
    return start(name, argv, layout.LOGS / f"bench-{log}.log", {**os.environ, **kernelspec.THREADS})
