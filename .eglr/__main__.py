"""The commands of ./eglr; the shell script beside this folder finds Python and starts it."""

import argparse
import difflib
import sys
from pathlib import Path

from bench import command as bench
from clients import command as clients
from course import command as course
from data import movielens
from docs import command as docs
from doctor import command as doctor
from experiments import command as experiments
from gpu import bundle, check
from kernel import kernelspec
from notebooks import execution, lab, quickstart
from setup import install, prepare
from shared import layout, places
from shared.console import Interrupted, Problem, closed_pipe, interrupt_once, say
from tests import command as tests

DATA_SETS = ["ml-100k"]


def command_quickstart(args) -> int:
    parser = _parser("quickstart", "Sets everything up and runs the quick-start notebook.")
    parser.add_argument("--data", default="ml-100k", metavar="ml-100k|simulated|PATH", help="default: ml-100k")
    quickstart.run(parser.parse_args(args).data)
    return 0


def command_test(args) -> int:
    parser = _parser("test", "Runs all tests: modules, this command, notebooks, real clients of the kernel.")
    pictures = "only the session in JupyterLab, on MovieLens 100K; its pictures go to tutorials/images"
    parser.add_argument("--pictures", action="store_true", help=pictures)
    parser.add_argument("--spark", action="store_true", help="also the notebooks that run on Spark")
    asked = parser.parse_args(args)
    if not asked.pictures:
        return tests.run(asked.spark)
    prepare.kernel()
    movielens.ensure()
    return clients.take_pictures()


def command_bench(args) -> int:
    return bench.run(args)


def command_experiment(args) -> int:
    return experiments.run(args)


def command_gpu_check(args) -> int:
    return check.run(args)


def command_gpu_bundle(args) -> int:
    return bundle.run(args)


def command_doctor(args) -> int:
    parser = _parser("doctor", "Says what is there and what is missing.")
    parser.add_argument("--speed", action="store_true", help="also measure a training step by number of threads")
    return doctor.run(parser.parse_args(args).speed)


def command_lab(args) -> int:
    return lab.run(args)


def command_course(args) -> int:
    return course.run(args)


def command_data(args) -> int:
    parser = _parser("data", "Fetches a public data set into EGLR_DATA, by default ~/.cache/eglr/data.")
    parser.add_argument("name", choices=DATA_SETS)
    parser.parse_args(args)
    fetched = movielens.ensure()
    say(f"MovieLens 100K {'fetched into' if fetched else 'is in'} {movielens.folder()}")
    return 0


def command_install(args) -> int:
    parser = _parser("install", "Builds the modules and puts them, with sources, into the local Maven repository.")
    parser.add_argument("--repository", type=Path, metavar="DIR", help="another one than Maven's own")
    parser.add_argument("--spark", action="store_true", help="eglr-spark, too; Maven's own repository only")
    asked = parser.parse_args(args)
    if asked.spark and asked.repository:
        parser.error("--spark goes without --repository")
    install.run(asked.repository, asked.spark)
    return 0


def command_docs(args) -> int:
    parser = _parser("docs", "Builds the documentation in target/docs; runs the guide's code.")
    parser.add_argument("--spark", action="store_true", help="eglr-spark's Javadoc, too; fetches Spark the first time")
    return docs.run(parser.parse_args(args).spark)


def command_kernel(args) -> int:
    parser = _parser("kernel", "Installs our Jupyter kernel, removes it, or measures it.")
    parser.add_argument("action", choices=["install", "uninstall", "measure"])
    place = parser.add_mutually_exclusive_group()
    place.add_argument("--user", action="store_true", help="for every Jupyter of this user")
    place.add_argument("--sys-prefix", action="store_true", help="into the project's own .venv (the default)")
    place.add_argument("--prefix", type=Path, help="into another environment, for instance $CONDA_PREFIX")
    parser.add_argument("--name", default=kernelspec.NAME, help=f"default: {kernelspec.NAME}")
    if args[:1] == ["measure"]:
        return _measure_kernel(args[1:])
    asked = parser.parse_args(args)
    kernels = layout.VENV_KERNELS
    if asked.user:
        kernels = kernelspec.user_kernels()
    elif asked.prefix:
        kernels = asked.prefix.expanduser().absolute() / "share" / "jupyter" / "kernels"
    if asked.action == "uninstall":
        say(f"Removed {kernelspec.uninstall(kernels, asked.name)}")
    else:
        kernelspec.check_target(kernels, asked.name)
        kernelspec.install(prepare.kernel(), kernels, asked.name)
        say(f"Installed {kernels / asked.name}")
        say(f"It runs the build in {layout.KERNEL_LIB}: keep this folder.")
    return 0


def _measure_kernel(args) -> int:
    parser = _parser("kernel measure", "Measures start-up, interrupts and the cost of the live display: some minutes.")
    parser.add_argument("--starts", type=_count, default=5, help="of each kernel (default: 5)")
    parser.add_argument("--stops", type=_count, default=10, help="of each training (default: 10)")
    asked = parser.parse_args(args)
    return clients.measure(prepare.kernel(), ["--starts", asked.starts, "--stops", asked.stops])


def _count(text: str) -> int:
    if not (text.isdecimal() and int(text) > 0):
        raise argparse.ArgumentTypeError(f"`{text}` is not a whole number above 0")
    return int(text)


def command_notebook(args) -> int:
    parser = _parser("notebook", "Executes one notebook in our kernel.")
    parser.add_argument("file", type=Path)
    notebook = parser.parse_args(args).file.expanduser().absolute()
    execution.check_readable(notebook)
    places.check_loopback()
    prepare.kernel(execution.needs_spark(notebook))
    out = layout.TARGET / "notebooks" / notebook.stem
    execution.execute(notebook, out, {})
    say(f"Notebook  {layout.shown(out / notebook.name)}")
    say(f"HTML      {layout.shown((out / notebook.name).with_suffix('.html'))}")
    return 0


COMMANDS = {
    "quickstart": command_quickstart,
    "test": command_test,
    "bench": command_bench,
    "experiment": command_experiment,
    "gpu-check": command_gpu_check,
    "gpu-bundle": command_gpu_bundle,
    "doctor": command_doctor,
    "lab": command_lab,
    "course": command_course,
    "data": command_data,
    "install": command_install,
    "docs": command_docs,
    "kernel": command_kernel,
    "notebook": command_notebook,
}


def _parser(name: str, description: str) -> argparse.ArgumentParser:
    return argparse.ArgumentParser(prog=f"./eglr {name}", description=description, allow_abbrev=False)


def main(argv) -> int:
    name, args = argv[0], argv[1:]
    if name not in COMMANDS:
        nearest = difflib.get_close_matches(name, [*COMMANDS, "help"], 1, 0.4)
        guess = f" Did you mean `{nearest[0]}`?" if nearest else ""
        print(f"eglr: no command `{name}`.{guess}\n  ./eglr help lists the commands.", file=sys.stderr)
        return 2
    interrupt_once()
    try:
        places.check_path()
        return COMMANDS[name](args)
    except Problem as problem:
        print(problem.text(), file=sys.stderr)
        return 1
    except Interrupted as interrupted:
        print("\neglr: interrupted; what was unfinished is not kept.", file=sys.stderr)
        return interrupted.status
    except BrokenPipeError:
        return closed_pipe()
    except OSError as error:  # no permission, no space, a file where a folder should be
        print(places.problem(error).text(), file=sys.stderr)
        return 1


if __name__ == "__main__":
    places.use_utf8()
    sys.exit(main(sys.argv[1:]))
