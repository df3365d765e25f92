"""The difference of two indices, ready for tables, JSON and a plain sentence."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, Literal

import numpy as np

from sipukat._text import number
from sipukat.errors import EstimationError
from sipukat.ikm.comparing.contrasts import UnsurDifference
from sipukat.ikm.comparing.t_tests import detectable
from sipukat.ikm.ranks.pairwise import plain_name, shown_level
from sipukat.ikm.remarks import label

if TYPE_CHECKING:
    import pandas as pd

    from sipukat._text import Lang
    from sipukat.findings import Findings

FORMAT: Final = "urn:sipukat:comparison:1"

Samples = Literal["independent", "same_design", "paired", "overlapping"]

_WORDS: Final[dict[Lang, dict[str, str]]] = {
    "id": {
        "rose": "IKM naik {size} poin{interval}, dari {a} menjadi {b}; {verdict}",
        "fell": "IKM turun {size} poin{interval}, dari {a} menjadi {b}; {verdict}",
        "moved": "IKM berselisih {signed} poin{interval}, dari {a} menjadi {b}; {verdict}",
        "higher": "IKM {name_b} lebih tinggi {size} poin daripada {name_a}{interval}: {b} dan {a}; {verdict}",
        "lower": "IKM {name_b} lebih rendah {size} poin daripada {name_a}{interval}: {b} dan {a}; {verdict}",
        "apart": "IKM {name_b} berselisih {signed} poin dari {name_a}{interval}: {b} dan {a}; {verdict}",
        "interval": " ({level} %: {low} sampai {high})",
        "rise": "kenaikan ini lebih besar daripada galat penarikan sampel.",
        "fall": "penurunan ini lebih besar daripada galat penarikan sampel.",
        "gap": "perbedaan ini lebih besar daripada galat penarikan sampel.",
        "unclear": "naik atau turunnya tidak dapat dibedakan dari galat penarikan sampel.",
        "alike": "keduanya tidak dapat dibedakan di atas galat penarikan sampel.",
        "above": "selisih ini lebih besar daripada batas {null} poin, di luar galat penarikan sampel.",
        "below": "selisih ini lebih kecil daripada batas {null} poin, di luar galat penarikan sampel.",
        "at": "selisih ini tidak dapat dibedakan dari batas {null} poin.",
        "certain": "semua orang ditanya (sensus), jadi tidak ada galat penarikan sampel.",
        "needed": " Survei sebesar ini baru dapat membedakan selisih sekitar {detectable} poin; "
        "empat kali responden membagi dua angka itu.",
        "letter": " Berubahnya huruf mutu dari {mutu_a} ke {mutu_b} karena itu belum membuktikan perubahan.",
        "letters": " Berbedanya huruf mutu ({mutu_a} dan {mutu_b}) karena itu belum membuktikan perbedaan.",
    },
    "en": {
        "rose": "The IKM rose by {size} points{interval}, from {a} to {b}; {verdict}",
        "fell": "The IKM fell by {size} points{interval}, from {a} to {b}; {verdict}",
        "moved": "The IKM moved by {signed} points{interval}, from {a} to {b}; {verdict}",
        "higher": "{name_b} is {size} points above {name_a} in the IKM{interval}: {b} and {a}; {verdict}",
        "lower": "{name_b} is {size} points below {name_a} in the IKM{interval}: {b} and {a}; {verdict}",
        "apart": "{name_b} is {signed} points from {name_a} in the IKM{interval}: {b} and {a}; {verdict}",
        "interval": " ({level}%: {low} to {high})",
        "rise": "the rise exceeds sampling error.",
        "fall": "the fall exceeds sampling error.",
        "gap": "the difference exceeds sampling error.",
        "unclear": "whether it rose or fell cannot be told from sampling error.",
        "alike": "the two cannot be told apart beyond sampling error.",
        "above": "that is above the bound of {null} points, beyond sampling error.",
        "below": "that is below the bound of {null} points, beyond sampling error.",
        "at": "that cannot be told from the bound of {null} points.",
        "certain": "everyone was asked (a census), so there is no sampling error.",
        "needed": " A survey of this size tells a difference of about {detectable} points; "
        "four times the respondents halve that.",
        "letter": " That the letter went from {mutu_a} to {mutu_b} is therefore no proof of a change.",
        "letters": " That the letters differ ({mutu_a} and {mutu_b}) is therefore no proof of a difference.",
    },
}


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Comparison:
    """The difference of two indices, **b minus a**; made by `sipukat.ikm.compare`.

    Parameters
    ----------
    samples
        ``"independent"``; ``"same_design"`` (groups of one survey); ``"paired"`` (everyone
        asked both times) or ``"overlapping"`` (some asked both times).
    names
        Names of the two sides, where they are groups of one survey; else ``("a", "b")``.
    difference
        ``b - a`` in points, unrounded.
    published
        The same from the two published numbers, so that a reader can redo it.
    se, df, t, p, low, high
        Standard error, degrees of freedom, statistic against `null`, two-sided p-value and
        confidence interval of `difference`.
    null
        The difference that is tested against, in points.
    confidence_level
        That of the interval, and of saying that something differs: between 0 and 1.
    n_a, n_b, ikm_a, ikm_b, published_a, published_b, mutu_a, mutu_b
        Respondents that count, index, published index and letter of each side.
    unsur_differences
        One record an unsur that both sides have; empty where they cannot be compared.
    unsur_refusal
        Why not; empty where they can.
    findings
        What a reader must know.
    """

    samples: Samples
    names: tuple[object, object]
    difference: float
    published: Decimal
    se: float
    df: float
    t: float
    p: float
    low: float
    high: float
    null: float
    confidence_level: float
    n_a: int
    n_b: int
    ikm_a: float
    ikm_b: float
    published_a: Decimal
    published_b: Decimal
    mutu_a: str | None
    mutu_b: str | None
    unsur_differences: tuple[UnsurDifference, ...]
    unsur_refusal: str
    findings: Findings

    @property
    def differs(self) -> bool:
        """Whether the difference is beyond chance at the confidence level.

        False does not say that nothing changed: it may be that too few were asked.
        """
        return self.p < 1 - self.confidence_level

    @property
    def detectable(self) -> float:
        """The true difference, in points, that such a survey tells from nothing 4 times in 5."""
        return detectable(self.se, self.df, self.confidence_level)

    @property
    def unsur(self) -> pd.DataFrame:
        """One row an unsur: ``unsur nrr_a nrr_b difference se low high df t p p_holm``.

        Raises
        ------
        EstimationError
            If the unsur are not surely the same questions: then nothing is guessed.
        """
        import pandas as pd

        if self.unsur_refusal:
            raise EstimationError(self.unsur_refusal)
        names = list(UnsurDifference.__dataclass_fields__)
        rows = [[getattr(row, name) for name in names] for row in self.unsur_differences]
        return pd.DataFrame(rows, columns=names)

    def to_frame(self) -> pd.DataFrame:
        """Return one row: every number of the comparison."""
        import pandas as pd

        held = self._record()
        return pd.DataFrame([held | {"published": self.published, "a": self.names[0], "b": self.names[1]}])

    def _record(self) -> dict[str, Any]:
        names = (
            "samples difference se df t p low high null confidence_level detectable "
            "n_a n_b ikm_a ikm_b published_a published_b mutu_a mutu_b"
        )
        return {name: getattr(self, name) for name in names.split()}

    def to_dict(self) -> dict[str, Any]:
        """Return the comparison as plain, versioned data; published numbers as text."""
        shown = {name: str(getattr(self, name)) for name in ("published", "published_a", "published_b")}
        rows = [
            {name: plain_value(getattr(row, name)) for name in UnsurDifference.__dataclass_fields__}
            for row in self.unsur_differences
        ]
        return {
            "format": FORMAT,
            "names": [plain_name(name) for name in self.names],
            **{name: plain_value(value) for name, value in self._record().items()},
            **shown,
            "unsur": rows,
            "unsur_refusal": self.unsur_refusal,
            "findings": self.findings.to_records(),
        }

    def sentence(self, lang: Lang = "id") -> str:
        """Say in plain words what was found, and never that nothing changed."""
        return _sentence(self, lang)

    def __repr__(self) -> str:
        return (
            f"<Comparison {self.samples}: b - a = {number(self.difference, lang='en')} "
            f"({number(self.low, lang='en')} to {number(self.high, lang='en')}), p = {self.p:.3g}>"
        )


def _sentence(c: Comparison, lang: Lang) -> str:
    """Say what a comparison found; a p-value above the level is never called "no change"."""
    words = _WORDS[lang]
    groups = c.samples == "same_design"
    verdict, clear = _verdict(c, groups=groups)
    if clear and c.published:
        up, down = ("higher", "lower") if groups else ("rose", "fell")
        frame = up if c.published > 0 else down
    else:
        frame = "apart" if groups else "moved"
    interval = ""
    if c.se > 0:
        interval = words["interval"].format(
            level=shown_level(c.confidence_level, lang),
            low=number(c.low, lang=lang),
            high=number(c.high, lang=lang),
        )
    text = words[frame].format(
        size=number(abs(c.published), lang=lang),
        signed=number(c.published, lang=lang),
        interval=interval,
        a=shown_index(c.published_a, c.mutu_a, lang),
        b=shown_index(c.published_b, c.mutu_b, lang),
        name_a=label(c.names[0]),
        name_b=label(c.names[1]),
        verdict=words[verdict].format(null=number(c.null, lang=lang)),
    )
    if not clear:
        text += words["needed"].format(detectable=number(c.detectable, 1, lang=lang))
        if c.null == 0 and c.mutu_a != c.mutu_b and None not in (c.mutu_a, c.mutu_b):
            text += words["letters" if groups else "letter"].format(mutu_a=c.mutu_a, mutu_b=c.mutu_b)
    return text


def _verdict(c: Comparison, *, groups: bool) -> tuple[str, bool]:
    if c.se == 0:
        return "certain", True
    if c.null != 0:
        return (("above" if c.t > 0 else "below") if c.differs else "at"), c.differs
    if not c.differs:
        return ("alike" if groups else "unclear"), False
    return ("gap" if groups else "rise" if c.t > 0 else "fall"), True


def shown_index(published: Decimal | None, mutu: str | None, lang: Lang) -> str:
    """Return a published index with its letter.

    Examples
    --------
    >>> from decimal import Decimal
    >>> shown_index(Decimal("76.61"), "B", "id")
    '76,61 (B)'
    """
    text = number(published, lang=lang)
    return text if mutu is None else f"{text} ({mutu})"


def plain_value(value: Any) -> Any:
    """Return a value for JSON: None for a number that is not finite, text for a decimal.

    Examples
    --------
    >>> plain_value(float("nan")), plain_value(Decimal("76.61")), plain_value("B")
    (None, '76.61', 'B')
    """
    if isinstance(value, Decimal):
        return str(value)
    return None if isinstance(value, float) and not np.isfinite(value) else value
