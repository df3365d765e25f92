"""What contradicts itself or the law in a Standar Pelayanan (KNS2xx)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sipukat.checks import charging, citing, complaints, copied, timing
from sipukat.checks.base import Rule
from sipukat.checks.reading import EXAMPLES, folded, items, lines
from sipukat.checks.vocabulary import vocabulary
from sipukat.pelayanan.jumlah import head_count
from sipukat.pelayanan.model import KOMPONEN
from sipukat.pelayanan.numerals import parse_terbilang, terbilang

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sipukat.checks.base import Case
    from sipukat.findings import Finding

_SKILLS: Final = "kompetensi_pelaksana"
_STAFF: Final = "jumlah_pelaksana"
_FACILITIES: Final = "sarana_prasarana_fasilitas"
_TOTAL: Final = re.compile(r"\b(?:total|jumlah|seluruh|seluruhnya|keseluruhan)\b")
_AT_LEAST: Final = re.compile(
    r"\b(?:(?:minimal|paling sedikit|sekurang-kurangnya) \d|masing-masing|setiap shift|per shift|salah satu)"
)


def heads_and_staff(case: Case) -> Iterator[Finding]:
    """Flag a number of staff that is not that of the people listed under competence.

    Where both rows count people they count the same people. Fewer under competence are no
    contradiction where some lines there count nobody.

    Before::

        kompetensi: 1 + 1 + 1 + 3 orang; jumlah pelaksana: 3 orang

    After::

        kompetensi: 1 + 1 + 1 + 3 orang; jumlah pelaksana: 6 (enam) orang

    Source: Pasal 21 huruf h and k UU 25/2009; seen at a kampung in Kutai Barat.
    """
    skills, staff = case.doc.kompetensi_pelaksana, case.doc.jumlah_pelaksana
    if skills is None or staff is None or skills.varian or staff.varian:
        return
    counts = [head_count([item.text]) for item in skills.butir]
    heads = sum(filter(None, counts))
    counted = [item for item in staff.butir if item.n is not None]
    totals = [item for item in counted if _TOTAL.search(folded(item.text))]
    n = sum(item.n or 0 for item in (totals[:1] or counted))
    uncertain = any(item.mismatch for item in counted) or any(
        _AT_LEAST.search(folded(line)) for line in (skills.text, staff.text)
    )
    if not heads or not n or heads == n or uncertain or len(counted) != len(staff.butir):
        return
    # fewer is only a contradiction where every line counts
    if len([c for c in counts if c]) > 1 and (heads > n or all(counts)):
        yield case.find("KNS203", f"{_STAFF}[0]", orang=heads, jumlah=n)


_FIGURE_AND_WORDS: Final = re.compile(r"(?<![\w.,/])(\d{1,6}) ?\(([a-z -]{3,60})\)")
_READ: Final = frozenset({"jangka_waktu_penyelesaian", "biaya_tarif"})


def figure_and_words(case: Case) -> Iterator[Finding]:
    """Flag a figure whose words in parentheses say another number.

    Both are binding, and nobody knows which.

    Before::

        3 (empat) orang

    After::

        4 (empat) orang

    Source: the usual writing of numbers in decrees; seen in drafts that were changed in one place.
    """
    for key in case.standard.komponen_keys:
        for path, item in items(case.doc, key):
            if "(" not in item.text:
                continue
            text = folded(item.text)
            pairs = [(int(m[1]), parse_terbilang(m[2].strip())) for m in _FIGURE_AND_WORDS.finditer(text)]
            wrong = next((pair for pair in pairs if pair[1] is not None and pair[0] != pair[1]), None)
            if wrong is not None:
                right = " atau ".join(f"{n} ({terbilang(n)})" for n in wrong if n is not None)
                yield case.find("KNS220", path, tertulis=item.text[:80], contoh=right)
            elif key in _READ and item.mismatch:
                yield case.find("KNS220", path, tertulis=item.text[:80], contoh=EXAMPLES[key])


_SLIPS: Final = (
    ("span lapor", "SP4N-LAPOR!"),
    ("span-lapor", "SP4N-LAPOR!"),
    ("sp4m", "SP4N"),
    ("spn4", "SP4N"),
    ("rumas sakit", "Rumah Sakit"),
    ("makslumat", "Maklumat"),
)


def misspelt(case: Case) -> Iterator[Finding]:
    """Flag a name that is misspelt in a way that was seen before.

    Only the spellings listed here are known; other slips are not looked for.

    Before::

        SPAN LAPOR

    After::

        SP4N-LAPOR!

    Source: seen on a complaint poster, on the door of Dinsos Kutai Barat ("MAKSLUMAT") and at RSUD Ciamis.
    """
    doc = case.doc
    named = [(key, getattr(doc, key)) for key in ("nama", "unit", "instansi", "maklumat")]
    keys = (*KOMPONEN, *doc.tambahan)
    every = [*named, *((path, item.text) for key in keys for path, item in items(doc, key))]
    whole = "\n".join(text for _, text in every).casefold()
    for wrong, right in _SLIPS:
        if wrong in whole:
            for path, text in every:
                if wrong in text.casefold():
                    yield case.find("KNS223", path, tertulis=wrong, contoh=right)


_BROKEN: Final = re.compile(
    r"\( ?(?:rusak|tidak berfungsi|mati)[^()]{0,30}\)"
    r"|\b(?:kondisi|keadaan|dalam keadaan) rusak\b|\brusak (?:ringan|berat)\b"
)


def broken_equipment(case: Case) -> Iterator[Finding]:
    """Flag equipment that is listed and called broken.

    What does not work is no facility; a citizen who comes for it goes home without.

    Before::

        1 AED(rusak)

    After::

        1 (satu) AED

    Source: Pasal 21 huruf g UU 25/2009; seen at RSUD Ciamis.
    """
    for path, text in lines(case.doc, _FACILITIES):
        if _BROKEN.search(text):
            yield case.find("KNS224", path)


_AREA_IN_CUBES: Final = re.compile(
    r"\b(?:lahan|tanah|luas|halaman|gedung|bangunan|lapangan|parkir|ruang(?:an)?)\b[^.;\d]{0,40}"
    r"\d{1,6}(?:[.,]\d{1,3})? ?m ?[3³](?!\w)"
)
_VOLUME: Final = re.compile(r"volume|isi|tandon|tangki|kapasitas|bak\b|\bair\b")


def area_in_cubic_metres(case: Case) -> Iterator[Finding]:
    """Flag an area that is given in cubic metres.

    Before::

        Lahan 145 m3

    After::

        Lahan 145 m2

    Source: Pasal 21 huruf g UU 25/2009; seen at RSUD Ciamis.
    """
    for path, text in lines(case.doc, _FACILITIES):
        if (found := _AREA_IN_CUBES.search(text)) and not _VOLUME.search(text):
            yield case.find("KNS225", path, contoh=found[0].rstrip("3³").capitalize() + "2")


def abolished_service(case: Case) -> Iterator[Finding]:
    """Find a standard of a service that has been abolished.

    The list is short and from recollection (confidence C): it informs, no more.

    Before::

        nama: Izin Gangguan

    After::

        (cabut standarnya, dan arahkan pemohon ke perizinan berusaha)

    Source: facts, the defects of a page of Magelang; unverified.
    """
    name = folded(case.doc.nama)
    for gone in vocabulary().abolished:
        if gone in name:
            yield case.find("KNS227", "nama", layanan=gone)


RULES: Final = tuple(
    sorted(
        (
            *timing.RULES,
            *charging.RULES,
            *citing.RULES,
            *copied.RULES,
            Rule("KNS203", heads_and_staff),
            Rule("KNS220", figure_and_words),
            Rule("KNS222", complaints.personal_number),
            Rule("KNS223", misspelt),
            Rule("KNS224", broken_equipment),
            Rule("KNS225", area_in_cubic_metres),
            Rule("KNS227", abolished_service),
        ),
        key=lambda rule: rule.code,
    )
)
"""The rules about contradictions, by code."""
