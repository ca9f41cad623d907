"""Our kernel: what is written, where, and that others' kernels stay."""

import json
import os
import shutil
import zipfile

from sandbox import Sandbox

INSTALL = """
from kernel import kernelspec as k
from setup import tools
from pathlib import Path
from shared.console import Problem
try:
    print(getattr(k, WHAT)(*([tools.find_java()] if WHAT == "install" else []), Path(KERNELS), NAME))
except Problem as problem:
    print(problem.text())
"""


class Kernel(Sandbox):
    def setUp(self):
        super().setUp()
        (self.bin / "mkdir").symlink_to(shutil.which("mkdir"))
        self.kernels = self.base / "some prefix/share/jupyter/kernels"
        self.jdk()
        lib = self.root / "target/kernel/lib"
        lib.mkdir(parents=True)
        with zipfile.ZipFile(lib / "eglr-datasets-0.1.jar", "w") as archive:
            archive.writestr("org/eglr/data/Schema.class", "")

        jjava = self.root / ".venv/share/jupyter/kernels/java/jjava.jar"
        jjava.parent.mkdir(parents=True)
        jjava.write_bytes(b"JJava")
        self.source = self.root / "kernel-ext/src/main/jjava/org/eglr/K.java"
        self.source.parent.mkdir(parents=True)
        self.source.write_text("class K {}")

    def jdk(self, version: str = "17.0.1", compiler: bool = True):
        """A JDK that writes down how it is called; its compiler compiles, its kernel practises."""
        home = super().jdk(version, compiler)
        calls = self.base / "calls"
        java = home / "bin/java"
        settings = java.read_text()
        practises = 'for a in "$@"; do case $a in -XX:ArchiveClassesAtExit=*) echo data > "${a#*=}";; esac; done'
        self.tool("java", f'echo "java $*" >> "{calls}"\n{practises}\n{settings}', home / "bin")
        compiles = 'while [ "$1" != -d ]; do shift; done; mkdir -p "$2/org/eglr"; echo class > "$2/org/eglr/K.class"'
        self.tool("javac", f'echo "javac $*" >> "{calls}"\n{compiles}', home / "bin")
        return home

    def calls(self, kind: str) -> list:
        """What the JDK was asked to compile (`javac`) or to practise (`--practice`)."""
        file = self.base / "calls"
        return [line for line in file.read_text().splitlines() if kind in line] if file.exists() else []

    def call(self, what: str, name: str = "eglr") -> str:
        settings = f"WHAT, KERNELS, NAME = {what!r}, {str(self.kernels)!r}, {name!r}"
        said = self.assert_runs(self.python(settings + INSTALL)).splitlines()
        return "\n".join(line for line in said if not line.strip().startswith("Preparing a quick start"))

    def spec(self, name: str = "eglr") -> dict:
        return json.loads((self.kernels / name / "kernel.json").read_text())

    def test_one_jvm_started_directly(self):
        self.assertEqual(self.call("install"), "True")
        spec = self.spec()
        argv = spec["argv"]
        self.assertEqual(argv[0], str(self.base / "jdk 17.0.1/bin/java"))
        self.assertEqual(argv[-2:], ["org.eglr.kernel.jjava.KernelMain", "{connection_file}"])
        jjava, own, lib = argv[argv.index("-cp") + 1].split(":")
        self.assertEqual(jjava, f"{self.root}/.venv/share/jupyter/kernels/java/jjava.jar")
        self.assertEqual(lib, f"{self.root}/target/kernel/lib/*")
        with zipfile.ZipFile(own) as jar:
            self.assertEqual(jar.namelist(), ["org/eglr/K.class"])
        archive = next(a for a in argv if a.startswith("-XX:SharedArchiveFile=")).partition("=")[2]
        self.assertTrue(os.path.isfile(archive))
        self.assertIn(f"-Deglr.data={self.data}", argv)
        self.assertEqual(spec["interrupt_mode"], "message")
        self.assertEqual(spec["env"]["OMP_NUM_THREADS"], "1")
        self.assertIn("-Dfile.encoding=UTF-8", argv)
        self.assertNotIn("LC_ALL", spec["env"], "the reader's language stays")
        self.assertNotIn("--enable-native-access=ALL-UNNAMED", argv)

    def test_a_kernel_in_a_folder_with_other_letters_names_its_locale(self):
        """Jupyter may run in the POSIX locale, in which Java would find none of its classes."""
        self.root = self.root.rename(self.base / "für 七")
        self.environment["LC_ALL"] = "C.UTF-8"
        self.call("install")
        self.assertEqual(self.spec()["env"]["LC_ALL"], "C.UTF-8")

    def test_only_packages_that_exist_are_imported(self):
        self.call("install")
        self.assertEqual(self.spec()["env"]["JJAVA_STARTUP_SCRIPT"], "import org.eglr.data.*; import java.nio.file.*;")

    def test_newer_java_is_told_to_stay_quiet(self):
        self.jdk("25.0.1")
        self.call("install")
        self.assertIn("--enable-native-access=ALL-UNNAMED", self.spec()["argv"])

    def test_installed_again_only_when_something_changed(self):
        self.call("install")
        self.assertEqual(self.call("install"), "False")
        self.jdk("21.0.1")
        self.assertEqual(self.call("install"), "True")
        self.assertIn("jdk 21.0.1", self.spec()["argv"][0])
        self.assertEqual(self.names(self.kernels), ["eglr"])
        self.assertEqual(self.names(self.kernels / "eglr"), ["kernel.json"])

    def test_the_kernel_class_is_compiled_and_practised_once(self):
        self.call("install")
        self.call("install", "eglr-course")
        self.assertEqual(len(self.calls("javac -")), 1)
        self.assertEqual(len(self.calls("--practice")), 1)

    def test_a_change_compiles_and_practises_again(self):
        self.call("install")
        self.source.write_text("class K { int changed; }")
        self.assertEqual(self.call("install"), "False", "kernel.json stays: the jar keeps its place")
        self.assertEqual(len(self.calls("javac -")), 2)
        self.assertEqual(len(self.calls("--practice")), 2)

    def test_the_class_path_is_the_same_when_practising(self):
        """The JVM takes an archive for one class path only."""
        self.call("install")
        argv = self.spec()["argv"]
        self.assertIn(argv[argv.index("-cp") + 1], self.calls("--practice")[0])

    def test_each_java_has_an_archive_of_its_own(self):
        self.call("install")
        self.jdk("25.0.1")
        self.call("install", "eglr-25")
        archives = [n for n in self.names(self.root / "target/kernel/own") if n.endswith(".jsa")]
        self.assertEqual(len(archives), 2)

    def test_a_kernel_without_an_archive_is_installed_too(self):
        home = self.jdk()
        java = home / "bin/java"
        java.write_text(java.read_text().replace("echo data >", "exit 1; echo data >"))
        self.assertIn("True", self.call("install"))
        self.assertEqual([n for n in self.names(self.root / "target/kernel/own") if ".jsa" in n], [])

    def test_a_kernel_class_that_does_not_compile_is_named(self):
        self.tool("javac", "echo 'K.java:1: error: no' >&2; exit 1", self.jdk() / "bin")
        said = self.call("install")
        self.assertIn("K.java:1: error: no", said)
        self.assertIn("remove .venv", said)
        self.assertEqual(self.names(self.kernels), [])

    def test_the_heap_can_be_chosen(self):
        self.environment["EGLR_HEAP_MIB"] = "3072"
        self.call("install")
        self.assertIn("-Xmx3072m", self.spec()["argv"])
        self.environment["EGLR_HEAP_MIB"] = "lots"
        self.assertIn("EGLR_HEAP_MIB is 'lots'", self.call("install"))

    def test_the_vector_module_is_left_out_where_the_java_has_none(self):
        flag = "--add-modules=jdk.incubator.vector"
        release = self.jdk() / "release"
        for modules, added in (("java.base jdk.incubator.vector", True), ("java.base", False)):
            release.write_text(f'MODULES="{modules}"\n')
            self.call("install")
            self.assertEqual(flag in self.spec()["argv"], added)

    def test_other_names_stand_side_by_side(self):
        self.call("install")
        self.call("install", "eglr-course.1")
        self.call("uninstall")
        self.assertEqual(self.names(self.kernels), ["eglr-course.1"])
        self.assertEqual(self.spec("eglr-course.1")["display_name"], "EGLR (Java): eglr-course.1")

    def test_a_kernel_of_others_stays(self):
        theirs = self.kernels / "java" / "kernel.json"
        theirs.parent.mkdir(parents=True)
        theirs.write_text('{"argv": []}')
        for what in ("install", "uninstall"):
            self.assertIn("did not make", self.call(what, "java"))
        self.assertEqual(theirs.read_text(), '{"argv": []}')

    def test_names_jupyter_would_refuse(self):
        for name in ("", "..", "a b", "Upper", "a/b"):
            self.assertIn("kernel name", self.call("install", name))
        self.assertEqual(self.names(self.kernels), [])

    def test_uninstalling_what_is_not_there(self):
        self.assert_fails(self.eglr("kernel", "uninstall", "--prefix", self.base / "p"), "no kernel `eglr`", "p/share")

    def test_the_command_uninstalls_where_jupyter_looks(self):
        for option, folder, environment in (
            ("--user", self.base / "home/.local/share/jupyter/kernels", {}),
            ("--user", self.base / "x y/jupyter/kernels", {"XDG_DATA_HOME": str(self.base / "x y")}),
            ("--user", self.base / "j/kernels", {"JUPYTER_DATA_DIR": str(self.base / "j")}),
            ("--sys-prefix", self.root / ".venv/share/jupyter/kernels", {}),
        ):
            self.kernels = folder
            self.call("install")
            self.assert_runs(self.eglr("kernel", "uninstall", option, **environment))
            self.assertNotIn("eglr", self.names(folder))
