"""What came of a verification: equal, different, or undecided and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

from sipukat._html import panel, paragraph, table

if TYPE_CHECKING:
    from sipukat._text import Lang
    from sipukat.findings import Findings

Verdict: TypeAlias = Literal["equal", "different", "undecided"]

_SAID: Final[dict[str, dict[str, str]]] = {
    "id": {
        "equal": "sama: terbitan ini sama dengan hasil hitung ulang, sampai angka tercetak yang terakhir",
        "different": "berbeda: terbitan ini tidak sama dengan hasil hitung ulang ({n} perbedaan)",
        "undecided": "tidak dapat dinilai ({n} perbedaan)",
        "heads": "tabel|baris|kolom|tercetak|hitung ulang",
    },
    "en": {
        "equal": "equal: the publication is what is computed again, to the last printed digit",
        "different": "different: the publication is not what is computed again ({n} differences)",
        "undecided": "undecided ({n} differences)",
        "heads": "table|row|column|printed|computed",
    },
}
_SHOWN: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One thing that is published otherwise than it is computed.

    Parameters
    ----------
    table
        Name of the table or sheet, or of the part of the document.
    row, column
        Where in it; empty where a whole row, table or sheet is meant.
    printed, computed
        What stands there, and what would be right. None where there is nothing; ``"…"`` in
        place of respondents' answers, which are never told.
    """

    table: str
    row: str = ""
    column: str = ""
    printed: str | None = None
    computed: str | None = None

    @property
    def place(self) -> str:
        """Where, in one line."""
        return ", ".join(filter(None, (self.table, self.row, self.column)))

    @property
    def whole(self) -> bool:
        """Whether a whole row, table or sheet is missing or one too many."""
        return not self.column


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """What came of it.

    Parameters
    ----------
    file
        Name of the file, without its folder.
    verdict
        ``"equal"``: all that is published is what was computed again. ``"different"``: it is
        not, and nothing but the file can be the reason. ``"undecided"``: it could not be
        computed again, or it differs and something else may be the reason.
    differences
        What is published otherwise.
    findings
        The same as findings, and what stood in the way; see the reference of findings, VRF8xx.
    """

    file: str
    verdict: Verdict
    differences: tuple[Difference, ...]
    findings: Findings

    @property
    def ok(self) -> bool:
        """Whether it is equal."""
        return self.verdict == "equal"

    def explain(self, lang: Lang = "id") -> str:
        """Say the verdict in one line.

        Parameters
        ----------
        lang
            ``"id"`` or ``"en"``.

        Examples
        --------
        >>> from sipukat.findings import Findings
        >>> found = Verification(file="a.json", verdict="equal", differences=(), findings=Findings())
        >>> found.explain("en")
        'a.json: equal: the publication is what is computed again, to the last printed digit.'
        """
        return f"{self.file}: {_SAID[lang][self.verdict].format(n=len(self.differences))}."

    def to_dict(self, lang: Lang = "id") -> dict[str, Any]:
        """Return it as plain data, the findings in one language.

        Parameters
        ----------
        lang
            ``"id"`` or ``"en"``.
        """
        told = ("table", "row", "column", "printed", "computed")
        return {
            "file": self.file,
            "verdict": self.verdict,
            "differences": [{name: getattr(each, name) for name in told} for each in self.differences],
            "findings": self.findings.to_records(lang),
        }

    def _repr_html_(self) -> str:
        rows = [
            [each.table, each.row, each.column, each.printed or "–", each.computed or "–"]
            for each in self.differences[:_SHOWN]
        ]
        if not rows:
            return panel(paragraph(self.explain()))
        return panel(table(self.explain(), _SAID["id"]["heads"].split("|"), rows, more="perbedaan"))
