"""An IKM among linked data: a dataset of DCAT and schema.org, with one observation a group."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sipukat._text import round_half_up
from sipukat.report.document import Figure, Headline, Poster

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sipukat.report.document import Document

_INDEX: Final = {"id": "Indeks Kepuasan Masyarakat (IKM)", "en": "Public satisfaction index (IKM)"}
_ALL: Final = {"id": "Keseluruhan", "en": "Overall"}


def dataset(document: Document, iri: str) -> dict[str, Any]:
    """Return the dataset; a withheld group is named, and has no number.

    Parameters
    ----------
    document
        The document of an `IkmResult`.
    iri
        Name of the dataset.
    """
    data: Any = document.data
    measured: dict[str, Any] = {"@type": "schema:PropertyValue", "schema:name": _INDEX[document.lang]}
    gauges = (block for block in document.blocks if isinstance(block, Figure))
    if gauge := next((block for block in gauges if block.chart == "band_gauge"), None):
        low, high = (f"{end:f}" for end in gauge.axis)
        measured |= {"schema:minValue": low, "schema:maxValue": high}
    return described(document, iri) | {
        "@type": ["dcat:Dataset", "schema:Dataset"],
        "schema:variableMeasured": measured,
        "schema:measurementTechnique": data["standard"],
        "observasi": list(_observations(data, document)),
    }


def described(document: Document, iri: str) -> dict[str, Any]:
    """Return what can be said of any document: title, headline, language and time.

    Parameters
    ----------
    document
        The document.
    iri
        Its name.
    """
    title = " · ".join(filter(None, (document.title, document.subtitle)))
    posted = (block.headline if isinstance(block, Poster) else block for block in document.blocks)
    headline = next((block for block in posted if isinstance(block, Headline)), None)
    said = title if headline is None else " ".join(filter(None, (headline.text, headline.detail)))
    mark = "" if document.lang == "id" else "_en"
    moment = document.provenance.generated.isoformat(timespec="seconds")
    return {
        "@id": iri,
        "@type": "schema:Report",
        "identifier": iri,
        f"title{mark}": title,
        f"description{mark}": said,
        "schema:name": title,
        "schema:description": said,
        "schema:inLanguage": document.lang,
        "issued": moment,
        "schema:dateModified": moment,
    }


def _observations(data: Any, document: Document) -> Iterator[dict[str, Any]]:
    yield _observation(_ALL[document.lang], data["overall"])
    for group in data["groups"]:
        name = " · ".join("–" if value is None else str(value) for value in group["group"])
        yield _observation(name, group) | {"ditahan": group["withheld"]}


def _observation(name: str, told: Mapping[str, Any]) -> dict[str, Any]:
    """Return one group: the published index, and the ends of its interval as they are printed."""
    node: dict[str, Any] = {
        "@type": "schema:Observation",
        "schema:observationAbout": {"@type": "schema:Thing", "schema:name": name},
        "n": told.get("n"),
        "schema:value": told.get("published"),
        "mutu": told.get("mutu"),
        "kinerja": told.get("kinerja"),
    }
    for end in ("low", "high"):
        value = told.get(end) if told.get("published") is not None else None
        node[end] = None if value is None else f"{round_half_up(value, 2):f}"
    return {key: value for key, value in node.items() if value is not None}
