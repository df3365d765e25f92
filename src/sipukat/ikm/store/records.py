"""What a store tells of its batches, and by what it knows a batch again."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from sipukat.errors import ArgumentError
from sipukat.ikm.moments import merge
from sipukat.ikm.plain import plain

if TYPE_CHECKING:
    from sipukat.ikm.moments import Moments

_DIGITS: Final = 10
"""Significant digits by which weighted sums are told apart: rows in another order add up to
the same but for rounding, and are the same batch."""

_CONTENT: Final = (
    "group",
    "stratum",
    "n",
    "n_complete",
    "weight",
    "weight2",
    "levels",
    "gram",
    "gram_complete",
    "gram2",
    "gram2_complete",
    "level_weight",
    "level_weight2",
)

_LONGEST: Final = 200

FORGOTTEN: Final = ""
"""In the place of a digest that would tell the answers of a few people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Appended:
    """What became of a batch.

    Parameters
    ----------
    batch, period
        As given.
    new
        Whether it was added; False where the store held it already, with the same content.
    n
        Respondents in the batch.
    """

    batch: str
    period: str
    new: bool
    n: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """A batch that a store holds.

    Parameters
    ----------
    batch
        Its id.
    period
        The period it belongs to.
    n
        Respondents in it.
    digest
        SHA-256 of its sums, in hexadecimal; empty where it was forgotten (see
        `MomentStore.compact`). Of a few people it tells their answers to who tries all there
        are, so it is not in the `repr`.
    appended
        When it was added, in UTC, as ISO 8601.
    """

    batch: str
    period: str
    n: int
    digest: str = field(repr=False)
    appended: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Compacted:
    """What a compaction did.

    Parameters
    ----------
    before, after
        Rows of sums in the periods concerned, before and after. Batches are not fewer.
    """

    before: int
    after: int


def checked_name(value: object, what: str) -> str:
    """Return a batch id or period.

    Raises
    ------
    ArgumentError
        If it is not 1 to 200 printable characters without blanks at its ends.

    Examples
    --------
    >>> checked_name("2026-03", "period")
    '2026-03'
    """
    right = isinstance(value, str) and value.isprintable() and value == value.strip()
    if not right or not 1 <= len(str(value)) <= _LONGEST:
        raise ArgumentError(
            f"{what} must be 1 to {_LONGEST} printable characters without blanks at its ends, "
            f"e.g. '2026-03'; got {str(value)[:80]!r}"
        )
    return str(value)


def digest_of(m: Moments) -> str:
    """Return the SHA-256 by which the same answers are known again, in whatever order they came.

    Examples
    --------
    >>> import pandas as pd
    >>> from sipukat import ikm
    >>> frame = pd.DataFrame({"unit": ["A", "B"], **{f"U{i}": [3, 4] for i in range(1, 10)}})
    >>> digest_of(ikm.moments(frame, by="unit")) == digest_of(ikm.moments(frame[::-1], by="unit"))
    True
    """
    return sha256(json.dumps(_canonical(m), sort_keys=True, separators=(",", ":")))


def sha256(text: str) -> str:
    """Return the SHA-256 of a text, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def _canonical(m: Moments) -> dict[str, Any]:
    """Return what tells answers apart; what calibration adds to it follows from the weights.

    Names are listed here, and not all fields taken: a field that a later version adds must not
    make a batch another one.
    """
    whole = merge([m])
    held: dict[str, Any] = {
        "groups": whole.groups,
        "strata": whole.strata,
        "population": plain(whole.population),
    }
    for name in _CONTENT:
        values = getattr(whole, name)
        if values is not None:
            held[name] = plain(_rounded(values))
    if whole.replicates is not None:
        held["replicates"] = plain(_rounded(whole.replicates.total))
    if whole.clusters is not None:
        c = whole.clusters
        sums = np.concatenate([c.total, c.total_complete, c.levels.reshape(len(c.total), -1)], axis=1)
        rows = zip(c.cell.tolist(), c.psu.tolist(), _rounded(sums).tolist(), strict=True)
        keyed = [[cell, c.keys[psu][0], repr(c.keys[psu][1]), row] for cell, psu, row in rows]
        held["clusters"] = sorted(keyed, key=lambda row: row[:3])  # PSUs are numbered as they were met
    if whole.within is not None:
        held["within"] = _canonical(whole.within)
    return held


def _rounded(values: Any) -> Any:
    if values.dtype.kind != "f":
        return values
    size = np.abs(values)
    exponent = np.floor(np.log10(np.where(size > 0, size, 1.0)))
    scale = 10.0 ** (_DIGITS - 1 - exponent)
    return np.rint(values * scale) / scale
