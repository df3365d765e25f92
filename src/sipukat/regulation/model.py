"""Regulations, places in them, and where a text cites them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from sipukat._model import Record
from sipukat._validation import must_be
from sipukat.errors import CitationError
from sipukat.regulation.around import NESTED, Relation, around
from sipukat.regulation.citing import cited, fold
from sipukat.regulation.instruments import notation, printed

_SHORT: Final = re.compile(
    r"(?:(?:kep|per|se)[./ -]{0,2})?(\d{1,5})/(?:m\.?pan|menkes|[pk]mk)\b.{0,40}", re.DOTALL
)
_NOT_SLUG: Final = re.compile(r"[^a-z0-9.]{1,40}")
_PARSED: Final = 2000


class Regulation(Record):
    """One regulation.

    Parameters
    ----------
    kind
        Its kind in short, e.g. ``"permenpanrb"``.
    nomor
        Its number, as text (``"14"``, ``"5A"``, ``"2052/MENKES/PER/X/2011"``).
    tahun
        The year it was made; None where its number does not say.
    region
        The region of a local regulation, e.g. ``"kota tanjung balai"``; else empty.

    Examples
    --------
    >>> str(Regulation(kind="uu", nomor="25", tahun=2009))
    'Undang-Undang Nomor 25 Tahun 2009'
    """

    kind: str
    nomor: str
    tahun: int | None
    region: str = ""

    @property
    def id(self) -> str:
        """The canonical id, e.g. ``"permenpanrb-14-2017"``; of an old number only the figure counts."""
        region = f"-{self.region.replace(' ', '-')}" if self.region else ""
        nomor = self.nomor.casefold()
        short = _SHORT.fullmatch(nomor)
        nomor = short[1] if short else _NOT_SLUG.sub("-", nomor).strip("-")
        tail = "" if self.tahun is None or nomor.endswith(f"-{self.tahun}") else f"-{self.tahun}"
        return f"{self.kind}{region}-{nomor}{tail}"

    @property
    def jenis(self) -> str:
        """Its kind in the notation of lists of law, e.g. ``"Permen:Kesehatan"``, ``"Perwali"``, ``"SK"``."""
        return notation(self.kind)

    def __str__(self) -> str:
        region = f" {self.region.title()}" if self.region else ""
        said = self.tahun is None or self.nomor.endswith(f"/{self.tahun}")
        year = "" if said else f" Tahun {self.tahun}"
        return f"{printed(self.kind)}{region} Nomor {self.nomor}{year}"


class Citation(Record):
    """A place in a regulation.

    Parameters
    ----------
    regulation
        The regulation cited.
    place
        The place in it, e.g. ``"Pasal 21"`` or ``"Lampiran"``; empty cites the whole.

    Examples
    --------
    >>> citation = Citation.parse("UU N0 25 tahun 2009", place="Pasal 21")
    >>> citation.regulation.id, str(citation)
    ('uu-25-2009', 'Undang-Undang Nomor 25 Tahun 2009, Pasal 21')
    """

    regulation: Regulation
    place: str = ""

    @classmethod
    def parse(cls, text: str, *, place: str = "") -> Citation:
        """Read the first regulation cited in `text`, of which 2000 characters are read.

        Raises
        ------
        CitationError
            If none is found in a known form.

        Examples
        --------
        >>> Citation.parse("KEP/25/M.PAN/2/2004").regulation.id
        'kepmenpan-25-2004'
        >>> Citation.parse("Permenpan RB 14/2017").regulation.id
        'permenpanrb-14-2017'
        """
        must_be(str, text, "text", "the words that cite it")
        found = cls.find(text[:_PARSED])
        if not found:
            raise CitationError(text)
        return cls(regulation=found[0].citation.regulation, place=place)

    @classmethod
    def find(cls, text: str) -> tuple[Found, ...]:
        """Return every regulation cited in `text`, in order; time grows with its length only.

        Examples
        --------
        >>> text = "Perda Kab. Ciamis Nomor 17 Tahun 2008 jo. Nomor 4 Tahun 2010 tentang Organisasi"
        >>> [(found.citation.regulation.id, found.relation, found.tentang) for found in Citation.find(text)]
        [('perda-kabupaten-ciamis-17-2008', '', ''), ('perda-kabupaten-ciamis-4-2010', 'jo.', 'Organisasi')]
        """
        return _found_cached(text) if len(text) <= _PARSED else _found(text)

    def __str__(self) -> str:
        return f"{self.regulation}, {self.place}" if self.place else str(self.regulation)


class Found(Record):
    """A citation where it stands in a text.

    Parameters
    ----------
    citation
        The regulation cited.
    text
        The words that cite it.
    start, end
        Where they stand in the text.
    tentang
        The title given to it, as written; empty where there is none.
    ln, tln, bn
        Lembaran Negara, Tambahan and Berita Negara printed with it: ``"2009/112"``, or
        ``"112"`` where no year is printed.
    relation
        How it hangs on the citation before it; empty where it stands by itself.

    Examples
    --------
    >>> first, second = Citation.find("UU 24/2013 tentang Perubahan atas UU 23/2006")
    >>> first.tentang, second.relation, second.nested
    ('Perubahan atas UU 23/2006', 'perubahan atas', True)
    """

    citation: Citation
    text: str
    start: int
    end: int
    tentang: str = ""
    ln: str = ""
    tln: str = ""
    bn: str = ""
    relation: Relation = ""

    @property
    def nested(self) -> bool:
        """Whether it only stands in the title of the regulation before it."""
        return self.relation in NESTED


def _end(places: list[int], end: int) -> int:
    return places[end - 1] + 1 if end else 0


def _as_printed(nomor: str) -> str:
    """Return a number as the law prints it: without blanks, a mistyped stroke set right."""
    tight = "".join(nomor.split()).replace("?", "/").rstrip(".-")
    return tight if "/" in tight else tight.upper()


def _line(text: str, places: list[int], span: tuple[int, int] | None) -> str:
    if span is None:
        return ""
    return " ".join(text[places[span[0]] : _end(places, span[1])].split())


@lru_cache(maxsize=4096)
def _found_cached(text: str) -> tuple[Found, ...]:
    return _found(text)


def _found(text: str) -> tuple[Found, ...]:
    if not text.isascii():  # a lone surrogate is no text; the places stay
        text = text.encode("utf-8", "replace").decode()
    folded, places = fold(text)
    raw = cited(folded)
    if not raw:
        return ()
    breaks: tuple[int, ...] = ()
    if "\n" in text:
        blanks = (at for at, char in enumerate(folded) if char == " ")
        breaks = tuple(at for at in blanks if "\n" in text[places[at] : places[at + 1]])
    return tuple(
        Found(
            citation=Citation(
                regulation=Regulation(
                    kind=each.kind,
                    nomor=_as_printed(text[places[each.opened[0]] : _end(places, each.opened[1])]),
                    tahun=each.tahun,
                    region=each.region,
                )
            ),
            start=places[each.start],
            end=_end(places, each.end),
            text=text[places[each.start] : _end(places, each.end)],
            tentang=_line(text, places, beside.title),
            ln=beside.ln,
            tln=beside.tln,
            bn=beside.bn,
            relation=beside.relation,
        )
        for each, beside in zip(raw, around(folded, raw, breaks), strict=True)
    )
