"""From what stands in a cell to a score of the scale, or to a refusal that says where.

Each distinct value of a column is understood once. An answer is never scaled, never
rounded, never taken from the last digit of a text, and what is not understood is never
turned into 0 or 1.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from sipukat._text import listing, plain
from sipukat._validation import must_be
from sipukat.errors import AnswerError
from sipukat.findings import Finding
from sipukat.survey.meaning import Meaning, understand
from sipukat.survey.privacy import quoted
from sipukat.survey.translations import vocabulary as wordings_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from sipukat.standards.model import SurveyStandard
    from sipukat.survey.coded import Coded


_FEW: Final = 5
_TOP_OF_SCALES: Final = 10
_SHARE_OF_A_SCALE: Final = 0.02


@dataclass(slots=True)
class _Column:
    name: str
    code: str
    coded: Coded
    meanings: list[Meaning]
    times: NDArray[np.intp]

    def used(self) -> Iterable[tuple[int, Any, Meaning]]:
        for place, (value, meaning) in enumerate(zip(self.coded.values, self.meanings, strict=True)):
            if self.times[place]:
                yield place, value, meaning


def parse(
    columns: Mapping[str, Coded],
    unsur: Mapping[str, str],
    rule: SurveyStandard,
    rows: NDArray[np.int64],
    *,
    wordings: Mapping[str, Any] | None = None,
    where: str = "",
) -> tuple[dict[str, NDArray[np.int8]], list[Finding]]:
    """Read the answers of all unsur.

    Parameters
    ----------
    columns
        Column to its cells.
    unsur
        Column to key, or bare code.
    rule
        The standard.
    rows
        The number of each row in the source.
    wordings
        Further wordings and their scores, for all unsur or by key:
        ``{"sangat puas": 4}`` or ``{"biaya": {"wajar": 3}}``.
    where
        Place, for messages.

    Returns
    -------
    tuple
        Key or code to scores, 0 where the answer is missing; and what was converted.

    Raises
    ------
    AnswerError
        If any cell is not an answer on the scale; it names column, value and rows.
    """
    if wordings is not None:
        must_be(Mapping, wordings, "answers", '{wording: score}, e.g. {"sangat puas": 4}')
    levels = rule.scale.levels
    read = [_read(name, key, columns[name], rule, wordings or {}, levels) for name, key in unsur.items()]
    percent = _percent_codes(read, rule)
    _check_scale(read, percent, rule, rows, where)
    problems: list[str] = []
    scores: dict[str, NDArray[np.int8]] = {}
    for column in read:
        table, faults = _scores(column, percent, levels, rows)
        problems += faults
        scores[column.code] = table[column.coded.codes]
    if problems:
        shown = "; ".join(problems[:_FEW]) + (
            f"; and {len(problems) - _FEW} more" if len(problems) > _FEW else ""
        )
        raise AnswerError(shown, where, _remedy(rule))
    return scores, _conversions(read, percent)


def _remedy(rule: SurveyStandard) -> str:
    return (
        f"Right are {levels_text(rule)}, letters in their order, or the wording of the options; "
        "a blank cell is a missing answer, 0 is not. "
        'Correct the cells, or state other wordings with answers={"…": score}.'
    )


def levels_text(rule: SurveyStandard) -> str:
    """Print the scores of a scale.

    Examples
    --------
    >>> from sipukat import standards
    >>> levels_text(standards.survey("permenpanrb-14-2017"))
    '1, 2, 3 and 4'
    """
    return listing(rule.scale.levels, lang="en")


def _read(
    name: str,
    key: str,
    coded: Coded,
    rule: SurveyStandard,
    wordings: Mapping[str, Any],
    levels: Sequence[int],
) -> _Column:
    own = [unsur for unsur in rule.unsur if key == unsur.key]
    vocabulary = wordings_of(own[0]) if own else {}
    if not own:  # a bare code: only what no reading of it contradicts
        order = [u.code for u in rule.unsur].index(key)
        readings = [wordings_of(rule.unsur_of(named.keys[order])) for named in rule.orders]
        vocabulary = {
            text: score
            for words in readings
            for text, score in words.items()
            if all(o.get(text, score) == score for o in readings)
        }
    for text, meant in wordings.items():
        if isinstance(meant, int):
            vocabulary[plain(text)] = meant
        elif text == key:
            vocabulary |= {plain(word): score for word, score in meant.items()}
    times = np.bincount(coded.codes + 1, minlength=len(coded.values) + 1)[1:]
    meanings = [understand(value, vocabulary, levels) for value in coded.values]
    return _Column(name, key, coded, meanings, times)


def _percent_codes(read: Sequence[_Column], rule: SurveyStandard) -> dict[int, int]:
    """Return code to score where every answer is a score times the factor to the index (25, 50, 75, 100)."""
    factor = rule.scale.to_ikm
    if factor is None or factor.denominator != 1:
        return {}
    codes = {int(level * factor): level for level in rule.scale.levels}
    seen = {(m.kind, m.score) for column in read for _, _, m in column.used() if m.kind != "missing"}
    return codes if seen and all(kind == "number" and score in codes for kind, score in seen) else {}


def _check_scale(
    read: Sequence[_Column],
    percent: Mapping[int, int],
    rule: SurveyStandard,
    rows: NDArray[np.int64],
    where: str,
) -> None:
    """Refuse a wider scale with what it seems to be; a stray 5 is left to the message about single cells."""
    if percent:
        return
    counts: dict[int, int] = {}
    columns: dict[int, set[str]] = {}
    for column in read:
        for place, _, meaning in column.used():
            if meaning.kind in {"number", "letter"}:
                counts[meaning.score] = counts.get(meaning.score, 0) + int(column.times[place])
                columns.setdefault(meaning.score, set()).add(column.name)
    high = rule.scale.high
    beyond = [score for score in counts if score > high]
    total = sum(counts.values())
    many = sum(counts[score] for score in beyond) > _SHARE_OF_A_SCALE * total
    wide = (
        len(set().union(*(columns[score] for score in beyond))) > max(1, len(read) // 3) if beyond else False
    )
    if beyond and many and wide and max(beyond) <= _TOP_OF_SCALES:
        first = min(
            int(rows[np.argmax(column.coded.codes == place)])
            for column in read
            for place, _, meaning in column.used()
            if meaning.score in beyond
        )
        seen = f"{sum(counts[s] for s in beyond)} of {total} answers exceed {high}, the first in row {first}"
        raise wider_scale(max(beyond), rule, where, seen)


def wider_scale(top: int, rule: SurveyStandard, where: str, seen: str) -> AnswerError:
    """Return the error that says why answers on another scale give no index, and what to do."""
    low, high = rule.scale.low, rule.scale.high
    return AnswerError(
        f"the answers look like a scale of {low}-{top} ({seen}), "
        f"and {rule.id} defines its index on {low}-{high} only",
        where,
        f"They are not rescaled: a 5 is not a 4, and no rule says what it is. Repeat the survey "
        f"with the questionnaire of {rule.id}, or publish these answers as what they are, not as an IKM.",
    )


def looks_wider(columns: Mapping[str, Coded], rule: SurveyStandard) -> int:
    """Return the top of the wider scale that most of several columns seem to have, or 0.

    Examples
    --------
    >>> import numpy as np
    >>> from sipukat import standards
    >>> from sipukat.survey.coded import Coded
    >>> column = Coded.of([5, 4, 3, 5, 1, 2])
    >>> looks_wider({"a": column, "b": column, "c": column}, standards.survey("permenpanrb-14-2017"))
    5
    """
    tops = []
    for column in columns.values():
        found = [understand(value, {}, rule.scale.levels) for value in column.distinct()]
        scores = [m.score for m in found if m.kind == "number"]
        # one level may be named in words ("tidak pernah menggunakan")
        if (
            len(scores) > 1
            and len(found) - len(scores) <= 1
            and min(scores) >= 0
            and max(scores) <= _TOP_OF_SCALES
        ):
            tops.append(max(scores))
    wider = [top for top in tops if top > rule.scale.high]
    return max(wider) if len(wider) > 2 and 2 * len(wider) > len(tops) else 0  # noqa: PLR2004


def _scores(
    column: _Column, percent: Mapping[int, int], levels: Sequence[int], rows: NDArray[np.int64]
) -> tuple[NDArray[np.int8], list[str]]:
    """Return code to score (0 where missing; the last is that of a blank), and what is wrong."""
    table = np.zeros(len(column.meanings) + 1, dtype=np.int8)
    kinds = {meaning.kind for _, _, meaning in column.used()} - {"missing", "bad"}
    faults = []
    for place, value, meaning in column.used():
        score, reason = meaning.score, meaning.reason
        if meaning.kind == "missing":
            continue
        if percent:
            score = percent[score]
        if meaning.kind == "letter" and kinds & {"number", "label"}:
            reason = "a letter among other codes"
        elif meaning.kind != "bad" and score not in levels:
            reason = f"not on the scale {levels[0]}-{levels[-1]}"
        if reason:
            faults.append(_fault(column, place, value, reason, rows))
        else:
            table[place] = score
    return table, faults


def _fault(column: _Column, place: int, value: Any, reason: str, rows: NDArray[np.int64]) -> str:
    at = [int(row) for row in rows[column.coded.codes == place][:_FEW]]
    times = int(column.times[place])
    shown = _quoted(column, value, times)
    if value == 0:
        reason += ", and no missing answer either; a workbook made by a program shows 0 for a formula "
        reason += "that was never computed"
    rest = ", …" if times > len(at) else ""
    return (
        f"column {column.name!r} holds {shown} {times} time{'s' * (times != 1)} "
        f"(row{'s' * (times != 1)} {', '.join(map(str, at))}{rest}): {reason}"
    )


def _quoted(column: _Column, value: Any, times: int) -> str:
    """Quote a cell; but not of a column of many texts, which holds something else than answers."""
    texts = [other for _, other, meaning in column.used() if meaning.kind == "bad" and isinstance(other, str)]
    if isinstance(value, str) and len(texts) > _FEW:
        return f"a text of {len(value)} characters"
    return quoted(value, times=times)


def _conversions(read: Sequence[_Column], percent: Mapping[int, int]) -> list[Finding]:
    found = []
    ways = {"letter": "letters a, b, c, …", "label": "wording of the options"}
    for kind, coding in ways.items():
        names = [column.name for column in read if any(m.kind == kind for _, _, m in column.used())]
        if names:
            found.append(Finding.of("SRV414", columns=names, coding=coding))
    if percent:
        found.append(
            Finding.of("SRV414", columns=[c.name for c in read], coding=", ".join(map(str, percent)))
        )
    words = {str(v) for column in read for _, v, m in column.used() if m.kind == "missing"}
    if words:
        cells = sum(
            int(column.times[place])
            for column in read
            for place, _, m in column.used()
            if m.kind == "missing"
        )
        found.append(Finding.of("SRV431", words=sorted(words), n=cells))
    return found
