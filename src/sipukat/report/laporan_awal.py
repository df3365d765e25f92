"""Chapters I and II of the annual report: why the survey was held, and how."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from sipukat._text import tanggal
from sipukat.findings import Finding
from sipukat.ikm.planning.sample_size import sample_size
from sipukat.regulation import Citation
from sipukat.report.document import Column, Heading, Paragraph, Table
from sipukat.report.laporan_subject import or_blank
from sipukat.report.pelayanan_words import BLANK
from sipukat.standards.known import lookup

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from sipukat.ikm.planning.sample_size import SampleSize
    from sipukat.report.document import Block
    from sipukat.report.laporan_subject import Subject

_LAWS: Final = ("UU 25/2009", "PP 96/2012")  # what surveys of public services rest on, beside their own rule
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_ACTIVITIES: Final = 4


def pendahuluan(subject: Subject) -> Iterator[Block]:
    """Yield chapter I: background, legal basis, purpose."""
    rule, kepala = subject.result.standard, subject.kepala
    yield Heading(level=2, text=subject.say("bab_1"))
    yield Heading(level=3, text=f"1.1 {subject.say('latar')}")
    first = [subject.say("latar_1", unit=or_blank(kepala.unit), survey=subject.survey)]
    if kepala.layanan.strip():
        first.append(subject.say("latar_layanan", layanan=kepala.layanan.strip()))
    yield Paragraph(text=" ".join(first))
    for key, law in (("frequency", rule.texts.frequency), ("publication", rule.texts.publication)):
        if law is not None:
            text = subject.say(key, text=law.text)
            yield Paragraph(
                text=subject.say("latar_law", regulation=rule.regulation, place=law.place, text=text)
            )
    n = subject.number(subject.result.overall.n, 0)
    yield Paragraph(text=subject.say("latar_2", n=n, period=or_blank(subject.period)))
    yield Heading(level=3, text=f"1.2 {subject.say('dasar')}")
    yield Paragraph(text="\n".join([subject.say("dasar_1"), *_bases(subject)]))
    yield Heading(level=3, text=f"1.3 {subject.say('maksud')}")
    k = len(subject.result.unsur)
    yield Paragraph(text=subject.say("maksud_1", k=k, regulation=rule.regulation))
    yield Paragraph(text=subject.say("maksud_2"))


def _bases(subject: Subject) -> Iterator[str]:
    rule = subject.result.standard
    bases = []
    for cite in _LAWS:
        regulation = Citation.parse(cite).regulation
        known = lookup(regulation)
        # A survey rule older than a law does not rest on it.
        if known is not None and (regulation.tahun or 0) <= (rule.regulation.tahun or 0):
            bases.append(subject.say("tentang", regulation=regulation, title=known.judul))
    bases.append(subject.say("tentang", regulation=rule.regulation, title=rule.title))
    bases += [text.strip() for text in subject.kepala.dasar if text.strip()]
    for number, text in enumerate(bases, start=1):
        yield f"{number}. {text}"


def pengumpulan(subject: Subject) -> Iterator[Block]:
    """Yield chapter II: who, how, where, when, and how many."""
    rule, kepala = subject.result.standard, subject.kepala
    yield Heading(level=2, text=subject.say("bab_2"))
    yield Heading(level=3, text=f"2.1 {subject.say('pelaksana')}")
    yield Paragraph(text=subject.say("pelaksana_1", pelaksana=_end(kepala.pelaksana)))
    yield Heading(level=3, text=f"2.2 {subject.say('metode')}")
    yield Paragraph(text=subject.say("metode_1", metode=_end(kepala.metode)))
    scale = {"low": rule.scale.low, "high": rule.scale.high}
    yield Paragraph(
        text=subject.say("metode_2", k=len(subject.result.unsur), regulation=rule.regulation, **scale)
    )
    yield Heading(level=3, text=f"2.3 {subject.say('lokasi')}")
    yield Paragraph(text=subject.say("lokasi_1", lokasi=_end(kepala.lokasi)))
    yield Heading(level=3, text=f"2.4 {subject.say('waktu')}")
    when = [subject.say("waktu_1", waktu=_end(kepala.waktu or subject.period))]
    if (days := _days(subject)) is not None:
        start, end = (tanggal(day, lang=subject.lang) for day in days)
        when.append(subject.say("waktu_dates", start=start, end=end))
    yield Paragraph(text=" ".join(when))
    yield _schedule(subject)
    yield Heading(level=3, text=f"2.5 {subject.say('jumlah')}")
    yield from _sample(subject)


def _end(text: str) -> str:
    """Return what ends a sentence: without its own full stop, or dots to fill in."""
    return or_blank(text.strip().removesuffix("."))


def _days(subject: Subject) -> tuple[date, date] | None:
    """Return the first and the last day that the answers bear, where all are dates."""
    from datetime import date

    if subject.responses is None:
        return None
    columns = subject.responses.columns("time")
    if len(columns) != 1:
        return None
    texts = [str(value)[:10] for value in subject.responses.frame[columns[0]].dropna().tolist()]
    if not texts or not all(_DAY.fullmatch(text) for text in texts):
        return None
    try:
        return date.fromisoformat(min(texts)), date.fromisoformat(max(texts))
    except ValueError:  # 2025-02-30
        return None


def _schedule(subject: Subject) -> Table:
    usual = [(subject.say(f"kegiatan_{at}"), BLANK, BLANK) for at in range(1, _ACTIVITIES + 1)]
    rows = [tuple(map(or_blank, row)) for row in subject.kepala.jadwal] or usual
    return Table(
        id="jadwal",
        name=subject.say("jadwal_name"),
        caption=subject.say("jadwal_caption"),
        columns=(
            Column(key="no", label="No.", kind="integer"),
            Column(key="kegiatan", label=subject.say("kegiatan")),
            Column(key="waktu", label=subject.say("waktu_col")),
            Column(key="hari", label=subject.say("hari")),
        ),
        named_by="kegiatan",
        rows=tuple((at, *row) for at, row in enumerate(rows, start=1)),
    )


def needed(subject: Subject) -> SampleSize | None:
    """Return how many respondents the law's table asks for; None where that is not known."""
    rule = subject.result.standard
    if subject.population is None or rule.sampling is None:
        return None
    return sample_size(subject.population, standard=rule)


def _sample(subject: Subject) -> Iterator[Block]:
    rule, m = subject.result.standard, subject.result.overall.n
    shown = {"m": subject.number(m, 0)}
    if rule.sampling is None:
        yield Paragraph(text=subject.say("jumlah_none", **shown))
        return
    shown["place"] = rule.sampling.place
    size = needed(subject)
    if size is None:
        yield Paragraph(text=subject.say("jumlah_blank", blank=BLANK, **shown))
        return
    shown |= {"population": subject.number(size.population, 0), "needed": subject.number(size.n, 0)}
    short = size.n - m
    met = (
        subject.say("jumlah_met") if short <= 0 else subject.say("jumlah_short", short=_count(subject, short))
    )
    yield Paragraph(text=f"{subject.say('jumlah_1', **shown)} {met}")
    rows: list[tuple[Any, ...]] = [
        (subject.say("populasi"), size.population),
        (subject.say("needed"), size.n),
        (subject.say("answered_by"), m),
    ]
    yield Table(
        id="sampel",
        name=subject.say("sampel_name"),
        caption=subject.say("sampel_caption"),
        columns=(
            Column(key="ukuran", label=subject.say("ukuran")),
            Column(key="n", label=subject.say("banyak"), kind="integer"),
        ),
        rows=tuple(rows),
    )


def _count(subject: Subject, n: int) -> str:
    return subject.number(n, 0)


def sample_findings(subject: Subject) -> Iterator[Finding]:
    """Yield what is to be said of the number of respondents."""
    size, n = needed(subject), subject.result.overall.n
    if size is None:
        return
    if n > size.population:
        yield Finding.of("PUB736", n=n, population=size.population)
    elif n < size.n:
        yield Finding.of("PUB731", n=n, population=size.population, needed=size.n)
