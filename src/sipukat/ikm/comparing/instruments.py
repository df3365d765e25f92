"""Whether two surveys measured the same thing: scale, standard, unsur, way of computing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sipukat._text import listing
from sipukat.errors import EstimationError
from sipukat.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sipukat.ikm.unit import Estimate

_CODE: Final = re.compile(r"[A-Z]{1,4}[0-9]{1,2}")
_SAME: Final = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument:
    """What a survey measured with.

    Parameters
    ----------
    label
        What it is called in messages.
    standard
        Id of the survey standard; None for a roll-up, which does not hold it.
    scale
        Lowest and highest answer, and factor to the published scale.
    unsur
        Names of the unsur; empty for a roll-up.
    reach
        Highest index that the profile can publish; NaN for a roll-up.
    complete
        Whether only respondents who answered everything count; None for a roll-up.
    profile, missing
        Their names, where a whole result was given; else None.
    """

    label: str
    standard: str | None
    scale: tuple[float, float, float] | None
    unsur: tuple[str, ...]
    reach: float
    complete: bool | None
    profile: str | None
    missing: str | None


def instrument_of(
    estimate: Estimate, label: str, *, profile: str | None = None, missing: str | None = None
) -> Instrument:
    """Take the instrument from an estimate."""
    part = estimate.part
    if part is None:
        return Instrument(
            label=label,
            standard=None,
            scale=None,
            unsur=(),
            reach=float("nan"),
            complete=None,
            profile=profile,
            missing=missing,
        )
    m = part.moments
    return Instrument(
        label=label,
        standard=m.standard,
        scale=(float(m.low), float(m.high), part.factor),
        unsur=m.unsur,
        reach=float(part.high[estimate.at]),
        complete=part.complete,
        profile=profile,
        missing=missing,
    )


def bare_codes(unsur: Sequence[str]) -> tuple[str, ...]:
    """Return the names that are codes, whose meaning depends on an order that nobody stated.

    Examples
    --------
    >>> bare_codes(["persyaratan", "U8", "U9"])
    ('U8', 'U9')
    """
    return tuple(name for name in unsur if _CODE.fullmatch(name))


def unlike_unsur(instruments: Sequence[Instrument]) -> tuple[str, ...]:
    """Return the unsur that are not in every survey.

    As many bare codes of the same standard as there are names without a partner may be the
    same unsur under another heading; the index, whose weights are then equal, does not
    depend on which is which.
    """
    known = [i for i in instruments if i.unsur]
    odd: dict[str, None] = {}
    for one in known:
        for other in known:
            mine = [name for name in one.unsur if name not in other.unsur]
            theirs = [name for name in other.unsur if name not in one.unsur]
            coded = set(mine) <= set(bare_codes(mine)) or set(theirs) <= set(bare_codes(theirs))
            if one.standard == other.standard and len(mine) == len(theirs) and coded:
                continue
            odd |= dict.fromkeys(mine)
    return tuple(odd)


def unsur_refusal(a: Instrument, b: Instrument) -> str:
    """Say why the unsur of two surveys cannot be compared; empty where they can.

    Examples
    --------
    >>> one = dict(standard="s", scale=None, reach=100.0, complete=False, profile=None, missing=None)
    >>> a = Instrument(label="a", unsur=("waktu", "U8"), **one)
    >>> unsur_refusal(a, Instrument(label="b", unsur=("waktu", "sarana"), **one))[:50]
    'U8 of a: which unsur it is depends on the order of'
    """
    for side in (a, b):
        if not side.unsur:
            return f"{side.label} is a roll-up, which holds no unsur; compare results or groups"
    coded = [(side.label, codes) for side in (a, b) if (codes := bare_codes(side.unsur))]
    if not coded:
        return "" if set(a.unsur) & set(b.unsur) else f"{a.label} and {b.label} have no unsur in common"
    which = " and ".join(f"{listing(codes, lang='en')} of {label}" for label, codes in coded)
    orders = "; ".join(f"{side.label} has {', '.join(side.unsur[-2:])} at its end" for side in (a, b))
    return (
        f"{which}: which unsur it is depends on the order of the questionnaire, and is never guessed "
        f"({orders}). State order= when reading or estimating; the index itself can be compared"
    )


def instrument_findings(instruments: Sequence[Instrument]) -> list[Finding]:
    """Say what differs between surveys that are compared.

    Raises
    ------
    EstimationError
        If their scales differ, so that not even the index can be compared.
    """
    known = [i for i in instruments if i.scale is not None]
    for one in known[1:]:
        if one.scale != known[0].scale:
            raise EstimationError(
                f"{known[0].label} ({known[0].standard}) and {one.label} ({one.standard}) are published on "
                f"different scales: answers {_scale(known[0])} and {_scale(one)}; "
                "such indices cannot be compared"
            )
    found = []
    standards = tuple(dict.fromkeys(str(i.standard) for i in known))
    if len(standards) > 1:
        found.append(Finding.of("IKM640", standards=list(standards)))
    odd = unlike_unsur(known)
    if odd:
        found.append(Finding.of("IKM641", unsur=list(odd)))
    options = [text for name in ("profile", "missing") if (text := _differing(name, instruments))]
    if not options:
        options = _reckoning(known)
    if options:
        found.append(Finding.of("IKM642", options=options))
    return found


def _scale(one: Instrument) -> str:
    low, high, factor = one.scale or (float("nan"),) * 3
    return f"{low:g}-{high:g} times {factor:g}"


def _differing(name: str, instruments: Sequence[Instrument]) -> str:
    values = dict.fromkeys(v for i in instruments if (v := getattr(i, name)) is not None)
    return f"{name}={' / '.join(map(repr, values))}" if len(values) > 1 else ""


def _reckoning(known: Sequence[Instrument]) -> list[str]:
    """Tell what can be seen of profile and missing policy in the numbers alone."""
    found = []
    for one in known[1:]:
        if abs(one.reach - known[0].reach) > _SAME * known[0].reach:
            found.append(f"profile= ({known[0].reach:g} / {one.reach:g})")
        if one.complete != known[0].complete:
            found.append("missing='complete' / 'per_unsur'")
    return list(dict.fromkeys(found))
