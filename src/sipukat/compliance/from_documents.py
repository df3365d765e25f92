"""What Standar Pelayanan say for the compliance of their office, each fact with its document and place.

Only what a document shows is counted: a komponen that is filled, a date that is recorded.
That a standard hangs on the wall, or a promised ramp exists, no document shows; there the
fact is a note for the person who fills in the checklist.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from sipukat import standards
from sipukat._text import listing, tanggal
from sipukat._validation import kind_of
from sipukat.compliance.from_skm import HasilSkm, facts_of_skm
from sipukat.compliance.known import Known, gathered
from sipukat.compliance.tree import tree_of
from sipukat.errors import ArgumentError
from sipukat.findings import Finding, Findings
from sipukat.pelayanan.model import KOMPONEN, StandarPelayanan

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sipukat.compliance.evidence import Evidence
    from sipukat.standards.compliance_model import ComplianceStandard

_ABSENT: Final = frozenset(
    {"LKP101", "LKP102", "JLS302", "JLS303"}
)  # not there, blank, a form's blank, a file
_OF_DOCUMENT: Final = re.compile(r"documents\[([0-9]{1,6})\]\.?")
_ELSEWHERE: Final = re.compile(r"terlampir\b|lihat lampiran\b|sebagaimana lampiran\b")
_DESK: Final = frozenset({"langsung", "kotak_saran"})


@dataclass(frozen=True, slots=True)
class _Doc:
    """A document, its place among the others, and the komponen that it lacks."""

    doc: StandarPelayanan
    at: int
    lacking: tuple[str, ...]

    @property
    def name(self) -> str:
        return self.doc.nama or f"dokumen {self.at + 1}"


def evidence_from(
    docs: StandarPelayanan | Sequence[StandarPelayanan],
    findings: Findings | Sequence[Findings] | None = None,
    *,
    standard: str | ComplianceStandard | None = None,
    skm: HasilSkm | Mapping[str, Any] | object | None = None,
    on: date | None = None,
) -> Evidence:
    """Fill what can be known from documents; what they do not show stays unknown.

    Parameters
    ----------
    docs
        One Standar Pelayanan, or those of one office.
    findings
        What `sipukat.check` found in them: with it, a komponen that still holds the blank of
        a form or the name of a file counts as missing. Of several documents, either the
        findings of checking them together or one `Findings` a document.
    standard
        The scheme, by name or itself; by default every scheme of the library, each item
        marked with the schemes that it is for.
    skm
        What is known of the survey of satisfaction, as `HasilSkm` or a mapping of its fields.
    on
        The day that reviews are counted back from; by default today.

    Returns
    -------
    Evidence
        At most one item a leaf, with source, place and note.

    Raises
    ------
    ArgumentError
        If there is no document, or as many findings as documents are not given.
    UnknownNameError
        If the scheme is not known.

    Notes
    -----
    ``proses.standar_pelayanan`` is 100 times the share of the 14 komponen of Pasal 21 that
    are filled (confidence C: that each counts the same is an inference).
    ``kebijakan_pelayanan.1`` is the lowest rung of the PEKPPP ladder (form F-02) among the
    documents, ``.4`` the review scale of form F-01 (both confidence B). A date that a
    document does not record counts as not having been, and the note says so.

    Examples
    --------
    >>> from datetime import date
    >>> doc = StandarPelayanan(nama="KTP-el", unit="Dinas Contoh", persyaratan="KK", biaya_tarif="Gratis")
    >>> known = evidence_from(doc, standard="ombudsman-2022", on=date(2026, 7, 1))
    >>> print(known.get("proses.standar_pelayanan").value)
    14.29
    """
    every = _docs(docs, findings)
    day = on or date.today()  # noqa: DTZ011  a day of the office's own calendar
    facts = _facts(every, day) | (facts_of_skm(skm) if skm is not None else {})
    schemes = _schemes(standard)
    units = {each.doc.unit for each in every}
    return gathered(
        facts,
        {scheme.id: tree_of(scheme) for scheme in schemes},
        unit=units.pop() if len(units) == 1 else "",
        product=every[0].doc.nama if len(every) == 1 else "",
        on=day,
    )


def _schemes(standard: str | ComplianceStandard | None) -> list[ComplianceStandard]:
    if standard is None:
        return [standards.compliance(name) for name in standards.names("compliance")]
    return [standards.compliance(standard)]


def _docs(
    docs: StandarPelayanan | Sequence[StandarPelayanan], findings: Findings | Sequence[Findings] | None
) -> list[_Doc]:
    every = [docs] if isinstance(docs, StandarPelayanan) else list(docs)
    if not every:
        raise ArgumentError("evidence_from got no document; give one Standar Pelayanan or more")
    for place, doc in enumerate(every):
        if not isinstance(doc, StandarPelayanan):
            raise ArgumentError(f"docs[{place}] is {kind_of(doc)}; give a StandarPelayanan, e.g. of load()")
    return [
        _Doc(doc, place, _lacking(doc, paths))
        for place, (doc, paths) in enumerate(zip(every, _absences(findings, len(every)), strict=True))
    ]


def _absences(findings: Findings | Sequence[Findings] | None, n: int) -> list[set[str]]:
    """Return, for each document, the komponen that a finding says are not really there."""
    found: list[set[str]] = [set() for _ in range(n)]
    if findings is None:
        return found
    if isinstance(findings, Findings):
        for finding in findings:
            _note(finding, found)
        return found
    if len(findings) != n:
        raise ArgumentError(
            f"{len(findings)} sets of findings for {n} documents; give one each, or one for all"
        )
    for place, each in enumerate(findings):
        for finding in each:
            _note(finding, found[place : place + 1])
    return found


def _note(finding: Finding, found: list[set[str]]) -> None:
    if finding.code not in _ABSENT:
        return
    named = _OF_DOCUMENT.match(finding.path)
    at = int(named[1]) if named else 0
    if named is None and len(found) > 1:
        return  # of which document it speaks is not said; each is read for itself
    komponen = re.split(r"[.\[]", finding.path[named.end() if named else 0 :], maxsplit=1)[0]
    if at < len(found):
        found[at].add(komponen)


def _lacking(doc: StandarPelayanan, absent: Iterable[str]) -> tuple[str, ...]:
    return tuple(key for key in KOMPONEN if key in absent or not _filled(doc, key))


def _filled(doc: StandarPelayanan, key: str) -> bool:
    """Say whether a komponen is there and says something of its own, as `sipukat.check` sees it."""
    content = doc.isi(key)
    if content is None:
        return False
    every = (" ".join(item.text.split()) for item in content.semua)
    return any(
        any(map(str.isalnum, text))
        and not (text.startswith("(") and text.endswith(")"))
        and not _ELSEWHERE.match(text.casefold())
        for text in every
    )


def _facts(docs: Sequence[_Doc], on: date) -> dict[str, Known]:
    """Return what documents say, by the names of `sipukat.compliance.known.ASKED`."""
    source = listing([each.name for each in docs], most=8)
    return {
        "komponen": _komponen(docs, source),
        "kompetensi": _named_in(docs, source, "kompetensi_pelaksana"),
        "sarana": _named_in(docs, source, "sarana_prasarana_fasilitas"),
        "tangga": _tangga(docs, source),
        "pelibatan": _pelibatan(docs, source),
        "peninjauan": _peninjauan(docs, source, on),
        "maklumat": _maklumat(docs, source),
        "kanal": _kanal(docs, source),
        "sarana_pengaduan": _sarana_pengaduan(docs, source),
        "pengaduan": _pengaduan(docs, source),
    }


def _komponen(docs: Sequence[_Doc], source: str) -> Known:
    total = len(KOMPONEN) * len(docs)
    there = total - sum(len(each.lacking) for each in docs)
    missing = [f"{each.name}: {listing(each.lacking)}" for each in docs if each.lacking]
    lack = f"; tidak ada atau kosong: {listing(missing, most=8)}" if missing else ""
    return Known(
        fact="share",
        value=Fraction(there, total),
        source=source,
        place="komponen",
        note=f"{there} dari {total} komponen terisi{lack}; pemasangannya tidak terlihat dari dokumen",
        confidence="C",
    )


def _named_in(docs: Sequence[_Doc], source: str, key: str) -> Known:
    there = sum(key not in each.lacking for each in docs)
    note = (
        f"komponen {key} terisi pada {there} dari {len(docs)} dokumen; keadaannya tidak terlihat dari dokumen"
    )
    return Known(fact="hint", source=source, place=key, note=note)


def _rung(doc: StandarPelayanan) -> tuple[int, str, str]:
    """Return the rung of a document, what it lacks for the next, and where that would stand."""
    lacking = [key for key in KOMPONEN if not _filled(doc, key)]
    steps = (
        (bool(doc.model_dump()), "isi", "nama"),
        (not lacking, f"komponen {listing(lacking, most=4)}", lacking[0] if lacking else ""),
        (bool(doc.nomor_sk.strip() and doc.ditetapkan), "nomor dan tanggal keputusan", "nomor_sk"),
        (doc.disepakati is not None, "tanggal pelibatan masyarakat", "disepakati"),
        (doc.dipantau is not None or doc.ditinjau is not None, "tanggal pemantauan", "dipantau"),
    )
    for rung, (there, what, place) in enumerate(steps):
        if not there:
            return rung, what, place
    return len(steps), "", ""


def _tangga(docs: Sequence[_Doc], source: str) -> Known:
    rungs = [(*_rung(each.doc), each) for each in docs]
    score, what, place, lowest = min(rungs, key=lambda found: (found[0], found[3].at))
    note = f"{lowest.name} tidak mencatat {what}" if what else "semua anak tangga tercatat"
    if len(docs) > 1:
        note = f"yang terendah dari {len(docs)} dokumen: {note}"
    return Known(fact="level", value=score, source=source, place=place or "dipantau", note=note)


def _pelibatan(docs: Sequence[_Doc], source: str) -> Known:
    held = [each for each in docs if each.doc.disepakati is not None]
    days = [f"{each.name} {tanggal(each.doc.disepakati)}" for each in held if each.doc.disepakati]
    note = f"pelibatan masyarakat tercatat pada {len(held)} dari {len(docs)} dokumen"
    return Known(
        fact="share",
        value=Fraction(len(held), len(docs)),
        source=source,
        place="disepakati",
        note=f"{note}: {listing(days, most=8)}" if days else note,
    )


def _later(day: date, years: int) -> date:
    """Return the same day some years later; of 29 February, where there is none, the day after the 28th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def _peninjauan(docs: Sequence[_Doc], source: str, on: date) -> Known:
    """Return the rung of the review scale (form F-01), or bounds where its words leave a gap."""
    for each in docs:
        if each.doc.ditinjau is not None and each.doc.ditinjau > on:
            raise ArgumentError(
                f"{each.name}: ditinjau {each.doc.ditinjau} is after {on}; give a later on=, or mend the date"
            )
    reviews = [each.doc.ditinjau for each in docs if each.doc.ditinjau is not None]
    level, low, high = _review(reviews, len(docs), on)
    days = [f"{each.name} {tanggal(each.doc.ditinjau)}" for each in docs if each.doc.ditinjau]
    note = f"peninjauan tercatat pada {len(reviews)} dari {len(docs)} dokumen, dihitung dari {tanggal(on)}"
    note = (
        f"{note}: {listing(days, most=8)}" if days else f"{note}; yang tidak tercatat dihitung tidak ditinjau"
    )
    return Known(fact="level", value=level, low=low, high=high, source=source, place="ditinjau", note=note)


def _review(reviews: Sequence[date], n: int, on: date) -> tuple[int | None, int | None, int | None]:
    """Return the level, or the lowest and highest level, of the reviews of n documents.

    The words of the scale overlap at two years, and leave out all kinds reviewed between two
    and three years ago, and some kinds reviewed between one and two.
    """
    if not reviews:
        return 0, None, None
    every, oldest, newest = len(reviews) == n, min(reviews), max(reviews)
    if on <= _later(newest, 1):
        return (5 if every and on <= _later(oldest, 1) else 4), None, None
    if every and on <= _later(oldest, 2):
        return 3, None, None
    if every and on >= _later(newest, 3):
        return 1, None, None
    if not every and on >= _later(newest, 2):
        return 2, None, None
    return (None, 1, 3) if every else (None, 2, 3)


def _maklumat(docs: Sequence[_Doc], source: str) -> Known:
    there = [each for each in docs if any(map(str.isalnum, each.doc.maklumat))]
    note = f"maklumat disertakan pada {len(there)} dari {len(docs)} dokumen; pemasangannya tidak terlihat"
    return Known(fact="hint", source=source, place="maklumat", note=note)


def _channels(docs: Sequence[_Doc]) -> list[str]:
    """Return the kinds of channel that have something behind them, each once, in order."""
    found: dict[str, None] = {}
    for each in docs:
        content = each.doc.penanganan_pengaduan
        for channel in content.semua if content is not None else ():
            if channel.kanal is not None and not channel.blank:
                found[channel.kanal] = None
    return list(found)


def _kanal(docs: Sequence[_Doc], source: str) -> Known:
    kinds = _channels(docs)
    note = f"{len(kinds)} jenis kanal disebut" + (f": {listing(kinds)}" if kinds else "")
    return Known(fact="count", value=len(kinds), source=source, place="penanganan_pengaduan", note=note)


def _sarana_pengaduan(docs: Sequence[_Doc], source: str) -> Known:
    desk = [kind for kind in _channels(docs) if kind in _DESK]
    note = f"sarana fisik yang disebut: {listing(desk)}" if desk else "tidak ada sarana fisik yang disebut"
    return Known(fact="yes_no", value=bool(desk), source=source, place="penanganan_pengaduan", note=note)


def _pengaduan(docs: Sequence[_Doc], source: str) -> Known:
    answering = 0
    for each in docs:
        content = each.doc.penanganan_pengaduan
        answering += content is not None and content.penanggung_jawab is not None
    kinds = _channels(docs)
    note = (
        f"{len(kinds)} jenis kanal, penanggung jawab disebut pada {answering} dari {len(docs)} dokumen; "
        "pengelolaannya tidak terlihat dari dokumen"
    )
    return Known(fact="hint", source=source, place="penanganan_pengaduan", note=note)
