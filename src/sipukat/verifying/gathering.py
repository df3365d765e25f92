"""What an office is scored from: checklists and Standar Pelayanan, told apart by content and put together."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sipukat._text import plain
from sipukat.checks.checking import check
from sipukat.compliance.checklist_files import read_checklist
from sipukat.compliance.from_documents import evidence_from
from sipukat.errors import ArgumentError
from sipukat.findings import Finding
from sipukat.pelayanan.codec import load_all
from sipukat.pelayanan.trees import MOST_BYTES, tree
from sipukat.readers.base import content, text_of
from sipukat.readers.kinds import read_file
from sipukat.standards.registry import compliance

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from os import PathLike

    from sipukat.compliance.checklist import Checklist
    from sipukat.compliance.evidence import Evidence
    from sipukat.pelayanan.model import StandarPelayanan
    from sipukat.standards.compliance_model import ComplianceStandard

TREES: Final = frozenset({".yaml", ".yml", ".toml", ".json"})
"""Suffixes of files of keys and values."""

_BOOKS: Final = frozenset({".xlsx", ".xlsm"})


def is_checklist(path: Path) -> bool:
    """Say whether a file is a checklist: it has ``isian``, or a sheet of that name."""
    suffix = path.suffix.casefold()
    if suffix in _BOOKS:
        grids, _ = read_file(path)
        return any(plain(grid.name) == "isian" for grid in grids)
    if suffix not in TREES:
        return False
    found = tree_of_file(path)
    return isinstance(found, dict) and ("isian" in found or "checklist" in str(found.get("format", "")))


def tree_of_file(path: Path) -> Any:
    """Return the keys and values of a YAML, TOML or JSON file."""
    formats: dict[str, Any] = {".toml": "toml", ".json": "json"}
    text = text_of(content(path, most=MOST_BYTES), path.name)
    return tree(text, name=path.name, format=formats.get(path.suffix.casefold(), "yaml"))[0]


def gathered(
    files: Sequence[str | PathLike[str]], scheme: ComplianceStandard, *, on: date | None, overwrite: bool
) -> tuple[list[Evidence], list[Finding]]:
    """Return what is known of each office and service, and what a reader must know of the files.

    A checklist and a document are of one service where unit and name are the same; a
    checklist that names no service is of the whole unit, with all its documents.

    Raises
    ------
    ArgumentError
        If a checklist is of another scheme, a service has two checklists, or a checklist
        and a document differ and `overwrite` is false.
    """
    forms: list[tuple[Path, Checklist]] = []
    docs: list[StandarPelayanan] = []
    for path in map(Path, files):
        if is_checklist(path):
            forms.append((path, _read(path, scheme)))
        else:
            docs += load_all(path)
    remarks = [finding for _, form in forms for finding in form.findings]
    known: list[Evidence] = []
    rest = list(docs)
    for path, form in forms:
        own = [doc for doc in rest if _belongs(doc, form, lone=len(forms) == 1)]
        rest = [doc for doc in rest if all(doc is not other for other in own)]
        evidence = form.evidence()
        if own:
            shown = _shown(own, scheme, on)
            remarks += _replaced(path, shown, evidence) if overwrite else []
            evidence = shown.merge(evidence, overwrite=overwrite)
            named = {"unit": form.unit or shown.unit, "product": form.product}
            evidence = evidence.model_copy(update=named)
        known.append(evidence)
    known += [_shown([doc], scheme, on) for doc in rest]
    return _placed(known, [path.stem for path, _ in forms]), remarks


def _read(path: Path, scheme: ComplianceStandard) -> Checklist:
    form = read_checklist(path)
    line, above = {scheme.id}, scheme.extends
    while above is not None:
        line.add(above)
        above = compliance(above).extends
    if form.standard.id not in line:
        raise ArgumentError(
            f"{path.name} is a checklist of {form.standard.id}, not of {scheme.id}; "
            f"score it with --standard {form.standard.id}, or fill in one of {scheme.id}"
        )
    return form


def _belongs(doc: StandarPelayanan, form: Checklist, *, lone: bool) -> bool:
    here = plain(doc.unit) == plain(form.unit) or (lone and not (doc.unit and form.unit))
    return here and (not form.product or plain(doc.nama) == plain(form.product))


def _shown(docs: list[StandarPelayanan], scheme: ComplianceStandard, on: date | None) -> Evidence:
    found = check(docs[0] if len(docs) == 1 else docs, on=on)
    one = docs[0] if len(docs) == 1 else docs
    return evidence_from(one, found, standard=scheme, on=on)


def _replaced(path: Path, shown: Evidence, said: Evidence) -> Iterator[Finding]:
    """Yield the finding that says where a checklist took the place of a document."""
    before, after = shown.values(), said.values()
    rows = [
        f"{key} {before[key]} > {after[key]}" for key in before if key in after and before[key] != after[key]
    ]
    if rows:
        yield Finding.of("CMP870", path=path.name, unit=said.unit or shown.unit or "–", rows=rows)


def _placed(known: list[Evidence], stems: list[str]) -> list[Evidence]:
    """Name the units that no file names by the file, where there are several."""
    if len(known) == 1:
        return known
    spare = iter(range(1, len(known) + 1))
    placed = []
    for at, evidence in enumerate(known):
        stem = stems[at] if at < len(stems) else f"unit {next(spare)}"
        placed.append(evidence if evidence.unit else evidence.model_copy(update={"unit": stem}))
    return placed
