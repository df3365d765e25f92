"""Tables NO | KOMPONEN | URAIAN, as offices write them, to Standar Pelayanan.

The order of the komponen, their numbers and their groups do not count: a row is known by
its label. A label that is not known is kept under `tambahan`; lines that belong to no
komponen, such as signatures below the table, are kept in `catatan`.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from sipukat._validation import explain
from sipukat.errors import DraftError
from sipukat.pelayanan.frames import grid_of, holds_answers
from sipukat.pelayanan.gathering import drafts_of
from sipukat.pelayanan.model import StandarPelayanan
from sipukat.readers.kinds import read_file
from sipukat.standards.registry import document

if TYPE_CHECKING:
    from os import PathLike

    from sipukat.pelayanan.gathering import Draft
    from sipukat.readers.base import Grid
    from sipukat.standards.document_model import DocumentStandard


def from_grid(rows: Any, *, standard: str | DocumentStandard = "uu-25-2009") -> list[dict[str, Any]]:
    """Read every Standar Pelayanan of one table, as trees that the model takes.

    Parameters
    ----------
    rows
        A data frame of any library, rows of cells, or a grid of a reader.
    standard
        The standard whose labels are looked for.

    Raises
    ------
    DraftError
        If it is no table, or no cell names a komponen.

    Examples
    --------
    >>> from_grid([["NO", "KOMPONEN", "URAIAN"], [1, "Biaya", "Gratis"], [2, "Maskot", "Si Lapor"]])
    [{'biaya_tarif': ['Gratis'], 'tambahan': {'maskot': ['Si Lapor']}}]
    """
    grid = grid_of(rows)
    return [draft.tree() for draft in drafts_of(grid, document(standard), grid.name)]


def from_table(frame: Any, *, standard: str | DocumentStandard = "uu-25-2009") -> StandarPelayanan:
    r"""Read the Standar Pelayanan of a table NO | KOMPONEN | URAIAN.

    Parameters
    ----------
    frame
        A data frame of any library, rows of cells, or a grid of a reader. With or without
        a row of names, a column NO, and group rows; in any order.
    standard
        The standard whose labels are looked for; komponen that it adds go to `tambahan`.

    Raises
    ------
    DraftError
        If it is no table, if no cell names a komponen, or if it holds several services.

    Examples
    --------
    >>> rows = [["Jenis Pelayanan", "Penerbitan KTP-el"],
    ...         ["1. Persyaratan", "1. Fotokopi KK\n2. Surat pengantar"],
    ...         ["2. Biaya/Tarif", "Gratis"]]
    >>> draf = from_table(rows)
    >>> draf.nama, [butir.text for butir in draf.persyaratan.butir]
    ('Penerbitan KTP-el', ['Fotokopi KK', 'Surat pengantar'])
    """
    found = from_grid(frame, standard=standard)
    if len(found) > 1:
        names = ", ".join(repr(tree.get("nama", "")) for tree in found[:5])
        raise DraftError(
            f"the table holds {len(found)} Standar Pelayanan: {names}",
            "source",
            "Give the rows of one, or read the file with pelayanan.load_all.",
        )
    return _validated(found[0], "source")


def from_file(
    path: str | PathLike[str], *, standard: str | DocumentStandard = "uu-25-2009"
) -> tuple[StandarPelayanan, ...]:
    """Read every Standar Pelayanan of the tables of a file.

    A table without a komponen is passed over, and a hidden sheet where another one is
    shown; the remarks (`catatan`) of the first document name them. A table that says
    nothing of a new service and holds other komponen than the one before goes on with that
    one.

    Parameters
    ----------
    path
        A file with tables: ``.docx``, ``.xlsx``, ``.csv``, ``.html`` and those of plugins.
    standard
        The standard whose labels are looked for.

    Raises
    ------
    UnreadableFileError
        If the file is damaged or hostile.
    DraftError
        If none of its tables names a komponen, or its rows are answers to a survey.
    """
    file, law = Path(path), document(standard)
    every = read_file(file)[0]
    shown = _shown(every)
    failures: list[tuple[str, DraftError]] = []
    tables: list[tuple[str, list[Draft]]] = []
    for at, grid in enumerate(shown, start=1):
        name = grid.name or f"tabel {at}"
        try:
            tables.append((name, drafts_of(grid_of(grid), law, file.name)))
        except DraftError as failure:
            failures.append((name if _written(grid) else "", failure))
    if not any(draft.headed for _, drafts in tables for draft in drafts):
        _refuse_answers(shown, file.name)
    if not tables:
        raise failures[0][1]
    # a lone "Biaya" in a table of something else is no Standar Pelayanan, where there is a better one
    certain = any(table[0].certain for _, table in tables)
    best = [table for _, table in tables if table[0].certain or not certain]
    passed = [name for name, _ in failures if name]
    passed += [name for name, table in tables if certain and not table[0].certain]
    passed += [grid.name for grid in every if grid not in shown]
    trees: list[dict[str, Any]] = []
    for table in best:
        for tree in (draft.tree() for draft in table):
            if trees and _continues(trees[-1], tree):
                trees[-1] = _together(trees[-1], tree)
            else:
                trees.append(tree)
    if passed:
        remark = f"Tidak dibaca sebagai Standar Pelayanan: {', '.join(passed)}."
        trees[0]["catatan"] = "\n".join(filter(None, (trees[0].get("catatan", ""), remark)))
    several = len(trees) > 1
    return tuple(
        _validated(t, f"{file.name}, document {n}" if several else file.name) for n, t in enumerate(trees, 1)
    )


def _refuse_answers(grids: list[Grid], name: str) -> None:
    if any(holds_answers(grid_of(grid).rows) for grid in grids):
        raise DraftError(
            "its rows are answers to a survey, and no Standar Pelayanan",
            name,
            f"For the IKM: sipukat ikm {name}, or sipukat.read_survey.",
        )


def _shown(grids: list[Grid]) -> list[Grid]:
    return [grid for grid in grids if not grid.hidden] or grids


def _written(grid: Grid) -> bool:
    return any(cell is not None and str(cell).strip() for row in grid.rows for cell in row)


def _continues(before: dict[str, Any], tree: dict[str, Any]) -> bool:
    shared = set(before) & set(tree) - {"tambahan", "catatan"}
    local = set(before.get("tambahan", ())) & set(tree.get("tambahan", ()))
    return not shared and not local and "nama" not in tree


def _together(before: dict[str, Any], tree: dict[str, Any]) -> dict[str, Any]:
    both = before | tree
    if local := {**before.get("tambahan", {}), **tree.get("tambahan", {})}:
        both["tambahan"] = local
    if notes := [each["catatan"] for each in (before, tree) if "catatan" in each]:
        both["catatan"] = "\n".join(notes)
    return both


def _validated(tree: dict[str, Any], where: str) -> StandarPelayanan:
    try:
        return StandarPelayanan.model_validate(tree)
    except ValidationError as failure:
        place, got, expected = explain(failure, StandarPelayanan)
        raise DraftError(f"{place}: {got}", where, f"Expected {expected}.") from failure
