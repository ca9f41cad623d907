"""The parts of ./eglr gpu-bundle: fat binaries, assembling, forwarding libraries."""

import contextlib
import io
import random
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import unittest
import zlib
from pathlib import Path
from unittest import mock

SCRIPTS = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(SCRIPTS))

from gpu import assemble, bundle, cards, check, fatbin, shim  # noqa: E402
from shared.console import Problem  # noqa: E402


def compress(data: bytes) -> bytes:
    return zlib.compress(data)  # stands in for LZ4


def decompress(data: bytes, size: int) -> bytes:
    whole = zlib.decompress(data)
    assert len(whole) == size
    return whole


def entry(kind: int, architecture: int, contents: bytes, packed: bool = False) -> bytes:
    payload = compress(contents) if packed else contents
    padded = payload + bytes(-len(payload) % 8)
    sizes = (len(payload), len(contents)) if packed else (0, 0)
    flags = 0x11 | (fatbin.COMPRESSED if packed else 0)
    begin = struct.pack("<HHIQIIHHI", kind, 257, 64, len(padded), sizes[0], 0, 3, 7, architecture)
    return begin + struct.pack("<IIQQQ", 0, 0, flags, 0, sizes[1]) + padded


def fat(*entries) -> bytes:
    body = b"".join(entries)
    return fatbin.HEADER.pack(fatbin.MAGIC, 1, 16, len(body)) + body


def elf(section: bytes, name: str = fatbin.SECTION) -> bytes:
    """An ELF file with one section of contents and its names."""
    names = b"\0.names\0" + name.encode() + b"\0"
    start = 64
    rows = [(0, 0, 0), (1, start, len(names)), (8, start + len(names), len(section))]
    table = start + len(names) + len(section)
    header = b"\x7fELF\x02\x01\x01" + bytes(9)
    header += struct.pack("<HHIQQQIHHHHHH", 3, 62, 1, 0, 0, table, 0, 64, 0, 0, 64, 3, 1)
    sections = b"".join(struct.pack("<IIQQQQIIQQ", n, 1, 0, 0, at, size, 0, 0, 1, 0) for n, at, size in rows)
    return header + names + section + sections


class FatBinaries(unittest.TestCase):
    first = fat(entry(2, 80, b"old code " * 40), entry(2, 86, b"newer code"), entry(1, 86, b".version 7\n" * 30, True))
    second = fat(entry(2, 86, b"code"), entry(1, 86, b".target sm_86\n\0\0"))
    library = elf(first + bytes(8) + second)

    def test_ptx_of_every_fat_binary(self):
        fats = fatbin.fat_binaries(self.library)
        sources = [fatbin.ptx(f, decompress) for f in fats]
        self.assertEqual([b".version 7\n" * 30, b".target sm_86\n"], sources)

    def test_machine_code_takes_their_place(self):
        cubin = bytes(range(256)) + b"x"
        binary = fatbin.fat_binaries(self.library)[0]
        new = fatbin.replacement(binary, cubin, 90, compress)
        again = fatbin.fat_binaries(elf(new + bytes(len(self.first) - len(new)) + bytes(8) + self.second))
        self.assertEqual(2, len(again), "what lies behind stays where it is")
        (only,) = again[0].entries
        self.assertEqual((fatbin.MACHINE_CODE, 90), (only.kind, only.architecture))
        self.assertEqual(cubin, only.contents(decompress)[: len(cubin)])

    def test_what_is_too_large_is_compressed(self):
        cubin = b"abc" * 1000
        binary = fatbin.fat_binaries(self.library)[0]
        new = fatbin.replacement(binary, cubin, 90, compress)
        self.assertLessEqual(len(new), len(self.first))
        (only,) = fatbin.fat_binaries(elf(new))[0].entries
        self.assertTrue(only.compressed)
        self.assertEqual(cubin, only.contents(decompress))

    def test_what_still_does_not_fit_is_refused(self):
        binary = fatbin.fat_binaries(self.library)[0]
        with self.assertRaisesRegex(fatbin.FormatError, "machine code of 9000 bytes does not fit into"):
            fatbin.replacement(binary, b"z" * 9000, 90, lambda data: data)

    def test_other_files_are_refused(self):
        for data, said in [
            (b"PK\3\4" + bytes(90), "not a 64-bit ELF file"),
            (elf(self.first, ".text"), "no section .nv_fatbin: the library holds no GPU code"),
            (elf(bytes(64)), "holds no fat binary"),
            (elf(self.first[:-8]), "longer than its section"),
            (elf(fat(b"\7" + bytes(63))), "no fat binary entry"),
        ]:
            with self.assertRaisesRegex(fatbin.FormatError, said):
                fatbin.fat_binaries(data)
        without = fatbin.fat_binaries(elf(fat(entry(2, 86, b"code"))))[0]
        with self.assertRaisesRegex(fatbin.FormatError, "has 0 PTX entries instead of one"):
            fatbin.ptx(without, decompress)


PTXAS = """#!/usr/bin/env bash
# ptxas -arch=A -OLEVEL SOURCE -o CUBIN: "hard" sources need -O1, "broken" ones never work.
echo "$3" >> "$(dirname "$0")/calls"
if grep -q broken "$3" || { grep -q hard "$3" && [ "$2" = -O3 ]; }; then echo "ptxas died" >&2; exit 1; fi
echo "$1 $2" > "$5"
"""


class Assembling(unittest.TestCase):
    def setUp(self):
        self.base = Path(tempfile.mkdtemp(prefix="eglr test "))
        self.addCleanup(shutil.rmtree, self.base)
        self.ptxas = self.base / "ptxas"
        self.ptxas.write_text(PTXAS)
        self.ptxas.chmod(0o755)
        self.sources, self.cubins = self.base / "ptx", self.base / "cubin"
        self.sources.mkdir()

    def source(self, name: str, text: str) -> None:
        (self.sources / f"{name}.ptx").write_text(text)

    def assemble(self) -> dict:
        return assemble.assemble(self.ptxas, self.sources, self.cubins, "sm_90", 2)

    def test_a_module_that_crashes_it_gets_less_optimisation(self):
        self.source("m000", "easy")
        self.source("m001", "hard")
        self.assertEqual({"m001": "1"}, self.assemble())
        self.assertEqual("-arch=sm_90 -O3\n", (self.cubins / "m000.cubin").read_text())
        self.assertEqual("-arch=sm_90 -O1\n", (self.cubins / "m001.cubin").read_text())

    def test_a_second_run_does_only_what_is_missing(self):
        self.source("m000", "easy")
        self.source("m001", "hard")
        self.assemble()
        (self.base / "calls").unlink()
        (self.cubins / "m000.cubin").unlink()
        self.assertEqual({"m001": "1"}, self.assemble())
        self.assertEqual([str(self.sources / "m000.ptx")], (self.base / "calls").read_text().splitlines())

    def test_one_that_never_works_is_named(self):
        self.source("m000", "broken")
        with self.assertRaises(Problem) as raised:
            self.assemble()
        self.assertIn("cannot assemble m000.ptx for sm_90: -O3: ptxas died; -O1: ptxas died", raised.exception.what)
        self.assertIn("EGLR_PTXAS", raised.exception.remedy)
        self.assertEqual([], list(self.cubins.glob("*.cubin")))


CALLER = """
#include <stdio.h>
int triple(int); double halve(double); int absent(int);
int main(int argc, char **argv) { printf("%d %.2f\\n", triple(7), halve(5)); if (argc > 1) absent(1); return 0; }
"""


@unittest.skipUnless(shutil.which("gcc") and shutil.which("readelf"), "needs gcc and readelf")
class ForwardingLibraries(unittest.TestCase):
    def setUp(self):
        self.base = Path(tempfile.mkdtemp(prefix="eglr-test-"))
        self.addCleanup(shutil.rmtree, self.base)

    def build(self, name: str, code: str, *options) -> Path:
        source = self.base / f"{name}.c"
        source.write_text(code)
        gcc = ["gcc", "-o", str(self.base / name), str(source), *map(str, options)]
        subprocess.run(gcc, check=True, capture_output=True)
        return self.base / name

    def test_calls_reach_the_newer_library(self):
        bodies = "int triple(int x) { return 3 * x; }\ndouble halve(double x) { return x / 2; }\n"
        old = self.base / "old"
        old.mkdir()
        versions = self.base / "versions"
        versions.write_text("libfoo.so.1 { global: triple; halve; absent; };\n")
        shared = ["-shared", "-fPIC"]
        script = f"-Wl,--version-script={versions}"
        more = bodies + "int absent(int x) { return x; }"
        self.build("old/libfoo.so.1", more, *shared, script, "-Wl,-soname,libfoo.so.1")
        self.build("libfoo.so.2", bodies, *shared, "-Wl,-soname,libfoo.so.2")
        caller = self.build("caller", CALLER, old / "libfoo.so.1")
        functions = shim.imported([caller], "libfoo.so.1")
        self.assertEqual(["absent", "halve", "triple"], functions)

        made = shim.make("libfoo.so.1", ["libfoo.so.3", "libfoo.so.2"], functions, self.base / "shim")
        self.assertEqual([made], list(made.parent.iterdir()))
        environment = {"LD_LIBRARY_PATH": f"{made.parent}:{self.base}"}
        done = subprocess.run([caller], capture_output=True, text=True, env=environment)
        self.assertEqual(("21 2.50\n", "", 0), (done.stdout, done.stderr, done.returncode))
        done = subprocess.run([caller, "more"], capture_output=True, text=True, env=environment)
        self.assertIn("libfoo.so.1: the newer library has no function absent", done.stderr)
        self.assertNotEqual(0, done.returncode)
        done = subprocess.run([caller], capture_output=True, text=True, env={"LD_LIBRARY_PATH": str(made.parent)})
        self.assertIn("libfoo.so.1: none of the newer libraries loads", done.stderr)


class Architectures(unittest.TestCase):
    def test_named(self):
        self.assertEqual(90, bundle.number("sm_90"))
        self.assertEqual(120, bundle.number("sm_120"))
        for wrong in ("sm_80", "90", "hopper"):
            with self.assertRaises(Problem) as raised:
                bundle.number(wrong)
            self.assertIn(f"architecture {wrong}: sm_86 or a newer one is needed", raised.exception.what)

    def test_jars_that_are_left_out(self):
        for jar in ("/m/it/fastutil-8.5.13.jar", "/m/cuda-11.2-8.1-1.5.5-linux-x86_64.jar", "/m/guava-33.0.0-jre.jar"):
            self.assertTrue(bundle.LEFT_OUT.search(jar), jar)
        preset = "/m/nd4j-cuda-11.2-preset-1.0.0-M1.1-linux-x86_64.jar"
        for jar in (preset, "/m/guava-1.0.0-M1.1.jar", "/m/cuda-11.2-8.1-1.5.5.jar"):
            self.assertFalse(bundle.LEFT_OUT.search(jar), jar)


class PackedFolder(unittest.TestCase):
    def setUp(self):
        self.base = base = Path(tempfile.mkdtemp(prefix="eglr test "))
        self.addCleanup(shutil.rmtree, base)
        for part in ("jre", "jars", "lib", "made.json"):
            (base / "runtime" / part).mkdir(parents=True)

    def gpu_check(self, *options, card=None) -> tuple:
        """Packs without assembling: the architecture that is asked for, and what is said."""
        made = mock.Mock(return_value=self.base / "runtime")
        said = io.StringIO()
        with mock.patch.object(bundle, "make", made), mock.patch.object(cards, "find", lambda: (card, "none")):
            with contextlib.redirect_stdout(said):
                self.assertEqual(0, check.run(["--pack", str(self.base / "packed"), *options]))
        return made.call_args[0][0], said.getvalue()

    def test_one_command_packs_all_for_another_machine(self):
        architecture, said = self.gpu_check()
        self.assertEqual("sm_90", architecture, "there is no card here")
        files = {file.name: file.stat().st_size for file in (self.base / "packed").iterdir()}
        self.assertEqual({"bundle.tar.xz", *bundle.PACKED.values()}, set(files))
        self.assertIn(f": {sum(files.values()) / 1e6:.1f} MB of at most 60.0 MB; ", said)
        self.assertIn("python3 run.py", said)
        self.assertRegex(said, "(?s)What the time is for:\n  to minute 4 .*then 240 s .*then 120 s +PyTorch")

    def test_the_architecture_is_asked_for_or_the_cards(self):
        card = cards.Card("X", (12, 0), 1024, "570.1")
        self.assertEqual("sm_120", self.gpu_check(card=card)[0])
        self.assertEqual("sm_100", self.gpu_check("--arch", "sm_100", card=card)[0])
        with self.assertRaises(SystemExit), contextlib.redirect_stderr(io.StringIO()) as said:
            check.run(["--arch", "sm_90"])
        self.assertIn("--arch goes with --pack", said.getvalue())

    def test_one_too_large_to_carry_is_refused_and_the_old_one_stays(self):
        self.gpu_check()
        old = (self.base / "packed" / "bundle.tar.xz").read_bytes()
        (self.base / "runtime" / "lib" / "large.so").write_bytes(random.Random(1).randbytes(200_000))
        with mock.patch.object(bundle, "LARGEST", 100_000), self.assertRaises(Problem) as raised:
            self.gpu_check()
        self.assertIn("would have 0.2 MB; 0.1 MB at most", raised.exception.what)
        self.assertEqual(old, (self.base / "packed" / "bundle.tar.xz").read_bytes())
        self.assertEqual([], list((self.base / "packed").glob("*.part")))

    def test_it_holds_all_that_its_scripts_import(self):
        base = self.base
        bundle.pack(base / "runtime", base / "packed")
        expected = {"bundle.tar.xz", *bundle.PACKED.values()}
        self.assertEqual(expected, {file.name for file in (base / "packed").iterdir()})
        done = subprocess.run([sys.executable, base / "packed" / "run.py", "--help"], capture_output=True, text=True)
        self.assertIn("a third is PyTorch's", " ".join(done.stdout.split()), done.stderr)
        for name in bundle.PACKED.values():
            imported = re.findall(r"^(?:from|import) (gpu_\w+|eglr_torch)", (base / "packed" / name).read_text(), re.M)
            self.assertLessEqual({f"{module}.py" for module in imported}, expected, name)


if __name__ == "__main__":
    unittest.main()
