"""What `reliability` found, as records."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from sipukat._text import Lang, number

if TYPE_CHECKING:
    import pandas as pd

    from sipukat.findings import Findings

FORMAT: Final = "urn:sipukat:reliability:1"

_SENTENCES: Final[dict[Lang, dict[str, str]]] = {
    "id": {
        "alpha": "Keandalan {k} unsur menurut {used} lembar lengkap: alfa Cronbach {alpha} "
        "(selang {level} %: {low} sampai {high})",
        "omega": ", omega McDonald {omega} ({low} sampai {high})",
        "end": ". Makin dekat ke 1, makin searah jawaban antarunsur; itu belum berarti pertanyaannya benar.",
    },
    "en": {
        "alpha": "Reliability of {k} unsur by {used} complete forms: Cronbach's alpha {alpha} "
        "({level}% interval {low} to {high})",
        "omega": ", McDonald's omega {omega} ({low} to {high})",
        "end": ". The nearer to 1, the more the unsur agree; it does not say that the questions are right.",
    },
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class UnsurReliability:
    """What one unsur adds to the sum of all.

    Parameters
    ----------
    unsur, nama
        Its key and Indonesian name.
    mean, sd
        Of its scores, among complete respondents.
    item_rest
        Correlation with the sum of the other unsur (corrected item-total), -1 to 1.
    item_rest_low, item_rest_high
        Its confidence interval (Fisher's z); NaN with 3 effective respondents or fewer.
    alpha_dropped
        Cronbach's alpha without this unsur; NaN where one alone is left.
    alpha_dropped_low, alpha_dropped_high
        Its confidence interval (Feldt).
    loading
        Correlation with the one factor behind all; NaN where none was fitted.
    """

    unsur: str
    nama: str
    mean: float
    sd: float
    item_rest: float
    item_rest_low: float
    item_rest_high: float
    alpha_dropped: float
    alpha_dropped_low: float
    alpha_dropped_high: float
    loading: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Reliability:
    """Reliability of the sum of all unsur; made by `sipukat.ikm.reliability`.

    Parameters
    ----------
    n, used
        Respondents, and those who answered every unsur: all numbers are theirs.
    effective_n
        What `used` is worth under the design and with the tails of the answers; all
        intervals stand on it.
    alpha, alpha_low, alpha_high
        Cronbach's alpha of the scores, 1 at most, and its interval.
    alpha_standardized
        The same of standard scores, from the mean correlation.
    omega, omega_low, omega_high
        McDonald's omega total of the scores and its interval; NaN where one factor could
        not be fitted.
    omega_standardized
        Omega total of standard scores, over their observed variance (that of R's
        ``psych::omega``).
    items
        One record an unsur that varies, in the order of the survey.
    confidence_level
        Of every interval, between 0 and 1.
    findings
        What was left out.
    """

    n: int
    used: int
    effective_n: float
    alpha: float
    alpha_low: float
    alpha_high: float
    alpha_standardized: float
    omega: float
    omega_low: float
    omega_high: float
    omega_standardized: float
    items: tuple[UnsurReliability, ...]
    confidence_level: float
    findings: Findings

    def to_frame(self) -> pd.DataFrame:
        """Return one row an unsur; columns as in `sipukat.ikm.UnsurReliability`."""
        import pandas as pd

        names = [f.name for f in fields(UnsurReliability)]
        return pd.DataFrame([[getattr(item, name) for name in names] for item in self.items], columns=names)

    def to_dict(self) -> dict[str, Any]:
        """Return plain, versioned data; what could not be said as None."""
        held = {f.name: _plain(getattr(self, f.name)) for f in fields(self)}
        items = [{f.name: _plain(getattr(item, f.name)) for f in fields(item)} for item in self.items]
        return {"format": FORMAT, **held, "items": items, "findings": self.findings.to_records()}

    def sentence(self, lang: Lang = "id") -> str:
        """Say how reliable the sum is, and what that does not mean."""
        words = _SENTENCES[lang]

        def shown(value: float) -> str:
            return number(value, 3, lang=lang)

        out = words["alpha"].format(
            k=len(self.items),
            used=number(self.used, 0, lang=lang),
            alpha=shown(self.alpha),
            level=f"{100 * self.confidence_level:g}".replace(".", "," if lang == "id" else "."),
            low=shown(self.alpha_low),
            high=shown(self.alpha_high),
        )
        if np.isfinite(self.omega):
            out += words["omega"].format(
                omega=shown(self.omega), low=shown(self.omega_low), high=shown(self.omega_high)
            )
        return out + words["end"]

    def __repr__(self) -> str:
        return f"<Reliability: alpha {self.alpha:.3f}, omega {self.omega:.3f}, n = {self.used} of {self.n}>"


def _plain(value: Any) -> Any:
    return None if isinstance(value, float) and not np.isfinite(value) else value
