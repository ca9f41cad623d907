"""./eglr docs: target/docs. Guide, reference and Javadoc are plain HTML that needs neither a network nor JavaScript; the course and the experiments are their notebooks as saved."""

import os
import shutil
import tempfile
from pathlib import Path

from kernel import kernelspec
from setup import build, environment, prepare, spark
from setup.tools import Java
from shared import layout, places
from shared.console import Problem, only_one, run_logged, say

OUT = layout.TARGET / "docs"
OURS = layout.SCRIPTS / "docs"
MAIN = "org.eglr.kernel.docs.Site"
# What a reader uses; the rest is not part of the API.
HIDDEN = ("org.eglr.internal", "org.eglr.bench", "org.eglr.gpu", "org.eglr.kernel.", "org.eglr.spark.bench", "org.eglr.study")


def run(on_spark: bool = False) -> int:
    java, maven = prepare.tools_present()
    with only_one(layout.TARGET / "eglr.lock"):
        build.ensure(java, maven)
        if on_spark:
            spark.ensure(java, maven)
        write(java, on_spark)
    say(f"Documentation  {layout.shown(OUT / 'index.html')}")
    return 0


def write(java: Java, on_spark: bool = False) -> None:
    """All pages, from what is built; those before stay until the new ones are whole. On Spark, its jars must be laid out."""
    new = OUT.with_name("docs.new")
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(parents=True)
    shutil.copyfile(OURS / "style.css", new / "style.css")
    _guide(java, new)
    _javadoc(java, new / "api", on_spark)
    environment.ensure()
    _notebooks(layout.TUTORIALS, new / "course", "../course.html")
    _notebooks(layout.NOTEBOOKS, new / "notebooks", "../notebooks.html")
    shutil.rmtree(OUT, ignore_errors=True)
    new.rename(OUT)


def passes(java: Java, on_spark: bool = False) -> bool:
    """Whether every page can be written: the guide's code runs, its links lead somewhere, the Javadoc has no mistake."""
    try:
        write(java, on_spark)
    except Problem as problem:
        say(problem.text())
        return False
    return True


def packages(on_spark: bool = False) -> list:
    """The public ones: those with a package-info, which every package of ours has."""
    found = set()
    for file in (f for folder in _source_folders(on_spark) for f in folder.glob("**/package-info.java")):
        parts = file.parent.relative_to(layout.ROOT).parts
        found.add(".".join(parts[parts.index("java") + 1 :]))
    return sorted(p for p in found if not p.startswith(HIDDEN))


def _source_folders(on_spark: bool) -> list:
    """Those of eglr-spark where it is asked for: its Javadoc needs Spark's jars."""
    modules = [pom.parent for pom in build.module_poms()] + ([spark.MODULE] if on_spark else [])
    return [module / "src" / "main" / "java" for module in modules]


def _guide(java: Java, out: Path) -> None:
    path = str(layout.KERNEL_LIB / "*")
    options = [*kernelspec.jvm_options(java), "--add-opens=jdk.jshell/jdk.jshell=ALL-UNNAMED"]
    argv = [java.exe, *options, "-cp", path, MAIN, layout.ROOT, out, kernelspec.startup_script()]
    env = {**os.environ, **kernelspec.THREADS}
    remedy = "mend the page: file and line stand above."
    with tempfile.TemporaryDirectory() as folder:  # for the files that pages write
        _step("Running the guide's code", places.temporary_files(argv, folder), "guide.log", env, remedy, folder)


def _notebooks(folder: Path, out: Path, overview: str) -> None:
    argv = [environment.PYTHON, OURS / "notebooks.py", out, overview, *sorted(folder.glob("*.ipynb"))]
    _step(f"Writing the pages of {layout.shown(folder)}", argv, "pages.log", dict(os.environ), "the log says which notebook cannot be read.")


def _javadoc(java: Java, out: Path, on_spark: bool) -> None:
    sources = os.pathsep.join(map(str, _source_folders(on_spark)))
    argv = [java.home / "bin" / "javadoc", "-quiet", "-notimestamp", "-Xdoclint:all,-missing", "-Werror"]
    argv += ["-windowtitle", "EGLR", "-doctitle", "EGLR", "-encoding", "UTF-8", "--add-stylesheet", OURS / "javadoc-dark.css"]
    argv += ["-d", out, "-sourcepath", sources, "-cp", _class_path(on_spark), *packages(on_spark)]
    remedy = "mend the comments that the log names."
    _step("Writing the Javadoc", argv, "javadoc.log", {**os.environ, "LC_ALL": "C"}, remedy)


def _class_path(on_spark: bool) -> str:
    """The kernels' interfaces are no part of a run: they lie in the kernels' jars, or in Maven's repository."""
    jars = [layout.KERNEL_LIB / "*", *([spark.LIB / "*"] if on_spark else [])]
    repository = Path.home() / ".m2" / "repository"
    for name in ("org/dflib/jjava/jjava-jupyter", "io/github/spencerpark/jupyter-jvm-basekernel"):
        jars += sorted((repository / name).glob("*/*.jar"))
    return os.pathsep.join(map(str, jars))


def _step(title: str, argv: list, log: str, env: dict, remedy: str, cwd=layout.ROOT) -> None:
    if not Path(argv[0]).exists():
        raise Problem(f"{title}: there is no {argv[0]}.", "install a whole JDK.")
    run_logged(title, argv, layout.LOGS / log, cwd=cwd, env=env, remedy=lambda _: remedy)
