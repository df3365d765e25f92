"""From fitted weights to what is handed back: misfit, design and findings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeVar

import numpy as np

from sipukat.errors import EstimationError
from sipukat.findings import Finding, Findings
from sipukat.ikm.design import Calibration
from sipukat.ikm.weighting.opened import first_rows
from sipukat.ikm.weighting.weighted import MISFIT, Weighted, kish

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from sipukat.ikm.weighting.matched import Known
    from sipukat.ikm.weighting.opened import Opened

T = TypeVar("T")
_KISH: Final = 2.0
"""Design effect of the weights alone above which half of the respondents is lost to them."""

_MEDIANS: Final = 5.0
"""Medians above which a weight is extreme (Potter 1990; Izrael, Battaglia & Frankel 2009)."""


def fitted(
    held: Opened[T],
    known: Known,
    new: NDArray[np.float64],
    *,
    totals: Mapping[str, tuple[NDArray[np.float64], float]] | None = None,
    bounds: tuple[float, float] | None = None,
) -> Weighted[T]:
    """Hand back weights that were fitted to known totals.

    Parameters
    ----------
    held
        The data.
    known
        The margins, and the weights before.
    new
        (n,) the fitted weights.
    totals
        Numeric column to its values and its known total.
    bounds
        Of the ratio of new to old weights, where there are any.

    Raises
    ------
    EstimationError
        If a weight is not above 0.
    """
    totals = totals or {}
    _refuse_negative(new, known.base)
    base = known.base
    rows: list[tuple[object, ...]] = []
    for m in known.margins:
        before, after, n = m.sums(base), m.sums(new), m.n
        rows.extend(
            (m.name, category, *_told(float(m.totals[i]), before[i], after[i]), int(n[i]))
            for i, category in enumerate(m.categories)
        )
    if not known.margins:
        rows.append(("", "", *_told(known.total, base.sum(), new.sum()), len(base)))
    rows.extend(
        (name, "", *_told(target, base @ x, new @ x), len(base)) for name, (x, target) in totals.items()
    )
    calibration = Calibration(
        base=held.weight, margins=tuple(m.columns for m in known.margins), totals=tuple(totals)
    )
    findings = [*known.findings, *_at_bounds(new / base, bounds, held.into)]
    return closed(held, new, rows, findings=findings, calibration=calibration)


def closed(
    held: Opened[T],
    new: NDArray[np.float64],
    rows: Sequence[tuple[object, ...]],
    *,
    findings: Sequence[Finding],
    calibration: Calibration | None = None,
    keep: NDArray[np.bool_] | None = None,
) -> Weighted[T]:
    """Hand back new weights.

    Parameters
    ----------
    held
        The data.
    new
        (n,) new weights of every row.
    rows
        Of the misfit.
    findings
        What was noticed so far.
    calibration
        What was fitted; a former fit no longer holds.
    keep
        (n,) which rows stay; None for all.
    """
    import pandas as pd

    told = list(findings)
    former = held.design.calibration
    lost = [name for name in _names(former) if name not in _names(calibration)]
    if lost:
        told.append(Finding.of("IKM636", path=held.into, margins=lost))
    told.extend(_extreme(new if keep is None else new[keep], held.into))
    design = held.design.model_copy(update={"weight": held.into, "calibration": calibration})
    return Weighted(
        data=held.with_weights(new, keep),
        design=design,
        misfit=pd.DataFrame(rows, columns=list(MISFIT)),
        findings=Findings(told),
    )


def _told(target: float, before: Any, after: Any) -> tuple[float, float, float, float]:
    return target, float(before), float(after), float(after) - target


def _names(fit: Calibration | None) -> list[str]:
    return [] if fit is None else [*(" × ".join(margin) for margin in fit.margins), *fit.totals]


def _refuse_negative(new: NDArray[np.float64], base: NDArray[np.float64]) -> None:
    bad = ~(np.isfinite(new) & (new > 0))
    if not bad.any():
        return
    worst = int(np.argmin(np.where(np.isfinite(new), new / base, -np.inf)))
    raise EstimationError(
        f"{int(bad.sum())} of {len(new)} fitted weights are not above 0 (first rows {first_rows(bad)}; "
        f"lowest {new[worst]:.4g} in row {worst + 1}, {new[worst] / base[worst]:.4g} times its base "
        'weight), and nobody stands for less than nobody; take method="raking" or "logit", or give '
        "bounds=(low, high) with low above 0"
    )


def _at_bounds(g: NDArray[np.float64], bounds: tuple[float, float] | None, path: str) -> list[Finding]:
    if bounds is None:
        return []
    near = 1e-6
    low, high = bounds
    at_low = int((g <= low * (1 + near)).sum())
    at_high = int((g >= high * (1 - near)).sum())
    if not at_low + at_high:
        return []
    return [
        Finding.of(
            "IKM639", path=path, n=len(g), at_low=at_low, at_high=at_high, low=f"{low:g}", high=f"{high:g}"
        )
    ]


def _extreme(w: NDArray[np.float64], path: str) -> list[Finding]:
    median, highest, lowest = float(np.median(w)), float(w.max()), float(w.min())
    deff = kish(w)
    if deff <= _KISH and highest <= _MEDIANS * median:
        return []
    far = w > _MEDIANS * median
    return [
        Finding.of(
            "IKM630",
            path=path,
            ratio=highest / lowest,
            medians=highest / median,
            deff=deff,
            rows=(np.flatnonzero(far)[:10] + 1).tolist() or ["–"],
            count=int(far.sum()),
        )
    ]
