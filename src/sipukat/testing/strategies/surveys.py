"""Surveys: answers, respondents, frames, and how they were drawn."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from hypothesis import strategies as st

from sipukat import standards
from sipukat.ikm.design import Design
from sipukat.ikm.scan import moments as moments_of
from sipukat.survey.reading import read_survey
from sipukat.testing.strategies.texts import names

if TYPE_CHECKING:
    import pandas as pd
    from hypothesis.strategies import DrawFn, SearchStrategy

    from sipukat.ikm.moments import Moments
    from sipukat.standards.loader import Standard
    from sipukat.standards.model import SurveyStandard
    from sipukat.survey.responses import Responses

_UNITS: Final = ("A", "B", "C")
_FIRST: Final = date(2026, 1, 1)
_STRATA: Final = ("kota", "desa")


class Sample(NamedTuple):
    """A frame of respondents, and the design under which they were drawn.

    Examples
    --------
    >>> from hypothesis import given, settings
    >>> @settings(max_examples=3, deadline=None, database=None)
    ... @given(designs())
    ... def holds(sample):
    ...     assert set(sample.design.columns) <= set(sample.frame.columns)
    >>> holds()
    """

    frame: pd.DataFrame
    design: Design


def answers(
    standard: str | Standard = "permenpanrb-14-2017", *, missing: bool = True
) -> SearchStrategy[int | None]:
    """Draw one answer on the scale of a standard.

    Parameters
    ----------
    standard
        The survey standard, or its name.
    missing
        Whether None, a question left open, is among them.

    Examples
    --------
    >>> from hypothesis import given, settings
    >>> @settings(max_examples=3, deadline=None, database=None)
    ... @given(answers("spak", missing=False))
    ... def holds(score):
    ...     assert 1 <= score <= 6
    >>> holds()
    """
    levels = standards.survey(standard).scale.levels
    return st.sampled_from([*levels, None] if missing else levels)


def respondents(
    standard: str | Standard = "permenpanrb-14-2017",
    *,
    missing: bool = True,
    hostile: bool = False,
) -> SearchStrategy[dict[str, Any]]:
    """Draw one respondent: unit, day, and an answer to each unsur by its key.

    Parameters
    ----------
    standard
        The survey standard, or its name.
    missing
        Whether questions may be left open; the first never is, so that every row is a respondent.
    hostile
        Whether the unit may have a name that was made to do harm.

    Examples
    --------
    >>> from hypothesis import given, settings
    >>> @settings(max_examples=3, deadline=None, database=None)
    ... @given(respondents())
    ... def holds(person):
    ...     assert person["persyaratan"] in {1, 2, 3, 4}
    >>> holds()
    """
    rule = standards.survey(standard)
    units = names(hostile=True) if hostile else st.sampled_from(_UNITS)
    first, *others = rule.unsur_keys
    return st.fixed_dictionaries(
        {
            "unit": units,
            "tanggal": st.integers(0, 364).map(lambda day: _FIRST + timedelta(days=day)),
            first: answers(rule, missing=False),
            **{key: answers(rule, missing=missing) for key in others},
        }
    )


def frames(
    standard: str | Standard = "permenpanrb-14-2017",
    *,
    least: int = 1,
    most: int = 30,
    missing: bool = True,
    messy: bool = False,
) -> SearchStrategy[pd.DataFrame]:
    """Draw the frame of a survey, clean or as an office keeps it.

    Parameters
    ----------
    standard
        The survey standard, or its name.
    least, most
        Least and most respondents; `least` is 1 or more.
    missing
        Whether questions may be left open.
    messy
        Whether the frame is as an office keeps it: headings as codes, names or keys, answers as
        texts in a column or two, a running number, an empty column, columns in any order.
        `sipukat.read_survey` understands it all, with the order ``"peraturan"``.

    Returns
    -------
    SearchStrategy
        A row a respondent. Clean: ``unit``, ``tanggal`` and nullable ``Int8`` columns by key.

    Examples
    --------
    >>> from hypothesis import given, settings
    >>> @settings(max_examples=3, deadline=None, database=None)
    ... @given(frames(least=2))
    ... def holds(frame):
    ...     assert len(frame) >= 2 and frame["waktu"].dtype == "Int8"
    >>> holds()
    """
    rule = standards.survey(standard)
    person = respondents(rule, missing=missing)
    # the number first: then any row, and not only the last, can go while a counterexample is made small
    rows = st.integers(least, most).flatmap(lambda n: st.lists(person, min_size=n, max_size=n))
    clean = rows.map(lambda rows: _framed(rows, rule))
    return clean.flatmap(lambda frame: _as_kept(frame, rule)) if messy else clean


def _framed(rows: list[dict[str, Any]], rule: SurveyStandard) -> pd.DataFrame:
    import pandas as pd

    told = {name: [row[name] for row in rows] for name in ("unit", "tanggal")}
    scores = {key: pd.array([row[key] for row in rows], dtype="Int8") for key in rule.unsur_keys}
    return pd.DataFrame({**told, **scores})


@st.composite
def _as_kept(draw: DrawFn, frame: pd.DataFrame, rule: SurveyStandard) -> pd.DataFrame:
    """Dress a frame as an office would: the same answers, other clothes."""
    heading = draw(st.sampled_from(["code", "nama", "key"]))
    kept = frame.rename(columns={unsur.key: getattr(unsur, heading) for unsur in rule.unsur})
    texts = draw(st.sets(st.sampled_from(range(len(rule.unsur))), max_size=2))
    for place in sorted(texts):
        name = getattr(rule.unsur[place], heading)
        kept[name] = kept[name].map(lambda score: str(score) if score == score else " ", na_action="ignore")  # noqa: PLR0124
    if draw(st.booleans()):
        kept.insert(0, "No", range(1, len(kept) + 1))
    if draw(st.booleans()):
        kept["Keterangan"] = None
    return kept[draw(st.permutations(list(kept.columns)))]


def responses(
    standard: str | Standard = "permenpanrb-14-2017", *, least: int = 1, most: int = 30, missing: bool = True
) -> SearchStrategy[Responses]:
    """Draw the answers of a survey, read and checked.

    Parameters
    ----------
    standard
        The survey standard, or its name.
    least, most
        Least and most respondents.
    missing
        Whether questions may be left open.

    Examples
    --------
    >>> from hypothesis import given, settings
    >>> @settings(max_examples=3, deadline=None, database=None)
    ... @given(responses(least=2))
    ... def holds(drawn):
    ...     assert len(drawn) >= 2 and drawn.roles["unit"] == "unit"
    >>> holds()
    """
    rule = standards.survey(standard)
    drawn = frames(rule, least=least, most=most, missing=missing)
    return drawn.map(lambda frame: read_survey(frame, rule).responses)


def designs(
    standard: str | Standard = "permenpanrb-14-2017", *, least: int = 2, most: int = 30
) -> SearchStrategy[Sample]:
    """Draw a frame together with a design whose columns it has.

    Weights lie between 1 and 100; there may be strata, primary units and a population, no
    smaller than what was drawn from it. Every combination is one that can be estimated; a
    stratum with a single unit is among them, and its standard error is NaN.

    Parameters
    ----------
    standard
        The survey standard, or its name.
    least, most
        Least and most respondents.

    Examples
    --------
    >>> from hypothesis import given, settings
    >>> from sipukat import ikm
    >>> @settings(max_examples=3, deadline=None, database=None)
    ... @given(designs())
    ... def holds(sample):
    ...     assert ikm.estimate(sample.frame, design=sample.design).overall.n
    >>> holds()
    """
    return frames(standard, least=least, most=most).flatmap(_designed)


@st.composite
def _designed(draw: DrawFn, frame: pd.DataFrame) -> Sample:
    """Draw a design for a frame, and give the frame the columns that it reads."""
    frame = frame.copy()
    n = len(frame)
    told: dict[str, Any] = {}
    if draw(st.booleans()):
        told["weight"] = "bobot"
        weights = st.integers(4, 400).map(lambda quarters: quarters / 4)
        frame["bobot"] = draw(st.lists(weights, min_size=n, max_size=n))
    if draw(st.booleans()):
        told["stratum"] = "lapis"
        frame["lapis"] = draw(st.lists(st.sampled_from(_STRATA), min_size=n, max_size=n))
    if draw(st.booleans()):
        told["psu"] = "hari"
        frame["hari"] = draw(st.lists(st.integers(1, 5), min_size=n, max_size=n))
    if draw(st.booleans()):
        told["population"] = draw(_populations(frame, told))
    return Sample(frame, Design(**told))


def _populations(frame: pd.DataFrame, told: dict[str, Any]) -> SearchStrategy[Any]:
    if "stratum" not in told:
        return st.integers(len(frame), 100 * len(frame))
    sizes = frame.groupby("lapis").size().to_dict()
    return st.fixed_dictionaries({name: st.integers(int(n), 100 * int(n)) for name, n in sizes.items()})


def moments(
    standard: str | Standard = "permenpanrb-14-2017",
    *,
    by: tuple[str, ...] = ("unit",),
    designed: bool = False,
) -> SearchStrategy[Moments]:
    """Draw the sums of a survey by group, as `sipukat.ikm.moments` makes them.

    Parameters
    ----------
    standard
        The survey standard, or its name.
    by
        The grouping columns: of ``"unit"`` and ``"tanggal"``, or none.
    designed
        Whether they may be weighted, stratified or clustered.

    Examples
    --------
    >>> from hypothesis import given, settings
    >>> @settings(max_examples=3, deadline=None, database=None)
    ... @given(moments())
    ... def holds(drawn):
    ...     assert drawn.by == ("unit",)
    >>> holds()
    """
    rule = standards.survey(standard)
    if designed:
        return designs(rule).map(lambda s: moments_of(s.frame, rule, by=by, design=s.design))
    return frames(rule).map(lambda frame: moments_of(frame, rule, by=by))
