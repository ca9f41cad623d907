"""Files wanted after long work: refused at once where they cannot be written, replaced only when whole."""

import os
import tempfile
from pathlib import Path

from shared.console import Problem


class Output:
    """A file that appears under its name when it is complete."""

    def __init__(self, option: str, path: Path):
        self.path = path
        if path.is_dir():
            raise Problem(f"{option} {path}: that is a folder.", "name a file.")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, partial = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".new", dir=path.parent)
        except OSError as error:
            raise Problem(
                f"{option} {path}: cannot write there: {error.strerror}.", "name a file in a folder of yours."
            ) from None
        os.close(handle)
        self.partial = Path(partial)

    def write(self, text: str) -> None:
        self.partial.write_text(text, encoding="utf-8")
        self.partial.chmod(0o644)
        self.partial.replace(self.path)

    def discard(self) -> None:
        """Leaves nothing behind where write was not reached."""
        self.partial.unlink(missing_ok=True)
