"""Results: the estimate of one group, and of all, ready for tables, JSON and notebooks."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from sipukat.errors import UnknownNameError
from sipukat.ikm import rollup
from sipukat.ikm.point import exact_index, factor_of, unsur_weights
from sipukat.ikm.remarks import remarks
from sipukat.ikm.rendering import result_html
from sipukat.ikm.shares import shares_frame
from sipukat.ikm.tables import estimate_record, group_frame, unsur_frame
from sipukat.ikm.unit import Estimate, estimate_of, letter_of
from sipukat.standards.manifest import InputUsed, manifest_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pandas as pd

    from sipukat.findings import Findings
    from sipukat.ikm.clusters import Group
    from sipukat.ikm.design import Design
    from sipukat.ikm.moments import Moments
    from sipukat.ikm.parts import Part
    from sipukat.ikm.point import Missing
    from sipukat.standards import SurveyStandard
    from sipukat.standards.manifest import Manifest
    from sipukat.survey import Provenance

FORMAT: Final = "urn:sipukat:ikm-result:1"


@dataclass(frozen=True, kw_only=True, eq=False)
class IkmResult:
    """The IKM of a survey, overall and by group; made by `sipukat.ikm.estimate`.

    ``result.overall`` is all respondents as one; ``result["Disdukcapil"]`` one group;
    ``result.items()`` all groups, in alphabetical order.

    Parameters
    ----------
    standard
        The survey standard.
    moments
        The sums that everything here is computed from; no respondent is held.
    profile
        Name of the convention of weights and rounding.
    missing
        What an unanswered question did.
    interval, confidence_level
        Method of every interval, and its level, between 0 and 1.
    groups, whole
        The estimates as arrays; `groups` is None without ``by``.
    provenance
        Where the answers came from, when they were read from a file.
    """

    standard: SurveyStandard
    moments: Moments
    profile: str
    missing: Missing
    interval: str
    confidence_level: float
    groups: Part | None
    whole: Part
    provenance: Provenance | None = None

    @property
    def by(self) -> tuple[str, ...]:
        """Names of the grouping columns."""
        return self.moments.by

    @property
    def unsur(self) -> tuple[str, ...]:
        """Names of the unsur, a bare code (``"U8"``) where the order is not known."""
        return self.moments.unsur

    @property
    def design(self) -> Design:
        """How respondents were drawn."""
        return self.moments.design

    @cached_property
    def overall(self) -> Estimate:
        """All respondents as one group (the roll-up rule ``pooled``)."""
        return self._estimates(self.whole)[0]

    @cached_property
    def _by_name(self) -> dict[Any, Estimate]:
        if self.groups is None:
            return {}
        found = self._estimates(self.groups)
        return {rollup.name_of(g): e for g, e in zip(self.groups.moments.groups, found, strict=True)}

    def _estimates(self, part: Part) -> list[Estimate]:
        low, high = part.index_interval(self.interval, self.confidence_level)
        cuts = np.array([float(band.low) for band in self.standard.bands[1:]])
        chance = part.band_probability(cuts, self.confidence_level) if self.standard.bands else None
        profile = self.standard.profile(self.profile)
        weight = unsur_weights(self.standard, self.unsur, profile)
        factor = factor_of(self.standard)
        out = []
        for g in range(len(part.moments.groups)):
            exact = None
            if not part.moments.weighted:
                exact = exact_index(
                    part.points.answered[g].tolist(),
                    part.points.total[g].tolist(),
                    weight,
                    factor,
                    profile=profile,
                    missing=self.missing,
                )
            out.append(
                estimate_of(
                    part,
                    g,
                    standard=self.standard,
                    low=float(low[g]),
                    high=float(high[g]),
                    chance=None if chance is None else chance[g],
                    exact=exact,
                )
            )
        return out

    def __getitem__(self, group: object) -> Estimate:
        """Return the estimate of one group: its value, or the tuple of its values.

        Raises
        ------
        UnknownNameError
            If there is no such group.
        """
        for name in (group, *((group[0],) if isinstance(group, tuple) and len(group) == 1 else ())):
            if name in self._by_name:
                return self._by_name[name]
        raise UnknownNameError("group", group, self._by_name)

    def __iter__(self) -> Iterator[Any]:
        return iter(self._by_name)

    def __len__(self) -> int:
        return len(self._by_name)

    def __contains__(self, group: object) -> bool:
        return group in self._by_name

    def keys(self) -> tuple[Any, ...]:
        """Return the names of the groups."""
        return tuple(self._by_name)

    def items(self) -> tuple[tuple[Any, Estimate], ...]:
        """Return name and estimate of every group."""
        return tuple(self._by_name.items())

    @cached_property
    def findings(self) -> Findings:
        """What a reader of the numbers must know: see the reference of findings, IKM6xx."""
        return remarks(
            self.standard, self.profile, self.missing, self.groups, self.whole, self._by_name, self.overall
        )

    def rollup(self, method: str = "pooled", *, population: Mapping[Any, float] | None = None) -> Estimate:
        """Combine the groups into one number, by a rule that is named.

        Parameters
        ----------
        method
            ``"pooled"``: all respondents as one; ``"simple_mean"``: every group counts the
            same; ``"respondent_weighted"``: by respondents; ``"population"``: by the people
            served.
        population
            People served by each group, for ``"population"``; by default those of the
            design's strata.

        Raises
        ------
        UnknownNameError
            If there is no such rule.
        EstimationError
            If no groups were asked for, or populations are not known.

        Examples
        --------
        >>> import pandas as pd
        >>> from sipukat import ikm
        >>> frame = pd.DataFrame({"unit": list("AAAB"), **{f"U{i}": [4, 4, 4, 2] for i in range(1, 10)}})
        >>> result = ikm.estimate(frame, by="unit")
        >>> result.rollup("pooled").published, result.rollup("simple_mean").published
        (Decimal('87.50'), Decimal('75.00'))
        """
        if method == "pooled":
            return self.overall
        if self.groups is None:
            raise UnknownNameError("roll-up method of a result without groups (give by=)", method, ["pooled"])
        share = rollup.shares(self.groups, method, population)
        combined = rollup.combine(self.groups, share)
        exacts = [e.exact for e in self._by_name.values()]
        exact = None
        if not self.moments.weighted:
            exact = sum(
                (s * e for s, e in zip(share, exacts, strict=True) if e is not None), start=0 * share[0]
            )
        return letter_of(
            combined,
            exact,
            standard=self.standard,
            interval=self.interval,
            confidence_level=self.confidence_level,
            reach=(float(self.groups.low.max()), float(self.groups.high.max())),
        )

    def to_frame(self) -> pd.DataFrame:
        """Return one row a group (or one row in all, without groups).

        Columns: those of `by`, then ``n ikm published se low high df deff mutu kinerja``
        and one ``p_<mutu>`` a band: the probability of that letter.
        """
        return group_frame(self.by, self._rows(), self.standard)

    def unsur_frame(self) -> pd.DataFrame:
        """Return one row a group and unsur.

        Columns: those of `by`, then ``unsur nama nrr nilai se low high mutu n``. NRR is the
        mean score; `nilai`, `se`, `low` and `high` are on the published scale (NRR x 25).
        """
        part = self.whole if self.groups is None else self.groups
        return unsur_frame(
            self.by, part, self.standard, interval=self.interval, confidence_level=self.confidence_level
        )

    def shares_frame(self, at_least: int = 3, *, interval: str = "korn_graubard") -> pd.DataFrame:
        """Return one row a group and unsur: the share who gave at least a score.

        Columns: those of `by`, then ``unsur nama at_least share se low high df n``; shares
        from 0 to 1. `df` counts the units that answered the unsur.

        Parameters
        ----------
        at_least
            The lowest score that counts, above the lowest of the scale; 3 on a scale of 1
            to 4 means "good" and better.
        interval
            See `sipukat.ikm.INTERVALS`; by default that of Korn and Graubard (1998), which
            is made for shares.

        Raises
        ------
        ArgumentError
            If `at_least` is no such score.
        EstimationError
            If weights were fitted or replicated: their moments hold no single scores.

        Examples
        --------
        >>> import pandas as pd
        >>> from sipukat import ikm
        >>> frame = pd.DataFrame({f"U{i}": [4, 3, 4, 2, 3, 3, 4, 1] for i in range(1, 10)})
        >>> row = ikm.estimate(frame).shares_frame().iloc[0]
        >>> float(row["share"]), f"{row['low']:.3f}", f"{row['high']:.3f}"
        (0.75, '0.321', '0.975')
        """
        return shares_frame(
            self.by,
            self.whole if self.groups is None else self.groups,
            self.standard,
            at_least=at_least,
            interval=interval,
            confidence_level=self.confidence_level,
        )

    def _rows(self) -> list[tuple[Group, Estimate]]:
        if self.groups is None:
            return [((), self.overall)]
        return list(zip(self.groups.moments.groups, self._by_name.values(), strict=True))

    def to_dict(self) -> dict[str, Any]:
        """Return the result as plain, versioned data; published numbers as text."""
        numbers, came = self._numbers(), self.provenance
        told = ("source", "sha256", "rows_read", "rows_used")
        return {
            **numbers,
            "findings": self.findings.to_records(),
            "provenance": None if came is None else {name: getattr(came, name) for name in told},
            "manifest": self.manifest(numbers).model_dump(mode="json"),
        }

    def _numbers(self) -> dict[str, Any]:
        held = self._rows() if self.groups is not None else []
        return {
            "format": FORMAT,
            "standard": self.standard.id,
            "standard_confidence": self.standard.confidence,
            "profile": self.profile,
            "missing": self.missing,
            "interval": self.interval,
            "confidence_level": self.confidence_level,
            "design": self.design.model_dump(mode="json"),
            "by": list(self.by),
            "unsur": list(self.unsur),
            "overall": estimate_record(self.overall),
            "groups": [{"group": list(group), **estimate_record(e)} for group, e in held],
        }

    def manifest(self, results: Any, *, telling: Mapping[str, Any] | None = None) -> Manifest:
        """Return what it takes to compute the result again.

        Parameters
        ----------
        results
            The numbers that will stand beside it, as plain data; their hash is in it.
        telling
            Options of the report, as plain data.

        Examples
        --------
        >>> import pandas as pd
        >>> from sipukat import ikm
        >>> frame = pd.DataFrame({f"U{i}": [4, 3, 4] for i in range(1, 10)})
        >>> ikm.estimate(frame).manifest({}).estimating["interval"]
        'beta_ends'
        """
        came = self.provenance
        used = None if came is None else InputUsed(**{f: getattr(came, f) for f in InputUsed.model_fields})
        return manifest_of(
            self.standard,
            results=results,
            source=used,
            reading=came.options if came else {},
            plugins=[came.reader] if came else [],
            estimating={
                "by": list(self.by),
                "design": self.design.model_dump(mode="json", exclude_defaults=True),
                "profile": self.profile,
                "missing": self.missing,
                "interval": self.interval,
                "confidence_level": self.confidence_level,
            },
            telling=telling,
        )

    def to_json(self, *, indent: int | None = None) -> str:
        """Return the result as JSON; it holds no respondent.

        Examples
        --------
        >>> import json, pandas as pd
        >>> from sipukat import ikm
        >>> frame = pd.DataFrame({f"U{i}": [4, 3, 4] for i in range(1, 10)})
        >>> json.loads(ikm.estimate(frame).to_json())["overall"]["published"]
        '91.67'
        """
        return json.dumps(self.to_dict(), ensure_ascii=False, allow_nan=False, indent=indent)

    def __repr__(self) -> str:
        e = self.overall
        shown = "-" if e.published is None else f"{e.published} {e.mutu or ''}".strip()
        return f"<IkmResult {self.standard.id}: IKM {shown}, n = {e.n}, {len(self)} groups, {self.interval}>"

    def _repr_html_(self) -> str:
        return result_html(self.by, self._rows(), self.overall, self.standard, self.confidence_level)
