"""A city from its units by every rule at once, so that nobody chooses the rule by its result."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from sipukat._text import Lang, listing, number
from sipukat._validation import must_be
from sipukat.errors import EstimationError, UnknownNameError
from sipukat.findings import Finding, Findings
from sipukat.ikm import rollup
from sipukat.ikm.remarks import label
from sipukat.ikm.results import IkmResult

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

    import pandas as pd

    from sipukat.ikm.parts import Part
    from sipukat.ikm.unit import Estimate

FORMAT: Final = "urn:sipukat:rollups:1"
_SHOWN: Final = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Rollups:
    """The index of a city by every rule; made by `rollups`.

    ``found["simple_mean"]`` is the estimate of one rule, or None if it cannot be computed.

    Parameters
    ----------
    estimates
        Rule to estimate, all four, in the order of `sipukat.ikm.ROLLUPS`; None for a rule
        that cannot be computed.
    shares
        Rule to the exact share of each group; empty for ``"pooled"``, where it differs
        from unsur to unsur, and for rules that cannot be computed.
    letters
        Letters of the standard, the lowest first.
    findings
        IKM611 where the letter depends on the rule, IKM697 to IKM699 what a rule lacks;
        `path` is the rule.
    """

    estimates: Mapping[str, Estimate | None]
    shares: Mapping[str, Mapping[Any, Fraction]]
    letters: tuple[str, ...]
    findings: Findings

    def __getitem__(self, method: str) -> Estimate | None:
        """Return the estimate by one rule.

        Raises
        ------
        UnknownNameError
            If there is no such rule.
        """
        if method not in self.estimates:
            raise UnknownNameError("roll-up method", method, self.estimates)
        return self.estimates[method]

    @property
    def depends(self) -> bool:
        """Whether the letter depends on the rule."""
        return bool(self.findings.by_code("IKM611"))

    def to_frame(self, lang: Lang = "id") -> pd.DataFrame:
        """Return one row a rule, those that cannot be computed too.

        Columns: ``method n ikm published se low high df mutu kinerja``, one ``p_<mutu>`` a
        letter, ``shares`` (text: the groups with the largest shares) and ``note`` (text: what
        the rule lacks). NaN and None where a rule cannot be computed, or its error cannot
        be estimated.

        Parameters
        ----------
        lang
            Language of `shares` and `note`, ``"id"`` or ``"en"``.

        Examples
        --------
        >>> import pandas as pd
        >>> from sipukat import ikm
        >>> frame = pd.DataFrame({"unit": list("AAAB"), **{f"U{i}": [4, 4, 4, 2] for i in range(1, 10)}})
        >>> rollups(ikm.estimate(frame, by="unit")).to_frame("en")[["method", "published", "note"]].iloc[3, 2]
        'The rule population cannot be computed; what is lacking: population=.'
        """
        import pandas as pd

        columns = ["method", "n", "ikm", "published", "se", "low", "high", "df", "mutu", "kinerja"]
        chances = [f"p_{letter}" for letter in self.letters]
        rows = []
        for method, e in self.estimates.items():
            row = dict.fromkeys([*columns, *chances]) | {"method": method}
            if e is None:
                row |= dict.fromkeys(["ikm", "se", "low", "high", "df", *chances], np.nan)
            else:
                row |= {name: getattr(e, name) for name in columns[1:]}
                row |= {f"p_{m}": e.mutu_probability.get(m, np.nan) for m in self.letters}
            rows.append(row | {"shares": self._shares(method, lang), "note": self._note(method, lang)})
        frame = pd.DataFrame(rows, columns=[*columns, *chances, "shares", "note"])
        return frame.astype({"n": "Int64"})

    def _shares(self, method: str, lang: Lang) -> str:
        ordered = sorted(self.shares.get(method, {}).items(), key=lambda item: (-item[1], label(item[0])))
        return listing(
            [f"{label(name)} {number(100 * s, lang=lang)} %" for name, s in ordered], lang=lang, most=_SHOWN
        )

    def _note(self, method: str, lang: Lang) -> str:
        return " ".join(f.message(lang) for f in self.findings if f.path == method)

    def to_dict(self) -> dict[str, Any]:
        """Return the rules as plain, versioned data; NaN as None, published numbers as text.

        Examples
        --------
        >>> import pandas as pd
        >>> from sipukat import ikm
        >>> frame = pd.DataFrame({"unit": list("AAAB"), **{f"U{i}": [4, 4, 4, 2] for i in range(1, 10)}})
        >>> rollups(ikm.estimate(frame, by="unit")).to_dict()["rules"][1]["published"]
        '75.00'
        """
        return {
            "format": FORMAT,
            "rules": [self._record(method) for method in self.estimates],
            "findings": self.findings.to_records(),
        }

    def _record(self, method: str) -> dict[str, Any]:
        e = self.estimates[method]
        shares = {label(name): float(s) for name, s in self.shares.get(method, {}).items()}
        record: dict[str, Any] = {"method": method, "shares": shares}
        for name in ("n", "ikm", "se", "low", "high", "df"):
            value = None if e is None else getattr(e, name)
            record[name] = value if value is not None and np.isfinite(value) else None
        record["published"] = None if e is None or e.published is None else str(e.published)
        record["mutu"], record["kinerja"] = (None, None) if e is None else (e.mutu, e.kinerja)
        record["mutu_probability"] = {} if e is None else dict(e.mutu_probability)
        return record

    def sentence(self, lang: Lang = "id") -> str:
        """Say in one sentence what the rules give, and whether the letter depends on them.

        Examples
        --------
        >>> import pandas as pd
        >>> from sipukat import ikm
        >>> frame = pd.DataFrame({"unit": list("AAAB"), **{f"U{i}": [4, 4, 4, 2] for i in range(1, 10)}})
        >>> print(rollups(ikm.estimate(frame, by="unit")).sentence())
        IKM gabungan: pooled 87,50 (B), simple_mean 75,00 (C) dan respondent_weighted 87,50 (B);
        mutu bergantung pada cara menggabungkan.
        """
        known = {m: e for m, e in self.estimates.items() if e is not None and e.published is not None}
        shown = listing(
            [f"{m} {number(e.published, lang=lang)} ({e.mutu or '–'})" for m, e in known.items()], lang=lang
        )
        if lang == "id":
            end = "mutu bergantung pada cara menggabungkan" if self.depends else "mutunya sama"
            return f"IKM gabungan: {shown or 'tidak ada'}; {end}."
        end = "the letter depends on the rule" if self.depends else "the letter is the same"
        return f"Combined IKM: {shown or 'none'}; {end}."

    def __repr__(self) -> str:
        shown = ", ".join(
            f"{m} {'-' if e is None or e.published is None else e.published}"
            for m, e in self.estimates.items()
        )
        return f"<Rollups: {shown}{', letter depends on the rule' if self.depends else ''}>"


def rollups(result: IkmResult, *, population: Mapping[Any, float] | None = None) -> Rollups:
    """Combine the groups of a result by every rule, side by side.

    Parameters
    ----------
    result
        A result with groups.
    population
        People served by each group, above 0; by default those of the design's strata. It
        may name groups that the survey has nothing of: they are reported.

    Returns
    -------
    Rollups
        All four rules, each with its error, interval and letter, or with what it lacks.

    Raises
    ------
    EstimationError
        If a population is no number above 0.

    Notes
    -----
    ``pooled``: the index of all respondents as one. ``simple_mean``: ``sum ikm_g / G``.
    ``respondent_weighted``: ``sum n_g ikm_g / n``. ``population``: ``sum N_g ikm_g / N``.
    No rule is written in Permenpan RB 14/2017; which one an office uses must be said. The
    errors come from the one covariance of the groups, see `sipukat.ikm.rollup.combine`.

    References
    ----------
    Cochran (1977), Sampling Techniques, 3rd ed., sections 5.3 and 5.4.

    Examples
    --------
    >>> import pandas as pd
    >>> from sipukat import ikm
    >>> frame = pd.DataFrame({"unit": list("AAAB"), **{f"U{i}": [4, 4, 4, 2] for i in range(1, 10)}})
    >>> rollups(ikm.estimate(frame, by="unit"), population={"A": 100, "B": 300})
    <Rollups: pooled 87.50, simple_mean 75.00, respondent_weighted 87.50, population 62.50,
    letter depends on the rule>
    """
    must_be(IkmResult, result, "result", "an IkmResult, e.g. of sipukat.ikm.estimate")
    estimates: dict[str, Estimate | None] = {}
    shares: dict[str, Mapping[Any, Fraction]] = {}
    notes: list[Finding] = []
    for method in rollup.ROLLUPS:
        lacking = _lacking(result, method, population)
        if lacking:
            estimates[method] = None
            notes.append(Finding.of("IKM697", path=method, method=method, needs=lacking))
            continue
        estimates[method] = result.rollup(method, population=population)
        if method != "pooled" and result.groups is not None:
            held = rollup.shares(result.groups, method, population)
            shares[method] = MappingProxyType(dict(zip(result.keys(), held, strict=True)))
            notes += _left_out(result.groups, method, held, population)
            notes += _without_error(result.groups, method, held)
    letters = {m: e.mutu for m, e in estimates.items() if e is not None and e.mutu is not None}
    if len(set(letters.values())) > 1:
        shown = [f"{m}: {number(e.published)} ({e.mutu})" for m, e in estimates.items() if e is not None]
        notes.insert(0, Finding.of("IKM611", rules=shown))
    return Rollups(
        estimates=MappingProxyType(estimates),
        shares=MappingProxyType(shares),
        letters=tuple(band.mutu for band in result.standard.bands),
        findings=Findings(notes),
    )


def _lacking(result: IkmResult, method: str, population: Mapping[Any, float] | None) -> list[str]:
    """Return what a rule needs and does not have, in words that are those of the code."""
    if method == "pooled":
        return [] if result.overall.published is not None else ["ikm"]
    if result.groups is None:
        return ["by="]
    known = (result.groups.points.hundredths >= 0).any()
    if method != "population" or not known:
        return [] if known else ["ikm"]
    if population is not None:
        return [f"population={{{label(name)}: …}}" for name in result if name not in population]
    try:
        rollup.shares(result.groups, method, None)
    except EstimationError:  # the design does not state the people served by every group
        return ["population="]
    return []


def _left_out(
    part: Part, method: str, held: tuple[Fraction, ...], population: Mapping[Any, float] | None
) -> list[Finding]:
    """Report groups that count for nothing: asked without an index, or not asked at all."""
    names = [rollup.name_of(g) for g in part.moments.groups]
    silent = [name for name, s in zip(names, held, strict=True) if not s]
    if method == "population" and population is not None:
        here = set(names)
        silent += [name for name in population if name not in here]
        size = {name: float(people) for name, people in population.items()}
    elif method == "respondent_weighted":
        size = {name: float(n) for name, n in zip(names, part.n.tolist(), strict=True)}
    else:
        size = dict.fromkeys(names, 1.0)
    if not silent:
        return []
    share = number(100 * sum(size[name] for name in silent) / sum(size.values()))
    return [Finding.of("IKM698", path=method, method=method, groups=[label(s) for s in silent], share=share)]


def _without_error(part: Part, method: str, held: tuple[Fraction, ...]) -> list[Finding]:
    alone = rollup.unestimable(part, held)
    names = [label(rollup.name_of(g)) for g, a in zip(part.moments.groups, alone.tolist(), strict=True) if a]
    return [Finding.of("IKM699", path=method, method=method, groups=names)] if names else []
