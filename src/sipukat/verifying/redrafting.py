"""A document around Standar Pelayanan made again, from the Standar Pelayanan and its manifest."""

from __future__ import annotations

from datetime import date
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, Final

from sipukat import standards
from sipukat.errors import ArgumentError
from sipukat.pelayanan.codec import load_all
from sipukat.pelayanan.model import StandarPelayanan
from sipukat.report.pelayanan_report import build, document_used
from sipukat.verifying.document_again import DocumentAgain
from sipukat.verifying.grounds import grounds, lacking, listed
from sipukat.verifying.originals import changed_files, originals, otherwise, paths_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime
    from pathlib import Path

    from sipukat.findings import Finding
    from sipukat.report import Document
    from sipukat.standards.document_model import DocumentStandard
    from sipukat.standards.loader import Standard
    from sipukat.standards.manifest import Manifest

KIND: Final = "pelayanan"
_DAYS: Final = ("on", "tanggal")


def drafted_again(
    manifest: Manifest, folder: Path, source: Any, *, standard: Standard | str | None
) -> DocumentAgain:
    """Read the Standar Pelayanan and make the document, as the manifest says.

    Parameters
    ----------
    manifest
        What the publication says of itself.
    folder
        Its folder, where its input is looked for.
    source
        The input: files of Standar Pelayanan, or `StandarPelayanan`; one or several.
    standard
        The standard, where it is not one that `sipukat.standards.get` finds.

    Raises
    ------
    UndecidedError
        If the input or the standard is not there.
    SipukatError
        If the input, or what the manifest asks for, makes no sense.
    """
    law, found = grounds(manifest, standards.document, standard)
    given = originals(manifest, folder, source)
    docs = [*_documents(given, law)]
    found += [*changed_files(manifest, paths_of(given)), *_others(manifest, docs)]

    def make(generated: datetime | None) -> Document:
        told = manifest.telling
        options = told.get("options")
        return build(
            docs,
            lang=told.get("lang", "id"),  # type: ignore[arg-type]
            part=told.get("part", "lampiran"),  # type: ignore[arg-type]
            standard=law,
            generated=generated,
            **(dict(_options(options)) if isinstance(options, dict) else {}),
        )

    took_part = make(None).provenance.manifest
    found += lacking(manifest, took_part.plugins if took_part else ())
    return DocumentAgain(manifest=manifest, make=make, keys=("part", "documents"), findings=tuple(found))


def _documents(given: list[Any], law: DocumentStandard) -> Iterator[StandarPelayanan]:
    for each in given:
        if isinstance(each, StandarPelayanan):
            yield each
        elif files := paths_of([each]):
            yield from load_all(files[0], standard=law)
        else:
            raise ArgumentError("a Standar Pelayanan is read again from files, or from StandarPelayanan")


def _options(told: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, value in told.items():
        yield name, date.fromisoformat(value) if name in _DAYS else value


def _others(manifest: Manifest, docs: list[StandarPelayanan]) -> Iterator[Finding]:
    """Yield a finding for each document that does not say what it said at the publication."""
    nothing: dict[str, Any] = {}
    then, now = listed(manifest.reading.get("documents")), [document_used(doc) for doc in docs]
    for was, is_ in zip_longest(then, now, fillvalue=nothing):
        if was.get("sha256", "") != is_.get("sha256", ""):
            name = str(is_.get("nama") or was.get("nama") or "–")
            yield otherwise(name, was.get("sha256", ""), is_.get("sha256", ""))
