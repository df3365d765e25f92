"""Chapter V and the annex of the annual report: the summary, and how everything was computed."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from sipukat._text import round_half_up
from sipukat.ikm.point import factor_of, unsur_weights
from sipukat.report.document import Column, Heading, Paragraph, Table
from sipukat.report.ikm_tally import tally
from sipukat.report.ikm_words import between, method, number_of
from sipukat.report.laporan_analisis import lowest, strengths
from sipukat.report.laporan_subject import or_blank

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sipukat.ikm.mending.rtl import Rtl
    from sipukat.report.document import Block
    from sipukat.report.laporan_subject import Subject
    from sipukat.report.laporan_tren import Changes

_TERMS = ("nrr", "nilai", "index", "low", "mutu", "sure", "withheld")


def penutup(subject: Subject, plan: Rtl | None, changes: Changes) -> Iterator[Block]:
    """Yield chapter V: what was found, said once more, and who signs."""
    e, told, kepala = subject.result.overall, subject.told, subject.kepala
    yield Heading(level=2, text=subject.say("bab_5"))
    n = subject.number(e.n, 0)
    if e.published is None:
        yield Paragraph(text=subject.say("penutup_none", n=n))
    else:
        words = {"mutu": e.mutu, "kinerja": told.kinerja(e.mutu)}
        mutu = subject.say("penutup_mutu", **words) if e.mutu else ""
        value, sure = subject.number(e.published), between(subject.result, subject.lang)
        yield Paragraph(text=subject.say("penutup_1", n=n, value=value, mutu=mutu, between=sure).strip())
        said = [*strengths(subject, brief=True), *lowest(subject)]
        if said:
            yield Paragraph(text=" ".join(said))
    if changes.last is not None:
        yield Paragraph(text=changes.last.sentence(subject.lang))
    if plan is not None:
        yield Paragraph(text=subject.say("penutup_rtl", rows=len(plan.rows), open=len(plan.open)))
    place = subject.say("sign_place", tempat=or_blank(kepala.tempat), tanggal=or_blank(kepala.tanggal))
    head = kepala.jabatan.strip() or subject.say("pimpinan", unit=or_blank(kepala.unit))
    name, nip = or_blank(kepala.pejabat), or_blank(kepala.nip)
    yield Paragraph(text=f"{place}\n{head}\n\n\n\n{name}\nNIP {nip}", align="right")


def lampiran(subject: Subject) -> Iterator[Block]:
    """Yield the annex: processing table, questionnaire, method, data dictionary."""
    yield Heading(level=2, text=subject.say("lampiran"))
    yield Heading(level=3, text=f"A. {subject.say('pengolahan')}")
    yield sums_table(subject)
    if (sums := tally(subject.told)) is not None:
        yield sums
    yield Heading(level=3, text=f"B. {subject.say('kuesioner')}")
    yield _questions(subject)
    yield Heading(level=3, text=f"C. {subject.say('cara')}")
    yield Paragraph(text=method(subject.result, subject.lang))
    yield Heading(level=3, text=f"D. {subject.say('kamus')}")
    yield _terms(subject)


def sums_table(subject: Subject) -> Table:
    """Return sum, mean and weighted mean of each unsur, as the official form has them at its foot."""
    result, rule = subject.result, subject.result.standard
    profile, points = rule.profile(result.profile), result.whole.points
    weights = unsur_weights(rule, result.unsur, profile)
    answered = [Fraction(value) for value in points.answered[0].tolist()]
    total = [Fraction(value) for value in points.total[0].tolist()]
    held = sum((w for w, n in zip(weights, answered, strict=True) if n), Fraction(0))
    stretch = sum(weights, Fraction(0)) / held if held else Fraction(1)
    known = {unsur.key: unsur for unsur in rule.unsur}
    rows: list[tuple[Any, ...]] = []
    index = Fraction(0)
    for key, n, sum_, weight in zip(result.unsur, answered, total, weights, strict=True):
        code = known[key].code if key in known else key
        name = (known[key].nama if subject.lang == "id" else known[key].name) if key in known else key
        nrr = _rounded(sum_ / n, profile.nrr_decimals) if n else None
        own = None if nrr is None else _rounded(nrr * weight * stretch, profile.weighted_decimals)
        index += own or 0
        rows.append((code, name, sum_, n, nrr, number_of(weight * stretch, subject.lang), own))
    pooled = result.missing == "pooled"
    whole = None if pooled or not held else _rounded(index, profile.index_decimals)
    rows.append(("", subject.say("sum"), sum(total), sum(answered), None, "", whole))
    note = subject.say("sums_note", label=subject.told.index, value=subject.number(result.overall.published))
    counts: dict[str, Any] = {"kind": "number"} if result.moments.weighted else {"kind": "integer"}
    return Table(
        id="pengolahan",
        name=subject.say("sums_name"),
        caption=subject.say("sums_caption"),
        columns=(
            Column(key="kode", label=subject.say("kode")),
            Column(key="nama", label=subject.say("unsur")),
            Column(key="total", label=subject.say("total"), **counts),
            Column(key="terisi", label=subject.say("terisi"), **counts),
            Column(key="nrr", label="NRR", kind="number", decimals=4),
            Column(key="bobot", label=subject.say("bobot")),
            Column(key="tertimbang", label=subject.say("tertimbang"), kind="number", decimals=4),
        ),
        named_by="nama",
        rows=tuple(rows),
        total_rows=1,
        note=f"{note} {subject.say('sums_pooled')}" if pooled else note,
    )


def _rounded(value: Fraction, decimals: int | None) -> Fraction:
    return value if decimals is None else Fraction(round_half_up(value, decimals))


def _questions(subject: Subject) -> Table:
    rule = subject.result.standard
    known = {unsur.key: unsur for unsur in rule.unsur}
    rows = []
    for key in subject.result.unsur:
        unsur = known.get(key)
        answers = "; ".join(f"{o.score} = {o.label}" for o in unsur.options) if unsur else ""
        name = (unsur.nama if subject.lang == "id" else unsur.name) if unsur else key
        rows.append((unsur.code if unsur else key, name, unsur.pertanyaan if unsur else "", answers))
    return Table(
        id="kuesioner",
        name=subject.say("kuesioner"),
        caption=subject.say("kuesioner_caption"),
        columns=(
            Column(key="kode", label=subject.say("kode")),
            Column(key="nama", label=subject.say("unsur")),
            Column(key="pertanyaan", label=subject.say("pertanyaan")),
            Column(key="jawaban", label=subject.say("jawaban")),
        ),
        named_by="nama",
        rows=tuple(rows),
        note=subject.say("kuesioner_note", regulation=rule.regulation),
    )


def _terms(subject: Subject) -> Table:
    factor = number_of(factor_of(subject.result.standard), subject.lang)
    terms = [
        term
        for term in _TERMS
        if (term != "mutu" or subject.told.bands) and (term != "withheld" or subject.told.hidden.names)
    ]
    rows = [tuple(subject.say(f"kamus_{term}", factor=factor).split("|")) for term in terms]
    return Table(
        id="kamus",
        name=subject.say("kamus"),
        caption=subject.say("kamus_caption"),
        columns=(
            Column(key="istilah", label=subject.say("istilah")),
            Column(key="arti", label=subject.say("arti")),
        ),
        rows=tuple(rows),
    )
