"""A checkout of nothing but the scripts, in a path with spaces, with a PATH of our choosing. No network is used."""

import os
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

SCRIPTS = Path(__file__).resolve().parent.parent
HANGS_S = 600  # far more than anything takes, also on a machine that is busy
BASICS = ["bash", "cat", "dirname", "env", "head", "readlink", "sleep"]


class Sandbox(unittest.TestCase):
    def setUp(self):
        self.base = Path(tempfile.mkdtemp(prefix="eglr test "))
        self.addCleanup(shutil.rmtree, self.base, ignore_errors=True)
        self.root = self.base / "the checkout"
        self.bin = self.base / "bin"
        self.data = self.base / "the data"
        ignored = shutil.ignore_patterns("__pycache__", "test_*", "sandbox.py")
        shutil.copytree(SCRIPTS, self.root / ".eglr", ignore=ignored)
        shutil.copy2(SCRIPTS.parent / "eglr", self.root / "eglr")
        pom = '<project xmlns="http://maven.apache.org/POM/4.0.0"><version>0.1</version></project>'
        (self.root / "pom.xml").write_text(pom)
        self.bin.mkdir()
        for tool in BASICS:
            (self.bin / tool).symlink_to(shutil.which(tool))
        self.tool("python3", f'exec "{sys.executable}" "$@"')
        self.environment = {
            "PATH": str(self.bin),
            "HOME": str(self.base / "home"),
            "EGLR_DATA": str(self.data),
            "PYTHONDONTWRITEBYTECODE": "1",
            "PIP_NO_INDEX": "1",
        }

    def tool(self, name: str, script: str, folder: Path = None) -> Path:
        """Puts a shell script on the PATH in the place of a real tool."""
        file = (folder or self.bin) / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.unlink(missing_ok=True)
        file.write_text(f"#!/usr/bin/env bash\n{script}\n")
        file.chmod(0o755)
        return file

    def jdk(self, version: str = "17.0.1", compiler: bool = True, writes: str = '"$last"') -> Path:
        """A JDK that tells its version and runs the doctor's probe, which writes a file; nothing else."""
        home = self.base / f"jdk {version}"
        probe = f'for last in "$@"; do :; done; case $last in *.txt) : > {writes}; exit;; esac'
        settings = f'{probe}\necho "    java.home = {home}" >&2; echo "    java.version = {version}" >&2'
        java = self.tool("java", settings, home / "bin")
        if compiler:
            self.tool("javac", "", home / "bin")
        self.tool("java", f'exec "{java}" "$@"')
        return home

    def maven(self, build: str = "", version: str = "3.8.7") -> None:
        self.tool("mvn", f'if [ "$1" = -v ]; then echo "Apache Maven {version} (x)"; exit; fi\n{build}')

    def eglr(self, *args, cwd: Path = None, command: Path = None, **environment):
        """Runs ./eglr and returns the finished process, output as text."""
        argv = [str(command or self.root / "eglr"), *map(str, args)]
        return self._run(argv, cwd or self.base, environment)

    def python(self, script: str, **environment):
        """Runs Python lines inside the sandbox's own copy of the scripts."""
        return self._run([sys.executable, "-c", script], self.root / ".eglr", environment)

    def _run(self, argv, cwd, environment):
        env = {**self.environment, **environment}
        return subprocess.run(argv, cwd=cwd, env=env, capture_output=True, text=True, timeout=HANGS_S)

    def assert_fails(self, done, *parts, status: int = 1):
        self.assertEqual(done.returncode, status, done.stdout + done.stderr)
        for part in parts:
            self.assertIn(part, done.stderr)
        self.assertNotIn("Traceback", done.stderr)

    def assert_runs(self, done):
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        return done.stdout.strip()

    def names(self, folder: Path) -> list:
        """What lies in a folder; nothing where it does not exist."""
        return sorted(os.listdir(folder)) if folder.exists() else []
