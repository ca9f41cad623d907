"""The reader's own copy of the course: made once, never overwritten, reset with a word."""

import subprocess
import unittest

from sandbox import SCRIPTS, Sandbox

RENEW = "from notebooks import own_copy; print(own_copy.news(own_copy.renew()))"
SPARK = """
from pathlib import Path
from kernel import kernelspec
from notebooks import execution, lab, lab_server
from setup import prepare, spark, tools
"""
ENSURE = "print(spark.ensure(tools.find_java(), Path(MAVEN)), spark.ensure(tools.find_java(), Path(MAVEN)))"
BUILD = """
echo "$*" >> "{base}/calls"
echo jar > eglr-spark/target/eglr-spark-0.1.jar
printf '%s' "{base}/spark-core.jar:$PWD/datasets/target/eglr-datasets-0.1.jar" > eglr-spark/target/class-path.txt
"""
OFFERED = """
lab.places.check_loopback = lambda: None
lab.prepare.kernel = lambda on_spark: print(on_spark, end=" ")
lab.os.execv = lambda program, argv: print(*[a.rpartition("=")[2] for a in argv if "allowed" in a], argv[-1])
lab.run({asked} + ["--port=1"])
"""


class Lab(Sandbox):
    def setUp(self):
        super().setUp()
        self.lesson = self.write("tutorials/first.ipynb", "one")
        self.write("tutorials/images/a.svg", "<svg/>")
        self.write("notebooks/own-data.ipynb", "data")
        self.write("tutorials/.ipynb_checkpoints/first.ipynb", "not a lesson")
        self.copy = self.root / "lab/tutorials/first.ipynb"

    def write(self, name: str, text: str):
        file = self.root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
        return file

    def renew(self) -> str:
        return self.assert_runs(self.python(RENEW)).strip()

    def reset(self, *args):
        return self.eglr("lab", *args, cwd=self.root)

    def test_the_first_start_copies_lessons_and_pictures_and_nothing_hidden(self):
        self.assertEqual(self.renew(), "")
        self.assertEqual(self.copy.read_text(), "one")
        names = sorted(p.relative_to(self.root / "lab").as_posix() for p in (self.root / "lab").rglob("*.*"))
        expected = ["notebooks/own-data.ipynb", "originals.json", "tutorials/first.ipynb", "tutorials/images/a.svg"]
        self.assertEqual([n for n in names if "/." not in n], expected)
        self.assertNotIn(".ipynb_checkpoints", " ".join(names))

    def test_a_copy_is_never_overwritten_and_nothing_is_said_of_the_readers_own_changes(self):
        self.renew()
        self.copy.write_text("mine")
        self.assertEqual(self.renew(), "")
        self.assertEqual(self.copy.read_text(), "mine")

    def test_a_newer_original_is_announced_in_one_line_until_it_is_taken(self):
        self.renew()
        self.copy.write_text("mine")
        self.lesson.write_text("two")
        for _ in range(2):
            line = self.renew()
            self.assertEqual(
                line,
                "Newer than your copy: tutorials/first.ipynb."
                " To take it, yours kept beside it: ./eglr lab --reset first",
            )
        self.assertEqual(self.copy.read_text(), "mine")
        self.assertEqual(self.lesson.read_text(), "two")
        self.assert_runs(self.reset("--reset", "first"))
        self.assertEqual(self.renew(), "")

    def test_reset_keeps_each_version_of_the_readers(self):
        self.renew()
        for number in (1, 2):
            self.copy.write_text(f"mine {number}")
            text = self.assert_runs(self.reset("--reset", "first"))
            self.assertEqual(text, f"lab/tutorials/first.ipynb is the original again; yours is first.kept-{number}.ipynb")
            self.assertEqual(self.copy.read_text(), "one")
            self.assertEqual(self.copy.with_name(f"first.kept-{number}.ipynb").read_text(), f"mine {number}")
        self.assertIn("is as the original", self.assert_runs(self.reset("--reset=tutorials/first.ipynb")))
        self.assertEqual(len(list(self.copy.parent.glob("*.ipynb"))), 3)

    def test_reset_all_takes_every_lesson_and_leaves_the_readers_own_files(self):
        self.renew()
        self.copy.write_text("mine")
        own = self.write("lab/notebooks/my-idea.ipynb", "idea")
        self.assert_runs(self.reset("--reset", "all"))
        self.assertEqual(self.copy.read_text(), "one")
        self.assertEqual(own.read_text(), "idea")

    def test_a_copy_that_the_reader_removed_comes_back(self):
        self.renew()
        self.copy.unlink()
        self.assertEqual(self.renew(), "")
        self.assertEqual(self.copy.read_text(), "one")

    def test_a_file_of_the_readers_with_the_name_of_a_new_lesson_stays(self):
        self.renew()
        own = self.write("lab/tutorials/second.ipynb", "mine")
        self.write("tutorials/second.ipynb", "lesson")
        self.assertIn("tutorials/second.ipynb", self.renew())
        self.assertEqual(own.read_text(), "mine")

    def test_a_wrong_name_names_the_nearest(self):
        self.assert_fails(self.reset("--reset", "fisrt"), "no such lesson", "`first`", "first, own-data, or all")
        self.assert_fails(self.reset("--reset"), "the name of one lesson")
        self.write("notebooks/first.ipynb", "other")
        self.assert_fails(self.reset("--reset", "first"), "tutorials/first.ipynb or notebooks/first.ipynb")

    def test_a_record_cut_short_costs_no_copy(self):
        self.renew()
        self.copy.write_text("mine")
        (self.root / "lab/originals.json").write_text("{")
        self.assertIn("first.ipynb", self.renew())
        self.assertEqual(self.copy.read_text(), "mine")


class Spark(Sandbox):
    """A kernel with Spark, for those who ask; what is asked is seen in Maven's calls."""

    def setUp(self):
        super().setUp()
        self.jdk()
        for module in ("kernel-ext", "eglr-spark"):
            (self.root / module / "target").mkdir(parents=True)
            (self.root / module / "pom.xml").write_text("<project/>")
        self.library = self.base / "spark-core.jar"
        self.library.write_text("spark")
        self.maven(BUILD.format(base=self.base))
        self.ready = self.root / "target/kernel"

    def call(self, what: str) -> str:
        """What it prints last: before that it says what is built."""
        return self.assert_runs(self.python(f"MAVEN = {str(self.bin / 'mvn')!r}" + SPARK + what)).splitlines()[-1]

    def test_the_jars_are_laid_out_once_until_the_module_changes(self):
        self.assertEqual(self.call(ENSURE), "True False")
        self.assertEqual(self.names(self.ready / "spark"), ["eglr-spark-0.1.jar", "spark-core.jar"])
        source = self.root / "eglr-spark/src/main/java/S.java"
        source.parent.mkdir(parents=True)
        source.write_text("class S {}")
        self.assertEqual(self.call(ENSURE), "True False")
        self.assertEqual((self.base / "calls").read_text().count("-pl eglr-spark"), 2)

    def test_a_build_that_fails_leaves_nothing_that_looks_whole(self):
        self.call(ENSURE)
        self.library.unlink()
        (self.root / "eglr-spark/pom.xml").write_text("<project><!-- changed --></project>")
        done = self.python(f"MAVEN = {str(self.bin / 'mvn')!r}" + SPARK + ENSURE)
        self.assertIn("the build left no", done.stderr)
        self.library.write_text("spark")
        self.assertEqual(self.call(ENSURE), "True False")

    def test_its_kernel_has_sparks_jars_before_ours_and_no_archive(self):
        spec = "print(*kernelspec.describe(tools.find_java(), kernelspec.SPARK_NAME)['argv'], sep='|')"
        argv = self.call(spec).split("|")
        path = argv[argv.index("-cp") + 1].split(":")
        self.assertEqual([p.rpartition("kernel/")[2] for p in path[2:]], ["spark/*", "lib/*"])
        self.assertIn("--add-opens=java.base/sun.nio.ch=ALL-UNNAMED", argv)
        self.assertNotIn("SharedArchiveFile", " ".join(argv))
        usual = self.call("print(*kernelspec.describe(tools.find_java())['argv'])")
        self.assertNotIn("kernel/spark", usual)

    def test_only_who_asks_is_offered_it(self):
        for asked, kernels in (("[]", "eglr"), ("['--spark']", "eglr eglr-spark"), ("['--originals', '--spark']", "eglr eglr-spark")):
            said = self.call(OFFERED.format(asked=asked))
            self.assertEqual(said, f"{'--spark' in asked} {kernels} --port=1")

    def test_a_notebook_says_itself_that_it_needs_spark(self):
        for name, needs in (("eglr-spark", True), ("eglr", False), ("java", False)):
            file = self.root / "a.ipynb"
            file.write_text('{"metadata": {"kernelspec": {"name": "%s"}}}' % name)
            self.assertEqual(self.call(f"print(execution.needs_spark(Path({str(file)!r})))"), str(needs))
        for text in ("", "[]", "{}"):
            file.write_text(text)
            self.assertEqual(self.call(f"print(execution.needs_spark(Path({str(file)!r})))"), "False")


class Checkout(unittest.TestCase):
    def test_git_does_not_see_the_copy(self):
        done = subprocess.run(
            ["git", "-C", str(SCRIPTS.parent), "check-ignore", "lab/tutorials/quickstart.ipynb"],
            capture_output=True,
            text=True,
        )
        if done.returncode == 128:
            self.skipTest("not a git checkout")
        self.assertEqual(done.stdout.strip(), "lab/tutorials/quickstart.ipynb")
