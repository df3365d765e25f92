"""What is wrong with a citation, as far as the register of regulations knows.

The register has some sixty regulations: what it does not know is never called wrong. Where it
speaks, it compares titles by the words they share (see `SAME_TITLE`), so that a shortened
title, an abbreviation or another spelling raises no alarm.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from sipukat._model import Record
from sipukat.regulation import Citation, Found, Regulation
from sipukat.standards.known import SAME_TITLE, Peraturan, Problem, like, lookup, named_like, register
from sipukat.standards.titles import overlap, words_of
from sipukat.standards.values import Confidence
from sipukat.standards.wilayah import foreign

__all__ = [
    "OTHER_TITLE",
    "SAME_TITLE",
    "Peraturan",
    "Problem",
    "Slip",
    "lookup",
    "named_like",
    "register",
    "slips",
    "slips_in",
]

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

OTHER_TITLE: Final = 0.34
"""Below this likeness two titles are different; between the two nothing is said."""

_MISCITABLE: Final = ("uu", "perppu", "pp", "perpres", "keppres", "permen", "kepmen", "peraturan")


class Slip(Record):
    """Something wrong with a citation.

    Parameters
    ----------
    problem
        What is wrong.
    found
        The citation.
    got, right
        What stands there and what would be right, in words; `right` is empty where it is
        not known.
    expected
        The regulation that is meant, or that counts now; None where it is not known.
    owner
        The regulation to which the title, the gazette or the amendment belongs, where it is
        not the one cited.
    confidence
        How sure that is.

    Examples
    --------
    >>> slip, = slips_in("UU No 36 Tahun 2016 tentang Tenaga Kesehatan")
    >>> slip.problem, str(slip.expected)
    ('tahun', 'Undang-Undang Nomor 36 Tahun 2014')
    """

    problem: Problem
    found: Found
    got: str
    right: str = ""
    expected: Regulation | None = None
    owner: Regulation | None = None
    confidence: Confidence


def slips(found: Found, *, wilayah: str = "", on: date | None = None) -> tuple[Slip, ...]:
    """Return what is wrong with one citation; empty where nothing is, or nothing is known.

    Parameters
    ----------
    found
        The citation, with its title and gazettes.
    wilayah
        The region of the office, e.g. ``"Kab. Ciamis, Jawa Barat"``; empty leaves regions be.
    on
        The day of the document: a repeal in a later year is no fault of it.

    Examples
    --------
    >>> found, = Citation.find("Perda Kota Medan No.1 Thn 2010")
    >>> [slip.problem for slip in slips(found, wilayah="Kab. Empat Lawang, Sumatera Selatan")]
    ['wilayah']
    >>> found, = Citation.find("UU 1/2022 tentang HKPD")
    >>> slips(found)
    ()
    """
    return (
        *_title_slips(found),
        *_gazette_slips(found),
        *_status_slips(found, on),
        *_region_slips(found, wilayah),
    )


def slips_in(text: str, *, wilayah: str = "", on: date | None = None) -> tuple[Slip, ...]:
    """Return what is wrong with the citations in a text, how they hang together included.

    A repealed regulation that only stands in the title of another, or of which the text
    itself says that it was repealed, is no fault.

    Parameters
    ----------
    text
        The text, e.g. one line of dasar hukum.
    wilayah
        The region of the office.
    on
        The day of the document.

    Examples
    --------
    >>> [slip.problem for slip in slips_in("UU 25/2009 sebagaimana telah diubah dengan UU 9/2015")]
    ['perubahan']
    """
    every = Citation.find(text)
    result: list[Slip] = []
    main: Found | None = None
    for at, found in enumerate(every):
        said = at + 1 < len(every) and every[at + 1].relation.startswith("dicabut")
        quiet = said or found.nested
        result += [
            slip for slip in slips(found, wilayah=wilayah, on=on) if slip.problem != "dicabut" or not quiet
        ]
        if found.relation == "diubah dengan" and main is not None:
            result += _amendment_slips(found, main.citation.regulation)
        if not found.nested and found.relation != "diubah dengan":
            main = found
    return tuple(result)


def _title_slips(found: Found) -> Iterator[Slip]:
    cited = found.citation.regulation
    words = words_of(found.tentang)
    if not words or not cited.kind.startswith(_MISCITABLE) or cited.tahun is None:
        return
    if seen := next(
        (s for s in register().salah if s.cite.id == cited.id and overlap(s.kata, words) == len(s.kata)), None
    ):
        owners = [known.cite for known in named_like(found.tentang) if known.cite != seen.seharusnya]
        owner = owners[0] if owners and seen.masalah == "judul" else None
        yield _meant(found, seen.masalah, seen.seharusnya, seen.confidence, owner=owner)
        return
    known = lookup(cited)
    if known is not None and like(words, known, core=True) >= OTHER_TITLE:
        return
    for other in register().peraturan:
        it = other.cite
        near_kind = (it.nomor, it.tahun) == (cited.nomor, cited.tahun) and it.kind != cited.kind
        near_year = (it.kind, it.nomor) == (cited.kind, cited.nomor) and it.tahun != cited.tahun
        if (near_kind or near_year) and like(words, other, core=True) >= SAME_TITLE:
            yield _meant(found, "jenis" if near_kind else "tahun", it, other.confidence)
            return
    if known is not None and (others := named_like(found.tentang)):
        yield _meant(found, "judul", cited, known.confidence, owner=others[0].cite)


def _meant(
    found: Found,
    problem: Problem,
    expected: Regulation,
    confidence: Confidence,
    *,
    owner: Regulation | None = None,
) -> Slip:
    known = lookup(expected)
    title = f" tentang {known.judul}" if known else ""
    return Slip(
        problem=problem,
        found=found,
        got=f"{found.citation} tentang {found.tentang}",
        right=f"{expected}{title}",
        expected=expected,
        owner=owner,
        confidence=confidence,
    )


_GAZETTES: Final[tuple[Literal["ln", "tln", "bn"], ...]] = ("ln", "tln", "bn")


def _gazette_slips(found: Found) -> Iterator[Slip]:
    known = lookup(found.citation.regulation)
    if known is None:
        return
    for what in _GAZETTES:
        got, right = getattr(found, what), getattr(known, what)
        # without a year only the number can be compared
        if got and right and got not in {right, right.partition("/")[2]}:
            owners = [other.cite for other in register().peraturan if getattr(other, what) == got]
            yield Slip(
                problem=what,
                found=found,
                got=f"{what.upper()} {got}",
                right=f"{what.upper()} {right}",
                expected=known.cite,
                owner=owners[0] if owners else None,
                confidence=known.confidence,
            )


def _status_slips(found: Found, on: date | None) -> Iterator[Slip]:
    known = lookup(found.citation.regulation)
    for repeal in known.dicabut_oleh[-1:] if known else ():
        later = repeal.cite
        if on is not None and later is not None and later.tahun is not None and on.year < later.tahun:
            continue
        now = lookup(later) if later else None
        title = f" tentang {now.judul}" if now else ""
        yield Slip(
            problem="dicabut",
            found=found,
            got=str(found.citation.regulation),
            right=f"{later}{title}" if later else "",
            expected=later,
            confidence=repeal.confidence,
        )


def _region_slips(found: Found, wilayah: str) -> Iterator[Slip]:
    if wilayah and foreign(found.citation.regulation, wilayah):
        yield Slip(
            problem="wilayah",
            found=found,
            got=str(found.citation.regulation),
            right=wilayah,
            confidence="B",
        )


def _amendment_slips(found: Found, main: Regulation) -> Iterator[Slip]:
    amended = [
        (known, change)
        for known in register().peraturan
        for change in known.diubah_oleh
        if change.cite is not None and change.cite.id == found.citation.regulation.id
    ]
    if amended and all(known.cite.id != main.id for known, _ in amended):
        known, change = amended[0]
        yield Slip(
            problem="perubahan",
            found=found,
            got=f"{main} diubah dengan {found.citation.regulation}",
            right=f"{known.cite} diubah dengan {found.citation.regulation}",
            expected=known.cite,
            owner=known.cite,
            confidence=change.confidence,
        )
