"""What a test of an application says in one line, with a message that says what would be right."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import fields
from typing import TYPE_CHECKING, Any, Final

from sipukat.findings import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sipukat.findings import Finding
    from sipukat.ikm.results import IkmResult
    from sipukat.ikm.unit import Estimate
    from sipukat.report.document import Document

_CLOSE: Final = 1e-12
_NEVER: Final = {"part", "at"}  # where an estimate is held, not what it says


def assert_finds(findings: Sequence[Finding], code: str, *, path: str | None = None, **facts: Any) -> Finding:
    """Hold that something was found, and return the first finding that fits.

    Parameters
    ----------
    findings
        What was found.
    code
        The code that must be among it, e.g. ``"LKP101"``.
    path
        The place that it must have; any, where None.
    **facts
        Facts that it must have, with their values.

    Returns
    -------
    Finding
        The first that fits.

    Raises
    ------
    AssertionError
        If none fits; names what was found instead.

    Examples
    --------
    >>> import sipukat
    >>> found = sipukat.check({"nama": "KTP-el", "biaya_tarif": "Gratis"})
    >>> assert_finds(found, "LKP101", path="persyaratan", huruf="b").severity
    <Severity.ERROR: 'error'>
    """
    of_code = [finding for finding in findings if finding.code == code]
    for finding in of_code:
        fits = all(name in finding.facts and finding.facts[name] == value for name, value in facts.items())
        if path in {None, finding.path} and fits:
            return finding
    wanted = " ".join(
        [code, *([f"at {path!r}"] if path is not None else []), *([f"with {facts}"] if facts else [])]
    )
    told = [f"{f.path or '(no path)'} {dict(f.facts)}" for f in of_code]
    others = sorted({finding.code for finding in findings})
    seen = (
        f"{code} was found at: {'; '.join(told)}" if told else f"codes found: {', '.join(others) or 'none'}"
    )
    raise AssertionError(f"{wanted} was not found; {seen}")


def assert_no_errors(findings: Sequence[Finding]) -> None:
    """Hold that nothing found is an error; warnings and hints may be there.

    Parameters
    ----------
    findings
        What was found.

    Raises
    ------
    AssertionError
        If one is; says each with what would be right.

    Examples
    --------
    >>> from sipukat import datasets, read_survey
    >>> assert_no_errors(read_survey(datasets.path("puskesmas-contoh")).findings)
    """
    errors = [finding for finding in findings if finding.severity is Severity.ERROR]
    if errors:
        lines = [f"{f.code} {f.path}: {f.message('en')} {f.suggestion('en')}".strip() for f in errors]
        raise AssertionError(f"{len(errors)} errors were found:\n" + "\n".join(lines))


def assert_same_result(first: IkmResult, second: IkmResult) -> None:
    """Hold that two surveys came to the same: exactly, or to 1e-12 where respondents carry weights.

    Parameters
    ----------
    first, second
        The results, e.g. of the same answers read by two engines.

    Raises
    ------
    AssertionError
        If they differ; names each group and number that does.

    Examples
    --------
    >>> from sipukat import datasets, ikm, read_survey
    >>> responses = read_survey(datasets.path("puskesmas-contoh")).responses
    >>> reversed_rows = responses.frame.iloc[::-1]
    >>> assert_same_result(ikm.estimate(responses), ikm.estimate(reversed_rows))
    """
    faults = [
        f"{name}: {mine!r} and {theirs!r}"
        for name in ("unsur", "by", "profile", "missing", "interval", "confidence_level")
        if (mine := getattr(first, name)) != (theirs := getattr(second, name))
    ]
    if first.standard.id != second.standard.id:
        faults.append(f"standard: {first.standard.id} and {second.standard.id}")
    if set(first.keys()) != set(second.keys()):
        faults.append(f"groups: {list(first.keys())} and {list(second.keys())}")
    if not faults:
        close = _CLOSE if first.moments.weighted or second.moments.weighted else 0.0
        pairs = [("overall", first.overall, second.overall)]
        pairs += [(f"group {key!r}", estimate, second[key]) for key, estimate in first.items()]
        faults = [fault for where, one, other in pairs for fault in _unlike(where, one, other, close)]
    if faults:
        raise AssertionError("the results differ, and should be the same:\n" + "\n".join(faults))


def _unlike(where: str, first: Estimate, second: Estimate, close: float) -> Iterator[str]:
    for field in fields(first):
        one, other = getattr(first, field.name), getattr(second, field.name)
        if field.name not in _NEVER and not _same(one, other, close):
            yield f"{where}, {field.name}: {one!r} and {other!r}"


def _same(one: Any, other: Any, close: float) -> bool:
    if hasattr(one, "tolist"):
        one, other = one.tolist(), other.tolist()
    if isinstance(one, Mapping):
        return set(one) == set(other) and all(_same(one[key], other[key], close) for key in one)
    if isinstance(one, list | tuple):
        return len(one) == len(other) and all(_same(a, b, close) for a, b in zip(one, other, strict=True))
    if isinstance(one, float) and isinstance(other, float):
        alike = math.isnan(one) and math.isnan(other)
        return alike or one == other or math.isclose(one, other, rel_tol=close, abs_tol=close)
    return bool(one == other)


def assert_document_has(
    document: Document, *, table: str = "", figure: str = "", note: str = "", text: str = ""
) -> None:
    """Hold that a document says something, before any format.

    Parameters
    ----------
    document
        Made by `sipukat.report.build`.
    table, figure
        Id of a table or a figure that must be there.
    note
        Code of a finding that must be told in it.
    text
        Words that must stand somewhere in its title, its paragraphs, headings or headlines.

    Raises
    ------
    AssertionError
        If something is missing; names what is there.

    Examples
    --------
    >>> from sipukat import datasets, ikm, read_survey, report
    >>> responses = read_survey(datasets.path("puskesmas-contoh")).responses
    >>> document = report.build(ikm.estimate(responses))
    >>> assert_document_has(document, table="unsur", text="mutu")
    """
    there = {
        "table": [block.id for block in document.blocks if block.kind == "table"],
        "figure": [block.id for block in document.blocks if block.kind == "figure"],
        "note": [block.code for block in document.blocks if block.kind == "note"],
    }
    for kind, wanted in {"table": table, "figure": figure, "note": note}.items():
        if wanted and wanted not in there[kind]:
            seen = ", ".join(filter(None, there[kind])) or "none"
            raise AssertionError(f"the document has no {kind} {wanted!r}; it has: {seen}")
    said = [document.title, document.subtitle]
    for block in document.blocks:
        said += [getattr(block, "text", ""), getattr(block, "detail", "")]
    if text and not any(text in words for words in said):
        shown = " / ".join(words[:60] for words in said if words)[:400]
        raise AssertionError(f"the document nowhere says {text!r}; it says: {shown}")
