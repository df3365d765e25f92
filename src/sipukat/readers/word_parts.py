"""What a Word document declares, looked at before its text is parsed.

Only the parts that are read are inflated, so a large picture does no harm. A size that
the directory states too low makes the part fail its checksum.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from typing import Final, NoReturn
from xml.etree import ElementTree as ET  # the part is searched for declarations of entities

from sipukat.errors import UnreadableFileError

MOST_ENTRIES: Final = 10_000
MOST_INFLATED: Final = 64 * 1024 * 1024
MOST_RATIO: Final = 200
_SMALL: Final = 1024 * 1024  # a ratio says nothing of parts that are small anyway
_ENCRYPTED: Final = 0x1
_RELATIONS: Final = "_rels/.rels"
_DECLARATION: Final = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_AGAIN: Final = "Open it in Word and save it again as .docx, without macros and without a password."


def main_part(data: bytes, name: str) -> bytes:
    """Return the part of a Word document that holds its text, or refuse the document.

    Parameters
    ----------
    data
        The bytes of the file.
    name
        Its name, for messages.

    Raises
    ------
    UnreadableFileError
        If it is no Word document, is damaged, encrypted or brings macros, declares
        entities, or could exhaust the memory.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = {entry.filename: entry for entry in _checked(archive.infolist(), name)}
            part_name = _main_name(_part(archive, entries, _RELATIONS, name))
            if part_name is None:
                refuse(name, "it is no Word document: it names no main part")
            return _part(archive, entries, part_name, name)
    except UnreadableFileError:
        raise
    except (
        ET.ParseError,
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        RuntimeError,
        ValueError,
        OSError,
    ) as failure:
        raise UnreadableFileError(
            f"it is a damaged Word document: {str(failure)[:200]}", name, _AGAIN
        ) from None


def refuse(name: str, problem: str) -> NoReturn:
    """Raise the one exception of this room, with what a writer of documents can do.

    Raises
    ------
    UnreadableFileError
        Always.
    """
    raise UnreadableFileError(problem, name, _AGAIN)


def _checked(entries: list[zipfile.ZipInfo], name: str) -> list[zipfile.ZipInfo]:
    if len(entries) > MOST_ENTRIES:
        refuse(name, f"the document has {len(entries):,} parts, more than {MOST_ENTRIES:,}")
    if len({entry.filename for entry in entries}) < len(entries):
        refuse(name, "the document holds one part twice")
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        refuse(name, "the document is encrypted")
    if any(entry.filename.lower().endswith("vbaproject.bin") for entry in entries):
        refuse(name, "the document brings macros")
    return entries


def _part(archive: zipfile.ZipFile, entries: dict[str, zipfile.ZipInfo], part_name: str, name: str) -> bytes:
    entry = entries.get(part_name)
    if entry is None:
        refuse(name, f"it lacks its part {part_name[:80]}")
    inflated, ratio = entry.file_size, entry.file_size // max(entry.compress_size, 1)
    if inflated > MOST_INFLATED:
        most = MOST_INFLATED // 2**20
        refuse(name, f"its part {part_name} inflates to {inflated // 2**20:,} MiB, more than {most}")
    if inflated > _SMALL and ratio > MOST_RATIO:
        refuse(name, f"its part {part_name} inflates {ratio:,}-fold, more than {MOST_RATIO}")
    part = archive.read(entry)
    if b"\0" in part:
        refuse(name, f"its part {part_name} is not in UTF-8, or holds NUL characters")
    if _DECLARATION.search(part):
        refuse(name, f"its part {part_name} declares a document type or an entity")
    return part


def _main_name(relations: bytes) -> str | None:
    """Return the name of the part that the package calls its document; not every one is document.xml."""
    for link in ET.fromstring(relations):  # noqa: S314  no declarations, see above
        if link.get("Type", "").endswith("/officeDocument") and link.get("TargetMode") != "External":
            return posixpath.normpath(posixpath.join("/", link.get("Target", ""))).lstrip("/")
    return None
