"""The parts of a document standard: komponen, their groups, articles to cite, steps to take."""

from __future__ import annotations

from functools import cached_property
from typing import Annotated, TypeAlias

from pydantic import Field

from sipukat.regulation import Regulation  # noqa: TC001  a field of Komponen, Group and Article
from sipukat.standards.labels import folded
from sipukat.standards.values import Confidence, Figure, Key, Teks

Letter: TypeAlias = Annotated[str, Field(pattern=r"^[a-z]{1,2}$")]
"""The letter of a komponen in its article, e.g. ``"a"``."""


class Komponen(Figure):
    """One komponen: what a Standar Pelayanan must say, and how tables call it.

    Parameters
    ----------
    letter
        Its letter in the article that lists it, e.g. ``"d"``.
    key
        Its meaning, e.g. ``"jangka_waktu_penyelesaian"``; stable between orders and standards.
    nama, name
        Its name in the law, and in English.
    definisi
        What it means, in Indonesian.
    definisi_confidence, content_confidence
        How sure `definisi` and `required_content` are; None means as sure as the komponen.
    labels
        Other headings found in real tables.
    other_labels
        Headings from recollection, confidence C: understood, never printed.
    group
        Id of its group.
    must_publish
        Whether citizens must be shown it.
    required_content
        What a good one holds, a sentence each, in Indonesian.
    regulation
        The regulation that `place` is in; None means that of the standard.

    Examples
    --------
    >>> from sipukat import standards
    >>> biaya = standards.document("uu-25-2009").komponen_of("biaya_tarif")
    >>> biaya.letter, biaya.nama, biaya.must_publish, biaya.place
    ('e', 'Biaya/tarif', True, 'Pasal 21 huruf e')
    """

    letter: Letter
    key: Key
    nama: Teks
    name: Teks
    definisi: str = ""
    definisi_confidence: Confidence | None = None
    labels: tuple[Teks, ...] = ()
    other_labels: tuple[Teks, ...] = ()
    group: Key
    must_publish: Annotated[bool, Field(strict=True)]
    required_content: tuple[Teks, ...] = ()
    content_confidence: Confidence | None = None
    regulation: Regulation | None = None

    @cached_property
    def spellings(self) -> frozenset[str]:
        """Every heading that names it, folded by `sipukat.standards.labels.folded`."""
        return frozenset(map(folded, (self.key, self.nama, *self.labels, *self.other_labels)))


class Group(Figure):
    """A group of komponen.

    Parameters
    ----------
    id
        Its name, e.g. ``"penyampaian"``.
    nama, name
        Its name in the law, and in English.
    heading
        The row that opens it in a printed table.
    regulation
        The regulation that `place` is in; None means that of the standard.
    """

    id: Key
    nama: Teks
    name: Teks
    heading: Teks
    regulation: Regulation | None = None


class Article(Figure):
    """A place in the law that a finding or a document cites, and what it says.

    Parameters
    ----------
    id
        Its short name, e.g. ``"36(4)"``.
    text
        What it says, in Indonesian: the words of the law or a summary of them.
    regulation
        The regulation that `place` is in; None means that of the standard.

    Examples
    --------
    >>> from sipukat import standards
    >>> standards.document("uu-25-2009").article_of("36(4)").place
    'Pasal 36 ayat (4)'
    """

    id: Annotated[str, Field(pattern=r"^[a-z0-9()/_-]{1,40}$")]
    text: Teks
    regulation: Regulation | None = None


class Step(Figure):
    """One step on the way to a Standar Pelayanan.

    Parameters
    ----------
    key
        Its name, e.g. ``"berita_acara"``.
    nama
        What is done.
    evidence
        What shows that it was done.
    """

    key: Key
    nama: Teks
    evidence: tuple[Teks, ...] = ()
