"""The grammar of a promised time, as offices write it: numbers, units, bounds, conditions."""

from __future__ import annotations

import re
from typing import Any, Final

from sipukat._text import plain
from sipukat.pelayanan.numerals import WORD, parse_terbilang

MOST: Final = 20_000
"""Characters that are read; a longer text stays text."""

_WORDS: Final = rf"(?:{WORD})(?:[ -](?:{WORD})){{0,10}}"
_NUMBER: Final = rf"\d{{1,4}}(?:[.,]5)?(?: ?\( ?[a-z -]{{2,60}} ?\))?|{_WORDS}"
_UNIT: Final = "menit|jam|hari jam kerja|hari kerja|hari kalender|hari|minggu|bulan|tahun"
_QUANTITY: Final = re.compile(
    rf"(?<![\w.,/])(?:(?P<days>\d{{1,2}}) ?[x×] ?)?(?P<first>{_NUMBER})"
    rf"(?: ?(?:-{{1,2}}|–|—|s ?[./] ?d\.?|sampai(?: dengan)?|hingga) ?(?P<second>{_NUMBER}))?"
    rf" ?(?P<unit>{_UNIT})(?!\w)",
    re.IGNORECASE,
)
_FIRST_UNIT: Final = re.compile(
    rf"(?<![\w.,/])(?P<first>\d{{1,4}}) (?P<one>{_UNIT}) ?(?:-{{1,2}}|–|—|s ?[./] ?d\.?|sampai(?: dengan)?) ?"
    rf"(?P<second>\d{{1,4}}) (?P<two>{_UNIT})(?!\w)",
    re.IGNORECASE,
)
_BOUND: Final = re.compile(
    r"(?:paling (?:lama|lambat|banyak)|selambat ?-? ?lambatnya|selama ?-? ?lamanya|maksimal|maksimum"
    r"|maks\.?|max\.?|tidak lebih dari|kurang dari|sebelum|≤|<)[ :]{0,3}$",
    re.IGNORECASE,
)
_APPROX: Final = re.compile(
    r"(?:±|\+ ?/? ?-|berkisar(?: antara)?|kurang lebih|lebih kurang|sekitar"
    r"|kira ?-? ?kira|rata ?-? ?rata|estimasi)[ :]{0,3}$",
    re.IGNORECASE,
)
_GENERIC: Final = re.compile(
    r"(?:jangka waktu|waktu|lama|proses|penyelesaian|pelayanan|layanan|adalah|selama|yaitu|dalam)"
    r"(?=[ :.,]|$)[ :.,]{0,3}",
    re.IGNORECASE,
)
_MARK: Final = re.compile(r"^ ?(?:\(?(?:\d{1,2}|[a-z])[.)](?= |$)|[-•*·–]) ?", re.IGNORECASE)
_SPLIT: Final = re.compile(r";|\n|(?: |^)[a-z][.)] (?=\S)")
_START: Final = re.compile(
    r"^(?:sejak|setelah|terhitung(?: sejak)?|sesudah)(?: tanggal| hari)? ", re.IGNORECASE
)
_IF: Final = re.compile(
    r"^(?:jika|bila|apabila|kalau|dengan catatan|dengan ketentuan|tergantung|sepanjang|kecuali|asal)\b",
    re.IGNORECASE,
)
_EXTENSION: Final = re.compile(
    r"\b(?:dapat|bisa) diperpanjang(?: paling lama| selama| maksimal)? ?", re.IGNORECASE
)
_OUTSIDE: Final = (
    "jaringan", "internet", "server", "listrik", "gangguan", "pejabat", "penandatangan", "di tempat", "cuaca",
    "antrian", "antrean", "tersedia", "stabil", "kepala", "sistem pusat", "clinical", "kondisi",
)  # fmt: skip
_COMPLETE: Final = re.compile(
    r"(?:berkas|syarat|persyaratan|dokumen|permohonan|data)\b.{0,60}(?:lengkap|benar|diterima|terpenuhi|sah)"
    r"|(?:lengkap|diterima).{0,40}(?:berkas|persyaratan|dokumen|permohonan)",
    re.IGNORECASE,
)
_HOURS: Final = re.compile(
    r"\b(?:senin|selasa|rabu|kamis|jum'?at|sabtu|minggu (?=s|jam|pukul)"
    r"|jam (?:layanan|pelayanan|kerja|buka|operasional))\b"
    r"|\b(?:[01]?\d|2[0-3])[.:][0-5]\d\b",
    re.IGNORECASE,
)
_MINUTES: Final = re.compile(r" ?(?:dan )?(\d{1,2})(?: \([a-z ]{2,40}\))? menit\b", re.IGNORECASE)
_PARENTHESES: Final = re.compile(r"\(([^()]{1,300})\)")


def read(text: str) -> dict[str, Any]:
    """Return what is understood of a text, as the fields of a `JangkaWaktu`."""
    if len(text) > MOST:
        return {"text": text, "malformed": True}
    segments = [part for part in _SPLIT.split(_flat(text)) if part.strip()]
    timed = [part for part in segments if _QUANTITY.search(_spaced(part))]
    if len(timed) > 1 or (timed and any(_hours(part) for part in segments if part not in timed)):
        parts = [_segment(part) for part in segments]
        kept = [part for part in parts if part.get("max") is not None or part.get("not_a_duration")]
        if len(kept) > 1:
            return {"text": text, "parts": tuple(kept), "vague": any(part.get("vague") for part in kept)}
    return _segment(_flat(text)) | {"text": text}


def _flat(text: str) -> str:
    """Fold blanks other than line ends, which may part a list."""
    return "\n".join(_spaced(line) for line in text.replace("\r", "\n").split("\n"))


def _spaced(text: str) -> str:
    return " ".join(text.split())


def _hours(text: str) -> bool:
    return bool(_HOURS.search(text))


def _segment(piece: str) -> dict[str, Any]:
    """Return the fields of one time, or say what the text is instead."""
    said = _MARK.sub("", _spaced(piece), count=1)
    found: dict[str, Any] = {"text": said}
    quantity = _QUANTITY.search(said)
    if quantity is None:
        return found | _without_number(said)
    before, after = said[: quantity.start()], said[quantity.end() :]
    found |= _sized(quantity)
    if spread := _FIRST_UNIT.search(said):
        if _unit(spread["one"])["unit"] == _unit(spread["two"])["unit"]:
            before, after = said[: spread.start()], said[spread.end() :]
            found |= {"min": int(spread["first"]), "max": int(spread["second"])} | _unit(spread["two"])
    elif found["unit"] == "jam" and found["min"] == found["max"] and (more := _MINUTES.match(after)):
        minutes = found["max"] * 60 + int(more[1])
        found |= {"min": minutes, "max": minutes, "unit": "menit"}
        after = after[more.end() :]
    if found.get("min") is not None and found["min"] > found["max"]:
        found["malformed"] = True
    return found | _around(before, after, found)


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
    figure = re.match(r"\d{1,4}(?:[.,]5)?", said)
    if figure is None:
        return parse_terbilang(said), False
    number = float(figure[0].replace(",", "."))
    words = said[figure.end() :].strip(" ()")
    spoken = parse_terbilang(words) if words else None
    return number, spoken is not None and spoken != number


def _unit(said: str) -> dict[str, Any]:
    words = said.casefold()
    if words.startswith("hari "):
        found: dict[str, Any] = {"unit": "hari"}
        if words != "hari kalender":
            found["working_days"] = True
        return found | ({"malformed": True} if "jam" in words else {})
    return {"unit": words}


def _around(before: str, after: str, found: dict[str, Any]) -> dict[str, Any]:
    """Return what stands before and after the number: bound, label, start, condition, extension."""
    more: dict[str, Any] = {}
    if approx := _APPROX.search(before):
        more |= {"approx": True, "vague": True}
        before = before[: approx.start()]
    if bound := _BOUND.search(before):
        before = before[: bound.start()]
        if found["min"] == found["max"]:
            more["min"] = None
        if approx := _APPROX.search(before):
            more |= {"approx": True, "vague": True}
            before = before[: approx.start()]
    if extension := _EXTENSION.search(after):
        longer = _QUANTITY.match(after, extension.end())
        if longer:
            more["extension"] = {"text": longer[0]} | _sized(longer) | {"min": None}
            after = (
                after[: extension.start()].rstrip(" ,").removesuffix("dan").rstrip() + after[longer.end() :]
            )
    tail = _tail(after)
    label = _labelled(before) or tail.pop("label", None)
    more |= tail
    condition = plain(more.get("condition") or "")
    if any(word in condition for word in _OUTSIDE):
        more["vague"] = True
    if label:
        more["label"] = label
    return more


def _labelled(before: str) -> str | None:
    words = _MARK.sub("", before).strip(" :,.-–")
    while generic := _GENERIC.match(words):
        rest = words[generic.end() :].strip(" :,.-–")
        if (
            rest
            and not _GENERIC.fullmatch(rest)
            and generic[0].strip(" :.,").casefold() in {"pelayanan", "layanan", "proses"}
        ):
            break  # "Pelayanan IGD" names something; "Pelayanan" alone does not
        words = rest
    return words or None


def _tail(after: str) -> dict[str, Any]:
    """Return what the words after the unit say."""
    found: dict[str, Any] = {}
    rest = after.strip()
    if star := re.match(r"^\*\)?|^\( ?\* ?\)", rest):
        rest = rest[star.end() :].strip()
        if not rest:
            found["footnote_dangling"] = True
    for inner in _PARENTHESES.findall(rest):
        _understand(inner.strip(), found)
    rest = _PARENTHESES.sub(" ", rest)
    _understand(_spaced(rest).strip(" ,.:-–"), found)
    return found


def _understand(words: str, found: dict[str, Any]) -> None:
    if not words:
        return
    if start := _START.match(words):
        event, condition = words[start.end() :].strip(" ."), ""
        if cut := re.search(r",? (?:jika|bila|apabila|dengan catatan)\b", event, re.IGNORECASE):
            event, condition = event[: cut.start()], event[cut.start() :].strip(" ,")
        found.setdefault("start_event", event)
        if condition:
            found.setdefault("condition", condition)
    elif _IF.match(words):
        found.setdefault("condition", words)
    elif _COMPLETE.search(words):
        found.setdefault("start_event", words)
    elif any(word in plain(words) for word in _OUTSIDE):
        found.setdefault("condition", words)
    elif not parse_terbilang(words):
        found.setdefault("label", words)


def _without_number(said: str) -> dict[str, Any]:
    if _hours(said):
        return {"not_a_duration": True, "kind": "opening_hours"}
    if any(character.isdigit() for character in said):
        return {}
    return {"no_number": True, **({"vague": True} if said.strip(" -–…._") else {})}
