"""What a survey of satisfaction (SKM) says for the compliance of the office: PEKPPP indicators 6 to 9.

The result comes as plain numbers, not as an object of the survey rooms: an office that was
surveyed by others has them too.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any, ClassVar, Self

from pydantic import ConfigDict, Field, ValidationError, model_validator

from sipukat._model import Record
from sipukat._validation import explain
from sipukat.compliance.known import Known
from sipukat.errors import ArgumentError
from sipukat.standards.values import MisfitError

Share = Annotated[Decimal, Field(ge=0, le=1)]
Count = Annotated[int, Field(ge=0, strict=True)]


class HasilSkm(Record):
    """What is known of the SKM of an office; None is unknown.

    Parameters
    ----------
    done
        Whether a survey was held as the regulation asks.
    published
        Whether its result was published.
    media
        In how many media.
    rtl_done
        The share of the planned follow-up (rencana tindak lanjut) that is done, 0 to 1.
    weeks
        Weeks from the result to the follow-up.
    source
        The report that shows it.

    Examples
    --------
    >>> HasilSkm(done=True, published=True, media=3, rtl_done="0.75").media
    3
    """

    model_config: ClassVar[ConfigDict] = ConfigDict(frozen=True, extra="forbid", from_attributes=True)

    done: bool | None = None
    published: bool | None = None
    media: Count | None = None
    rtl_done: Share | None = None
    weeks: Annotated[Decimal, Field(ge=0)] | None = None
    source: str = ""

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.published is False and self.media:
            raise MisfitError(
                "media", f"{self.media} media of a result not published", "0, or published=True"
            )
        if self.published and self.media == 0:
            raise MisfitError("media", "0 media of a result that was published", "1 or more")
        return self


def facts_of_skm(skm: HasilSkm | Mapping[str, Any] | object) -> dict[str, Known]:
    """Return what an SKM result says, by the names of `sipukat.compliance.known.ASKED`.

    Parameters
    ----------
    skm
        A `HasilSkm`, a mapping with its fields, or any object that has them as attributes.

    Raises
    ------
    ArgumentError
        If a field is not known, or its value makes no sense.

    Examples
    --------
    >>> found = facts_of_skm({"published": False, "rtl_done": 0.5})
    >>> found["skm_media"].value, found["skm_tindak_lanjut"].value
    (0, Fraction(1, 2))
    """
    told = _told(skm)
    source = told.source or "hasil SKM"
    found: dict[str, Known] = {}
    if told.done is not None:
        words = "SKM dilakukan" if told.done else "SKM tidak dilakukan"
        found["skm"] = Known(fact="yes_no", value=told.done, source=source, note=words)
    media = 0 if told.published is False else told.media
    if media is not None:
        words = f"hasil SKM dipublikasikan pada {media} media" if media else "hasil SKM tidak dipublikasikan"
        found["skm_media"] = Known(fact="count", value=media, source=source, note=words)
    elif told.published:
        words = "hasil SKM dipublikasikan, jumlah medianya tidak disebut"
        found["skm_media"] = Known(fact="hint", source=source, note=words)
    if told.rtl_done is not None:
        share = Fraction(told.rtl_done)
        words = f"{_percent(share)} dari rencana tindak lanjut selesai"
        found["skm_tindak_lanjut"] = Known(fact="share", value=share, source=source, note=words)
    if told.weeks is not None:
        words = f"tindak lanjut {told.weeks} minggu setelah hasil"
        found["skm_kecepatan"] = Known(fact="hint", source=source, note=words)
    return found


def _percent(share: Fraction) -> str:
    from sipukat._text import number

    percent = 100 * share
    return f"{number(percent, 0 if percent.denominator == 1 else 2)}%"


def _told(skm: object) -> HasilSkm:
    if isinstance(skm, HasilSkm):
        return skm
    try:
        return HasilSkm.model_validate(dict(skm) if isinstance(skm, Mapping) else skm)
    except ValidationError as failure:
        where, got, expected = explain(failure, HasilSkm)
        raise ArgumentError(f"skm, {where}: {got}; expected {expected}") from None
