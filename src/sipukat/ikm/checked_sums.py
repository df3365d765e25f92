"""Sums that come from outside: refused where their parts do not fit together.

Arithmetic would not notice: it would add what stands in the wrong place, and a variance
without its clusters is a number too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from sipukat.ikm.design import Design

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

_WHOLE: Final = {"group", "stratum", "n", "n_complete", "cell", "psu"}
_PAIR: Final = 2
_PARTS: Final = {
    "psu": "clusters",
    "ssu_population": "within",
    "calibration": "fitted",
    "replicate_weights": "replicates",
}
"""What the design states, and the sums that it needs."""

_ONLY_WEIGHTED: Final = ("gram2", "gram2_complete", "level_weight", "level_weight2")


def check_sums(m: Any) -> None:
    """Refuse moments whose parts do not fit together.

    Parameters
    ----------
    m
        Moments; not named as their type, as `Moments.from_json` asks for this check.

    Raises
    ------
    ValueError
        With the part.
    """
    _check_design(m)
    _check_names(m)
    c, k, levels = len(m.n), len(m.unsur), m.high - m.low + 1
    sums = {"gram": (c, 2 * k, 2 * k), "gram_complete": (c, 1 + k, 1 + k)}
    shapes: dict[str, tuple[int, ...]] = sums | {"levels": (c, k, levels), "population": (len(m.strata),)}
    shapes |= dict.fromkeys(("group", "stratum", "n", "n_complete", "weight", "weight2"), (c,))
    weighted = {"gram2": sums["gram"], "gram2_complete": sums["gram_complete"]}
    weighted |= dict.fromkeys(("level_weight", "level_weight2"), (c, k, levels))
    shapes |= {name: shape for name, shape in weighted.items() if getattr(m, name) is not None}
    _check_arrays(m, shapes)
    _check_population(m)
    _check_index("group", m.group, len(m.groups))
    _check_index("stratum", m.stratum, len(m.strata))
    _check_counts(m, k)
    if m.clusters is not None:
        held, p = m.clusters, len(m.clusters.cell)
        wide = {"total": (p, 2 * k), "total_complete": (p, 1 + k), "levels": (p, k, levels)}
        _check_arrays(held, {"cell": (p,), "psu": (p,), **wide}, "clusters.")
        _check_index("clusters.cell", held.cell, c)
        _check_index("clusters.psu", held.psu, len(held.keys))
        _check_index("clusters.keys", held.stratum, len(m.strata))
    if m.replicates is not None:
        held, r = m.replicates, m.replicates.overlap.shape[-1]
        wide = {"total": (c, r, 2 * k), "total_complete": (c, r, 1 + k)}
        _check_arrays(held, wide | {"overlap": (len(held.overlap), r, r)}, "replicates.")
        if len(held.overlap) not in {1, c}:
            raise ValueError("the array 'replicates.overlap' is neither of the cells nor of the whole")
    if m.fitted is not None:
        _check_arrays(m.fitted, _fitted_shapes(m, c, k), "fitted.")
    if m.within is not None:
        check_sums(m.within)


def _check_names(m: Any) -> None:
    whole = all(type(end) is int for end in (m.low, m.high))
    if not whole or not m.low < m.high or not isinstance(m.standard, str):
        raise ValueError("its standard or its scale is none")
    for name in ("unsur", "by"):
        _check_texts(name, getattr(m, name))
    if not m.unsur:
        raise ValueError("'unsur' is empty")
    for name, size in (("groups", len(m.by)), ("strata", len(m.design.strata))):
        _check_labels(name, getattr(m, name), size)
    if m.clusters is not None:
        keys = m.clusters.keys
        if not isinstance(keys, tuple) or not all(len(key) == _PAIR and type(key[0]) is int for key in keys):
            raise ValueError("'clusters.keys' is no list of strata and names")
        _check_labels("clusters.keys", keys, _PAIR)
    if m.fitted is not None:
        _check_labels("fitted.names", m.fitted.names, None)


def _check_texts(name: str, values: Any) -> None:
    if not isinstance(values, tuple) or not all(isinstance(value, str) for value in values):
        raise ValueError(f"{name!r} is no list of names")
    if len(set(values)) != len(values):
        raise ValueError(f"{name!r} names one twice")


def _check_labels(name: str, values: Any, size: int | None) -> None:
    """Refuse what is no list of distinct lists of labels, each of so many."""
    if not isinstance(values, tuple):
        raise ValueError(f"{name!r} is no list")  # noqa: TRY004  one way out
    for at, label in enumerate(values):
        good = isinstance(label, tuple) and size in {None, len(label)}
        if not good or not all(part is None or isinstance(part, str | int | float) for part in label):
            raise ValueError(f"{name}[{at}] is no label" + ("" if size is None else f" of {size} parts"))
    if len(set(values)) != len(values):
        raise ValueError(f"{name!r} has one twice")


def _check_design(m: Any) -> None:
    if not isinstance(m.design, Design):
        raise ValueError("'design' is none")  # noqa: TRY004  one way out
    for stated, part in _PARTS.items():
        if (getattr(m.design, stated) is None) != (getattr(m, part) is None):
            raise ValueError(f"the design and the sums do not agree on {stated}= ({part!r})")
    if m.design.weight is None and any(getattr(m, name) is not None for name in _ONLY_WEIGHTED):
        raise ValueError("its sums are weighted, and its design is not")
    if m.design.weight is not None and (m.gram2 is None or m.gram2_complete is None):
        raise ValueError("its design is weighted, and its sums are not")


def _check_population(m: Any) -> None:
    """Refuse a size where the design states none, and none (null in JSON) where it does."""
    wrong = np.flatnonzero(np.isinf(m.population) != (m.design.population is None)).tolist()
    if wrong:
        held = f"population[{wrong[0]}] is {m.population[wrong[0]]:g}"
        raise ValueError(f"{held}, and the design states population={m.design.population!r}")


def _check_counts(m: Any, k: int) -> None:
    answered = m.levels.sum(axis=2)
    few, many = m.n_complete[:, None], m.n[:, None]
    if (m.n_complete < 0).any() or (m.levels < 0).any() or (answered < few).any() or (answered > many).any():
        raise ValueError("'n', 'n_complete' and 'levels' do not fit together")
    if m.design.weight is None:
        products = np.diagonal(m.gram, axis1=1, axis2=2)[:, :k]
        if (m.weight != m.n).any() or (m.weight2 != m.n).any() or (products != answered).any():
            raise ValueError("'weight', 'gram' and 'levels' do not fit together")


def _fitted_shapes(m: Any, c: int, k: int) -> dict[str, tuple[int, ...]]:
    p, h, u = len(m.fitted.names), len(m.strata), 0 if m.clusters is None else len(m.clusters.keys)
    shapes: dict[str, tuple[int, ...]] = dict.fromkeys(("cross", "cross_base"), (c, 2 * k, p))
    shapes |= {f"{name}_complete": (c, 1 + k, p) for name in ("cross", "cross_base")}
    return shapes | {"base": (p, p), "square": (h, p, p), "total": (h, p), "units": (u, p)}


def _check_arrays(record: Any, shapes: Mapping[str, tuple[int, ...]], within: str = "") -> None:
    for name, shape in shapes.items():
        values = getattr(record, name)
        if not isinstance(values, np.ndarray) or values.shape != shape:
            raise ValueError(f"the array '{within}{name}' has not the shape {shape}")
        whole = name in _WHOLE or (name == "levels" and not within)
        if values.size and values.dtype.kind not in ("i" if whole else "if"):
            kind = "whole numbers" if whole else "numbers"
            raise ValueError(f"the array '{within}{name}' does not hold {kind}")
        good = values >= 1 if name == "population" else np.isfinite(values)
        if not good.all():
            raise ValueError(f"the array '{within}{name}' holds numbers that are none")


def _check_index(name: str, values: NDArray[Any], size: int) -> None:
    if len(values) and not (values.min() >= 0 and values.max() < size):
        raise ValueError(f"the array {name!r} points outside")
