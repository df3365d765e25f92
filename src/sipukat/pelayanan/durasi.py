"""The grammar of a promised time, as offices write it: bounds, labels, starts, conditions, lists."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from sipukat._text import plain
from sipukat.pelayanan import quantities
from sipukat.pelayanan.numerals import parse_terbilang
from sipukat.pelayanan.quantities import spaced

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST: Final = 20_000
"""Characters that are read; a longer text stays text."""

_PARTS: Final = 200
_BOUND: Final = re.compile(
    r"(?:paling (?:lama|lambat|banyak)|selambat(?: ?-? ?lambat)?nya|selama ?-? ?lamanya|maksimal|maksimum"
    r"|maks\.?|max\.?|tidak lebih dari|kurang dari|sebelum|≤|<)[ :]{0,3}$",
    re.IGNORECASE,
)
_LEAST: Final = re.compile(
    r"(?:paling (?:cepat|sedikit|singkat)|minimal|minimum|lebih dari|sekurang ?-? ?kurangnya|≥|>)[ :]{0,3}$",
    re.IGNORECASE,
)
_APPROX: Final = re.compile(
    r"(?:±|\+ ?/? ?-|berkisar(?: antara)?|kurang lebih|lebih kurang|sekitar"
    r"|kira ?-? ?kira|rata ?-? ?rata|estimasi)[ :]{0,3}$",
    re.IGNORECASE,
)
_GENERIC: Final = re.compile(
    r"(?:jangka waktu|waktu|lama|proses|penyelesaian|pelayanan|layanan|adalah|selama|yaitu|dalam"
    r"|yang (?:dibutuhkan|diperlukan))(?=[ :.,]|$)[ :.,]{0,3}",
    re.IGNORECASE,
)
_NAMING: Final = frozenset({"pelayanan", "layanan", "proses", "waktu", "lama"})
_MARK: Final = re.compile(r"^ ?(?:\(?(?:\d{1,2}|[a-z])[.)](?= |$)|[-•*·–]) ?", re.IGNORECASE)
_SPLIT: Final = re.compile(r";|\n|(?: |^)(?:[a-z]|\d{1,2}(?=[.)] [A-Za-z]))[.)] (?=\S)")
_SEPARATOR: Final = re.compile(r", | dan | serta |\. |/| - | – | [•*] ", re.IGNORECASE)
_START: Final = re.compile(
    r"^(?:dihitung |terhitung )?(?:sejak|setelah|sesudah|mulai)(?: tanggal| hari)? |^terhitung ",
    re.IGNORECASE,
)
_IF: Final = re.compile(
    r"^(?:jika|bila|apabila|kalau|dengan catatan|dengan ketentuan|tergantung|sepanjang|kecuali|asal)\b",
    re.IGNORECASE,
)
_BOUNDED: Final = re.compile(
    r"\b(?:sejak|setelah|sesudah|terhitung|jika|bila|apabila|kalau|dengan catatan|dengan ketentuan|sepanjang"
    r"|kecuali|sebelum)\b",
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
_ALL_DAY: Final = re.compile(
    r"24 ?(?:\([a-z ]{3,40}\) ?)?jam ?(?:/ ?|se|per |setiap |tiap )hari\b", re.IGNORECASE
)
_PARENTHESES: Final = re.compile(r"\(([^()]{1,300})\)")
_STAR: Final = re.compile(r"^\*\)?|^\( ?\* ?\)")
_OR_MORE: Final = re.compile(r"^atau lebih\b", re.IGNORECASE)
_THEN: Final = re.compile(r",? (?:jika|bila|apabila|dengan catatan)\b", re.IGNORECASE)


def read(text: str) -> dict[str, Any]:
    """Return what is understood of a text, as the fields of a `JangkaWaktu`."""
    if len(text) > MOST:
        return {"text": text, "malformed": True}
    flat = quantities.usual(_flat(text))
    segments = [part for part in _SPLIT.split(flat) if part.strip()]
    timed = [part for part in segments if len(segments) > 1 and quantities.has_quantity(part)]
    if len(timed) > 1 or (timed and any(_hours(part) for part in segments if part not in timed)):
        clauses = [clause for segment in _continued(segments) for clause in _clauses(segment)]
    else:
        clauses = list(_clauses(spaced(flat)))
    if len(clauses) == 1:
        return _segment(clauses[0]) | {"text": text}
    if len(clauses) > _PARTS:
        return {"text": text, "malformed": True}
    parts = [part for part in map(_segment, clauses) if _is_part(part)]
    if (both := _from_to(parts)) is not None:
        return both | {"text": text}
    if len(parts) > 1:
        return {"text": text, "parts": tuple(parts), "vague": any(part.get("vague") for part in parts)}
    return _segment(spaced(flat)) | {"text": text}


def _flat(text: str) -> str:
    """Fold blanks other than line ends, which may part a list."""
    return "\n".join(spaced(line) for line in text.replace("\r", "\n").split("\n"))


def _hours(text: str) -> bool:
    return bool(_HOURS.search(text))


def _is_part(part: dict[str, Any]) -> bool:
    return bool(part.get("not_a_duration")) or quantities.has_quantity(part["text"])


def _continued(segments: list[str]) -> list[str]:
    """Put a heading before its time, and a start or a condition after the time it belongs to."""
    lines: list[list[str]] = []
    timed = False
    for segment in segments:
        has_time = quantities.has_quantity(segment)
        words = segment.strip()
        more = timed and not has_time and bool(_START.match(words) or _IF.match(words))
        headed = bool(lines) and not timed and has_time and lines[-1][-1].rstrip().endswith(":")
        if more or headed:
            lines[-1].append(segment)
        else:
            lines.append([segment])
        timed = has_time or more
    return [spaced(" ".join(line)) for line in lines]


def _clauses(segment: str) -> Iterator[str]:
    """Yield the times of one line, one by one, where the line itself parts them."""
    start = 0
    here = quantities.following(segment)
    if here is not None and (parted := _after_hours(segment[: here.start])):
        yield segment[: parted.start()]
        start = parted.end()
    while here is not None:
        after = quantities.following(segment, here.end)
        if after is not None and (cut := _cut(segment[here.end : after.start])):
            yield segment[start : here.end + cut[0]]
            start = here.end + cut[1]
        here = after
    yield segment[start:]


def _after_hours(before: str) -> re.Match[str] | None:
    """Return what parts opening hours from the time that follows them."""
    ends = [match.end() for match in _HOURS.finditer(before)]
    return _SEPARATOR.search(before, ends[-1]) if ends else None


def _cut(gap: str) -> tuple[int, int] | None:
    """Return where the words between two times part them; None where they belong together."""
    if _EXTENSION.search(gap) or gap.count("(") > gap.count(")"):
        return None
    bound = _BOUND.search(gap) or _LEAST.search(gap)
    end = bound.start() if bound else len(gap)
    last = None
    for last in _SEPARATOR.finditer(gap):  # noqa: B007  the last one is meant
        pass
    if last is None:
        return (end, end) if bound and not gap[:end].strip() else None
    label, tail = gap[last.end() : max(end, last.end())].strip(), gap[: last.start()]
    if _IF.match(label) or _START.match(f"{label} "):
        return None
    if _BOUNDED.search(tail) and (not label or last[0].casefold() == " dan "):
        return None
    return last.start(), last.end()


def _from_to(parts: list[dict[str, Any]]) -> dict[str, Any] | None:
    """Return one range for "paling cepat 3 hari, paling lama 7 hari"."""
    if len(parts) != 2:  # noqa: PLR2004
        return None
    low, high = parts
    same = low.get("unit") == high.get("unit") and low.get("working_days") == high.get("working_days")
    open_ends = low.get("max") is None and high.get("min") is None
    least, most = low.get("min"), high.get("max")
    if not (same and open_ends) or least is None or most is None or high.get("label"):
        return None
    return low | high | {"min": least} | ({"malformed": True} if least > most else {})


def _segment(piece: str) -> dict[str, Any]:
    """Return the fields of one time, or say what the text is instead."""
    said = _MARK.sub("", spaced(piece), count=1)
    found: dict[str, Any] = {"text": said}
    quantity = None if _ALL_DAY.search(said) else quantities.following(said)
    if quantity is None:
        return found | _without_number(said)
    found |= quantity.fields
    if found["min"] is not None and found["min"] > found["max"]:
        found["malformed"] = True
    more = _around(said[: quantity.start], said[quantity.end :], found)
    return {"text": said} if more is None else found | more


def _around(before: str, after: str, found: dict[str, Any]) -> dict[str, Any] | None:
    """Return what stands around the number; None where another time does, of which nothing is known."""
    more: dict[str, Any] = {}
    before = _approximate(before, more)
    if bound := _BOUND.search(before) or _LEAST.search(before):
        if found["min"] == found["max"]:
            more["min" if bound.re is _BOUND else "max"] = None
        before = _approximate(before[: bound.start()], more)
    if extension := _EXTENSION.search(after):
        longer = quantities.at(after, extension.end())
        if longer:
            text = after[longer.start : longer.end]
            more["extension"] = {"text": text} | longer.fields | {"min": None}
            kept = after[: extension.start()].rstrip(" ,").removesuffix("dan").rstrip()
            after = kept + after[longer.end :]
    if _stray(after):
        return None
    tail = _tail(after, found)
    more |= _labelled(before, tail.pop("label", None)) | tail
    if _OR_MORE.match(after.strip()):
        more["vague"] = True
    condition = plain(more.get("condition") or "")
    if any(word in condition for word in _OUTSIDE):
        more["vague"] = True
    return more


def _approximate(before: str, more: dict[str, Any]) -> str:
    """Note that a time is approximate, and return what stands before the word that says so."""
    if not (approx := _APPROX.search(before)):
        return before
    more |= {"approx": True, "vague": True}
    return before[: approx.start()]


def _stray(after: str) -> bool:
    """Whether another time follows that is neither in parentheses nor in a condition or a start."""
    outside = _PARENTHESES.sub(" ", after)
    other = quantities.following(outside)
    return other is not None and not _BOUNDED.search(outside[: other.start])


def _labelled(before: str, after: str | None) -> dict[str, Any]:
    """Return what the time is of, or from when it runs, by the words before it, or else after it."""
    words = _MARK.sub("", before).strip(" :,.-–/")
    if start := _START.match(words):
        return {"start_event": words[start.end() :].strip(" ,.")} | ({"label": after} if after else {})
    while generic := _GENERIC.match(words):
        rest = words[generic.end() :].strip(" :,.-–/")
        if rest and not _GENERIC.match(rest) and generic[0].strip(" :.,").casefold() in _NAMING:
            break  # "Pelayanan IGD" names something; "Pelayanan" alone does not
        words = rest
    label = words or after or ""
    if any(map(str.isalpha, label)):
        return {"label": label}
    # "3, 5 hari" may be 3,5 or 3 or 5; a number before it alone is that of a row
    return {"malformed": True} if label and before.rstrip().endswith(",") else {}


def _tail(after: str, found: dict[str, Any]) -> dict[str, Any]:
    """Return what the words after the unit say."""
    more: dict[str, Any] = {}
    rest = after.strip()
    if star := _STAR.match(rest):
        rest = rest[star.end() :].strip()
        if not rest:
            more["footnote_dangling"] = True
    for inner in map(str.strip, _PARENTHESES.findall(rest)):
        again = quantities.restates(inner, found)
        if again is None:
            _understand(inner, more)
        elif not again:
            more["mismatch"] = True
    rest = spaced(_PARENTHESES.sub(" ", rest)).strip(" ,.:-–")
    _understand(f"per {rest[1:].strip()}" if rest.startswith("/") else rest, more)
    return more


def _understand(words: str, more: dict[str, Any]) -> None:
    if not words:
        return
    if start := _START.match(words):
        event, condition = words[start.end() :].strip(" ."), ""
        if cut := _THEN.search(event):
            event, condition = event[: cut.start()], event[cut.start() :].strip(" ,")
        more.setdefault("start_event", event)
        if condition:
            more.setdefault("condition", condition)
    elif _IF.match(words):
        more.setdefault("condition", words)
    elif _COMPLETE.search(words):
        more.setdefault("start_event", words)
    elif any(word in plain(words) for word in _OUTSIDE):
        more.setdefault("condition", words)
    elif _BOUND.fullmatch(words):
        more["min"] = None
    elif not (parse_terbilang(words) or _hours(words) or _OR_MORE.match(words) or words == "efektif"):
        more.setdefault("label", words)


def _without_number(said: str) -> dict[str, Any]:
    if _ALL_DAY.search(said) or _hours(said):
        return {"not_a_duration": True, "kind": "opening_hours"}
    if any(character.isdigit() for character in said):
        return {}
    return {"no_number": True, **({"vague": True} if said.strip(" -–…._") else {})}
