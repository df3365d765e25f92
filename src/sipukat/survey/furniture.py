"""Rows that are no respondents: sums and indices at the foot, notes, blanks, examples, headings again.

Each is left out with its number in a finding. A row is known for a sum by its label,
never by its values.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import numpy as np

from sipukat._text import plain
from sipukat.findings import Finding
from sipukat.survey import headings
from sipukat.survey.roles import role_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from sipukat.standards.model import SurveyStandard
    from sipukat.survey.coded import Table

_SQUASHED: Final = re.compile(r"[\W_]+")
_FOOTER: Final = re.compile(
    r"(?:σ|jml|jumlah|sub ?total|total|tot|sum|grandtotal)"
    r"(?:$|nilai|skor|semua|keseluruhan|rata|nrr|tertimbang|unsur|perunsur|bobot|ikm|indeks|dariresponden|responden$|kuesioner)"
    r"|njumlahresponden|kuesioner(?:yang)?terisi|nrr|nilairata|rata(?:rata|2)|rerata|(?:average|mean)$"
    r"|bobot(?:$|nilai|perunsur|unsur|nrr)|tertimbang|ikm(?:$|unit|nilai|konversi|pelayanan|\d)"
    r"|indeks(?:$|kepuasan|unit|nilai|perunsur)|nilai(?:indeks|ikm|konversi|interval|unsur|perunsur|akhir|skm|tertimbang|total$|mutu)"
    r"|mutu(?:$|pelayanan|unit|layanan)|kinerja(?:unit|pelayanan)|konversi|keterangan$|catatan$|(?:hasil)?perhitungan"
    r"|u1s[/]?du\d|[abcd](?:sangat|kurang|tidak)?baik\d|skmunit"
)
_MAYBE: Final = re.compile(
    r"σ|∑|jml|jum|tot|sum|nrr|rata|rerata|average|mean|bobot|tertim|ikm|indeks|nilai|mutu|kinerja|konversi|keterangan|catatan"
    r"|perhitungan|u1|baik|skm|kuesioner",
    re.IGNORECASE,
)
_EXAMPLE: Final = re.compile(r"contoh\b|sampel\b|sample\b")
_CERTAIN_EXAMPLE: Final = re.compile(r"data (?:sampel|sample|contoh)\b|tes ?dev|testing$|dummy\b|uji coba\b")
_TOP: Final = 2
_SHOWN: Final = 40
_NOTE_CELLS: Final = 2
_HALF: Final = 0.5


def is_footer(label: str) -> bool:
    r"""Say whether a label names a sum, an index or a legend, however its letters are broken.

    Examples
    --------
    >>> [is_footer(text) for text in ("JUMLA\nH NILAI", "NRR / Unsur", "Budi", "Bobotsari")]
    [True, True, False, False]
    """
    tight = "".join(label.split())
    if not _MAYBE.search(tight):
        return False
    return bool(_FOOTER.match(_SQUASHED.sub("", plain(tight))))


def respondents_of(table: Table, rule: SurveyStandard, unsur: Sequence[str]) -> Table:
    """Return the table with its respondents alone.

    Parameters
    ----------
    table
        All that stands below the heading.
    rule
        The standard.
    unsur
        Headings of the columns that may be unsur.
    """
    table = _without_blank(table)
    table = _before_next_heading(table, rule, unsur)
    table = _without_footer(table, unsur)
    return _without_examples(table, unsur)


def _filled(table: Table, names: Sequence[str]) -> NDArray[np.intp]:
    """Count the filled cells of each row among some columns."""
    counts = np.zeros(len(table), dtype=np.intp)
    for name in names:
        counts += ~table.columns[name].blank
    return counts


def _without_blank(table: Table) -> Table:
    """Leave out rows in which nothing, or nothing but a running number, stands."""
    counted = [name for name in table.columns if role_of(name) != "respondent"]
    blank = _filled(table, counted) == 0
    ids = [name for name in table.columns if name not in counted]
    for name in ids:  # a text there may be a label, e.g. of a sum
        column = table.columns[name]
        blank &= column.blank | column.where(
            [not isinstance(v, str) or not re.search(r"[^\W\d_]{3}", v) for v in column.values]
        )
    if not blank.any():
        return table
    return table.keep(~blank, Finding.of("SRV402", path=table.name, rows=table.numbers(blank)))


def _before_next_heading(table: Table, rule: SurveyStandard, unsur: Sequence[str]) -> Table:
    """Leave out repeated headings, numbers of columns, and whatever follows another heading."""
    same = np.zeros(len(table), dtype=np.intp)
    other = np.zeros(len(table), dtype=np.intp)
    counting = np.zeros(len(table), dtype=np.intp)
    base: int | None = None
    for place, name in enumerate(unsur):
        column = table.columns[name]
        mine = [isinstance(v, str) and plain(v) == plain(name) for v in column.values]
        coded = [isinstance(v, str) and headings.read(v, rule).family not in {"", "#"} for v in column.values]
        same += column.where(mine)
        other += column.where(coded)
        if len(table):
            first = _number(column.values[column.codes[0]]) if column.codes[0] >= 0 else None
            base = first if place == 0 else base
            counting[0] += first is not None and base is not None and first == base + place
    few = max(2, int(_HALF * len(unsur)))
    dropped = (same >= few) if len(unsur) > 1 else np.zeros(len(table), dtype=bool)
    if base is not None and counting[0] == len(unsur) and base + len(unsur) - 1 > rule.scale.high:
        dropped[0] = True  # the row that numbers the columns: 7, 8, 9 …
    starts = np.flatnonzero((other >= _TOP) & ~dropped)
    found = []
    if dropped.any():
        found.append(Finding.of("SRV401", path=table.name, rows=table.numbers(dropped), labels=[unsur[0]]))
    if len(starts):
        after = np.arange(len(table)) >= starts[0]
        found.append(Finding.of("SRV424", path=table.name, rows=table.numbers(after)))
        dropped |= after
    return table.keep(~dropped, *found) if found else table


def _number(value: object) -> int | None:
    if isinstance(value, int | float) and value == value // 1:
        return int(value)
    match = re.fullmatch(r"\(?(\d{1,2})\)?", value.strip()) if isinstance(value, str) else None
    return int(match[1]) if match else None


def _without_footer(table: Table, unsur: Sequence[str]) -> Table:
    names = list(table.columns)
    lead = names[: min((names.index(name) for name in unsur), default=len(names))]
    hit = np.zeros(len(table), dtype=bool)
    seen = np.zeros(len(table), dtype=bool)
    labels: list[str] = []
    for name in lead:
        column = table.columns[name]
        marks = [isinstance(value, str) and is_footer(value) for value in column.values]
        if any(marks):
            here = column.where(marks) & ~seen
            labels += [column.values[code] for code in dict.fromkeys(column.codes[here])]
            hit |= here
        seen |= ~column.blank
    unanswered = _filled(table, unsur) == 0
    place = np.arange(len(table))
    if hit.any():
        hit |= unanswered & (place > np.argmax(hit))
    answered = np.flatnonzero(~unanswered)
    if len(answered):  # notes and signatures below the last answers
        hit |= (place > answered[-1]) & (_filled(table, names) <= _NOTE_CELLS) & ~_has_profile(table)
    if not hit.any():
        return table
    shown = [" ".join(str(label).split())[:_SHOWN] for label in labels] or _first_texts(table, hit, lead)
    return table.keep(~hit, Finding.of("SRV401", path=table.name, rows=table.numbers(hit), labels=shown))


def _has_profile(table: Table) -> NDArray[np.bool_]:
    known = [name for name in table.columns if role_of(name) in {"sex", "age", "education", "job"}]
    return _filled(table, known) > 0


def _first_texts(table: Table, hit: NDArray[np.bool_], lead: Sequence[str]) -> list[str]:
    for name in lead:
        texts = [value for value in table.columns[name][hit].distinct() if isinstance(value, str)]
        if texts and role_of(name) != "personal":
            return [" ".join(text.split())[:_SHOWN] for text in texts[:5]]
    return ["…"]


def _without_examples(table: Table, unsur: Sequence[str]) -> Table:
    """Leave out rows that say that they are examples: at the top, or in words that no respondent writes."""
    hit = np.zeros(len(table), dtype=bool)
    labels: list[str] = []
    top = np.arange(len(table)) < _TOP
    for name in table.columns:
        if name in unsur or role_of(name) == "comment":
            continue
        column = table.columns[name]
        folded = [
            headings.words(v) if isinstance(v, str) and re.match(r"\W{0,3}[cdstu]", v, re.IGNORECASE) else ""
            for v in column.values
        ]
        sure = column.where([bool(_CERTAIN_EXAMPLE.match(text)) for text in folded])
        here = sure | (top & column.where([bool(_EXAMPLE.match(text)) for text in folded]))
        labels += [str(column.values[code])[:_SHOWN] for code in dict.fromkeys(column.codes[here & ~hit])]
        hit |= here
    if not hit.any() or hit.all():
        return table
    return table.keep(~hit, Finding.of("SRV403", path=table.name, rows=table.numbers(hit), labels=labels[:5]))
