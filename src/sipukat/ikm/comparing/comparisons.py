"""`compare`: whether one index is above another by more than the sample explains."""

from __future__ import annotations

from numbers import Real
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from sipukat._validation import kind_of, share_between
from sipukat.errors import ArgumentError
from sipukat.findings import Finding, Findings
from sipukat.ikm.comparing.compared import Comparison
from sipukat.ikm.comparing.contrasts import few, index_test, unsur_differences
from sipukat.ikm.comparing.instruments import instrument_findings, unsur_refusal
from sipukat.ikm.comparing.paired import link
from sipukat.ikm.comparing.sides import errors_of, known_index, side_of
from sipukat.ikm.results import IkmResult
from sipukat.ikm.rollup import name_of
from sipukat.ikm.unit import Estimate

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from decimal import Decimal

    from narwhals.stable.v2.typing import IntoFrame

    from sipukat.ikm.comparing.compared import Samples
    from sipukat.ikm.comparing.sides import DfRule, Side
    from sipukat.ikm.design import Design
    from sipukat.standards import SurveyStandard
    from sipukat.survey import Responses

_LEVEL: Final = 0.95


def compare(
    a: IkmResult | Estimate | Responses | IntoFrame,
    b: IkmResult | Estimate | Responses | IntoFrame,
    *,
    confidence_level: float | None = None,
    null: float = 0.0,
    df: DfRule = "design",
    same: str | None = None,
    standard: str | SurveyStandard | None = None,
    design: Design | None = None,
    order: str | Sequence[str] | None = None,
    columns: Mapping[str, str] | None = None,
) -> Comparison:
    """Say whether index b differs from index a by more than the sample explains.

    **The difference is b minus a**: a is before, b is after.

    Parameters
    ----------
    a, b
        Each a result (its overall index) or an estimate (``result["A"]``,
        ``result.overall``, a roll-up). With `same`, each the responses themselves: `Responses`,
        or a pandas or Polars frame.
    confidence_level
        Between 0 and 1, both excluded; by default that of the results where they agree, else 0.95.
    null
        The difference to test against, in points.
    df
        For groups of one survey: ``"design"``, degrees of freedom of the whole design, as R;
        or ``"satterthwaite"``, which is careful where a group is small.
    same
        Column that tells who was asked both times (or which PSU was visited both times):
        the samples then need not be independent.
    standard, design, order, columns
        With `same`: see `sipukat.ikm.estimate`. For another profile or policy, estimate
        with `sipukat.ikm.link`.

    Returns
    -------
    Comparison

    Raises
    ------
    EstimationError
        If a side has no index or no standard error, the scales differ, or the sides overlap
        in a way that cannot be traced (a group and the whole that it is part of).
    ArgumentError
        If an argument makes no sense.
    ColumnError, DesignError
        With `same`: as `sipukat.ikm.link`.

    Notes
    -----
    ``var(b - a) = var(a) + var(b) - 2 cov(a, b)``. Groups of one result have the covariance
    of its design (Särndal, Swensson & Wretman 1992, section 5.8; R's `svycontrast`); with
    `same` both periods are domains of one design whose PSU is that column, so that whoever
    answered twice carries the covariance, and partial overlap is right too. All else is
    taken as independent, with the degrees of freedom of Welch (1947): two samples of
    different years that share respondents need `same`. Of roll-ups nothing can be traced.

    Where the scales agree but the standards do not, the index is compared and a finding says
    so; unsur are compared by what they mean, never by a bare code (U8).

    Examples
    --------
    >>> import pandas as pd
    >>> from sipukat import ikm
    >>> before = pd.DataFrame({f"U{i}": [3, 3, 4, 3, 2, 3, 3, 4] * 5 for i in range(1, 10)})
    >>> after = pd.DataFrame({f"U{i}": [4, 3, 4, 3, 3, 4, 3, 4] * 5 for i in range(1, 10)})
    >>> change = compare(ikm.estimate(before), ikm.estimate(after))
    >>> change.published, round(change.p, 3)
    (Decimal('9.37'), 0.004)
    >>> change.sentence("en")[:55]
    'The IKM rose by 9.37 points (95%: 3.15 to 15.60), from '
    """
    found: list[Finding] = []
    samples: Samples | None = None
    if same is not None:
        surveys = {"a": _responses(a, "a"), "b": _responses(b, "b")}
        linked = link(surveys, same=same, standard=standard, design=design, order=order, columns=columns)
        found += linked.findings
        samples = "paired" if linked.complete == linked.ids else "overlapping"
        first, second = linked.result["a"], linked.result["b"]
        sides = (side_of(first, "a"), side_of(second, "b"))
    else:
        _without_same(standard=standard, design=design, order=order, columns=columns)
        sides = (side_of(a, "a"), side_of(b, "b"))
    if df not in ("design", "satterthwaite"):
        raise ArgumentError(f"df is {df!r}; it is 'design' or 'satterthwaite'")
    if not isinstance(null, Real) or not np.isfinite(null):
        raise ArgumentError(f"null is {null!r}; it is a difference in points, e.g. 0 or 2.5")
    level = _level(confidence_level, a, b)
    found += instrument_findings([side.instrument for side in sides])
    published = (known_index(sides[0]), known_index(sides[1]))
    return _compared(sides, samples, published=published, level=level, null=float(null), rule=df, found=found)


def _responses(data: IkmResult | Estimate | Responses | IntoFrame, label: str) -> Any:
    if isinstance(data, IkmResult | Estimate):
        raise ArgumentError(
            f"{label} is {kind_of(data)}, which holds no respondent to be found again; with same=, "
            "give the responses of both periods"
        )
    return data


def _without_same(**given: object) -> None:
    stray = [name for name, value in given.items() if value is not None]
    if stray:
        raise ArgumentError(
            f"{', '.join(stray)} only go with same=, where a and b are responses, not results"
        )


def _level(asked: float | None, a: object, b: object) -> float:
    if asked is None:
        held = {x.confidence_level for x in (a, b) if isinstance(x, IkmResult)}
        return held.pop() if len(held) == 1 else _LEVEL
    return share_between(asked, what="confidence_level")


def _compared(
    sides: tuple[Side, Side],
    samples: Samples | None,
    *,
    published: tuple[Decimal, Decimal],
    level: float,
    null: float,
    rule: DfRule,
    found: list[Finding],
) -> Comparison:
    a, b = sides[0].estimate, sides[1].estimate
    errors = errors_of(sides)
    found += errors.findings
    together = errors.same_design(0, 1)
    test = index_test(a, b, errors, level=level, null=null, rule=rule)
    if together and samples is None and rule == "design":
        found += few(sides, errors, test.df)
    names: tuple[object, object] = ("a", "b")
    if together and samples is None and a.part is not None and b.part is not None:
        names = (name_of(a.part.moments.groups[a.at]), name_of(b.part.moments.groups[b.at]))
    refusal = unsur_refusal(sides[0].instrument, sides[1].instrument)
    if together and samples is None:
        refusal = ""  # one questionnaire: its U8 is its U8
    rows, mended = ((), ()) if refusal else unsur_differences(a, b, errors, level=level, rule=rule)
    if mended and not errors.mended.any():
        found.append(Finding.of("IKM643", places=list(mended)))
    return Comparison(
        samples=samples or ("same_design" if together else "independent"),
        names=names,
        difference=test.difference,
        published=published[1] - published[0],
        se=test.se,
        df=test.df,
        t=test.t,
        p=test.p,
        low=test.low,
        high=test.high,
        null=null,
        confidence_level=level,
        n_a=a.used,
        n_b=b.used,
        ikm_a=a.ikm,
        ikm_b=b.ikm,
        published_a=published[0],
        published_b=published[1],
        mutu_a=a.mutu,
        mutu_b=b.mutu,
        unsur_differences=rows,
        unsur_refusal=refusal,
        findings=Findings(found),
    )
