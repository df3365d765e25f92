"""Every exception of the library.

::

    SipukatError
    ├── UnknownNameError        (LookupError)  a name that no registry, standard or result knows
    │   └── NotInForceError                    a day on which no standard was in force
    ├── DuplicatePluginError    (LookupError)  two packages claim one name
    ├── PluginLoadError         (ImportError)  a plugin that raised while it was loaded, or does not fit
    │   └── PluginVersionError                 a plugin made for another version of the protocols
    ├── MissingExtraError       (ImportError)  an optional package is absent; names its extra
    ├── ArgumentError           (ValueError)   an argument that makes no sense
    │   └── ArgumentTypeError   (TypeError)    an argument of a kind that is not taken
    ├── CitationError           (ValueError)   a text that cites no regulation
    ├── StandardError           (ValueError)   a standard file that cannot be used
    ├── DraftError              (ValueError)   a Standar Pelayanan that cannot be read as one
    ├── SurveyError             (ValueError)   survey data that cannot be read as answers
    │   ├── UnreadableFileError                not the kind of file it claims to be, or hostile
    │   ├── ColumnError                        unsur columns missing, doubled or ambiguous
    │   └── AnswerError                        answers outside the scale or not understood
    ├── DesignError             (ValueError)   weights, strata or populations that make no sense
    ├── EstimationError         (ValueError)   an estimate that the data cannot give
    └── PublishError            (OSError)      an output that could not be written; the old one is intact

Each carries its values as attributes, says what was wrong, what was got and what
would be right, and pickles.
"""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class SipukatError(Exception):
    """Base of all exceptions of the library."""


class UnknownNameError(SipukatError, LookupError):
    """A name that is not among the known ones.

    Parameters
    ----------
    kind
        What was looked for, e.g. ``"standard"``.
    name
        The name that was asked for.
    known
        The names that would have been found.

    Examples
    --------
    >>> print(UnknownNameError("interval method", "wald", ["t", "logit"]))
    no interval method is named 'wald'. Known: logit, t.
    """

    def __init__(self, kind: str, name: object, known: Iterable[object]) -> None:
        self.kind = kind
        self.name = name
        self.known: tuple[str, ...] = tuple(sorted(map(str, known)))
        super().__init__(kind, name, self.known)

    def __str__(self) -> str:
        near = get_close_matches(str(self.name), self.known, n=1)
        hint = f" Did you mean {near[0]!r}?" if near else ""
        shown = self.known if len(self.known) <= 20 else (*self.known[:20], f"… ({len(self.known)} in all)")  # noqa: PLR2004
        return f"no {self.kind} is named {self.name!r}.{hint} Known: {', '.join(shown) or 'none'}."


class NotInForceError(UnknownNameError):
    """A day on which no standard was in force; `known` are those with their days.

    Examples
    --------
    >>> print(NotInForceError("survey standard", "2004-02-23", ["kepmenpan-25-2004 (from 2004-02-24)"]))
    no survey standard was in force on 2004-02-23. Known: kepmenpan-25-2004 (from 2004-02-24).
    """

    def __str__(self) -> str:
        return f"no {self.kind} was in force on {self.name}. Known: {', '.join(self.known) or 'none'}."


class DuplicatePluginError(SipukatError, LookupError):
    """Two packages claim one plugin name; only that name is unusable."""

    def __init__(self, kind: str, name: str, origins: Iterable[str]) -> None:
        self.kind = kind
        self.name = name
        self.origins: tuple[str, ...] = tuple(origins)
        super().__init__(kind, name, self.origins)

    def __str__(self) -> str:
        return f"{self.kind} {self.name!r} is claimed by {' and by '.join(self.origins)}: remove one of them."


class PluginLoadError(SipukatError, ImportError):
    """A plugin that raised while it was loaded, or is not what its group asks for; it breaks no other."""

    def __init__(self, kind: str, name: str, origin: str, reason: str) -> None:
        self.kind = kind
        self.plugin = name
        self.origin = origin
        self.reason = reason
        super().__init__(kind, name, origin, reason)

    def __str__(self) -> str:
        return f"{self.kind} {self.plugin!r} of {self.origin} could not be loaded: {self.reason}."


class PluginVersionError(PluginLoadError):
    """A plugin made for another version of the protocols than this library has.

    Examples
    --------
    >>> print(PluginVersionError("exporter", "peta", "peta-desa 3.0", "it is made for API 2.0"))
    exporter 'peta' of peta-desa 3.0 could not be loaded: it is made for API 2.0.
    """


class MissingExtraError(SipukatError, ImportError):
    """An optional package is absent.

    Examples
    --------
    >>> print(MissingExtraError("xlsxwriter", "excel", "writing .xlsx"))
    writing .xlsx needs the package 'xlsxwriter': pip install "sipukat[excel]".
    """

    def __init__(self, package: str, extra: str, purpose: str) -> None:
        self.package = package
        self.extra = extra
        self.purpose = purpose
        super().__init__(package, extra, purpose)

    def __str__(self) -> str:
        return f'{self.purpose} needs the package {self.package!r}: pip install "sipukat[{self.extra}]".'


class ArgumentError(SipukatError, ValueError):
    """An argument that makes no sense; says what was got and what would be right."""


class ArgumentTypeError(ArgumentError, TypeError):
    """An argument of a kind that is not taken, such as a path where a result is wanted.

    Examples
    --------
    >>> print(ArgumentTypeError("result is a DataFrame; give an IkmResult"))
    result is a DataFrame; give an IkmResult
    """


class CitationError(SipukatError, ValueError):
    """A text in which no regulation is cited in a known form."""

    def __init__(self, text: str) -> None:
        self.text = text
        super().__init__(text)

    def __str__(self) -> str:
        return f'no regulation is cited in {self.text[:80]!r}; write e.g. "Permenpan RB Nomor 14 Tahun 2017".'


class StandardError(SipukatError, ValueError):
    """A standard file that cannot be used.

    Parameters
    ----------
    file
        Name of the file.
    where
        Line or key, e.g. ``"line 12"`` or ``"unsur[3].weight"``.
    got
        What stands there.
    expected
        What would be right.
    """

    def __init__(self, file: str, where: str, got: str, expected: str) -> None:
        self.file = file
        self.where = where
        self.got = got
        self.expected = expected
        super().__init__(file, where, got, expected)

    def __str__(self) -> str:
        return f"{self.file}, {self.where}: {self.got}; expected {self.expected}."


class _PlacedError(SipukatError, ValueError):
    """What was wrong, where, and what would be right, in one sentence."""

    def __init__(self, problem: str, where: str = "", remedy: str = "") -> None:
        self.problem = problem
        self.where = where
        self.remedy = remedy
        super().__init__(problem, where, remedy)

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        cure = f" {self.remedy}" if self.remedy else ""
        return f"{place}{self.problem}.{cure}"


class DraftError(_PlacedError):
    """A Standar Pelayanan that cannot be read as one.

    Parameters
    ----------
    problem
        What was wrong, with the value.
    where
        File, line, key.
    remedy
        What would be right, or what to do.

    Examples
    --------
    >>> print(DraftError("the document is empty", "draf.yaml", "Write at least its name."))
    draf.yaml: the document is empty. Write at least its name.
    """


class SurveyError(_PlacedError):
    """Survey data that cannot be read as answers.

    Parameters
    ----------
    problem
        What was wrong, with the value.
    where
        File, sheet, column, rows.
    remedy
        What would be right, or what to do.
    """


class UnreadableFileError(SurveyError):
    """A file that is not what its name claims, is damaged, or is hostile."""


class ColumnError(SurveyError):
    """Unsur columns that are missing, doubled or ambiguous."""


class AnswerError(SurveyError):
    """Answers outside the scale, or not understood."""


class DesignError(SipukatError, ValueError):
    """Weights, strata, PSUs or populations that make no sense."""


class EstimationError(SipukatError, ValueError):
    """An estimate that the data cannot give."""


class StoreError(_PlacedError):
    """A store of moments that cannot be opened, is damaged, or holds another kind of sums.

    Parameters
    ----------
    problem
        What was wrong, with the value.
    where
        The store; never with a password.
    remedy
        What would be right, or what to do.

    Examples
    --------
    >>> print(StoreError("there is no batch yet", "indeks.db", "Append one first."))
    indeks.db: there is no batch yet. Append one first.
    """


class BatchConflictError(StoreError):
    """A batch id that comes back with other content, or in another period; nothing was added.

    Parameters
    ----------
    batch
        The id.
    held, given
        Period and respondents of what the store holds, and of what was given; no digest: that of
        one answer is found by trying all there are.
    where
        The store.

    Examples
    --------
    >>> print(BatchConflictError("loket-1", ("2026-03", 40), ("2026-03", 41), "indeks.db"))
    indeks.db: batch 'loket-1' is held already, with other content: period 2026-03, 40 respondents;
    given: period 2026-03, 41 respondents. Give other answers another batch id.
    """

    def __init__(self, batch: str, held: tuple[str, int], given: tuple[str, int], where: str = "") -> None:
        self.batch = batch
        self.held = held
        self.given = given
        (was, now) = (f"period {period}, {n} respondents" for period, n in (held, given))
        super().__init__(
            f"batch {batch!r} is held already, with other content: {was}; given: {now}",
            where,
            "Give other answers another batch id.",
        )
        self.args = (batch, held, given, where)  # so that it pickles


class PublishError(SipukatError, OSError):
    """An output that could not be written; what stood there before is intact."""

    def __init__(self, path: str, reason: str) -> None:
        self.path = path
        self.reason = reason
        super().__init__(path, reason)

    def __str__(self) -> str:
        return f"{self.path}: not written, and left as it was: {self.reason}."
