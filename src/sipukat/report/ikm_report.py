"""The report of an `IkmResult`: the number, how sure it is, how it came about, of whom."""

from __future__ import annotations

from importlib import import_module
from inspect import signature
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias, cast, get_args

from sipukat._text import number
from sipukat.errors import ArgumentTypeError, UnknownNameError
from sipukat.report.document import Document, Heading, Paragraph
from sipukat.report.ikm_notes import kept, notes, own_findings, sheet_refusal
from sipukat.report.ikm_parts import headline, moment_of, numbers, provenance_of, telling_of
from sipukat.report.ikm_processing import processing
from sipukat.report.ikm_tables import (
    MOST_UNITS,
    Telling,
    gauge,
    units_figure,
    units_table,
    unsur_figure,
    unsur_rows,
    unsur_table,
)
from sipukat.report.ikm_tally import tally
from sipukat.report.ikm_words import method
from sipukat.report.withholding import DEFAULT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from sipukat._text import Lang
    from sipukat.findings import Finding
    from sipukat.ikm import IkmResult
    from sipukat.report.document import Block
    from sipukat.survey import Responses

Part: TypeAlias = Literal["hasil", "laporan", "ringkas", "poster"]

# A part to the module that builds it: naming it imports nothing.
_PARTS: Final[Mapping[str, str]] = {
    "laporan": "sipukat.report.laporan",
    "ringkas": "sipukat.report.ringkas",
    "poster": "sipukat.report.poster",
}


def build(
    result: IkmResult,
    *,
    lang: Lang = "id",
    part: Part = "hasil",
    responses: Responses | None = None,
    findings: Sequence[Finding] = (),
    subject: str = "",
    period: str = "",
    withhold_below: int = DEFAULT,
    generated: datetime | None = None,
    **opts: Any,
) -> Document:
    """Put a result into words, tables and figures.

    Parameters
    ----------
    result
        The result.
    lang
        ``"id"`` or ``"en"``.
    part
        ``"hasil"``, the numbers and how they came about; ``"laporan"``, the annual report in
        five chapters; ``"ringkas"``, one page for the head of the office; ``"poster"``, the
        *papan publikasi*.
    responses
        What it was estimated from. In ``"hasil"`` the workbook then has the official
        processing sheet, with every respondent's answers; the other parts count who
        answered and show no answer.
    findings
        What was noticed while the file was read, to be told with the result's own; a poster
        tells none.
    subject, period
        Whose result it is, and of when, for the subtitle.
    withhold_below
        Groups with fewer respondents are withheld from the breakdown, and others with
        them, so that they cannot be computed; 0 withholds none.
    generated
        The time to state, with its zone; by default now.
    **opts
        Options of the part: those of `sipukat.report.laporan.build`,
        `sipukat.report.ringkas.build` or `sipukat.report.poster.build`; ``"hasil"`` has none.

    Raises
    ------
    EstimationError
        If `responses` are not those of the result.
    UnknownNameError
        If there is no such part.
    TypeError
        If the part has no such option.
    ArgumentError
        If `withhold_below` is negative, or `generated` has no time zone.

    Examples
    --------
    >>> import pandas as pd
    >>> from sipukat import ikm
    >>> frame = pd.DataFrame({"unit": ["A"] * 32, **{f"U{i}": [4, 3] * 16 for i in range(1, 10)}})
    >>> document = build(ikm.estimate(frame, by="unit"))
    >>> document.blocks[0].text
    'IKM 87,50 · mutu B · Baik'
    """
    if part not in get_args(Part):
        raise UnknownNameError("part", part, get_args(Part))
    given: dict[str, Any] = {"responses": responses, "findings": findings, "subject": subject}
    given |= {"period": period, "withhold_below": withhold_below, "generated": generated}
    if part in _PARTS:
        return _retellable(_other(result, part, lang, given, opts), part, given, opts)
    _known(part, opts, ())
    moment = moment_of(generated)
    told = telling_of(result, lang=lang, withhold_below=withhold_below)
    found = [*own_findings(told, responses, withhold_below), *kept(told, [*findings, *result.findings])]
    blocks: list[Block] = [*_result(told), *notes(told, found)]
    if responses is not None and sheet_refusal(told, responses) is None:
        blocks += [Heading(level=2, text=told.say("processing")), processing(told, responses)]
    elif sums := tally(told):
        blocks.append(sums)
    data = numbers(told)
    document = Document(
        title=told.say("title"),
        subtitle=" · ".join(filter(None, (subject, period))),
        lang=lang,
        blocks=tuple(blocks),
        provenance=provenance_of(told, moment, withhold_below, data),
        data=data,
    )
    return _retellable(document, part, given, opts)


def _other(result: IkmResult, part: str, lang: Lang, given: dict[str, Any], opts: dict[str, Any]) -> Document:
    make = import_module(_PARTS[part]).build
    taken = signature(make).parameters
    if "subject" not in taken:  # a poster names the unit
        opts = {"unit": given["subject"], **opts}
    if not any(each.kind is each.VAR_KEYWORD for each in taken.values()):
        _known(part, opts, [name for name in taken if name not in {"result", "lang", *given}])
    given = {name: value for name, value in given.items() if name in taken}
    return cast("Document", make(result, lang=lang, **given, **opts))


def _retellable(document: Document, part: str, given: Mapping[str, Any], opts: Mapping[str, Any]) -> Document:
    """Put the options of the report into its manifest; those that are no plain data only by their names.

    What respondents wrote is never put there.
    """
    came = document.provenance
    if came.manifest is None:
        return document
    plain = {key: v for key, v in opts.items() if v is None or isinstance(v, str | int | float)}
    telling = {
        **came.manifest.telling,
        "part": part,
        **{key: given[key] for key in ("subject", "period") if given[key]},
        "responses": given["responses"] is not None,
        "findings": bool(given["findings"]),
        "options": plain,
        "not_kept": sorted(key for key, v in opts.items() if key not in plain and v not in ((), [], {})),
    }
    manifest = came.manifest.model_copy(update={"telling": telling})
    return document.model_copy(update={"provenance": came.model_copy(update={"manifest": manifest})})


def _known(part: str, opts: Mapping[str, Any], known: Sequence[str]) -> None:
    """Refuse options that a part does not have.

    Raises
    ------
    TypeError
        If there is one.
    """
    if unknown := sorted(set(opts) - set(known)):
        named = ", ".join(known) or "none"
        raise ArgumentTypeError(f"the part {part!r} has no option {', '.join(unknown)}; it has {named}")


def _result(told: Telling) -> Iterator[Block]:
    result, rows = told.result, unsur_rows(told)
    yield headline(told)
    if result.overall.published is not None:
        yield gauge(told)
    yield Heading(level=2, text=told.say("units" if result.by else "total"))
    yield units_table(told)
    if result.by:
        if figure := units_figure(told):
            yield figure
        elif len(result) - len(told.hidden.names) > MOST_UNITS:
            yield Paragraph(text=told.say("too_many", n=number(len(result), 0, lang=told.lang)))
    yield Heading(level=2, text=told.say("per_unsur"))
    yield unsur_table(told, rows)
    if any(row.nilai is not None for row in rows):
        yield unsur_figure(told, rows)
    yield Heading(level=2, text=told.say("method"))
    yield Paragraph(text=method(result, told.lang))
