"""A file is written in full or not at all: beside its place, and put there in one step."""

from __future__ import annotations

import os
import secrets
import stat
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from sipukat.errors import PublishError

if TYPE_CHECKING:
    from pathlib import Path

_PREFIX: Final = ".sipukat-"
_SUFFIX: Final = ".part"
_STALE: Final = 24 * 60 * 60  # seconds after which a part belongs to nobody


def replace_file(target: Path, content: bytes) -> None:
    """Put `content` in the place of `target` in one step.

    Raises
    ------
    PublishError
        If it cannot be written, or `target` is a link or no file; what stood there is intact.
    """
    try:
        mode = _mode(target)
        part = target.parent / f"{_PREFIX}{secrets.token_hex(8)}{_SUFFIX}"
        try:
            # Made by the kernel with 0666 less the umask; "x" follows no link.
            with part.open("xb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            if mode is not None:
                part.chmod(mode)
            part.replace(target)
        except BaseException:  # also when interrupted: the part must not stay
            with suppress(OSError):
                part.unlink()
            raise
    except (OSError, ValueError) as failure:  # ValueError: a NUL in the name
        if isinstance(failure, PublishError):
            raise
        raise PublishError(str(target), getattr(failure, "strerror", None) or str(failure)) from failure
    _settle(target.parent)


def _mode(target: Path) -> int | None:
    """Return the permissions of the file that stands there, or None; refuse what is no file."""
    try:
        found = target.lstat().st_mode
    except FileNotFoundError:
        return None
    if stat.S_ISLNK(found):
        raise PublishError(str(target), "it is a symbolic link; give the path of the file itself")
    if not stat.S_ISREG(found):
        raise PublishError(str(target), "it is not a file; give the path of a file")
    return stat.S_IMODE(found)


def _settle(folder: Path) -> None:
    """Make the change of name last, and sweep the parts that killed processes left."""
    with suppress(OSError):  # the new file is in place; some systems cannot sync a folder
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
    with suppress(OSError):
        for part in folder.glob(f"{_PREFIX}*{_SUFFIX}"):
            if time.time() - part.lstat().st_mtime > _STALE:
                part.unlink()
