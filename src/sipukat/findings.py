"""What was found, where, and how many: code, place and facts; words come late.

A finding holds no sentences. Its words are in the files ``findings*.toml`` beside this one,
in Indonesian and English, one entry a code, so that a message can be mended without
touching the check that found it, and every code has a page in the documentation. A package
that brings checks brings their words in a file ``findings.toml`` beside them.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from enum import StrEnum
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final, overload

from pydantic import Field

from sipukat._html import panel, paragraph, table
from sipukat._model import Record
from sipukat._text import Lang, exactly, listing, number
from sipukat.errors import SipukatError, UnknownNameError
from sipukat.plugins.claims import Claim, installed, switched_off
from sipukat.plugins.loading import file_of
from sipukat.regulation import Citation

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    import pandas as pd

_ROWS_SHOWN = 12
_CHECKS: Final = "sipukat.checks"


class Severity(StrEnum):
    """How much a finding matters."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


_TINGKAT: Final = {
    Severity.ERROR: "kesalahan",
    Severity.WARNING: "peringatan",
    Severity.INFO: "catatan",
}


class Wording(Record):
    """The words of one code, from ``findings*.toml``."""

    severity: Severity
    title: str
    judul: str
    pesan: str
    message: str
    saran: str = ""
    suggestion: str = ""


@cache
def _own() -> Mapping[str, Wording]:
    found: dict[str, Wording] = {}
    for file in files("sipukat").iterdir():
        if file.name.startswith("findings") and file.name.endswith(".toml"):
            found |= _read(file)
    return dict(sorted(found.items()))


def _read(file: Traversable) -> dict[str, Wording]:
    entries = tomllib.loads(file.read_text(encoding="utf-8"))
    return {code: Wording.model_validate(entry) for code, entry in entries.items()}


def _brought() -> Mapping[str, Wording]:
    """Return the words of the codes of other packages' checks; none of their code runs."""
    claims = (claim for claim in installed() if claim.group == _CHECKS and not claim.trouble)
    return _words_of(tuple(claim for claim in claims if not switched_off(claim)))


@lru_cache(maxsize=4)
def _words_of(claims: tuple[Claim, ...]) -> Mapping[str, Wording]:
    found: dict[str, Wording] = {}
    for claim in claims:
        module = claim.value.partition(":")[0].strip()
        for package in filter(None, (module, module.rpartition(".")[0])):
            try:
                file = file_of(replace(claim, name="findings", value=package), "file of words")
                found = {**_read(file), **found}
            except (SipukatError, ValueError, OSError):
                continue  # without words; a rule that finds something is then reported as one that failed
    return found


def _wording(code: str) -> Wording | None:
    return _own().get(code) or _brought().get(code)


def catalogue() -> Mapping[str, Wording]:
    """Return the words of every code, of the library and of the checks of other packages.

    Examples
    --------
    >>> catalogue()["SRV401"].severity
    <Severity.WARNING: 'warning'>
    """
    return {**_brought(), **_own()}  # nobody gives other words to a code of the library


class _Facts(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return f"({key}?)"


class Finding(Record):
    """One finding.

    Parameters
    ----------
    code
        Group and number, e.g. ``"SRV401"``; never reused.
    severity
        ``error``, ``warning`` or ``info``; by default that of the code.
    path
        The place: a file, sheet, column, unit or field.
    facts
        What was counted or seen: numbers, names, row numbers. Never an answer of a
        person, and never personal data.
    citation
        The place in the law that asks for it, where one does.

    Examples
    --------
    >>> found = Finding.of("SRV401", path="Sheet1", rows=[31, 32], labels=["NRR"])
    >>> print(found.message("en"))
    2 rows that are not respondents were left out (rows 31 and 32): NRR.
    """

    code: str
    severity: Severity
    path: str = ""
    facts: Mapping[str, Any] = Field(default_factory=dict)
    citation: Citation | None = None

    @classmethod
    def of(cls, code: str, *, path: str = "", citation: Citation | None = None, **facts: Any) -> Finding:
        """Make a finding with the severity that the catalogue gives to its code.

        Raises
        ------
        UnknownNameError
            If the code is not in the catalogue.
        """
        words = _wording(code)
        if words is None:
            raise UnknownNameError("finding code", code, catalogue())
        return cls(code=code, severity=words.severity, path=path, facts=facts, citation=citation)

    def _fill(self, template: str, lang: Lang) -> str:
        shown = _Facts(path=self.path)
        for key, value in self.facts.items():
            if isinstance(value, list | tuple | set | frozenset):
                shown[key] = listing(
                    sorted(value) if isinstance(value, set | frozenset) else value,
                    lang=lang,
                    most=_ROWS_SHOWN,
                )
                shown[f"n_{key}"] = str(len(value))
            elif isinstance(value, Decimal):
                shown[key] = exactly(value, lang=lang)
            elif isinstance(value, float):
                shown[key] = number(value, 2, lang=lang)
            else:
                shown[key] = str(value)
        return template.format_map(shown).strip()

    def message(self, lang: Lang = "id") -> str:
        """Say what was found, in one sentence."""
        words = _wording(self.code)
        if words is None:
            return f"{self.code} {self.path} {dict(self.facts)}"
        return self._fill(words.pesan if lang == "id" else words.message, lang)

    def suggestion(self, lang: Lang = "id") -> str:
        """Say what would be right, or nothing."""
        words = _wording(self.code)
        if words is None:
            return ""
        return self._fill(words.saran if lang == "id" else words.suggestion, lang)

    def __str__(self) -> str:
        return f"{self.code} [{self.severity}] {self.message('id')}"


class Findings(Sequence[Finding]):
    """An immutable sequence of findings, in the order in which they were found.

    Examples
    --------
    >>> found = Findings([Finding.of("SRV412", n=20)])
    >>> found.ok, len(found.by_code("SRV412")), len(found + found)
    (True, 1, 2)
    """

    def __init__(self, items: Sequence[Finding] = ()) -> None:
        self._items = tuple(items)

    @overload
    def __getitem__(self, index: int) -> Finding: ...
    @overload
    def __getitem__(self, index: slice) -> Findings: ...
    def __getitem__(self, index: int | slice) -> Finding | Findings:
        """Return one finding, or the findings of a slice."""
        return Findings(self._items[index]) if isinstance(index, slice) else self._items[index]

    def __len__(self) -> int:
        return len(self._items)

    def __add__(self, other: Sequence[Finding]) -> Findings:
        return Findings((*self._items, *other))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Findings) and self._items == other._items

    def __hash__(self) -> int:
        return hash(tuple((f.code, f.path) for f in self._items))

    def __repr__(self) -> str:
        return f"Findings({[f'{f.code} {f.path}'.strip() for f in self._items]})"

    def _repr_html_(self) -> str:
        count = {severity: sum(f.severity is severity for f in self._items) for severity in Severity}
        told = [f"{n} {_TINGKAT[severity]}" for severity, n in count.items() if n]
        rows = [[f.code, _TINGKAT[f.severity], f.path, f.message()] for f in self._items]
        if not rows:
            return panel(paragraph("Tidak ada temuan."))
        heads = ["kode", "tingkat", "tempat", "pesan"]
        return panel(table(f"Temuan: {listing(told)}", heads, rows, more="temuan"))

    @property
    def ok(self) -> bool:
        """Whether none of them is an error."""
        return not any(f.severity is Severity.ERROR for f in self._items)

    def by_code(self, code: str) -> Findings:
        """Return those whose code is, or starts with, `code` (``"SRV"``, ``"SRV401"``)."""
        return Findings([f for f in self._items if f.code.startswith(code)])

    def to_records(self, lang: Lang = "id") -> list[dict[str, Any]]:
        """Return one plain dictionary a finding, ready for JSON."""
        return [
            {
                "code": f.code,
                "severity": str(f.severity),
                "path": f.path,
                "message": f.message(lang),
                "suggestion": f.suggestion(lang),
                "citation": str(f.citation) if f.citation else None,
                "facts": dict(f.model_dump(mode="json")["facts"]),
            }
            for f in self._items
        ]

    def to_frame(self, lang: Lang = "id") -> pd.DataFrame:
        """Return one row a finding: code, severity, path, message, suggestion, citation, facts."""
        import pandas as pd

        columns = ["code", "severity", "path", "message", "suggestion", "citation", "facts"]
        return pd.DataFrame(self.to_records(lang), columns=columns)
