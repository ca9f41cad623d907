"""./eglr install: the modules in the local Maven repository, for a Java project of one's own."""

from pathlib import Path

from setup import build, prepare
from shared import layout
from shared.console import only_one, say


def run(repository: Path = None, spark: bool = False) -> None:
    java, maven = prepare.tools_present()
    if repository:
        repository = repository.expanduser().absolute()
    with only_one(layout.TARGET / "eglr.lock"):
        if repository:
            build.ensure(java, maven)
            build.place(repository)
        else:
            build.install(java, maven, spark)
    version = build.version()
    say(f"Installed into {repository or 'the local Maven repository'}, with sources:")
    for artifact in ("eglr-samediff", "eglr-kernel-ext", "eglr-datasets", *([build.SPARK] if spark else [])):
        say(f"  org.eglr:{artifact}:{version}")
    say("How a project uses them, also without ND4J: tutorials/guide/own-project.md")
