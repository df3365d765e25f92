"""Which report is made of which object; a report is imported when it is asked for."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final, cast

from sipukat._validation import kind_of
from sipukat.errors import ArgumentTypeError, UnknownNameError
from sipukat.report.document import Document
from sipukat.report.plugin_names import with_plugins

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sipukat._text import Lang

LANGUAGES: Final = ("id", "en")

# Class, by its full name, to the module that reports it: naming a class imports nothing.
_REPORTS: Final[Mapping[str, str]] = {
    "sipukat.compliance.assessment.Assessment": "sipukat.report.compliance_report",
    "sipukat.compliance.city_assessment.CityAssessment": "sipukat.report.compliance_report",
    "sipukat.ikm.noise.Noisy": "sipukat.report.noisy_report",
    "sipukat.ikm.results.IkmResult": "sipukat.report.ikm_report",
    "sipukat.pelayanan.model.StandarPelayanan": "sipukat.report.pelayanan_report",
}
_SEVERAL: Final = {"sipukat.pelayanan.model.StandarPelayanan"}  # those that are reported together too


def build(obj: Any, lang: Lang = "id", **opts: Any) -> Document:
    """Make a document of a result.

    Parameters
    ----------
    obj
        An `Assessment`, a `CityAssessment`, an `IkmResult`, a `Noisy` of
        `sipukat.ikm.with_noise`, a `StandarPelayanan`, or a list of `StandarPelayanan` of one
        office; a `Document` is returned as it is.
    lang
        ``"id"`` or ``"en"``.
    **opts
        Options of the report, e.g. those of `sipukat.report.ikm_report.build`.

    Raises
    ------
    ArgumentTypeError
        If no report is known for `obj`, or it does not know an option.
    UnknownNameError
        If the language is neither.

    Examples
    --------
    >>> build(3)
    Traceback (most recent call last):
    sipukat.errors.ArgumentTypeError: no report is known for an int; build takes one of Assessment,
    CityAssessment, Noisy, IkmResult, StandarPelayanan, or a Document
    """
    if lang not in LANGUAGES:
        raise UnknownNameError("language", lang, LANGUAGES)
    if isinstance(obj, Document):
        if opts:
            raise ArgumentTypeError(
                f"a Document is built already: {', '.join(sorted(opts))} would change nothing"
            )
        return obj
    several = isinstance(obj, list | tuple) and bool(obj)
    for base in type(obj[0] if several else obj).__mro__:
        name = f"{base.__module__}.{base.__qualname__}"
        if (module := _REPORTS.get(name)) and not (several and name not in _SEVERAL):
            made = cast("Document", import_module(module).build(obj, lang=lang, **opts))
            return with_plugins(made)
    names = ", ".join(name.rpartition(".")[2] for name in _REPORTS)
    raise ArgumentTypeError(
        f"no report is known for {kind_of(obj)}; build takes one of {names}, or a Document"
    )
