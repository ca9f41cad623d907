"""The page of the GPU check, made from its JSON.

    python3 report.py gpu-report.json gpu-report.md
"""

import itertools
import json
import shutil
import subprocess
import sys
from pathlib import Path

import gpu_times

MOST_OPERATIONS = 40  # of the page; the JSON file has all
SMI = ["--query-gpu=name,driver_version,memory.total,compute_cap", "--format=csv,noheader"]


def driver() -> str:
    """What nvidia-smi says of the first card, or why it says nothing."""
    exe = shutil.which("nvidia-smi")
    if not exe:
        return "no nvidia-smi"
    done = subprocess.run([exe, *SMI], capture_output=True, text=True)
    return (done.stdout.strip().splitlines() or ["nvidia-smi finds no card"])[0]


def page(report: dict, smi: str) -> str:
    machine = report["machine"]
    verdict = "all right" if report["ok"] else "NOT right" if report["finished"] else "NOT finished"
    lines = [f"# GPU check: {verdict}", ""]
    if not machine["gpu"]:
        lines += ["**This run was not on a GPU**: it proves the check, not a card.", ""]
    rows = [("card", machine["card"]), ("driver (nvidia-smi)", smi), ("backend", machine["backend"])]
    rows += [("ND4J", machine["nd4j"]), ("Java", f"{machine['java']}, {machine['system']}")]
    rows += [("plain-Java engine", f"{machine['threads']} threads, {machine['kernels']}")]
    lines += ["| | |", "|---|---|", *(f"| {key} | {value} |" for key, value in rows), ""]
    lines += ["## Against the plain-Java engine", ""]
    lines += ["| Part | right | largest error / allowed | time | done at minute |", "|---" * 5 + "|"]
    minutes = itertools.accumulate(part["seconds"] for part in report["parts"])
    lines += [_part(part, end) for part, end in zip(report["parts"], minutes)]
    wrong = [(part["name"], check) for part in report["parts"] for check in part["checks"] if not check["ok"]]
    lines += [f"- **{part}: {c['name']}**: {c['error']} (allowed {c['limit']}) {c['note']}" for part, c in wrong]
    ends = [c for part in report["parts"] for c in part["checks"] if c["note"].startswith("plain Java")]
    if ends:
        lines += ["", "| Training from start to end | |", "|---|---|"]
        lines += [f"| {c['name']} | {c['note']} |" for c in ends]
    if report.get("benchmark"):
        lines += ["", *gpu_times.section(report)]
    if report.get("profile"):
        lines += ["", *_profile(report["profile"])]
    return "\n".join(lines) + "\n"


def _profile(profile: dict) -> list:
    """The dearest operations, and what no operation explains: the host, copies, what was awaited."""
    rows, total = profile["operations"], profile["milliseconds"]
    told = sum(row["milliseconds"] for row in rows)
    lines = [f"## A GRPO step, width {profile['width']}, {profile['lists']:,} lists, each operation awaited", ""]
    lines += [f"{total:,.0f} ms, {told:,.0f} of them in {sum(row['count'] for row in rows):,} operations of {len(rows):,} kinds; the dearest:", ""]
    lines += ["| Operation | first output | times | ms | of the step |", "|---" * 5 + "|"]
    for row in rows[:MOST_OPERATIONS]:
        share = 100 * row["milliseconds"] / total if total else 0
        lines.append(f"| {row['operation']} | {row['shape']} | {row['count']:,} | {row['milliseconds']:,.1f} | {share:.1f} % |")
    return lines


def _part(part: dict, end: float) -> str:
    checks = part["checks"]
    worst = max((c["error"] / c["limit"] for c in checks if c["error"] is not None and c["limit"]), default=0)
    right = sum(c["ok"] for c in checks)
    return f"| {part['name']} | {right} of {len(checks)} | {worst:.2g} | {part['seconds']:.0f} s | {end / 60:.1f} |"


def write(report: Path, target: Path) -> None:
    unfinished = target.with_name(target.name + ".part")
    unfinished.write_text(page(json.loads(report.read_text()), driver()), encoding="utf-8")
    unfinished.replace(target)


if __name__ == "__main__":
    write(Path(sys.argv[1]), Path(sys.argv[2]))
