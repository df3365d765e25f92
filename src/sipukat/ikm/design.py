"""How respondents were drawn: weights, strata, primary units, population."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal, Self

from pydantic import Field, field_validator, model_validator

from sipukat._model import Record
from sipukat._validation import must_be
from sipukat.errors import DesignError

LonelyPsu = Literal["fail", "certainty", "adjust", "average"]
ReplicateMethod = Literal["JK1", "JKn", "BRR", "Fay", "bootstrap"]
_EACH: Final = ("JKn",)


class Calibration(Record):
    """To which known totals the weights were fitted, so that the variance knows it too.

    Made by `sipukat.ikm.post_stratify`, `rake` and `calibrate`.

    Parameters
    ----------
    base
        Column of the weights before the fit; None where every respondent had the same.
    margins
        Columns, or crossed columns, whose categories were fitted: one tuple a margin.
    totals
        Numeric columns whose totals were fitted; the number of people is always among what
        was fitted.

    References
    ----------
    Deville & Särndal (1992), Calibration estimators in survey sampling, JASA 87.
    """

    base: str | None = None
    margins: tuple[tuple[str, ...], ...] = ()
    totals: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column it reads."""
        base = () if self.base is None else (self.base,)
        return tuple(dict.fromkeys((*base, *(c for margin in self.margins for c in margin), *self.totals)))


class ReplicateWeights(Record):
    """Columns of replicate weights, and how their spread becomes a variance.

    ``variance = scale * sum(rscales * (estimate of the replicate - centre)^2)``.

    Parameters
    ----------
    columns
        The columns, one a replicate, each the full analysis weight of that replicate.
    method
        ``"JK1"``, ``"JKn"``, ``"BRR"``, ``"Fay"`` or ``"bootstrap"``.
    scale
        By default that of the method for R replicates: (R - 1) / R for JK1, 1 for JKn,
        1 / R for BRR, 1 / (R (1 - rho)^2) for Fay, 1 / (R - 1) for the bootstrap.
    rscales
        A factor a replicate; needed by JKn, (n_h - 1) / n_h of its stratum; 1 elsewhere.
    rho
        Fay's factor, from 0 up to 1.
    mse
        Whether the centre is the full estimate instead of the mean of the replicates.

    References
    ----------
    Wolter (2007), Introduction to Variance Estimation, 2nd ed.; Rao, Wu & Yue (1992), Some
    recent work on resampling methods for complex surveys, Survey Methodology 18(2).
    """

    columns: tuple[str, ...] = Field(min_length=2)
    method: ReplicateMethod
    scale: float | None = Field(default=None, gt=0, allow_inf_nan=False)
    rscales: tuple[float, ...] | None = None
    rho: float = Field(default=0.0, ge=0, lt=1)
    mse: bool = False

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.rscales is None:
            if self.method in _EACH:
                raise ValueError("JKn needs rscales=, (n_h - 1) / n_h of the stratum of each replicate")
        elif len(self.rscales) != len(self.columns):
            raise ValueError(f"rscales has {len(self.rscales)} factors for {len(self.columns)} replicates")
        elif not all(0 <= r < float("inf") for r in self.rscales):
            raise ValueError("rscales must be finite and not negative")
        if self.rho and self.method != "Fay":
            raise ValueError(f"rho belongs to the method Fay, not to {self.method}")
        if len(set(self.columns)) != len(self.columns):
            raise ValueError("a column of replicate weights is named twice")
        return self

    @property
    def factors(self) -> tuple[float, ...]:
        """What the squared deviation of each replicate is multiplied by."""
        count = len(self.columns)
        usual = {
            "JK1": (count - 1) / count,
            "JKn": 1.0,
            "BRR": 1 / count,
            "Fay": 1 / (count * (1 - self.rho) ** 2),
            "bootstrap": 1 / (count - 1),
        }
        scale = usual[self.method] if self.scale is None else self.scale
        return tuple(scale * r for r in (self.rscales or (1.0,) * count))


class Design(Record):
    """How respondents were drawn, by the names of the columns that tell it.

    Parameters
    ----------
    weight
        Column of sampling weights (how many people of the population a respondent
        stands for), finite and above 0. Never frequencies. Without PSUs, standard errors
        keep nine digits while the weights of a group differ by less than 10,000 times.
    stratum
        Column, or columns, that the sample was drawn within.
    psu
        Column of the primary sampling unit, e.g. unit and day, when respondents were
        met in clusters. Ids are taken within their stratum.
    ssu
        Column of the second stage's unit within its PSU; respondents, where only
        `ssu_population` is given.
    population
        How many units could have been drawn: one number for the whole, a mapping from
        stratum to number, or a column that holds the number of its stratum. Given, the
        finite population correction is applied: the index then speaks only of those
        served in the period, not of the service. Counts people, or PSUs where `psu` is
        given.
    ssu_population
        Column that holds how many second-stage units each PSU has, or one number for all.
        Given, the variance has a second term; without it the PSU is the ultimate cluster.
    lonely_psu
        What a stratum with one sampled unit adds to the variance. ``"fail"``: nothing can
        be said, and no group it touches has a standard error. ``"certainty"``: nothing, as
        if it had been taken with certainty. ``"adjust"``: its distance from the mean of
        all units (cautious). ``"average"``: what the other strata add on average.
    replicate_weights
        Replicate weights that came with the data; strata and PSUs are then theirs.
    calibration
        To which totals `weight` was fitted; set by the weighting functions.

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
    ssu: str | None = None
    ssu_population: str | int | None = None
    lonely_psu: LonelyPsu = "fail"
    replicate_weights: ReplicateWeights | None = None
    calibration: Calibration | None = None

    @field_validator("population", "ssu_population", mode="before")
    @classmethod
    def _positive(cls, value: object) -> object:
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

    @model_validator(mode="after")
    def _stages(self) -> Self:
        if self.ssu is not None and self.ssu_population is None:
            raise ValueError("ssu= needs ssu_population=; without it the PSU is the ultimate cluster")
        if self.ssu_population is not None and (self.psu is None or self.population is None):
            raise ValueError("a second stage needs psu= and the population= of PSUs: else it adds nothing")
        if self.calibration is not None and self.weight is None:
            raise ValueError("calibration= needs weight=, the column of the fitted weights")
        return self

    @model_validator(mode="after")
    def _replicated(self) -> Self:
        if self.replicate_weights is None:
            return self
        if self.weight is None:
            raise ValueError("replicate_weights= needs weight=, the column of the full-sample weights")
        others = ("stratum", "psu", "population", "ssu", "ssu_population", "calibration")
        told = [name for name in others if getattr(self, name) is not None]
        if told:
            raise ValueError(
                f"replicate weights already hold the design; leave out {', '.join(told)}, or the replicates"
            )
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
        sizes = [size for size in (self.population, self.ssu_population) if isinstance(size, str)]
        fitted = () if self.calibration is None else self.calibration.columns
        replicates = () if self.replicate_weights is None else self.replicate_weights.columns
        named = (self.weight, *self.strata, self.psu, self.ssu, *sizes, *fitted, *replicates)
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


def checked_design(design: Design | None) -> Design:
    """Return the design that was given, or that of a simple random sample.

    Raises
    ------
    ArgumentTypeError
        If it is no design.
    """
    if design is None:
        return Design()
    must_be(Design, design, "design", 'a Design, e.g. Design(weight="bobot", psu="desa")')
    return design
