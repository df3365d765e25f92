"""The figure of the answers: how many gave each score to each unsur."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from sipukat._text import number, round_half_up
from sipukat.report.document import Figure
from sipukat.report.figure_words import name_told, unsur_names, words_of
from sipukat.report.ikm_words import words_of as report_words
from sipukat.report.withholding import CELL, withheld

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sipukat._text import Lang
    from sipukat.ikm import IkmResult
    from sipukat.ikm.parts import Part

_SHARE_DECIMALS: Final = 1
_WHOLE: Final = 100


def distribution(
    result: IkmResult, *, lang: Lang = "id", group: object = None, withhold_below: int = CELL
) -> Figure | None:
    """Return how many gave each score to each unsur, in per cent.

    Parameters
    ----------
    result
        The result.
    lang
        ``"id"`` or ``"en"``.
    group
        Name of one of its groups; by default all respondents.
    withhold_below
        Unsur that fewer respondents answered are withheld; of groups, also those from
        which they could be computed.

    Returns
    -------
    Figure or None
        One record an unsur: ``label``, ``share_1`` and so on, ``value`` (the share of the
        upper half of the scale), ``n`` (answers) and ``missing``; None for all but the
        label where withheld. None where there is nothing to show.

    Raises
    ------
    UnknownNameError
        If there is no such group.
    ArgumentError
        If `withhold_below` is negative.

    Notes
    -----
    Shares are weighted as the result is, and rounded one by one, so that they may add up to
    99.9 or 100.1. Under replicate or fitted weights too, as no error is stated.

    Examples
    --------
    >>> import pandas as pd
    >>> from sipukat import ikm
    >>> answers = pd.DataFrame({f"U{i}": [4, 3, 4, 2, 3, 3, 4, 1] for i in range(1, 10)})
    >>> figure = distribution(ikm.estimate(answers), lang="id")
    >>> figure.data[0]["share_4"], figure.data[0]["value"], figure.data[0]["n"]
    (Decimal('37.5'), Decimal('75.0'), 8)
    """
    at = 0 if group is None else result[group].at
    part = result.whole if group is None or result.groups is None else result.groups
    hidden = _hidden_unsur(part, at, whole=group is None, below=withhold_below)
    records = _shares(result, part, at, hidden, lang)
    shown = [record for record in records if record["value"] is not None]
    if not shown:
        return None
    words, scores = words_of(lang), range(part.moments.low, part.moments.high + 1)
    upper, lower = _run(scores[(len(scores) + 1) // 2 :]), _run(scores[: len(scores) // 2])
    of = "" if group is None else words["of"].format(group=name_told(group, lang))
    caption = words["distribution"].format(of=of, upper=upper, lower=lower)
    held = sum(record["n"] is None for record in records)
    told = [caption, *_distribution_alt(shown, upper, scores[0], lang)]
    if held:
        told.append(words["withheld_unsur"].format(n=held, below=withhold_below))
    return Figure(
        id="sebaran" if group is None else f"sebaran-{at + 1}",
        chart="answer_distribution",
        caption=caption,
        alt=" ".join(told),
        axis=(Decimal(-_WHOLE), Decimal(_WHOLE)),
        data=tuple(records),
        lang=lang,
    )


def _run(scores: Sequence[int]) -> str:
    return "–".join(str(score) for score in dict.fromkeys((scores[0], scores[-1])))


def _hidden_unsur(part: Part, at: int, *, whole: bool, below: int) -> set[int]:
    """Return the places of the unsur whose answers are withheld."""
    answered, every = part.levels.sum(axis=2), range(part.moments.k)
    groups = [0] if whole else range(len(part.moments.groups))
    if at in withheld({g: int(part.n[g]) for g in groups}, below=below).names:
        return set(every)
    return {j for j in every if at in withheld({g: int(answered[g, j]) for g in groups}, below=below).names}


def _shares(result: IkmResult, part: Part, at: int, hidden: set[int], lang: Lang) -> list[dict[str, Any]]:
    m, names, words = part.moments, unsur_names(result.standard, lang), report_words(lang)
    held = m.levels if m.level_weight is None else m.level_weight
    exact: type[Fraction | float] = Fraction if m.level_weight is None else float
    weights, answered = m.per_group(held)[at], part.levels[at].sum(axis=1)
    scores = range(m.low, m.high + 1)
    out = []
    for j, key in enumerate(m.unsur):
        record: dict[str, Any] = {"label": names.get(key, key)}
        count, each = int(answered[j]), [exact(x) for x in weights[j].tolist()]
        total = sum(each)
        if (j in hidden and count) or not total:
            nothing = dict.fromkeys([*(f"share_{score}" for score in scores), "value"])
            counts = {"n": None, "missing": None} if count else {"n": 0, "missing": int(part.n[at])}
            out.append(record | nothing | counts | {"note": words["withheld" if count else "nothing"]})
            continue
        record |= {
            f"share_{score}": round_half_up(100 * x / total, _SHARE_DECIMALS)
            for score, x in zip(scores, each, strict=True)
        }
        upper = sum(each[(len(scores) + 1) // 2 :])
        record["value"] = round_half_up(100 * upper / total, _SHARE_DECIMALS)
        out.append(record | {"n": count, "missing": int(part.n[at]) - count, "note": ""})
    return out


def _distribution_alt(
    shown: Sequence[Mapping[str, Any]], upper: str, lowest: int, lang: Lang
) -> Iterator[str]:
    words = words_of(lang)
    top, bottom = (f(shown, key=lambda record: record["value"]) for f in (max, min))
    yield words["upper_same" if top["value"] == bottom["value"] else "upper_extremes"].format(
        upper=upper,
        top=top["label"],
        bottom=bottom["label"],
        top_value=number(top["value"], _SHARE_DECIMALS, lang=lang),
        bottom_value=number(bottom["value"], _SHARE_DECIMALS, lang=lang),
    )
    key = f"share_{lowest}"
    worst = max(shown, key=lambda record: record[key])
    value = number(worst[key], _SHARE_DECIMALS, lang=lang)
    yield words["lowest_score" if worst[key] else "no_lowest"].format(
        score=lowest, label=worst["label"], value=value
    )
    if missing := sum(record["missing"] for record in shown):
        yield words["not_answered"].format(n=number(missing, 0, lang=lang))
