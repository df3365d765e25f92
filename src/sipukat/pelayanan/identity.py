"""Which service a table is about: the lines above it, "Jenis Pelayanan : …", "STANDAR PELAYANAN …"."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING, Final

from sipukat._text import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

_FIELDS: Final[dict[str, tuple[str, ...]]] = {
    "nama": (
        *("jenis pelayanan", "jenis layanan", "nama pelayanan", "nama layanan", "nama standar pelayanan"),
        *("nama jenis pelayanan", "judul standar pelayanan", "standar pelayanan", "layanan", "pelayanan"),
    ),
    "unit": (
        *("unit", "unit kerja", "unit pelayanan", "unit layanan", "unit penyelenggara", "unit organisasi"),
        *("unit penyelenggara pelayanan", "unit penyelenggara pelayanan publik", "unit pelaksana", "upp"),
        *(
            "satuan kerja",
            "satker",
            "perangkat daerah",
            "opd",
            "skpd",
            "penyelenggara",
            "penyelenggara pelayanan",
        ),
    ),
    "instansi": ("instansi", "nama instansi", "instansi penyelenggara", "pemerintah daerah"),
    "wilayah": ("wilayah", "kabupaten kota", "kabupaten", "kota", "provinsi"),
    "nomor_sk": ("nomor sk", "no sk", "nomor surat keputusan", "nomor keputusan", "sk penetapan", "nomor"),
    "ditetapkan": ("tanggal penetapan", "tanggal ditetapkan", "tanggal sk", "ditetapkan", "tanggal"),
    "berlaku": ("tanggal berlaku", "mulai berlaku", "berlaku mulai", "berlaku sejak", "tanggal efektif"),
    "ditinjau": ("tanggal revisi", "tanggal peninjauan", "ditinjau", "tanggal review"),
}
_FIELD_OF: Final = {words: name for name, several in _FIELDS.items() for words in several}
_AMBIGUOUS: Final = {"nomor", "tanggal", "layanan", "pelayanan", "kota", "kabupaten", "wilayah", "provinsi"}
_REGIONS: Final = {"kabupaten", "kota", "provinsi"}
_DAYS: Final = {"ditetapkan", "berlaku", "ditinjau"}
_TITLE: Final = ("standar pelayanan publik", "standar pelayanan")
_OFFICES: Final = (
    "dinas",
    "badan",
    "kecamatan",
    "kelurahan",
    "kantor",
    "rsud",
    "rumah sakit",
    "puskesmas",
    "upt",
    "uptd",
    "desa",
)
_GOVERNMENTS: Final = ("pemerintah", "kementerian")
# how a sentence about a standard goes on, and a title does not
_PROSE: Final = {
    *(
        "ini",
        "adalah",
        "yang",
        "merupakan",
        "ditetapkan",
        "sebagaimana",
        "dan",
        "terdiri",
        "meliputi",
        "wajib",
    ),
    *("harus", "dalam", "untuk", "sesuai", "telah", "akan", "dimaksud", "tersebut", "minimal"),
}
_LONGEST: Final = 200
_MONTHS: Final[tuple[str, ...]] = (
    *("januari", "februari", "maret", "april", "mei", "juni", "juli", "agustus", "september"),
    *("oktober", "november", "desember"),
)
_DAY: Final = re.compile(r"(\d{1,2})\s{1,3}([a-z]{3,9})\s{1,3}(\d{4})")
_CAPTION: Final = re.compile(r"^(?:tabel|table) \d{1,4}\. ", re.IGNORECASE)
_WORD: Final = re.compile(r"[^\W_]+")


def field_of(label: str, *, certain: bool = False) -> str:
    """Return the field that a label names, or nothing.

    Parameters
    ----------
    label
        The words before the colon.
    certain
        Whether words that mean other things too, as "Nomor", do not count.

    Examples
    --------
    >>> field_of("Jenis Layanan"), field_of("Nomor"), field_of("Nomor", certain=True)
    ('nama', 'nomor_sk', '')
    """
    words = " ".join(_WORD.findall(plain(label[:_LONGEST])))
    return "" if certain and words in _AMBIGUOUS else _FIELD_OF.get(words, "")


def identity_of(lines: Sequence[str]) -> tuple[dict[str, str], list[str]]:
    """Return what the lines above a table say of it, and the lines that were not understood.

    Parameters
    ----------
    lines
        From the top down; of two that speak of the same thing, the nearer to the table counts
        and the other is left over.

    Examples
    --------
    >>> identity_of(["STANDAR PELAYANAN PENERBITAN KTP-EL", "Unit Kerja : Disdukcapil", "Lampiran I"])
    ({'nama': 'PENERBITAN KTP-EL', 'unit': 'Disdukcapil'}, ['Lampiran I'])
    """
    found: dict[str, str] = {}
    rest: list[str] = []
    titled = False  # the line above is "STANDAR PELAYANAN" alone
    for line in lines:
        text = " ".join(line.split())
        said = _stated(text) or _title(text) or _heading(text)
        if not said and titled and 0 < len(text) <= _LONGEST and ":" not in text:
            said = _named(text)
        titled = plain(text).rstrip(" :") in _TITLE
        if said:
            rest += [found[name] for name in said if found.get(name, said[name]) != said[name]]
            found |= said
        elif text and not titled:
            rest.append(text)
    return found, [line for line in rest if line not in found.values()]


def _stated(text: str) -> dict[str, str]:
    label, colon, value = _CAPTION.sub("", text).partition(":")
    name = field_of(label) if colon else ""
    value = value.strip(" :")
    if name and plain(label).strip() in _TITLE:
        return _named(value)
    if not name or not any(map(str.isalnum, value)):
        return {}
    if name in _DAYS:
        return {name: day} if (day := _iso(value)) else {}
    if plain(label).strip() in _REGIONS:  # "Kabupaten : Ciamis"
        value = f"{' '.join(label.split())} {value}"
    return {name: value}


def _named(text: str) -> dict[str, str]:
    """Return service and unit of a title, as our own annexes print them: "KTP-el · Disdukcapil"."""
    nama, dot, unit = text.rpartition(" · ")
    said = {"nama": nama, "unit": unit} if dot else {"nama": text}
    # a place that our annex leaves to be filled in is no name; it says that there is none
    return {name: words.strip() if any(map(str.isalnum, words)) else "" for name, words in said.items()}


def _iso(text: str) -> str:
    """Return a day as ISO writes it, or nothing where it is none."""
    words = plain(text[:40])
    with suppress(ValueError):
        return date.fromisoformat(words[:10]).isoformat()
    match = _DAY.search(words)
    if match and match[2] in _MONTHS:
        with suppress(ValueError):
            return date(int(match[3]), _MONTHS.index(match[2]) + 1, int(match[1])).isoformat()
    return ""


def _title(text: str) -> dict[str, str]:
    """Return the name in "STANDAR PELAYANAN PENERBITAN KTP-EL"; a sentence is no title."""
    words = plain(text)
    opening = next((opening for opening in _TITLE if words.startswith(f"{opening} ")), None)
    if opening is None or len(text) > _LONGEST or text.endswith((".", ";", ",")):
        return {}
    rest = " ".join(text.split()[len(opening.split()) :]).strip(" :-–·")
    start = plain(rest).split()
    if not start or start[0] in _PROSE:
        return {}
    if start[0] in {"pada", "di"}:
        return {"unit": " ".join(rest.split()[1:])}
    return {"unit": rest} if _begins(rest, _OFFICES) else _named(rest)


def _heading(text: str) -> dict[str, str]:
    """Return the office or the government that a line in capitals names."""
    if not text.isupper() or len(text) > _LONGEST or ":" in text:
        return {}
    if _begins(text, _GOVERNMENTS):
        return {"instansi": text}
    return {"unit": text} if _begins(text, _OFFICES) else {}


def _begins(text: str, words: tuple[str, ...]) -> bool:
    return f"{plain(text)} ".startswith(tuple(f"{word} " for word in words))
