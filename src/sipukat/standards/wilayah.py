"""Whether a local regulation is of the region of an office, or of another."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sipukat._text import plain
from sipukat.regulation.instruments import LOCAL

if TYPE_CHECKING:
    from sipukat.regulation import Regulation

_SORTS: Final = {
    "kab": "kabupaten",
    "kabupaten": "kabupaten",
    "kota": "kota",
    "kotamadya": "kota",
    "provinsi": "provinsi",
    "propinsi": "provinsi",
    "prov": "provinsi",
    "daerah istimewa": "provinsi",
    "di": "provinsi",
    "dki": "provinsi",
}
_SORT: Final = re.compile(
    r"(kabupaten|kab|kotamadya|kota|provinsi|propinsi|prov|"
    r"daerah istimewa|daerah khusus ibukota|di|dki)\b\.? ?"
)
_PARTS: Final = re.compile(r"[,;/]| - ")
_SHORT: Final = {
    "jabar": "jawabarat",
    "jateng": "jawatengah",
    "jatim": "jawatimur",
    "diy": "yogyakarta",
    "sumut": "sumaterautara",
    "sumbar": "sumaterabarat",
    "sumsel": "sumateraselatan",
    "ntb": "nusatenggarabarat",
    "ntt": "nusatenggaratimur",
    "kaltim": "kalimantantimur",
    "kalbar": "kalimantanbarat",
    "kalsel": "kalimantanselatan",
    "kaltara": "kalimantanutara",
    "kalteng": "kalimantantengah",
    "sulsel": "sulawesiselatan",
    "sulut": "sulawesiutara",
    "sulteng": "sulawesitengah",
    "sultra": "sulawesitenggara",
    "sulbar": "sulawesibarat",
    "kepri": "kepulauanriau",
    "babel": "kepulauanbangkabelitung",
}
_LONGEST: Final = 200


def _place(words: str) -> tuple[str, str]:
    """Return the sort of a region, empty where it is not said, and its name without blanks."""
    words = words.strip(" .")
    sort = _SORT.match(words)
    name = words[sort.end() :] if sort else words
    tight = "".join(c for c in name if c.isalnum())
    return _SORTS.get(sort[1], "provinsi") if sort else "", _SHORT.get(tight, tight)


def foreign(regulation: Regulation, wilayah: str) -> bool:
    """Say whether a local regulation is of another region than `wilayah`.

    Where either is not stated clearly it is not called foreign: no region named, or a
    provincial regulation where `wilayah` does not name the province.

    Parameters
    ----------
    regulation
        The regulation.
    wilayah
        The region of the office, the smaller first: ``"Kab. Ciamis, Jawa Barat"``.

    Examples
    --------
    >>> from sipukat.regulation import Citation
    >>> medan = Citation.parse("Perda Kota Medan No.1 Thn 2010").regulation
    >>> foreign(medan, "Kab. Empat Lawang, Sumatera Selatan"), foreign(medan, "Kota Medan")
    (True, False)
    """
    if regulation.kind not in LOCAL or regulation.kind == "perdes" or not regulation.region:
        return False
    sort, name = _place(plain(regulation.region[:_LONGEST]))
    sort = sort or LOCAL[regulation.kind]
    places = [_place(part) for part in _PARTS.split(plain(wilayah[:_LONGEST])) if part.strip()]
    if not name or not places:
        return False
    if any(name == own and (not sort or not kind or sort == kind) for kind, own in places):
        return False
    # a single place may be the office's own name ("Magelang"), of which sort and province are not known
    return not (sort in {"provinsi", ""} and len(places) == 1 and places[0][0] != "provinsi")
