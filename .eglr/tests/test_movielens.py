"""Fetching MovieLens 100K: whole and right, or not at all."""

import hashlib
import zipfile

from sandbox import Sandbox

NAMES = ["ml-100k.inter", "ml-100k.item", "ml-100k.user"]
FOLDER = "recbole/dataset_example/ml-100k"
# Fetches from a wheel of ours whose contents are taken as the right ones, unless `spoilt` names one.
FETCH = """
import hashlib
from data import movielens as m
from pathlib import Path
from shared.console import Problem
m.SHA256 = {n: hashlib.sha256(n.encode()).hexdigest() for n in m.SHA256}
m._download = lambda into: Path(WHEEL)
try:
    print(m.ensure(), m.is_complete())
except Problem as problem:
    print(problem.text())
"""


class MovieLens(Sandbox):
    def wheel(self, contents: dict, name: str = "recbole-1.2.1-py3-none-any.whl"):
        file = self.base / "wheels" / name
        file.parent.mkdir(exist_ok=True)
        with zipfile.ZipFile(file, "w") as archive:
            for path, content in contents.items():
                archive.writestr(path, content)
            archive.writestr(
                "recbole-1.2.1.dist-info/METADATA", "Metadata-Version: 2.1\nName: recbole\nVersion: 1.2.1\n"
            )
            archive.writestr("recbole-1.2.1.dist-info/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n")
            archive.writestr("recbole-1.2.1.dist-info/RECORD", "")
        return file

    def good(self) -> dict:
        return {f"{FOLDER}/{name}": name for name in NAMES}

    def fetch(self, wheel) -> str:
        return self.assert_runs(self.python(f"WHEEL = {str(wheel)!r}" + FETCH))

    def test_three_files_and_nothing_else(self):
        outside = {f"{FOLDER}/../../../escaped": "x", "/escaped": "x", f"{FOLDER}/other": "x"}
        text = self.fetch(self.wheel({**self.good(), **outside}))
        self.assertIn("True True", text)
        self.assertIn("not for redistribution", text)
        self.assertEqual(self.names(self.data), ["ml-100k"])
        self.assertEqual(self.names(self.data / "ml-100k"), NAMES)
        self.assertEqual((self.data / "ml-100k" / NAMES[0]).read_text(), NAMES[0])

    def test_what_is_there_is_not_fetched_again(self):
        self.fetch(self.wheel(self.good()))
        self.assertEqual(self.fetch(self.base / "no wheel"), "False True")

    def test_wrong_contents_are_refused_and_leave_nothing(self):
        for name in NAMES:
            text = self.fetch(self.wheel({**self.good(), f"{FOLDER}/{name}": "spoilt"}))
            self.assertIn(name, text)
            self.assertIn(hashlib.sha256(b"spoilt").hexdigest(), text)
            self.assertIn(hashlib.sha256(name.encode()).hexdigest(), text)
            self.assertIn("--data simulated", text)
            self.assertEqual(self.names(self.data), [])

    def test_a_missing_file_leaves_nothing(self):
        contents = self.good()
        del contents[f"{FOLDER}/{NAMES[2]}"]
        self.assertIn(NAMES[2], self.fetch(self.wheel(contents)))
        self.assertEqual(self.names(self.data), [])

    def test_a_wheel_that_is_no_archive(self):
        file = self.base / "broken.whl"
        file.write_text("<html>")
        self.assertIn("not the wheel expected", self.fetch(file))
        self.assertEqual(self.names(self.data), [])

    def test_a_folder_of_the_user_is_refused_and_stays(self):
        mine = self.data / "ml-100k" / "u.data"
        mine.parent.mkdir(parents=True)
        mine.write_text("mine")
        text = self.fetch(self.wheel(self.good()))
        self.assertIn("nothing was changed", text)
        self.assertIn(str(mine.parent), text)
        self.assertEqual(mine.read_text(), "mine")
        self.assertEqual(self.names(self.data / "ml-100k"), ["u.data"])

    def test_the_command_checks_what_pip_brings(self):
        # pip reads spaces in this setting as separators.
        done = self.eglr("data", "ml-100k", PIP_FIND_LINKS=self.wheel(self.good()).parent.as_uri())
        self.assert_fails(done, "SHA-256", "4edb74e2a81178c2ba9ff381495f754f996c4aea351b1272ca36b43da0935eff")
        self.assertEqual(self.names(self.data), [])

    def test_a_data_folder_that_cannot_be_made(self):
        file = self.base / "a file"
        file.touch()
        done = self.eglr("data", "ml-100k", EGLR_DATA=str(file / "below"))
        self.assert_fails(done, "Not a directory", "a file")

    def test_without_a_network_the_command_says_what_it_could_not_fetch(self):
        done = self.eglr("data", "ml-100k", PIP_FIND_LINKS=str(self.base))
        self.assert_fails(done, "recbole==1.2.1", "data.log", "--data simulated")
        self.assertEqual(self.names(self.data), [])
