"""What is doubtful in answers that could be read: repeats, straight lines, impossible ages, too few."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from sipukat._text import plain
from sipukat._validation import must_be
from sipukat.errors import SurveyError
from sipukat.findings import Finding, Findings
from sipukat.survey.headings import words
from sipukat.survey.meaning import MISSING
from sipukat.survey.responses import Responses

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Sequence

    from numpy.typing import NDArray


FEWEST: Final = 30
_YOUNGEST: Final = 10
_OLDEST: Final = 100
_TELLING_COLUMNS: Final = 3
_FALSE: Final = frozenset({"0", "0.0", "false", "tidak", "no", "n", "f", *MISSING})


def quality(
    responses: Responses,
    *,
    population: int | Mapping[Any, int] | None = None,
    by: str | None = None,
    identity: Sequence[Hashable] | None = None,
) -> Findings:
    """Say what is doubtful in the answers.

    Parameters
    ----------
    responses
        What citizens answered.
    population
        Number of people served: of all, or by unit. Units with fewer respondents than
        the standard's sample size asks for are reported.
    by
        Column of the units; by default the first whose role is ``"unit"``.
    identity
        Something that is equal for rows of one person, where it is known. Without it an
        exact duplicate is only possibly a repeat.

    Returns
    -------
    Findings
        Row numbers are those of the source.

    Raises
    ------
    SurveyError
        If `by` is no column, or `population` names units and there is no column of units.

    Examples
    --------
    >>> from sipukat import read_survey
    >>> people = [{"unit": "A", "usia": 352, **{f"A{n}": 6 for n in range(1, 6)}}] * 3
    >>> sorted({finding.code for finding in quality(read_survey(people, "spak").responses)})
    ['SRV409', 'SRV410', 'SRV412']
    """
    must_be(Responses, responses, "responses", "Responses, e.g. sipukat.read_survey(path).responses")
    if by is not None and by not in responses.frame.columns:
        raise SurveyError(
            f"there is no column {by!r}",
            "by=",
            f"The columns: {', '.join(map(str, responses.frame.columns))}.",
        )
    units = responses.columns("unit")
    unit = by or next((name for name in units if "id" not in words(name).split()), next(iter(units), None))
    found = [
        *_repeats(responses, identity),
        *_straight_lines(responses),
        *_ages(responses),
        *_samples(responses),
        *_twins(responses),
        *_few(responses, unit),
        *_sample_sizes(responses, unit, population),
        *_missing(responses),
    ]
    return Findings(found)


def _rows(responses: Responses, mask: NDArray[np.bool_]) -> list[int]:
    return [int(row) for row in responses.frame.index[mask]]


def _is_marked(cells: pd.Series[Any]) -> NDArray[np.bool_]:
    codes, values = pd.factorize(cells)
    marked = [plain(str(value)) not in _FALSE for value in pd.Index(values).tolist()]
    return np.append(np.array(marked, dtype=bool), False)[codes]


def _repeats(responses: Responses, identity: Sequence[Hashable] | None) -> Iterator[Finding]:
    frame, n = responses.frame, len(responses)
    markers = responses.columns("repeat")
    ids = responses.columns("respondent")
    if markers:
        marked = _is_marked(frame[markers[0]])
        if marked.any():
            yield Finding.of(
                "SRV408", path=markers[0], n=int(marked.sum()), rows=_rows(responses, marked), of=n
            )
    else:
        aside = {*ids, *responses.columns("sample")}
        columns = [name for name in frame.columns if name not in aside]
        keys = [pd.factorize(frame[name])[0] for name in columns]
        who = pd.factorize(pd.Series(list(identity), dtype=object))[0] if identity is not None else None
        telling = (
            who is not None
            or responses.columns("time")
            or len(columns) - len(responses.unsur) >= _TELLING_COLUMNS
        )
        if telling and n > 1:
            table = pd.DataFrame(dict(enumerate([*keys, *([] if who is None else [who])])))
            repeated = table.duplicated().to_numpy()
            known = np.zeros(n, dtype=bool) if who is None else who >= 0
            for code, mask in (("SRV408", repeated & known), ("SRV416", repeated & ~known)):
                if mask.any():
                    yield Finding.of(code, n=int(mask.sum()), rows=_rows(responses, mask), of=n)
    for name in ids[:1]:
        again = (frame[name].duplicated() & frame[name].notna()).to_numpy()
        if again.any():
            yield Finding.of("SRV426", path=name, n=int(again.sum()), rows=_rows(responses, again))


def _scores(responses: Responses) -> NDArray[np.int8]:
    """Return the scores, 0 where missing."""
    columns = [responses.frame[name].to_numpy(dtype=np.int8, na_value=0) for name in responses.unsur]
    return np.column_stack(columns) if columns else np.zeros((len(responses), 0), dtype=np.int8)


def _straight_lines(responses: Responses) -> Iterator[Finding]:
    scores = _scores(responses)
    straight = (scores > 0).all(axis=1) & (scores == scores[:, :1]).all(axis=1)
    if straight.any() and len(scores) > 1:
        n = int(straight.sum())
        yield Finding.of("SRV409", n=n, of=len(scores), share=100 * n / len(scores))


def _ages(responses: Responses) -> Iterator[Finding]:
    for name in responses.columns("age"):
        cells = responses.frame[name]
        if not pd.api.types.is_numeric_dtype(cells):
            cells = pd.to_numeric(cells, errors="coerce")
        ages = cells.to_numpy(dtype=np.float64, na_value=np.nan)
        if (np.unique(ages[~np.isnan(ages)]) <= 9).all():  # noqa: PLR2004  codes of classes, not years
            continue
        odd = (ages < _YOUNGEST) | (ages > _OLDEST)
        if odd.any():
            yield Finding.of(
                "SRV410", path=name, n=int(odd.sum()), rows=_rows(responses, odd), low=_YOUNGEST, high=_OLDEST
            )


def _samples(responses: Responses) -> Iterator[Finding]:
    for name in responses.columns("sample"):
        marked = _is_marked(responses.frame[name])
        if marked.any():
            yield Finding.of("SRV425", path=name, rows=_rows(responses, marked))


def _twins(responses: Responses) -> Iterator[Finding]:
    for name in (*responses.columns("unit"), *responses.columns("service"), *responses.columns("job")):
        spellings: dict[str, list[str]] = {}
        for value in responses.frame[name].dropna().unique():
            if isinstance(value, str):
                spellings.setdefault(plain(value), []).append(value)
        for same in spellings.values():
            if len(same) > 1:
                yield Finding.of("SRV417", path=name, names=sorted(same))


def _counts(responses: Responses, unit: str | None) -> dict[Any, int]:
    if unit is None:
        return {}
    counts = responses.frame[unit].value_counts(dropna=True)
    return dict(sorted(((key, int(n)) for key, n in counts.items() if n), key=lambda item: str(item[0])))


def _few(responses: Responses, unit: str | None) -> Iterator[Finding]:
    n = len(responses)
    if n < FEWEST:
        yield Finding.of("SRV412", n=n)
    few = {key: count for key, count in _counts(responses, unit).items() if count < FEWEST}
    if few and n >= FEWEST:
        shown = [f"{key} ({count})" for key, count in few.items()]
        yield Finding.of("SRV433", path=unit or "", units=shown, fewest=FEWEST)


def _sample_sizes(
    responses: Responses, unit: str | None, population: int | Mapping[Any, int] | None
) -> Iterator[Finding]:
    sampling = responses.standard.sampling
    if population is None or sampling is None:
        return
    if isinstance(population, Mapping):
        if unit is None:
            raise SurveyError(
                "population is stated by unit, and no column holds units",
                "population=",
                "State the column with by=.",
            )
        counts = {plain(str(key)): n for key, n in _counts(responses, unit).items()}
        asked = [(str(key), counts.get(plain(str(key)), 0), size) for key, size in population.items()]
    else:
        asked = [("", len(responses), population)]
    for path, n, size in asked:
        needed = sampling.size(size)
        if n < needed:
            yield Finding.of("SRV411", path=path, n=n, needed=needed, population=size)


def _missing(responses: Responses) -> Iterator[Finding]:
    scores = _scores(responses)
    blank = (scores == 0).sum(axis=0)
    if not blank.any():
        return
    nobody = (scores == 0).all(axis=1)
    shares = [f"{name} {int(n)}" for name, n in zip(responses.unsur, blank, strict=True) if n]
    yield Finding.of(
        "SRV413", n=int(blank.sum()), of=scores.size, share=100 * int(blank.sum()) / scores.size, unsur=shares
    )
    if nobody.any():
        yield Finding.of("SRV432", rows=_rows(responses, nobody))
