"""What every command shares: errors that name a remedy, steps with a running clock, children that never outlive us."""

import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

FIRST_SIGN_S = 3.0  # without a terminal a step is announced once it has lasted this long
SIGN_EVERY_S = 20.0  # ... and then reports this often
STOP_WAIT_S = 15.0  # a child gets this long to put things away before it is killed


class Problem(Exception):
    """Something the user can mend. `what` says what is wrong and what was found, `remedy` what to do."""

    def __init__(self, what: str, remedy: str = ""):
        super().__init__(what)
        self.what = what
        self.remedy = remedy

    def text(self) -> str:
        if not self.remedy:
            return f"eglr: {self.what}"
        return f"eglr: {self.what}\n" + hang("  Remedy: ", self.remedy)


def hang(head: str, text: str) -> str:
    """Puts `head` before the first line and lines the others up with it."""
    return head + ("\n" + " " * len(head)).join(text.splitlines())


def say(text: str = "") -> None:
    print(text, flush=True)


class Interrupted(KeyboardInterrupt):
    """Ctrl-C or a termination request, with the exit status it stands for."""

    def __init__(self, number: int):
        super().__init__(number)
        self.status = 128 + number


def interrupt_once() -> None:
    """Turns the first Ctrl-C or termination request into Interrupted; later ones cannot disturb the tidying up."""

    def handler(number, _frame):
        for each in (signal.SIGINT, signal.SIGTERM):
            signal.signal(each, signal.SIG_IGN)
        raise Interrupted(number)

    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, handler)


def closed_pipe() -> int:
    """The exit status once our reader has gone (`| head`); Python must not try to print any more."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 128 + signal.SIGPIPE


def duration(seconds: float) -> str:
    if seconds < 9.95:
        return f"{seconds:.1f} s"
    whole = round(seconds)
    return f"{whole} s" if whole < 60 else f"{whole // 60} min {whole % 60:02d} s"


class Progress:
    """Shows one step: on a terminal one line with a running clock, elsewhere a line now and then and one at the end.

    `detail` is asked for the latest news of the step; it may return an empty string.
    """

    def __init__(self, title: str, detail=lambda: ""):
        self.title = title
        self.detail = detail
        self.terminal = sys.stdout.isatty()
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._tick, daemon=True)

    def __enter__(self) -> "Progress":
        self._start = time.monotonic()
        self._thread.start()
        return self

    def __exit__(self, kind, error, trace) -> None:
        self._done.set()
        self._thread.join()
        stopped = kind is not None and issubclass(kind, KeyboardInterrupt)
        word = "" if kind is None else "stopped after " if stopped else "failed after "
        self._line(f"{self.title}  {word}{duration(time.monotonic() - self._start)}", "\n")

    def _tick(self) -> None:
        wait = 0.5 if self.terminal else FIRST_SIGN_S
        while not self._done.wait(wait):
            clock = duration(time.monotonic() - self._start)
            news = self.detail()
            if self.terminal:
                self._line(f"{self.title} ... {clock}  {news}", "")
            else:
                say(f"  {self.title} ... {clock}  {news}".rstrip())
                wait = SIGN_EVERY_S

    def _line(self, text: str, end: str) -> None:
        if self.terminal:
            width = shutil.get_terminal_size().columns - 3
            text = "\r\033[K  " + (text if end else text[:width])
        else:
            text = "  " + text
        print(text, end=end, flush=True)


@contextlib.contextmanager
def child(argv, **options):
    """A child process that is stopped, and waited for, whatever ends the block (Ctrl-C included)."""
    process = subprocess.Popen([str(a) for a in argv], **options)
    try:
        yield process
    finally:
        if process.poll() is None:
            process.terminate()
            try:
                process.wait(STOP_WAIT_S)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def run(argv, **options) -> int:
    """Runs a child on our own terminal and returns its exit status."""
    with child(argv, **options) as process:
        return process.wait()


def run_logged(title: str, argv, log: Path, *, cwd: Path, env=None, detail=None, remedy=None) -> None:
    """Runs one step with its output in a log file; where it fails, shows the log's last lines and its path.

    `detail(log text)` gives news while it runs, `remedy(log text)` the advice when it fails.
    """
    log.parent.mkdir(parents=True, exist_ok=True)

    def written() -> str:
        return log.read_text(encoding="utf-8", errors="replace")

    with open(log, "wb") as out, Progress(title, lambda: detail(written()) if detail else ""):
        with child(argv, cwd=cwd, env=env, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT) as process:
            status = process.wait()
        if status:
            advice = remedy(written()) if remedy else ""
            raise Problem(f"{title}: exit status {status}. The log ends:\n{tail(written())}\n  Log: {log}", advice)


ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
# What pip, Maven and Java say beside the point when they fail.
CHATTER = re.compile(
    r"Download|Progress \(|Ignoring \S+ markers|Looking in |\[INFO\]"
    r"|\[ERROR\] (\[Help|To see the full|Re-run Maven|For more information|After correcting|  mvn )"
    r"|\[ERROR\]\s*(-> .*)?$"
    r"|\s+at [\w.$/<>@]+\(|\s+\.\.\. \d+ more$"  # Java's traces: what was wrong stands above them
)


def tail(log: str, lines: int = 20) -> str:
    """The last telling lines of a log, indented."""
    plain = [x.rstrip() for x in ANSI.sub("", log).splitlines()]
    telling = [x for x in plain if x and not CHATTER.match(x)]
    return "\n".join("    | " + x for x in telling[-lines:]) or "    | (nothing)"


@contextlib.contextmanager
def only_one(lock: Path):
    """Lets one ./eglr at a time prepare this checkout, so that two never build into the same folder."""
    import fcntl

    lock.parent.mkdir(parents=True, exist_ok=True)
    with open(lock, "w") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("  Another ./eglr prepares this checkout: waiting for it.")
            fcntl.flock(held, fcntl.LOCK_EX)
        except OSError:
            say(f"  {lock.parent} is on a file system without locks: run one ./eglr at a time.")
        yield
