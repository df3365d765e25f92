"""How respondents were drawn: weights, strata, primary units, population."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Self

from pydantic import Field, field_validator, model_validator

from sipukat._model import Record
from sipukat.errors import DesignError


class Design(Record):
    """A one-stage sampling design, by the names of the columns that tell it.

    Parameters
    ----------
    weight
        Column of sampling weights (how many people of the population a respondent
        stands for), finite and above 0. Never frequencies.
    stratum
        Column, or columns, that the sample was drawn within.
    psu
        Column of the primary sampling unit, e.g. unit and day, when respondents were
        met in clusters. Ids are taken within their stratum.
    population
        How many units could have been drawn: one number for the whole, a mapping from
        stratum to number, or a column that holds the number of its stratum. Given, the
        finite population correction is applied: the index then speaks only of those
        served in the period, not of the service. Counts people, or PSUs where `psu` is
        given.

    Notes
    -----
    Without any argument: simple random sampling from a large population.

    References
    ----------
    Särndal, Swensson & Wretman (1992), Model Assisted Survey Sampling, ch. 3-5.

    Examples
    --------
    >>> Design(weight="bobot", stratum="unit").columns
    ('bobot', 'unit')
    """

    weight: str | None = None
    stratum: str | tuple[str, ...] | None = None
    psu: str | None = None
    population: str | int | Mapping[str, int] | None = Field(default=None)

    @field_validator("population")
    @classmethod
    def _positive(cls, value: str | int | Mapping[str, int] | None) -> str | int | Mapping[str, int] | None:
        sizes = value.values() if isinstance(value, Mapping) else [value]
        for size in sizes:
            if isinstance(size, bool) or (isinstance(size, int) and size < 1):
                raise ValueError(f"population must be a whole number of 1 or more, got {size!r}")
        return value

    @model_validator(mode="after")
    def _strata_for_mapping(self) -> Self:
        if isinstance(self.population, Mapping) and not self.strata:
            raise ValueError("population by stratum needs stratum= to name its column")
        return self

    @property
    def strata(self) -> tuple[str, ...]:
        """The stratum columns, none, one or more."""
        if self.stratum is None:
            return ()
        return (self.stratum,) if isinstance(self.stratum, str) else self.stratum

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column the design reads."""
        population = (self.population,) if isinstance(self.population, str) else ()
        named = (self.weight, *self.strata, self.psu, *population)
        return tuple(dict.fromkeys(name for name in named if name is not None))

    def size_of(self, stratum: tuple[object, ...]) -> float:
        """Return the population of one stratum, infinity where none was given.

        Raises
        ------
        DesignError
            If the population is given by stratum and this one is not in it.
        """
        if self.population is None or isinstance(self.population, str):
            return float("inf")
        if isinstance(self.population, int):
            return float(self.population)
        name = " / ".join(map(str, stratum))
        if name not in self.population:
            known = ", ".join(self.population)
            raise DesignError(f"population names no stratum {name!r}; it names: {known}")
        return float(self.population[name])
