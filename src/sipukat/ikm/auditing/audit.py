"""Audit a printed index: which way of computing gives it, and whether its words follow.

Everything is done in exact fractions. The print decides how many decimals count.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from sipukat import standards
from sipukat._text import round_half_up
from sipukat.errors import ArgumentError, EstimationError
from sipukat.ikm.auditing.audit_findings import findings_of
from sipukat.ikm.auditing.audited import Audit, Verdict
from sipukat.ikm.auditing.conventions import LAST_ROUNDINGS, Convention, WeightRule, candidates, weight_rules
from sipukat.ikm.auditing.evidence import Evidence, gather
from sipukat.ikm.auditing.implied import ImpliedTotal, implied_totals
from sipukat.ikm.auditing.labels import bands_of, holds
from sipukat.ikm.mutu import DECIMALS
from sipukat.ikm.printed import Printed, PrintedNumber, rounded

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sipukat.standards.model import SurveyStandard


def audit(
    nrr: Sequence[PrintedNumber] | Mapping[str, PrintedNumber] | None = None,
    printed_ikm: PrintedNumber | None = None,
    *,
    standard: str | SurveyStandard = "permenpanrb-14-2017",
    sums: Sequence[int] | None = None,
    counts: Sequence[Sequence[int]] | None = None,
    n: int | Sequence[int] | None = None,
    printed_index: PrintedNumber | None = None,
    printed_weighted: Sequence[PrintedNumber] | None = None,
    printed_mutu: str | None = None,
    printed_kinerja: str | None = None,
) -> Audit:
    """Find out how a printed index was computed, and whether its letter follows from it.

    Give what is printed, as it is printed: ``"87,28"`` and ``"87,280"`` promise different
    things. The more stands beside the index, the sharper the answer; without averages, sums
    or counts, the number of respondents alone may still betray the weight.

    Parameters
    ----------
    nrr
        Averages of the unsur (NRR) as printed, one an unsur, or by unsur. Their number may
        differ from that of the standard.
    printed_ikm
        The index as printed: text, a Decimal or an int; a float at its shortest form.
    standard
        A survey standard, or its id: its scale, bands, weights and profiles.
    sums
        Sum of the answers of each unsur; needs `n`.
    counts
        For each unsur, how many gave each score, from the lowest up.
    n
        Number of respondents, or number of answers of each unsur.
    printed_index
        Sum of the weighted averages (nilai indeks) as printed.
    printed_weighted
        Weighted averages (NRR tertimbang) as printed.
    printed_mutu, printed_kinerja
        Letter and label as printed; the label in Indonesian or English.

    Returns
    -------
    Audit
        `conventions`, `best`, `families`, `findings`, and more.

    Raises
    ------
    ValueError
        If a number is not one, or the evidence does not fit together.
    EstimationError
        If the standard gives no way from averages to an index.

    Notes
    -----
    Tried are: sums over respondents, averages as printed, averages rounded to 2 or 3
    decimals, and all answers pooled; exact weights, weights printed with 2, 3 or 4 decimals,
    and those of the profiles of the standard; no rounding on the way, weighted averages or
    their sum rounded to 2, 3 or 4 decimals, and the profiles; at the end, rounding half
    up, rounding twice, and cutting off.

    References
    ----------
    Peraturan Menteri PANRB Nomor 14 Tahun 2017, Lampiran: pengolahan data.

    Examples
    --------
    >>> nrr = "3,31 3,35 3,49 3,93 3,45 3,39 3,39 3,76 3,35".split()
    >>> found = audit(nrr, "87,28", printed_mutu="B")
    >>> found.reproduced, found.best.name, found.mutu_holds
    (True, 'printed_nrr:exact_1/n', True)
    >>> audit(nrr, "86,41").best.name
    'printed_nrr:w0.11'
    >>> audit(n=7, printed_ikm="66.78571428571429").families
    frozenset({'w0.11'})
    """
    if printed_ikm is None:
        raise ArgumentError("printed_ikm is missing; give the index as printed, e.g. '87,28'")
    law = standards.survey(standard)
    if law.scale.to_ikm is None:
        raise EstimationError(f"{law.id} gives no way from averages to an index, so none can be audited")
    case = _case(law, printed_ikm, gather(nrr=nrr, sums=sums, counts=counts, n=n, scale=law.scale))
    tried = tuple(way.against(case.printed) for way in case.tried())
    possible = case.possible()
    by_last = {last: tuple(way for way in tried if way.final == last) for last in LAST_ROUNDINGS}
    fits, cut = by_last["half_up"] or by_last["half_up_twice"], by_last["truncated"]
    exact, interval = case.exact(), case.interval(case.weights[0])
    found = Audit(
        printed=case.printed,
        standard=law.id,
        evidence=case.evidence,
        verdict=_verdict(case, reproduced=bool(fits or cut), possible=possible),
        conventions=fits,
        by_truncation=cut,
        nearest=min(tried, key=lambda way: abs(way.value - case.printed.value), default=None),
        possible=possible,
        exact=exact,
        interval=interval,
        within_interval=None if interval is None else _meet(interval, (case.printed.low, case.printed.high)),
        implied=case.implied(),
        exact_mutu=case.exact_mutu(exact, interval),
        on_average_scale=case.on_average_scale,
    )
    index = None if printed_index is None else Printed.of(printed_index, what="printed_index")
    letter, label = printed_mutu or None, printed_kinerja or None
    found = _with_labels(found, case, letter, label)
    found = _with_index(found, case, index)
    found = _with_weighted(found, case, printed_weighted, index)
    return replace(found, findings=findings_of(found, law, index, letter, label))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    law: SurveyStandard
    printed: Printed
    evidence: Evidence
    weights: tuple[WeightRule, ...]
    factor: Fraction  # from an average to the print
    to_ikm: Fraction  # from the print to the scale of the bands
    on_average_scale: bool

    def averages(self) -> dict[str, tuple[Fraction, ...]]:
        nrr = tuple(seen.value for seen in self.evidence.nrr)
        return {basis: means for basis, means in (("raw", self.evidence.raw), ("printed_nrr", nrr)) if means}

    def tried(self) -> tuple[Convention, ...]:
        if not self.evidence.n_unsur:
            return tuple(way for total in self.implied() if (way := total.convention()))
        return candidates(
            self.averages(),
            weights=self.weights,
            profiles=self.law.profiles,
            factor=self.factor,
            pooled=self.evidence.pooled,
        )

    def implied(self) -> tuple[ImpliedTotal, ...]:
        n = self.evidence.n
        if self.evidence.n_unsur or n is None:
            return ()
        scale = self.law.scale
        return tuple(implied_totals(self.printed, n=n, weights=self.weights, scale=scale, factor=self.factor))

    def interval(self, rule: WeightRule) -> tuple[Fraction, Fraction] | None:
        if not self.evidence.nrr:
            return None
        pairs = list(zip(self.evidence.nrr, rule.weights, strict=True))
        low = _sum(w * self._clip(seen.low, seen) for seen, w in pairs)
        high = _sum(w * self._clip(seen.high, seen) for seen, w in pairs)
        return low * self.factor, high * self.factor

    def _clip(self, end: Fraction, seen: Printed) -> Fraction:
        # an average off the scale is reported, not pulled back onto it
        low, high = Fraction(self.law.scale.low), Fraction(self.law.scale.high)
        return min(max(end, low), high) if low <= seen.value <= high else end

    def possible(self) -> tuple[str, ...]:
        if self.evidence.source in {"counts", "sums"} or not self.evidence.nrr:
            return ()
        span = self.printed.low, self.printed.high
        ranges = {rule.family: self.interval(rule) for rule in self.weights}
        return tuple(family for family, ends in ranges.items() if ends is not None and _meet(ends, span))

    def exact(self) -> Fraction | None:
        means = next(iter(self.averages().values()), None)
        if means is None:
            return self._exact_of_total()
        return _sum(m * w for m, w in zip(means, self.weights[0].weights, strict=True)) * self.factor

    def _exact_of_total(self) -> Fraction | None:
        """Return the exact index, if all weights that give a whole total give the same one."""
        totals = {total.whole for total in self.implied() if total.convention()}
        n, whole = self.evidence.n, totals.pop() if len(totals) == 1 else None
        if n is None or whole is None:
            return None
        return Fraction(whole, n * len(self.law.unsur)) * self.factor

    def exact_mutu(self, exact: Fraction | None, interval: tuple[Fraction, Fraction] | None) -> str | None:
        if exact is None:
            return None
        ends = (exact, exact) if self.evidence.source != "none" or interval is None else interval
        bands = [self.law.band(round_half_up(end * self.to_ikm, DECIMALS)) for end in ends]
        letters = {band.mutu if band else None for band in bands}
        return letters.pop() if len(letters) == 1 else None


def _case(law: SurveyStandard, printed_ikm: PrintedNumber, evidence: Evidence) -> _Case:
    printed = Printed.of(printed_ikm, what="printed_ikm")
    scale, to_ikm = law.scale, law.scale.to_ikm or Fraction(1)
    average = scale.low <= printed.value <= scale.high and printed.value < scale.low * to_ikm
    n_unsur = evidence.n_unsur or len(law.unsur)
    exact = tuple(law.weights.values()) if n_unsur == len(law.unsur) else (Fraction(1, n_unsur),) * n_unsur
    return _Case(
        law=law,
        printed=printed,
        evidence=evidence,
        weights=weight_rules(exact, law.profiles),
        factor=Fraction(1) if average else to_ikm,
        to_ikm=to_ikm if average else Fraction(1),
        on_average_scale=average,
    )


def _verdict(case: _Case, *, reproduced: bool, possible: tuple[str, ...]) -> Verdict:
    if reproduced:
        return "reproduced"
    if case.evidence.n_unsur:
        return "possible" if possible else "none_fits"
    return "none_fits" if any(total.decisive for total in case.implied()) else "untested"


def _sum(terms: Iterable[Fraction]) -> Fraction:
    return sum(terms, Fraction(0))


def _meet(one: tuple[Fraction, Fraction], other: tuple[Fraction, Fraction]) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def _with_labels(found: Audit, case: _Case, letter: str | None, label: str | None) -> Audit:
    bands = bands_of(case.printed, case.law, factor=case.to_ikm)
    if not bands:
        return found
    best = case.law.band(round_half_up(case.printed.value * case.to_ikm, DECIMALS)) or bands[0]
    said = [holds(letter, label, band) for band in bands]
    return replace(
        found,
        mutu=best.mutu,
        kinerja=best.kinerja,
        mutu_holds=None if letter is None else any(right for right, _ in said),
        kinerja_holds=None if label is None else any(right for _, right in said),
        label_under=() if any(False not in pair for pair in said) else _label_under(case, letter, label),
    )


def _label_under(case: _Case, letter: str | None, label: str | None) -> tuple[str, ...]:
    def holds_under(other: SurveyStandard) -> bool:
        bands = bands_of(case.printed, other, factor=case.to_ikm)
        return any(False not in holds(letter, label, band) for band in bands)

    scale = case.law.scale
    others = (standards.survey(name) for name in standards.names("survey"))
    return tuple(
        other.id
        for other in others
        if other.id != case.law.id
        and (other.scale.low, other.scale.high, other.scale.to_ikm) == (scale.low, scale.high, scale.to_ikm)
        and holds_under(other)
    )


def _with_index(found: Audit, case: _Case, index: Printed | None) -> Audit:
    if index is None:
        return found
    span = index.low * case.factor, index.high * case.factor
    return replace(found, index_holds=_meet(span, (case.printed.low, case.printed.high)))


def _with_weighted(
    found: Audit, case: _Case, weighted: Sequence[PrintedNumber] | None, index: Printed | None
) -> Audit:
    if weighted is None:
        return found
    column = [Printed.of(x, what=f"NRR tertimbang of unsur {i}") for i, x in enumerate(weighted, start=1)]
    if case.evidence.n_unsur and len(column) != case.evidence.n_unsur:
        raise ArgumentError(
            f"printed_weighted has {len(column)} unsur, the evidence has {case.evidence.n_unsur}"
        )
    averages = case.averages().values()
    fitting = (rule for rule in case.weights if any(_column(column, means, rule) for means in averages))
    families = frozenset(rule.family for rule in fitting)
    total = (
        (case.printed.low / case.factor, case.printed.high / case.factor)
        if index is None
        else (index.low, index.high)
    )
    adds_up = _meet((_sum(c.low for c in column), _sum(c.high for c in column)), total)
    follows = bool(families) or not averages
    return replace(found, weighted_families=families, weighted_holds=adds_up and follows)


def _column(column: Sequence[Printed], means: Sequence[Fraction], rule: WeightRule) -> bool:
    return all(
        rounded(mean * weight, seen.decimals) == seen.value
        for seen, mean, weight in zip(column, means, rule.weights, strict=True)
    )
