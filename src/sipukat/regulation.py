"""Regulations and citations: the forms that offices write, read and printed.

One spelling is canonical (`Regulation.id`, `str(citation)`); the others are understood.
"""

from __future__ import annotations

import re
from typing import Final

from sipukat._model import Record
from sipukat._text import plain
from sipukat.errors import CitationError

# id prefix -> (name as printed, other spellings; all are matched after `plain`)
_KINDS: Final[dict[str, tuple[str, tuple[str, ...]]]] = {
    "uu": ("Undang-Undang", ("uu", "undang undang", "undang-undang republik indonesia")),
    "perppu": ("Perppu", ("peraturan pemerintah pengganti undang-undang",)),
    "pp": ("Peraturan Pemerintah", ("pp", "peraturan pemerintah republik indonesia")),
    "perpres": ("Peraturan Presiden", ("perpres",)),
    "keppres": ("Keputusan Presiden", ("keppres",)),
    "inpres": ("Instruksi Presiden", ("inpres",)),
    "permenpanrb": (
        "Peraturan Menteri PANRB",
        (
            "permenpan rb", "permenpan-rb", "permenpanrb", "permen panrb", "permen pan rb", "permenpan",
            "permen pan-rb", "permen pan dan rb", "permenpan dan rb", "peraturan menpan rb",
            "peraturan menteri pan rb", "peraturan menteri pan-rb", "peraturan menteri pan dan rb",
            "peraturan menteri pendayagunaan aparatur negara dan reformasi birokrasi",
            "peraturan menteri pendayagunaan aparatur negara dan reformasi birokrasi republik indonesia",
        ),
    ),
    "kepmenpan": ("Keputusan Menteri PAN", ("kepmenpan", "kepmen pan", "kepmen", "keputusan menpan")),
    "permendagri": ("Peraturan Menteri Dalam Negeri", ("permendagri",)),
    "permenkes": ("Peraturan Menteri Kesehatan", ("permenkes",)),
    "permendikbud": ("Peraturan Menteri Pendidikan dan Kebudayaan", ("permendikbud",)),
    "se-menpanrb": (
        "Surat Edaran Menteri PANRB",
        ("se menpanrb", "se menpan rb", "se menpan-rb", "surat edaran menpanrb"),
    ),
    "pedoman-menpanrb": ("Pedoman Menteri PANRB", ("pedoman menpanrb",)),
    "perda": ("Peraturan Daerah", ("perda",)),
    "pergub": ("Peraturan Gubernur", ("pergub",)),
    "perbup": ("Peraturan Bupati", ("perbup",)),
    "perwal": ("Peraturan Wali Kota", ("perwal", "perwali", "perwako", "peraturan walikota")),
}  # fmt: skip
_BY_SPELLING: Final = {
    spelling: kind for kind, (name, others) in _KINDS.items() for spelling in (plain(name), kind, *others)
}
_SPELLINGS: Final = "|".join(re.escape(s) for s in sorted(_BY_SPELLING, key=len, reverse=True))
_CITED: Final = re.compile(
    rf"(?<!\w)(?P<kind>{_SPELLINGS})[ .,:-]{{0,3}}(?P<region>[a-z ]{{0,60}}?)"
    r" ?(?:nomor|no\.?|n0\.?|n[o0]mor)?[ .:]{0,3}(?P<nomor>\d{1,5}[a-z]?)"
    r"(?: ?/ ?| ?- ?| (?:tahun|thn\.?|th\.?) )(?P<tahun>(?:19|20)\d\d)(?!\d)"
)
_OLD_STYLE: Final = re.compile(
    r"(?<!\w)(?:kep ?/ ?)?(?P<nomor>\d{1,5}) ?/ ?(?P<who>m\. ?pan|menkes)(?: ?/ ?(?P<what>per|sk|kep))?"
    r" ?/ ?(?:[ivx]{1,4}|\d{1,2}) ?/ ?(?P<tahun>(?:19|20)\d\d)(?!\d)"
)


class Regulation(Record):
    """One regulation.

    Parameters
    ----------
    kind
        Its kind in short, e.g. ``"permenpanrb"``.
    nomor
        Its number, as text (``"14"``, ``"5A"``).
    tahun
        The year it was made.
    region
        The region of a local regulation, e.g. ``"kota tanjung balai"``; else empty.

    Examples
    --------
    >>> str(Regulation(kind="uu", nomor="25", tahun=2009))
    'Undang-Undang Nomor 25 Tahun 2009'
    """

    kind: str
    nomor: str
    tahun: int
    region: str = ""

    @property
    def id(self) -> str:
        """The canonical id, e.g. ``"permenpanrb-14-2017"``."""
        region = f"-{self.region.replace(' ', '-')}" if self.region else ""
        return f"{self.kind}{region}-{self.nomor.lower()}-{self.tahun}"

    def __str__(self) -> str:
        name = _KINDS[self.kind][0] if self.kind in _KINDS else self.kind
        region = f" {self.region.title()}" if self.region else ""
        return f"{name}{region} Nomor {self.nomor} Tahun {self.tahun}"


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
        """Read the first regulation cited in `text`.

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
        folded = plain(text[:2000])
        if match := _CITED.search(folded):
            regulation = Regulation(
                kind=_BY_SPELLING[match["kind"]],
                nomor=match["nomor"].upper(),
                tahun=int(match["tahun"]),
                region=match["region"].strip(),
            )
        elif match := _OLD_STYLE.search(folded):
            ministry = "menkes" if match["who"] == "menkes" else "menpan"
            kind = ("per" if match["what"] == "per" else "kep") + ministry
            regulation = Regulation(kind=kind, nomor=match["nomor"], tahun=int(match["tahun"]))
        else:
            raise CitationError(text)
        return cls(regulation=regulation, place=place)

    def __str__(self) -> str:
        return f"{self.regulation}, {self.place}" if self.place else str(self.regulation)
