"""The fixed texts and forms around a Standar Pelayanan: maklumat, SK, berita acara, table, ladders."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator

from sipukat._model import Record
from sipukat.standards.values import Bulat, Figure, Key, MisfitError, Teks


class Maklumat(Figure):
    """The promise that an office puts up for citizens.

    Parameters
    ----------
    must_state
        The statements that it holds.
    template
        Its usual text.
    layout
        Its lines from top to bottom.
    """

    must_state: Annotated[tuple[Teks, ...], Field(min_length=1)]
    template: Teks
    layout: tuple[Teks, ...] = ()


class Layout(Figure):
    """The parts of a document from top to bottom; blanks to fill in stand in ``<...>``.

    Parameters
    ----------
    parts
        The parts in order.
    """

    parts: Annotated[tuple[Teks, ...], Field(min_length=1)]


class TableLayout(Figure):
    """The table that a Standar Pelayanan is printed as.

    Parameters
    ----------
    columns
        Its headings.
    numbering
        How its rows are numbered in practice.
    """

    columns: Annotated[tuple[Teks, ...], Field(min_length=1)]
    numbering: str = ""


class BeritaAcara(Figure):
    """The record of the public consultation.

    Parameters
    ----------
    columns
        The headings of its table.
    signers
        Who signs it.
    parts
        Its parts from top to bottom.
    """

    columns: Annotated[tuple[Teks, ...], Field(min_length=1)]
    signers: tuple[Teks, ...] = ()
    parts: tuple[Teks, ...] = ()


class Rung(Record):
    """One rung of a ladder of scores.

    Parameters
    ----------
    score
        The score.
    condition
        What earns it.
    """

    score: Bulat
    condition: Teks


class Ladder(Figure):
    """Scores and what earns each.

    Parameters
    ----------
    rungs
        The rungs, lowest first.
    """

    rungs: Annotated[tuple[Rung, ...], Field(min_length=2)]

    @model_validator(mode="after")
    def _ascending(self) -> Self:
        scores = [rung.score for rung in self.rungs]
        if scores != sorted(set(scores)):
            raise MisfitError("rungs", f"scores {scores}", "each score once, ascending")
        return self


class Review(Figure):
    """How often a standard is to be reviewed.

    Parameters
    ----------
    months
        The most months between two reviews.
    rungs
        How practice scores it, lowest first.
    """

    months: Annotated[Bulat, Field(ge=1)]
    rungs: tuple[Rung, ...] = ()


class Listing(Figure):
    """A list of the law or of a form.

    Parameters
    ----------
    items
        Its items.
    """

    items: Annotated[tuple[Teks, ...], Field(min_length=1)]


class SippnPage(Figure):
    """What the public page of SIPPN shows of a service.

    Parameters
    ----------
    fields
        Its headings in order.
    keys
        The komponen that it shows.
    """

    fields: tuple[Teks, ...]
    keys: tuple[Key, ...]


class DocumentTexts(Record):
    """Every fixed text of a document standard; None where none was found.

    Parameters
    ----------
    maklumat, sk, table, berita_acara
        The forms.
    review
        How often to review.
    ladder
        The scores of PEKPPP for a standard as a whole.
    principles
        The principles of making one.
    evidence
        What an assessor asks to see.
    public_elements
        Who is asked in the public consultation.
    publication_media
        Where it is published.
    sippn
        The public page of SIPPN.

    Examples
    --------
    >>> from sipukat import standards
    >>> texts = standards.document("permenpanrb-15-2014").texts
    >>> texts.table.columns, texts.review.months, texts.ladder.rungs[2].condition
    (('NO', 'KOMPONEN', 'URAIAN'), 12, 'Standar pelayanan memuat 14 komponen.')
    """

    maklumat: Maklumat | None = None
    sk: Layout | None = None
    table: TableLayout | None = None
    berita_acara: BeritaAcara | None = None
    review: Review | None = None
    ladder: Ladder | None = None
    principles: Listing | None = None
    evidence: Listing | None = None
    public_elements: Listing | None = None
    publication_media: Listing | None = None
    sippn: SippnPage | None = None
