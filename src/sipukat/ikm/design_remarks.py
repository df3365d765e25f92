"""What a reader must know of the design: findings IKM62x."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from sipukat._text import number
from sipukat.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sipukat.ikm.moments import Moments
    from sipukat.ikm.parts import Part

_SHOWN: Final = 10
_UNEQUAL: Final = 3.0
"""From this factor of the variance on, weights cost two thirds of the respondents."""


def design_remarks(whole: Part) -> Iterator[Finding]:
    """Look at the design of all respondents together."""
    m = whole.moments
    lonely = np.flatnonzero((whole.strata.units == 1) & (whole.strata.fraction < 1))
    if len(lonely) and m.replicates is None:
        names = [_name(m.strata[at]) for at in lonely.tolist()]
        yield Finding.of("IKM620", count=len(names), strata=names[:_SHOWN], rule=m.design.lonely_psu)
    crossing = _crossing(m)
    if crossing:
        yield Finding.of("IKM621", count=len(crossing), psus=crossing[:_SHOWN])
    kish = float(whole.kish[0])
    if m.weighted and kish >= _UNEQUAL:
        n = int(whole.used[0])
        yield Finding.of("IKM622", kish=number(kish, 1), n=n, effective=int(n / kish))


def _crossing(m: Moments) -> list[str]:
    if m.clusters is None:
        return []
    seen: dict[object, set[int]] = {}
    for stratum, name in m.clusters.keys:
        seen.setdefault(name, set()).add(stratum)
    return [str(name) for name, strata in seen.items() if len(strata) > 1]


def _name(stratum: tuple[object, ...]) -> str:
    return " / ".join("(kosong)" if part is None else str(part) for part in stratum) or "semua"
