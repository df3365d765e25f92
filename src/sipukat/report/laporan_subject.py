"""What an annual report is about: the result, and what the office alone knows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from pydantic import Field, ValidationError

from sipukat._model import Record
from sipukat._text import listing, number
from sipukat._validation import kind_of
from sipukat.errors import ArgumentError, ArgumentTypeError, EstimationError
from sipukat.findings import Finding
from sipukat.ikm.mending.priorities import priorities
from sipukat.ikm.results import IkmResult
from sipukat.report.ikm_tables import Telling, UnsurRow, unsur_rows
from sipukat.report.laporan_words import words_of
from sipukat.report.pelayanan_words import BLANK
from sipukat.report.unsur_standing import Standing, standings

if TYPE_CHECKING:
    from sipukat._text import Lang
    from sipukat.ikm.mending.prioritized import Priorities
    from sipukat.ikm.mending.rtl import Rencana, Rtl
    from sipukat.survey import Responses

Earlier = Mapping[Any, IkmResult] | Sequence[IkmResult | tuple[Any, IkmResult]]

MOST_CHANCE: Final = 99.9
"""Per cent above which a probability is said to be more, never to be 100."""


class Kepala(Record):
    """What the office alone knows of its survey; what is empty is printed as dots.

    Parameters
    ----------
    instansi, unit
        The government body, and the unit that the report is of.
    layanan
        The service that was judged.
    pelaksana, metode, lokasi, waktu
        Who carried the survey out, how, where and when, each as it ends a sentence.
    jadwal
        Rows of three texts: activity, time, number of working days.
    dasar
        Further legal bases, e.g. a decree of the head of the office.
    tempat, tanggal, jabatan, pejabat, nip
        Place and day of signing; position, name and NIP of who signs.

    Examples
    --------
    >>> Kepala(unit="Dinas Contoh").unit
    'Dinas Contoh'
    """

    instansi: str = ""
    unit: str = ""
    layanan: str = ""
    pelaksana: str = ""
    metode: str = ""
    lokasi: str = ""
    waktu: str = ""
    jadwal: tuple[tuple[str, str, str], ...] = ()
    dasar: tuple[str, ...] = ()
    tempat: str = ""
    tanggal: str = ""
    jabatan: str = ""
    pejabat: str = ""
    nip: str = Field(default="", coerce_numbers_to_str=True)


def kepala_of(identity: Mapping[str, Any], subject: str, part: str) -> Kepala:
    """Return what was given of the office.

    Raises
    ------
    TypeError
        If there is no such field.
    ArgumentError
        If a field does not hold a text.
    """
    known = list(Kepala.model_fields)
    if unknown := sorted(set(identity) - set(known)):
        raise ArgumentTypeError(
            f"the part {part!r} has no option {', '.join(unknown)}; of the office it has {', '.join(known)}"
        )
    try:
        return Kepala.model_validate({"unit": subject, **identity})
    except ValidationError as failure:
        first = failure.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise ArgumentError(f"{where}: {first['msg']}") from failure


@dataclass(frozen=True, kw_only=True)
class Subject:
    """What is reported on.

    Parameters
    ----------
    told
        The result, the language, and what is withheld.
    kepala
        What the office knows.
    period
        Of when the result is.
    responses, profile
        Whom to count for the profile: answers, or counts by characteristic.
    earlier
        Earlier results, the oldest first, each with its period.
    plans
        Plans of the follow-up.
    comments
        Comments to print, masked.
    population
        Users of the service in the period.
    """

    told: Telling
    kepala: Kepala
    period: str = ""
    responses: Responses | None = None
    profile: Mapping[str, Mapping[str, int]] | None = None
    earlier: tuple[tuple[str, IkmResult], ...] = ()
    plans: Rtl | Sequence[Rencana | Mapping[str, Any]] = ()
    comments: tuple[str, ...] = ()
    population: int | None = None

    @property
    def lang(self) -> Lang:
        """Language of the report."""
        return self.told.lang

    @property
    def result(self) -> IkmResult:
        """The result."""
        return self.told.result

    def say(self, key: str, **values: object) -> str:
        """Return the words of `key`, with `values` in them."""
        known: dict[str, object] = {"index": self.told.index, "level": self.told.level, "by": self.told.by}
        return words_of(self.lang)[key].format(**known | values)

    def number(self, value: Any, decimals: int = 2) -> str:
        """Print a number as the language does."""
        return number(value, decimals, lang=self.lang)

    def listed(self, items: Sequence[str], most: int = 30) -> str:
        """Join names as a sentence does."""
        return listing(items, lang=self.lang, most=most)

    @property
    def survey(self) -> str:
        """What the survey is called: SKM, or the title of another standard."""
        rule = self.result.standard
        return self.say("skm") if rule.scale.to_ikm is not None else rule.title

    @cached_property
    def rows(self) -> list[UnsurRow]:
        """The unsur that were answered, rounded once."""
        return [row for row in unsur_rows(self.told) if row.nilai is not None]

    @cached_property
    def by_key(self) -> Mapping[str, UnsurRow]:
        """The same by their keys."""
        rows = zip(self.result.unsur, unsur_rows(self.told), strict=True)
        return {key: row for key, row in rows if row.nilai is not None}

    def named(self, key: str) -> str:
        """Return code and name of an unsur, in the language of the report."""
        row = self.by_key[key]
        return row.nama if row.nama == row.code else f"{row.code} {row.nama}"

    @cached_property
    def standings(self) -> tuple[Standing, ...]:
        """How each unsur stands to the others."""
        return standings(self.result)

    @cached_property
    def priorities(self) -> Priorities | None:
        """The unsur in the order of what to mend; None where nobody answered.

        Weights that were fitted or replicated hold no importance: then it is left out.
        """
        if self.result.overall.published is None:
            return None
        try:
            return priorities(self.result)
        except EstimationError:
            return priorities(self.result, importance="none")


def chance_told(subject: Subject, share: float, *, words: bool = True) -> str:
    """Print a probability in per cent; never a certainty that sampling cannot give."""
    percent, kind = 100 * share, "told" if words else "chance"
    if percent > MOST_CHANCE:
        return subject.say(f"over_{kind}", most=subject.number(MOST_CHANCE, 1))
    if percent < 100 - MOST_CHANCE:
        return subject.say(f"under_{kind}", least=subject.number(100 - MOST_CHANCE, 1))
    return subject.number(percent, 1)


def earlier_of(subject_period: str, earlier: Earlier, lang: Lang) -> tuple[tuple[str, IkmResult], ...]:
    """Return earlier results with the names of their periods, in the order given.

    Raises
    ------
    ArgumentError
        If one is no result, or two have one name.
    """
    words = words_of(lang)
    given: list[Any] = list(earlier.items()) if isinstance(earlier, Mapping) else list(earlier)
    found: list[tuple[str, IkmResult]] = []
    for place, item in enumerate(given, start=1):
        unnamed = words["before"] if len(given) == 1 else words["before_n"].format(n=place)
        name, result = item if isinstance(item, tuple) else (unnamed, item)
        if not isinstance(result, IkmResult):
            raise ArgumentError(f"earlier holds {kind_of(result)}; it holds IkmResult, each by its period")
        found.append((str(name), result))
    names = [name for name, _ in found] + [subject_period or words["now"]]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise ArgumentError(f"two surveys have the period {', '.join(twice)}; give each its own name")
    return tuple(found)


def blanks(subject: Subject, open_plans: int) -> list[Finding]:
    """Say what was left blank, if anything was."""
    k = subject.kepala
    given = {
        "instansi": k.instansi,
        "unit": k.unit,
        "pelaksana_field": k.pelaksana,
        "metode_field": k.metode,
        "lokasi_field": k.lokasi,
        "waktu_field": k.waktu or subject.period,
        "period_field": subject.period,
        "jadwal_field": k.jadwal,
        "population_field": subject.population or subject.result.standard.sampling is None,
        "rtl_field": not open_plans,
        "tempat_field": k.tempat,
        "tanggal_field": k.tanggal,
        "pejabat_field": k.pejabat,
        "nip_field": k.nip,
    }
    names = [key for key, value in given.items() if not value]
    if not names:
        return []
    isian, entries = (
        listing([words_of(lang)[name] for name in names], lang=lang, most=len(names)) for lang in ("id", "en")
    )
    return [Finding.of("PUB730", n=len(names), isian=isian, entries=entries)]


def or_blank(text: str) -> str:
    """Return a text, or dots to fill in."""
    return text.strip() or BLANK
