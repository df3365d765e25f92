"""Tables of `coverage.py`, in the Indonesian of docs/explanation/selang.md."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sipukat.ikm.intervals import INTERVALS

if TYPE_CHECKING:
    import numpy as np

DEFAULT = "beta_ends"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What one method did on one shape and size: shares of the samples, and points of 25 to 100."""

    holds: float
    above: float
    below: float
    width: float


Table = dict[tuple[str, int], dict[str, Cell]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finite:
    """The index of one office in one population, with the correction and without."""

    name: str
    population: int
    n: int
    corrected: dict[str, Cell]
    plain: Cell


def comma(value: float, digits: int = 1) -> str:
    return f"{value:.{digits}f}".replace(".", ",")


def percent(share: float) -> str:
    return comma(100 * share)


def markdown(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def shapes_of(table: Table) -> list[str]:
    return list(dict.fromkeys(name for name, _ in table))


def sizes_of(table: Table) -> list[int]:
    return list(dict.fromkeys(n for _, n in table))


def lowest(table: Table) -> str:
    """One row a size: the lowest coverage of every method over all shapes."""
    rows = [
        [str(n), *(percent(min(table[s, n][m].holds for s in shapes_of(table))) for m in INTERVALS)]
        for n in sizes_of(table)
    ]
    return markdown(["n", *(f"`{m}`" for m in INTERVALS)], rows)


def by_shape(table: Table, head: str = "bentuk") -> str:
    """One row a shape: the coverage of the default at every size."""
    rows = [[s, *(percent(table[s, n][DEFAULT].holds) for n in sizes_of(table))] for s in shapes_of(table)]
    return markdown([head, *(f"n = {n}" for n in sizes_of(table))], rows)


def sides(table: Table, n: int = 30) -> str:
    """One row a shape: side errors and width of the default and of t at one size."""
    rows = []
    for s in shapes_of(table):
        ours, t = table[s, n][DEFAULT], table[s, n]["t"]
        shown = [percent(x) for x in (ours.holds, ours.above, ours.below, t.holds, t.above, t.below)]
        rows.append([s, *shown, comma(ours.width), comma(t.width), comma(ours.width / t.width, 2)])
    head = ["bentuk", "memuat", "di atas", "di bawah", "t memuat", "t di atas", "t di bawah"]
    return markdown([*head, "lebar", "lebar t", "nisbah"], rows)


def short(found: dict[str, Table]) -> str:
    """Cells from n = 10 up in which the default falls short, worst first."""
    cells = [
        (held[DEFAULT].holds, kind, s, n, held[DEFAULT])
        for kind, table in found.items()
        for (s, n), held in table.items()
        if n >= 10 and held[DEFAULT].holds < 0.945
    ]
    rows = [
        [kind, s, str(n), percent(h), percent(c.above), percent(c.below)]
        for h, kind, s, n, c in sorted(cells, key=lambda cell: cell[0])
    ]
    return markdown(["angka", "bentuk", "n", "memuat", "di atas", "di bawah"], rows)


def shares(found: dict[tuple[str, int], np.ndarray], at: np.ndarray) -> str:
    """One row a size: lowest coverage of every method, and where and how often the default fails."""
    rows = []
    for n in dict.fromkeys(n for _, n in found):
        ours = found[DEFAULT, n]
        where, often = float(at[ours.argmin()]), float((ours < 0.93).mean())
        least = (percent(float(found[m, n].min())) for m in INTERVALS)
        rows.append([str(n), *least, percent(where), percent(often)])
    return markdown(["n", *(f"`{m}`" for m in INTERVALS), "pada bagian", "nilai di bawah 93 %"], rows)


def ends(found: dict[float, list[float]], shapes: tuple[str, ...]) -> str:
    """One row a number of pseudo-answers: lowest coverages from n = 10 up, widths at n = 30."""
    rows = [
        [comma(end, 2), *(percent(x) for x in held[:3]), *(comma(x, 2) for x in held[3:])]
        for end, held in found.items()
    ]
    head = ["jawaban semu", "IKM", "unsur", "ya/tidak"]
    return markdown([*head, *(f"nisbah lebar: {shape}" for shape in shapes)], rows)


def bar(table: Table) -> str:
    """Say, size by size, whether the default meets the bar of this project."""
    lines = []
    for n in (n for n in sizes_of(table) if n >= 10):
        held = [table[s, n][DEFAULT].holds for s in shapes_of(table)]
        enough, all_but = sum(h >= 0.93 for h in held), math.ceil(len(held) * 0.9)
        met = enough >= all_but and min(held) >= 0.90
        lines.append(
            f"n = {n}: {enough} of {len(held)} shapes at 93 % or more, lowest {percent(min(held))}: "
            f"{'met' if met else 'MISSED'}"
        )
    return "\n".join(lines)


def finite(rows: list[Finite]) -> str:
    shown = [
        [r.name, str(r.population), str(r.n)]
        + [percent(r.corrected[m].holds) for m in INTERVALS]
        + [comma(r.corrected[DEFAULT].width), percent(r.plain.holds), comma(r.plain.width)]
        for r in rows
    ]
    head = ["bentuk", "N", "n", *(f"`{m}`" for m in INTERVALS)]
    return markdown([*head, "lebar", "tanpa koreksi", "lebarnya"], shown)


def levels(found: dict[tuple[str, float], float]) -> str:
    held = list(dict.fromkeys(level for _, level in found))
    rows = [[kind, *(percent(found[kind, level]) for level in held)] for kind in ("IKM", "unsur")]
    return markdown(["terendah, n = 30", *(f"{level:.0%}".replace("%", " %") for level in held)], rows)
