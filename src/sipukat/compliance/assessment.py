"""The score of an office under one scheme: what it is called, what it is made of, how sure it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sipukat._html import panel, paragraph, table
from sipukat._text import Lang, number

if TYPE_CHECKING:
    from decimal import Decimal
    from fractions import Fraction

    import pandas as pd

    from sipukat.compliance.classify import Verdict
    from sipukat.compliance.contributions import Contribution
    from sipukat.compliance.evidence import Evidence
    from sipukat.compliance.steps import Path
    from sipukat.compliance.tree import Tree
    from sipukat.findings import Findings
    from sipukat.standards.compliance_model import ComplianceStandard
    from sipukat.standards.compliance_parts import ScoreBand, Zone

FORMAT: Final = "urn:sipukat:assessment:1"
_COLUMNS: Final = (
    "key nama name share assumed value points lowest highest possible source place confidence".split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """What an office scores under one scheme.

    Parameters
    ----------
    standard
        The scheme.
    tree
        Its indicators.
    evidence
        What the score rests on.
    verdict
        What the score is called; None while it is not known.
    lowest, highest
        What the office scores at least and at most, whatever the unknown indicators turn
        out to be; both are `verdict` where all is known.
    contributions
        What each indicator gives, one row a leaf; they add up exactly.
    findings
        What a reader must know: CMP800 to CMP819.
    unknown
        Keys of the indicators that are not known.

    Examples
    --------
    >>> from sipukat.compliance.scoring import score
    >>> known = {"input.kompetensi": 70, "input.sarana_prasarana": 50, "proses.standar_pelayanan": 60}
    >>> part = score(known, standard="ombudsman-2022")
    >>> part.score is None, part.lowest.score, part.highest.score, part.zone is None
    (True, Decimal('32.53'), Decimal('78.31'), True)
    """

    standard: ComplianceStandard
    tree: Tree
    evidence: Evidence
    verdict: Verdict | None
    lowest: Verdict
    highest: Verdict
    contributions: tuple[Contribution, ...]
    findings: Findings
    unknown: tuple[str, ...]

    @property
    def score(self) -> Fraction | None:
        """The exact score, on the scale of the scheme; None while it is not known."""
        return self.verdict.exact if self.verdict else None

    @property
    def published(self) -> Decimal | None:
        """The score rounded as the scheme does; None while it is not known."""
        return self.verdict.score if self.verdict else None

    @property
    def band(self) -> ScoreBand | None:
        """The band of the score; None while the score, and so its band, is not known.

        Where every possible score lies in one band, it is that band.
        """
        return self.lowest.band if self.lowest.band == self.highest.band else None

    @property
    def code(self) -> str | None:
        """The code of the band, e.g. ``"B"``; None where it is not sure."""
        return self.band.code if self.band else None

    @property
    def label(self) -> str | None:
        """What the band is called, in Indonesian; None where it is not sure."""
        return self.band.label if self.band else None

    @property
    def zone(self) -> Zone | None:
        """The colour; None where the scheme has none, or where it is not sure.

        Where every possible score has one colour, it is that colour.
        """
        return self.lowest.zone if self.lowest.zone == self.highest.zone else None

    @property
    def opini(self) -> str | None:
        """What the opinion calls it; None where it is not sure."""
        return self.lowest.opini if self.lowest.opini == self.highest.opini else None

    @property
    def unit(self) -> str:
        """Name of the office, from the evidence."""
        return self.evidence.unit

    def contribution(self, key: str) -> Contribution:
        """Return what one indicator gives.

        Raises
        ------
        UnknownNameError
            If there is none of that key.
        """
        self.tree.leaf(key)
        return next(row for row in self.contributions if row.key == key)

    def path_to(self, target: str | Decimal, **options: Any) -> Path:
        """Return the provably cheapest improvements after which the score reaches a target.

        Parameters
        ----------
        target
            A zone (``"hijau"``), the code of a band (``"A"``), or a least score.
        **options
            Costs, times, what is not feasible, dependencies: as in
            `sipukat.compliance.path.cheapest`.

        Raises
        ------
        ArgumentError
            If the target is none of the scheme, or an option makes no sense.
        UnknownNameError
            If an option is about an indicator that the scheme does not have.
        """
        from sipukat.compliance.path import cheapest  # SciPy comes with it

        return cheapest(self.tree, self.evidence, self.standard, target, **options)

    def to_frame(self) -> pd.DataFrame:
        """Return one row an indicator; shares and points as floats.

        Notes
        -----
        Columns ``key nama name share assumed value points lowest highest possible source
        place confidence``.
        """
        import pandas as pd

        columns: dict[str, list[Any]] = {
            name: [getattr(row, name) for row in self.contributions] for name in _COLUMNS
        }
        for name in ("share", "points", "lowest", "highest", "possible"):
            columns[name] = [float("nan") if exact is None else float(exact) for exact in columns[name]]
        return pd.DataFrame(columns)

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain, versioned data; exact numbers are texts such as ``"4181/50"``."""
        return {
            "format": FORMAT,
            "standard": self.standard.id,
            "standard_confidence": self.standard.confidence,
            "unit": self.evidence.unit,
            "product": self.evidence.product,
            "score": str(self.published) if self.verdict else None,
            "exact": str(self.score) if self.verdict else None,
            "code": self.code,
            "label": self.label,
            "zone": self.zone,
            "opini": self.opini or None,
            "lowest": self.lowest.to_dict(),
            "highest": self.highest.to_dict(),
            "unknown": list(self.unknown),
            "contributions": [row.to_dict() for row in self.contributions],
            "findings": self.findings.to_records(),
        }

    def sentence(self, lang: Lang = "id") -> str:
        """Say the score in plain words, with what it lacks.

        Parameters
        ----------
        lang
            ``"id"`` or ``"en"``.
        """
        unit = f"{self.unit}: " if self.unit else ""
        if self.verdict:
            return unit + self.verdict.sentence(lang)
        low, high = (number(verdict.score, lang=lang) for verdict in (self.lowest, self.highest))
        least, most = (_called(verdict, lang) for verdict in (self.lowest, self.highest))
        n, every = len(self.unknown), len(self.contributions)
        if lang == "id":
            span = least if least == most else f"{least} sampai {most}"
            return (
                f"{unit}Nilai menurut {self.standard.id} antara {low} dan {high} ({span}): "
                f"{n} dari {every} indikator belum diketahui."
            )
        span = least if least == most else f"{least} to {most}"
        return (
            f"{unit}The score under {self.standard.id} lies between {low} and {high} ({span}): "
            f"{n} of {every} indicators are not known."
        )

    def __repr__(self) -> str:
        if self.verdict:
            told = f"{self.published} {self.code}"
        else:
            told = f"{self.lowest.score} to {self.highest.score}"
        unit = f"{self.unit}, " if self.unit else ""
        return f"Assessment({unit}{self.standard.id}: {told}, zone {self.zone}, {len(self.unknown)} unknown)"

    def _repr_html_(self) -> str:
        rows = [
            [f"{row.nama}{'*' if row.assumed else ''}", number(row.points), number(row.possible)]
            for row in self.contributions
        ]
        assumed = any(row.assumed for row in self.contributions)
        note = paragraph("* bobot asumsi") if assumed else ""
        heads = ["indikator", "poin", "paling tinggi"]
        caption = f"Nilai tiap indikator menurut {self.standard.id}"
        body = table(caption, heads, rows, more="indikator", numeric=(1, 2))
        return panel(paragraph(self.sentence(), strong=True), body, note)


def _called(verdict: Verdict, lang: Lang) -> str:
    if verdict.zone:
        return verdict.code if verdict.code.casefold() == verdict.zone else f"{verdict.code} {verdict.zone}"
    return verdict.label if lang == "id" else verdict.band.label_english
