"""Membaca formulir teks `.skm`: satu isian `kunci: jawaban` tiap baris, responden dipisah baris kosong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sipukat.errors import UnreadableFileError
from sipukat.readers import Grid, content, text_of, wanted

if TYPE_CHECKING:
    from pathlib import Path

_RIGHT = "Tulis satu isian tiap baris, misalnya `persyaratan: 4`, dan satu baris kosong antarresponden."


class SkmReader:
    """Membaca berkas `.skm`; baris yang diawali `#` adalah catatan."""

    api_version = "1.0"
    suffixes = (".skm",)

    def __call__(self, path: Path, *, sheet: str | int | None = None) -> list[Grid]:
        """Kembalikan satu tabel: satu baris tiap responden.

        Raises
        ------
        UnreadableFileError
            Bila berkasnya bukan formulir `.skm`.
        """
        records = _records(text_of(content(path), path.name), path.name)
        fields = list(dict.fromkeys(field for record in records for field in record))
        rows = [[record.get(field) for field in fields] for record in records]
        return wanted([Grid(name="", rows=[fields, *rows], first_row=0)], sheet, path.name)


def _records(text: str, name: str) -> list[dict[str, str]]:
    records: list[dict[str, str]] = [{}]
    for number, raw in enumerate(text.splitlines(), start=1):
        line = raw.strip()
        if line.startswith("#"):
            continue
        if not line:
            records.append({})
            continue
        field, colon, answer = (part.strip() for part in line.partition(":"))
        if not colon or not field:
            raise UnreadableFileError(f"baris {number} bukan `kunci: jawaban`", name, _RIGHT)
        if field in records[-1]:
            raise UnreadableFileError(f"{field!r} dua kali, lagi pada baris {number}", name, _RIGHT)
        records[-1][field] = answer
    filled = [record for record in records if record]
    if not filled:
        raise UnreadableFileError("tidak ada isian di dalamnya", name, _RIGHT)
    return filled


read_skm = SkmReader()
