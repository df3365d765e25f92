"""`verify`: compute a published file again from its input, and say what differs."""

from __future__ import annotations

import io
import json
import tempfile
from dataclasses import replace
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

from pydantic import ValidationError

from sipukat import export
from sipukat._validation import must_be
from sipukat.errors import SipukatError
from sipukat.findings import Finding, Findings
from sipukat.readers import READERS
from sipukat.report.withholding import DEFAULT
from sipukat.standards.manifest import sha256_of
from sipukat.verifying import comparing
from sipukat.verifying.comparing import HIDDEN
from sipukat.verifying.grounds import EXCUSES, UndecidedError
from sipukat.verifying.originals import beside
from sipukat.verifying.published import formulas, opened
from sipukat.verifying.recomputing import computed_again
from sipukat.verifying.redrafting import KIND, drafted_again
from sipukat.verifying.rescoring import KINDS, scored_again
from sipukat.verifying.verification import Difference, Verdict, Verification

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sipukat.report import Document
    from sipukat.standards.loader import Standard
    from sipukat.standards.manifest import Manifest
    from sipukat.verifying.document_again import DocumentAgain
    from sipukat.verifying.published import Published
    from sipukat.verifying.recomputing import Again

_MOST: Final = 50
_PROCESSING: Final = "Pengolahan"  # the sheet of respondents' answers, in both languages
_NOT_OF_NUMBERS: Final = frozenset({"findings", "provenance", "manifest", "ok", "files"})


def verify(
    path: str | PathLike[str], source: Any = None, *, standard: Standard | str | None = None
) -> Verification:
    """Compute a published file again from its input, and compare every table.

    Parameters
    ----------
    path
        What was published of an `IkmResult`, of a compliance assessment or of Standar
        Pelayanan as .json or .xlsx, or the JSON of ``sipukat ikm --json``.
    source
        The input. Of an `IkmResult`, what `sipukat.read_survey` takes; of an assessment, the
        checklists and Standar Pelayanan, or the `Evidence`; of Standar Pelayanan, their files
        or themselves; of the last two one or a list. By default the files of the names that
        the manifest gives, beside `path`.
    standard
        The standard, where it is not one that `sipukat.standards.get` finds.

    Returns
    -------
    Verification
        Equal, to the last printed digit; or what differs; or why it cannot be judged. What
        the publication withholds, and what respondents answered, is not told.

    Raises
    ------
    UnreadableFileError
        If `path` is no publication, is damaged or is hostile.

    Notes
    -----
    That it is equal says that the file is what the input gives. It does not say who made the
    file, nor that the input is what citizens answered.

    Examples
    --------
    >>> import tempfile
    >>> import sipukat
    >>> survey = sipukat.datasets.path("dpmptsp-contoh")
    >>> result = sipukat.ikm.estimate(sipukat.read_survey(survey).responses)
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = sipukat.publish(result, f"{folder}/hasil.json")
    ...     clean = verify(file, survey)
    ...     _ = file.write_text(file.read_text("utf-8").replace("Baik", "Luar biasa"), "utf-8")
    ...     print(clean.verdict, verify(file, survey).verdict)
    equal different
    """
    must_be((str, PathLike), path, "path", "the path of a published file")
    published = opened(Path(path))
    name = published.path.name
    if published.manifest is None:
        return _undecided(name, Finding.of("VRF810", path=name))
    if not published.manifest.estimating:
        return _undecided(name, Finding.of("VRF812", path=name, standard=published.manifest.standard.id))
    changed = _self_changed(published)
    if published.manifest.estimating.get("kind") == "noise":
        return _verdict(name, (), [*changed, Finding.of("VRF825", path=name)], decided=bool(changed))
    try:
        again = _again(published, source, standard)
        found = [*again.findings]
        if again.not_kept:
            found.append(Finding.of("VRF821", path=name, options=list(again.not_kept)))
        differences = tuple(_guarded(published, _differences(published, again, found)))
    except UndecidedError as reason:
        return _verdict(name, (), [*changed, reason.finding], decided=bool(changed))
    except (SipukatError, ValidationError, TypeError, ValueError) as failure:  # options of a forged manifest
        said = str(failure) if isinstance(failure, SipukatError) else type(failure).__name__
        return _undecided(name, Finding.of("VRF816", path=name, reason=said))
    excused = any(finding.code in EXCUSES for finding in found)
    decided = bool(changed) or (not excused if differences else not again.not_kept)
    return _verdict(name, differences, [*changed, *found], decided=decided)


def _undecided(name: str, finding: Finding) -> Verification:
    return Verification(file=name, verdict="undecided", differences=(), findings=Findings([finding]))


def _verdict(
    name: str, differences: tuple[Difference, ...], found: Iterable[Finding], *, decided: bool
) -> Verification:
    found = list(found)
    differs = bool(differences) or any(finding.code == "VRF802" for finding in found)
    told = [_finding(each) for each in differences[:_MOST]]
    if len(differences) > _MOST:
        told.append(Finding.of("VRF803", path=name, n=len(differences) - _MOST))
    verdict: Verdict = "undecided" if not decided else "different" if differs else "equal"
    return Verification(
        file=name, verdict=verdict, differences=differences, findings=Findings([*told, *found])
    )


def _finding(each: Difference) -> Finding:
    if each.whole:
        missing, extra = int(each.printed is None), int(each.computed is None)
        return Finding.of("VRF801", path=each.place, missing=missing, extra=extra)
    return Finding.of("VRF800", path=each.place, printed=each.printed or "–", computed=each.computed or "–")


def _again(published: Published, stated: Any, standard: Standard | str | None) -> Again | DocumentAgain:
    """Compute it again, by its kind.

    Raises
    ------
    UndecidedError
        If it cannot be done.
    """
    manifest, folder = cast("Manifest", published.manifest), published.path.parent
    kind = manifest.estimating.get("kind")
    if kind == KIND:
        return drafted_again(manifest, folder, stated, standard=standard)
    if kind in KINDS:
        return scored_again(manifest, folder, stated, standard=standard)
    if stated is None:
        [stated] = beside(folder, [manifest.input.source if manifest.input is not None else ""])
    return computed_again(manifest, stated, standard=standard)


def _self_changed(published: Published) -> list[Finding]:
    """Return a finding where the numbers for programs are not those whose hash the manifest holds."""
    if published.kind == "workbook" or published.manifest is None:
        return []
    numbers = published.data.get("data")
    if published.kind == "result":
        numbers = _numbers(published.data)
    same = sha256_of(numbers) == published.manifest.results_sha256
    return [] if same else [Finding.of("VRF802", path=published.path.name)]


def _numbers(result: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in result.items() if key not in _NOT_OF_NUMBERS}


def _differences(
    published: Published, again: Again | DocumentAgain, found: list[Finding]
) -> Iterator[Difference]:
    if published.kind == "result":
        computed = json.loads(json.dumps(again.numbers()))
        yield from comparing.trees(_numbers(published.data), _numbers(computed), "hasil")
        return
    document = again.document(published.generated)
    if published.kind == "document":
        data = json.loads(export.get("json")(document))
        if not again.not_kept:
            yield from comparing.documents(published.data, data)
            return
        known = published.data.get("data")
        known = known if isinstance(known, dict) else {}
        for key in again.keys:
            yield from comparing.trees(known.get(key), data["data"].get(key), f"data.{key}")
        return
    if not again.not_kept:
        yield from _books(published, document, found)


def _guarded(published: Published, found: Iterable[Difference]) -> Iterator[Difference]:
    """Keep back what is computed where the manifest, which may be forged, asks for more than is published.

    Else a forged file would draw the numbers of small groups, or names, out of a survey.
    """
    manifest = published.manifest
    below = manifest.telling.get("withhold_below") if manifest is not None else None
    asked = manifest is not None and bool(manifest.reading.get("personal"))
    if manifest is not None and manifest.estimating.get("kind") in {KIND, *KINDS}:
        yield from found  # no respondent is in it
        return
    known = published.kind != "result" and isinstance(below, int) and below >= DEFAULT and not asked
    for each in found:
        if known or each.computed is None or each.column.startswith("overall."):
            yield each
        else:
            row = each.row if each.printed is not None else HIDDEN
            yield replace(each, row=row, computed=HIDDEN)


def _books(published: Published, document: Document, found: list[Finding]) -> Iterator[Difference]:
    book = export.get("xlsx")(document)
    with tempfile.TemporaryDirectory() as folder:  # the reader reads files, this one and that one alike
        file = Path(folder, "lagi.xlsx")
        file.write_bytes(book)
        grids = READERS["excel"](file)
    yield from comparing.books(published.grids, grids, secret=_PROCESSING)
    here, there = formulas(io.BytesIO(book)), formulas(published.path)
    if other := ((here - there) + (there - here)).total():
        found.append(Finding.of("VRF822", path=published.path.name, n=other))
