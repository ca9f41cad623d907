"""A Java project as the guide describes it, built offline against installed modules: does it load a model and re-rank?

Everything happens in a folder of its own: a copy of links to Maven's repository, into which the modules are placed as
`./eglr install --repository` does. Run after ./eglr built them.
"""

import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from setup import build
from setup.tools import Java
from shared import layout
from shared.console import Problem, say, tail

GUIDE = layout.TUTORIALS / "guide" / "own-project.md"
MOST_BYTES = 30_000_000
SOURCES = layout.SCRIPTS / "clients" / "project"
LINKED = (".jar", ".pom")
INCUBATOR = "WARNING: Using incubator modules: jdk.incubator.vector"


def passes(java: Java, maven: Path, repository: Path = Path.home() / ".m2" / "repository") -> bool:
    with tempfile.TemporaryDirectory(prefix="eglr-project-") as folder:
        base = Path(folder)
        copy = base / "repository"
        _links(repository, copy)
        try:
            build.place(copy)
            _project(base)
            path = _class_path(java, maven, base, copy)
            return _says(java, base, path)
        except Problem as problem:
            say(problem.text())
            return False


def _links(repository: Path, copy: Path) -> None:
    """Large files as links, Maven's notes on them as copies: it may rewrite those."""
    for folder, folders, names in os.walk(repository):
        if Path(folder) == repository / "org":
            folders[:] = [f for f in folders if f != "eglr"]
        into = copy / Path(folder).relative_to(repository)
        into.mkdir(parents=True, exist_ok=True)
        for name in names:
            source = Path(folder) / name
            if name.endswith(LINKED):
                (into / name).symlink_to(source)
            else:
                shutil.copyfile(source, into / name)


def dependency() -> str:
    """The guide's own snippet."""
    found = re.search(r"```xml\n(<dependency>.*?</dependency>)\n```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    if not found:
        raise Problem(f"{layout.shown(GUIDE)} shows no <dependency> any more.")
    return found.group(1)


def _project(base: Path) -> None:
    shutil.copytree(SOURCES, base / "project")
    pom = base / "project" / "pom.xml"
    text = pom.read_text(encoding="utf-8")
    pom.write_text(text.replace("<!-- the guide's dependency -->", dependency()), encoding="utf-8")


def _class_path(java: Java, maven: Path, base: Path, repository: Path) -> list:
    goals = ["compile", "dependency:build-classpath", "-Dmdep.outputFile=class-path.txt", "-DincludeScope=runtime"]
    argv = [maven, "-o", "-q", "-B", f"-Dmaven.repo.local={repository}", *goals]
    options = {"cwd": base / "project", "env": java.environment(), "capture_output": True, "text": True}
    done = subprocess.run([str(a) for a in argv], **options)
    if done.returncode:
        raise Problem(f"a project with the guide's dependency does not build:\n{tail(done.stdout + done.stderr)}")
    jars = [Path(p) for p in (base / "project" / "class-path.txt").read_text().strip().split(os.pathsep)]
    size = sum(jar.stat().st_size for jar in jars)
    if size >= MOST_BYTES:
        raise Problem(f"the class path has {size / 1e6:.1f} MB, {MOST_BYTES / 1e6:.0f} or more.")
    say(f"  The class path: {len(jars)} jars, {size / 1e6:.1f} MB")
    return [base / "project" / "target" / "classes", *jars]


def _says(java: Java, base: Path, path: list) -> bool:
    model = base / "model.eglr"
    said = [_run(java, path, "org.example." + name, model) for name in ("Train", "Serve")]
    first = re.fullmatch(r"trained\n10 items\nloaded in (\d+) ms, first request (\d+) ms\n", "".join(said))
    if not first:
        raise Problem(f"the project printed:\n{tail(''.join(said))}")
    say(f"  Loaded in {first.group(1)} ms; the first request took {first.group(2)} ms")
    return True


def _run(java: Java, path: list, main: str, model: Path) -> str:
    argv = [java.exe, "--add-modules", "jdk.incubator.vector", "-cp", os.pathsep.join(map(str, path)), main, model]
    done = subprocess.run([str(a) for a in argv], capture_output=True, text=True)
    errors = [line for line in done.stderr.splitlines() if line != INCUBATOR]
    if done.returncode or errors:
        raise Problem(f"{main} said on the console:\n{tail(done.stderr)}")
    return done.stdout
