"""The command line itself: help, unknown commands, missing tools, the doctor."""

import signal
import subprocess
import time

from sandbox import Sandbox

COMMANDS = ["quickstart", "lab", "notebook", "data", "kernel", "bench", "gpu-check", "gpu-bundle"]
COMMANDS += ["install", "docs", "doctor", "test", "help", "course", "experiment"]


class CommandLine(Sandbox):
    def test_help_names_every_command_and_needs_no_python(self):
        (self.bin / "python3").unlink()
        for args in ([], ["help"], ["--help"]):
            text = self.assert_runs(self.eglr(*args))
            for command in COMMANDS:
                self.assertRegex(text, rf"(?m)^  {command} ")

    def test_help_and_dispatch_agree(self):
        known = self.assert_runs(self.python("import runpy; print(*runpy.run_path('__main__.py')['COMMANDS'])"))
        self.assertEqual(sorted([*known.split(), "help"]), sorted(COMMANDS))

    def test_an_unknown_command_names_the_nearest(self):
        for typed, meant in (
            ("quikstart", "quickstart"),
            ("docter", "doctor"),
            ("kernels", "kernel"),
            ("hlep", "help"),
        ):
            self.assert_fails(self.eglr(typed), f"`{typed}`", f"`{meant}`", status=2)

    def test_a_command_like_none_points_to_help(self):
        done = self.eglr("xyzzy")
        self.assert_fails(done, "./eglr help", status=2)
        self.assertNotIn("Did you mean", done.stderr)

    def test_an_unknown_option_is_refused(self):
        self.assert_fails(self.eglr("doctor", "--fast"), "--fast", status=2)

    def test_it_works_through_a_link(self):
        link = self.base / "linked"
        link.symlink_to("the checkout/eglr")
        self.assert_fails(self.eglr("xyzzy", command=link), "no command", status=2)

    def test_data_that_is_neither_known_nor_a_path(self):
        self.assert_fails(self.eglr("quickstart", "--data", "ml-10m"), "ml-10m", "--data simulated")

    def test_a_termination_request_takes_the_child_along(self):
        script = "from shared.console import *; interrupt_once(); print(1, flush=True); run(['sleep', '60'])"
        argv = [str(self.bin / "python3"), "-c", script]
        running = subprocess.Popen(
            argv, cwd=self.root / ".eglr", env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        running.stdout.readline()
        time.sleep(0.3)
        running.send_signal(signal.SIGTERM)
        # The pipe closes only when the last process that holds it is gone.
        running.communicate(timeout=10)
        self.assertNotEqual(running.returncode, 0)


class MissingTools(Sandbox):
    def test_no_python(self):
        (self.bin / "python3").unlink()
        self.assert_fails(self.eglr("doctor"), "no python3 on the PATH", "3.10", "apt-get install", "brew", "WSL")

    def test_an_old_python(self):
        self.tool("python3", 'if [ "$1" = --version ]; then echo Python 3.9.2; else exit 1; fi')
        self.assert_fails(self.eglr("doctor"), "found Python 3.9.2", "3.10 or newer")

    def test_an_old_python3_beside_a_newer_one(self):
        (self.bin / "python3").rename(self.bin / "python3.12")
        self.tool("python3", "exit 1")
        self.assert_fails(self.eglr("xyzzy"), "no command", status=2)

    def test_a_python_without_venv(self):
        script = "from setup import tools; tools.importlib.util.find_spec = lambda m: None; tools.check_python()"
        self.assertIn("lacks venv and ensurepip", self.python(script).stderr)

    def test_no_java(self):
        self.assert_setup_fails("no `java` on the PATH", "JAVA_HOME", "openjdk-17-jdk", "brew", "WSL")

    def test_an_old_java(self):
        self.jdk("11.0.2")
        self.assert_setup_fails("found Java 11.0.2", "JDK 17 or newer", "openjdk-17-jdk")

    def test_java_8_counts_as_8(self):
        self.jdk("1.8.0_392")
        self.assert_setup_fails("found Java 1.8.0_392")

    def test_a_runtime_without_compiler(self):
        self.jdk(compiler=False)
        self.assert_setup_fails("without javac", "openjdk-17-jdk")

    def test_java_that_does_not_run(self):
        self.tool("java", "echo no such thing >&2; exit 1")
        self.assert_setup_fails("does not run: no such thing")

    def test_a_wrong_java_home_is_named(self):
        self.jdk()
        self.assert_setup_fails("JAVA_HOME is /nowhere", "unset JAVA_HOME", JAVA_HOME="/nowhere")

    def test_java_home_goes_before_the_path(self):
        home = self.jdk("21.0.1")
        self.jdk("11.0.2")
        self.assert_setup_fails("Maven: no `mvn`", JAVA_HOME=str(home))

    def test_no_maven(self):
        self.jdk()
        self.assert_setup_fails("no `mvn` on the PATH", "apt-get install maven", "brew install maven")

    def test_an_old_maven(self):
        self.jdk()
        self.maven(version="3.5.4")
        self.assert_setup_fails("found 3.5.4", "3.6.3 or newer")

    def test_maven_runs_on_the_java_that_was_checked(self):
        home = self.jdk()
        self.tool("mvn", 'echo "Apache Maven 3.9.1"; [ "$JAVA_HOME" = "' + str(home) + '" ] || echo Apache Maven 1.0.0')
        script = "from setup import tools; print(tools.find_maven(tools.find_java())[1])"
        self.assertEqual(self.assert_runs(self.python(script)), "3.9.1")

    def assert_setup_fails(self, *parts, **environment):
        notebook = self.base / "a.ipynb"
        notebook.touch()
        self.assert_fails(self.eglr("notebook", notebook, **environment), *parts)
        self.assertFalse((self.root / ".venv").exists())


class Doctor(Sandbox):
    def test_with_all_tools_the_quick_start_can_run(self):
        self.jdk()
        self.maven()
        text = self.assert_runs(self.eglr("doctor"))
        for line in ("Java +ok", "Maven +ok", "Python +ok", "Environment +to do", "Build +to do", "Kernel +to do"):
            self.assertRegex(text, rf"(?m)^{line}")
        self.assertIn("can run", text)

    def test_every_missing_tool_is_listed_with_its_remedy(self):
        done = self.eglr("doctor")
        self.assertEqual(done.returncode, 1)
        self.assertRegex(done.stdout, r"(?m)^Java +missing")
        self.assertRegex(done.stdout, r"(?m)^Maven +missing")
        self.assertIn("apt-get install maven", done.stdout)
        self.assertIn("cannot run yet: Java, Maven", done.stdout)
