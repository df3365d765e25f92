"""`shrink`: small units lean on the others, beside the official index and never instead of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final, Literal

import numpy as np

from sipukat._validation import kind_of, must_be
from sipukat.errors import ArgumentError, ArgumentTypeError, EstimationError, UnknownNameError
from sipukat.findings import Finding, Findings
from sipukat.ikm.joint import joint
from sipukat.ikm.ranks.pairwise import ZERO, shown_name
from sipukat.ikm.results import IkmResult
from sipukat.ikm.rollup import name_of
from sipukat.ikm.shrinking.fay_herriot import fit, predict
from sipukat.ikm.shrinking.shrunken import METHOD, Shrunken, ShrunkenRow, Variances

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from sipukat.ikm.parts import Part
    from sipukat.ikm.shrinking.fay_herriot import Fit

_ENOUGH: Final = 15
_CORRELATED: Final = 0.05


def shrink(
    result: IkmResult,
    *,
    covariates: Mapping[Any, Any] | pd.DataFrame | None = None,
    variances: Variances = "direct",
    method: Literal["REML"] = "REML",
) -> Shrunken:
    """Let small units lean on what the others have in common (Fay-Herriot).

    The estimate of a unit is drawn towards the mean of all, or towards what its covariates
    predict, the more so the less is known of the unit itself. It is nearer to the truth on
    average, and not the index that the regulation asks for: that one stands beside it in
    every output.

    Parameters
    ----------
    result
        A result with groups.
    covariates
        Group to a number, a sequence of numbers or a mapping of names to numbers, or a
        frame indexed by group: what is known of every group, also of those with too few
        respondents. An intercept is added.
    variances
        ``"direct"``: those of the groups; ``"pooled"``: one variance between respondents
        for all, over their number. Small groups guess their own variance badly, and one
        that is too small by chance is shrunk too little.
    method
        ``"REML"``.

    Returns
    -------
    Shrunken

    Raises
    ------
    UnknownNameError
        If there is no such method or kind of variances.
    ArgumentError
        If covariates are missing for a group, not finite, unequal in number, or such that
        one follows from the others.
    EstimationError
        If the result has no groups, or fewer with a known error than coefficients and one.

    Notes
    -----
    ``ikm_i = x_i'b + v_i + e_i``, with ``Var(v) = A`` estimated by REML (at least 0) and
    ``Var(e_i)`` the square of the standard error, taken as known; see
    `sipukat.ikm.fay_herriot` for estimate and mean squared error. Groups are taken as
    independent. Pooled: ``c deff_i (1 - f_i) / n_i`` with the design effect of unequal
    weights, the share f of the population that was asked, and c the mean over groups of
    ``v_i n_i / (deff_i (1 - f_i))`` weighted by degrees of freedom; for simple random
    samples the pooled variance within groups. A group whose answers are all equal gets it
    in any case. A group that was asked in full is left as it is and takes no part in the
    fit. One without a known error, or with a single respondent, gets ``x_i'b``.

    References
    ----------
    Fay & Herriot (1979), Estimates of income for small places, JASA 74; Datta & Lahiri
    (2000), A unified measure of uncertainty of estimated best linear unbiased predictors in
    small area estimation problems, Statistica Sinica 10; Rao & Molina (2015), Small Area
    Estimation, 2nd ed., chapter 6.

    Examples
    --------
    >>> import pandas as pd
    >>> from sipukat import ikm
    >>> from sipukat.ikm.shrinking.shrinkage import shrink
    >>> answers = {"A": [4, 4, 3, 4] * 20, "B": [3, 4, 3, 4], "C": [2, 3, 2, 3] * 20, "D": [4]}
    >>> rows = [(unit, score) for unit, scores in answers.items() for score in scores]
    >>> unsur = {f"U{i}": [score for _, score in rows] for i in range(1, 10)}
    >>> small = shrink(ikm.estimate(pd.DataFrame({"unit": [u for u, _ in rows], **unsur}), by="unit"))
    >>> small["B"].ikm_direct, round(small["B"].ikm_shrunken, 2), small["D"].source
    (87.5, 86.7, 'synthetic')
    """
    if method != "REML":
        raise UnknownNameError("method of shrinkage", method, ["REML"])
    if variances not in ("direct", "pooled"):
        raise UnknownNameError("kind of variances", variances, ["direct", "pooled"])
    must_be(IkmResult, result, "result", "an IkmResult, e.g. of sipukat.ikm.estimate")
    part = result.groups
    if part is None:
        raise EstimationError("the result has no groups to shrink; estimate with by=")
    both = joint(result)
    names = tuple(name_of(g) for g in part.moments.groups)
    x, labels = _covariates(names, covariates)
    known = np.isin(np.arange(len(names)), [names.index(name) for name in both.names]) & (part.used > 1)
    census = known & (part.fraction >= 1)
    sampling, mended = _sampling(part, known & ~census, variances)
    fitted = np.isfinite(sampling)
    if fitted.sum() <= x.shape[1] or np.linalg.matrix_rank(x[fitted]) < x.shape[1]:
        raise EstimationError(
            f"{int(fitted.sum())} groups with a known error cannot carry a model of "
            f"{x.shape[1]} coefficients ({', '.join(labels)}); "
            "it takes more groups, or covariates that differ among them"
        )
    y = part.points.ikm
    model = fit(y[fitted], x[fitted], sampling[fitted])
    estimate, mse, weight = predict(model, y, x, sampling)
    estimate, mse = np.where(census, y, estimate), np.where(census, 0.0, mse)
    rows = tuple(
        ShrunkenRow(
            group=name,
            n=int(part.used[i]),
            ikm_direct=result[name].ikm,
            se_direct=0.0 if census[i] else float(np.sqrt(sampling[i])) if fitted[i] else float("nan"),
            ikm_shrunken=float(estimate[i]),
            rmse=float(np.sqrt(mse[i])),
            weight=1.0 if census[i] else float(weight[i]),
            source="census" if census[i] else "sampled" if fitted[i] else "synthetic",
        )
        for i, name in enumerate(names)
    )
    errors = np.sqrt(np.diag(model.coefficient_covariance)).tolist()
    return Shrunken(
        rows=rows,
        between=model.between,
        coefficients=dict(zip(labels, zip(model.coefficient.tolist(), errors, strict=True), strict=True)),
        variances=variances,
        method=METHOD,
        findings=Findings(_findings(part, rows, model, mended=mended, fitted=fitted)),
    )


def _sampling(
    part: Part, usable: NDArray[np.bool_], variances: Variances
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Return (g,) sampling variances, infinite where not usable, and which zeros were mended."""
    direct = np.where(usable, np.maximum(np.diag(part.index_joint), 0.0), np.inf)
    flat = usable & (np.sqrt(direct) < ZERO * np.abs(np.nan_to_num(part.points.ikm)))
    per_head = part.kish * (1 - part.fraction) / np.maximum(part.used, 1)
    share = np.where(usable, part.df, 0.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        single = np.where(usable, direct / per_head, 0.0)
    level = float((share * single).sum() / share.sum()) if share.sum() else 0.0
    pooled = np.where(usable & (level > 0), level * per_head, np.inf)
    if variances == "pooled":
        return pooled, np.zeros_like(flat)
    return np.where(flat, pooled, direct), flat & np.isfinite(pooled)


def _covariates(
    names: tuple[object, ...], covariates: Mapping[Any, Any] | pd.DataFrame | None
) -> tuple[NDArray[np.float64], list[str]]:
    """Return (g, p) covariates with a column of ones first, and the name of each."""
    one = np.ones((len(names), 1))
    if covariates is None:
        return one, ["intercept"]
    held, labels = _held(covariates)
    absent = [shown_name(name) for name in names if name not in held]
    if absent:
        raise ArgumentError(
            f"covariates lack {len(absent)} groups: {', '.join(absent[:10])}; give a number for every group"
        )
    try:
        rows = [np.atleast_1d(np.asarray(held[name], dtype=np.float64)) for name in names]
    except (TypeError, ValueError) as failure:
        raise ArgumentError(f"covariates must be numbers: {failure}") from failure
    if len({row.shape for row in rows}) != 1 or rows[0].ndim != 1:
        raise ArgumentError("covariates must have the same number of values for every group")
    values = np.stack(rows)
    bad = [shown_name(name) for name, row in zip(names, values, strict=True) if not np.isfinite(row).all()]
    if bad:
        raise ArgumentError(f"covariates of {', '.join(bad[:10])} are missing or infinite; give a number")
    spread = values.std(axis=0)
    x = np.hstack([one, values])
    scaled = np.hstack([one, (values - values.mean(axis=0)) / np.where(spread > 0, spread, 1.0)])
    if np.linalg.matrix_rank(scaled) < x.shape[1]:
        raise ArgumentError(
            "covariates follow from one another or are the same for all groups; leave some out"
        )
    return x, ["intercept", *(labels or [f"x{i + 1}" for i in range(values.shape[1])])]


def _held(covariates: Mapping[Any, Any] | pd.DataFrame) -> tuple[Mapping[Any, Any], list[str]]:
    """Return group to values, and the names of the values where they have any."""
    if not isinstance(covariates, Mapping):
        if not hasattr(covariates, "to_numpy"):
            right = "{group: number}, or a frame with one row a group"
            raise ArgumentTypeError(f"covariates is {kind_of(covariates)}; give {right}")
        if not covariates.index.is_unique:
            raise ArgumentError("covariates name a group twice; give one row a group")
        found = covariates.to_numpy()
        rows = dict(zip(covariates.index.tolist(), found, strict=True))
        return rows, [str(column) for column in covariates.columns]
    first = next(iter(covariates.values()), None)
    if not isinstance(first, Mapping):
        return covariates, []
    labels = list(first)
    odd = [shown_name(name) for name, row in covariates.items() if set(row) != set(labels)]
    if odd:
        raise ArgumentError(f"covariates of {', '.join(odd[:10])} are not {', '.join(map(str, labels))}")
    return {name: [row[c] for c in labels] for name, row in covariates.items()}, [str(c) for c in labels]


def _findings(
    part: Part,
    rows: tuple[ShrunkenRow, ...],
    model: Fit,
    *,
    mended: NDArray[np.bool_],
    fitted: NDArray[np.bool_],
) -> list[Finding]:
    found = []

    def named(code: str, where: list[ShrunkenRow], **facts: Any) -> None:
        if where:
            found.append(Finding.of(code, groups=[shown_name(row.group) for row in where], **facts))

    named("IKM675", [row for row in rows if row.synthetic])
    named("IKM676", [row for row, flag in zip(rows, mended.tolist(), strict=True) if flag])
    named("IKM679", [row for row in rows if row.source == "census"])
    low, high = float(part.low.min()), float(part.high.max())
    named("IKM678", [row for row in rows if not low <= row.ikm_shrunken <= high], low=low, high=high)
    if model.between == 0:
        found.append(Finding.of("IKM674", method=METHOD))
    coefficients = len(model.coefficient)
    enough, count = _ENOUGH + coefficients - 1, int(fitted.sum())
    if count < enough:
        found.append(Finding.of("IKM677", groups=count, coefficients=coefficients, enough=enough))
    covariance = part.index_joint[np.ix_(fitted, fitted)]
    scale = np.sqrt(np.outer(np.diag(covariance), np.diag(covariance)))
    off = ~np.eye(len(covariance), dtype=bool) & (scale > 0)
    largest = float(np.abs(covariance[off] / scale[off]).max()) if off.any() else 0.0
    if largest > _CORRELATED:
        found.append(Finding.of("IKM673", method=METHOD, correlation=largest))
    return found
