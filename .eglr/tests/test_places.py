"""Places and locales: works, or one line with the remedy."""

import os
import re
import shutil
import subprocess
import sys
import unittest
from pathlib import Path

from sandbox import SCRIPTS, Sandbox

sys.path.insert(0, str(SCRIPTS))

from shared import places  # noqa: E402

UTF8 = subprocess.run(["locale", "-a"], capture_output=True, text=True).stdout if shutil.which("locale") else ""
SOURCES = list(SCRIPTS.parent.glob("*/src/**/*.java"))
UNPRIVILEGED = os.geteuid() != 0 or shutil.which("setpriv")


class Locales(Sandbox):
    def locale_of_children(self, **environment) -> str:
        """What a child of a command finds as its LC_ALL; the checkout lies in a folder with other letters than ASCII."""
        root = self.base / "é ü 七"
        self.root.rename(root)
        (root / "a.ipynb").touch()
        self.tool("java", f'echo "$LC_ALL" > "{self.base}/said"; exit 1')
        self.eglr("notebook", root / "a.ipynb", command=root / "eglr", **environment)
        root.rename(self.root)
        return (self.base / "said").read_text().strip()

    @unittest.skipUnless("c.utf8" in UTF8.lower().replace("-", ""), "needs the locale C.UTF-8")
    def test_children_get_utf_8_where_the_locale_has_another_encoding(self):
        for name in ("C", "POSIX", "xx_YY.UTF-8"):
            self.assertIn(self.locale_of_children(LC_ALL=name), places.UTF8_LOCALES)
            self.assertIn(self.locale_of_children(LC_ALL="", LANG=name), ["", *places.UTF8_LOCALES])
        self.assertEqual(self.locale_of_children(LC_ALL="C.UTF-8"), "C.UTF-8")

    def test_without_any_utf_8_a_folder_with_other_letters_is_refused(self):
        script = "import pathlib, sys; from shared import places\nplaces.is_utf8 = lambda: False\nplaces.UTF8_LOCALES.clear()\n"
        script += "places.use_utf8(); places.check_path(pathlib.Path('/plain'))\n"
        script += "try: places.check_path(pathlib.Path('/f\\xfcr'))\nexcept places.Problem as p: print(p.text())"
        said = self.assert_runs(self.python(script, LC_ALL="C"))
        self.assertRegex(said, r"Java cannot open /f.+r in this locale, .*\n.*LC_ALL=C.UTF-8")

    def test_paths_that_java_cannot_take_are_refused(self):
        self.root = self.root.rename(self.base / "a:b")
        self.assert_fails(self.eglr("doctor"), "has a `:` in its path", "rename it")

    @unittest.skipIf(sys.platform == "darwin", "its file system refuses such names")
    def test_a_name_that_is_not_in_utf_8_is_shown_and_refused(self):
        os.rename(self.root, os.fsencode(self.base) + b"/f\xfcr")
        self.root = Path(os.fsdecode(os.fsencode(self.base) + b"/f\xfcr"))
        self.assert_fails(self.eglr("doctor"), r"f\xfcr has a name that is not in UTF-8", "rename it")

    def test_no_source_depends_on_the_language_of_the_machine(self):
        """Turkish has another capital for i; German reads 1.000 as a thousand."""
        self.assertNotEqual(SOURCES, [])
        for part, wrong, right in (
            ("src", r"\.to(Lower|Upper)Case\(\)", "toLowerCase(Locale.ROOT)"),
            ("main", r'"[^"\n]*%([-+0]*,|[-+0,]*\d*\.\d)[^;]*?\.formatted\(', "String.format(Locale.ROOT, ...)"),
            ("main", r"printf\((?!\s*Locale\.ROOT)", "printf(Locale.ROOT, ...)"),
        ):
            found = [str(f) for f in SOURCES if part in f.relative_to(SCRIPTS.parent).parts and re.search(wrong, f.read_text(encoding="utf-8"))]
            self.assertEqual(found, [], f"write {right}")


class Writing(Sandbox):
    def setUp(self):
        super().setUp()
        self.jdk()
        self.maven()

    def someone_else(self, *args):
        """Runs ./eglr as a user who owns nothing."""
        if not UNPRIVILEGED:
            self.skipTest("needs setpriv")
        self.base.chmod(0o755)
        if os.geteuid() == 0:
            for name in ("setpriv", "env"):
                (self.bin / name).unlink(missing_ok=True)
                (self.bin / name).symlink_to(shutil.which(name))
            argv = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", str(self.root / "eglr")]
        else:
            self.root.chmod(0o555)
            self.addCleanup(self.root.chmod, 0o755)
            argv = [str(self.root / "eglr")]
        return self._run([*argv, *map(str, args)], self.base, {"PATH": f"{self.bin}:/usr/bin:/bin"})

    def test_doctor_and_commands_say_whose_checkout_it_is(self):
        notebook = self.root / "a.ipynb"
        notebook.touch()
        done = self.someone_else("doctor")
        self.assertEqual(done.returncode, 1, done.stdout + done.stderr)
        last = done.stdout.splitlines()[-1]
        self.assertRegex(last, r"^\./eglr quickstart cannot run yet: Checkout")
        self.assertIn(f"The folder {self.root} cannot be written to; it belongs to ", last)
        self.assertIn("Clone it as yourself", last)
        self.assertNotIn(".eglr-", "".join(self.names(self.root)).replace(".eglr", "", 1))
        told = self.someone_else("notebook", notebook)
        self.assert_fails(told, f"the folder {self.root} cannot be written to", "clone it as yourself")
        self.assertEqual(len(told.stderr.strip().splitlines()), 2)

    def test_what_another_user_made_in_our_checkout_is_named(self):
        script = "from shared import places\nfrom pathlib import Path\n"
        script += "places.os.access = lambda path, mode: True\n"
        script += "print(places.unwritable(places.layout.TARGET, PermissionError(13, 'Permission denied')).text())\n"
        script += "lock = places.layout.TARGET / 'eglr.lock'; lock.touch()\n"
        script += "print(places.problem(PermissionError(13, 'Permission denied', str(lock))).text())\n"
        script += "print(places.problem(OSError(28, 'No space left on device', '/x/y')).text())\n"
        script += "print(places.problem(OSError(37, 'No locks available')).text())"
        (self.root / "target").mkdir()
        said = self.assert_runs(self.python(script))
        self.assertIn(f"sudo chown -R $(id -un) '{self.root}/target'", said)
        self.assertIn(f"Permission denied: {self.root}/target/eglr.lock; it belongs to ", said)
        self.assertIn("eglr: No space left on device: /x/y\neglr: No locks available", said)

    def test_without_locks_we_go_on_and_say_so(self):
        script = "import fcntl, pathlib; from shared import console\n"
        script += "def none(*_): raise OSError(37, 'No locks available')\nfcntl.flock = none\n"
        script += f"with console.only_one(pathlib.Path({str(self.base / 'lock')!r})): print('done')"
        self.assertRegex(self.assert_runs(self.python(script)), r"without locks.*\n *done")


class Tried(Sandbox):
    """What the doctor tries out."""

    def setUp(self):
        super().setUp()
        self.home = self.base / "home"
        self.home.mkdir()
        self.jdk()
        self.maven()

    def row(self, check: str, **environment) -> str:
        said = self.eglr("doctor", **environment).stdout
        return re.search(rf"(?m)^{check} +(.*(?:\n +.*)*)", said)[1]

    def test_nothing_stays(self):
        before = self.names(self.root)
        self.assert_runs(self.eglr("doctor"))
        self.assertEqual(self.names(self.root), before)

    def test_each_is_done(self):
        self.assertRegex(self.row("Checkout"), "^ok")
        self.assertRegex(self.row("Home"), "^ok")
        self.assertRegex(self.row("Loopback"), "^ok")
        self.assertRegex(self.row("JVM"), r"^ok +starts with -Xmx\d+m")
        self.assertRegex(self.row("Virtual environment"), "^ok")

    def test_a_jvm_that_does_not_start_as_the_kernel_will(self):
        java = self.jdk() / "bin/java"
        refuses = 'case "$*" in *-Xmx*) echo "Error: Could not reserve enough space" >&2; exit 1;; esac'
        java.write_text(java.read_text().replace("\n", f"\n{refuses}\n", 1))
        self.assertRegex(self.row("JVM"), "^missing +.*does not start as the kernel will: Error: Could not reserve")

    def test_a_jvm_that_writes_other_names(self):
        self.jdk(writes='"${last%/*}/?.txt"')
        self.assertRegex(self.row("JVM"), "(?s)^missing +Java writes the file `é ü 七.txt` under another name.*C.UTF-8")

    def test_folders_outside_of_the_checkout(self):
        file = self.base / "a file"
        file.touch()
        said = self.row("Home", JUPYTER_RUNTIME_DIR=str(file / "runtime"))
        self.assertRegex(said, "(?s)^missing .*for Jupyter's running kernels, cannot be written to: .*JUPYTER_RUNTIME_DIR")
        said = self.row("Home", MAVEN_OPTS=f"-Xmx1g -Dmaven.repo.local={file.as_posix().replace(' ', '_')}/x")
        self.assertRegex(said, "^ok", "a folder that can be made")

    def test_the_repository_of_mavens_settings(self):
        script = "import pathlib; from doctor import probes\nprobes._home = lambda: pathlib.Path(HOME)\nprint(probes.maven_repository())"
        script = f"HOME = {str(self.home)!r}\n{script}"
        self.assertEqual(self.assert_runs(self.python(script)), str(self.home / ".m2/repository"))
        (self.home / ".m2").mkdir()
        (self.home / ".m2/settings.xml").write_text("<s><localRepository> /large disk </localRepository></s>")
        self.assertEqual(self.assert_runs(self.python(script)), "/large disk")
        said = self.assert_runs(self.python(script, MAVEN_OPTS="-Xmx1g -Dmaven.repo.local=/r"))
        self.assertEqual(said, "/r")

    def test_no_loopback(self):
        script = "import socket; from shared import places\ndef none(*_): raise OSError(101, 'Network is unreachable')\n"
        script += "socket.create_connection = none\ntry: places.check_loopback()\n"
        script += "except places.Problem as p: print(p.text())"
        said = self.assert_runs(self.python(script))
        self.assertRegex(said, "127.0.0.1 says Network is unreachable.\n  Remedy: .*ip link set lo up")

    @unittest.skipUnless(os.geteuid() == 0 and shutil.which("unshare"), "needs root and unshare")
    def test_commands_say_that_there_is_no_loopback(self):
        unshare = ["unshare", "-n", "true"]
        if subprocess.run(unshare, capture_output=True).returncode:
            self.skipTest("no namespaces here")
        (self.root / "a.ipynb").touch()
        argv = [shutil.which("unshare"), "-n", str(self.root / "eglr"), "notebook", str(self.root / "a.ipynb")]
        self.assert_fails(self._run(argv, self.base, {}), "this machine cannot connect to itself", "ip link set lo up")


if __name__ == "__main__":
    unittest.main()
