"""What was found in a Standar Pelayanan, komponen by komponen, and its rung on the PEKPPP ladder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sipukat.checks.checking import check
from sipukat.checks.rungs import ladder
from sipukat.findings import Severity
from sipukat.report.document import Column, Fact, Heading, Headline, Note, Paragraph, Table
from sipukat.report.pelayanan_words import or_blank
from sipukat.standards.registry import document as document_standard

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from sipukat._text import Lang
    from sipukat.checks.rungs import Tangga
    from sipukat.findings import Finding, Findings
    from sipukat.pelayanan.model import StandarPelayanan
    from sipukat.report.document import Block
    from sipukat.report.pelayanan_words import Subject


def pemeriksaan(
    subject: Subject,
    *,
    on: date | None = None,
    select: str = "",
    ignore: str = "",
    findings: Findings | None = None,
) -> Iterator[Block]:
    """Yield, for each document, its rung, and its findings under their komponen.

    `findings`, where given, are those of `sipukat.check` for the same documents and options.
    """
    docs = subject.docs
    several = len(docs) > 1
    if findings is None:
        findings = found_in(subject, on=on, select=select, ignore=ignore)
    for at, doc in enumerate(docs):
        place = f"documents[{at}]." if several else ""
        own = [
            f.model_copy(update={"path": f.path.removeprefix(place)})
            for f in findings
            if f.path.startswith(place)
        ]
        yield from _document(subject, doc, own, at + 1 if several else 0)
    if rest := [f for f in findings if several and not f.path.startswith("documents[")]:
        yield Heading(level=2, text=subject.say("whole"))
        yield from (_note(f, subject.lang) for f in rest)


def found_in(subject: Subject, *, on: date | None = None, select: str = "", ignore: str = "") -> Findings:
    """Return what `sipukat.check` finds in the documents of a report.

    Parameters
    ----------
    subject
        The documents, and the standard.
    on, select, ignore
        As of `sipukat.check`.
    """
    docs = subject.docs
    checked = docs if len(docs) > 1 else next(iter(docs))
    return check(checked, subject.standard, select=select, ignore=ignore, on=on)


def _document(subject: Subject, doc: StandarPelayanan, found: Sequence[Finding], at: int) -> Iterator[Block]:
    rung = ladder(doc, subject.standard)
    if at:
        yield Heading(level=2, text=f"{at}. {or_blank(doc.nama)}")
    counts = {str(severity): sum(f.severity is severity for f in found) for severity in Severity}
    yield Headline(
        text=subject.say("headline", **counts),
        detail=f"{subject.say('ladder', score=rung.score)} {rung.condition}",
        facts=(
            Fact(label=subject.say("rung"), value=f"{rung.score}/5"),
            *(Fact(label=subject.say(key), value=str(n)) for key, n in counts.items()),
        ),
    )
    by_key: dict[str, list[Finding]] = {key: [] for key in ("", *subject.standard.komponen_keys)}
    for finding in found:
        by_key[_key(finding, subject)].append(finding)
    if found:
        yield _counted(subject, by_key, at)
    else:
        yield Paragraph(text=subject.say("nothing_found"))
    yield from _climbed(subject, rung, at)
    for key, own in by_key.items():
        if own:
            yield Heading(level=3, text=_named(subject, key))
            yield from (_note(f, subject.lang) for f in own)


def _counted(subject: Subject, by_key: dict[str, list[Finding]], at: int) -> Table:
    rows = [
        (_named(subject, key), *(sum(f.severity is severity for f in own) for severity in Severity), len(own))
        for key, own in by_key.items()
        if own
    ]
    columns = [Column(key=str(s), label=subject.say(s), kind="integer") for s in Severity]
    return Table(
        id=f"ringkasan_{at}" if at else "ringkasan",
        name=subject.say("summary") + (f" {at}" if at else ""),
        caption=subject.say("summary_caption"),
        columns=(
            Column(key="komponen", label=subject.say("komponen")),
            *columns,
            Column(key="jumlah", label=subject.say("total"), kind="integer"),
        ),
        rows=tuple(rows),
    )


def _climbed(subject: Subject, rung: Tangga, at: int) -> Iterator[Block]:
    form = subject.standard.texts.ladder or document_standard("permenpanrb-15-2014").texts.ladder
    yield Table(
        id=f"tangga_{at}" if at else "tangga",
        name=subject.say("rungs") + (f" {at}" if at else ""),
        caption=subject.say("rungs_caption"),
        columns=(
            Column(key="nilai", label=subject.say("score"), kind="integer"),
            Column(key="syarat", label=subject.say("condition")),
            Column(key="tercapai", label=subject.say("reached")),
        ),
        rows=tuple((r.score, r.condition, _reached(subject, r.score, rung.score)) for r in form.rungs)
        if form
        else (),
    )
    if rung.step is not None:
        yield Heading(level=3, text=subject.say("next"))
        yield _note(rung.step, subject.lang)


def _reached(subject: Subject, rung: int, score: int) -> str:
    if rung == 0 < score:
        return "–"  # left behind
    return subject.say("yes" if rung <= score else "no")


def _named(subject: Subject, key: str) -> str:
    return subject.standard.komponen_of(key).nama if key else subject.say("whole")


def _key(finding: Finding, subject: Subject) -> str:
    key = finding.path.partition(".")[0].partition("[")[0]
    return key if key in subject.standard.komponen_keys else ""


def _note(finding: Finding, lang: Lang) -> Note:
    other: Lang = "en" if lang == "id" else "id"
    cited = f" ({finding.citation})" if finding.citation else ""
    return Note(
        severity=finding.severity,
        text=f"{finding.message(lang)}{cited}",
        beside=finding.message(other),
        suggestion=finding.suggestion(lang),
        code=finding.code,
    )
