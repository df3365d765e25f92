"""Standards of an invented region, and evidence of how an office keeps one."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from hypothesis import strategies as st

from sipukat import standards
from sipukat.compliance.evidence import Evidence
from sipukat.compliance.tree import tree_of
from sipukat.standards.compliance_model import ComplianceStandard
from sipukat.standards.loader import KINDS
from sipukat.standards.model import SurveyStandard

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn, SearchStrategy

    from sipukat.compliance.measure import Measure
    from sipukat.standards.document_model import DocumentStandard
    from sipukat.standards.loader import Standard

_FIGURE: Final = {"place": "Pasal 4", "confidence": "B"}
_REGULATION: Final = {"kind": "perbup", "nomor": "12", "tahun": 2025, "region": "contoh"}
_LOCAL: Final = ("kanal_daring", "ramah_kelompok_rentan", "bahasa_daerah")
_ZONES: Final = ("merah", "kuning", "hijau")


def _head(kind: str, extends: str) -> dict[str, Any]:
    title = {"survey": "SKM", "document": "Standar Pelayanan", "compliance": "Penilaian"}[kind]
    return {
        "kind": kind,
        "id": f"perbup-contoh-12-2025-{kind}",
        "title": f"{title} Kabupaten Contoh",
        "regulation": _REGULATION,
        "confidence": "B",
        **({"extends": extends} if extends else {}),
    }


@st.composite
def _shares(draw: DrawFn, count: int, total: Fraction = Fraction(1)) -> list[Fraction]:
    """Draw positive fractions that add up to `total`, all equal where Hypothesis shrinks them."""
    parts = draw(st.lists(st.integers(1, 9), min_size=count, max_size=count))
    return [total * part / sum(parts) for part in parts]


@st.composite
def survey_standards(
    draw: DrawFn, extends: str | Standard = "permenpanrb-14-2017", *, bands: bool = True
) -> SurveyStandard:
    """Draw the survey standard of a region: more unsur, other weights, other bands.

    Parameters
    ----------
    extends
        The standard that it adds to.
    bands
        Whether it may have bands of its own; it then stands alone and extends nothing, since
        a local standard may not move the bands of the law.

    Examples
    --------
    >>> from hypothesis import given, settings
    >>> @settings(max_examples=3, deadline=None, database=None)
    ... @given(survey_standards())
    ... def holds(rule):
    ...     assert sum(rule.weights.values()) == 1
    >>> holds()
    """
    base = standards.survey(extends)
    free = [key for key in _LOCAL if key not in base.unsur_keys]
    added = free[: draw(st.integers(0, len(free)))]
    first = len(base.unsur) + 1
    unsur: list[dict[str, Any]] = [{"key": key} for key in base.unsur_keys]
    unsur += [_unsur(key, f"U{first + place}") for place, key in enumerate(added)]
    weighed = draw(st.booleans())
    if weighed:
        stated = draw(_shares(len(unsur)))
        unsur = [{**row, "weight": weight} for row, weight in zip(unsur, stated, strict=True)]
    weighting = {"weighting": {"rule": "stated", **_FIGURE}} if weighed else {}
    made: SurveyStandard = KINDS["survey"].made(
        {**_head("survey", base.id), "unsur": unsur, **weighting}, "perbup.toml", standards.get
    )
    if not (bands and base.bands and draw(st.booleans())):
        return made
    own = {"bands": draw(_bands(base)), "extends": None}
    return SurveyStandard.model_validate(made.model_dump() | own)


def _unsur(key: str, code: str) -> dict[str, Any]:
    nama = key.replace("_", " ").capitalize()
    return {"key": key, "code": code, "nama": nama, "name": nama, **_FIGURE}


@st.composite
def _bands(draw: DrawFn, base: SurveyStandard) -> list[dict[str, Any]]:
    """Draw bands from the lowest index on: a band ends where the next begins, so none leaves a gap."""
    factor = base.scale.to_ikm or Fraction(1)
    low, high = int(base.scale.low * factor * 100), int(base.scale.high * factor * 100)
    cents = draw(st.sets(st.integers(low + 1, high), min_size=1, max_size=4))
    cuts = [base.scale.low * factor, *(Fraction(cut, 100) for cut in sorted(cents))]
    return [
        {
            "mutu": chr(ord("A") + len(cuts) - 1 - place),
            "kinerja": f"Tingkat {place + 1}",
            "performance": f"Level {place + 1}",
            "low": Decimal(int(cut * 100)) / 100,
            **_FIGURE,
        }
        for place, cut in enumerate(cuts)
    ]


@st.composite
def document_standards(draw: DrawFn, extends: str | Standard = "uu-25-2009") -> DocumentStandard:
    """Draw the document standard of a region: more komponen, in an order of its own.

    Parameters
    ----------
    extends
        The standard that it adds to.

    Examples
    --------
    >>> from hypothesis import given, settings
    >>> @settings(max_examples=3, deadline=None, database=None)
    ... @given(document_standards())
    ... def holds(law):
    ...     assert len(law.komponen) >= 14
    >>> holds()
    """
    base = standards.document(extends)
    added = _LOCAL[: draw(st.integers(0, len(_LOCAL)))]
    group = draw(st.sampled_from([group.id for group in base.groups]))
    komponen = [
        {
            "key": key,
            "letter": f"z{chr(ord('a') + place)}",
            "nama": key.replace("_", " ").capitalize(),
            "name": key,
            "group": group,
            "must_publish": draw(st.booleans()),
            **_FIGURE,
        }
        for place, key in enumerate(added)
    ]
    keys = [*base.komponen_keys, *added]
    order = {"order": draw(st.permutations(keys))} if draw(st.booleans()) else {}
    table = {**_head("document", base.id), "komponen": komponen, **order}
    made: DocumentStandard = KINDS["document"].made(table, "perbup.toml", standards.get)
    return made


@st.composite
def compliance_standards(draw: DrawFn) -> ComplianceStandard:
    """Draw the scheme of an invented region: dimensions and indicators with exact weights, and bands.

    Every way to measure is among them; weights are fractions that add up to exactly 1 below
    each dimension, or were not found.

    Examples
    --------
    >>> from hypothesis import given, settings
    >>> @settings(max_examples=3, deadline=None, database=None)
    ... @given(compliance_standards())
    ... def holds(scheme):
    ...     assert scheme.bands[-1].high == 100
    >>> holds()
    """
    indicators = []
    branches = draw(st.integers(1, 3))
    for branch, weight in enumerate(draw(_shares(branches)), start=1):
        indicators.append(_indicator(f"d{branch}", weight=weight))
        known = draw(st.booleans())
        leaves = draw(_shares(draw(st.integers(1, 3))))
        for leaf, share in enumerate(leaves, start=1):
            scale = draw(st.sampled_from(sorted(_MEASURES)))
            stated = share if known else None
            indicators.append(
                _indicator(f"d{branch}.{leaf}", weight=stated, parent=f"d{branch}", scale=scale)
            )
    table = {
        **_head("compliance", ""),
        "scale": {
            "low": "0", "high": "100", "decimals": 2, "rounding_confidence": "B", "lookup": "lower_bound",
            "wording": "batas bawah", **_FIGURE,
        },
        "bands": draw(_score_bands()),
        "weighting": {"total": "1", "wording": "berjumlah satu", **_FIGURE},
        "scales": _MEASURES,
        "indicators": indicators,
        "sources": {},
    }  # fmt: skip
    return ComplianceStandard.model_validate(table)


_MEASURES: Final[dict[str, dict[str, Any]]] = {
    "ada": {"kind": "yes_no", "low": "0", "high": "1", **_FIGURE},
    "kanal": {"kind": "count", "low": "0", "high": "5", **_FIGURE},
    "nilai": {"kind": "measure", "low": "0", "high": "100", **_FIGURE},
    "tangga": {
        "kind": "levels",
        "low": "0",
        "high": "4",
        "levels": [
            {"score": "0", "jika": "tidak ada", "when": "none"},
            {"score": "1", "jika": "ada", "when": "exists"},
            {"score": "4", "jika": "diumumkan", "when": "is published"},
        ],
        **_FIGURE,
    },
}


def _indicator(key: str, *, weight: Fraction | None, parent: str = "", scale: str = "") -> dict[str, Any]:
    named = {"key": key, "nama": f"Indikator {key}", "name": f"Indicator {key}"}
    return {**named, "weight": weight, "parent": parent, "scale": scale, **_FIGURE}


@st.composite
def _score_bands(draw: DrawFn) -> list[dict[str, Any]]:
    cents = draw(st.sets(st.integers(1, 9999), min_size=1, max_size=2))
    lows = [0, *sorted(cents)]
    highs = [low - 1 for low in lows[1:]] + [10000]
    coloured = draw(st.booleans())
    return [
        {
            "code": f"B{place}",
            "label": f"Sebutan {place}",
            "label_english": f"Label {place}",
            "low": Decimal(low) / 100,
            "high": Decimal(high) / 100,
            "zone": _ZONES[place] if coloured else None,
            **_FIGURE,
        }
        for place, (low, high) in enumerate(zip(lows, highs, strict=True))
    ]


def _value(measure: Measure | None) -> SearchStrategy[Any]:
    if measure is None:
        return st.none()
    match measure.kind:
        case "levels":
            return st.sampled_from([level.score for level in measure.levels])
        case "yes_no":
            return st.booleans()
        case "count":
            return st.integers(0, int(measure.high) + 2)
        case _:
            return st.decimals(measure.low, measure.high, places=2)


@st.composite
def evidence(
    draw: DrawFn, standard: str | Standard = "ombudsman-2022", *, complete: bool = False
) -> Evidence:
    """Draw what is known about an office, as `sipukat.compliance.score` takes it for one scheme.

    Parameters
    ----------
    standard
        The compliance standard, or its name.
    complete
        Whether every indicator and condition is known; else any may be missing.

    Examples
    --------
    >>> from hypothesis import given, settings
    >>> from sipukat import compliance
    >>> @settings(max_examples=3, deadline=None, database=None)
    ... @given(evidence(complete=True))
    ... def holds(known):
    ...     assert compliance.score(known, "ombudsman-2022").score is not None
    >>> holds()
    """
    tree = tree_of(standards.compliance(standard))
    leaves = {leaf.key: _value(leaf.measure) for leaf in tree.leaves()}
    known = {**leaves, **{condition.key: st.booleans() for condition in tree.conditions}}
    drawn = st.fixed_dictionaries(known) if complete else st.fixed_dictionaries({}, optional=known)
    return Evidence.of(draw(drawn))
