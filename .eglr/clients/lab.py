"""A real JupyterLab for a test: its own server, settings and folder, and the page as a user sees it."""

import json
import os
import re
import secrets
import signal
import subprocess
import tempfile
import time
from pathlib import Path

from clients.chromium import Page
from notebooks import lab_server

START_S = 60
STOP_S = 20
MARGIN = 8  # pixels to the left and right of a picture
# No window asks anything, and nothing looks for news on the network.
SETTINGS = {
    "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False, "doNotDisturbMode": True},
    "docmanager-extension/plugin": {"autosave": False, "renameUntitledFileOnSave": False},
    "completer-extension/manager": {"providerTimeout": 20_000},  # 1 s is too short for a busy machine
    "notebook-extension/tracker": {"windowingMode": "none"},  # all cells stay in the page, also those out of sight
}
CELLS = "[...document.querySelectorAll('.jp-NotebookPanel:not(.lm-mod-hidden) .jp-Notebook .jp-Cell')]"
OFFERED = "[...document.querySelectorAll('.jp-Completer:not(.lm-mod-hidden) .jp-Completer-match')].map(e => e.innerText)"
KERNEL_ANSWERS = "jupyterapp.shell.currentWidget?.sessionContext?.session?.kernel?.info.then(info => info.status == 'ok')"


class Server:
    """JupyterLab in a folder of its own, on a port that the system chooses, with a token that nobody else knows."""

    def __init__(self, log: Path):
        self._log = log

    def __enter__(self) -> "Server":
        self._temporary = tempfile.TemporaryDirectory(prefix="eglr-lab-", ignore_cleanup_errors=True)
        base = Path(self._temporary.name)
        self.folder = base / "notebooks"
        self.folder.mkdir()
        for name, values in SETTINGS.items():
            file = base / "settings" / "@jupyterlab" / f"{name}.jupyterlab-settings"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(json.dumps(values))
        token = secrets.token_hex(24)
        environment = {
            **os.environ,
            "JUPYTER_TOKEN": token,
            "JUPYTER_CONFIG_DIR": str(base / "config"),
            "JUPYTER_RUNTIME_DIR": str(base / "runtime"),
            "JUPYTERLAB_SETTINGS_DIR": str(base / "settings"),
            "JUPYTERLAB_WORKSPACES_DIR": str(base / "workspaces"),
        }
        options = ["--no-browser", "--port=0", "--LabApp.expose_app_in_browser=True"]
        with open(self._log, "wb") as log:
            self._process = subprocess.Popen(
                [*lab_server.command(self.folder), *options],
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        try:
            self.address = f"{self._announced(base / 'runtime')}lab?token={token}"
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_) -> None:
        # At this signal the server ends its kernels first.
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(STOP_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._temporary.cleanup()

    def _announced(self, runtime: Path) -> str:
        """The server's address, from the file that it writes once it listens."""
        deadline = time.monotonic() + START_S
        while time.monotonic() < deadline and self._process.poll() is None:
            for file in runtime.glob("jpserver-*.json"):
                try:
                    return json.loads(file.read_text())["url"]
                except (ValueError, KeyError):
                    pass  # still being written
            time.sleep(0.05)
        raise RuntimeError(f"JupyterLab did not start:\n{self._log.read_text(errors='replace')[-2000:]}")


class Notebook:
    """A new notebook, opened from the launcher and used by keys and clicks. What is read is what the page shows."""

    def __init__(self, page: Page, address: str):
        self.page = page
        page.open(address)
        page.click(".jp-LauncherCard[data-category=Notebook]", "EGLR")
        page.wait("the kernel's first answer", lambda: page.script(KERNEL_ANSWERS))
        page.script("jupyterapp.commands.execute('application:toggle-left-area')")
        page.click(".jp-Notebook .cm-content")

    def type(self, text: str) -> None:
        """Types into the cell that has the cursor."""
        self.page.type(text)

    def complete(self, word: str) -> None:
        """Presses Tab: the line must come to end with the word, or a list must offer it first, which Enter takes."""
        before = self.line()
        self.page.key("Tab")
        self.page.wait(f"Tab after `{before}`", lambda: self.line() != before or self.page.script(OFFERED), 20)
        if not self.line().endswith(word) and self.page.script(OFFERED)[:1] == [word]:
            self.page.key("Enter")
        self.page.wait(f"`{word}` after `{before}`", lambda: self.line().endswith(word), 10)

    def offers(self) -> list:
        """Presses Tab and returns what the list offers, which is then closed."""
        self.page.key("Tab")
        found = self.page.wait("a list of completions", lambda: self.page.script(OFFERED), 20)
        self.page.key("Escape")
        self.page.wait("the list to close", lambda: not self.page.script(OFFERED), 10)
        return found

    def help(self) -> str:
        """Presses Shift-Tab and returns the text of the bubble, which is then closed."""
        self.page.key("Tab", shift=True)
        text = self.page.wait("help", lambda: self.page.script("document.querySelector('.jp-Tooltip')?.innerText"), 20)
        self.page.key("Escape")
        self.page.wait("the help to close", lambda: not self.page.script("document.querySelector('.jp-Tooltip')"), 10)
        self.page.script("document.querySelector('.jp-Cell.jp-mod-active .cm-content').focus()")
        return text

    def focus_last(self) -> None:
        """Puts the cursor into the last cell, from where typing goes on."""
        self.page.script(f"{CELLS}.at(-1).querySelector('.cm-content').focus()")

    def line(self) -> str:
        """The text of the cell that has the cursor."""
        return self.page.script("document.querySelector('.jp-Cell.jp-mod-active .cm-content').innerText")

    def start(self, text: str = "") -> int:
        """Types the rest of a cell and runs it by Shift-Enter; returns the cell's number, counted from 0."""
        self.type(text)
        cell = self.page.script(f"{CELLS}.findIndex(e => e.classList.contains('jp-mod-active'))")
        self.page.key("Enter", shift=True)
        self.page.wait("the cell to run", lambda: self.prompt(cell) != "[ ]:", 20)
        return cell

    def run(self, text: str = "", seconds: float = 60) -> int:
        """As `start`, and waits for the end of the cell."""
        cell = self.start(text)
        self.wait_for_end(cell, seconds)
        return cell

    def wait_for_end(self, cell: int, seconds: float = 60) -> None:
        self.page.wait(f"the end of cell {cell}", lambda: re.match(r"\[\d+\]:", self.prompt(cell)), seconds)

    def prompt(self, cell: int) -> str:
        """[ ]: before it ran, [*]: while it runs, [7]: after it ran."""
        return self.page.script(f"{CELLS}[cell].querySelector('.jp-InputPrompt').innerText", cell=cell)

    def outputs(self, cell: int) -> list:
        """The texts of a cell's outputs; the address of the picture where an output is one."""
        shown = "e => e.querySelector('img')?.src ?? e.innerText"
        return self.page.script(f"[...{CELLS}[cell].querySelectorAll('.jp-OutputArea-output')].map({shown})", cell=cell)

    def interrupt(self) -> None:
        """Presses the toolbar's stop button."""
        self.page.click(".jp-NotebookPanel-toolbar [data-command='notebook:interrupt-kernel']")

    def save(self) -> None:
        """Presses the toolbar's save button."""
        self.page.click(".jp-NotebookPanel-toolbar [data-command='docmanager:save']")

    def theme(self, name: str) -> None:
        """JupyterLab Light or JupyterLab Dark."""
        self.page.script("jupyterapp.commands.execute('apputils:change-theme', {theme: name})", name=name)
        there = "document.body.dataset.jpThemeName == name && !document.querySelector('#jupyterlab-splash')"
        self.page.wait(name, lambda: self.page.script(there, name=name))

    def picture(self, cell: int, output: int = None) -> bytes:
        """A PNG of a cell, or of one of its outputs."""
        inside = "" if output is None else ".querySelectorAll('.jp-OutputArea-output')[output]"
        box = self.page.script(
            f"""(async () => {{
                document.activeElement.blur();  // no cursor, no frame around a cell
                const part = {CELLS}[cell]{inside};
                part.scrollIntoView({{block: 'start', behavior: 'instant'}});
                await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
                const {{x, y, width, height}} = part.getBoundingClientRect();
                return {{x: x - margin, y, width: width + 2 * margin, height}};
            }})()""",
            cell=cell,
            output=output,
            margin=MARGIN,
        )
        return self.page.picture(box)
