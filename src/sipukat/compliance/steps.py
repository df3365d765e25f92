"""What a path to a better score is made of: its steps, and what it promises."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from sipukat._text import Lang, listing, number

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from decimal import Decimal

    import pandas as pd

    from sipukat.findings import Findings

FORMAT: Final = "urn:sipukat:path:1"
_COLUMNS: Final = "key nama name before after enough gain cost weeks score alasan reason".split()


@dataclass(frozen=True, slots=True, kw_only=True)
class Dependency:
    """What must stand before an indicator can rise: another indicator at a level.

    Parameters
    ----------
    key
        The indicator that rises.
    level
        The value of it that asks for the other; None for any rise at all.
    needs
        The indicator that must stand.
    at_least
        The value that it must have; None for its best.

    Examples
    --------
    >>> Dependency(key="publikasi", needs="penetapan")
    Dependency(key='publikasi', level=None, needs='penetapan', at_least=None)
    """

    key: str
    level: Decimal | None = None
    needs: str
    at_least: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One indicator that rises from one value to a better one.

    Parameters
    ----------
    key
        Key of the indicator, or of a condition that others wait for.
    nama, name
        Its name in Indonesian and in English.
    before, after
        Its value before and after, as the law counts; `before` is None where it is not known.
    enough
        The lowest value of it with which the target is still reached, if the other steps
        are taken as they stand; at most `after`. For what is measured on a scale it is
        rounded up to two decimals.
    gain
        What the score rises by, in points, exactly.
    cost
        What it costs, in the unit of the costs that were given; 1 where none was.
    weeks
        How many weeks it takes; None where that was not said.
    alasan, reason
        Why it is part of the path, in Indonesian and in English.
    """

    key: str
    nama: str
    name: str
    before: Decimal | bool | None
    after: Decimal | bool
    enough: Decimal | bool
    gain: Fraction
    cost: Fraction
    weeks: Fraction | None
    alasan: str
    reason: str

    def sentence(self, lang: Lang = "id") -> str:
        """Say what is to be done, in one sentence.

        Parameters
        ----------
        lang
            ``"id"`` or ``"en"``.
        """
        return f"{self.nama if lang == 'id' else self.name}: {self.alasan if lang == 'id' else self.reason}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocked:
    """An indicator that could give more, and why the path cannot take it.

    Parameters
    ----------
    key
        Key of the indicator.
    nama, name
        Its name in Indonesian and in English.
    points
        What it could give beyond what is in reach, in points, exactly.
    alasan, reason
        What is in the way, in Indonesian and in English.
    """

    key: str
    nama: str
    name: str
    points: Fraction
    alasan: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """What a path promises, besides its steps.

    Parameters
    ----------
    standard, target
        Id of the scheme, and what was asked for.
    needed
        The lowest exact score, on the scale of the scheme, that reaches the target once it
        is rounded.
    score_before, score_after
        The exact score before and after; what is not known counts at its least.
    published_after
        `score_after`, rounded as the scheme rounds.
    code_after, zone_after
        The band that it falls into, and its colour; None where there is none.
    reachable
        Whether the target can be reached at all, or within the budget.
    best
        The highest exact score within reach, whatever it costs.
    best_in_budget
        The highest exact score within the budget; None without one.
    cheapest_cost
        What the target costs, where only the budget is in the way; else None.
    blocked
        What could give more and cannot be taken.
    unknown
        Keys of the indicators that are not known, and so count at their least.
    method
        ``"exact"``, ``"milp"`` or ``"greedy"``, see `sipukat.compliance.path.cheapest`.
    proven
        Whether the cost is proven to be the least.
    bound
        No path costs less than this; equal to the cost where that is proven.
    findings
        What a reader must know: CMP830 to CMP849.
    options
        The options that were asked for, as plain data, so that it can be asked again.
    """

    standard: str
    target: str
    needed: Fraction
    score_before: Fraction
    score_after: Fraction
    published_after: Decimal
    code_after: str | None
    zone_after: str | None
    reachable: bool
    best: Fraction
    best_in_budget: Fraction | None
    cheapest_cost: Fraction | None
    blocked: tuple[Blocked, ...]
    unknown: tuple[str, ...]
    method: str
    proven: bool
    bound: Fraction | None
    findings: Findings
    options: Mapping[str, Any] = field(default_factory=dict, compare=False)


class Path(tuple[Step, ...]):  # noqa: SLOT001  what it promises lies beside the tuple
    """The steps to a target, in an order in which they can be taken, and what they promise.

    It is a tuple of `Step`, and empty where nothing is to be done or nothing can be
    (see `reachable`).

    Parameters
    ----------
    steps
        The steps, each after those that it waits for.
    promise
        What they amount to.
    """

    promise: Promise

    def __new__(cls, steps: Iterable[Step], promise: Promise) -> Path:  # noqa: D102, PYI034  see the class
        made = super().__new__(cls, tuple(steps))
        object.__setattr__(made, "promise", promise)
        return made

    def __reduce__(self) -> tuple[type[Path], tuple[tuple[Step, ...], Promise]]:
        return Path, (tuple(self), self.promise)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"a path does not change: {name} cannot be set")

    @property
    def cost(self) -> Fraction:
        """What all steps cost together, exactly."""
        return sum((step.cost for step in self), Fraction(0))

    @property
    def dearer(self) -> Fraction | None:
        """What the steps cost beyond what is proven to be needed; None where nothing is proven."""
        return None if self.promise.bound is None else self.cost - self.promise.bound

    @property
    def weeks(self) -> Fraction | None:
        """The weeks of all steps one after the other; None where one is not known."""
        known = [step.weeks for step in self if step.weeks is not None]
        return sum(known, Fraction(0)) if len(known) == len(self) else None

    @property
    def gain(self) -> Fraction:
        """The points of all steps together, exactly."""
        return self.promise.score_after - self.promise.score_before

    @property
    def reachable(self) -> bool:
        """Whether the target can be reached at all, or within the budget."""
        return self.promise.reachable

    @property
    def score_after(self) -> Fraction:
        """The exact score after all steps."""
        return self.promise.score_after

    @property
    def published_after(self) -> Decimal:
        """The score after all steps, rounded as the scheme rounds."""
        return self.promise.published_after

    @property
    def best(self) -> Fraction:
        """The highest exact score within reach, whatever it costs."""
        return self.promise.best

    @property
    def blocked(self) -> tuple[Blocked, ...]:
        """What could give more and cannot be taken."""
        return self.promise.blocked

    @property
    def unknown(self) -> tuple[str, ...]:
        """Keys of the indicators that are not known, and so count at their least."""
        return self.promise.unknown

    @property
    def findings(self) -> Findings:
        """What a reader must know."""
        return self.promise.findings

    def to_frame(self) -> pd.DataFrame:
        """Return one row a step; `score` is the score after it, `gain` and `score` as floats.

        Notes
        -----
        Columns ``key nama name before after enough gain cost weeks score alasan reason``.
        """
        import pandas as pd

        rows, score = [], self.promise.score_before
        for step in self:
            score += step.gain
            weeks = float(step.weeks) if step.weeks is not None else float("nan")
            names, values = (step.key, step.nama, step.name), (step.before, step.after, step.enough)
            numbers = (float(step.gain), float(step.cost), weeks, float(score))
            rows.append((*names, *values, *numbers, step.alasan, step.reason))
        return pd.DataFrame(rows, columns=_COLUMNS)

    def to_dict(self) -> dict[str, Any]:
        """Return the path as plain, versioned data; exact numbers are texts such as ``"303/1250"``."""
        promise = {
            each.name: _plain(getattr(self.promise, each.name))
            for each in fields(self.promise)
            if each.name not in {"blocked", "findings", "options"}
        }
        return {
            "format": FORMAT,
            **promise,
            "cost": str(self.cost),
            "weeks": _plain(self.weeks),
            "steps": [_row(step) for step in self],
            "blocked": [_row(row) for row in self.promise.blocked],
            "findings": self.promise.findings.to_records(),
        }

    def sentence(self, lang: Lang = "id") -> str:
        """Say what the path is and what it promises, in plain words.

        Parameters
        ----------
        lang
            ``"id"`` or ``"en"``.
        """
        told = self.promise
        now, after = number(told.score_before, lang=lang), number(told.published_after, lang=lang)
        if not told.reachable:
            best = number(told.best if told.best_in_budget is None else told.best_in_budget, lang=lang)
            if lang == "id":
                return f"{told.target} tidak tercapai: dari {now} paling tinggi {best}."
            return f"{told.target} is out of reach: from {now} at most {best}."
        if not self:
            if lang == "id":
                return f"{told.target} sudah tercapai dengan nilai {now}."
            return f"{told.target} is reached already, with a score of {now}."
        names = listing([step.nama if lang == "id" else step.name for step in self], lang=lang)
        cost = _short(self.cost, lang)
        proof = {True: (" paling murah", " cheapest"), False: ("", "")}[told.proven][lang == "en"]
        if lang == "id":
            return (
                f"Langkah{proof} menuju {told.target}: {names}; nilai naik dari {now} "
                f"menjadi {after}, biaya {cost}."
            )
        return (
            f"The{proof} steps to {told.target}: {names}; the score rises from {now} "
            f"to {after}, at a cost of {cost}."
        )

    def __repr__(self) -> str:
        keys = ", ".join(step.key for step in self)
        told = self.promise
        state = "" if told.reachable else ", out of reach"
        return f"Path([{keys}], to {told.target}: {told.published_after}, cost {self.cost}{state})"


def _short(value: Fraction, lang: Lang) -> str:
    return number(value, 0 if value.denominator == 1 else 2, lang=lang)


def _row(record: Step | Blocked) -> dict[str, Any]:
    return {each.name: _plain(getattr(record, each.name)) for each in fields(record)}


def _plain(value: object) -> object:
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, tuple):
        return list(value)
    return str(value)
