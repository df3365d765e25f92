"""Amounts of money and words of "free" in a text, as fees are written in drafts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sipukat.regulation import Citation

if TYPE_CHECKING:
    from collections.abc import Iterator

LIMIT: Final = 5000
"""A longer text is not read as a fee; it stays text."""

_AMOUNT: Final = re.compile(
    r"(?<![\w.,/])(?P<rp>(?:rp|idr)\b[. ]{0,3}|rp(?=\d))?"
    r"(?P<num>\d{1,3}(?:\.\d{3}){1,4}|\d{1,3}(?:,\d{3}){1,4}(?![\d,])|\d{1,13})"
    r"(?P<dec>[.,]\d{1,2}(?!\d))?(?P<tail>(?:[.,]-{1,2}|[.,]=|-{1,2}(?! ))(?!\w))?"
    r"(?: ?(?P<mul>ribu|rb|juta|jt|mil[iy]ar)\b)?"
    r"(?: ?\((?P<words>[a-z ]{3,120})\))?(?: ?(?P<rupiah>rupiah\b))?(?![\w]|[.,/]\d|[.]{0,1}\d)"
    r"(?: ?(?:/|per\b) ?(?P<per>[a-z][a-z ]{0,38}[a-z]|m[23²³]))?",
    re.IGNORECASE,
)
_FREE: Final = re.compile(
    r"(?<!tidak )\bgratis\b|\bcuma-cuma\b|(?<!tidak )\bnihil\b"
    r"|\btidak (?:ada|dikenakan|dikenai|(?:di)?pungut) (?:biaya|tarif|bayaran|retribusi|pungutan)\b"
    r"|\b(?:tanpa|bebas|nol) (?:(?:di)?pungut(?:an)? )?(?:biaya|tarif|rupiah)\b",
    re.IGNORECASE,
)
_TIMES: Final = re.compile(r"^ ?(?:[×*]|x(?![a-z])) ?\S|^ ?%", re.IGNORECASE)
_TIMES_BEFORE: Final = re.compile(r"\S ?[×*] ?$|[^a-z]x ?$", re.IGNORECASE)
_NUMBERED: Final = re.compile(r"\b(?:nomor|no)[. :]{0,3}$", re.IGNORECASE)
_TORN: Final = re.compile(r"(?: [.,] ?|[.,] )\d{0,3}000(?!\d)")  # "Rp 50 .000" is not fifty rupiah
_MOST: Final = 10**15  # more than the state has; what is written so is no amount
_RANGE: Final = re.compile(
    r"^ ?(?:-{1,2}|–|—|s\.? ?/ ?d\.?|s\.d\.?|sampai(?: dengan)?|hingga) ?$", re.IGNORECASE
)
_MULTIPLE: Final = {"ribu": 1000, "rb": 1000, "juta": 10**6, "jt": 10**6, "miliar": 10**9, "milyar": 10**9}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """One amount in a text, or the words that say free (`rupiah` 0).

    Parameters
    ----------
    start, end
        Where it stands.
    rupiah
        The amount; None where it is not a whole number of rupiah.
    words
        The amount in words, as written in parentheses.
    per
        For what unit it is asked, e.g. ``"lembar"``.
    has_rp
        Whether the currency is written.
    said
        Whether it is the word "gratis", not a figure.
    """

    start: int
    end: int
    rupiah: int | None
    words: str = ""
    per: str | None = None
    has_rp: bool = False
    said: bool = False


def sums(text: str) -> tuple[Sum, ...]:
    """Return the amounts in a text, in order; numbers of laws, sheets and days are none.

    Examples
    --------
    >>> [each.rupiah for each in sums("KTP hilang Rp 50.000; 10 lembar Rp2,5 juta")]
    [50000, 2500000]
    """
    masked = _without_citations(text)
    free = [Sum(start=m.start(), end=m.end(), rupiah=0, said=True) for m in _FREE.finditer(masked)]
    taken = [(each.start, each.end) for each in free]
    money = [each for each in _money(masked) if not any(a < each.end and each.start < b for a, b in taken)]
    return tuple(sorted([*free, *money], key=lambda each: each.start))


def _without_citations(text: str) -> str:
    """Blank out the regulations cited: the number in "Perda 1.234/2012" is no amount."""
    lowered = text.casefold()
    if not any(word in lowered for word in ("per", "pp", "uu", "undang", "kep", "sk", "pm")):
        return text
    for found in Citation.find(text):
        text = text[: found.start] + "§" * (found.end - found.start) + text[found.end :]
    return text


def _money(text: str) -> Iterator[Sum]:
    for match in _AMOUNT.finditer(text):
        grouped = not match["num"].isdigit()
        currency = bool(match["rp"] or match["rupiah"])
        alone = not text[: match.start()].strip(" .:(") and not text[match.end() :].strip(" .)")
        if not currency and _NUMBERED.search(text[: match.start()][-10:]):
            continue
        if currency or grouped or match["mul"] or match["tail"] or alone:
            yield Sum(
                start=match.start(),
                end=match.end(),
                rupiah=None if _TORN.match(text, match.end()) else _rupiah(match),
                words=" ".join((match["words"] or "").split()),
                per=match["per"] and " ".join(match["per"].split()),
                has_rp=currency,
            )


def _rupiah(match: re.Match[str]) -> int | None:
    cents = (match["dec"] or "").lstrip(".,")
    whole = int(match["num"].replace(".", "").replace(",", ""))
    if not match["mul"]:
        return whole if not cents.strip("0") and whole <= _MOST else None
    scaled = int(f"{whole}{cents}") * _MULTIPLE[match["mul"].casefold()]
    value, rest = divmod(scaled, 10 ** len(cents))
    return value if not rest and value <= _MOST else None


def is_formula(text: str, each: Sum) -> bool:
    """Say whether an amount is multiplied by something.

    Examples
    --------
    >>> text = "Rp. 15.000,- x indeks"
    >>> is_formula(text, sums(text)[0])
    True
    """
    return bool(_TIMES.search(text[each.end : each.end + 8]) or _TIMES_BEFORE.search(text[: each.start][-8:]))


def is_range(text: str, low: Sum, high: Sum) -> bool:
    """Say whether two amounts are the ends of one range.

    Examples
    --------
    >>> text = "Rp 5.000 s.d. Rp 10.000"
    >>> is_range(text, *sums(text))
    True
    """
    return bool(_RANGE.search(text[low.end : high.start]))
