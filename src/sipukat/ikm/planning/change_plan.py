"""What `sample_size_for_change` and `detectable_change` give."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sipukat._text import Lang, number

if TYPE_CHECKING:
    from sipukat.findings import Findings

FORMAT: Final = "urn:sipukat:change-plan:1"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangePlan:
    """Two surveys, the change between them, and the power to tell it apart.

    Parameters
    ----------
    points
        The change of the index, in points.
    n_a, n_b
        Respondents of the first and of the second survey.
    power
        Probability that a test of level ``1 - confidence_level`` finds such a rise.
    confidence_level
        Of the two-sided test, and of the interval of the difference: between 0 and 1.
    sd
        Standard deviation between respondents, in points.
    se
        Expected standard error of the difference, in points.
    df
        Degrees of freedom of the test, above 0.
    deff
        Design effect that was reckoned with, above 0; 1 for a simple random sample.
    paired_correlation
        Correlation of the two answers of a respondent who is asked twice; 0 for two
        independent samples.
    populations
        People served in each period; None without finite population correction.
    findings
        What a planner must know: IKM695, IKM696.

    Examples
    --------
    >>> from sipukat.ikm.planning.changes import sample_size_for_change
    >>> plan = sample_size_for_change(3, sd=12)
    >>> plan.n_a, plan.n_b, round(plan.power, 3)
    (253, 253, 0.801)
    """

    points: float
    n_a: int
    n_b: int
    power: float
    confidence_level: float
    sd: float
    se: float
    df: float
    deff: float
    paired_correlation: float
    populations: tuple[int, int] | None
    findings: Findings

    def to_dict(self) -> dict[str, Any]:
        """Return the plan as plain, versioned data.

        Examples
        --------
        >>> from sipukat.ikm.planning.changes import sample_size_for_change
        >>> sample_size_for_change(3, sd=12).to_dict()["n_a"]
        253
        """
        names = ("points", "n_a", "n_b", "power", "confidence_level", "sd", "se", "df", "deff")
        return {
            "format": FORMAT,
            **{name: getattr(self, name) for name in names},
            "paired_correlation": self.paired_correlation,
            "populations": None if self.populations is None else list(self.populations),
            "findings": self.findings.to_records(),
        }

    def sentence(self, lang: Lang = "id") -> str:
        """Say the plan in one sentence.

        Examples
        --------
        >>> from sipukat.ikm.planning.changes import sample_size_for_change
        >>> print(sample_size_for_change(3, sd=12).sentence())
        Dengan 253 responden pada survei pertama dan 253 pada survei kedua, perubahan sebesar 3,00 poin
        ditemukan dengan peluang 80 % (tingkat kepercayaan 95 %).
        """
        a, b = number(self.n_a, 0, lang=lang), number(self.n_b, 0, lang=lang)
        points, power = number(self.points, 2, lang=lang), number(100 * self.power, 0, lang=lang)
        level = number(100 * self.confidence_level, 0, lang=lang)
        if lang == "id":
            who = (
                f"Dengan {a} responden yang sama pada kedua survei"
                if self.paired_correlation
                else f"Dengan {a} responden pada survei pertama dan {b} pada survei kedua"
            )
            return (
                f"{who}, perubahan sebesar {points} poin ditemukan dengan peluang {power} % "
                f"(tingkat kepercayaan {level} %)."
            )
        who = (
            f"With the same {a} respondents in both surveys"
            if self.paired_correlation
            else f"With {a} respondents in the first survey and {b} in the second"
        )
        return (
            f"{who}, a change of {points} points is found with probability {power}% "
            f"(confidence level {level}%)."
        )
