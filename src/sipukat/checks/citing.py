"""Citations that do not hold: wrong kind, year, title or gazette, repealed, doubled, of another region.

Only what the register of regulations knows is ever called wrong (`sipukat.standards.peraturan`).
What it knows from recollection alone (confidence C) is a warning, and says so.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from sipukat.checks.base import Rule
from sipukat.checks.reading import EXAMPLES, REMEMBERED, filled, folded, items, region_of, said
from sipukat.findings import Severity
from sipukat.regulation import Citation
from sipukat.regulation.instruments import LOCAL
from sipukat.standards.peraturan import OTHER_TITLE, Slip, lookup, slips_in
from sipukat.standards.titles import likeness, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from sipukat.checks.base import Case
    from sipukat.findings import Finding
    from sipukat.regulation import Found

_KEYS: Final = ("dasar_hukum", "biaya_tarif")
_UNSURE: Final = {
    "catatan": " (menurut catatan kami, belum terverifikasi)",
    "remark": " (by our own notes, not verified)",
}
_SURE: Final = {"catatan": "", "remark": ""}


def _slips(text: str, wilayah: str, on: date) -> tuple[Slip, ...]:
    return (_remembered if len(text) <= REMEMBERED else _asked)(text, wilayah, on)


def _asked(text: str, wilayah: str, on: date) -> tuple[Slip, ...]:
    return slips_in(text, wilayah=wilayah, on=on)


_remembered = lru_cache(maxsize=8192)(_asked)


def _found(case: Case, code: str, *problems: str) -> Iterator[Finding]:
    own = region_of(case.doc)
    for key in _KEYS:
        for path, item in items(case.doc, key):
            seen = set()
            for slip in _slips(said(item), own, case.on):
                if slip.problem not in problems or (slip.got, slip.right) in seen:
                    continue
                seen.add((slip.got, slip.right))
                unsure = slip.confidence == "C"
                right = slip.right or "peraturan penggantinya"
                owner = str(slip.owner or "")
                more = _UNSURE if unsure else _SURE
                found = case.find(code, path, tertulis=slip.got, contoh=right, pemilik=owner, **more)
                yield found.model_copy(update={"severity": Severity.WARNING}) if unsure else found


def wrong_kind(case: Case) -> Iterator[Finding]:
    """Flag a regulation that is cited as one of another kind.

    The number and the title fit a regulation, but it is a ministerial one and no law.

    Before::

        Undang-Undang Nomor 29 Tahun 2014 tentang Pengesahan fotokopi ijazah

    After::

        Peraturan Menteri Pendidikan dan Kebudayaan Nomor 29 Tahun 2014 tentang Pengesahan Fotokopi Ijazah ...

    Source: Pasal 21 huruf a UU 25/2009; seen at Disdik Pelalawan, Disdik Brebes and a school.
    """
    yield from _found(case, "KNS209", "jenis")


def wrong_year(case: Case) -> Iterator[Finding]:
    """Flag a regulation that is cited with another year.

    Kind, number and title are those of a regulation of another year.

    Before::

        UU No 36 Tahun 2016 tentang Tenaga Kesehatan

    After::

        Undang-Undang Nomor 36 Tahun 2014 tentang Tenaga Kesehatan

    Source: Pasal 21 huruf a UU 25/2009; seen at DPMPTSP Pesawaran and RSUD Depati Bahrin.
    """
    yield from _found(case, "KNS210", "tahun")


def wrong_title(case: Case) -> Iterator[Finding]:
    """Flag a regulation that is cited with the title of another one.

    Which of the two is meant only the office knows.

    Before::

        Peraturan Pemerintah Nomor 57 Tahun 2021 tentang Pengelolaan dan Penyelenggaraan Pendidikan

    After::

        Peraturan Pemerintah Nomor 57 Tahun 2021 tentang Standar Nasional Pendidikan

    Source: Pasal 21 huruf a UU 25/2009; seen at MAN 2 Yogyakarta.
    """
    yield from _found(case, "KNS211", "judul")


def wrong_gazette(case: Case) -> Iterator[Finding]:
    """Flag a number of Lembaran Negara, Tambahan or Berita Negara that is that of another regulation.

    It is a slip of copying, and shows that the list was not checked.

    Before::

        UU 36/2009 (LN 2009 Nomor 112, TLN 5038)

    After::

        UU 36/2009 (LN 2009 Nomor 144, TLN 5063)

    Source: Pasal 21 huruf a UU 25/2009; seen at RSUD Badung and RSUD Abdul Aziz Singkawang.
    """
    yield from _found(case, "KNS212", "ln", "tln", "bn")


def wrong_amendment(case: Case) -> Iterator[Finding]:
    """Flag an amendment that amends another regulation than the one cited.

    Before::

        UU 25/2009 sebagaimana telah diubah dengan UU 9/2015

    After::

        UU 23/2014 sebagaimana telah diubah dengan UU 9/2015

    Source: Pasal 21 huruf a UU 25/2009; seen at Dinsos Tulungagung.
    """
    yield from _found(case, "KNS213", "perubahan")


def repealed(case: Case) -> Iterator[Finding]:
    """Flag a regulation that was repealed or replaced before the day of the check.

    A promise that stands on a repealed regulation stands on nothing; where the register knows it
    from recollection only, this is a warning that says so.

    Before::

        Peraturan Presiden Nomor 25 Tahun 2008

    After::

        Peraturan Presiden Nomor 96 Tahun 2018 tentang Persyaratan dan Tata Cara Pendaftaran Penduduk ...

    Source: Pasal 21 huruf a UU 25/2009; seen at RSUD Ciamis, Linggang Bigung and Pendopo Barat.
    """
    yield from _found(case, "KNS214", "dicabut")


def of_another_region(case: Case) -> Iterator[Finding]:
    """Flag a local regulation of another region than that of the office.

    It was copied with the document of that region. It is a warning, since a region that was split
    off may still live by a regulation of the old one.

    Before::

        Perda Kota Medan No.1 Thn 2010 (di Kabupaten Empat Lawang)

    After::

        Perda Kabupaten Empat Lawang dengan nomor dan tahunnya

    Source: Pasal 21 huruf a UU 25/2009; seen at Kecamatan Pendopo Barat.
    """
    yield from _found(case, "KNS207", "wilayah")


def of_two_regions(case: Case) -> Iterator[Finding]:
    """Tell of local regulations of two regions, where that of the office is not stated.

    One of the two is likely to have come with a copied document.

    Before::

        Perda Kota Medan Nomor 1 Tahun 2010; Perda Kota Binjai Nomor 2 Tahun 2011

    After::

        wilayah: Kota Binjai

    Source: Pasal 21 huruf a UU 25/2009; seen at Kecamatan Pendopo Barat.
    """
    if region_of(case.doc):
        return
    regions: dict[str, str] = {}
    for path, item in items(case.doc, "dasar_hukum"):
        for citation in item.citations:
            region = citation.regulation.region
            if citation.regulation.kind in LOCAL and region.startswith(("kota ", "kabupaten ")):
                regions.setdefault(region.replace(" ", ""), region.title())
                if len(regions) > 1:
                    yield case.find("KNS208", path, daerah=list(regions.values()))
                    return


def cited_twice(case: Case) -> Iterator[Finding]:
    """Flag a regulation that stands twice in the legal basis.

    A list that was pasted together from two documents shows it so; two places of one
    regulation are no double.

    Before::

        Keputusan Bupati 061/Kpts.789-Huk/2010; Keputusan Bupati 061/Kpts.789-Huk/2010

    After::

        Keputusan Bupati 061/Kpts.789-Huk/2010

    Source: Pasal 21 huruf a UU 25/2009; seen at RSUD Ciamis.
    """
    seen: dict[str, tuple[int, str]] = {}
    for at, (path, item) in enumerate(items(case.doc, "dasar_hukum"), start=1):
        text = folded(item.text)
        cited = {text: ""} if text else {}
        if "pasal" not in text:
            cited |= {
                found.citation.regulation.id: found.tentang
                for found in Citation.find(item.text)
                if not found.relation and _identified(found)
            }
        double = [
            seen[name][0] for name, title in cited.items() if name in seen and _one(title, seen[name][1])
        ]
        if double:
            yield case.find("KNS215", path, baris=min(double), ini=at)
        for name, title in cited.items():
            seen.setdefault(name, (at, title))


def _identified(found: Found) -> bool:
    """Say whether a number is that of one regulation: "SK Nomor 5" may be any."""
    return found.citation.regulation.tahun is not None or "/" in found.citation.regulation.nomor


def _one(title: str, other: str) -> bool:
    """Say whether two titles may be of one regulation; one that is not given may be any."""
    return not title or not other or likeness(words_of(title), words_of(other)) >= OTHER_TITLE


_NO_TITLE: Final = frozenset(
    "jo dan nomor no tahun tentang pasal ayat huruf sebagaimana telah diubah dengan terakhir beberapa kali "
    "oleh atas perubahan republik indonesia lembaran negara tambahan berita ln tln bn".split()
)
_WORD: Final = re.compile(r"[a-z]{2,30}")
_PARENTHESES: Final = re.compile(r"\([^()]{0,200}\)")


def _titled(text: str, every: tuple[Found, ...]) -> bool:
    if any(found.tentang for found in every):
        return True
    rest, at = [], 0
    for found in every:
        rest.append(text[at : found.start])
        at = max(at, found.end)
    rest.append(text[at:])
    left = _WORD.findall(_PARENTHESES.sub(" ", " ".join(rest).casefold()))
    return sum(word not in _NO_TITLE for word in left) > 1


def untitled_citation(case: Case) -> Iterator[Finding]:
    """Flag a regulation that is cited by number and year only.

    Without its title a slip in the number cannot be seen, and a citizen cannot tell what it is about.

    Before::

        Peraturan Pemerintah Nomor 25 Tahun 2000

    After::

        Undang-Undang Nomor 25 Tahun 2009 tentang Pelayanan Publik

    Source: Pasal 21 huruf a UU 25/2009; seen at Dinas Pendidikan Sleman.
    """
    for path, item in items(case.doc, "dasar_hukum"):
        every = item.citations and Citation.find(item.text)
        if not every or every[0].citation.regulation.tahun is None or _titled(item.text, every):
            continue
        cited = every[0].citation.regulation
        known = lookup(cited)
        yield case.find(
            "LKP117",
            path,
            peraturan=str(cited),
            contoh=f"{cited} tentang {known.judul if known else '(judul peraturan)'}",
        )


def no_legal_basis(case: Case) -> Iterator[Finding]:
    """Flag a legal basis in which no regulation can be made out.

    A basis in law is a regulation with kind, number and year.

    Before::

        Sesuai peraturan yang berlaku

    After::

        Undang-Undang Nomor 25 Tahun 2009 tentang Pelayanan Publik

    Source: Pasal 21 huruf a UU 25/2009.
    """
    if filled(case.doc, "dasar_hukum") and not any(
        item.citations for _, item in items(case.doc, "dasar_hukum")
    ):
        yield case.find("LKP119", "dasar_hukum", contoh=EXAMPLES["dasar_hukum"])


MISSING: Final = (Rule("LKP117", untitled_citation), Rule("LKP119", no_legal_basis))
"""The rules about what a legal basis lacks."""

RULES: Final = (
    Rule("KNS207", of_another_region),
    Rule("KNS208", of_two_regions),
    Rule("KNS209", wrong_kind),
    Rule("KNS210", wrong_year),
    Rule("KNS211", wrong_title),
    Rule("KNS212", wrong_gazette),
    Rule("KNS213", wrong_amendment),
    Rule("KNS214", repealed),
    Rule("KNS215", cited_twice),
)
"""The rules about citations."""
