"""Drives a headless Chromium by the DevTools protocol, over a pair of pipes: no port is opened, no package needed."""

import base64
import json
import os
import select
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
MAC = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
OPTIONS = ["--headless", "--remote-debugging-pipe", "--no-first-run", "--disable-dev-shm-usage", "--disable-gpu"]
ANSWER_S = 30  # DevTools answers within this time, or Chromium hangs
POLL_S = 0.05
KEYS = {"Tab": 9, "Enter": 13, "Escape": 27, "ArrowRight": 39}
SHIFT = 8  # DevTools' bit for the key


def find() -> tuple:
    """The path of a Chromium that runs, and an empty text; or None and what is wrong."""
    found = [path for path in map(shutil.which, [*NAMES, MAC]) if path]
    for path in found:
        # Ubuntu's package is a stub that asks for a snap.
        try:
            done = subprocess.run([path, "--version"], capture_output=True, text=True, timeout=30)
        except (OSError, subprocess.TimeoutExpired):
            continue
        if done.returncode == 0:
            return path, ""
    return None, f"{found[0]} does not run" if found else "there is no Chromium on the PATH"


class BrowserError(Exception):
    """Chromium ended, did not answer, or a page's script failed."""


class Page:
    """One page of a Chromium of its own. Use it in a `with` block: it leaves no process and no file."""

    def __init__(self, exe: str, width: int, height: int):
        self._exe, self._size = exe, (width, height)
        self._number, self._unread, self._session = 0, b"", None

    def __enter__(self) -> "Page":
        self._profile = Path(tempfile.mkdtemp(prefix="eglr-chromium-"))
        commands_in, self._commands = os.pipe()
        self._answers, answers_out = os.pipe()
        options = [*OPTIONS, f"--user-data-dir={self._profile}"]
        if os.geteuid() == 0:
            options.append("--no-sandbox")  # Chromium refuses root otherwise
        with open(self._profile / "log", "wb") as log:
            self._process = subprocess.Popen(
                # Chromium reads its commands from 3 and answers on 4.
                ["bash", "-c", f'exec "$@" 3<&{commands_in} 4>&{answers_out}', "bash", self._exe, *options, "about:blank"],
                pass_fds=[commands_in, answers_out],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=log,
                start_new_session=True,
            )
        os.close(commands_in)
        os.close(answers_out)
        try:
            self._attach()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_) -> None:
        try:
            self._session = None
            self.command("Browser.close")
        except (BrowserError, OSError):
            pass
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        os.close(self._commands)
        os.close(self._answers)
        shutil.rmtree(self._profile, ignore_errors=True)

    def _attach(self) -> None:
        page = self.wait("a page", lambda: [t for t in self._targets() if t["type"] == "page"])[0]
        self._session = self.command("Target.attachToTarget", targetId=page["targetId"], flatten=True)["sessionId"]
        width, height = self._size
        view = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self.command("Emulation.setDeviceMetricsOverride", **view)

    def _targets(self) -> list:
        return self.command("Target.getTargets")["targetInfos"]

    def command(self, method: str, **params):
        """Sends one DevTools command and returns its answer."""
        self._number += 1
        message = {"id": self._number, "method": method, "params": params}
        if self._session:
            message["sessionId"] = self._session
        unsent = json.dumps(message).encode() + b"\0"
        while unsent:
            unsent = unsent[os.write(self._commands, unsent) :]
        while True:
            answer = self._receive(method)
            if answer.get("id") == self._number:
                if "error" in answer:
                    raise BrowserError(f"{method}: {answer['error']['message']}")
                return answer["result"]

    def _receive(self, method: str) -> dict:
        """The next message; those that answer nothing of ours are events."""
        deadline = time.monotonic() + ANSWER_S
        while b"\0" not in self._unread:
            ready, _, _ = select.select([self._answers], [], [], max(0, deadline - time.monotonic()))
            part = os.read(self._answers, 1 << 20) if ready else b""
            if not part:
                log = (self._profile / "log").read_text(errors="replace").strip().splitlines()[-5:]
                what = "ended" if ready else f"did not answer {method} within {ANSWER_S} s"
                raise BrowserError("\n  ".join([f"Chromium {what}", *log]))
            self._unread += part
        message, _, self._unread = self._unread.partition(b"\0")
        return json.loads(message)

    def script(self, expression: str, **values):
        """The value of a JavaScript expression; `values` are its variables. A promise is waited for."""
        declared = "".join(f"const {name} = {json.dumps(value)};" for name, value in values.items())
        body = f"(async () => {{{declared} return ({expression}); }})()"
        done = self.command("Runtime.evaluate", expression=body, awaitPromise=True, returnByValue=True)
        if "exceptionDetails" in done:
            raise BrowserError(f"{done['exceptionDetails']['exception'].get('description')}\n  in {expression}")
        return done["result"].get("value")

    def wait(self, what: str, condition, seconds: float = 60):
        """Polls until the condition gives something, and returns that; BrowserError when the time is over."""
        deadline = time.monotonic() + seconds
        while not (found := condition()):
            if time.monotonic() > deadline:
                raise BrowserError(f"waited {seconds:.0f} s in vain for {what}")
            time.sleep(POLL_S)
        return found

    def open(self, address: str) -> None:
        self.command("Page.navigate", url=address)

    def type(self, text: str) -> None:
        """Types as a keyboard does: each character is a key of its own."""
        for character in text:
            self.command("Input.dispatchKeyEvent", type="keyDown", key=character, text=character)
            self.command("Input.dispatchKeyEvent", type="keyUp", key=character)

    def key(self, name: str, shift: bool = False) -> None:
        pressed = {"key": name, "code": name, "windowsVirtualKeyCode": KEYS[name], "modifiers": SHIFT if shift else 0}
        self.command("Input.dispatchKeyEvent", type="rawKeyDown", **pressed)
        self.command("Input.dispatchKeyEvent", type="keyUp", **pressed)

    def click(self, selector: str, text: str = "") -> None:
        """Clicks the first visible element that matches, and whose text or title contains `text`."""
        centre = """(() => {
            const fits = e => (e.innerText + ' ' + e.title).includes(text) && e.getBoundingClientRect().width > 0;
            const found = [...document.querySelectorAll(selector)].find(fits);
            if (!found) return null;
            found.scrollIntoView({block: 'center', behavior: 'instant'});
            const box = found.getBoundingClientRect();
            return [box.x + box.width / 2, box.y + box.height / 2];
        })()"""
        named = f"{selector} {text}".strip()
        x, y = self.wait(f"{named} to click", lambda: self.script(centre, selector=selector, text=text))
        pressed = {"x": x, "y": y, "button": "left", "clickCount": 1}
        self.command("Input.dispatchMouseEvent", type="mousePressed", **pressed)
        self.command("Input.dispatchMouseEvent", type="mouseReleased", **pressed)

    def picture(self, box: dict) -> bytes:
        """A PNG of a part of the page: x, y, width, height in CSS pixels."""
        shot = self.command("Page.captureScreenshot", format="png", clip={**box, "scale": 1})
        return base64.b64decode(shot["data"])
