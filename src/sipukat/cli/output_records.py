"""What commands print with ``--json``, as records."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from pydantic import ConfigDict, JsonValue

from sipukat._model import Record
from sipukat.findings import Severity
from sipukat.plugins import State
from sipukat.standards.manifest import Manifest


class Output(Record):
    """A record whose texts under its fields are their meaning in the schema."""

    model_config: ClassVar[ConfigDict] = ConfigDict(
        use_attribute_docstrings=True, json_schema_serialization_defaults_required=True
    )

    def plain(self) -> dict[str, Any]:
        """Return it as plain data for JSON."""
        return self.model_dump(mode="json")


class FindingOutput(Output):
    """One finding."""

    code: str
    """Group and number, never reused."""
    severity: Severity
    path: str
    """The place: a file, column, unit or field."""
    message: str
    suggestion: str
    citation: str | None
    """The place in the law that asks for it."""
    facts: dict[str, JsonValue]
    """What was counted or seen; never an answer of a person."""


class Failure(Output):
    """What went wrong."""

    type: str
    """Name of the exception."""
    message: str


class FailureOutput(Output):
    """What every command prints where it cannot do its work; the exit code is 2."""

    ok: Literal[False]
    error: Failure


class Way(Output):
    """A way in which offices compute the index."""

    name: str
    basis: str
    family: str
    """The weight."""
    weight: str | None
    rounding: str
    """On the way."""
    final: str
    """The last rounding that gives the print."""
    value: str
    """The index before the last rounding."""
    profile: str | None


class ImpliedTotal(Output):
    """The total of all answers that the print implies under one weight."""

    family: str
    total: str
    whole: int | None
    decisive: bool


class AuditOutput(Output):
    """What ``audit`` found behind a printed index; exact numbers are text."""

    ok: bool
    printed: str
    decimals: int
    standard: str
    n: int | None
    """Respondents."""
    n_unsur: int | None
    source: str
    """Where the sums of the answers come from."""
    verdict: Literal["reproduced", "possible", "none_fits", "untested"]
    reproduced: bool
    best: Way | None
    conventions: tuple[Way, ...]
    """The ways that give the print, the simplest first."""
    by_truncation: tuple[Way, ...]
    families: tuple[str, ...]
    possible: tuple[str, ...]
    nearest: Way | None
    distance: str | None
    exact: str | None
    """The index by the rule."""
    exact_fraction: str | None
    interval: tuple[str, str] | None
    """Lowest and highest index that the printed averages allow."""
    within_interval: bool | None
    implied_totals: tuple[ImpliedTotal, ...]
    mutu: str | None
    kinerja: str | None
    mutu_holds: bool | None
    kinerja_holds: bool | None
    label_under: tuple[str, ...]
    """Other standards under which letter and label would hold."""
    exact_mutu: str | None
    index_holds: bool | None
    weighted_families: tuple[str, ...]
    weighted_holds: bool | None
    on_average_scale: bool
    explanation: str
    findings: tuple[FindingOutput, ...]


class CheckedDocument(Output):
    """One Standar Pelayanan that was checked."""

    file: str
    nama: str
    ok: bool
    findings: tuple[FindingOutput, ...]


class CheckOutput(Output):
    """What ``check`` found in documents."""

    ok: bool
    standard: str
    documents: tuple[CheckedDocument, ...]
    findings: tuple[FindingOutput, ...]
    """Those that are of no document, such as a rule that failed."""
    files: tuple[str, ...]
    """What was written."""


class StandardSummary(Output):
    """One standard of the list of ``standards``."""

    id: str
    kind: Literal["survey", "document", "compliance"]
    title: str
    berlaku: str | None
    dicabut: str | None
    replaced_by: str | None
    confidence: str


class Unusable(Output):
    """Why the file of a standard cannot be used."""

    where: str
    got: str
    expected: str


class ValidFile(Output):
    """A file of a standard that can be used."""

    file: str
    ok: Literal[True]
    id: str
    kind: str
    message: str


class InvalidFile(Output):
    """A file of a standard that cannot be used."""

    file: str
    ok: Literal[False]
    error: Unusable
    message: str


class ValidateOutput(Output):
    """What ``standards validate`` says of files."""

    ok: bool
    files: tuple[ValidFile | InvalidFile, ...]


class EstimateOutput(Output):
    """The index of all respondents."""

    n: int
    """Respondents."""
    used: int
    """Respondents whose answers count."""
    published: str | None
    """The index as it is printed, 2 decimals."""
    ikm: float | None
    ikm_4dp: str | None
    se: float | None
    low: float | None
    """Lower end of the interval."""
    high: float | None
    df: float | None
    deff: float | None
    mutu: str | None
    kinerja: str | None
    mutu_probability: dict[str, float]
    """Letter to how probable it is, from 0 to 1."""
    nrr: dict[str, float | None]
    """Unsur to mean score."""
    answered: dict[str, int]
    counts: dict[str, tuple[int, ...]]
    """Unsur to respondents a score, from the lowest score on."""


class GroupOutput(EstimateOutput):
    """The index of one group."""

    group: tuple[JsonValue, ...]
    """Its name, one part a column of `by`."""


class SourceOutput(Output):
    """Which file was read."""

    source: str
    sha256: str
    rows_read: int
    rows_used: int


class IkmOutput(Output):
    """What ``ikm`` computed."""

    ok: bool
    format: JsonValue
    standard: str
    standard_confidence: str
    profile: str
    missing: str
    interval: str
    confidence_level: float
    design: dict[str, JsonValue]
    by: tuple[str, ...]
    unsur: tuple[str, ...]
    overall: EstimateOutput
    groups: tuple[GroupOutput, ...]
    findings: tuple[FindingOutput, ...]
    provenance: SourceOutput | None
    """None where the file was summed a piece at a time."""
    manifest: Manifest
    files: tuple[str, ...]


class PluginOutput(Output):
    """One plugin, or what wants to be one."""

    group: str
    name: str
    origin: str
    version: str
    value: str
    built_in: bool
    kind: Literal["declarative", "code"]
    state: State
    reason: str
    ok: bool


class PluginsOutput(Output):
    """What ``plugins`` lists."""

    ok: bool
    api_version: str
    environment: dict[str, str | None]
    """The variables that switch plugins off, as they are set."""
    plugins: tuple[PluginOutput, ...]


class VerifiedDifference(Output):
    """One cell, row or table that is published otherwise."""

    table: str
    row: str
    column: str
    printed: str
    computed: str


class VerifyOutput(Output):
    """What ``verify`` says of a publication."""

    ok: bool
    file: str
    verdict: Literal["equal", "different", "undecided"]
    differences: tuple[VerifiedDifference, ...]
    findings: tuple[FindingOutput, ...]
