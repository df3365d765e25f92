"""The officer's check: an uploaded draft, read and held against the law."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from pydantic import BaseModel, ConfigDict

import sipukat

if TYPE_CHECKING:
    from sipukat.pelayanan import StandarPelayanan

SUFFIXES: Final = (".yaml", ".yml", ".toml", ".json", ".docx", ".xlsx")


class Told(BaseModel):
    """A finding in words."""

    model_config = ConfigDict(frozen=True)

    code: str
    severity: sipukat.findings.Severity
    path: str
    message: str
    suggestion: str
    citation: str | None
    facts: dict[str, Any]


class Checked(BaseModel):
    """What was found in a Standar Pelayanan."""

    model_config = ConfigDict(frozen=True)

    nama: str
    standard: str
    ok: bool
    findings: list[Told]


def checked(doc: StandarPelayanan, standard: str) -> Checked:
    """Return what is missing, contradictory or unclear."""
    found = sipukat.check(doc, standard)
    told = [Told.model_validate(record) for record in found.to_records("id")]
    return Checked(nama=doc.nama or "(tanpa nama)", standard=standard, ok=found.ok, findings=told)


def checked_file(content: bytes, name: str, standard: str) -> list[Checked]:
    """Return the same of every document in a file; of its name only the suffix is used.

    Raises
    ------
    DraftError, UnreadableFileError
        If it is no such file, is damaged, or is hostile.
    """
    suffix = Path(name).suffix.lower()
    if suffix not in SUFFIXES:
        raise sipukat.errors.DraftError(
            "files of this type are not checked", "berkas", f"Send one of {', '.join(SUFFIXES)}."
        )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"berkas{suffix}")
        path.write_bytes(content)
        return [checked(doc, standard) for doc in sipukat.pelayanan.load_all(path, standard=standard)]
