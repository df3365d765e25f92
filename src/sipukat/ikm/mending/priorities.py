"""`priorities`: what to mend first, what it would bring, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from numbers import Real
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from sipukat._validation import must_be, share_between, whole_number
from sipukat.errors import ArgumentError, EstimationError, UnknownNameError
from sipukat.findings import Finding, Findings
from sipukat.ikm.intervals import t_quantile
from sipukat.ikm.mending.importance import IMPORTANCES, importance_of
from sipukat.ikm.mending.lowest import paired_p
from sipukat.ikm.mending.prioritized import Priorities, Quadrant, UnsurPriority
from sipukat.ikm.remarks import label
from sipukat.ikm.results import IkmResult
from sipukat.ikm.scales.answer_covariance import answer_covariance
from sipukat.ikm.tables import unsur_frame

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sipukat.ikm.mending.importance import Importance
    from sipukat.ikm.parts import Part
    from sipukat.standards import SurveyStandard

_NAN: Final = float("nan")
_NONE: Final = "none"
_FEWEST_DRAWS: Final = 200
_DUST: Final = 1e-9
_QUADRANTS: Final[dict[tuple[bool, bool], Quadrant]] = {
    (True, False): "prioritas utama",
    (True, True): "pertahankan",
    (False, False): "prioritas rendah",
    (False, True): "berlebihan",
}
"""Whether important, and whether performing, to the name of the quadrant."""


def priorities(
    result: IkmResult,
    *,
    group: object = None,
    target: float | None = None,
    importance: str = "correlation",
    confidence_level: float | None = None,
    draws: int = 2000,
    seed: int = 20170508,
) -> Priorities:
    """Put the unsur in the order of what to mend, with what each would bring.

    Parameters
    ----------
    result
        A result of `sipukat.ikm.estimate`; its sums are enough.
    group
        Name of one of its groups; by default all respondents. The group of empty cells is
        ``(None,)``.
    target
        Value on the published scale (25 to 100) that `gain` is counted to; by default the
        level of the best unsur.
    importance
        ``"correlation"`` with the sum of the other unsur; ``"partial"``, the mean partial
        correlation with each other one; ``"relative_weights"``, the mean share of each other
        unsur that it explains (Johnson, 2000); or ``"none"``.
    confidence_level
        Between 0 and 1; by default that of the result.
    draws, seed
        Draws of the intervals of importance, at least 200, and their seed.

    Returns
    -------
    Priorities

    Raises
    ------
    UnknownNameError
        If there is no such group or method.
    ArgumentError
        If target, level or draws make no sense.
    EstimationError
        If nobody answered.

    Notes
    -----
    With weight w_j in the index, mean m_j and factor F (25): an unsur that rises alone to
    the level L lifts the index by ``F w_j max(0, L - m_j)``. To the best unsur b its variance
    is ``F^2 w_j^2 (V_bb + V_jj - 2 V_bj)``, to a fixed level ``F^2 w_j^2 V_jj``, with V the
    covariance of the unsur means under the design. The best is taken as chosen before the
    data, so the first gain flatters a little when several are as good.

    Unsur are "lowest" until their paired difference from the lowest is beyond chance, all
    pairs as one family (`sipukat.ikm.mending.lowest.paired_p`).

    No survey of the regulation asks an overall question, so importance is *derived*: it says
    which unsur move with the others among respondents who answered all of them. A cause, or
    what people hold to be important, it cannot say; a trait that all unsur share (kind
    people) lifts them all. Intervals are those of `sipukat.ikm.mending.importance.importance_of`.

    The quadrant cuts importance and mean score at their means. It is sure where neither the
    score (Student's t, from V) nor the importance (drawn) may lie on the other side.

    References
    ----------
    Permenpan RB Nomor 14 Tahun 2017, Lampiran, and the reports since 2022: the follow-up
    starts from the lowest unsur. Martilla & James (1977), Importance-performance analysis,
    J. Marketing 41(1). Oliver (2010), Satisfaction, 2nd ed., ch. 2 (limits of derived
    importance).

    Examples
    --------
    >>> import pandas as pd
    >>> from sipukat import ikm
    >>> from sipukat.ikm.mending.priorities import priorities
    >>> answers = {f"U{i}": [4, 3, 4, 3, 4, 2 + i % 3] * 5 for i in range(1, 10)}
    >>> answers["U4"] = [2, 2, 3, 1, 3, 2] * 5
    >>> found = priorities(ikm.estimate(pd.DataFrame(answers)), target=88.31)
    >>> found.rows[0].unsur, round(found.rows[0].gain, 2), found.lowest
    ('biaya', 3.79, ('biaya',))
    """
    must_be(IkmResult, result, "result", "an IkmResult, e.g. of sipukat.ikm.estimate")
    level = result.confidence_level
    if confidence_level is not None:
        level = share_between(confidence_level, what="confidence_level")
    if importance not in (*IMPORTANCES, _NONE):
        raise UnknownNameError("importance", importance, [*IMPORTANCES, _NONE])
    draws = whole_number(draws, "draws", least=_FEWEST_DRAWS)
    e = result.overall if group is None else result[group]
    part = e.part
    if part is None or e.published is None:
        raise EstimationError("nobody answered, so there is nothing to put in order")
    v = _values(result, part, e.at)
    reach = _reach(target, v, part)
    used = int(part.moments.per_group(part.moments.n_complete)[e.at])
    derived, effective_n, said = None, _NAN, _carried(result, group)
    if importance != _NONE:
        derived, effective_n, about = _derived(
            part, result.standard, e.at, importance, confidence_level=level, draws=draws, seed=seed
        )
        said += about
    rows = _rows(v, reach, derived, level, result.standard)
    others = [row.nama for row in rows[1:] if row.lowest]
    if others:
        path = "" if group is None else label(group)
        said.append(Finding.of("IKM685", path=path, lowest=rows[0].nama, others=others))
    return Priorities(
        rows=rows,
        standard=result.standard,
        group=group,
        ikm=e.published,
        target=None if target is None else float(target),
        importance=importance,
        n=e.n,
        used=used,
        effective_n=effective_n,
        confidence_level=level,
        findings=Findings(said),
    )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Values:
    """The k unsur that were answered, with the covariance of their means in scores.

    `at` are their places in the survey; `shown` holds name, nilai, se, low, high and mutu.
    """

    at: NDArray[np.int64]
    names: tuple[str, ...]
    shown: tuple[dict[str, Any], ...]
    nrr: NDArray[np.float64]
    covariance: NDArray[np.float64]
    weight: NDArray[np.float64]
    answered: NDArray[np.int64]
    df: float
    census: bool
    factor: float


def _values(result: IkmResult, part: Part, g: int) -> _Values:
    m = part.moments
    level = result.confidence_level
    frame = unsur_frame(m.by, part, result.standard, interval=result.interval, confidence_level=level)
    rows = frame.iloc[g * m.k : (g + 1) * m.k].to_dict("records")
    at = np.flatnonzero(np.isfinite(part.points.nrr[g]))
    return _Values(
        at=at,
        names=tuple(m.unsur[i] for i in at.tolist()),
        shown=tuple({str(key): value for key, value in rows[i].items()} for i in at.tolist()),
        nrr=part.points.nrr[g, at],
        covariance=part.unsur_covariance[g][np.ix_(at, at)],
        weight=part.points.unsur_weight[g, at],
        answered=m.per_group(m.levels)[g].sum(axis=1)[at],
        df=float(part.df[g]),
        census=bool(part.fraction[g] >= 1),
        factor=part.factor,
    )


def _reach(target: float | None, v: _Values, part: Part) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return what the index gains if each unsur rises to the target, and its variance.

    Raises
    ------
    ArgumentError
        If the target lies off the scale.
    """
    own = np.diag(v.covariance)
    if target is None:
        best = int(np.argmax(v.nrr))
        rise = v.nrr[best] - v.nrr
        variance = np.where(rise > _DUST, own[best] + own - 2 * v.covariance[best], 0.0)
    else:
        low, high = part.moments.low * v.factor, part.moments.high * v.factor
        if isinstance(target, bool) or not isinstance(target, Real | Decimal) or not low <= target <= high:
            raise ArgumentError(f"target is {target!r}; the published scale goes from {low:g} to {high:g}")
        rise = float(target) / v.factor - v.nrr
        variance = np.where(rise > _DUST, own, 0.0)
    each = v.factor * v.weight
    return each * np.where(rise > _DUST, rise, 0.0), each**2 * np.maximum(variance, 0.0)


def _derived(
    part: Part,
    rule: SurveyStandard,
    g: int,
    method: str,
    *,
    confidence_level: float,
    draws: int,
    seed: int,
) -> tuple[Importance | None, float, list[Finding]]:
    """Return importance, the effective n it stands on, and what a reader must know of it."""
    m = part.moments
    said = [Finding.of("IKM683", method=method)]
    complete = int(m.per_group(m.n_complete)[g])
    if complete < 2:  # noqa: PLR2004  nothing varies together in one form
        return (
            None,
            _NAN,
            [*said, Finding.of("IKM688", method=method, effective_n=complete, unsur=[*m.unsur])],
        )
    held = answer_covariance(m, rule, g)
    found = importance_of(held, method, confidence_level=confidence_level, draws=draws, seed=seed)
    if held.used < held.n:
        said.append(Finding.of("IKM680", left=held.n - held.used, n=held.n))
    still = [name for name, moves in zip(held.unsur, held.varies.tolist(), strict=True) if not moves]
    if still:
        said.append(Finding.of("IKM681", unsur=still))
    unknown = held.varies & ~np.isfinite(found.low)
    if unknown.any():
        names = [held.unsur[i] for i in np.flatnonzero(unknown).tolist()]
        said.append(Finding.of("IKM688", method=method, effective_n=held.effective_n, unsur=names))
    against = [name for name, value in zip(held.unsur, found.value.tolist(), strict=True) if value < 0]
    if against and method == "correlation":
        said.append(Finding.of("IKM689", unsur=against))
    return found, held.effective_n, said


def _carried(result: IkmResult, group: object) -> list[Finding]:
    """Keep what the result says of the names of its unsur, and of unsur nobody answered."""
    path = "" if group is None else label(group[0] if isinstance(group, tuple) and len(group) == 1 else group)
    return [f for f in result.findings if f.code == "IKM602" or (f.code == "IKM606" and f.path == path)]


def _rows(
    v: _Values,
    reach: tuple[NDArray[np.float64], NDArray[np.float64]],
    derived: Importance | None,
    level: float,
    rule: SurveyStandard,
) -> tuple[UnsurPriority, ...]:
    order = np.argsort(np.round(v.nrr, 9), kind="stable")
    p = paired_p(v.nrr, v.covariance, df=v.df, answered=v.answered, census=v.census)
    side = _side(v, level)
    nothing = np.full(len(v.names), np.nan)
    value, low, high = (
        (nothing,) * 3 if derived is None else (derived.value[v.at], derived.low[v.at], derived.high[v.at])
    )
    cut = float(np.nanmean(value)) if np.isfinite(value).any() else _NAN
    middle = float(v.nrr.mean())
    own = np.diag(v.covariance)
    out = []
    for i in order.tolist():
        shown = v.shown[i]
        letter, rise = _next(float(shown["nilai"]), shown["mutu"], rule)
        each = v.factor * float(v.weight[i])
        quadrant, sure = None, False
        if derived is not None and np.isfinite(value[i]):
            quadrant = _QUADRANTS[bool(value[i] >= cut - _DUST), bool(v.nrr[i] >= middle - _DUST)]
            sure = bool(derived.above[v.at[i]] != 0 and side[i] != 0)
        out.append(
            UnsurPriority(
                unsur=v.names[i],
                nama=str(shown["nama"]),
                nrr=float(v.nrr[i]),
                nilai=float(shown["nilai"]),
                se=float(shown["se"]),
                low=float(shown["low"]),
                high=float(shown["high"]),
                mutu=shown["mutu"],
                place=1 + int((v.nrr < v.nrr[i] - _DUST).sum()),
                lowest=bool(i == order[0] or p[order[0], i] > 1 - level),
                gain=float(reach[0][i]),
                gain_se=float(np.sqrt(reach[1][i])),
                next_mutu=letter,
                gain_next=float(v.weight[i]) * rise,
                gain_next_se=_NAN if letter is None else each * float(np.sqrt(max(own[i], 0.0))),
                importance=float(value[i]),
                importance_low=float(low[i]),
                importance_high=float(high[i]),
                quadrant=quadrant,
                sure=sure,
            )
        )
    return tuple(out)


def _side(v: _Values, level: float) -> NDArray[np.int64]:
    """Say which unsur surely lie above (1) or below (-1) the mean of all, and which do not (0)."""
    k = len(v.names)
    centre = np.eye(k) - 1 / k
    se = np.sqrt(np.maximum(np.diag(centre @ v.covariance @ centre), 0.0))
    half = t_quantile(np.array([v.df]), level)[0] * se
    apart = v.nrr - v.nrr.mean()
    return np.where(np.abs(apart) > half, np.sign(apart), 0).astype(np.int64)


def _next(nilai: float, mutu: str | None, rule: SurveyStandard) -> tuple[str | None, float]:
    """Return the next better letter and how far its lower bound is; None and NaN without one."""
    letters = [band.mutu for band in rule.bands]
    if mutu is None or mutu == letters[-1]:
        return None, _NAN
    band = rule.bands[letters.index(mutu) + 1]
    return band.mutu, max(float(band.low) - nilai, 0.0)
