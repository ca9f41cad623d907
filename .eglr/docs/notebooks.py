"""Notebooks as pages of the documentation, as they are saved; run by the environment's Python.

Their formulas are drawn by MathJax, which comes from the network; all else is in the page.
"""

import re
import sys
from pathlib import Path

from nbconvert import HTMLExporter

LINK = re.compile(r'href="(?![a-z]+:|#|/)([^"#]+)(#[^"]*)?"')


def write(notebook: Path, out: Path, overview: str) -> None:
    """A page with its links turned into those of the site, and one back to the overview."""
    html, _ = HTMLExporter(template_name="lab").from_filename(str(notebook))
    html = LINK.sub(lambda found: f'href="{target(found.group(1), notebook.parent.name)}{found.group(2) or ""}"', html)
    back = f'<p style="margin: 1rem 2rem 0"><a style="text-decoration: underline" href="{overview}">Overview</a></p>'
    page = re.sub(r"(<body[^>]*>)", lambda body: body.group(1) + back, html, count=1)
    (out / f"{notebook.stem}.html").write_text(page, encoding="utf-8")


def target(link: str, folder: str) -> str:
    """Of a link in a notebook of a folder: notebooks and guide are pages of the site, all else lies in the checkout."""
    if found := re.fullmatch(r"(?:\.\./notebooks/)?([\w-]+)\.ipynb", link):
        return ("../notebooks/" if link.startswith("..") else "") + found.group(1) + ".html"
    if found := re.fullmatch(r"(?:\.\./tutorials/)?guide/([\w-]+)\.md", link):
        return f"../{found.group(1)}.html"
    if found := re.fullmatch(r"\.\./tutorials/([\w-]+)\.ipynb", link):
        return f"../course/{found.group(1)}.html"
    return f"../../../{folder}/{link}"


def main(argv: list) -> int:
    out, overview, files = Path(argv[0]), argv[1], map(Path, argv[2:])
    out.mkdir(parents=True, exist_ok=True)
    for file in files:
        write(file, out, overview)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
