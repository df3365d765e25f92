"""What a reader of an index must know: findings on results, codes IKM6xx."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from sipukat._text import number, plain, round_half_up
from sipukat.errors import EstimationError
from sipukat.findings import Finding, Findings
from sipukat.ikm.design_remarks import design_remarks
from sipukat.ikm.point import MISSING, Missing, points
from sipukat.ikm.rollup import combine, shares

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    from sipukat.ikm.parts import Part
    from sipukat.ikm.unit import Estimate
    from sipukat.standards import Profile, SurveyStandard

_ESTIMABLE: Final = 3
_FEW: Final = 30
_SURE: Final = 0.9
_SHOWN: Final = 0.005  # what is printed as 1 %
_WHOLE: Final = "keseluruhan"


def remarks(
    rule: SurveyStandard,
    profile: str,
    missing: Missing,
    groups: Part | None,
    whole: Part,
    by_name: Mapping[Any, Estimate],
    overall: Estimate,
) -> Findings:
    """Look at every estimate of a result, the overall one first."""
    named: list[tuple[str, Estimate]] = [("", overall), *((label(name), e) for name, e in by_name.items())]
    parts = [whole] if groups is None else [whole, groups]
    found = [
        *_standard(rule, profile, missing, whole),
        *design_remarks(whole),
        *_across(rule, profile, missing, parts, named),
        *(finding for path, e in named for finding in _one(path, e)),
        *_together(named),
        *_rules(rule, groups, overall),
        *_spellings(groups),
    ]
    return Findings(found)


def label(name: object) -> str:
    """Return the name of a group as text; an empty cell is called ``(kosong)``.

    Examples
    --------
    >>> label(("A", None)), label(3)
    ('A / (kosong)', '3')
    """
    parts = name if isinstance(name, tuple) else (name,)
    return " / ".join("(kosong)" if part is None else str(part) for part in parts)


def _standard(rule: SurveyStandard, profile: str, missing: Missing, whole: Part) -> Iterator[Finding]:
    bare = [name for name in whole.moments.unsur if name not in rule.unsur_keys]
    if bare:
        orders = [f"{order.id} ({', '.join(order.keys[-len(bare) :])})" for order in rule.orders]
        yield Finding.of("IKM602", unsur=bare, orders=orders)
    used = (
        "scale",
        "weighting",
        "bands",
        f"profiles[{[p.id for p in rule.profiles].index(profile)}]",
        f"missing[{[p.id for p in rule.missing].index(missing)}]",
    )
    weak = [figure for figure in rule.figures("C") if figure.startswith(used)]
    if weak:
        yield Finding.of("STD501", standard=rule.id, figures=weak)
    if rule.scale.to_ikm is None:
        yield Finding.of("IKM615", standard=rule.id, low=rule.scale.low, high=rule.scale.high)
    if not rule.bands:
        yield Finding.of("IKM614", standard=rule.id, note=rule.bands_note)


def _letters(rule: SurveyStandard, cents: int) -> str | None:
    band = rule.band(Decimal(cents).scaleb(-2)) if cents >= 0 else None
    return band.mutu if band else None


def _across(
    rule: SurveyStandard, profile: str, missing: Missing, parts: list[Part], named: list[tuple[str, Estimate]]
) -> Iterator[Finding]:
    """Where another profile, or another rule for unanswered questions, gives another letter."""
    paths = iter(named)
    for part in parts:
        here = [next(paths) for _ in part.moments.groups]
        by_profile: list[tuple[str, Missing, Profile]] = [
            (other.id, missing, other)
            for other in rule.profiles
            if other.id != profile and not (part.moments.weighted and _stepwise(other))
        ]
        blanks = any(e.missing_cells for _, e in here)
        by_policy: list[tuple[str, Missing, Profile]] = [
            (policy, policy, rule.profile(profile)) for policy in MISSING if policy != missing and blanks
        ]
        for code, used, others in (("IKM601", profile, by_profile), ("IKM607", missing, by_policy)):
            cents = {name: _cents(part, rule, other, policy) for name, policy, other in others}
            for g, (path, e) in enumerate(here):
                found = {
                    f"{name}: {number(int(values[g]) / 100)} ({_letters(rule, int(values[g]))})"
                    for name, values in cents.items()
                    if values[g] >= 0 and _letters(rule, int(values[g])) != e.mutu
                }
                if found and e.mutu:
                    shown = number(e.published)
                    yield Finding.of(code, path=path, used=used, ikm=shown, mutu=e.mutu, others=sorted(found))


def _cents(part: Part, rule: SurveyStandard, profile: Profile, missing: Missing) -> NDArray[np.int64]:
    try:
        return points(part.moments, rule, profile=profile, missing=missing).hundredths
    except EstimationError:  # a profile that this policy or these weights exclude
        return np.full(len(part.moments.groups), -1)


def _stepwise(profile: Profile) -> bool:
    return any(
        d is not None for d in (profile.nrr_decimals, profile.weighted_decimals, profile.index_decimals)
    )


def _one(path: str, e: Estimate) -> Iterator[Finding]:
    if e.published is None:
        yield Finding.of("IKM605", path=path, n=e.n)
        return
    blank = [name for name, count in e.answered.items() if count == 0]
    if blank:
        yield Finding.of("IKM606", path=path, unsur=blank, left=len(e.answered) - len(blank))
    if e.used < e.n:
        yield Finding.of("IKM612", path=path, left=e.n - e.used, n=e.n)
    if e.used < _ESTIMABLE or not np.isfinite(e.se):
        yield Finding.of("IKM603", path=path, n=e.n)
    elif e.se == 0:
        yield Finding.of("IKM604", path=path, n=e.n)


def _together(named: list[tuple[str, Estimate]]) -> Iterator[Finding]:
    """Say once, of all groups, which are small and which lie near a border."""
    few = [f"{path or _WHOLE} ({e.used})" for path, e in named if _ESTIMABLE <= e.used < _FEW]
    if few:
        yield Finding.of("IKM608", groups=few)
    near = []
    for path, e in named:
        order = sorted(e.mutu_probability.items(), key=lambda item: -item[1])
        if e.mutu and order and order[0][1] < _SURE:
            likely = ", ".join(f"{mutu} {number(100 * p, 0)} %" for mutu, p in order if p >= _SHOWN)
            near.append(f"{path or _WHOLE} {e.mutu} ({likely})")
    if near:
        yield Finding.of("IKM609", groups=near)


def _rules(rule: SurveyStandard, groups: Part | None, overall: Estimate) -> Iterator[Finding]:
    """Where the letter of all groups together depends on how they are combined."""
    if groups is None or not rule.bands or overall.published is None:
        return
    values = {"pooled": overall.ikm}
    for method in ("simple_mean", "respondent_weighted"):
        values[method] = combine(groups, shares(groups, method, None)).ikm
    cents = {method: int(round_half_up(round(value, 9), 2) * 100) for method, value in values.items()}
    letters = {method: _letters(rule, value) for method, value in cents.items()}
    if len(set(letters.values())) > 1:
        shown = [f"{method}: {number(value / 100)} ({letters[method]})" for method, value in cents.items()]
        yield Finding.of("IKM611", rules=shown)


def _spellings(groups: Part | None) -> Iterator[Finding]:
    """Find groups that differ only in capitals, blanks or invisible characters."""
    if groups is None:
        return
    seen: dict[tuple[str, ...], list[str]] = {}
    for group in groups.moments.groups:
        seen.setdefault(tuple(plain(str(v)) for v in group), []).append(label(group))
    for same in seen.values():
        if len(same) > 1:
            yield Finding.of("IKM610", names=[repr(name) for name in same])
