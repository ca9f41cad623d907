"""The reader's own copy of the course and the experiments: the originals stay as they are, and so does the checkout.

Lessons come without their outputs: a reader runs them. lab/originals.json remembers which original each copy was made from, so that a newer original can be told.
"""

import difflib
import hashlib
import json
import os
import tempfile
from pathlib import Path

from course import lesson
from shared import layout
from shared.console import Problem

FOLDERS = ("tutorials", "notebooks")
RECORD = "originals.json"
LEFT_OUT = ("__pycache__",)
ALL = "all"
NAMED_AT_MOST = 5  # in a line


def renew(root: Path = layout.ROOT, lab: Path = layout.LAB) -> list:
    """Copies what the reader does not have yet; returns the files of theirs whose original has changed since."""
    record, newer = _read(lab), []
    for name, original in _originals(root).items():
        copy, now = lab / name, _hash(_content(original))
        if not copy.exists():
            _copy(original, copy)
            record[name] = now
        elif _hash(copy.read_bytes()) == now:
            record[name] = now
        elif record.get(name) != now:
            newer.append(name)
    _write(lab, record)
    return newer


def reset(asked: str, root: Path = layout.ROOT, lab: Path = layout.LAB) -> list:
    """Puts originals in the place of the reader's copies, which are kept beside them.

    Returns pairs of a file and where the reader's own version went, None where it was as the original is.
    """
    record, done = _read(lab), []
    for name, original in _chosen(asked, _originals(root)).items():
        copy, now, kept = lab / name, _hash(_content(original)), None
        if copy.exists() and _hash(copy.read_bytes()) != now:
            kept = _backup(copy)
            copy.rename(kept)
        if not copy.exists():
            _copy(original, copy)
        record[name] = now
        done.append((copy, kept))
    _write(lab, record)
    return done


def news(newer: list) -> str:
    """One line on what has a newer original; empty where nothing has."""
    if not newer:
        return ""
    shown = ", ".join(newer[:NAMED_AT_MOST]) + (f" and {len(newer) - NAMED_AT_MOST} more" if newer[5:] else "")
    word = Path(newer[0]).stem if len(newer) == 1 else ALL
    return f"  Newer than your copy: {shown}. To take it, yours kept beside it: ./eglr lab --reset {word}"


def _originals(root: Path) -> dict:
    """Each file of the course and the experiments by its path below the checkout."""
    files = [f for folder in FOLDERS for f in sorted((root / folder).rglob("*")) if f.is_file()]
    parts = {f.relative_to(root).as_posix(): f for f in files}
    return {n: f for n, f in parts.items() if not any(p[0] == "." or p in LEFT_OUT for p in n.split("/"))}


def _chosen(asked: str, originals: dict) -> dict:
    """The files meant: by path, by name, by name without its ending, or all."""
    if asked == ALL:
        return originals
    wanted = asked.removeprefix("./").removeprefix(f"{layout.LAB.name}/")
    for alike in (lambda p: p.as_posix(), lambda p: p.name, lambda p: p.stem):
        found = [name for name in originals if alike(Path(name)) == wanted]
        notebooks = [name for name in found if name.endswith(".ipynb")]
        if len(notebooks or found) == 1:
            return {name: originals[name] for name in notebooks or found}
        if found:
            raise Problem(f"--reset {asked} could be {' or '.join(found)}.", "give the path.")
    lessons = {Path(name).stem: name for name in originals if name.endswith(".ipynb")}
    nearest = difflib.get_close_matches(wanted, lessons, 1, 0.4)
    guess = f" Did you mean `{nearest[0]}`?" if nearest else ""
    raise Problem(f"--reset {asked}: no such lesson.{guess}", f"one of {', '.join(sorted(lessons))}, or {ALL}.")


def _backup(copy: Path) -> Path:
    number = 1
    while (kept := copy.with_name(f"{copy.stem}.kept-{number}{copy.suffix}")).exists():
        number += 1
    return kept


def _copy(original: Path, copy: Path) -> None:
    """Whole or not at all."""
    copy.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".eglr-", dir=copy.parent) as temporary:
        new = Path(temporary) / copy.name
        new.write_bytes(_content(original))
        os.replace(new, copy)


def _content(original: Path) -> bytes:
    """What a copy begins as."""
    if original.suffix == ".ipynb":
        try:
            if read := lesson.read(original):
                return (json.dumps(lesson.without_outputs(read.notebook), indent=1, ensure_ascii=False) + "\n").encode()
        except Problem:
            pass  # no notebook: it is copied as it is
    return original.read_bytes()


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _read(lab: Path) -> dict:
    try:
        record = json.loads((lab / RECORD).read_text(encoding="utf-8"))
        return record if isinstance(record, dict) else {}
    except (OSError, ValueError):
        return {}


def _write(lab: Path, record: dict) -> None:
    lab.mkdir(parents=True, exist_ok=True)
    partial = lab / (RECORD + ".new")
    partial.write_text(json.dumps(record, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    partial.replace(lab / RECORD)
