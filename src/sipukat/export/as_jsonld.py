"""JSON-LD: a Standar Pelayanan or an IKM as linked data, with the context in the file."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from sipukat.export.jsonld_dataset import dataset, described
from sipukat.export.jsonld_service import identity, nodes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sipukat.report.document import Document


@cache
def _context() -> str:
    """Return the context as it stands in its file: a term a line."""
    return files("sipukat.export").joinpath("jsonld_context.json").read_text(encoding="utf-8").strip()


class JsonLdExporter:
    """Write a document as JSON-LD 1.1, UTF-8, with every term explained in the file.

    A Standar Pelayanan, whatever part of it is reported, is a ``cpsv:PublicService`` of
    CPSV-AP 3.2 and a ``schema:GovernmentService`` in one node, and beside it the whole
    document in our own terms (``urn:sipukat:ns:1:``), from which
    `sipukat.pelayanan.load` reads all fourteen komponen back. The remarks of its drafters
    are left out. An IKM is a ``dcat:Dataset`` and ``schema:Dataset`` with one observation a
    group; any other report is a ``schema:Report``.

    A service has the same name (``@id``) whenever instansi, unit and nama are the same. The
    context is in the file: nothing is to be fetched, and no text from outside is a term or
    an address.

    Examples
    --------
    >>> from sipukat import pelayanan, report
    >>> document = report.build(pelayanan.StandarPelayanan(nama="KTP-el", unit="Dinas Contoh"))
    >>> json.loads(jsonld(document))["@graph"][0]["@type"]
    ['cpsv:PublicService', 'schema:GovernmentService']
    """

    suffix = ".jsonld"
    media_type = "application/ld+json"

    def __call__(self, document: Document, /) -> bytes:
        """Return UTF-8 bytes with Unix line ends."""
        found = [*_graph(document)]
        found.append(_source(document, found[0]["@id"]))
        graph = json.dumps(found, ensure_ascii=False, allow_nan=False, indent=2)
        return f'{{"@context": {_context()},\n"@graph": {graph}}}\n'.encode()


def _graph(document: Document) -> Iterator[dict[str, Any]]:
    data: Any = document.data
    name = identity("laporan", document.title, document.subtitle)
    if "documents" in data:
        yield from _services(data["documents"])
    elif "overall" in data and "groups" in data and "standard" in data:
        yield dataset(document, name)
    else:
        yield described(document, name)


def _services(stored: list[Any]) -> Iterator[dict[str, Any]]:
    """Yield each service and its document; the second of one name is told apart by its number."""
    # a document of an IKM needs none of this
    from sipukat.pelayanan.linked_nodes import node
    from sipukat.pelayanan.model import StandarPelayanan

    taken: dict[str, int] = {}
    for each in stored:
        doc = StandarPelayanan.model_validate({key: value for key, value in each.items() if key != "format"})
        iri = identity("layanan", doc.instansi, doc.unit, doc.nama)
        taken[iri] = count = taken.get(iri, 0) + 1
        if count > 1:
            iri = identity("layanan", doc.instansi, doc.unit, doc.nama, str(count))
        yield nodes(doc, iri)
        yield {"@id": f"{iri}#standar", "layanan": iri, **node(each)}


def _source(document: Document, iri: str) -> dict[str, Any]:
    provenance = document.provenance
    return {
        "@id": f"{iri}#asal_usul",
        "@type": "AsalUsul",
        "dibuat": provenance.generated.isoformat(timespec="seconds"),
        "asal_usul": [
            {"kunci": item.key, "label": item.label, "nilai": item.value} for item in provenance.items
        ],
    }


jsonld: JsonLdExporter = JsonLdExporter()
