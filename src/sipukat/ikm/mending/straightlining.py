"""`straightlining`: forms with one score throughout, and what the index is without them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import narwhals.stable.v2 as nw
import numpy as np

from sipukat._text import number
from sipukat._validation import kind_of, names_of, share_between
from sipukat.errors import ArgumentError, ArgumentTypeError, EstimationError
from sipukat.findings import Finding, Findings
from sipukat.ikm.design import checked_design
from sipukat.ikm.encoding import scores
from sipukat.ikm.estimators import part_of
from sipukat.ikm.intervals import t_quantile
from sipukat.ikm.linear import linear_of
from sipukat.ikm.mending.straight import Straight, Straightlining
from sipukat.ikm.moments import Moments
from sipukat.ikm.remarks import label
from sipukat.ikm.results import IkmResult
from sipukat.ikm.rollup import name_of
from sipukat.ikm.scan import moments, rule_of
from sipukat.ikm.stages import contrast_covariance
from sipukat.survey import Responses
from sipukat.survey.columns import resolve

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from narwhals.stable.v2.typing import IntoFrame
    from numpy.typing import NDArray

    from sipukat.ikm.design import Design, ReplicateWeights
    from sipukat.ikm.parts import Part
    from sipukat.ikm.replicates import Replicated
    from sipukat.standards import SurveyStandard

_FLAG: Final = "sipukat: straight line"
_FEWEST: Final = 2
_DUST: Final = 1e-13
_NAN: Final = float("nan")


def straight_scores(answers: Sequence[NDArray[np.int8]], fewest: int | None = None) -> NDArray[np.int8]:
    """Return the score that each respondent gave throughout; 0 for all others.

    Parameters
    ----------
    answers
        The unsur, one array each; 0 where unanswered.
    fewest
        Answers that a form must have to be judged; by default every unsur.

    Examples
    --------
    >>> straight_scores([np.array([3, 3, 4], np.int8), np.array([3, 0, 2], np.int8)]).tolist()
    [3, 0, 0]
    """
    table = np.stack(answers)
    low = np.where(table > 0, table, np.iinfo(np.int8).max).min(axis=0)
    high = table.max(axis=0)
    enough = (table > 0).sum(axis=0) >= (len(table) if fewest is None else fewest)
    return np.where(enough & (low == high), high, 0).astype(np.int8)


def straightlining(
    data: Responses | IntoFrame,
    standard: str | SurveyStandard | None = None,
    *,
    by: str | Sequence[str] = (),
    design: Design | None = None,
    order: str | Sequence[str] | None = None,
    columns: Mapping[str, str] | None = None,
    fewest: int | None = None,
    confidence_level: float = 0.95,
) -> Straightlining:
    """Count forms with one score throughout, and say what the index is without them.

    Such a form can be honest. Nothing is left out of any index by this.

    Parameters
    ----------
    data
        Responses, or a frame of any engine; a lazy one is collected. Rows are needed, so
        neither moments nor a result will do.
    standard, by, design, order, columns
        As in `sipukat.ikm.estimate`.
    fewest
        Answers that a form must have to be judged, 2 or more; by default every unsur of
        the survey, as in the finding SRV409.
    confidence_level
        Of the intervals of the effect, between 0 and 1.

    Returns
    -------
    Straightlining

    Raises
    ------
    ArgumentError
        If data holds no rows, or level or `fewest` make no sense.
    EstimationError
        If there is no respondent.
    ColumnError, AnswerError, DesignError
        As `sipukat.ikm.moments`.

    Notes
    -----
    The effect is the index without these forms less that with all. Both are of one sample,
    the first of a domain of it, and the variance of the difference is that of its linearized
    score: with means m over all and m' over the others, sums of weights R and R', and
    weights w of the unsur, a respondent with answers x has ``- sum w (x - m) / R``, and if not
    straight also ``+ sum w (x - m') / R'``. Strata, PSUs, both stages and fitted weights enter
    as in `sipukat.ikm.estimate`; with replicate weights the difference of every replicate is
    taken. The number of straight forms counts as random.

    References
    ----------
    Särndal, Swensson & Wretman (1992), Model Assisted Survey Sampling, sections 5.5 and 5.8.
    Krosnick (1991), Response strategies for coping with the cognitive demands of attitude
    measures in surveys, Applied Cognitive Psychology 5(3).

    Examples
    --------
    >>> import pandas as pd
    >>> from sipukat.ikm.mending.straightlining import straightlining
    >>> frame = pd.DataFrame({f"U{i}": [4, 3, 2 + i % 3, 3 - i % 2] for i in range(1, 10)})
    >>> found = straightlining(frame).overall
    >>> found.straight, found.scores, found.published, found.published_without
    (2, {3: 1, 4: 1}, Decimal('77.78'), Decimal('68.06'))
    """
    if isinstance(data, Moments | IkmResult):
        raise ArgumentTypeError(f"data is {kind_of(data)}, without rows; give the responses or the frame")
    confidence_level = share_between(confidence_level, what="confidence_level")
    names = names_of(by, "by")
    design = checked_design(design)
    summed = partial(moments, standard=standard, design=design, order=order, columns=columns)
    whole = summed(data, by=names)
    if not int(whole.n.sum()):
        raise EstimationError("there is no respondent, so there is nothing to count")
    if fewest is not None and (isinstance(fewest, bool) or not _FEWEST <= fewest <= whole.k):
        raise ArgumentError(f"fewest is {fewest!r}; a form has {_FEWEST} to {whole.k} answers to be judged")
    rule = rule_of(data, standard)
    marked = _marked(data, rule, {*names, *design.columns}, fewest, order=order, columns=columns)
    split = summed(marked, by=(*names, _FLAG))
    flags = summed(marked, by=_FLAG) if names else split
    (overall,) = _compared(whole.pooled(), flags, rule, confidence_level)
    groups = _compared(whole, split, rule, confidence_level) if names else ()
    return Straightlining(
        overall=overall,
        groups=groups,
        by=whole.by,
        fewest=whole.k if fewest is None else fewest,
        standard=rule,
        confidence_level=confidence_level,
        findings=Findings([f for row in (overall, *groups) for f in _said(row, overall=row is overall)]),
    )


def _marked(
    data: Any,
    rule: SurveyStandard,
    taken: set[str],
    fewest: int | None,
    *,
    order: str | Sequence[str] | None,
    columns: Mapping[str, str] | None,
) -> Any:
    """Add a column with the score of every straight form, 0 for the others."""
    frame: Any = nw.from_native(data.frame if isinstance(data, Responses) else data)
    if isinstance(frame, nw.LazyFrame):
        frame = frame.collect()
    unsur: Iterable[str] = data.unsur if isinstance(data, Responses) else ()
    if not isinstance(data, Responses):
        unsur = resolve(
            [n for n in frame.columns if n not in taken], rule, order=order, columns=columns
        ).unsur
    low, high = rule.scale.low, rule.scale.high
    answers = [scores(frame.get_column(name), name=name, low=low, high=high) for name in unsur]
    flag = nw.new_series(_FLAG, straight_scores(answers, fewest), backend=frame.implementation)
    held = nw.to_native(frame.with_columns(flag))
    return replace(data, frame=held) if isinstance(data, Responses) else held


def _compared(
    whole: Moments, split: Moments, rule: SurveyStandard, confidence_level: float
) -> tuple[Straight, ...]:
    """Compare every group of `whole` with its part in `split` whose flag is 0."""
    profile = rule.profile("exact")
    everyone = part_of(whole, rule, profile, "per_unsur")
    parts = part_of(split, rule, profile, "per_unsur")
    places = {g: i for i, g in enumerate(split.groups)}
    variance = _variance(everyone, parts)
    quantile = t_quantile(everyone.df, confidence_level)
    weight = split.per_group(split.weight).astype(np.float64)
    out = []
    for u, group in enumerate(whole.groups):
        mine = {g: i for g, i in places.items() if g[:-1] == group}
        lines = {int(g[-1]): i for g, i in mine.items() if g[-1]}
        other = mine.get((*group, 0))
        counts = {score: int(parts.n[i]) for score, i in sorted(lines.items())}
        straight, n = sum(counts.values()), int(everyone.n[u])
        cents, cents_without = int(everyone.points.hundredths[u]), -1
        ikm, without = float(everyone.points.ikm[u]), _NAN
        if other is not None:
            cents_without, without = int(parts.points.hundredths[other]), float(parts.points.ikm[other])
        se = float(np.sqrt(variance[u])) if straight and other is not None and everyone.df[u] >= 1 else _NAN
        difference = without - ikm if straight else 0.0
        half = float(quantile[u]) * se
        held = float(weight[list(lines.values())].sum())
        out.append(
            Straight(
                group=name_of(group),
                n=n,
                straight=straight,
                share=straight / n if n else _NAN,
                weighted_share=held / float(everyone.weight[u]) if n else _NAN,
                scores=counts,
                ikm=ikm,
                published=_published(cents),
                mutu=_mutu(cents, rule),
                ikm_without=without,
                published_without=_published(cents_without),
                mutu_without=_mutu(cents_without, rule),
                difference=difference,
                se=se,
                low=difference - half,
                high=difference + half,
                df=float(everyone.df[u]),
            )
        )
    return tuple(out)


def _variance(everyone: Part, parts: Part) -> NDArray[np.float64]:
    """Return (g,) variances of the index without straight forms less that with all, in points."""
    m = parts.moments
    at = {group: u for u, group in enumerate(everyone.moments.groups)}
    owner = np.array([at[g[:-1]] for g in m.groups], dtype=np.int64)
    line = np.array([bool(g[-1]) for g in m.groups])
    if m.replicates is not None and m.design.replicate_weights is not None:
        return _of_replicates(
            everyone, parts, owner, line, held=m.replicates, rule=m.design.replicate_weights
        )
    with np.errstate(divide="ignore", invalid="ignore"):
        all_scale = np.nan_to_num(everyone.points.unsur_weight / everyone.points.answered)[owner]
        own_scale = np.nan_to_num(parts.points.unsur_weight / parts.points.answered)
    all_mean = np.nan_to_num(everyone.points.nrr)[owner]
    own_mean = np.nan_to_num(parts.points.nrr)
    rest = np.maximum(own_scale - all_scale, 0.0)
    rest = np.where(rest > _DUST * own_scale, rest, 0.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        centre = np.where(rest > 0, (own_scale * own_mean - all_scale * all_mean) / rest, 0.0)
    linear = linear_of(
        m,
        np.where(line[:, None], all_mean, centre),
        np.where(line[:, None], all_scale, rest),
    ).combined(np.ones_like(all_mean))
    sign = np.where(line, -1.0, 1.0)
    coefficient = np.where(owner[None, :] == np.arange(len(at))[:, None], sign[None, :], 0.0)
    return np.maximum(contrast_covariance(linear, coefficient)[:, 0, 0], 0.0) * parts.factor**2


def _of_replicates(
    everyone: Part,
    parts: Part,
    owner: NDArray[np.int64],
    line: NDArray[np.bool_],
    *,
    held: Replicated,
    rule: ReplicateWeights,
) -> NDArray[np.float64]:
    """Return the same from the difference that every replicate gives."""
    m = parts.moments
    sums = m.per_group(held.total)
    out = np.full(len(everyone.moments.groups), np.nan)
    for u in range(len(out)):
        whole, rest = sums[owner == u].sum(axis=0), sums[(owner == u) & ~line].sum(axis=0)
        other = np.flatnonzero((owner == u) & ~line)
        if not len(other):
            continue
        found = _indices(rest, parts.points.unsur_weight[other[0]], m.k)
        found = found - _indices(whole, everyone.points.unsur_weight[u], m.k)
        full = (parts.points.ikm[other[0]] - everyone.points.ikm[u]) / parts.factor
        centre = full if rule.mse else found.mean()
        out[u] = (np.array(rule.factors) * (found - centre) ** 2).sum() * parts.factor**2
    return out


def _indices(sums: NDArray[np.float64], weight: NDArray[np.float64], k: int) -> NDArray[np.float64]:
    """Return (R,) indices on the scale of the answers, of (R, 2k) sums; NaN where one has no answer."""
    held = weight > 0
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = sums[:, k:] / sums[:, :k]
    return np.asarray(mean[:, held] @ weight[held])


def _published(cents: int) -> Decimal | None:
    return None if cents < 0 else Decimal(cents).scaleb(-2)


def _mutu(cents: int, rule: SurveyStandard) -> str | None:
    value = _published(cents)
    band = None if value is None else rule.band(value)
    return band.mutu if band else None


def _said(row: Straight, *, overall: bool) -> list[Finding]:
    path = "" if overall else label(row.group)
    if row.straight and row.published_without is None:
        return [Finding.of("IKM684", path=path, n=row.straight)]
    if row.mutu_without == row.mutu or not row.straight:
        return []
    found = Finding.of(
        "IKM686",
        path=path,
        mutu=row.mutu,
        ikm=number(row.published),
        mutu_without=row.mutu_without,
        ikm_without=number(row.published_without),
        n=row.straight,
    )
    return [found]
