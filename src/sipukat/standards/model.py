"""A survey standard: what a law says about measuring the satisfaction of citizens.

A standard that contradicts itself cannot be made: weights that do not sum to 1, bands
that leave a gap, an order that forgets an unsur are refused where they are written.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Annotated, Final, Literal, Self

from pydantic import Field, model_validator

from sipukat._model import Record
from sipukat._text import plain
from sipukat.regulation import Regulation
from sipukat.standards.consistency import Scope, named, repeated, twice, unlisted_sources, wrong_dates
from sipukat.standards.parts import (
    Band,
    MinimumRespondents,
    MissingPolicy,
    Order,
    Profile,
    Sampling,
    Scale,
    Unsur,
    Weighting,
)
from sipukat.standards.texts import Texts
from sipukat.standards.values import Confidence, Figure, Id, MisfitError, Tanggal, Teks

if TYPE_CHECKING:
    from decimal import Decimal
    from fractions import Fraction

_CENTS: Final = -2


class SurveyStandard(Record):
    """What one regulation says about measuring satisfaction.

    Parameters
    ----------
    kind
        ``"survey"``.
    id, title
        Its id (``"permenpanrb-14-2017"``) and title.
    scope
        ``"national"`` for the rule that every office follows, ``"programme"`` for that
        of a programme, ``"local"`` for that of a region.
    regulation
        The regulation that it stands in.
    aliases
        Other ways to write its name.
    berlaku, dicabut
        The day it took effect and the day it was replaced; None where not known.
    dates_confidence, dates_note
        How sure the two days are.
    replaced_by
        Id of its successor.
    scale, unsur, weighting, bands, profiles, orders, missing, sampling
        The figures, each with its place in the law.
    bands_note
        What to know of the bands, or why there are none.
    minimum_respondents
        A fixed least number of respondents, where the law sets one.
    texts
        The fixed texts and forms.
    sources
        Id and reference of what the figures were taken from.
    confidence, note
        How well the standard as a whole is sourced.
    extends
        Id of the standard that this one adds to.

    Examples
    --------
    >>> from decimal import Decimal
    >>> from sipukat import standards
    >>> rule = standards.survey("permenpanrb-14-2017")
    >>> rule.unsur_keys[:3], rule.band(Decimal("76.61")).mutu, rule.ambiguous_codes()
    (('persyaratan', 'prosedur', 'waktu'), 'B', ('U8', 'U9'))
    """

    kind: Literal["survey"]
    id: Id
    title: Teks
    scope: Scope = "local"
    regulation: Regulation
    aliases: tuple[Teks, ...] = ()
    berlaku: Tanggal | None = None
    dicabut: Tanggal | None = None
    dates_confidence: Confidence | None = None
    dates_note: str = ""
    replaced_by: Id | None = None
    scale: Scale
    unsur: Annotated[tuple[Unsur, ...], Field(min_length=1)]
    weighting: Weighting
    bands: tuple[Band, ...] = ()
    bands_note: str = ""
    profiles: Annotated[tuple[Profile, ...], Field(min_length=1)]
    orders: tuple[Order, ...] = ()
    missing: Annotated[tuple[MissingPolicy, ...], Field(min_length=1)]
    sampling: Sampling | None = None
    minimum_respondents: MinimumRespondents | None = None
    texts: Texts = Texts()
    sources: Mapping[str, Teks]
    confidence: Confidence
    note: str = ""
    extends: Id | None = None

    def __hash__(self) -> int:
        return hash((self.id, self.unsur_keys))

    @property
    def unsur_keys(self) -> tuple[str, ...]:
        """The keys of the unsur, in the order of their codes."""
        return tuple(unsur.key for unsur in self.unsur)

    @property
    def weights(self) -> Mapping[str, Fraction]:
        """Key and exact weight of each unsur."""
        return {unsur.key: unsur.weight for unsur in self.unsur}

    @property
    def default_missing(self) -> MissingPolicy:
        """The policy for unanswered questions that is used when none is asked for."""
        return next(policy for policy in self.missing if policy.default)

    def unsur_of(self, key: str) -> Unsur:
        """Return the unsur with that key.

        Raises
        ------
        UnknownNameError
            If there is none.
        """
        return named(self.unsur, key, f"unsur of {self.id}", by="key")

    def band(self, value: Decimal) -> Band | None:
        """Return the band of an index that has been rounded to 2 decimals.

        None where the standard has no bands, or `value` lies off the scale.

        Raises
        ------
        ValueError
            If `value` has more than 2 decimals: rounding it decides the letter, so it
            comes first.
        """
        exponent = value.as_tuple().exponent
        if not isinstance(exponent, int) or exponent < _CENTS:
            raise ValueError(f"round {value} half up to 2 decimals before its band is looked up")
        if self.scale.to_ikm is None or value > self.scale.high * self.scale.to_ikm:
            return None
        return next((band for band in reversed(self.bands) if band.low <= value), None)

    def profile(self, id: str) -> Profile:  # noqa: A002  the word of the data
        """Return the profile of that name.

        Raises
        ------
        UnknownNameError
            If there is none.
        """
        return named(self.profiles, id, f"profile of {self.id}")

    def order(self, id: str) -> Order:  # noqa: A002  the word of the data
        """Return the order of that name.

        Raises
        ------
        UnknownNameError
            If there is none.
        """
        return named(self.orders, id, f"order of the unsur of {self.id}")

    def missing_policy(self, id: str) -> MissingPolicy:  # noqa: A002  the word of the data
        """Return the policy for unanswered questions of that name.

        Raises
        ------
        UnknownNameError
            If there is none.
        """
        return named(self.missing, id, f"missing policy of {self.id}")

    def ambiguous_codes(self) -> tuple[str, ...]:
        """Return the codes that mean another unsur in another order."""
        return tuple(
            unsur.code
            for place, unsur in enumerate(self.unsur)
            if any(order.keys[place] != unsur.key for order in self.orders)
        )

    def figures(self, confidence: Confidence | None = None) -> Mapping[str, Figure | Profile]:
        """Return every figure by its key in the file, or those of one confidence.

        Examples
        --------
        >>> from sipukat import standards
        >>> sorted(standards.survey("permenpanrb-16-2014").figures("C"))[:2]
        ['bands[0]', 'bands[1]']
        """
        every = dict(_figures(self))
        return {key: f for key, f in every.items() if confidence in {None, f.confidence}}

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        for problem in _problems(self):
            raise problem
        return self


def _problems(standard: SurveyStandard) -> Iterator[MisfitError]:
    yield from _repeated(standard)
    yield from _off_scale(standard)
    yield from _bad_bands(standard)
    total = sum(standard.weights.values())
    if total != 1:
        equal = f'"1/{len(standard.unsur)}" each'
        yield MisfitError(
            "unsur",
            f"the weights of {len(standard.unsur)} unsur sum to {total}",
            f"a sum of exactly 1, e.g. {equal}",
        )
    for place, order in enumerate(standard.orders):
        if sorted(order.keys) != sorted(standard.unsur_keys):
            odd = sorted(set(order.keys) ^ set(standard.unsur_keys)) or twice(order.keys)
            yield MisfitError(
                f"orders[{place}].keys", f"{', '.join(odd)} missing, unknown or twice", "each unsur once"
            )
    if (defaults := sum(policy.default for policy in standard.missing)) != 1:
        yield MisfitError("missing", f"{defaults} policies with default = true", "exactly one")
    yield from wrong_dates(standard.berlaku, standard.dicabut, standard.dates_confidence)
    yield from unlisted_sources(
        standard.sources, ((where, figure.sources) for where, figure in _figures(standard))
    )


def _repeated(standard: SurveyStandard) -> Iterator[MisfitError]:
    yield from repeated(
        {
            "unsur.key": standard.unsur_keys,
            "unsur.code": [unsur.code for unsur in standard.unsur],
            "bands.mutu": [band.mutu for band in standard.bands],
            "profiles.id": [profile.id for profile in standard.profiles],
            "orders.id": [order.id for order in standard.orders],
            "missing.id": [policy.id for policy in standard.missing],
        }
    )
    claimed: dict[str, str] = {}
    for unsur in standard.unsur:
        for heading in (unsur.key, unsur.nama, *unsur.aliases):
            if claimed.setdefault(plain(heading), unsur.key) != unsur.key:
                first = claimed[plain(heading)]
                yield MisfitError(
                    "unsur.aliases", f"{heading!r} names {first} and {unsur.key}", "a heading of one unsur"
                )


def _off_scale(standard: SurveyStandard) -> Iterator[MisfitError]:
    levels = standard.scale.levels
    for place, unsur in enumerate(standard.unsur):
        for score in (option.score for option in (*unsur.options, *unsur.answers)):
            if score not in levels:
                yield MisfitError(
                    f"unsur[{place}].options", f"score {score}", f"a score from {levels[0]} to {levels[-1]}"
                )


def _bad_bands(standard: SurveyStandard) -> Iterator[MisfitError]:
    scale, lows = standard.scale, [band.low for band in standard.bands]
    if not lows:
        return
    if scale.to_ikm is None:
        yield MisfitError("bands", "bands without scale.to_ikm", "scale.to_ikm, or no bands")
        return
    if lows != sorted(set(lows)):
        yield MisfitError("bands", f"lower bounds {', '.join(map(str, lows))}", "ascending lower bounds")
    low, high = scale.low * scale.to_ikm, scale.high * scale.to_ikm
    if lows[0] != low:
        yield MisfitError(
            "bands[0].low", str(lows[0]), f"{low}, the lowest index, so that every index has a band"
        )
    if lows[-1] > high:
        yield MisfitError(f"bands[{len(lows) - 1}].low", str(lows[-1]), f"at most {high}, the highest index")


def _figures(standard: SurveyStandard) -> Iterator[tuple[str, Figure | Profile]]:
    yield "scale", standard.scale
    yield "weighting", standard.weighting
    for name in ("unsur", "bands", "profiles", "orders", "missing"):
        for place, figure in enumerate(getattr(standard, name)):
            yield f"{name}[{place}]", figure
    texts = standard.texts
    named = {
        "sampling": standard.sampling,
        "minimum_respondents": standard.minimum_respondents,
        **{f"texts.{name}": getattr(texts, name) for name in type(texts).model_fields if name != "reports"},
        **{f"texts.reports[{place}]": report for place, report in enumerate(texts.reports)},
    }
    yield from ((place, figure) for place, figure in named.items() if figure is not None)
