"""The JSON Schemas of what commands print, made of the records that they print."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final

from pydantic import TypeAdapter, create_model

from sipukat._validation import summarised
from sipukat.cli.output_records import (
    AuditOutput,
    CheckOutput,
    FailureOutput,
    FindingOutput,
    IkmOutput,
    Output,
    PluginsOutput,
    StandardSummary,
    ValidateOutput,
    VerifyOutput,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sipukat._model import Record

VERSION: Final = 1
"""Of the shapes; what one version prints, it goes on printing."""


def _joined(name: str, model: type[Record], doc: str, **fields: Any) -> Any:
    """Return a record with the fields of another and more."""
    own: dict[str, Any] = {key: (field.annotation, field) for key, field in model.model_fields.items()}
    return create_model(name, __base__=Output, __doc__=doc, __module__=__name__, **own, **fields)


@cache
def planned_size() -> Any:
    """Return what ``sample-size`` prints of one population."""
    from sipukat.ikm.planning.sample_size import SampleSize

    doc = "How many respondents to ask of one population."
    return _joined("PlannedSize", SampleSize, doc, findings=(tuple[FindingOutput, ...], ...))


@cache
def sample_size_output() -> Any:
    """Return what ``sample-size`` prints."""
    sizes: Any = (tuple[planned_size(), ...], ...)  # type: ignore[misc]  # a record made above
    return create_model(
        "SampleSizeOutput",
        __base__=Output,
        __doc__="How many respondents to ask, one entry a population.",
        __module__=__name__,
        ok=(bool, ...),
        sizes=sizes,
    )


@cache
def form_output() -> Any:
    """Return what ``form`` prints."""
    from sipukat.survey.forms.model import Questionnaire

    more: dict[str, Any] = {"ok": (bool, ...), "files": (tuple[str, ...], ...)}
    return _joined("FormOutput", Questionnaire, "The questionnaire of a standard.", **more)


@cache
def diff_output() -> Any:
    """Return what ``standards diff`` prints."""
    from sipukat.standards.differences import Difference

    told = _joined("ToldDifference", Difference, "One difference between two standards.", message=(str, ...))
    return create_model(
        "DiffOutput",
        __base__=Output,
        __doc__="What two standards differ in.",
        __module__=__name__,
        ok=(bool, ...),
        old=(str, ...),
        new=(str, ...),
        differences=(tuple[told, ...], ...),  # type: ignore[valid-type]
    )


def _standard() -> Any:
    from sipukat.standards import ComplianceStandard, DocumentStandard, SurveyStandard

    return SurveyStandard | DocumentStandard | ComplianceStandard


OUTPUTS: Final[Mapping[str, Callable[[], Any]]] = {
    "audit": lambda: AuditOutput,
    "check": lambda: CheckOutput,
    "error": lambda: FailureOutput,
    "form": form_output,
    "ikm": lambda: IkmOutput,
    "plugins": lambda: PluginsOutput,
    "sample-size": sample_size_output,
    "standards": lambda: tuple[StandardSummary, ...],
    "standards-diff": diff_output,
    "standards-show": _standard,
    "standards-validate": lambda: ValidateOutput,
    "verify": lambda: VerifyOutput,
}
"""Name of the schema to what is printed."""


def json_schema(name: str) -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of what a command prints.

    Parameters
    ----------
    name
        One of `OUTPUTS`.

    Examples
    --------
    >>> json_schema("check")["$id"], json_schema("check")["required"]
    ('urn:sipukat:output:check:1', ['ok', 'standard', 'documents', 'findings', 'files'])
    """
    schema = summarised(TypeAdapter[Any](OUTPUTS[name]()).json_schema(mode="serialization"))
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:sipukat:output:{name}:{VERSION}",
        **schema,
        "title": f"sipukat {name.replace('standards-', 'standards ')} --json",
    }
