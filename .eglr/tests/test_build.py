"""The build: only when the sources changed, swapped in whole, never trusted half-done."""

from sandbox import Sandbox

ENSURE = """
from setup import build, tools
from pathlib import Path
from shared.console import Problem
try:
    built = build.ensure(tools.find_java(), Path(MAVEN))
    print("built" if built else "kept", build.is_fresh())
except Problem as problem:
    print(problem.text(), build.is_fresh())
"""
# What Maven leaves behind: the kernel module's jar and its class path.
BUILD = """
echo called >> "{base}/calls"
/bin/mkdir -p kernel-ext/target datasets/target/classes
echo jar > kernel-ext/target/eglr-kernel-ext-0.1.jar
printf '%s' "{base}/library.jar" > kernel-ext/target/runtime-classpath.txt
"""


class Build(Sandbox):
    def setUp(self):
        super().setUp()
        self.source = self.root / "datasets/src/main/java/A.java"
        self.source.parent.mkdir(parents=True)
        self.source.write_text("class A {}")
        (self.root / "datasets/pom.xml").write_text("<project/>")
        (self.base / "library.jar").write_text("library")
        self.lib = self.root / "target/kernel/lib"
        self.jdk()
        self.maven(BUILD.format(base=self.base))

    def ensure(self) -> str:
        return self.assert_runs(self.python(f"MAVEN = {str(self.bin / 'mvn')!r}" + ENSURE)).splitlines()[-1]

    def calls(self) -> int:
        return (self.base / "calls").read_text().count("called")

    def test_built_once_while_the_sources_stay(self):
        self.assertEqual(self.ensure(), "built True")
        self.assertEqual(self.names(self.lib), ["eglr-kernel-ext-0.1.jar", "library.jar"])
        self.source.touch()
        self.assertEqual(self.ensure(), "kept True")
        self.assertEqual(self.calls(), 1)

    def test_a_changed_new_or_removed_source_builds_again(self):
        self.ensure()
        other = self.source.with_name("B.java")
        for change in (lambda: self.source.write_text("class A { }"), lambda: other.write_text(""), other.unlink):
            change()
            self.assertEqual(self.ensure(), "built True")
        self.assertEqual(self.calls(), 4)

    def test_what_runs_on_spark_is_no_part_of_the_kernel(self):
        self.ensure()
        spark = self.root / "eglr-spark/src/main/java/S.java"
        spark.parent.mkdir(parents=True)
        spark.write_text("class S {}")
        (self.root / "eglr-spark/pom.xml").write_text("<project/>")
        self.assertEqual(self.ensure(), "kept True")

    def test_a_failed_build_shows_its_error_and_the_old_one_is_not_taken_for_new(self):
        self.ensure()
        self.source.write_text("class")
        self.maven("echo '[INFO] chatter'; echo '[ERROR] A.java:[1,6] wrong'; exit 1")
        done = self.python(f"MAVEN = {str(self.bin / 'mvn')!r}" + ENSURE)
        self.assertIn("[ERROR] A.java:[1,6] wrong", done.stdout)
        self.assertNotIn("chatter", done.stdout)
        self.assertIn("build.log", done.stdout)
        self.assertTrue(done.stdout.strip().endswith("False"))
        self.assertIn("library.jar", self.names(self.lib))

    def test_without_a_network_the_remedy_says_so(self):
        self.maven("echo '[ERROR] Could not transfer artifact a:b:1'; exit 1")
        done = self.python(f"MAVEN = {str(self.bin / 'mvn')!r}" + ENSURE)
        self.assertIn("Maven Central", done.stdout)

    def test_classes_of_a_build_cut_short_are_not_trusted(self):
        classes = self.root / "datasets/target/classes"
        classes.mkdir(parents=True)
        (classes / "A.class").write_text("half")
        unfinished = self.root / "target/kernel/unfinished"
        unfinished.parent.mkdir(parents=True)
        unfinished.touch()
        self.assertEqual(self.ensure(), "built True")
        self.assertEqual(self.names(classes), [])
        self.assertFalse(unfinished.exists())

    def test_a_jar_that_is_not_there_fails_the_build(self):
        (self.base / "library.jar").unlink()
        self.assertIn("False", self.ensure())
        self.assertEqual(self.names(self.lib), [])


class Install(Sandbox):
    def setUp(self):
        super().setUp()
        self.jdk()
        self.maven(f'for a in "$@"; do echo "$a"; done > "{self.base}/asked"')

    def test_into_another_repository_it_places_what_is_built_and_asks_maven_for_nothing_more(self):
        module = self.root / "kernel-ext"
        module.mkdir()
        pom = '<project xmlns="http://maven.apache.org/POM/4.0.0"><artifactId>{}</artifactId><version>0.1</version></project>'
        (self.root / "pom.xml").write_text(pom.format("eglr"))
        (module / "pom.xml").write_text(pom.format("eglr-kernel-ext"))
        (self.base / "library.jar").write_text("library")
        sources = 'echo sources > kernel-ext/target/eglr-kernel-ext-0.1-sources.jar; echo "$@" > "{base}/asked"'
        self.maven((BUILD + sources).format(base=self.base))
        text = self.assert_runs(self.eglr("install", "--repository", "my repository"))
        self.assertIn("org.eglr:eglr-samediff:0.1", text)
        asked = (self.base / "asked").read_text().split()
        self.assertIn("package", asked)
        self.assertNotIn("install", asked)
        placed = self.base / "my repository" / "org" / "eglr"
        self.assertEqual(self.names(placed), ["eglr", "eglr-kernel-ext"])
        self.assertEqual(self.names(placed / "eglr" / "0.1"), ["eglr-0.1.pom"])
        files = {f.name: f.read_text() for f in (placed / "eglr-kernel-ext" / "0.1").iterdir()}
        wanted = {".jar": "jar\n", "-sources.jar": "sources\n", ".pom": (module / "pom.xml").read_text()}
        self.assertEqual(files, {f"eglr-kernel-ext-0.1{end}": content for end, content in wanted.items()})

    def test_by_default_into_mavens_own_repository(self):
        self.assertIn("the local Maven repository", self.assert_runs(self.eglr("install")))
        asked = (self.base / "asked").read_text().splitlines()
        self.assertNotIn("repo.local", "".join(asked))
        self.assertEqual(asked[asked.index("-pl") + 1], "kernel-ext")

    def test_spark_only_where_it_is_asked_for(self):
        self.assertIn("org.eglr:eglr-spark:", self.assert_runs(self.eglr("install", "--spark")))
        asked = (self.base / "asked").read_text().splitlines()
        self.assertEqual(asked[asked.index("-pl") + 1], "kernel-ext,eglr-spark")
        self.assert_fails(self.eglr("install", "--spark", "--repository", "r"), "--spark goes without --repository", status=2)

    def test_a_failed_install_says_so_and_the_next_build_is_done_anew(self):
        self.maven("echo '[ERROR] A.java:[1,6] wrong'; exit 1")
        self.assert_fails(self.eglr("install"), "Installing the modules", "A.java:[1,6] wrong", "install.log")
        self.assertTrue((self.root / "target/kernel/unfinished").exists())
