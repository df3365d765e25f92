"""What a city and each of its units score, and what each indicator gives to that."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

from sipukat._html import panel, paragraph, table
from sipukat._text import Lang, number
from sipukat.compliance.contributions import total

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from decimal import Decimal

    import pandas as pd

    from sipukat.compliance.assessment import Assessment
    from sipukat.compliance.classify import Verdict
    from sipukat.findings import Findings
    from sipukat.standards.compliance_model import ComplianceStandard
    from sipukat.standards.compliance_parts import ScoreBand, Zone

FORMAT: Final = "urn:sipukat:city-assessment:1"
Method: TypeAlias = Literal["mean", "weighted"]
"""How the scores of units become one: each counts the same, or by the weights that are given."""

_COLUMNS: Final = "unit share score published code zone lowest highest services unknown".split()
_WORDS: Final[dict[str, tuple[str, str]]] = {
    "mean": ("rata-rata", "the mean of"),
    "weighted": ("rata-rata tertimbang", "the weighted mean of"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitAssessment:
    """What one unit scores: the mean of its services, each counted the same.

    Parameters
    ----------
    unit
        Its name.
    share
        Its share in the score of the city, exactly; all shares add up to 1.
    services
        The assessment of each service by its name; one under ``""`` where the evidence is
        of the unit as a whole.
    lowest, highest
        What it scores at least and at most.
    """

    unit: str
    share: Fraction
    services: Mapping[str, Assessment]
    lowest: Verdict
    highest: Verdict

    @property
    def score(self) -> Fraction | None:
        """The exact score; None while it is not known."""
        return self.lowest.exact if self.lowest.exact == self.highest.exact else None

    @property
    def published(self) -> Decimal | None:
        """The score rounded as the scheme does; None while it is not known."""
        return None if self.score is None else self.lowest.score

    @property
    def band(self) -> ScoreBand | None:
        """The band; None where it is not sure."""
        return self.lowest.band if self.lowest.band == self.highest.band else None

    @property
    def zone(self) -> Zone | None:
        """The colour; None where there is none, or it is not sure."""
        return self.lowest.zone if self.lowest.zone == self.highest.zone else None

    @property
    def unknown(self) -> tuple[str, ...]:
        """Keys of the indicators that are not known in one of its services."""
        keys = [key for assessment in self.services.values() for key in assessment.unknown]
        return tuple(dict.fromkeys(keys))

    def points(self) -> Mapping[str, Fraction | None]:
        """Return the points that each indicator gives to the unit, exactly; None where not known."""
        return _mean_points(tuple(self.services.values()))


@dataclass(frozen=True, slots=True, kw_only=True)
class CityAssessment:
    """What a city scores under one scheme, and what each of its units gives to it.

    Parameters
    ----------
    name
        Name of the city.
    standard
        The scheme.
    method
        How the units were combined: ``"mean"`` or ``"weighted"``.
    units
        What each unit scores, by its name.
    lowest, highest
        What the city scores at least and at most.
    findings
        What a reader must know: of the combining, and of every unit, with its name.
    """

    name: str
    standard: ComplianceStandard
    method: Method
    units: Mapping[str, UnitAssessment]
    lowest: Verdict
    highest: Verdict
    findings: Findings

    @property
    def score(self) -> Fraction | None:
        """The exact score; None while it is not known."""
        return self.lowest.exact if self.lowest.exact == self.highest.exact else None

    @property
    def published(self) -> Decimal | None:
        """The score rounded as the scheme does; None while it is not known."""
        return None if self.score is None else self.lowest.score

    @property
    def band(self) -> ScoreBand | None:
        """The band; None where it is not sure."""
        return self.lowest.band if self.lowest.band == self.highest.band else None

    @property
    def zone(self) -> Zone | None:
        """The colour; None where there is none, or it is not sure."""
        return self.lowest.zone if self.lowest.zone == self.highest.zone else None

    @property
    def unknown(self) -> Mapping[str, tuple[str, ...]]:
        """The units that have indicators that are not known, and these."""
        return {name: unit.unknown for name, unit in self.units.items() if unit.unknown}

    def points(self) -> Mapping[str, Fraction | None]:
        """Return the points that each indicator gives to the city; they add up to its score exactly.

        None where an indicator is not known in one of the units.
        """
        found: dict[str, Fraction | None] = {}
        for unit in self.units.values():
            for key, points in unit.points().items():
                so_far = found.get(key, Fraction(0))
                lost = so_far is None or points is None
                found[key] = None if lost else so_far + unit.share * points  # type: ignore[operator]
        return found

    def to_frame(self) -> pd.DataFrame:
        """Return one row a unit, in the order in which they were given; exact scores as floats.

        Notes
        -----
        Columns ``unit share score published code zone lowest highest services unknown``;
        `unknown` is a number of indicators.
        """
        import pandas as pd

        rows = [
            {
                "unit": unit.unit,
                "share": float(unit.share),
                "score": float("nan") if unit.score is None else float(unit.score),
                "published": unit.published,
                "code": unit.band.code if unit.band else None,
                "zone": unit.zone,
                "lowest": float(unit.lowest.exact),
                "highest": float(unit.highest.exact),
                "services": len(unit.services),
                "unknown": len(unit.unknown),
            }
            for unit in self.units.values()
        ]
        return pd.DataFrame(rows, columns=_COLUMNS)

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain, versioned data; exact numbers are texts."""
        return {
            "format": FORMAT,
            "name": self.name,
            "standard": self.standard.id,
            "method": self.method,
            "score": str(self.published) if self.score is not None else None,
            "exact": str(self.score) if self.score is not None else None,
            "code": self.band.code if self.band else None,
            "zone": self.zone,
            "lowest": self.lowest.to_dict(),
            "highest": self.highest.to_dict(),
            "units": [
                {
                    "unit": unit.unit,
                    "share": str(unit.share),
                    "lowest": str(unit.lowest.exact),
                    "highest": str(unit.highest.exact),
                    "services": [{"name": name, **a.to_dict()} for name, a in unit.services.items()],
                }
                for unit in self.units.values()
            ],
            "findings": self.findings.to_records(),
        }

    def sentence(self, lang: Lang = "id") -> str:
        """Say the score of the city in plain words, and how it was combined.

        Parameters
        ----------
        lang
            ``"id"`` or ``"en"``.
        """
        name, n = self.name or ("Kota" if lang == "id" else "City"), len(self.units)
        if self.score is not None:
            told = self.lowest.sentence(lang)
        else:
            low, high = (number(v.score, lang=lang) for v in (self.lowest, self.highest))
            by = self.standard.id
            told = f"Nilai menurut {by} antara {low} dan {high}."
            if lang == "en":
                told = f"The score under {by} lies between {low} and {high}."
        if lang == "id":
            return f"{name}: {told} Digabung sebagai {_WORDS[self.method][0]} {n} unit."
        return f"{name}: {told} Combined as {_WORDS[self.method][1]} {n} units."

    def __repr__(self) -> str:
        told = (
            str(self.published) if self.score is not None else f"{self.lowest.score} to {self.highest.score}"
        )
        by = f"{self.standard.id}, {self.method} of {len(self.units)} units"
        return f"CityAssessment({self.name or 'city'}, {by}: {told}, zone {self.zone})"

    def _repr_html_(self) -> str:
        rows = []
        for unit in self.units.values():
            low, high = (number(verdict.score) for verdict in (unit.lowest, unit.highest))
            told = low if unit.score is not None else f"{low} – {high}"
            called = unit.band.code if unit.band else "–"
            rows.append([unit.unit, told, called, (unit.zone or "–").upper(), str(len(unit.unknown))])
        heads = ["unit", "nilai", "kategori", "zona", "belum diketahui"]
        body = table(f"Nilai tiap unit menurut {self.standard.id}", heads, rows, more="unit", numeric=(1, 4))
        return panel(paragraph(self.sentence(), strong=True), body)


def _mean_points(services: Sequence[Assessment]) -> Mapping[str, Fraction | None]:
    found: dict[str, Fraction | None] = {}
    for rows in zip(*(assessment.contributions for assessment in services), strict=True):
        points = [row.points for row in rows]
        known = [p for p in points if p is not None]
        found[rows[0].key] = total(known) / len(known) if len(known) == len(points) else None
    return found
