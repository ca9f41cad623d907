"""A lesson as plain text, which is easier to write and to review than a notebook; the notebook is what is kept.

    === lesson 01 minutes=15
    === md
    prose
    === code
    Java
    === code fast lists(10_000)=lists(300); epochs(8)=epochs(1)
    Java with what EGLR_FAST replaces in it
    === exercise 01.dcg
    what the reader fills in; it compiles, and its check fails
    === check 01.dcg
    check.near("what", mine, expected, 1e-9);
    === solution 01.dcg
    Java
"""

import re
from pathlib import Path

from course import lesson
from notebooks import document
from shared.console import Problem

HEAD = re.compile(r"^=== ?(.*)\n", re.MULTILINE)
FOLDED = "<details><summary>Solution</summary>\n\n```java\n%s\n```\n</details>"


def to_notebook(text: str) -> dict:
    parts = HEAD.split(text)
    words = (parts[1] if len(parts) > 1 else "").split()
    if words[:1] != ["lesson"] or len(words) < 2:
        raise Problem("the text does not begin with `=== lesson NN minutes=MM`.")
    settings = {"lesson": words[1], **{k: int(v) for k, _, v in (w.partition("=") for w in words[2:])}}
    cells = [_cell(head, content.strip("\n"), number) for number, (head, content) in enumerate(zip(parts[3::2], parts[4::2]), 1)]
    return document.notebook(cells, {"eglr": settings})


def _cell(head: str, content: str, number: int) -> dict:
    kind, _, rest = head.strip().partition(" ")
    metadata = {}
    if kind == "solution":
        metadata, content = {"eglr": {"solution": rest}}, FOLDED % content
    elif kind == "exercise":
        metadata = {"eglr": {"exercise": rest}, "tags": [lesson.EXERCISE]}
    elif kind == "check":
        metadata, content = {"tags": [lesson.EXERCISE]}, f"%%check {rest}\n{content}"
    elif kind == "code" and rest.startswith("fast "):
        pairs = (pair.strip().partition("=") for pair in rest[5:].split(";"))
        metadata = {"eglr": {"fast": {large: small for large, _, small in pairs}}}
    elif kind not in ("md", "code") or rest:
        raise Problem(f"`=== {head.strip()}` begins no cell of a lesson.", "md, code, exercise, check or solution.")
    return document.cell(kind in ("md", "solution"), content, number, metadata)


def to_text(notebook: dict) -> str:
    settings = dict(notebook["metadata"]["eglr"])
    parts = [" ".join(["=== lesson", settings.pop("lesson"), *(f"{k}={v}" for k, v in settings.items())]) + "\n"]
    for cell in notebook["cells"]:
        content, our = lesson.source(cell), lesson.ours(cell)
        if "solution" in our:
            head, content = f"solution {our['solution']}", lesson.SOLUTION.search(content).group(1).rstrip("\n")
        elif cell["cell_type"] == "markdown":
            head = "md"
        elif name := lesson.check_name(cell):
            head, content = f"check {name}", lesson.body(cell)
        elif "exercise" in our:
            head = f"exercise {our['exercise']}"
        else:
            fast = "; ".join(f"{large}={small}" for large, small in our.get("fast", {}).items())
            head = f"code fast {fast}" if fast else "code"
        parts.append(f"=== {head}\n{content}\n")
    return "".join(parts)


def read(file: Path) -> dict:
    try:
        return to_notebook(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise Problem(f"{file}: {error.strerror}.") from None
