"""What a rule is given, and what it gives."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from sipukat._validation import must_be
from sipukat.errors import UnknownNameError
from sipukat.findings import Finding
from sipukat.pelayanan.model import StandarPelayanan

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sipukat.regulation import Citation
    from sipukat.standards.document_model import DocumentStandard


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One document before the rules.

    Parameters
    ----------
    doc
        The Standar Pelayanan.
    standard
        What the law, or a local standard, asks of it.
    on
        The day on which it is looked at.
    others
        The other documents that are looked at together with it.
    """

    doc: StandarPelayanan
    standard: DocumentStandard
    on: date
    others: tuple[StandarPelayanan, ...] = ()

    def __post_init__(self) -> None:
        must_be(StandarPelayanan, self.doc, "doc", "a StandarPelayanan, e.g. of sipukat.pelayanan.load(path)")
        must_be(date, self.on, "on", "a day (datetime.date)")

    def find(self, code: str, path: str, *, article: str = "", **facts: Any) -> Finding:
        """Make a finding; it cites `article`, or the article of the komponen that `path` begins with."""
        return Finding.of(code, path=path, citation=self.cite(article or path), **facts)

    def cite(self, place: str) -> Citation | None:
        """Return the place in the law of a komponen (by path) or of an article, by id or by place.

        An article is one that the standard lists: ``"36(4)"`` or ``"Pasal 36 ayat (4)"``.
        """
        for article in self.standard.articles:
            if place in {article.id, article.place}:
                return self.standard.citation(article)
        key = place.partition(".")[0].partition("[")[0]
        try:
            return self.standard.citation(self.standard.komponen_of(key))
        except UnknownNameError:
            return None


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: the code of its findings, and the function that looks for them.

    The docstring of the function is the page of the rule: why, before, after, source.

    Parameters
    ----------
    code
        Code of every finding that it makes.
    run
        Takes a `Case` and yields findings.
    """

    code: str
    run: Callable[[Case], Iterable[Finding]]
