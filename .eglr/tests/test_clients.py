"""The drivers of real clients, without those clients: finding a browser, what is said where something is missing."""

import sys

from sandbox import Sandbox

FIND = "from clients import command as clients; print(clients.chromium.find())"
BROWSE = """
from clients import command as clients
from clients.chromium import BrowserError, Page
try:
    with Page(clients.chromium.find()[0], 100, 100) as page:
        BODY
except BrowserError as error:
    print(error)
"""
# Answers every command; a script is answered with its own text.
CHROMIUM = '''
import json, os, sys
if "--version" in sys.argv:
    sys.exit()
unread = b""
while part := os.read(3, 65536):
    *commands, unread = (unread + part).split(b"\\0")
    for command in map(json.loads, commands):
        result = {
            "Target.getTargets": {"targetInfos": [{"type": "page", "targetId": "1"}]},
            "Target.attachToTarget": {"sessionId": "s"},
            "Runtime.evaluate": {"result": {"value": command["params"].get("expression")}},
        }.get(command["method"], {})
        event = json.dumps({"method": "Something.happened", "params": {}}).encode()
        answer = {"id": command["id"], "result": result}
        if command["method"] == "No.such":
            answer = {"id": command["id"], "error": {"message": "wasn't found"}}
        os.write(4, event + b"\\0" + json.dumps(answer).encode() + b"\\0")
        if command["method"] == "Browser.close":
            sys.exit()
'''


class Browser(Sandbox):
    def browser(self, script: str = CHROMIUM) -> None:
        program = self.base / "a browser.py"
        program.write_text(script)
        self.tool("chromium", f'exec "{sys.executable}" "{program}" "$@"')

    def browse(self, body: str) -> str:
        return self.assert_runs(self.python(BROWSE.replace("BODY", body)))

    def test_none_is_there(self):
        self.assertIn("no Chromium on the PATH", self.assert_runs(self.python(FIND)))

    def test_one_that_does_not_run_is_none(self):
        self.tool("chromium-browser", "echo needs a snap; exit 1")
        self.assertIn("chromium-browser does not run", self.assert_runs(self.python(FIND)))

    def test_the_next_that_runs_is_taken(self):
        self.tool("chromium", "exit 1")
        runs = self.tool("google-chrome", "echo 156")
        self.assertIn(str(runs), self.assert_runs(self.python(FIND)))

    def test_a_page_answers_past_events(self):
        self.browser()
        self.assertIn('const word = "w\\u00e4l\\"d";', self.browse("print(page.script('word', word='wäl\"d'))"))

    def test_a_long_answer_is_read_whole(self):
        self.browser()
        self.assertEqual(self.browse("print(page.script('x', x='a' * 300_000).count('a') > 300_000)"), "True")

    def test_a_refused_command_is_an_error(self):
        self.browser()
        self.assertEqual(self.browse("page.command('No.such')"), "No.such: wasn't found")

    def test_waiting_in_vain_says_for_what(self):
        self.browser()
        said = self.browse("page.wait('a miracle', lambda: None, 0)")
        self.assertEqual(said, "waited 0 s in vain for a miracle")

    def test_a_browser_that_ends_tells_its_last_words(self):
        self.browser("import sys\nif '--version' not in sys.argv: sys.exit('no display')")
        self.assertRegex(self.browse("pass"), "Chromium ended\n  no display")

    def test_nothing_of_a_browser_stays(self):
        self.browser()
        self.environment["TMPDIR"] = str(self.base / "home")
        (self.base / "home").mkdir()
        self.browse("pass")
        self.assertEqual(self.names(self.base / "home"), [])


class Commands(Sandbox):
    def test_the_session_is_left_out_loudly(self):
        said = self.assert_runs(self.python("from clients import command as clients; print(clients.can_browse())"))
        self.assertIn("NOT RUN: there is no Chromium on the PATH", said)
        self.assertIn("apt-get install chromium", said)
        self.assertTrue(said.endswith("False"))

    def test_pictures_without_a_browser(self):
        script = "from clients import command as clients; from shared import console\ntry: clients.take_pictures()\nexcept console.Problem as p: print(p.text())"
        self.assertIn("pictures need Chromium", self.assert_runs(self.python(script)))

    def test_counts_of_a_measurement_are_checked(self):
        self.assert_fails(self.eglr("kernel", "measure", "--starts", "none"), "`none` is not a whole number", status=2)

    def test_large_notebooks_are_named(self):
        for size, large in ((499_999, False), (500_000, True)):
            (self.base / "a.ipynb").write_bytes(b" " * size)
            script = f"import pathlib; from tests import command as tests; print(tests.too_large(pathlib.Path({str(self.base / 'a.ipynb')!r})))"
            said = self.assert_runs(self.python(script))
            self.assertEqual("has 500,000 bytes, 500,000 or more" in said, large)

    def test_notebooks_of_both_folders_run(self):
        for name in ("tutorials/b.ipynb", "tutorials/a.ipynb", "notebooks/c.ipynb", "notebooks/d.txt"):
            (self.root / name).parent.mkdir(exist_ok=True)
            (self.root / name).touch()
        said = self.assert_runs(self.python("from tests import command as tests; print(*[n.name for n in tests.all_notebooks(on_spark=True)])"))
        self.assertEqual(said, "a.ipynb b.ipynb c.ipynb")

    def test_the_lab_listens_to_this_machine_alone(self):
        said = self.assert_runs(self.python("from notebooks import lab_server; print(lab_server.command('/x'))"))
        self.assertIn("--ip=127.0.0.1", said)
        self.assertNotIn("token", said)
