"""./eglr gpu-check: builds for this machine's card, puts it to the check, writes the report."""

import argparse
import os
from pathlib import Path

import gpu_report
import gpu_run
import gpu_torch
from gpu import PACKED, bundle, cards
from kernel import kernelspec
from setup import tools
from shared import layout
from shared.console import Interrupted, Problem, child, run_logged, say

ARCHITECTURE = "sm_90"  # H100, H200: no released ND4J runs on them
CPU_PROFILE = "nd4j-m1"
OUT = layout.TARGET / "gpu-check"


def run(argv) -> int:
    parser = argparse.ArgumentParser(prog="./eglr gpu-check", description=__doc__, allow_abbrev=False)
    pack = "do not check; pack all that another machine needs for it"
    parser.add_argument("--pack", type=Path, metavar="FOLDER", help=pack)
    parser.add_argument("--arch", help=f"of the card to pack for; default: this machine's, or {ARCHITECTURE}")
    asked = gpu_run.options(parser).parse_args(argv)
    if asked.arch and not asked.pack:
        parser.error("--arch goes with --pack")
    card, why = cards.find()
    if asked.pack:
        return _pack(asked, card)
    if card is None and not asked.any:
        remedy = "nvidia-smi must list the card. --any runs the check on the CPU instead, to prove the check itself."
        raise Problem(f"no GPU to check: {why}.", remedy)
    profile = card.profile if card else CPU_PROFILE
    say(f"Card      {card.described() if card else 'none: ' + why}")
    say(f"Profile   -P{profile}")
    side = gpu_run.torch_side(gpu_torch.candidates(), asked)
    say("\n".join(gpu_run.schedule(asked, side)))
    OUT.mkdir(parents=True, exist_ok=True)
    report = OUT / "gpu-report.json"
    report.unlink(missing_ok=True)
    ours, peers = side.seconds(asked.seconds)
    command, environment = _command(profile, card, gpu_run.check_arguments(report, asked, ours))
    page = report.with_suffix(".md")
    try:
        with child(command, env=environment, cwd=layout.ROOT) as process:
            status = process.wait()
    except Interrupted:
        if report.is_file():
            gpu_report.write(report, page)
            say(f"Report of what was done: {layout.shown(page)}")
        raise
    if not report.is_file():
        raise Problem(f"the check ended with status {status} and left no report; what it said stands above.")
    gpu_torch.measure(report, side, peers, PACKED, layout.PEER)
    gpu_report.write(report, page)
    say(f"Report    {layout.shown(page)}")
    return status


def _pack(asked, card) -> int:
    architecture = asked.arch or (card.architecture if card else ARCHITECTURE)
    say(f"For       {architecture}")
    bundle.pack(bundle.make(architecture, os.cpu_count()), asked.pack)
    say("\n".join(gpu_run.schedule(asked, gpu_torch.Side(Path("python3")))))
    return 0


def _command(profile: str, card, arguments: list) -> tuple:
    if profile == bundle.PROFILE:
        runtime = bundle.make(card.architecture, os.cpu_count())
        folders, absent = gpu_run.library_folders()
        for name in absent:
            say(f"  {name} is nowhere on this machine")
        return gpu_run.java(runtime, folders, arguments)
    java = tools.find_java()
    maven, _ = tools.find_maven(java)
    file = OUT / f"class-path-{profile}.txt"
    argv = [maven, "-B", f"-P{profile}", "-pl", "eglr-samediff", "-am", "-Dmaven.test.skip=true", "package"]
    argv += ["-Dspotless.check.skip=true", "dependency:build-classpath", f"-Dmdep.outputFile={file}"]
    argv += ["-DincludeScope=runtime"]
    log = layout.LOGS / f"{profile}-build.log"
    run_logged(f"Building (-P{profile})", argv, log, cwd=layout.ROOT, env=java.environment())
    classes = layout.ROOT / "eglr-samediff" / "target" / profile / "classes"
    options = [*kernelspec.jvm_options(java), gpu_run.heap()]
    command = [java.exe, *options, "-cp", f"{classes}:{file.read_text().strip()}", *arguments]
    return [str(part) for part in command], {**java.environment(), **kernelspec.THREADS}
