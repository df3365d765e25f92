"""Where regulations are cited in a text, as offices write it.

One pass finds the words that can open a citation; between one of them and the next, and at
most `WINDOW` characters on, a number is looked for. So the time grows with the length of the
text and no faster, whatever the text.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sipukat.regulation.instruments import (
    ALONE,
    GLUED,
    KINDS,
    LOCAL,
    NATIONAL,
    ministry_kind,
    with_organ,
    without_state,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

WINDOW: Final = 170
"""Characters after the name of a kind in which its number is looked for."""


def _heads() -> str:
    spelled = {p: kind for kind, (_, _, patterns) in KINDS.items() for p in _alternatives(patterns)}
    longest = sorted(spelled, key=len, reverse=True)
    whole = "|".join(
        [*(p for p in longest if p not in GLUED and p not in {"peraturan", "keputusan"}), *ALONE]
    )
    glued = "|".join(p for p in longest if p in GLUED)
    return rf"(?:{whole})(?![a-z0-9])|{glued}|(?:peraturan|keputusan)(?![a-z0-9])"


def _alternatives(patterns: str) -> list[str]:
    """Split at the bars that are not in parentheses."""
    parts, depth = [""], 0
    for c in patterns:
        depth += (c == "(") - (c == ")")
        if c == "|" and not depth:
            parts.append("")
        else:
            parts[-1] += c
    return parts


_YEAR: Final = r"(?:19|20)\d\d(?!\d)"
_NUMBER_WORD: Final = r"(?:(?:nomor|nomer|nomo|n[o0]|nmr)(?![a-z]) ?[.:]{0,2} ?)"
_SAME: Final = r"(?:jo|jis|juncto|jucto)\.? ?(?=nomor|n[o0]\b)|(?:dengan|dan|serta|atas) (?=nomor|n[o0]\b)"
_HEAD: Final = re.compile(rf"(?<![a-z0-9])(?:(?P<same>{_SAME})|(?P<head>{_heads()}))")
_NUMBER: Final = re.compile(
    rf"(?<![a-z0-9])(?P<mark>{_NUMBER_WORD}{{1,3}})?(?:"
    rf"(?<=tahun )(?P<before>{_YEAR}) (?:nomor|n[o0])\.? ?(?P<after>\d{{1,5}}[a-z]?)(?![\w/.\-])|"
    rf"(?P<plain>\d{{1,5}}[a-z]?)(?: ?/ ?| ?- ?| ?,? ?(?:tahun|thn|th)\.? ?)"
    rf"(?P<year>{_YEAR})(?! ?[/?][a-z0-9])"
    r"|(?P<code>[a-z0-9][a-z0-9.\-]{0,30}(?: ?[/?] ?[a-z0-9][a-z0-9.\-]{0,40}){1,6})"
    rf"(?: (?:tahun|thn|th)\.? ?(?P<code_year>{_YEAR}))?"
    rf"|(?P<bare>\d{{1,5}}[a-z]?)(?![\w/.\-]))"
)
_CODE: Final = re.compile(
    r"(?<![a-z0-9/.])(?:(?:nomor|n[o0])\.? ?:? ?)?(?P<code>(?:(?:kep|per|se)[./ -]{1,2})?\d{1,5} ?[/?] ?"
    r"(?P<who>m\. ?pan|menkes|pmk\.\d{1,3}|kmk\.\d{1,3})(?: ?[/?] ?(?P<what>per|sk|kep))?"
    rf"(?: ?[/?] ?(?:[ivx]{{1,4}}|\d{{1,2}}))? ?[/?] ?(?P<year>{_YEAR}))"
)
_GAP: Final = re.compile(r"[a-z .,/&'-]{0,160}")
_STOP: Final = re.compile(
    r"\b(?:tentang|sebagaimana|lembaran|berita|tambahan|pasal|ayat|tanggal|perundang"
    r"|sesuai|jo|bersama ini|dimaksud|dan/atau)\b"
)
_YEAR_END: Final = re.compile(rf"(?:^|[^0-9])(?P<year>{_YEAR})$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """A regulation as it stands in a folded text.

    Parameters
    ----------
    start, end
        Where it stands in the folded text.
    kind, nomor, tahun, region
        As in `Regulation`; `nomor` still in small letters.
    opened
        Where its number stands, in the folded text.
    """

    start: int
    end: int
    kind: str
    nomor: str
    tahun: int | None
    region: str = ""
    opened: tuple[int, int] = (0, 0)


def fold(text: str) -> tuple[str, list[int]]:
    """Fold a text for reading; the second result says where each character came from.

    Compatibility forms, case, blanks and dashes are made alike, characters that print
    nothing are left out.

    Examples
    --------
    >>> fold("UU  N0")
    ('uu n0', [0, 1, 2, 4, 5, 6])
    """
    out: list[str] = []
    places: list[int] = []
    blank = True
    for place, char in enumerate(text):
        if char.isspace() or char == "_":
            if not blank:
                out.append(" ")
                places.append(place)
            blank = True
            continue
        if char.isascii():
            if not char.isprintable():
                continue
            folded = char.lower()
        elif (category := unicodedata.category(char)) == "Pd":
            folded = "-"
        elif category in {"Cf", "Cc", "Cs"}:
            continue
        else:
            folded = unicodedata.normalize("NFKC", char).casefold()
        blank = False
        out.append(folded)
        places.extend([place] * len(folded))
    return "".join(out), [*places, len(text)]


def cited(folded: str) -> tuple[Cited, ...]:
    """Return the regulations cited in a folded text, in order.

    Examples
    --------
    >>> [(c.kind, c.nomor, c.tahun) for c in cited("perda nomor 17 tahun 2008 jo. nomor 4 tahun 2010")]
    [('perda', '17', 2008), ('perda', '4', 2010)]
    """
    found = list(_named(folded))
    if "/" in folded or "?" in folded:
        taken = {at for each in found for at in range(each.start, each.end)}
        found.extend(c for c in _coded(folded) if c.start not in taken and c.end - 1 not in taken)
    return tuple(sorted(found, key=lambda each: each.start))


def _named(folded: str) -> Iterator[Cited]:
    heads = list(_HEAD.finditer(folded))
    before: Cited | None = None
    done = 0
    for at, head in enumerate(heads):
        if head.start() < done:
            continue
        limit = heads[at + 1].start() if at + 1 < len(heads) else len(folded)
        number = _number(folded, head.end(), min(limit, head.end() + WINDOW))
        if number is None and at + 1 < len(heads) and "sk" in heads[at + 1].group():
            # "Keputusan ... Nomor SK/12/2020": the number holds a word that also opens citations
            number = _number(folded, head.end(), min(len(folded), head.end() + WINDOW))
        each = _read(folded, head, number, before) if number is not None else None
        if each is not None:
            before, done = each, each.end
            yield each


def _number(folded: str, start: int, end: int) -> re.Match[str] | None:
    for match in _NUMBER.finditer(folded, start, min(len(folded), end + 60)):
        if match.start() >= end:
            return None
        if match["plain"] or match["before"]:
            return match
        if match["bare"] and match["mark"]:
            return match
        code = match["code"]
        # letters with a stroke are a number only where a number is announced or a digit opens it
        if code and any(c.isdigit() for c in code) and (match["mark"] or code[0].isdigit()):
            return match
    return None


def _read(folded: str, head: re.Match[str], number: re.Match[str], before: Cited | None) -> Cited | None:
    gap = folded[head.end() : number.start()].strip(" .:").removesuffix(" tahun")
    if not _GAP.fullmatch(gap) or _STOP.search(gap):
        return None
    nomor, tahun = _number_and_year(number)
    group = next(g for g in ("plain", "code", "bare", "after") if number[g])
    place = {
        "start": head.start(),
        "end": number.end(),
        "nomor": nomor,
        "tahun": tahun,
        "opened": number.span(group),
    }
    if head["same"]:
        if before is None or head.start() - before.end > WINDOW or gap:
            return None
        return Cited(kind=before.kind, region=before.region, **place)  # type: ignore[arg-type]
    named = _kind(head.group(), without_state(gap), nomor, tahun)
    if named is None:
        return None
    kind, region = named
    return Cited(kind=kind, region=region, **place)  # type: ignore[arg-type]


def _number_and_year(number: re.Match[str]) -> tuple[str, int | None]:
    if number["plain"]:
        return number["plain"], int(number["year"])
    if number["after"]:
        return number["after"], int(number["before"])
    if number["bare"]:
        return number["bare"], None
    nomor = re.sub(r" ?[/?] ?", "/", number["code"]).rstrip(".-")
    year = number["code_year"] or ((m := _YEAR_END.search(nomor)) and m["year"])
    return nomor, int(year) if year else None


def _kind(head: str, organ: str, nomor: str, tahun: int | None) -> tuple[str, str] | None:
    """Return kind and region; None where the words between name and number fit no such kind."""
    if head in ALONE:
        return None if organ else (ALONE[head], "")
    family = _family(head)
    if family in NATIONAL:
        return None if organ not in {"", "indonesia"} else (family, "")
    if family in LOCAL:
        return family, _region(family, organ)
    kind = _of_code(nomor) if family in {"permen", "kepmen", "sk"} else None
    if kind is None:
        minister = family in _MINISTERS
        kind = _of_minister(family, organ, tahun) if minister else _of_organ(family, organ, nomor, tahun)
    return (kind, "") if kind else None


_MINISTERS: Final = frozenset({"permen", "kepmen", "se", "pedoman"})


def _of_minister(family: str, organ: str, tahun: int | None) -> str | None:
    if family in {"permen", "kepmen"}:
        kind = ministry_kind(family, organ, tahun)
        return kind if organ or kind != "permen" else None
    as_minister = ministry_kind("permen", organ.removeprefix("menteri "), tahun)
    if organ.startswith("men") and "-" not in as_minister:
        return f"{family}-{as_minister[3:]}"
    # "se" also is a prefix: "se-Indonesia", "se kota"
    return with_organ(family, organ) if organ.startswith(_ISSUERS) else None


def _of_organ(family: str, organ: str, nomor: str, tahun: int | None) -> str | None:
    vague = family == "peraturan" or (family == "sk" and "/" not in nomor and tahun is None)
    return None if vague and not organ else with_organ(family, organ)


_ISSUERS: Final = ("bupati", "dirjen", "direktur", "gubernur", "kepala", "men", "sek", "wali")


_FAMILIES: Final = tuple((kind, re.compile(patterns)) for kind, (_, _, patterns) in KINDS.items())


def _family(head: str) -> str:
    if head.startswith(("nomor", "no", "n0")):
        return "sk"
    return next(kind for kind, pattern in _FAMILIES if pattern.fullmatch(head))


def _region(family: str, words: str) -> str:
    region = re.sub(r"^kab\b", "kabupaten", re.sub(r"^prov(?:insi|)\b", "provinsi", words))
    return region.removeprefix(f"{LOCAL[family]} ") if LOCAL[family] else region


def _of_code(nomor: str) -> str | None:
    """Return the kind that an old number says by itself: ``KEP/25/M.PAN/2/2004``."""
    match = _CODE.fullmatch(nomor)
    return _code_kind(match) if match else None


def _code_kind(match: re.Match[str]) -> str:
    who, code = match["who"].replace(" ", ""), match["code"]
    if who.startswith(("pmk", "kmk")):
        return "permenkeu" if who.startswith("pmk") else "kepmenkeu"
    ministry = "menkes" if who == "menkes" else "menpan"
    if code.startswith("se"):
        return f"se-{ministry}"
    return ("per" if match["what"] == "per" or code.startswith("per") else "kep") + ministry


def _coded(folded: str) -> Iterator[Cited]:
    for match in _CODE.finditer(folded):
        yield Cited(
            start=match.start(),
            end=match.end(),
            kind=_code_kind(match),
            nomor=re.sub(r" ?[/?] ?", "/", match["code"]),
            tahun=int(match["year"]),
            opened=match.span("code"),
        )
