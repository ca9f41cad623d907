"""./eglr lab: JupyterLab on the reader's own copy of the course; --reset takes a lesson anew."""

import itertools
import os

from kernel import kernelspec
from notebooks import lab_server, own_copy
from setup import prepare
from shared import layout, places
from shared.console import Problem, say

USAGE = """usage: ./eglr lab [--originals] [--spark] [OPTIONS OF JUPYTERLAB]
       ./eglr lab --reset NAME

Opens JupyterLab on lab/, your own copy of tutorials/ and notebooks/; the checkout stays as it is.
  --reset NAME   take the lesson NAME (or all) anew; your version is kept beside it
  --originals    open the checkout itself, to change the lessons
  --spark        offer a kernel with Apache Spark, too, for notebooks/spark.ipynb; the first time fetches 320 MB"""

OWN = ["--originals", "--spark"]


def run(args: list) -> int:
    """Options that are not ours go to JupyterLab as they are."""
    if args[:1] in (["-h"], ["--help"]):
        say(USAGE)
        return 0
    if args and args[0].partition("=")[0] == "--reset":
        return _reset(args)
    ours = [*itertools.takewhile(OWN.__contains__, args)]
    args = args[len(ours) :]
    originals, spark = (option in ours for option in OWN)
    folder = layout.ROOT if originals else layout.LAB
    if not originals and (line := own_copy.news(own_copy.renew())):
        say(line)
    places.check_loopback()
    prepare.kernel(spark)
    kernels = (kernelspec.NAME, kernelspec.SPARK_NAME) if spark else (kernelspec.NAME,)
    argv = [*lab_server.command(folder, kernels), *args]
    os.execv(argv[0], argv)


def _reset(args: list) -> int:
    given = args[0].split("=", 1)[1:] + args[1:]
    if len(given) != 1 or not given[0]:
        raise Problem("--reset takes the name of one lesson.", "./eglr lab --reset quickstart; all for all of them.")
    done = own_copy.reset(given[0])
    changed = [(copy, kept) for copy, kept in done if kept]
    for copy, kept in changed:
        say(f"{layout.shown(copy)} is the original again; yours is {kept.name}")
    if not changed:
        say(f"{layout.shown(done[0][0]) if len(done) == 1 else 'All of it'} is as the original")
    return 0
