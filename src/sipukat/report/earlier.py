"""What a publication tells together with earlier ones, which no rule within one of them can see."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from sipukat._validation import kind_of, whole_number
from sipukat.errors import ArgumentError, ArgumentTypeError
from sipukat.findings import Finding, Findings
from sipukat.report.document import Document
from sipukat.report.withholding import DEFAULT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Published: TypeAlias = "Document | Mapping[str, Any] | bytes | str"
"""A document, or the text or the loaded mapping of its JSON."""

_WHOLE, _REST = "keseluruhan", "yang ditahan"
_IN_ENGLISH: Final = {_WHOLE: "the whole", _REST: "what is withheld"}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """How many respondents a publication tells of what, and the index of the whole."""

    standard: str
    by: tuple[str, ...]
    whole: int
    index: Any
    groups: Mapping[tuple[str, ...], int]
    withheld: bool

    @property
    def rest(self) -> int:
        return self.whole - sum(self.groups.values()) if self.withheld else 0

    @property
    def counts(self) -> dict[str, int]:
        """Respondents of every name; of what is withheld, together."""
        named = {" · ".join(group): n for group, n in self.groups.items()}
        return {_WHOLE: self.whole} | named | ({_REST: self.rest} if self.withheld else {})


def compared_with(document: Document, earlier: Iterable[Published], *, below: int = DEFAULT) -> Findings:
    """Say what a document would tell of a few people together with what is published.

    A report withholds what follows from itself. From two reports follows what distinguishes
    them: yesterday's and today's, those of all units and of all but one, those by unit and
    by district. Nothing is withheld here: somebody has to decide.

    Parameters
    ----------
    document
        The report of an `IkmResult` that is to be published: ``"hasil"``, ``"laporan"`` or
        ``"ringkas"``.
    earlier
        What is published of the same survey: documents, or their JSON.
    below
        Fewest respondents by which two publications should differ.

    Returns
    -------
    Findings
        ``PRV901`` for everything that is told in both, or withheld in both, and differs by fewer
        respondents; ``PRV902`` where the same respondents are told in other groups and some
        are withheld.

    Raises
    ------
    ArgumentError
        If `below` is negative, or a document is no report of an `IkmResult`.
    ArgumentTypeError
        If something is no document.

    Notes
    -----
    Numbers of respondents alone are compared: as many who left as came between two
    publications are not seen, nor what other people publish.

    Examples
    --------
    >>> import pandas as pd
    >>> from sipukat import ikm, report
    >>> frame = pd.DataFrame({f"U{i}": [4, 3] * 16 for i in range(1, 10)})
    >>> yesterday = report.build(ikm.estimate(frame[:31]))
    >>> print(compared_with(report.build(ikm.estimate(frame)), [yesterday])[0].message("en"))
    the whole: its respondents differ by 1 from an earlier publication, fewer than 10. Their answers
    can be computed from the difference of the two.
    """
    below = whole_number(below, "below", least=0)
    now = _told(document)
    found = [finding for one in earlier for finding in _compared(now, _told(one), below)]
    return Findings(list({(f.code, f.path, str(f.facts)): f for f in found}.values()))


def _told(published: Published) -> _Told:
    if isinstance(published, Document):
        data: Any = published.data
    elif isinstance(published, Mapping | bytes | str):
        try:
            loaded = published if isinstance(published, Mapping) else json.loads(published)
        except ValueError as failure:
            raise ArgumentError("an earlier publication is no JSON of a document") from failure
        data = loaded.get("data") if isinstance(loaded, Mapping) else None
    else:
        raise ArgumentTypeError(f"a publication is a Document or its JSON, got {kind_of(published)}")
    if not isinstance(data, Mapping) or not {"standard", "by", "overall", "groups"} <= set(data):
        raise ArgumentError("a publication must be the report of an IkmResult: hasil, laporan or ringkas")
    groups = data["groups"]
    return _Told(
        standard=data["standard"],
        by=tuple(data["by"]),
        whole=data["overall"]["n"],
        index=data["overall"]["published"],
        groups={tuple(map(str, each["group"])): each["n"] for each in groups if not each["withheld"]},
        withheld=any(each["withheld"] for each in groups),
    )


def _compared(now: _Told, then: _Told, below: int) -> Iterator[Finding]:
    if now.standard != then.standard:
        return
    before, after = then.counts, now.counts
    if now.by != then.by:  # what is called alike is not the same group
        before, after = {_WHOLE: then.whole}, {_WHOLE: now.whole}
    for name in (name for name in after if name in before):
        difference = abs(after[name] - before[name])
        if 0 < difference < below:
            yield _found("PRV901", name, difference=difference, threshold=below)
    same = (now.whole, now.index) == (then.whole, then.index)
    otherwise = (now.by, set(now.groups)) != (then.by, set(then.groups))
    if same and otherwise and (now.withheld or then.withheld):
        yield _found("PRV902", " × ".join(now.by) or _WHOLE)


def _found(code: str, place: str, **facts: Any) -> Finding:
    """Make a finding that names its place in both languages: that of a group is in neither."""
    return Finding.of(code, path=place, nama=place, name=_IN_ENGLISH.get(place, place), **facts)
