"""The register of regulations that drafts cite: titles, gazettes, what became of them."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Annotated, Any, Final, Literal, TypeAlias

from pydantic import BeforeValidator, Field

from sipukat._model import Record
from sipukat.regulation import Citation, Regulation
from sipukat.standards.titles import likeness, words_of
from sipukat.standards.values import Confidence

SAME_TITLE: Final = 0.75
"""From this likeness on two titles are the same: twice the shared words by all words."""

Problem: TypeAlias = Literal["jenis", "tahun", "judul", "ln", "tln", "bn", "perubahan", "dicabut", "wilayah"]
"""What is wrong: kind, year, title, gazette, what it amends, repealed, of another region."""


def _cited(value: Any) -> Any:
    return Citation.parse(value).regulation if isinstance(value, str) else value


Dikutip: TypeAlias = Annotated[Regulation, BeforeValidator(_cited)]
"""A regulation as people cite it: ``"UU 25/2009"``."""


class Perubahan(Record):
    """A regulation that changed or repealed another.

    Parameters
    ----------
    cite
        The later regulation; None where it was not found which one.
    confidence
        How sure that is.
    sources
        Where it was found.
    note
        What to know.
    """

    cite: Dikutip | None = None
    confidence: Confidence
    sources: tuple[str, ...] = ()
    note: str = ""


class Peraturan(Record):
    """A regulation that is known.

    Parameters
    ----------
    cite
        Which one.
    judul
        Its title.
    nama_lain
        Its title as it is shortened.
    ln, tln, bn
        Lembaran Negara, Tambahan and Berita Negara, ``"2009/112"``; empty where not found.
    diubah_oleh, dicabut_oleh
        What changed it, what repealed it.
    confidence
        Of title and gazette.
    sources
        Where they were found.
    note
        What to know.

    Examples
    --------
    >>> lookup(Citation.parse("UU N0 25 tahun 2009").regulation).judul
    'Pelayanan Publik'
    """

    cite: Dikutip
    judul: str
    nama_lain: tuple[str, ...] = ()
    ln: str = ""
    tln: str = ""
    bn: str = ""
    diubah_oleh: tuple[Perubahan, ...] = ()
    dicabut_oleh: tuple[Perubahan, ...] = ()
    confidence: Confidence
    sources: tuple[str, ...] = ()
    note: str = ""


class SalahKutip(Record):
    """A wrong citation that was seen in real documents.

    Parameters
    ----------
    cite
        What was cited.
    kata
        Words of the title that all stand there.
    masalah
        What is wrong with it.
    seharusnya
        What would be right.
    confidence
        How sure that is.
    terlihat
        Where it was seen.
    """

    cite: Dikutip
    kata: tuple[str, ...]
    masalah: Problem
    seharusnya: Dikutip
    confidence: Confidence
    terlihat: tuple[str, ...]


class Register(Record):
    """All that is known.

    Parameters
    ----------
    peraturan
        The regulations.
    salah
        Wrong citations that were seen.
    sources
        What the letters of the sources stand for.
    """

    peraturan: tuple[Peraturan, ...]
    salah: tuple[SalahKutip, ...] = ()
    sources: dict[str, str] = Field(default_factory=dict)


@cache
def register() -> Register:
    """Return the register, read once.

    Examples
    --------
    >>> len(register().peraturan) > 50
    True
    """
    text = (files("sipukat.standards") / "register" / "peraturan.toml").read_text(encoding="utf-8")
    return Register.model_validate(tomllib.loads(text))


@cache
def _by_id() -> dict[str, Peraturan]:
    return {known.cite.id: known for known in register().peraturan}


def lookup(regulation: Regulation) -> Peraturan | None:
    """Return what is known of a regulation.

    Examples
    --------
    >>> known = lookup(Citation.parse("UU 36/2009").regulation)
    >>> known.judul, str(known.dicabut_oleh[0].cite)
    ('Kesehatan', 'Undang-Undang Nomor 17 Tahun 2023')
    """
    return _by_id().get(regulation.id)


def named_like(title: str, *, least: float = SAME_TITLE) -> tuple[Peraturan, ...]:
    """Return the regulations with such a title, the likest first.

    Parameters
    ----------
    title
        A title, or some words of it.
    least
        The least likeness, from 0 to 1.

    Examples
    --------
    >>> [str(known.cite) for known in named_like("Standar Nasional Pendidikan")]
    ['Peraturan Pemerintah Nomor 57 Tahun 2021']
    """
    words = words_of(title)
    scored = [(like(words, known), at) for at, known in enumerate(register().peraturan)] if words else []
    return tuple(
        register().peraturan[at]
        for score, at in sorted(scored, key=lambda s: (-s[0], s[1]))
        if score >= least
    )


def like(words: tuple[str, ...], known: Peraturan, *, core: bool = False) -> float:
    """Return how like a title is to that of a regulation, from 0 to 1.

    Parameters
    ----------
    words
        The words of the title, from `words_of`.
    known
        The regulation.
    core
        Whether the title of the law that it carries out or amends also counts as its own.

    Examples
    --------
    >>> like(("pelayanan", "publik"), lookup(Citation.parse("PP 96/2012").regulation), core=True)
    1.0
    """
    return max(likeness(words, name) for name in _names(known, core=core))


@cache
def _words_by_id(id: str, *, core: bool) -> tuple[tuple[str, ...], ...]:  # noqa: A002
    known = _by_id()[id]
    names = [known.judul, *known.nama_lain]
    if core:  # a carrying-out or amending regulation is often cited by the title of the law it serves
        names += [name.partition(" tentang ")[2] for name in names]
    return tuple(words for name in names if (words := words_of(name)))


def _names(known: Peraturan, *, core: bool) -> tuple[tuple[str, ...], ...]:
    return _words_by_id(known.cite.id, core=core)
