"""Numbers with a unit of time, as offices write them: "14 (empat belas) hari kerja", "1x24 jam"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final

from sipukat.pelayanan.numerals import WORD, parse_terbilang

_WORDS: Final = rf"(?:{WORD})(?:[ -](?:{WORD})){{0,10}}"
_NUMBER: Final = (
    rf"\d{{1,4}}(?:[.,]5)?(?: ?\( ?[a-z0 -]{{2,60}} ?\))?|{_WORDS}(?: ?\( ?\d{{1,4}} ?\))?"  # "0": OCR
)
_UNIT: Final = (
    "menit|jam|hari jam kerja|hari[ -]ker[ji]a|hari kalender|hari|minggu|bulan|tahun"
    "|mnt|hr ker[ji]a|hr|mgg|bln|thn"
)
_RANGE: Final = r" ?(?:-{1,2}|–|—|s ?[./]? ?d\.?|sampai(?: dengan)?|hingga) ?"
_QUANTITY: Final = re.compile(
    rf"(?<![\w.,/])(?:(?P<days>\d{{1,2}}) ?[x×] ?)?(?P<first>{_NUMBER})"
    rf"(?:{_RANGE}(?P<second>{_NUMBER}))? ?(?P<unit>{_UNIT})(?!\w)",
    re.IGNORECASE,
)
_TO: Final = re.compile(_RANGE, re.IGNORECASE)
_AND: Final = re.compile(r" (?:dan )?|, ", re.IGNORECASE)
_FIGURE: Final = re.compile(r"\d{1,4}(?:[.,]5)?")
_WORDS_FIRST: Final = re.compile(r"([^()]{2,120})\( ?(\d{1,4}) ?\)")
_INSIDE: Final = re.compile(rf"(\d{{1,4}}) ?\( ?({_WORDS}) ({_UNIT}) ?\)", re.IGNORECASE)
_HALF: Final = re.compile(r"(?<![\w/.,])(?<!\d )(?:setengah|1/2|½) jam(?!\w)", re.IGNORECASE)
_SHORT: Final = {"mnt": "menit", "hr": "hari", "mgg": "minggu", "bln": "bulan", "thn": "tahun"}
_SMALLER: Final = {
    frozenset({"jam", "menit"}): ("menit", {"jam": 60, "menit": 1}),
    frozenset({"minggu", "hari"}): ("hari", {"minggu": 7, "hari": 1}),
    frozenset({"tahun", "bulan"}): ("bulan", {"tahun": 12, "bulan": 1}),
}
_INVISIBLE: Final = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit, and where it stands.

    Parameters
    ----------
    start, end
        Its place in the text.
    fields
        What it says, as fields of a `JangkaWaktu`.
    """

    start: int
    end: int
    fields: dict[str, Any]


def spaced(text: str) -> str:
    """Fold blanks, and leave out what Word hides between letters."""
    return " ".join((text if text.isascii() else text.translate(_INVISIBLE)).split())


def usual(text: str) -> str:
    """Write two rarer forms in the usual one: "15 (lima belas menit)", "setengah jam"."""
    if "(" in text:
        text = _INSIDE.sub(r"\1 (\2) \3", text)
    return _HALF.sub("30 menit", text)


def has_quantity(text: str) -> bool:
    """Whether a number with a unit of time stands in it."""
    return bool(_QUANTITY.search(text))


def at(text: str, start: int = 0) -> Quantity | None:
    """Return the quantity that begins exactly there, without what may lengthen it."""
    found = _QUANTITY.match(text, start)
    return Quantity(found.start(), found.end(), _sized(found)) if found else None


def following(text: str, start: int = 0) -> Quantity | None:
    """Return the next quantity, with a range over two units or a smaller unit after it."""
    found = _QUANTITY.search(text, start)
    if found is None:
        return None
    fields, end = _sized(found), found.end()
    least, most = fields["min"], fields["max"]
    if most is None or least != most:
        return Quantity(found.start(), end, fields)
    for link, spread in ((_TO, True), (_AND, False)):
        joint = link.match(text, end)
        other = _QUANTITY.match(text, joint.end()) if joint else None
        if joint is None or other is None or other["second"]:
            continue
        both = _joined(fields, _sized(other), spread=spread, bare=joint[0] == " ")
        if both is not None:
            return Quantity(found.start(), other.end(), both)
    return Quantity(found.start(), end, fields)


def restates(words: str, fields: dict[str, Any]) -> bool | None:
    """Whether words in parentheses say the same time again; None where they say something else."""
    head, times, rest = words.partition(" kali ")
    factor = parse_terbilang(head) if times else 1
    again = _QUANTITY.fullmatch(rest or words)
    if again is None or factor is None:
        return None
    said = _sized(again)
    return said["max"] is not None and (said["max"] * factor, said["unit"]) == (fields["max"], fields["unit"])


def _joined(one: dict[str, Any], two: dict[str, Any], *, spread: bool, bare: bool) -> dict[str, Any] | None:
    """Return a range, or a sum, of two quantities; None where they are two times."""
    if two["max"] is None:
        return None
    unit, sizes = one["unit"], {one["unit"]: 1}
    if one["unit"] != two["unit"]:
        working = one.get("working_days") or two.get("working_days")
        smaller = None if working else _SMALLER.get(frozenset({one["unit"], two["unit"]}))
        if smaller is None:
            return None
        unit, sizes = smaller
    elif not spread:
        return None
    first, second = one["max"] * sizes[one["unit"]], two["max"] * sizes[two["unit"]]
    if spread:
        return one | two | {"min": first, "max": second, "unit": unit}
    if sizes[one["unit"]] == 1 or not (bare or unit == "menit"):
        return None  # "30 menit, 1 jam" are two times
    return one | two | {"min": first + second, "max": first + second, "unit": unit}


def _sized(quantity: re.Match[str]) -> dict[str, Any]:
    first, mismatch = _value(quantity["first"])
    second, also = _value(quantity["second"]) if quantity["second"] else (first, False)
    found: dict[str, Any] = _unit(quantity["unit"])
    if first is None or second is None:
        return found | {"malformed": True, "min": None, "max": None}
    if quantity["days"]:
        first, second = (int(quantity["days"]) * n for n in (first, second))
    if first != int(first) or second != int(second):
        if found["unit"] != "jam":
            return found | {"malformed": True, "min": None, "max": None}
        found["unit"], first, second = "menit", first * 60, second * 60
    found |= {"min": int(first), "max": int(second)}
    if mismatch or also:
        found["mismatch"] = True
    return found


def _value(said: str) -> tuple[float | None, bool]:
    """Return a number, and whether its figures and its words differ."""
    if turned := _WORDS_FIRST.fullmatch(said):
        said = f"{turned[2]} ({turned[1].strip()})"
    figure = _FIGURE.match(said)
    if figure is None:
        return parse_terbilang(said), False
    number = float(figure[0].replace(",", "."))
    words = said[figure.end() :].strip(" ()").replace("0", "o")
    spoken = parse_terbilang(words) if words else None
    return number, spoken is not None and spoken != number


def _unit(said: str) -> dict[str, Any]:
    words = said.casefold().replace("-", " ").split()
    found: dict[str, Any] = {"unit": _SHORT.get(words[0], words[0])}
    if words[-1].startswith("ker"):
        found["working_days"] = True
    return found | ({"malformed": True} if words[1:2] == ["jam"] else {})
