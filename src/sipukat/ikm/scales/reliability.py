"""`reliability`: whether the unsur measure one thing, with intervals, and what each adds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from sipukat import standards
from sipukat._validation import share_between
from sipukat.errors import ArgumentError, EstimationError
from sipukat.findings import Finding, Findings
from sipukat.ikm.results import IkmResult
from sipukat.ikm.scales.answer_covariance import AnswerCovariance, answer_covariance
from sipukat.ikm.scales.coefficients import cronbach, feldt, fisher, item_rest
from sipukat.ikm.scales.omega import FEWEST, omega, one_factor
from sipukat.ikm.scales.reliable import Reliability, UnsurReliability
from sipukat.ikm.scan import moments, rule_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from narwhals.stable.v2.typing import IntoFrame
    from numpy.typing import NDArray

    from sipukat.ikm.design import Design
    from sipukat.ikm.moments import Moments
    from sipukat.ikm.scales.omega import Omega
    from sipukat.standards import SurveyStandard
    from sipukat.survey import Responses

_NAN: Final = float("nan")


def reliability(
    data: Responses | Moments | IkmResult | IntoFrame,
    standard: str | SurveyStandard | None = None,
    *,
    design: Design | None = None,
    order: str | Sequence[str] | None = None,
    columns: Mapping[str, str] | None = None,
    confidence_level: float = 0.95,
) -> Reliability:
    """Say how well the unsur hang together, with intervals, and what each one adds.

    All groups are taken as one, and only respondents who answered every unsur count.

    Parameters
    ----------
    data
        Responses, a frame, moments, or a result of `sipukat.ikm.estimate`.
    standard, design, order, columns
        As in `sipukat.ikm.estimate`; not with a result, which has them already.
    confidence_level
        Of all intervals, between 0 and 1.

    Returns
    -------
    Reliability

    Raises
    ------
    EstimationError
        If fewer than 3 respondents answered everything, fewer than two unsur vary, or the
        answers of all respondents add up to the same.
    ArgumentError
        If the level is none, or options were given beside a result.
    ColumnError, AnswerError, DesignError
        As `sipukat.ikm.moments`.

    Notes
    -----
    Alpha is ``k/(k-1) (1 - sum s_i^2 / s_T^2)``; weighted, with weighted variances. Its
    interval is that of Feldt: ``(1 - alpha) / (1 - alpha hat)`` follows F with n - 1 and
    (n - 1)(k - 1) degrees of freedom. All intervals stand on the effective n of
    `sipukat.ikm.scales.answer_covariance.AnswerCovariance`: fewer than the respondents where the
    design is not simple, or most answers lie at one end of the scale (there textbook
    intervals cover 70 % for 95 %). An unsur that does not vary is left out, as R's
    ``psych::alpha`` does.

    Omega is from one factor by maximum likelihood, see `sipukat.ikm.omega`. Alpha is not
    above omega where one factor holds; how far they differ says how unlike the unsur are.

    References
    ----------
    Cronbach (1951), Coefficient alpha and the internal structure of tests, Psychometrika
    16(3); Feldt (1965), The approximate sampling distribution of Kuder-Richardson
    reliability coefficient twenty, Psychometrika 30(3); McDonald (1999), Test Theory, ch. 6.

    Examples
    --------
    >>> import pandas as pd
    >>> from sipukat.ikm.scales.reliability import reliability
    >>> answers = {f"U{i}": [1, 2, 3, 4, 4, 3, 2 + i % 2, 1 + i % 3] for i in range(1, 10)}
    >>> found = reliability(pd.DataFrame(answers))
    >>> round(found.alpha, 3), round(found.items[0].item_rest, 3), found.used
    (0.986, 0.985, 8)
    """
    confidence_level = share_between(confidence_level, what="confidence_level")
    sums, rule = _sums(data, standard, design=design, order=order, columns=columns)
    held = answer_covariance(sums.pooled(), rule)
    if held.used <= 2:  # noqa: PLR2004  two points always lie on a line
        raise EstimationError(f"{held.used} respondents answered everything; reliability needs at least 3")
    found, held = _varying(held)
    total = held.covariance.sum()
    if total <= 0:
        raise EstimationError(
            "the answers of every respondent add up to the same, so there is no variance to be reliable"
        )
    k, level = len(held.unsur), confidence_level
    alpha = cronbach(held.covariance)
    low, high = feldt(alpha, held.effective_n, k, level)
    r_bar = (held.correlation.sum() - k) / (k * (k - 1))
    loading, whole, standard_omega, said = _omega(held, level)
    items = _items(held, loading, level, {u.key: u.nama for u in rule.unsur})
    against = [item.unsur for item in items if item.item_rest < 0]
    if against:
        said.append(Finding.of("IKM689", unsur=against))
    return Reliability(
        n=held.n,
        used=held.used,
        effective_n=held.effective_n,
        alpha=alpha,
        alpha_low=low,
        alpha_high=high,
        alpha_standardized=float(k * r_bar / (1 + (k - 1) * r_bar)),
        omega=whole.value if whole else _NAN,
        omega_low=whole.low if whole else _NAN,
        omega_high=whole.high if whole else _NAN,
        omega_standardized=standard_omega,
        items=items,
        confidence_level=level,
        findings=Findings([*found, *said]),
    )


def _sums(
    data: Any,
    standard: str | SurveyStandard | None,
    *,
    design: Design | None,
    order: str | Sequence[str] | None,
    columns: Mapping[str, str] | None,
) -> tuple[Moments, SurveyStandard]:
    if isinstance(data, IkmResult):
        given = {"standard": standard, "design": design, "order": order, "columns": columns}
        told = [name for name, value in given.items() if value is not None]
        if told:
            raise ArgumentError(f"a result has its own {', '.join(told)}; leave them out, or give the data")
        return data.moments, data.standard
    sums = moments(data, standard, design=design, order=order, columns=columns)
    if standard is None and isinstance(getattr(data, "standard", None), str):
        return sums, standards.survey(sums.standard)
    return sums, rule_of(data, standard)


def _varying(held: AnswerCovariance) -> tuple[list[Finding], AnswerCovariance]:
    """Leave out unsur that do not vary, and say so.

    Raises
    ------
    EstimationError
        If fewer than two vary.
    """
    found = []
    if held.used < held.n:
        found.append(Finding.of("IKM680", left=held.n - held.used, n=held.n))
    varies = held.varies
    if varies.sum() < 2:  # noqa: PLR2004  reliability is agreement of at least two
        raise EstimationError(
            f"{int(varies.sum())} of {len(varies)} unsur vary among {held.used} complete respondents; "
            "reliability needs at least two with different answers"
        )
    if not varies.all():
        still = [name for name, moves in zip(held.unsur, varies.tolist(), strict=True) if not moves]
        found.append(Finding.of("IKM681", unsur=still))
        held = held.only(varies)
    return found, held


def _omega(
    held: AnswerCovariance, level: float
) -> tuple[NDArray[np.float64], Omega | None, float, list[Finding]]:
    """Return loadings, omega, omega of standard scores, and what could not be said."""
    k = len(held.unsur)
    try:
        fit = one_factor(held.correlation)
    except EstimationError:
        said = [Finding.of("IKM682", fewest=FEWEST, unsur=k, n=held.used)]
        return np.full(k, np.nan), None, _NAN, said
    said = []
    if fit.at_bound.any():
        names = [held.unsur[i] for i in np.flatnonzero(fit.at_bound).tolist()]
        said.append(Finding.of("IKM687", unsur=names))
    whole = omega(fit, np.sqrt(np.diag(held.covariance)), held.effective_n, level)
    return fit.loading, whole, float(1 - fit.uniqueness.sum() / held.correlation.sum()), said


def _items(
    held: AnswerCovariance, loading: NDArray[np.float64], level: float, names: Mapping[str, str]
) -> tuple[UnsurReliability, ...]:
    k = len(held.unsur)
    rest = item_rest(held.covariance)
    low, high = fisher(rest, held.effective_n, level)
    out = []
    for j, name in enumerate(held.unsur):
        others = np.arange(k) != j
        dropped = cronbach(held.covariance[np.ix_(others, others)])
        between = feldt(dropped, held.effective_n, k - 1, level) if np.isfinite(dropped) else (_NAN, _NAN)
        out.append(
            UnsurReliability(
                unsur=name,
                nama=names.get(name, name),
                mean=float(held.mean[j]),
                sd=float(np.sqrt(held.covariance[j, j])),
                item_rest=float(rest[j]),
                item_rest_low=float(low[j]),
                item_rest_high=float(high[j]),
                alpha_dropped=dropped,
                alpha_dropped_low=between[0],
                alpha_dropped_high=between[1],
                loading=float(loading[j]),
            )
        )
    return tuple(out)
