"""A running index: sums that take one answer at a time, in microseconds.

A desk that asks after every service need not sum its file again for each answer. What is
held is what `ikm.moments` would give for the same answers, to the last bit; nothing of a
respondent is kept but its part of the sums.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from threading import Lock
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from sipukat._text import listing
from sipukat._validation import names_of
from sipukat.errors import AnswerError, ArgumentError, ColumnError, EstimationError
from sipukat.ikm.clusters import in_order
from sipukat.ikm.design import Design
from sipukat.ikm.factors import label_of
from sipukat.ikm.moments import Moments
from sipukat.survey.columns import resolve, survey_standard

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sipukat.ikm.clusters import Group
    from sipukat.ikm.factors import Key
    from sipukat.standards import SurveyStandard

_FIRST: Final = 16
"""Groups that there is room for before the sums must grow."""


class RunningMoments:
    """Sums of a survey that grow by one respondent at a time.

    Unweighted only: every respondent counts once, and all were drawn alike. It may be used
    by several threads at once; an answer is in the sums wholly or not at all.

    Parameters
    ----------
    standard
        The survey standard, or its id.
    by
        Names of what the groups are told by, e.g. ``("unit",)``.
    unsur
        Names of the unsur in the order in which answers are given: keys, codes or headings
        as in a file; by default the keys of the standard.
    order
        Which unsur the codes U8 and U9 are; see `sipukat.read_survey`.

    Raises
    ------
    ColumnError
        If `unsur` lacks an unsur, names one twice, or names something else.
    UnknownNameError
        If no standard has that id.

    Examples
    --------
    >>> desk = RunningMoments(by="unit")
    >>> desk.add([4, 3, 4, 4, 3, 3, 4, None, 4], group="Disdukcapil")
    >>> desk.add([3, 3, 3, 4, 3, 3, 3, 3, 3], group="Disdukcapil")
    >>> from sipukat import ikm
    >>> ikm.estimate(desk.moments())["Disdukcapil"].n
    2
    """

    __slots__ = (
        "_at",
        "_by",
        "_columns",
        "_factors",
        "_grown",
        "_k",
        "_levels",
        "_lock",
        "_one_hot",
        "_places",
        "_rule",
        "_sums",
        "_views",
    )

    def __init__(
        self,
        standard: str | SurveyStandard = "permenpanrb-14-2017",
        by: str | Sequence[str] = (),
        unsur: Sequence[str] | None = None,
        *,
        order: str | Sequence[str] | None = None,
    ) -> None:
        self._rule = survey_standard(standard)
        self._by = names_of(by, "by")
        self._columns = self._resolved(unsur, order)
        given = tuple(unsur) if unsur is not None else tuple(self._columns)
        self._places = {name: given.index(name) for name in self._columns}
        self._k = len(self._columns)
        levels = self._rule.scale.high - self._rule.scale.low + 1
        self._levels = levels
        width = 2 + 4 * self._k**2 + (1 + self._k) ** 2 + self._k * levels
        self._lock = Lock()
        self._at: dict[Group, int] = {}
        self._sums: NDArray[np.int64] = np.zeros((_FIRST, width), dtype=np.int64)
        self._grown: NDArray[np.int64] = np.zeros(width, dtype=np.int64)
        self._views = tuple(view[0, ...] for view in self._cut(self._grown[None]))
        wide: NDArray[np.int64] = np.ones(2 * self._k, dtype=np.int64)
        self._factors = wide[: self._k], wide[self._k :], wide, wide[self._k - 1 :]  # where r is 1, [1 | x]
        self._one_hot: NDArray[np.int64] = np.eye(self._rule.scale.high + 1, dtype=np.int64)[:, -levels:]

    def _resolved(self, unsur: Sequence[str] | None, order: str | Sequence[str] | None) -> Mapping[str, str]:
        """Return name to unsur, in the order of the standard."""
        if unsur is None:
            return {key: key for key in self._rule.unsur_keys}
        if isinstance(unsur, str):
            raise ArgumentError(f"unsur must be a list of names, got the text {unsur!r}")
        found = resolve(tuple(unsur), self._rule, order=order).unsur
        others = [name for name in unsur if name not in found]
        if others:
            raise ColumnError(
                f"{listing(others, lang='en')} is no unsur of {self._rule.id}",
                "unsur",
                "Name the unsur only; groups are named by by=.",
            )
        return found

    @property
    def n(self) -> int:
        """Respondents added so far."""
        return int(self._sums[: len(self._at), 0].sum())

    @property
    def by(self) -> tuple[str, ...]:
        """Names of what the groups are told by."""
        return self._by

    @property
    def unsur(self) -> tuple[str, ...]:
        """Names of the unsur, as the moments have them."""
        return tuple(self._columns.values())

    def __repr__(self) -> str:
        return f"<RunningMoments {self._rule.id}: {self.n} respondents, {len(self._at)} groups>"

    def add(
        self, answers: Mapping[str, int | None] | Sequence[int | None], group: Key | Sequence[Key] = ()
    ) -> None:
        """Add one respondent.

        Parameters
        ----------
        answers
            Name to score, or the scores in the order of `unsur`; None (or NaN) where the
            question was left unanswered. Names that are no unsur are passed over, as other
            columns of a file are.
        group
            The value of each `by`; one value alone where there is one `by`.

        Raises
        ------
        AnswerError
            If a score is not a whole number of the scale; nothing is then added.
        ColumnError
            If an unsur is not among the names, or there are more or fewer scores than unsur.
        ArgumentError
            If `group` has not one value for each `by`.

        Examples
        --------
        >>> desk = RunningMoments("spak")
        >>> desk.add({"diskriminasi": 4, "kecurangan": 3, "imbalan": 4, "pungli": 4, "percaloan": None})
        >>> desk.n
        1
        """
        scores = self._scores(answers)
        name = self._group(group)
        with self._lock:
            at = self._at.get(name)
            if at is None:
                at = self._room(name)
            self._grow(scores)
            self._sums[at] += self._grown  # one step, which no signal can cut

    def moments(self) -> Moments:
        """Return the sums so far; what is added later does not change them.

        Returns
        -------
        Moments
            Equal, bit for bit, to `sipukat.ikm.moments` of a frame of the same answers.
        """
        with self._lock:
            names = dict(self._at)
            sums = self._sums[: len(names)].copy()
        held = [name for name, at in names.items() if sums[at, 0]]
        groups = in_order(held)
        sums = sums[[names[name] for name in groups]] if groups else sums[:0]
        n, complete, gram, gram_complete, levels = self._cut(sums)
        return Moments(
            standard=self._rule.id,
            unsur=self.unsur,
            low=self._rule.scale.low,
            high=self._rule.scale.high,
            by=self._by,
            groups=groups or ((),) * (not self._by),
            strata=((),),
            population=np.array([np.inf]),
            design=Design(),
            group=np.arange(len(sums)),
            stratum=np.zeros(len(sums), dtype=np.int64),
            n=n.copy(),
            n_complete=complete.copy(),
            weight=n.copy(),
            weight2=n.copy(),
            levels=levels.copy(),
            gram=gram.copy(),
            gram_complete=gram_complete.copy(),
        )

    def merge(self, other: RunningMoments | Moments) -> None:
        """Add the sums of another desk.

        Parameters
        ----------
        other
            Unweighted sums of the same standard, unsur and groups, without strata or PSUs.

        Raises
        ------
        EstimationError
            If they are of another kind, with what differs; nothing is then added.

        Examples
        --------
        >>> front, back = RunningMoments("spak"), RunningMoments("spak")
        >>> front.add([4, 4, 4, 4, 4])
        >>> back.add([3, 3, 3, 3, 3])
        >>> front.merge(back)
        >>> front.n
        2
        """
        sums = other.moments() if isinstance(other, RunningMoments) else other
        mine = {"standard": self._rule.id, "unsur": self.unsur, "by": self._by, "design": Design()}
        mine |= {"low": self._rule.scale.low, "high": self._rule.scale.high}
        for name, value in mine.items():
            if getattr(sums, name) != value:
                raise EstimationError(
                    f"moments of different {name} cannot be merged: {value!r} and {getattr(sums, name)!r}"
                )
        c = len(sums.n)
        parts = (sums.n, sums.n_complete, sums.gram, sums.gram_complete, sums.levels)
        rows = np.concatenate([np.reshape(part, (c, part.size // max(c, 1))) for part in parts], axis=1)
        with self._lock:
            places = [self._at.get(g) for g in sums.groups]
            at = np.array(
                [self._room(g) if p is None else p for g, p in zip(sums.groups, places, strict=True)]
            )
            total = self._sums.copy()
            if c:
                np.add.at(total, at[sums.group], rows)
            self._sums = total

    def _scores(self, answers: Mapping[str, Any] | Sequence[Any]) -> list[int]:
        """Return the scores in the order of the standard, 0 where unanswered."""
        if type(answers) is dict or isinstance(answers, Mapping):
            try:
                values = [answers[name] for name in self._columns]
            except KeyError as failure:
                raise ColumnError(
                    f"the answers do not name {failure.args[0]!r}",
                    "",
                    "Give None where it was left unanswered.",
                ) from None
        elif isinstance(answers, str) or len(answers) != self._k:
            raise ColumnError(
                f"{len(answers)} scores were given for {self._k} unsur",
                "",
                f"Give one for each of {listing(self._places, lang='en', most=30)}, None where unanswered.",
            )
        else:
            values = [answers[place] for place in self._places.values()]
        low, high = self._rule.scale.low, self._rule.scale.high
        for place, value in enumerate(values):
            if type(value) is not int or not low <= value <= high:
                values[place] = self._score(value, place)
        return values

    def _score(self, value: Any, place: int) -> int:
        """Take a score that is not a plain integer of the scale, or refuse it."""
        low, high = self._rule.scale.low, self._rule.scale.high
        where = f"column {tuple(self._columns)[place]!r}"
        remedy = f"An answer is a whole number {low} to {high}, or empty."
        if isinstance(value, bool | np.bool_):
            raise AnswerError("answers are True/False", where, remedy)
        number = value if isinstance(value, int | float | np.integer | np.floating) else label_of(value)
        if number is None or number != number:  # noqa: PLR0124  NaN
            return 0
        if isinstance(number, str):
            raise AnswerError(f"an answer is no number ({type(value).__name__})", where, remedy)
        if not (low <= number <= high and float(number).is_integer()):
            raise AnswerError(f"an answer lies outside the scale: {number:g}", where, remedy)
        return int(number)

    def _group(self, group: Key | Sequence[Key]) -> Group:
        if type(group) is tuple:
            values = group
        else:
            values = (group,) if isinstance(group, str) or not isinstance(group, Sequence) else tuple(group)
        if len(values) != len(self._by):
            raise ArgumentError(
                f"group {group!r} has {len(values)} values; it needs one for each of by={self._by!r}"
            )
        return tuple([value if type(value) is str else label_of(value) for value in values])

    def _room(self, name: Group) -> int:
        """Make room for a group not seen before."""
        at = len(self._at)
        if at == len(self._sums):
            self._sums = np.concatenate([self._sums, np.zeros_like(self._sums)])
        self._at[name] = at
        return at

    def _grow(self, scores: list[int]) -> None:
        """Write what one respondent adds to each sum."""
        n, complete, gram, gram_complete, levels = self._views
        r, x, wide, whole = self._factors
        x[:] = scores
        np.minimum(x, 1, out=r)
        np.multiply(wide[:, None], wide, out=gram)
        self._one_hot.take(x, axis=0, out=levels, mode="clip")
        n[...] = 1
        if 0 in scores:
            complete[...] = 0
            gram_complete[...] = 0
        else:
            complete[...] = 1
            np.multiply(whole[:, None], whole, out=gram_complete)

    def _cut(self, rows: NDArray[np.int64]) -> tuple[NDArray[np.int64], ...]:
        """Return views of flat rows: n, complete, gram, gram of the complete, levels."""
        k, count = self._k, len(rows)
        ends = np.cumsum([2, 4 * k * k, (1 + k) ** 2])
        return (
            rows[:, 0],
            rows[:, 1],
            rows[:, ends[0] : ends[1]].reshape(count, 2 * k, 2 * k),
            rows[:, ends[1] : ends[2]].reshape(count, 1 + k, 1 + k),
            rows[:, ends[2] :].reshape(count, k, self._levels),
        )
