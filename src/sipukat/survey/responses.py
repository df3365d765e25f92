"""What citizens answered: one row a respondent, one column an unsur."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from sipukat._html import panel, table
from sipukat._text import number

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from sipukat.findings import Findings
    from sipukat.standards.model import SurveyStandard


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Where the answers come from.

    Parameters
    ----------
    source
        Name of the file, without its folder; or the kind of data frame.
    sha256
        Of the bytes of the file; of a data frame, of its unsur columns as CSV.
    rows_read
        Number of rows below the heading.
    rows_used
        Rows that are respondents.
    answers_sha256
        Of the answers alone, whatever held them and in whatever order the rows stood; see
        `sipukat.survey.fingerprint`.
    left_out
        Rows that were no respondents, by the code of the finding that names them.
    columns
        Heading to what its column was taken for: an unsur or a role.
    options
        What `read_survey` was told: `sheet`, `order` and so on, where it was told.
    reader
        The plugin that read the file, with its version; empty where none did.
    """

    source: str
    sha256: str
    rows_read: int
    rows_used: int
    answers_sha256: str = ""
    left_out: Mapping[str, int] = field(default_factory=dict, hash=False)
    columns: Mapping[str, str] = field(default_factory=dict, hash=False)
    options: Mapping[str, Any] = field(default_factory=dict, hash=False)
    reader: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Responses:
    """The answers of a survey, understood and checked.

    Parameters
    ----------
    frame
        One row a respondent. The unsur are nullable ``Int8`` columns named by their keys
        (``"persyaratan"``), or by a bare code (``"U8"``) where nobody stated the order;
        other columns have their own headings (``"waktu (kolom)"`` where that is the key of an
        unsur). The index is the row number in the source.
    unsur
        Names of the unsur columns, in the order of the standard.
    roles
        Column to role: ``"unit"``, ``"sex"``, ``"age"``, ``"repeat"`` and so on.
    standard
        The standard that the answers follow.
    provenance
        Where they come from.

    Examples
    --------
    >>> from sipukat import read_survey
    >>> responses = read_survey([{"unit": "A", **{f"A{n}": 6 for n in range(1, 6)}}], "spak").responses
    >>> len(responses), responses.unsur[0], responses.roles
    (1, 'diskriminasi', {'unit': 'unit'})
    """

    frame: pd.DataFrame
    unsur: tuple[str, ...]
    roles: Mapping[str, str]
    standard: SurveyStandard
    provenance: Provenance

    def __len__(self) -> int:
        return len(self.frame)

    def columns(self, role: str) -> tuple[str, ...]:
        """Return the columns that have a role, in the order of the source."""
        return tuple(name for name in self.frame.columns if self.roles.get(name) == role)

    def __repr__(self) -> str:
        what = f"{len(self)} respondents, {len(self.unsur)} unsur of {self.standard.id}"
        return f"<Responses: {what}, {self.provenance.source!r}>"

    def _repr_html_(self) -> str:
        """Show what the columns are and how many cells are filled; no answer of a person."""
        columns = [*((name, "unsur") for name in self.unsur), *self.roles.items()]
        filled = self.frame.notna().sum()
        every = max(len(self), 1)
        rows = []
        for name, role in columns:
            if name in self.frame.columns:
                n = int(filled[name])
                rows.append([name, role, number(n, 0), f"{number(100 * (len(self) - n) / every, 1)} %"])
        return panel(
            table(
                f"{self.provenance.source}: {number(len(self), 0)} responden, {self.standard.id}",
                ["kolom", "peran", "terisi", "kosong"],
                rows,
                more="kolom",
                numeric=(2, 3),
            )
        )


class Reading(NamedTuple):
    """Answers, and everything that was noticed while they were read.

    Examples
    --------
    >>> from sipukat import read_survey
    >>> responses, findings = read_survey([{f"A{n}": 6 for n in range(1, 6)}], "spak")
    >>> len(responses), findings.by_code("SRV412")[0].facts["n"]
    (1, 1)
    """

    responses: Responses
    findings: Findings
