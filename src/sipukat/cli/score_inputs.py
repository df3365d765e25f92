"""What `sipukat score` is given: checklists and Standar Pelayanan, told apart by content, and costs."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sipukat._text import parse_number, plain
from sipukat.errors import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from fractions import Fraction

    from sipukat.compliance import Checklist, Evidence
    from sipukat.findings import Finding
    from sipukat.pelayanan import StandarPelayanan
    from sipukat.standards import ComplianceStandard

_TREES: Final = frozenset({".yaml", ".yml", ".toml", ".json"})
_BOOKS: Final = frozenset({".xlsx", ".xlsm"})
_SECTIONS: Final = ("costs", "times", "feasible", "budget")
_YES_NO: Final = {"ya": True, "true": True, "yes": True, "tidak": False, "false": False, "no": False}


def is_checklist(path: Path) -> bool:
    """Say whether a file is a checklist: it has ``isian``, or a sheet of that name."""
    suffix = path.suffix.casefold()
    if suffix in _BOOKS:
        from sipukat.readers.kinds import read_file

        grids, _ = read_file(path)
        return any(plain(grid.name) == "isian" for grid in grids)
    if suffix not in _TREES:
        return False
    found = _tree_of(path)
    return isinstance(found, dict) and ("isian" in found or "checklist" in str(found.get("format", "")))


def _tree_of(path: Path) -> Any:
    from sipukat.pelayanan.trees import MOST_BYTES, tree
    from sipukat.readers.base import content, text_of

    formats: dict[str, Any] = {".toml": "toml", ".json": "json"}
    text = text_of(content(path, most=MOST_BYTES), path.name)
    return tree(text, name=path.name, format=formats.get(path.suffix.casefold(), "yaml"))[0]


def gathered(
    files: Sequence[str], scheme: ComplianceStandard, *, on: date | None, overwrite: bool
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
    import sipukat

    forms: list[tuple[Path, Checklist]] = []
    docs: list[StandarPelayanan] = []
    for path in map(Path, files):
        if is_checklist(path):
            forms.append((path, _read(path, scheme)))
        else:
            docs += sipukat.pelayanan.load_all(path)
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
    import sipukat

    form = sipukat.compliance.read_checklist(path)
    line, above = {scheme.id}, scheme.extends
    while above is not None:
        line.add(above)
        above = sipukat.standards.compliance(above).extends
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
    import sipukat

    found = sipukat.check(docs[0] if len(docs) == 1 else docs, on=on)
    one = docs[0] if len(docs) == 1 else docs
    return sipukat.compliance.evidence_from(one, found, standard=scheme, on=on)


def _replaced(path: Path, shown: Evidence, said: Evidence) -> Iterator[Finding]:
    """Yield the finding that says where a checklist took the place of a document."""
    from sipukat.findings import Finding

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


def read_costs(path: Path) -> dict[str, Any]:
    """Read what steps cost: keys and numbers, or sections ``costs``, ``times``, ``feasible``, ``budget``.

    Raises
    ------
    ArgumentError
        If something in it is no number, or no yes or no; names file and key.
    """
    if path.suffix.casefold() not in _TREES:
        raise ArgumentError(f"{path.name}: costs are read from .yaml, .toml and .json")
    found = _tree_of(path)
    if not isinstance(found, dict) or not found:
        raise ArgumentError(
            f"{path.name}: costs are keys of indicators and numbers, e.g. input.kompetensi: 4"
        )
    if not set(found) & set(_SECTIONS):
        return {"costs": dict(_flat(found, path.name))}
    if unknown := sorted(set(found) - set(_SECTIONS)):
        raise ArgumentError(f"{path.name}: unknown section {unknown[0]!r}; known: {', '.join(_SECTIONS)}")
    options: dict[str, Any] = {}
    for section, content in found.items():
        if section == "budget":
            options[section] = _value(content, path.name, section)
        elif not isinstance(content, Mapping):
            raise ArgumentError(f"{path.name}, {section}: expected keys of indicators and their values")
        else:
            options[section] = dict(_flat(content, f"{path.name}, {section}"))
            numbers = [v for v in options[section].values() if isinstance(v, bool)]
            if numbers and section != "feasible":
                raise ArgumentError(f"{path.name}, {section}: {numbers[0]!r} is no number")
    return options


def _flat(content: Mapping[Any, Any], where: str, above: str = "") -> Iterator[tuple[str, Any]]:
    """Yield each key with its value; keys in keys are one dotted key, levels of it are a mapping."""
    for key, value in content.items():
        name = f"{above}.{key}" if above else str(key)
        if not isinstance(value, Mapping):
            yield name, _value(value, where, name)
        elif value and all(_is_number(inner) for inner in value) and not _deeper(value):
            levels = {parse_number(str(level)): _value(v, where, name) for level, v in value.items()}
            yield name, levels
        else:
            yield from _flat(value, where, name)


def _is_number(text: object) -> bool:
    try:
        parse_number(str(text))
    except ArgumentError:
        return False
    return True


def _deeper(value: Mapping[Any, Any]) -> bool:
    return any(isinstance(inner, Mapping) for inner in value.values())


def _value(value: Any, where: str, name: str) -> Fraction | bool:
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and plain(value) in _YES_NO:
        return _YES_NO[plain(value)]
    try:
        return parse_number(repr(value) if isinstance(value, float) else str(value))
    except ArgumentError:
        raise ArgumentError(f"{where}, {name}: {str(value)[:40]!r} is no number") from None
