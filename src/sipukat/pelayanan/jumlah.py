"""Staff: how many people carry out a service, in all and by role."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated, Any, Final, TypeAlias

from pydantic import Field, GetJsonSchemaHandler, model_serializer, model_validator

from sipukat._model import Record
from sipukat._text import plain
from sipukat.pelayanan.numerals import parse_terbilang, terbilang

if TYPE_CHECKING:
    from pydantic_core import CoreSchema

Orang: TypeAlias = Annotated[int, Field(ge=0, le=10**9, strict=True)]
"""A number of people."""

_LIMIT: Final = 5000  # a longer text is not read
_OCR: Final = re.compile(r"\b0rang\b")
_PERSONS: Final = "orang|org|personel|personil|pegawai|petugas|pelaksana|tenaga|asn|pns"
_COUNT: Final = re.compile(
    r"(?<![\w.,/-])(?P<n>\d{1,5})(?![\d/]|[.,:-]\d| ?(?:tahun|jam|menit|hari|bulan|shift|unit|lembar|%|x\b))"
    r"(?: ?\((?P<words>[a-z ]{3,60})\))?(?P<orang> ?(?:orang|org)\b)?"
)
_IN_WORDS: Final = re.compile(r"^(?P<words>[a-z ]{3,60}?) (?:orang|org)$")
_ROLE_EDGE: Final = " \t\r\n,;:.-–—•·+&"
_TOTAL: Final = re.compile(r"\b(?:total|jumlah(?: seluruh)?(?: pelaksana)?|seluruhnya|keseluruhan)\b")
_LEAD: Final = re.compile(r"^(?:yang )?(?:terdiri (?:dari|atas)|yaitu|sebanyak|meliputi) ?:? ?")
_NOBODY: Final = re.compile(rf"\b(?:{_PERSONS}|sebanyak|dan|adalah|jumlah|minimal|maksimal)\b")
_CUT: Final = re.compile(r"[;\n+,]| dan | serta | & ")


class Peran(Record):
    """One role and how many have it.

    Parameters
    ----------
    peran
        The role, e.g. ``"perawat"``.
    n
        How many.

    Examples
    --------
    >>> Peran(peran="perawat", n=2).n
    2
    """

    peran: str = Field(min_length=1)
    n: Orang


class JumlahPelaksana(Record):
    """A number of staff.

    A text stands for the whole record; it is written back so where nothing else is stated.

    Parameters
    ----------
    text
        The words as they stand in the draft.
    n
        How many in all; None where no number was understood.
    by_role
        Whether the number is made up of roles.
    roles
        The roles and their numbers.
    mismatch
        Whether a figure and its words differ (``"4 (lima) orang"``), or a total and its roles.

    Examples
    --------
    >>> jumlah = JumlahPelaksana.parse("triage 2 perawat + 1 dokter, administrasi 2")
    >>> jumlah.n, [(role.peran, role.n) for role in jumlah.roles]
    (5, [('triage perawat', 2), ('dokter', 1), ('administrasi', 2)])
    >>> JumlahPelaksana.parse("111 0rang").n
    111
    """

    text: str = ""
    n: Orang | None = None
    by_role: bool = False
    roles: tuple[Peran, ...] = ()
    mismatch: bool = False

    @classmethod
    def parse(cls, text: str) -> JumlahPelaksana:
        """Read a number of staff; what is not understood has no `n`.

        Examples
        --------
        >>> str(JumlahPelaksana.parse("4 orang"))
        '4 (empat) orang'
        """
        return _parsed(text)

    @property
    def understood(self) -> bool:
        """Whether a number was found."""
        return self.n is not None

    @model_validator(mode="before")
    @classmethod
    def _short_form(cls, value: Any) -> Any:
        if isinstance(value, str):
            return _fields(value)
        if isinstance(value, int) and not isinstance(value, bool):
            return {"text": f"{value} orang", "n": value}
        if isinstance(value, Mapping) and not set(value) & {"n", "by_role", "roles", "mismatch"}:
            text = value.get("text")
            return _fields(text) | dict(value) if isinstance(text, str) else value
        return value

    @model_serializer(mode="wrap")
    def _shortest(self, write: Any) -> Any:
        if JumlahPelaksana.parse(self.text) == self:
            return self.text
        fields = type(self).model_fields
        stated = {key: v for key, v in write(self).items() if getattr(self, key) != fields[key].default}
        # without any of these the text would be read again
        return stated if set(stated) - {"text"} else stated | {"n": None}

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Return the schema: a text, a whole number, or an object."""
        number = {"type": "integer", "minimum": 0, "maximum": 10**9}
        return {"anyOf": [{"type": "string"}, number, handler(core)]}

    def __str__(self) -> str:
        written = _canonical(self)
        same = _meaning(JumlahPelaksana.parse(written)) == _meaning(self)
        return written if same or not self.text else self.text


def _meaning(jumlah: JumlahPelaksana) -> tuple[Any, ...]:
    return (jumlah.n, jumlah.by_role, jumlah.roles, jumlah.mismatch)


def _canonical(jumlah: JumlahPelaksana) -> str:
    if jumlah.n is None or jumlah.mismatch:
        return jumlah.text
    if jumlah.roles:
        return "; ".join(f"{role.peran}: {_people(role.n)}" for role in jumlah.roles)
    return _people(jumlah.n)


def _people(n: int) -> str:
    return f"{n} ({terbilang(n)}) orang" if n < 1_000_000 else f"{n} orang"  # noqa: PLR2004


@lru_cache(maxsize=4096)
def _parsed(text: str) -> JumlahPelaksana:
    return JumlahPelaksana.model_validate(_fields(text))


def _fields(text: str) -> dict[str, Any]:
    found: dict[str, Any] = {"text": text}
    if len(text) > _LIMIT:
        return found
    words = _OCR.sub("orang", "\n".join(plain(line) for line in text.splitlines()))
    counts = list(_COUNT.finditer(words))
    if not counts:
        said = _IN_WORDS.match(words)
        n = parse_terbilang(said["words"]) if said else None
        return found if n is None else found | {"n": n}
    found["mismatch"] = any(map(_differs, counts))
    return found | _summed(_roles(words, counts), mismatch=found["mismatch"])


def _summed(roles: list[tuple[str, int]], *, mismatch: bool) -> dict[str, Any]:
    """Add up the roles; a total that is stated beside them is no role."""
    totals = [n for name, n in roles if not name or _TOTAL.search(name)]
    named = [(name, n) for name, n in roles if name and not _TOTAL.search(name)]
    added = sum(n for _, n in named)
    if not named:
        return {"n": totals[0], "mismatch": mismatch or len(set(totals)) > 1}
    records = tuple(Peran(peran=name, n=n) for name, n in named)
    n = totals[0] if totals else added
    return {
        "n": n,
        "by_role": True,
        "roles": records,
        "mismatch": mismatch or any(t != added for t in totals),
    }


def _roles(words: str, counts: list[re.Match[str]]) -> list[tuple[str, int]]:
    """Give each count the words around it, up to the next mark that parts two roles."""
    pieces = []
    for at, count in enumerate(counts):
        before = words[counts[at - 1].end() if at else 0 : count.start()]
        after = words[count.end() : counts[at + 1].start() if at + 1 < len(counts) else len(words)]
        head = _CUT.split(before)[-1] if at else before
        cut = _CUT.search(after)
        tail = after[: cut.start()] if cut else (after if at + 1 == len(counts) else "")
        name = _LEAD.sub("", " ".join(_paired(f"{_edged(head)} {_edged(tail)}").split()))
        pieces.append((_named(name), int(count["n"])))
    return pieces


def _edged(words: str) -> str:
    return _paired(words).strip(_ROLE_EDGE)


def _paired(words: str) -> str:
    """Drop brackets that have no other one, or that hold all or nothing."""
    kept = list(words)
    opened: list[int] = []
    for at, letter in enumerate(words):
        if letter == "(":
            opened.append(at)
        elif letter == ")" and opened:
            start = opened.pop()
            around = words[:start] + words[at + 1 :]
            if not around.strip(_ROLE_EDGE) or not words[start + 1 : at].strip(_ROLE_EDGE):
                kept[start] = kept[at] = " "
        elif letter == ")":
            kept[at] = " "
    for at in opened:
        kept[at] = " "
    return "".join(kept)


def _named(name: str) -> str:
    """Return a role; words that mean people of any kind are none."""
    bare = _NOBODY.sub(" ", name)
    return name if any(c.isalpha() for c in bare) or _TOTAL.search(name) else ""


def _differs(count: re.Match[str]) -> bool:
    said = parse_terbilang(count["words"]) if count["words"] else None
    return said is not None and said != int(count["n"])


def head_count(texts: Iterable[str]) -> int | None:
    """Count the people in lines of kompetensi, where the lines count people.

    Only numbers with the word "orang" count: "pengalaman 3-5 tahun" is no head-count.

    Parameters
    ----------
    texts
        The lines.

    Returns
    -------
    int or None
        The sum; None where no line counts people.

    Examples
    --------
    >>> head_count(["1 (satu) orang Insinyur", "3 (tiga) orang SLTA/Sederajat", "Ramah"])
    4
    >>> head_count(["Pengalaman 3-5 tahun"]) is None
    True
    """
    found = [
        int(count["n"])
        for text in texts
        for count in _COUNT.finditer(_OCR.sub("orang", plain(text[:_LIMIT])))
        if count["orang"]
    ]
    return sum(found) if found else None
