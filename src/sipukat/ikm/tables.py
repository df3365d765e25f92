"""Results as frames and as plain records."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from sipukat._text import round_half_up
from sipukat.ikm.mutu import band_index

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sipukat.ikm.clusters import Group
    from sipukat.ikm.parts import Part
    from sipukat.ikm.unit import Estimate
    from sipukat.standards import SurveyStandard


def group_frame(
    by: Sequence[str], rows: Sequence[tuple[Group, Estimate]], standard: SurveyStandard
) -> pd.DataFrame:
    """Return one row a group."""
    letters = [band.mutu for band in standard.bands]
    records = [
        {
            **dict(zip(by, group, strict=True)),
            "n": e.n,
            "ikm": e.ikm,
            "published": e.published,
            "se": e.se,
            "low": e.low,
            "high": e.high,
            "df": e.df,
            "deff": e.deff,
            "mutu": e.mutu,
            "kinerja": e.kinerja,
            **{f"p_{letter}": e.mutu_probability.get(letter, np.nan) for letter in letters},
        }
        for group, e in rows
    ]
    columns = ["n", "ikm", "published", "se", "low", "high", "df", "deff", "mutu", "kinerja"]
    return pd.DataFrame.from_records(records, columns=[*by, *columns, *(f"p_{letter}" for letter in letters)])


def unsur_frame(
    by: Sequence[str], part: Part, standard: SurveyStandard, *, interval: str, confidence_level: float
) -> pd.DataFrame:
    """Return one row a group and unsur, groups in order and unsur in the order of the survey."""
    m, k, factor = part.moments, part.moments.k, part.factor
    names = {unsur.key: unsur.nama for unsur in standard.unsur}
    low, high = part.unsur_interval(interval, confidence_level)
    variance = part.unsur_covariance[:, range(k), range(k)]
    with np.errstate(invalid="ignore"):
        se = np.sqrt(np.maximum(variance, 0)) * factor
    nilai = part.points.nrr * factor
    nothing = np.isnan(part.points.nrr) | (part.df < 1)[:, None]
    letters: list[str | None] = [None] * nilai.size
    if standard.bands:
        known = np.isfinite(nilai)
        cents = np.where(known, _hundredths(part, factor), -1)
        at = band_index(cents, standard).ravel()
        letters = [standard.bands[i].mutu if i >= 0 else None for i in at.tolist()]
    groups = {name: [g[i] for g in m.groups for _ in range(k)] for i, name in enumerate(by)}
    answered = m.per_group(m.levels).sum(axis=2)
    return pd.DataFrame(
        {
            **groups,
            "unsur": [name for _ in m.groups for name in m.unsur],
            "nama": [names.get(name, name) for _ in m.groups for name in m.unsur],
            "nrr": part.points.nrr.ravel(),
            "nilai": nilai.ravel(),
            "se": np.where(nothing, np.nan, se).ravel(),
            "low": (low * factor).ravel(),
            "high": (high * factor).ravel(),
            "mutu": letters,
            "n": answered.ravel(),
        }
    )


def _hundredths(part: Part, factor: float) -> np.ndarray[Any, np.dtype[np.int64]]:
    """Round NRR x 25 half up to hundredths; exactly, when respondents are counted."""
    answered, total = part.points.answered, part.points.total
    if np.issubdtype(np.asarray(total).dtype, np.integer) and float(factor).is_integer():
        scaled = 2 * 100 * int(factor) * np.asarray(total, dtype=np.int64) + answered
        return np.floor_divide(scaled, np.maximum(2 * np.asarray(answered), 1)).astype(np.int64)
    cents = np.nan_to_num(part.points.nrr) * factor * 100
    return np.floor(cents + 0.5 + 1e-7).astype(np.int64)


def estimate_record(e: Estimate) -> dict[str, Any]:
    """Return one estimate as plain data; NaN as None, the published number as text."""

    def plain(value: float | None) -> float | None:
        return None if value is None or not np.isfinite(value) else float(value)

    return {
        "n": e.n,
        "used": e.used,
        "published": None if e.published is None else str(e.published),
        "ikm": plain(e.ikm),
        "ikm_4dp": None
        if not np.isfinite(e.ikm)
        else str(round_half_up(e.exact if e.exact is not None else e.ikm, 4)),
        "se": plain(e.se),
        "low": plain(e.low),
        "high": plain(e.high),
        "df": plain(e.df),
        "deff": plain(e.deff),
        "mutu": e.mutu,
        "kinerja": e.kinerja,
        "mutu_probability": dict(e.mutu_probability),
        "nrr": {name: plain(value) for name, value in e.nrr.items()},
        "answered": dict(e.answered),
        "counts": {name: list(counts) for name, counts in e.counts.items()},
    }
