"""A promised time: the words of the office, and what they promise."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field, model_serializer, model_validator

from sipukat._model import Record
from sipukat._text import plain
from sipukat._validation import must_be
from sipukat.errors import ArgumentError
from sipukat.findings import Finding, Findings
from sipukat.pelayanan import durasi
from sipukat.pelayanan.kalender import Kalender, Tenggat, tenggat
from sipukat.pelayanan.numerals import terbilang

if TYPE_CHECKING:
    from collections.abc import Callable, Container
    from datetime import date, datetime

    from pydantic import GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import CoreSchema

Jumlah = Annotated[int, Field(strict=True, ge=0)]
_MINUTES = {"menit": 1, "jam": 60}


class JangkaWaktu(Record):
    """A promised time.

    Parameters
    ----------
    text
        The words as they stand.
    min, max
        Least and most, in `unit`; `min` is None where the words only promise a most.
    unit
        ``"menit"``, ``"jam"``, ``"hari"``, ``"minggu"``, ``"bulan"`` or ``"tahun"``.
    working_days
        Whether days are working days (hari kerja).
    approx
        Whether it is approximate (``±``, ``berkisar``).
    condition
        What it hangs on, where the words say so.
    vague
        Whether nobody could hold the office to it: approximate, without a number, "or more",
        or hanging on what the citizen cannot know.
    no_number
        Whether there is no number in it.
    start_event
        From when it runs.
    footnote_dangling
        Whether it has a mark of a footnote that is not there.
    malformed
        Whether the words are no time that there is (``"4 hari jam kerja"``).
    mismatch
        Whether figures and words differ (``"3 (empat) hari"``).
    label
        What it is the time of, where the words say so.
    parts
        The times, where there are several; the other fields are then empty.
    extension
        By how much it may be lengthened.
    not_a_duration, kind
        Whether it is something else, and what: ``"opening_hours"``.

    Examples
    --------
    >>> waktu = JangkaWaktu.parse("14 (empat belas) hari kerja sejak berkas lengkap")
    >>> waktu.max, waktu.unit, waktu.working_days, waktu.start_event
    (14, 'hari', True, 'berkas lengkap')
    """

    text: str
    min: Jumlah | None = None
    max: Jumlah | None = None
    unit: Literal["menit", "jam", "hari", "minggu", "bulan", "tahun"] | None = None
    working_days: bool = False
    approx: bool = False
    condition: str | None = None
    vague: bool = False
    no_number: bool = False
    start_event: str | None = None
    footnote_dangling: bool = False
    malformed: bool = False
    mismatch: bool = False
    label: str | None = None
    parts: tuple[JangkaWaktu, ...] = ()
    extension: JangkaWaktu | None = None
    not_a_duration: bool = False
    kind: Literal["opening_hours"] | None = None

    @classmethod
    def parse(cls, text: str) -> JangkaWaktu:
        """Read a promised time; what is not understood stays text.

        Examples
        --------
        >>> JangkaWaktu.parse("secepatnya").no_number
        True
        """
        must_be(str, text, "text", "the words of the document")
        return _parsed(text)

    @model_validator(mode="before")
    @classmethod
    def _worded(cls, value: Any) -> Any:
        if isinstance(value, str):
            return durasi.read(value)
        if isinstance(value, dict) and set(value) == {"text"} and isinstance(value["text"], str):
            return durasi.read(value["text"])
        return value

    @model_serializer(mode="wrap")
    def _shortest(self, write: Callable[[Any], dict[str, Any]]) -> str | dict[str, Any]:
        if self == _parsed(self.text):
            return self.text
        # by identity: 0 equals False, and a promise of 0 is one
        return {
            key: value
            for key, value in write(self).items()
            if value is not None and value is not False and value != ()
        }

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {"anyOf": [{"type": "string"}, handler(core)]}

    @property
    def understood(self) -> bool:
        """Whether a most is known, of the whole or of every part that is a time."""
        times = [part for part in self.parts if not part.not_a_duration]
        return self.max is not None or (bool(times) and all(part.understood for part in times))

    @property
    def minutes_max(self) -> int | None:
        """The most in minutes, for minutes and hours; None for days, whose hours differ."""
        return None if self.max is None or self.unit not in _MINUTES else self.max * _MINUTES[self.unit]

    def print(self) -> str:
        """Say it in the form that the law's own forms use; what is not understood, as it stands.

        Examples
        --------
        >>> JangkaWaktu.parse("maks 3 hari kerja (sejak berkas lengkap dan benar)").print()
        'paling lama 3 (tiga) hari kerja sejak berkas lengkap dan benar'
        """
        if not self.understood:
            return self.text
        said = "; ".join(_said(part) for part in self.parts) if self.parts else _said(self)
        # a form that would be read otherwise is not printed
        return said if _without_text(_parsed(said)) == _without_text(self) else self.text

    def __str__(self) -> str:
        return self.text

    def tenggat(
        self,
        start: date | datetime,
        calendar: Kalender | Container[date] | None = None,
        *,
        label: str | None = None,
    ) -> Tenggat:
        """Return the day by which it is promised, with findings on what is not sure of it.

        The day of `start` is not counted: three working days from Monday end on Thursday. What may
        be added (`extension`) is not. Where figures and words differ, the figures count.

        Parameters
        ----------
        start
            The day, or the moment, from which it runs.
        calendar
            A `Kalender`; or the holidays, with Saturdays and Sundays free; by default the
            national one (extra ``calendar``).
        label
            Which part, where there are several.

        Raises
        ------
        ArgumentError
            If no most is known, or which part is meant.

        Examples
        --------
        >>> from datetime import date
        >>> JangkaWaktu.parse("3 hari kerja").tenggat(date(2026, 8, 14), {date(2026, 8, 17)}).day
        datetime.date(2026, 8, 20)
        """
        chosen = self._part(label)
        if chosen.max is None or chosen.unit is None:
            raise ArgumentError(
                f"{self.text[:80]!r} promises no number of days; write e.g. '14 (empat belas) hari kerja'"
            )
        found = tenggat(start, chosen.max, chosen.unit, working_days=chosen.working_days, calendar=calendar)
        if not (chosen.vague or chosen.mismatch or chosen.malformed):
            return found
        doubt = Finding.of("PLY502", teks=chosen.text[:80], day=str(found.day))
        return Tenggat(found.day, Findings([doubt, *found.findings]))

    def due(
        self,
        start: date | datetime,
        calendar: Kalender | Container[date] | None = None,
        *,
        label: str | None = None,
    ) -> date | datetime:
        """Return the day by which it is promised; a moment for a moment and minutes or hours.

        As `tenggat`, which gives the findings too: here one is a `KalenderWarning`.

        Examples
        --------
        >>> from datetime import date
        >>> JangkaWaktu.parse("1 minggu").due(date(2026, 8, 14))
        datetime.date(2026, 8, 21)
        """
        return self.tenggat(start, calendar, label=label).warned()

    def _part(self, label: str | None) -> JangkaWaktu:
        times = [part for part in self.parts if not part.not_a_duration]
        if not times:
            return self
        if len(times) == 1 and label is None:
            return times[0]
        named = [
            part for part in times if label is not None and plain(part.label or part.text) == plain(label)
        ]
        if len(named) != 1:
            known = ", ".join(repr(part.label or part.text) for part in times)
            raise ArgumentError(f"it promises {len(times)} times: give label=, one of {known}; got {label!r}")
        return named[0]


def _without_text(value: JangkaWaktu) -> JangkaWaktu:
    return value.model_copy(
        update={
            "text": "" if value.understood else value.text,
            "parts": tuple(map(_without_text, value.parts)),
            "extension": value.extension and _without_text(value.extension),
        }
    )


@lru_cache(maxsize=4096)
def _parsed(text: str) -> JangkaWaktu:
    return JangkaWaktu.model_validate(text)


def _said(value: JangkaWaktu) -> str:
    if value.max is None or value.unit is None:
        return value.text
    unit = f"{value.unit} kerja" if value.working_days else value.unit
    least = "" if value.min in {None, value.max} else f"{value.min} - "
    most = f"{value.max} ({terbilang(value.max)})" if not least else str(value.max)
    bound = "paling lama " if value.min is None else ""
    return "".join(
        [
            f"{value.label}: " if value.label else "",
            "± " if value.approx else "",
            bound,
            f"{least}{most} {unit}",
            "*)" if value.footnote_dangling else "",
            f" dan dapat diperpanjang {_said(value.extension).removeprefix('paling lama ')}"
            if value.extension
            else "",
            f" ({value.condition})" if value.condition else "",
            f" sejak {value.start_event}" if value.start_event else "",
        ]
    )
