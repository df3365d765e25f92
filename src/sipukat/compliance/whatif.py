"""What would the score be if some indicators had other values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from sipukat._text import Lang, number
from sipukat._validation import must_be
from sipukat.compliance.evidence import Evidence
from sipukat.compliance.offers import Standing, standing
from sipukat.compliance.options import score_of
from sipukat.compliance.tree import tree_of
from sipukat.errors import UnknownNameError
from sipukat.standards.registry import compliance

if TYPE_CHECKING:
    from decimal import Decimal

    import pandas as pd

    from sipukat.compliance.offers import Value
    from sipukat.compliance.tree import Tree
    from sipukat.standards.compliance_model import ComplianceStandard
    from sipukat.standards.compliance_parts import ScoreBand
    from sipukat.standards.loader import Standard

FORMAT: Final = "urn:sipukat:what_if:1"
_COLUMNS: Final = "key nama name before after points_before points_after difference".split()


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What one indicator gives before and after, in points, exactly; values None where unknown."""

    key: str
    nama: str
    name: str
    before: Value | None
    after: Value | None
    points_before: Fraction
    points_after: Fraction

    @property
    def difference(self) -> Fraction:
        """The points that it gives more."""
        return self.points_after - self.points_before


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIf:
    """The score before and after some indicators change; what is unknown counts at its least.

    Parameters
    ----------
    standard
        Id of the scheme.
    score_before, score_after
        The exact scores, on the scale of the scheme.
    published_before, published_after
        The scores rounded as the scheme does.
    band_before, band_after
        Their bands.
    changes
        One row a leaf, in order; the differences add up to that of the scores.
    evidence
        What would be known then.
    unknown
        Keys of the indicators that stay unknown.
    """

    standard: str
    score_before: Fraction
    score_after: Fraction
    published_before: Decimal
    published_after: Decimal
    band_before: ScoreBand | None
    band_after: ScoreBand | None
    changes: tuple[Change, ...]
    evidence: Evidence
    unknown: tuple[str, ...]

    @property
    def difference(self) -> Fraction:
        """The points that the score rises by, exactly."""
        return self.score_after - self.score_before

    def to_frame(self) -> pd.DataFrame:
        """Return one row a leaf; points as floats.

        Notes
        -----
        Columns ``key nama name before after points_before points_after difference``.
        """
        import pandas as pd

        rows = [
            (
                c.key,
                c.nama,
                c.name,
                c.before,
                c.after,
                *map(float, (c.points_before, c.points_after, c.difference)),
            )
            for c in self.changes
        ]
        return pd.DataFrame(rows, columns=_COLUMNS)

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain, versioned data; exact numbers are texts such as ``"303/1250"``."""
        return {
            "format": FORMAT,
            "standard": self.standard,
            "score_before": str(self.score_before),
            "score_after": str(self.score_after),
            "published_before": str(self.published_before),
            "published_after": str(self.published_after),
            "code_before": self.band_before.code if self.band_before else None,
            "code_after": self.band_after.code if self.band_after else None,
            "zone_before": self.band_before.zone if self.band_before else None,
            "zone_after": self.band_after.zone if self.band_after else None,
            "unknown": list(self.unknown),
            "changes": [
                {"key": c.key, "before": _plain(c.before), "after": _plain(c.after)}
                | {"difference": str(c.difference)}
                for c in self.changes
                if c.difference or c.before != c.after
            ],
        }

    def sentence(self, lang: Lang = "id") -> str:
        """Say it in one sentence.

        Parameters
        ----------
        lang
            ``"id"`` or ``"en"``.
        """
        before, after = (number(n, lang=lang) for n in (self.published_before, self.published_after))
        was, will = (_called(band, lang) for band in (self.band_before, self.band_after))
        if lang == "id":
            return f"Nilai menurut {self.standard} berubah dari {before} ({was}) menjadi {after} ({will})."
        return f"The score under {self.standard} changes from {before} ({was}) to {after} ({will})."


def what_if(
    evidence: Evidence,
    standard: str | Standard,
    changes: Mapping[str, Decimal | bool | float | str | None],
    *,
    tree: Tree | None = None,
) -> WhatIf:
    """Return the score before and after some indicators change.

    Parameters
    ----------
    evidence
        What is known now. What is not known counts at its lower bound, or at nothing, before
        and after.
    standard
        The scheme, by any name that `sipukat.standards.get` knows.
    changes
        Indicator, or condition, to its other value; None makes it unknown.
    tree
        The scheme as a tree, where it is not that of the scheme, e.g. with other weights.

    Raises
    ------
    UnknownNameError
        If there is no such scheme or indicator.
    ArgumentError
        If a value is none of its indicator.

    Examples
    --------
    >>> from sipukat.compliance.evidence import Evidence
    >>> known = Evidence.of({"input.kompetensi": 70, "proses.standar_pelayanan": 60})
    >>> what_if(known, "ombudsman-2022", {"proses.standar_pelayanan": 100}).sentence("en")
    'The score under ombudsman-2022 changes from 27.07 (E merah) to 40.02 (D merah).'
    """
    scheme = compliance(standard)
    tree = tree_of(scheme) if tree is None else tree
    known = {*tree.shares, *(condition.key for condition in tree.conditions)}
    must_be(Evidence, evidence, "evidence", "an Evidence, e.g. Evidence.of({key: value})")
    must_be(Mapping, changes, "changes", "{key of an indicator: value}")
    for key in changes:
        if key not in known:
            raise UnknownNameError(f"indicator of {tree.standard}", key, known)
    after = evidence
    for key, value in changes.items():
        after = after.with_(key, value)
    return compare(tree, scheme, evidence, after)


def compare(tree: Tree, standard: ComplianceStandard, before: Evidence, after: Evidence) -> WhatIf:
    """Return what two evidences differ by, leaf by leaf.

    Parameters
    ----------
    tree, standard
        The scheme.
    before, after
        What is known then and now.

    Raises
    ------
    ArgumentError
        If a value is none of its indicator.
    UnknownNameError
        If an evidence speaks of an indicator that the scheme does not have.
    """
    stands = standing(tree, before), standing(tree, after)
    scores = [score_of(tree, stand) for stand in stands]
    points = [_points(tree, stand) for stand in stands]
    published = [standard.rounded(score) for score in scores]
    return WhatIf(
        standard=standard.id,
        score_before=scores[0],
        score_after=scores[1],
        published_before=published[0],
        published_after=published[1],
        band_before=standard.band(published[0]),
        band_after=standard.band(published[1]),
        changes=tuple(
            Change(
                key=leaf.key,
                nama=leaf.nama,
                name=leaf.name,
                before=stands[0][leaf.key].value,
                after=stands[1][leaf.key].value,
                points_before=points[0][leaf.key],
                points_after=points[1][leaf.key],
            )
            for leaf in tree.leaves()
        ),
        evidence=after,
        unknown=tuple(key for key, stand in stands[1].items() if stand.unknown),
    )


def _points(tree: Tree, stand: Mapping[str, Standing]) -> dict[str, Fraction]:
    """Return what each leaf gives; the score is their sum, also where the scale does not begin at 0."""
    return {
        leaf.key: tree.share(leaf) * score_of_leaf(tree, stand, leaf.key, leaf.gate) for leaf in tree.leaves()
    }


def score_of_leaf(tree: Tree, stand: Mapping[str, Standing], key: str, gate: str) -> Fraction:
    """Return the score if all were as one leaf is.

    Parameters
    ----------
    tree
        The scheme.
    stand
        Where the leaves stand.
    key, gate
        The leaf, and the condition that it waits for; empty where there is none.
    """
    low, high = Fraction(tree.low), Fraction(tree.high)
    return low + (high - low) * (stand[key].fraction if not gate or stand[gate].fraction else 0)


def _plain(value: Value | None) -> bool | str | None:
    return value if value is None or isinstance(value, bool) else str(value)


def _called(band: ScoreBand | None, lang: Lang) -> str:
    if band is None:
        return "–"
    if band.zone is None:
        return band.label if lang == "id" else band.label_english
    return band.code if band.code.casefold() == band.zone else f"{band.code} {band.zone}"
