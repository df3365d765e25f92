"""What the report says of findings: its own, those of the result, those of the file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sipukat._text import listing
from sipukat.findings import Finding, catalogue
from sipukat.ikm.remarks import label as name_of
from sipukat.report.cleaning import clean
from sipukat.report.document import Heading, Note
from sipukat.report.ikm_processing import MOST

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sipukat._text import Lang
    from sipukat.report.document import Block
    from sipukat.report.ikm_tables import Telling
    from sipukat.survey import Responses

_ALIKE: Final = 3  # findings of one code that are told one by one
_NAMED: Final = 15
_OF_ALL: Final = "IKM611"  # the mean of all groups, from which those that are withheld can be computed


def sheet_refusal(told: Telling, responses: Responses) -> Finding | None:
    """Say why the processing sheet cannot be made, or nothing."""
    if told.result.design.weight:
        return Finding.of("PUB704", weight=told.result.design.weight)
    if len(responses) > MOST:
        return Finding.of("PUB705", n=len(responses), most=MOST)
    return None


def own_findings(told: Telling, responses: Responses | None, threshold: int) -> Iterator[Finding]:
    """Yield what the report itself has to say of what it shows and withholds."""
    hidden, n = told.hidden, told.result.overall.n
    if n < threshold:
        yield Finding.of("PUB702", n=n, threshold=threshold)
    if hidden.names:
        # Not how many of them are small: with their sum, that can tell the size of each.
        yield Finding.of("PUB701", hidden=len(hidden.names), threshold=threshold)
    if responses is not None:
        yield sheet_refusal(told, responses) or Finding.of("PUB703")
    changed = sum(any(clean(part) != part for part in told.label(group)) for group in told.result)
    if changed:
        yield Finding.of("PUB706", names=changed)


def kept(told: Telling, findings: Sequence[Finding]) -> list[Finding]:
    """Take out of findings what they say of a group that is withheld, alone or in a mean of groups."""
    names = {name_of(group) for group in told.hidden.names}
    names |= {
        part for group in told.hidden.names for part in told.label(group)[:1] if len(told.result.by) == 1
    }
    if not names:
        return list(findings)
    # A list in a finding names its group first: "Dinas A (4)".
    named = re.compile("|".join(rf"\W?{re.escape(name)}(?!\w)" for name in names))
    kept = []
    for finding in findings:
        facts = {
            key: [item for item in value if not named.match(str(item))]
            if isinstance(value, list | tuple)
            else value
            for key, value in finding.facts.items()
        }
        emptied = any(facts[key] == [] and value for key, value in finding.facts.items())
        told_of = finding.code == _OF_ALL or bool(finding.path and finding.path in names)
        if not emptied and not told_of:
            kept.append(finding.model_copy(update={"facts": facts}))
    return kept


def notes(told: Telling, findings: Sequence[Finding]) -> Iterator[Block]:
    """Yield findings as notes under a heading, the gravest first."""
    if not findings:
        return
    yield Heading(level=2, text=told.say("remarks"))
    order = {"error": 0, "warning": 1, "info": 2}
    by_code: dict[str, list[Finding]] = {}
    for finding in sorted(findings, key=lambda f: order[str(f.severity)]):
        by_code.setdefault(finding.code, []).append(finding)
    for alike in by_code.values():
        if len(alike) > _ALIKE and all(f.path for f in alike) and alike[0].code in catalogue():
            yield _gathered(alike, told.lang)
        else:
            yield from (_note(finding, told.lang) for finding in alike)


def _other(lang: Lang) -> Lang:
    return "en" if lang == "id" else "id"


def _sentence(finding: Finding, lang: Lang) -> str:
    said = finding.message(lang).strip()
    if not finding.path or finding.path not in said:
        return said
    # A message may begin with its place: set it off from the sentence.
    place, rest = finding.path, said.removeprefix(finding.path)
    return f"{place}: {rest.strip()}" if rest != said else said


def _note(finding: Finding, lang: Lang) -> Note:
    return Note(
        severity=finding.severity,
        text=_sentence(finding, lang),
        beside=_sentence(finding, _other(lang)),
        suggestion=finding.suggestion(lang),
        code=finding.code,
    )


def _gathered(alike: Sequence[Finding], lang: Lang) -> Note:
    """Tell many findings of one code as one, by the names of their places."""

    def said(language: Lang) -> str:
        words = catalogue()[alike[0].code]
        title = words.judul if language == "id" else words.title
        return f"{title}: {listing([f.path for f in alike], lang=language, most=_NAMED)}."

    suggestion = alike[0].suggestion(lang)
    severity = alike[0].severity
    return Note(
        severity=severity,
        text=said(lang),
        beside=said(_other(lang)),
        suggestion=suggestion,
        code=alike[0].code,
    )
