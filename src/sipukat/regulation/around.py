"""What stands around a citation: its title, its gazette, and how it hangs on the one before."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

if TYPE_CHECKING:
    from sipukat.regulation.citing import Cited

Relation: TypeAlias = Literal[
    "",
    "jo.",
    "diubah dengan",
    "perubahan atas",
    "dicabut dengan",
    "dicabut sebagian dengan",
    "pencabutan atas",
    "pelaksanaan",
]
"""How a citation hangs on the one before it; empty where it stands by itself."""

NESTED: Final = frozenset({"perubahan atas", "pencabutan atas", "pelaksanaan"})
"""Relations of a regulation that is named in the title of another."""

_LOOK_BACK: Final = 120
_TITLE: Final = 400
_CHANGED: Final = r"(?:di ?ubah|dirubah|perubahan)[a-z ,.()-]{0,60}?(?:dengan|oleh|melalui)"
_RELATIONS: Final[tuple[tuple[Relation, re.Pattern[str]], ...]] = (
    ("dicabut sebagian dengan", re.compile(r"dicabut sebagian(?: dengan| oleh| melalui)? ?$")),
    ("dicabut dengan", re.compile(r"dicabut(?: dan dinyatakan tidak berlaku)?(?: dengan| oleh| melalui) ?$")),
    ("diubah dengan", re.compile(rf"{_CHANGED} ?$")),
    ("perubahan atas", re.compile(r"perubahan(?: [a-z]{1,12})?(?: atas| dari| terhadap| pada)? ?$")),
    ("pencabutan atas", re.compile(r"pencabutan(?: atas| dari)? ?$")),
    ("pelaksanaan", re.compile(r"pelaksana(?:an)?(?: atas| dari| ketentuan)? ?$")),
    ("jo.", re.compile(r"(?:^|[ ,;(])(?:jo|jis|juncto|jucto)\.? ?$")),
)
_OPENS: Final = re.compile(
    r"(?: ?\([^()]{0,200}\))?[ ,]{0,2}(?:(?:yang )?(?:tentang|mengenai) ?:? ?|(?=perubahan ))"
)
_ENDS: Final = re.compile(
    r"[;\[]|\((?!.{1,40}\) [a-z])|\.(?: |$)"
    r"|,? (?:sebagaimana|yang telah|jo\.?|juncto|(?:tambahan )?lembaran (?:negara|daerah)|berita negara)\b"
)
_RI: Final = r"(?: republik indonesia| ri)?"
_GAZETTE: Final = re.compile(
    rf"(?<![a-z0-9])(?P<what>tambahan lembaran negara|tln|lembaran negara|ln|berita negara|bn)\.?{_RI}"
    r"(?:,? ?(?:(?:tahun|thn|th)\.? ?)?(?P<year>(?:19|20)\d\d)(?!\d))?"
    r",?(?: ?/ ?| ?(?:nomor|n[o0])\.? ?:? ?| )(?P<number>\d{1,5})(?!\d)"
)
_NAMES: Final = {
    "tambahan lembaran negara": "tln",
    "tln": "tln",
    "lembaran negara": "ln",
    "ln": "ln",
    "berita negara": "bn",
    "bn": "bn",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What stands around one citation, in places of the folded text.

    Parameters
    ----------
    relation
        How it hangs on the one before.
    title
        Where its title stands; None where there is none.
    ln, tln, bn
        The gazettes printed with it: ``"2009/112"``, or ``"112"`` where no year is printed.
    """

    relation: Relation
    title: tuple[int, int] | None
    ln: str = ""
    tln: str = ""
    bn: str = ""


def around(folded: str, cited: tuple[Cited, ...], breaks: tuple[int, ...]) -> tuple[Around, ...]:
    """Return what stands around each citation; `breaks` are places where a line ends.

    Examples
    --------
    >>> from sipukat.regulation.citing import cited
    >>> text = "uu 25/2009 tentang pelayanan publik (ln 2009 nomor 112, tln 5038)"
    >>> [(a.relation, text[slice(*a.title)], a.ln, a.tln) for a in around(text, cited(text), ())]
    [('', 'pelayanan publik', '2009/112', '5038')]
    """
    relations: list[Relation] = [_relation(folded, cited, at) for at in range(len(cited))]
    gazettes = _gazettes(folded, cited, relations)
    return tuple(
        Around(relation=relation, title=_title(folded, cited, relations, at, breaks), **gazettes[at])
        for at, relation in enumerate(relations)
    )


def _relation(folded: str, cited: tuple[Cited, ...], at: int) -> Relation:
    if at == 0:
        return ""
    start = cited[at].start
    if folded.startswith(("jo", "jis", "juncto", "jucto"), start):
        return "jo."
    head = folded[max(cited[at - 1].end, start - _LOOK_BACK) : start]
    for name, pattern in _RELATIONS:
        if pattern.search(head):
            return name
    return ""


def _title(
    folded: str, cited: tuple[Cited, ...], relations: list[Relation], at: int, breaks: tuple[int, ...]
) -> tuple[int, int] | None:
    opening = _OPENS.match(folded, cited[at].end)
    if opening is None:
        return None
    start = opening.end()
    stop = min(len(folded), start + _TITLE)
    later = at + 1
    while later < len(cited) and relations[later] in NESTED and cited[later].start < stop:
        later += 1
    if later < len(cited):
        stop = min(stop, cited[later].start)
    stop = min([stop, *_next_break(breaks, start)])
    # the numbers of regulations in the title end no sentence ("No. 5"), so look for its end between them
    search_from = start
    for inner in cited[at + 1 : later]:
        if inner.end <= stop and not _ENDS.search(folded, search_from, inner.start):
            search_from = inner.end
    ending = _ENDS.search(folded, search_from, stop)
    stop = ending.start() if ending else stop
    text = folded[start:stop]
    stop = start + len(_without_tail(text))
    return (start, stop) if any(c.isalpha() for c in folded[start:stop]) else None


def _next_break(breaks: tuple[int, ...], start: int) -> tuple[int, ...]:
    at = bisect_right(breaks, start)
    return breaks[at : at + 1]


def _without_tail(text: str) -> str:
    """Leave out joining words and the number of the next item of a list."""
    for _ in range(6):
        cut = re.sub(r"(?:[ ,;:.(•-]{1,40}|(?<= )(?:dan|serta|\d{1,2}[.)]|[a-z][.)]))$", "", text[-60:])
        if len(cut) == len(text[-60:]):
            break
        text = text[:-60] + cut if len(text) > 60 else cut  # noqa: PLR2004
    return text


def _gazettes(folded: str, cited: tuple[Cited, ...], relations: list[Relation]) -> list[dict[str, str]]:
    """Give each gazette to the last citation before it that is not inside a title."""
    found: list[dict[str, str]] = [{} for _ in cited]
    if not cited:
        return found
    owner, at = 0, 0
    for match in _GAZETTE.finditer(folded):
        while at < len(cited) and cited[at].start < match.start():
            if relations[at] not in NESTED:
                owner = at
            at += 1
        if at == 0:
            continue
        year = f"{match['year']}/" if match["year"] else ""
        found[owner].setdefault(_NAMES[match["what"]], f"{year}{match['number']}")
    return found
