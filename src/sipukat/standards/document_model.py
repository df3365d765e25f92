"""A document standard: what a law says that a Standar Pelayanan must hold.

A standard that contradicts itself cannot be made: two komponen of one letter, one key
or one heading, and a komponen of no known group, are refused where they are written.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Annotated, Final, Literal, Self

from pydantic import Field, model_validator

from sipukat._model import Record
from sipukat.regulation import Citation, Regulation
from sipukat.standards.consistency import Scope, named, repeated, unlisted_sources, wrong_dates
from sipukat.standards.document_texts import DocumentTexts
from sipukat.standards.komponen import Article, Group, Komponen, Step
from sipukat.standards.labels import readings
from sipukat.standards.values import Confidence, Figure, Id, MisfitError, Tanggal, Teks

_LISTS: Final = ("komponen", "groups", "articles", "steps")


class DocumentStandard(Record):
    """What one regulation says that a Standar Pelayanan must hold.

    Parameters
    ----------
    kind
        ``"document"``.
    id, title
        Its id (``"uu-25-2009"``) and title.
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
    groups, komponen
        The komponen in the order in which this standard prints them, and their groups.
    articles
        The places in the law that findings and documents cite.
    steps
        The way to a Standar Pelayanan; empty where the law was not found to say it.
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
    >>> from sipukat import standards
    >>> law = standards.document("uu-25-2009")
    >>> len(law.komponen), law.komponen_keys[0], law.label_of("2. Persyaratan Pelayanan :").letter
    (14, 'dasar_hukum', 'b')
    """

    kind: Literal["document"]
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
    groups: Annotated[tuple[Group, ...], Field(min_length=1)]
    komponen: Annotated[tuple[Komponen, ...], Field(min_length=1)]
    articles: tuple[Article, ...] = ()
    steps: tuple[Step, ...] = ()
    texts: DocumentTexts = DocumentTexts()
    sources: Mapping[str, Teks]
    confidence: Confidence
    note: str = ""
    extends: Id | None = None

    def __hash__(self) -> int:
        return hash((self.id, self.komponen_keys))

    @property
    def komponen_keys(self) -> tuple[str, ...]:
        """The keys of the komponen, in the order in which this standard prints them."""
        return tuple(komponen.key for komponen in self.komponen)

    @property
    def published(self) -> tuple[Komponen, ...]:
        """The komponen that citizens must be shown."""
        return tuple(komponen for komponen in self.komponen if komponen.must_publish)

    @property
    def grouped(self) -> tuple[tuple[Group, tuple[Komponen, ...]], ...]:
        """Each group with its komponen, both in order."""
        return tuple((g, tuple(k for k in self.komponen if k.group == g.id)) for g in self.groups)

    def komponen_of(self, key: str) -> Komponen:
        """Return the komponen with that key.

        Raises
        ------
        UnknownNameError
            If there is none.
        """
        return named(self.komponen, key, f"komponen of {self.id}", by="key")

    def article_of(self, id: str) -> Article:  # noqa: A002  the word of the data
        """Return the article of that short name, e.g. ``"36(4)"``.

        Raises
        ------
        UnknownNameError
            If there is none.
        """
        return named(self.articles, id, f"article of {self.id}")

    def label_of(self, text: str) -> Komponen | None:
        """Return the komponen that a row of a table is about, by its heading; None if it is none.

        Numbers, punctuation, case, "dan" and "/" do not count, and every known spelling is
        understood; nothing is guessed from a heading that is only similar.

        Parameters
        ----------
        text
            The heading; one of more than 300 characters is none.

        Examples
        --------
        >>> from sipukat import standards
        >>> law = standards.document("uu-25-2009")
        >>> law.label_of("3) WAKTU PENYELESAIAN :").key
        'jangka_waktu_penyelesaian'
        >>> law.label_of("Kop surat") is None
        True
        """
        return next((self._by_spelling[r] for r in readings(text) if r in self._by_spelling), None)

    def citation(self, figure: Komponen | Article | Group) -> Citation:
        """Return where a komponen, an article or a group stands: its regulation and its place.

        Examples
        --------
        >>> from sipukat import standards
        >>> rule = standards.document("permenpanrb-15-2014")
        >>> str(rule.citation(rule.komponen_of("biaya_tarif")))
        'Undang-Undang Nomor 25 Tahun 2009, Pasal 21 huruf e'
        """
        return Citation(regulation=figure.regulation or self.regulation, place=figure.place)

    def figures(self, confidence: Confidence | None = None) -> Mapping[str, Figure]:
        """Return every figure by its key in the file, or those of one confidence.

        Examples
        --------
        >>> from sipukat import standards
        >>> sorted(standards.document("uu-25-2009").figures("C"))[-1]
        'articles[9]'
        """
        every = dict(_figures(self))
        return {key: f for key, f in every.items() if confidence in {None, f.confidence}}

    @cached_property
    def _by_spelling(self) -> Mapping[str, Komponen]:
        return {spelling: komponen for komponen in self.komponen for spelling in komponen.spellings}

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        for problem in _problems(self):
            raise problem
        return self


def _problems(standard: DocumentStandard) -> Iterator[MisfitError]:
    yield from repeated(
        {
            "komponen.key": standard.komponen_keys,
            "komponen.letter": [komponen.letter for komponen in standard.komponen],
            "groups.id": [group.id for group in standard.groups],
            "articles.id": [article.id for article in standard.articles],
            "steps.key": [step.key for step in standard.steps],
        }
    )
    groups = [group.id for group in standard.groups]
    for place, komponen in enumerate(standard.komponen):
        if komponen.group not in groups:
            yield MisfitError(
                f"komponen[{place}].group", f"{komponen.group!r} is no group", f"one of {', '.join(groups)}"
            )
    yield from _shared_labels(standard)
    if page := standard.texts.sippn:
        for key in page.keys:
            if key not in standard.komponen_keys:
                yield MisfitError("texts.sippn.keys", f"{key!r} is no komponen", "keys of komponen")
    yield from wrong_dates(standard.berlaku, standard.dicabut, standard.dates_confidence)
    yield from unlisted_sources(
        standard.sources, ((where, figure.sources) for where, figure in _figures(standard))
    )


def _shared_labels(standard: DocumentStandard) -> Iterator[MisfitError]:
    claimed: dict[str, str] = {}
    for place, komponen in enumerate(standard.komponen):
        for spelling in sorted(komponen.spellings):
            if not spelling:
                yield MisfitError(f"komponen[{place}].labels", "a label without a word", "words")
            if (first := claimed.setdefault(spelling, komponen.key)) != komponen.key:
                yield MisfitError(
                    "komponen.labels", f"{spelling!r} names {first} and {komponen.key}", "a label of one"
                )


def _figures(standard: DocumentStandard) -> Iterator[tuple[str, Figure]]:
    for name in _LISTS:
        for place, figure in enumerate(getattr(standard, name)):
            yield f"{name}[{place}]", figure
    for name in DocumentTexts.model_fields:
        if (figure := getattr(standard.texts, name)) is not None:
            yield f"texts.{name}", figure
