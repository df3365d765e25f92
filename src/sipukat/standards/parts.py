"""The parts of a survey standard: unsur, scale, bands, profiles, orders, sample size.

Every record is frozen, and every figure carries its place in the law and how sure it is.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Final, Literal, Self

from pydantic import Field, model_validator

from sipukat._model import Record
from sipukat._text import plain, round_half_up
from sipukat.errors import DesignError
from sipukat.standards.values import Bulat, Code, Confidence, Figure, Key, MisfitError, Nilai, Pecahan, Teks

if TYPE_CHECKING:
    from collections.abc import Mapping

_CENSUS_BELOW: Final = 10


class Option(Record):
    """One answer of a question and its score.

    Examples
    --------
    >>> Option(score=4, label="Gratis")
    Option(score=4, label='Gratis')
    """

    score: Bulat
    label: Teks


class Unsur(Figure):
    """One unsur: what is asked, how it is answered, how it weighs.

    Parameters
    ----------
    key
        Its meaning, e.g. ``"persyaratan"``; stable between orders and standards.
    code
        Its code in the order of the regulation, e.g. ``"U1"``.
    nama, name
        Its name in Indonesian and in English.
    definisi, pertanyaan
        Its definition and question, in Indonesian.
    options
        The answers and their scores, ascending; empty where the wording was not found.
    options_confidence
        How sure the wording of the answers is; None means as sure as the unsur.
    answers
        Other wordings of the answers seen in files, with their scores.
    weight
        Its share of the index; the weights of a standard sum to 1.
    aliases
        Other headings seen in files.

    Examples
    --------
    >>> from sipukat import standards
    >>> biaya = standards.survey("permenpanrb-14-2017").unsur[3]
    >>> biaya.nama, biaya.weight, biaya.vocabulary["gratis"]
    ('Biaya/Tarif', Fraction(1, 9), 4)
    """

    key: Key
    code: Code
    nama: Teks
    name: Teks
    definisi: str = ""
    pertanyaan: str = ""
    options: tuple[Option, ...] = ()
    options_confidence: Confidence | None = None
    answers: tuple[Option, ...] = ()
    weight: Pecahan
    aliases: tuple[Teks, ...] = ()

    @cached_property
    def vocabulary(self) -> Mapping[str, int]:
        """Every known wording of an answer, folded by `sipukat._text.plain`, and its score."""
        return {plain(option.label): option.score for option in (*self.answers, *self.options)}

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        scores = [option.score for option in self.options]
        if scores != sorted(set(scores)):
            raise MisfitError("options", f"scores {scores}", "each score once, ascending")
        meant: dict[str, int] = {}
        for option in (*self.options, *self.answers):
            first = meant.setdefault(plain(option.label), option.score)
            if first != option.score:
                both = f"{option.label!r} stands for {first} and for {option.score}"
                raise MisfitError("answers", both, "one score a wording")
        if self.weight <= 0:
            raise MisfitError("weight", str(self.weight), "a weight above 0")
        return self


class Band(Figure):
    """One letter of mutu, by its lower bound; it ends where the next one starts.

    Parameters
    ----------
    mutu
        The letter, e.g. ``"B"``.
    kinerja, performance
        What it says of the unit, in Indonesian and in English.
    low
        The lowest value that has it, on the 0-100 index rounded half up to 2 decimals.
    """

    mutu: Teks
    kinerja: Teks
    performance: Teks
    low: Nilai


class Scale(Figure):
    """The scale of the answers.

    Parameters
    ----------
    low, high
        Lowest and highest score.
    to_ikm
        The factor from the mean score to the index; None where no rule gives one.

    Examples
    --------
    >>> Scale(low=1, high=4, to_ikm="25", place="Lampiran", confidence="A").levels
    (1, 2, 3, 4)
    """

    low: Bulat
    high: Bulat
    to_ikm: Pecahan | None = None

    @property
    def levels(self) -> tuple[int, ...]:
        """The scores that an answer can have."""
        return tuple(range(self.low, self.high + 1))

    @model_validator(mode="after")
    def _ascending(self) -> Self:
        if not 0 <= self.low < self.high <= 100:  # noqa: PLR2004
            raise MisfitError("", f"a scale from {self.low} to {self.high}", "0 <= low < high <= 100")
        if self.to_ikm == 0:
            raise MisfitError("to_ikm", "0", 'a factor above 0, e.g. "25"')
        return self


class Weighting(Figure):
    """The rule that gives the weights.

    Parameters
    ----------
    rule
        ``"equal"``: 1/x for x unsur, so that an added unsur changes them all.
    wording
        The rule in the words of the law, as far as they were found.
    """

    rule: Literal["equal", "stated"]
    wording: str = ""


class Profile(Record):
    """A way to compute the index that practice knows, to reproduce a published number.

    Rounding is half up at each stage that has decimals; the stages are NRR, NRR times
    weight, sum of these.

    Parameters
    ----------
    id
        Its name, e.g. ``"0.111"``.
    weight
        One weight for every unsur; None means the exact weights of the standard.
    nrr_decimals, weighted_decimals, index_decimals
        Decimals at each stage; None means unrounded.
    where
        Where it was seen.
    confidence
        How well it is sourced.
    sources
        Ids of the standard's `sources` that show it.
    """

    id: Teks
    weight: Pecahan | None = None
    nrr_decimals: Annotated[Bulat, Field(ge=0, le=9)] | None = None
    weighted_decimals: Annotated[Bulat, Field(ge=0, le=9)] | None = None
    index_decimals: Annotated[Bulat, Field(ge=0, le=9)] | None = None
    where: Teks
    confidence: Confidence
    sources: tuple[str, ...] = ()


class Order(Figure):
    """A named order of the unsur, which says what a bare ``U8`` means.

    Parameters
    ----------
    id
        Its name, e.g. ``"kuesioner"``.
    keys
        The keys of all unsur in that order.
    """

    id: Key
    keys: tuple[Key, ...]


class MissingPolicy(Figure):
    """A way to treat unanswered questions, and the wording of the law that it follows.

    Parameters
    ----------
    id
        ``"per_unsur"``, ``"pooled"`` or ``"complete"``.
    wording
        The wording that it matches, or what it does.
    default
        Whether it is used when none is asked for.
    """

    id: Literal["per_unsur", "pooled", "complete"]
    wording: Teks
    default: bool = False


class Sampling(Figure):
    """The sample size that the law's table gives: the formula of Krejcie and Morgan.

    n = chi2 N p (1-p) / (d^2 (N-1) + chi2 p (1-p)), rounded half up.

    Parameters
    ----------
    chi2
        The table value of chi-square that reproduces the printed table.
    p
        The assumed share.
    d
        The margin of error.

    Examples
    --------
    >>> table = Sampling(chi2="3.841", p="0.5", d="0.05", place="Lampiran", confidence="A")
    >>> table.size(100), table.size(1_000_000), table.size(7)
    (80, 384, 7)
    """

    chi2: Pecahan
    p: Pecahan
    d: Pecahan

    def size(self, population: int) -> int:
        """Return how many to ask of `population`; everybody where it is below 10.

        Raises
        ------
        DesignError
            If `population` is not a whole number of at least 1.
        """
        if isinstance(population, bool) or not isinstance(population, int) or population < 1:
            raise DesignError(f"population must be a whole number of at least 1, got {population!r}")
        if population < _CENSUS_BELOW:
            return population
        spread = self.chi2 * self.p * (1 - self.p)
        return int(round_half_up(spread * population / (self.d**2 * (population - 1) + spread), 0))

    @model_validator(mode="after")
    def _sensible(self) -> Self:
        if not (self.chi2 > 0 and 0 < self.p < 1 and 0 < self.d < 1):
            raise MisfitError(
                "", f"chi2={self.chi2}, p={self.p}, d={self.d}", "chi2 above 0, p and d between 0 and 1"
            )
        return self


class MinimumRespondents(Figure):
    """A fixed least number of respondents.

    Parameters
    ----------
    n
        The number.
    rule
        How it comes about, e.g. ``"(14 + 1) x 10"``.
    """

    n: Annotated[Bulat, Field(ge=1)]
    rule: str = ""
