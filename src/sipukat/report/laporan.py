"""The annual report of a survey, in the five chapters that offices use since 2022."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sipukat.errors import ArgumentError
from sipukat.report.document import Document, Heading
from sipukat.report.ikm_notes import kept, notes, own_findings
from sipukat.report.ikm_parts import moment_of, numbers, provenance_of, telling_of
from sipukat.report.laporan_akhir import lampiran, penutup
from sipukat.report.laporan_analisis import analisis, comment_findings, comments
from sipukat.report.laporan_awal import pendahuluan, pengumpulan, sample_findings
from sipukat.report.laporan_hasil import hasil, shown_ranking
from sipukat.report.laporan_profil import profile_findings
from sipukat.report.laporan_subject import Subject, blanks, earlier_of, kepala_of
from sipukat.report.laporan_tren import change_findings, changes_of, follow_up, plan_of, tren
from sipukat.report.withholding import DEFAULT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from sipukat._text import Lang
    from sipukat.findings import Finding
    from sipukat.ikm import IkmResult
    from sipukat.ikm.mending.rtl import Rencana, Rtl
    from sipukat.report.document import Block
    from sipukat.report.laporan_subject import Earlier
    from sipukat.report.laporan_tren import Changes
    from sipukat.survey import Responses


def build(  # noqa: PLR0913  each is a part of the report
    result: IkmResult,
    *,
    lang: Lang = "id",
    responses: Responses | None = None,
    findings: Sequence[Finding] = (),
    subject: str = "",
    period: str = "",
    withhold_below: int = DEFAULT,
    generated: datetime | None = None,
    earlier: Earlier = (),
    rtl: Rtl | Sequence[Rencana | Mapping[str, Any]] = (),
    profile: Mapping[str, Mapping[str, int]] | None = None,
    comments: Sequence[str] = (),
    population: int | None = None,
    **identity: Any,
) -> Document:
    """Put a result into the annual report (laporan SKM), BAB I to V and an annex.

    Every sentence on the result is computed: what the data cannot tell apart is said so. What
    the office alone knows is printed as it was given, else as dots, and a note lists the dots.

    Parameters
    ----------
    result
        The result.
    lang
        ``"id"`` or ``"en"``.
    responses
        What it was estimated from: who answered is counted, no answer is shown.
    findings
        What was noticed while the file was read.
    subject, period
        Whose result it is (the ``unit`` of the office), and of when.
    withhold_below
        Groups with fewer respondents are withheld, and others with them; 0 withholds none.
        Of the profile, groups below 5.
    generated
        The time to state, with its zone; by default now.
    earlier
        Earlier results, the oldest first: a mapping from period to result, or a list of
        results or of pairs (period, result).
    rtl
        The follow-up plan, or plans of it; see `sipukat.ikm.rtl`. Without, the three lowest
        unsur are named and the rest are dots.
    profile
        Characteristic to how many respondents are in which group, where `responses` are not
        at hand.
    comments
        Comments to print, masked by `sipukat.survey.redact`; none is printed that is not
        given here.
    population
        Users of the service in the period, for the table of Krejcie and Morgan.
    **identity
        What the office knows: the fields of `sipukat.report.laporan_subject.Kepala`, e.g.
        ``pelaksana="Tim SKM"``.

    Raises
    ------
    ArgumentError
        If an argument makes no sense; says which.
    TypeError
        If the office has no such field.
    UnknownNameError
        If a plan is for an unsur that was not asked.

    References
    ----------
    The outline since 2022 (confidence B) and the follow-up table are those of the standard,
    ``standard.texts.reports`` and ``standard.texts.rtl``.

    Examples
    --------
    >>> import pandas as pd
    >>> from sipukat import ikm
    >>> frame = pd.DataFrame({f"U{i}": [4, 3, 3, 2 + i % 3] * 9 for i in range(1, 10)})
    >>> document = build(ikm.estimate(frame), subject="Dinas Contoh", period="tahun 2026")
    >>> [block.text for block in document.blocks if block.kind == "heading" and block.level == 2][:2]
    ['BAB I PENDAHULUAN', 'BAB II PENGUMPULAN DATA SKM']
    """
    moment = moment_of(generated)
    if isinstance(comments, str):
        raise ArgumentError("comments is one text; give a list of texts")
    made = Subject(
        told=telling_of(result, lang=lang, withhold_below=withhold_below),
        kepala=kepala_of(identity, subject, "laporan"),
        period=period.strip(),
        responses=responses,
        profile=profile,
        earlier=earlier_of(period.strip(), earlier, lang),
        plans=rtl if not isinstance(rtl, list) else tuple(rtl),
        comments=tuple(comments),
        population=population,
    )
    plan, changes = plan_of(made), changes_of(made)
    found = [
        *blanks(made, 1 if plan is None else len(plan.open)),
        *own_findings(made.told, None, withhold_below),
        *sample_findings(made),
        *profile_findings(made),
        *comment_findings(made),
        *change_findings(made, changes),
        *kept(made.told, [*findings, *result.findings]),
    ]
    data = {"part": "laporan", **numbers(made.told), **more_numbers(made, plan, changes)}
    return Document(
        title=made.say("title", survey=made.survey),
        subtitle=" · ".join(filter(None, (made.kepala.unit, made.kepala.instansi, made.period))),
        lang=lang,
        blocks=(*_chapters(made, plan, changes), *notes(made.told, found)),
        provenance=provenance_of(made.told, moment, withhold_below, data),
        data=data,
    )


def _chapters(subject: Subject, plan: Rtl | None, changes: Changes) -> Iterator[Block]:
    yield from pendahuluan(subject)
    yield from pengumpulan(subject)
    yield from hasil(subject)
    yield Heading(level=2, text=subject.say("bab_4"))
    yield Heading(level=3, text=f"4.1 {subject.say('analisis')}")
    yield from analisis(subject)
    if any(text.strip() for text in subject.comments):
        yield Heading(level=4, text=subject.say("masukan"))
        yield from comments(subject)
    yield Heading(level=3, text=f"4.2 {subject.say('rtl')}")
    yield from follow_up(subject, plan)
    yield Heading(level=3, text=f"4.3 {subject.say('tren')}")
    yield from tren(subject, changes)
    yield from penutup(subject, plan, changes)
    yield from lampiran(subject)


def more_numbers(subject: Subject, plan: Rtl | None, changes: Changes) -> dict[str, Any]:
    """Return the numbers of the analysis for programs: standings, priorities, plan, changes."""
    ranking = shown_ranking(subject) if subject.result.by else None
    return {
        "standings": [
            {
                "unsur": row.unsur,
                "difference": row.difference,
                "low": row.low if row.low == row.low else None,
                "high": row.high if row.high == row.high else None,
                "side": row.side,
            }
            for row in subject.standings
        ],
        "priorities": subject.priorities.to_dict() if subject.priorities else None,
        "ranking": ranking.to_dict() if ranking else None,
        "rtl": plan.to_dict() if plan else None,
        "changes": [step.to_dict() if step else None for step in changes.steps],
        "trend": changes.found.to_dict() if changes.found else None,
        "population": subject.population,
    }
