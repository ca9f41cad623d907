"""Our kernel: what is written, where, and that others' kernels stay."""

import json
import zipfile

from sandbox import Sandbox

INSTALL = """
import kernelspec as k, tools
from pathlib import Path
from console import Problem
try:
    print(getattr(k, WHAT)(*([tools.find_java()] if WHAT == "install" else []), Path(KERNELS), NAME))
except Problem as problem:
    print(problem.text())
"""


class Kernel(Sandbox):
    def setUp(self):
        super().setUp()
        self.kernels = self.base / "some prefix/share/jupyter/kernels"
        self.jdk()
        lib = self.root / "target/kernel/lib"
        lib.mkdir(parents=True)
        with zipfile.ZipFile(lib / "eglr-datasets-0.1.jar", "w") as archive:
            archive.writestr("org/eglr/data/Schema.class", "")

    def call(self, what: str, name: str = "eglr") -> str:
        settings = f"WHAT, KERNELS, NAME = {what!r}, {str(self.kernels)!r}, {name!r}"
        return self.assert_runs(self.python(settings + INSTALL))

    def spec(self, name: str = "eglr") -> dict:
        return json.loads((self.kernels / name / "kernel.json").read_text())

    def test_one_jvm_started_directly(self):
        self.assertEqual(self.call("install"), "True")
        spec = self.spec()
        argv = spec["argv"]
        self.assertEqual(argv[0], str(self.base / "jdk 17.0.1/bin/java"))
        self.assertEqual(argv[-2:], ["org.dflib.jjava.distro.JJava", "{connection_file}"])
        first, second = argv[argv.index("-cp") + 1].split(":")
        self.assertEqual(first, f"{self.root}/.venv/share/jupyter/kernels/java/jjava.jar")
        self.assertEqual(second, f"{self.root}/target/kernel/lib/*")
        self.assertIn(f"-Deglr.data={self.data}", argv)
        self.assertEqual(spec["interrupt_mode"], "message")
        self.assertEqual(spec["env"]["OMP_NUM_THREADS"], "1")
        self.assertNotIn("--enable-native-access=ALL-UNNAMED", argv)

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
            self.assertEqual(self.names(folder), [])
