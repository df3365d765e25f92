"""Replicate weights made from a design: the jackknife and the bootstrap."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, Literal, TypeVar

import numpy as np

from sipukat._text import listing
from sipukat._validation import must_be, whole_number
from sipukat.errors import ColumnError, DesignError, UnknownNameError
from sipukat.ikm.design import Design, ReplicateWeights
from sipukat.ikm.encoding import numbers, weights
from sipukat.ikm.factors import factorize
from sipukat.survey import Responses

if TYPE_CHECKING:
    from numpy.typing import NDArray

T = TypeVar("T")

_METHODS: Final = ("JKn", "bootstrap")


def replicate_weights(
    data: T,
    design: Design,
    *,
    method: Literal["JKn", "bootstrap"] = "JKn",
    replicates: int = 500,
    seed: int = 20220330,
    prefix: str = "rw",
) -> tuple[T, Design]:
    """Make replicate weights, for software that has no strata and PSUs, or as a check.

    Parameters
    ----------
    data
        Responses, or a pandas, Polars or PyArrow frame with one row a respondent.
    design
        Weights, strata, PSUs and populations. Without PSUs each respondent is one.
    method
        ``"JKn"``: one replicate a PSU, which is left out; ``"bootstrap"``: n - 1 of the n
        PSUs of each stratum drawn with replacement (Rao, Wu & Yue).
    replicates
        How many, for the bootstrap; 2 or more.
    seed
        Of the bootstrap; the same seed gives the same weights.
    prefix
        New columns are called `prefix` and a number.

    Returns
    -------
    data, design
        The data with the new columns, and the design that reads them.

    Raises
    ------
    DesignError
        If a stratum has a single PSU under ``lonely_psu="fail"``, or the design has
        replicates, fitted weights or a second stage, which replicates cannot hold.
    ColumnError
        If a column is missing, or a new one would write over one that is there.

    Notes
    -----
    JKn: weights of the stratum times n / (n - 1), the variance of each replicate times
    (n - 1) / n (1 - f). Bootstrap: ``w (1 - l + l t n / (n - 1))``, with t how often a PSU
    was drawn and ``l = sqrt(1 - f)``.

    References
    ----------
    Wolter (2007), Introduction to Variance Estimation, 2nd ed., 4.5; Rao, Wu & Yue (1992),
    Survey Methodology 18(2).

    Examples
    --------
    >>> import pandas as pd
    >>> from sipukat import ikm
    >>> answers = {f"U{i}": [4, 3, 2, 3, 4, 4] for i in range(1, 10)}
    >>> frame = pd.DataFrame({"day": [1, 1, 2, 2, 3, 3], **answers})
    >>> design = ikm.Design(psu="day")
    >>> wide, jackknife = replicate_weights(frame, design)
    >>> round(ikm.estimate(wide, design=jackknife).overall.se, 6)
    11.023964
    >>> round(ikm.estimate(frame, design=design).overall.se, 6)
    11.023964
    """
    import narwhals.stable.v2 as nw

    _check(design, method, replicates)
    native: Any = data.frame if isinstance(data, Responses) else data
    frame: Any = nw.from_native(native, eager_only=True)
    missing = [name for name in design.columns if name not in frame.columns]
    if missing:
        raise ColumnError(
            f"no column is named {missing[0]!r}", "", f"Columns: {listing(frame.columns, lang='en')}."
        )
    base = np.ones(len(frame))
    if design.weight is not None:
        base = weights(frame.get_column(design.weight), name=design.weight)
    stratum, names = _strata(frame, design)
    unit = np.arange(len(frame))
    if design.psu is not None:
        factor = factorize(frame.get_column(design.psu))
        unit = np.unique(stratum * len(factor.labels) + factor.codes, return_inverse=True)[1]
    first = np.unique(unit, return_index=True)[1]
    home = stratum[first]
    counts = np.bincount(home, minlength=len(names))
    left = 1 - counts / _populations(frame, design, stratum, names)
    if (left < 0).any():
        at = int(np.flatnonzero(left < 0)[0])
        raise DesignError(f"stratum {names[at]!r} has a sample of {counts[at]}, more than its population")
    lonely = (counts == 1) & (left > 0)
    if lonely.any() and design.lonely_psu != "certainty":
        at = int(np.flatnonzero(lonely)[0])
        raise DesignError(
            f"stratum {names[at]!r} has a single unit, which cannot be left out or drawn again; join it with "
            'another stratum, or take it as certain with lonely_psu="certainty"'
        )
    if method == "JKn":
        factors, rscales = _jackknife(home, counts, left)
    else:
        factors, rscales = _bootstrap(home, counts, left, replicates, seed), None
    columns = tuple(f"{prefix}{i + 1:04d}" for i in range(factors.shape[1]))
    weight = design.weight or f"{prefix}0000"
    taken = [name for name in (*columns, weight) if name in frame.columns and name != design.weight]
    if taken:
        raise ColumnError(f"the data have a column {taken[0]!r} already", "", "Give another prefix=.")
    new = {weight: base} if design.weight is None else {}
    new |= {name: base * factors[unit, i] for i, name in enumerate(columns)}
    wide: Any = nw.to_native(
        nw.concat([frame, nw.from_dict(new, backend=frame.implementation)], how="horizontal")
    )
    told = ReplicateWeights(columns=columns, method=method, rscales=rscales)
    made = Design(weight=weight, replicate_weights=told)
    whole: Any = replace(data, frame=wide) if isinstance(data, Responses) else wide
    return whole, made


def _check(design: Design, method: str, replicates: int) -> None:
    must_be(Design, design, "design", 'a Design, e.g. Design(stratum="kecamatan")')
    if method not in _METHODS:
        raise UnknownNameError("method of replicate weights", method, _METHODS)
    whole_number(replicates, "replicates", least=2)  # one replicate has no spread
    if design.replicate_weights is not None:
        raise DesignError("the design has replicate weights already")
    if design.calibration is not None:
        raise DesignError(
            "fitted weights must be fitted again in every replicate: make the replicates of the base "
            "weights, and fit each column"
        )
    if design.ssu_population is not None:
        raise DesignError("replicates are of the first stage only; leave ssu_population out of the design")


def _strata(frame: Any, design: Design) -> tuple[NDArray[np.int64], list[tuple[Any, ...]]]:
    code = np.zeros(len(frame), dtype=np.int64)
    labels: list[tuple[Any, ...]] = [()]
    for column in design.strata:
        factor = factorize(frame.get_column(column))
        code = code * len(factor.labels) + factor.codes
        labels = [(*head, label) for head in labels for label in factor.labels]
    seen, where = np.unique(code, return_inverse=True)
    return where, [labels[i] for i in seen.tolist()]


def _populations(
    frame: Any, design: Design, stratum: NDArray[np.int64], names: list[tuple[Any, ...]]
) -> NDArray[np.float64]:
    if not isinstance(design.population, str):
        return np.array([design.size_of(name) for name in names])
    held = numbers(frame.get_column(design.population), name=design.population)
    first = np.unique(stratum, return_index=True)[1]
    if not (held == held[first][stratum]).all():
        raise DesignError(f"population column {design.population!r} is not constant within strata")
    return held[first]


def _jackknife(
    home: NDArray[np.int64], counts: NDArray[np.int64], left: NDArray[np.float64]
) -> tuple[NDArray[np.float64], tuple[float, ...]]:
    """Return (u, R) factors of the weights of each unit, and the factor of each replicate."""
    out = [unit for unit, h in enumerate(home.tolist()) if counts[h] > 1]
    factors = np.ones((len(home), len(out)))
    for column, unit in enumerate(out):
        h = home[unit]
        factors[home == h, column] = counts[h] / (counts[h] - 1)
        factors[unit, column] = 0.0
    spread = (counts - 1) / np.maximum(counts, 1) * left
    return factors, tuple(spread[home[out]].tolist())


def _bootstrap(
    home: NDArray[np.int64],
    counts: NDArray[np.int64],
    left: NDArray[np.float64],
    replicates: int,
    seed: int,
) -> NDArray[np.float64]:
    rng = np.random.default_rng(seed)
    factors = np.ones((len(home), replicates))
    for h, n in enumerate(counts.tolist()):
        if n < 2:  # noqa: PLR2004  taken with certainty
            continue
        drawn = rng.multinomial(n - 1, np.full(n, 1 / n), size=replicates).T
        root = np.sqrt(left[h])
        factors[home == h] = 1 - root + root * drawn * n / (n - 1)
    return factors
