"""Indices over many periods, ready for tables, JSON and a plain sentence."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

from sipukat._text import Lang, listing, number
from sipukat.ikm.comparing.compared import plain_value, shown_index
from sipukat.ikm.ranks.pairwise import shown_level

if TYPE_CHECKING:
    from decimal import Decimal

    import pandas as pd

    from sipukat.findings import Findings
    from sipukat.ikm.comparing.lines import ChangePoint, ChiSquare, Line

FORMAT: Final = "urn:sipukat:trend:1"

Spacing = Literal["year", "unit", "period"]

_WORDS: Final[dict[Lang, dict[str, str]]] = {
    "id": {
        "ends": "IKM {first} pada {start} dan {last} pada {end}.",
        "up": " Rata-rata naik {size} poin per {unit} ({level} %: {low} sampai {high}), "
        "lebih besar daripada galat penarikan sampel.",
        "down": " Rata-rata turun {size} poin per {unit} ({level} %: {low} sampai {high}), "
        "lebih besar daripada galat penarikan sampel.",
        "flat": " Arah umumnya tidak dapat dibedakan dari galat penarikan sampel "
        "({signed} poin per {unit}; {level} %: {low} sampai {high}).",
        "none": " Garis kecenderungan tidak dibuat; alasannya ada di temuan.",
        "misfit": " Angka tiap periode menyimpang dari garis lurus melebihi galat penarikan sampel; "
        "bila itu dihitung, selangnya {low} sampai {high}, dan arahnya {still}.",
        "still": "tetap jelas",
        "lost": "tidak lagi jelas",
        "differ": " Walau begitu, tidak semua periode sama di luar galat penarikan sampel.",
        "steps": " Perubahan antarperiode yang melebihi galat penarikan sampel: {steps}.",
        "rose": "{before} ke {after} naik {size}",
        "fell": "{before} ke {after} turun {size}",
        "point": " Catatan: beda terbesar terletak antara {before} dan {after} (rata-rata {mean_before} "
        "menjadi {mean_after}); sebabnya tidak terlihat dari angka, dan perubahan bertahap pun dapat "
        "tampak demikian.",
        "year": "tahun",
        "unit": "satuan",
        "period": "periode",
    },
    "en": {
        "ends": "The IKM was {first} in {start} and {last} in {end}.",
        "up": " It rose by {size} points a {unit} on average ({level}%: {low} to {high}), "
        "which exceeds sampling error.",
        "down": " It fell by {size} points a {unit} on average ({level}%: {low} to {high}), "
        "which exceeds sampling error.",
        "flat": " Its general direction cannot be told from sampling error "
        "({signed} points a {unit}; {level}%: {low} to {high}).",
        "none": " No line was drawn; the findings say why.",
        "misfit": " The periods lie off a straight line by more than sampling error; "
        "with that the interval is {low} to {high}, and the direction is {still}.",
        "still": "still clear",
        "lost": "no longer clear",
        "differ": " Even so, not all periods are equal beyond sampling error.",
        "steps": " Changes from one period to the next beyond sampling error: {steps}.",
        "rose": "{before} to {after} up {size}",
        "fell": "{before} to {after} down {size}",
        "point": " Note: the largest gap lies between {before} and {after} (mean {mean_before} to "
        "{mean_after}); the numbers do not show its cause, and a gradual change may look like this too.",
        "year": "year",
        "unit": "unit",
        "period": "period",
    },
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendRow:
    """One period.

    Parameters
    ----------
    period
        Its name.
    time
        Its place in time; years for dates.
    ikm, published
        The index in points (25 to 100), and as it is published.
    se, low, high
        Standard error that the tests stand on, and confidence interval: in points.
    mutu, n
        Letter, and respondents that count.
    change, change_se, change_df, change_p, change_p_holm
        Points since the period before, its standard error and degrees of freedom, p-value,
        and p-value adjusted for looking at all steps; NaN for the first.
    """

    period: object
    time: float
    ikm: float
    published: Decimal | None
    se: float
    low: float
    high: float
    mutu: str | None
    n: int
    change: float
    change_se: float
    change_df: float
    change_p: float
    change_p_holm: float


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Trend:
    """Indices over periods; made by `sipukat.ikm.trend`.

    Parameters
    ----------
    rows
        The periods that have an index with a known error, in order.
    spacing
        What a unit of time is: ``"year"`` and ``"unit"`` (of the numbers given) are real
        distances, ``"period"`` counts periods.
    line
        The line through them; None where none can be drawn.
    equal
        Test that all periods are equal; None likewise.
    change_point
        The split that differs most; None likewise.
    confidence_level
        That of all intervals, and of saying that something exceeds sampling error.
    findings
        Gaps, changes of the instrument, and what else a reader must know.
    """

    rows: tuple[TrendRow, ...]
    spacing: Spacing
    line: Line | None
    equal: ChiSquare | None
    change_point: ChangePoint | None
    confidence_level: float
    findings: Findings

    def __len__(self) -> int:
        return len(self.rows)

    def to_frame(self) -> pd.DataFrame:
        """Return one row a period.

        Columns: ``period time ikm published se low high mutu n change change_se change_df
        change_p change_p_holm``.
        """
        import pandas as pd

        names = list(TrendRow.__dataclass_fields__)
        return pd.DataFrame([[getattr(row, name) for name in names] for row in self.rows], columns=names)

    def to_dict(self) -> dict[str, Any]:
        """Return the trend as plain, versioned data; published numbers as text."""
        return {
            "format": FORMAT,
            "spacing": self.spacing,
            "confidence_level": self.confidence_level,
            "periods": [_plain(asdict(row)) for row in self.rows],
            "line": None if self.line is None else _plain(asdict(self.line)),
            "equal": None if self.equal is None else _plain(asdict(self.equal)),
            "change_point": None if self.change_point is None else _plain(asdict(self.change_point)),
            "findings": self.findings.to_records(),
        }

    def sentence(self, lang: Lang = "id") -> str:
        """Say in plain words where the index went, and how sure that is."""
        words = _WORDS[lang]
        first, last = self.rows[0], self.rows[-1]
        said = words["ends"].format(
            first=shown_index(first.published, first.mutu, lang),
            last=shown_index(last.published, last.mutu, lang),
            start=first.period,
            end=last.period,
        )
        said += words["none"] if self.line is None else self._direction(self.line, lang)
        steps = [
            words["rose" if row.change > 0 else "fell"].format(
                before=before.period, after=row.period, size=number(abs(row.change), lang=lang)
            )
            for before, row in zip(self.rows, self.rows[1:], strict=False)
            if row.change_p_holm < 1 - self.confidence_level
        ]
        if steps:
            said += words["steps"].format(steps=listing(steps, lang=lang))
        point = self.change_point
        if point is not None and point.noted:
            said += words["point"].format(
                before=point.before,
                after=point.after,
                mean_before=number(point.mean_before, lang=lang),
                mean_after=number(point.mean_after, lang=lang),
            )
        return said

    def _direction(self, line: Line, lang: Lang) -> str:
        words, alpha = _WORDS[lang], 1 - self.confidence_level
        clear = line.p < alpha
        said = words[("up" if line.slope > 0 else "down") if clear else "flat"].format(
            size=number(abs(line.slope), lang=lang),
            signed=number(line.slope, lang=lang),
            unit=words[self.spacing],
            level=shown_level(self.confidence_level, lang),
            low=number(line.low, lang=lang),
            high=number(line.high, lang=lang),
        )
        if clear and line.misfit.p < alpha:
            said += words["misfit"].format(
                low=number(line.inflated_low, lang=lang),
                high=number(line.inflated_high, lang=lang),
                still=words["still" if line.inflated_p < alpha else "lost"],
            )
        if not clear and self.equal is not None and self.equal.p < alpha:
            said += words["differ"]
        return said

    def __repr__(self) -> str:
        slope = "no line" if self.line is None else f"{self.line.slope:+.2f} a {self.spacing}"
        return f"<Trend {self.rows[0].period} to {self.rows[-1].period}: {len(self)} periods, {slope}>"


def _plain(held: dict[str, Any]) -> dict[str, Any]:
    """Return the fields of a record as plain data: periods as text unless numbers."""
    return {
        name: _plain(value)
        if isinstance(value, dict)
        else str(value)
        if name in {"period", "before", "after"} and not isinstance(value, int | float)
        else plain_value(value)
        for name, value in held.items()
    }
