"""The result of shrinking: estimates of a model, and the official index beside them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

from sipukat._text import Lang, number
from sipukat.errors import UnknownNameError
from sipukat.ikm.ranks.pairwise import plain_name, plain_number, shown_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from sipukat.findings import Findings

FORMAT: Final = "urn:sipukat:shrunken:1"
METHOD: Final = "fay_herriot_reml"

Source = Literal["sampled", "census", "synthetic"]
Variances = Literal["direct", "pooled"]

_WORDS: Final[dict[Lang, dict[str, str]]] = {
    "id": {
        "one": (
            "{group}: taksiran penyusutan {shrunken} (RMSE {rmse}; {method}), bukan IKM resmi; "
            "IKM langsung {direct} diberi bobot {weight} %."
        ),
        "synthetic": (
            "{group}: nilai sintetis {shrunken} (RMSE {rmse}; {method}), bukan IKM resmi: "
            "taksiran langsungnya tidak dapat dipakai."
        ),
        "all": (
            "Taksiran penyusutan {method} untuk {count} kelompok, bukan IKM resmi; ragam "
            "antarkelompok {between}, bobot taksiran langsung {low} sampai {high} %."
        ),
    },
    "en": {
        "one": (
            "{group}: shrunken estimate {shrunken} (RMSE {rmse}; {method}), not the official IKM; "
            "the direct IKM {direct} has a weight of {weight}%."
        ),
        "synthetic": (
            "{group}: synthetic value {shrunken} (RMSE {rmse}; {method}), not the official IKM: "
            "its direct estimate cannot be used."
        ),
        "all": (
            "Shrunken estimates {method} of {count} groups, not the official IKM; variance between "
            "groups {between}, weight of the direct estimate {low} to {high}%."
        ),
    },
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ShrunkenRow:
    """One group, with the official index beside the shrunken one.

    Parameters
    ----------
    group
        Its name.
    n
        Respondents that count.
    ikm_direct
        The official index, unrounded; NaN without answers.
    se_direct
        The standard error that the model took for it, in points; NaN where unknown.
    ikm_shrunken
        The estimate of the model, in points; never the official index.
    rmse
        Root of its mean squared error, in points.
    weight
        Weight of the direct estimate, from 0 to 1.
    source
        ``"sampled"``; ``"census"``, everyone asked and not shrunk; or ``"synthetic"``, the
        value of the model alone.
    method
        ``"fay_herriot_reml"``.
    """

    group: object
    n: int
    ikm_direct: float
    se_direct: float
    ikm_shrunken: float
    rmse: float
    weight: float
    source: Source
    method: str = METHOD

    @property
    def synthetic(self) -> bool:
        """Whether no direct estimate went into it."""
        return self.source == "synthetic"


_COLUMNS: Final = "group n ikm_direct se_direct ikm_shrunken rmse weight synthetic source method".split()


@dataclass(frozen=True, slots=True, kw_only=True, repr=False, eq=False)
class Shrunken:
    """Shrunken estimates of groups; made by `sipukat.ikm.shrink`.

    Parameters
    ----------
    rows
        The groups, in the order of the result.
    between
        Variance between groups that the covariates leave, in squared points.
    coefficients
        Name of each covariate to its coefficient and the standard error of that, in
        points; the first is ``"intercept"``.
    variances
        Whose sampling variances: ``"direct"`` or ``"pooled"``.
    method
        ``"fay_herriot_reml"``.
    findings
        What a reader must know.
    """

    rows: tuple[ShrunkenRow, ...]
    between: float
    coefficients: Mapping[str, tuple[float, float]]
    variances: Variances
    method: str
    findings: Findings

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, group: object) -> ShrunkenRow:
        """Return the row of one group.

        Raises
        ------
        UnknownNameError
            If there is no such group.
        """
        for row in self.rows:
            if row.group == group:
                return row
        raise UnknownNameError("group", group, [row.group for row in self.rows])

    def to_frame(self) -> pd.DataFrame:
        """Return one row a group.

        Columns: ``group n ikm_direct se_direct ikm_shrunken rmse weight synthetic source
        method``.
        """
        import pandas as pd

        return pd.DataFrame([[getattr(row, c) for c in _COLUMNS] for row in self.rows], columns=_COLUMNS)

    def to_dict(self) -> dict[str, Any]:
        """Return the estimates as plain, versioned data; what is not known as None."""
        return {
            "format": FORMAT,
            "method": self.method,
            "official": False,
            "variances": self.variances,
            "between": self.between,
            "coefficients": {
                name: {"value": value, "se": se} for name, (value, se) in self.coefficients.items()
            },
            "groups": [
                {c: plain_number(v) if isinstance(v := getattr(row, c), float) else v for c in _COLUMNS[1:]}
                | {"group": plain_name(row.group)}
                for row in self.rows
            ],
            "findings": self.findings.to_records(),
        }

    def sentence(self, lang: Lang = "id", *, group: object = ...) -> str:
        """Say what was estimated, of one group or of all, and that it is not official.

        Parameters
        ----------
        lang
            ``"id"`` or ``"en"``.
        group
            A group; by default all.

        Raises
        ------
        UnknownNameError
            If there is no such group.
        """
        words = _WORDS[lang]
        if group is ...:
            weight = [100 * row.weight for row in self.rows if not row.synthetic]
            return words["all"].format(
                method=self.method,
                count=number(len(self.rows), 0, lang=lang),
                between=number(self.between, lang=lang),
                low=number(min(weight), 0, lang=lang),
                high=number(max(weight), 0, lang=lang),
            )
        row = self[group]
        return words["synthetic" if row.synthetic else "one"].format(
            group=shown_name(row.group),
            shrunken=number(row.ikm_shrunken, lang=lang),
            rmse=number(row.rmse, lang=lang),
            method=self.method,
            direct=number(row.ikm_direct, lang=lang),
            weight=number(100 * row.weight, 0, lang=lang),
        )

    def __repr__(self) -> str:
        few = sum(row.synthetic for row in self.rows)
        return (
            f"<Shrunken {self.method} (not the official IKM): {len(self.rows)} groups, {few} synthetic, "
            f"variance between groups {self.between:.3g}>"
        )
