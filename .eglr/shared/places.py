"""Where ./eglr runs: the locale, the checkout's path, what may be written, the loopback. Works, or says the remedy."""

import errno
import fcntl
import locale
import os
import socket
import sys
import tempfile
from pathlib import Path

from shared import layout
from shared.console import Problem

UTF8_LOCALES = ["C.UTF-8", "C.utf8", "en_US.UTF-8"]
CLONE = "clone it as yourself, into a folder of your own."
DENIED = (errno.EACCES, errno.EPERM, errno.EROFS)
UTF8_REMEDY = "set a locale in UTF-8: LC_ALL=C.UTF-8 (Debian, Ubuntu: it comes with libc-bin)"


def locale_in_use() -> str:
    """The name of the locale that the environment asks for; empty where this machine does not have it."""
    try:
        return locale.setlocale(locale.LC_CTYPE, "")
    except locale.Error:
        return ""


def is_utf8() -> bool:
    return bool(locale_in_use()) and locale.nl_langinfo(locale.CODESET).lower().replace("-", "") == "utf8"


def use_utf8() -> None:
    """Takes a locale in UTF-8 where ours is another one: in any other, Java cannot name files with é in their paths.

    Our children get it with the environment. Python has decided its own encoding by now: where that is another one,
    we start anew.
    """
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # a path that is not in UTF-8 must not end a command
    if is_utf8():
        return
    for name in UTF8_LOCALES:
        try:
            locale.setlocale(locale.LC_CTYPE, name)
        except locale.Error:
            continue
        os.environ["LC_ALL"] = name
        if sys.getfilesystemencoding() != "utf-8":
            os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])
        return


def temporary_files(argv: list, folder) -> list:
    """A JVM's command line with a place for its temporary files, which Java would leave in /tmp: TMPDIR is not for it."""
    return [argv[0], f"-Djava.io.tmpdir={folder}", *argv[1:]]


def check_path(root: Path = layout.ROOT) -> None:
    """Refuses a checkout whose path Java or Python's environments cannot use."""
    try:
        str(root).encode()
    except UnicodeEncodeError:
        shown = os.fsencode(root).decode("utf-8", "backslashreplace")
        raise Problem(f"the folder {shown} has a name that is not in UTF-8.", "rename it.") from None
    if os.pathsep in str(root):
        raise Problem(f"the folder {root} has a `{os.pathsep}` in its path, which parts class paths.", "rename it.")
    if not str(root).isascii() and not is_utf8():
        raise Problem(f"Java cannot open {root} in this locale, and none in UTF-8 is here.", UTF8_REMEDY)


def try_writing(folder: Path) -> None:
    """Writes, renames and removes a file in `folder`, or, where that is not there yet, in the nearest one above it."""
    while not folder.exists():
        folder = folder.parent
    with tempfile.TemporaryDirectory(prefix=".eglr-", dir=folder) as made:
        file = Path(made) / "a"
        file.write_bytes(b"x")
        file.rename(file.with_name("b"))


def has_locks(folder: Path) -> bool:
    """Whether files can be locked there; on some network file systems they cannot."""
    with tempfile.TemporaryFile(dir=folder) as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
    return True


def check_writable() -> None:
    """The checkout and what we make in it."""
    for folder in (layout.ROOT, layout.TARGET, layout.LOGS, layout.KERNEL, layout.VENV):
        try:
            try_writing(folder)
        except OSError as error:
            raise unwritable(folder, error) from None


def unwritable(folder: Path, error: OSError) -> Problem:
    while not folder.exists():
        folder = folder.parent
    what = f"the folder {folder} cannot be written to"
    if error.errno == errno.EROFS:
        return Problem(f"{what}: its file system is read-only.", CLONE)
    if error.errno not in DENIED:
        return Problem(f"{what}: {error.strerror}.")
    return Problem(f"{what}{_owner(folder)}.", _take(folder))


def _owner(place: Path) -> str:
    try:
        return f"; it belongs to {place.owner()}"
    except (KeyError, OSError):
        return ""


def _take(place: Path) -> str:
    """What helps where `place` is another's: all of the checkout, or a part that was made as another user."""
    whole = place == layout.ROOT or not os.access(layout.ROOT, os.W_OK)
    return CLONE if whole else f"make it yours: sudo chown -R $(id -un) '{place}'"


def problem(error: OSError) -> Problem:
    """What an error of the system means that nobody caught."""
    if error.filename is None:
        return Problem(error.strerror or str(error))
    file = Path(os.fsdecode(error.filename)).absolute()
    what = f"{error.strerror}: {file}"
    if error.errno not in DENIED or not file.is_relative_to(layout.ROOT):
        return Problem(what)
    place = file if file.exists() else file.parent
    return Problem(f"{what}{_owner(place)}.", _take(place))


def check_loopback() -> None:
    """Jupyter and its kernels, and browsers and JupyterLab, speak through it."""
    try:
        with socket.socket() as server:
            server.bind(("127.0.0.1", 0))
            server.listen(1)
            socket.create_connection(server.getsockname(), 5).close()
    except OSError as error:
        raise Problem(
            f"this machine cannot connect to itself: 127.0.0.1 says {error.strerror or error}.",
            "Jupyter needs it: sudo ip link set lo up; in a container or sandbox, allow the loopback device.",
        ) from None
