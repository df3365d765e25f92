"""The documents that the law asks for around a Standar Pelayanan; this file picks the one asked for."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, date, datetime
from inspect import signature
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias, get_args

from sipukat import standards
from sipukat._text import tanggal
from sipukat._validation import check_zone
from sipukat._version import __version__
from sipukat.checks.checking import brought_by
from sipukat.errors import ArgumentError, ArgumentTypeError, UnknownNameError
from sipukat.pelayanan.codec import dump
from sipukat.pelayanan.model import StandarPelayanan
from sipukat.report.berita_acara import berita_acara
from sipukat.report.cleaning import clean_data
from sipukat.report.document import Document, Item, Note, Provenance
from sipukat.report.keputusan import keputusan
from sipukat.report.lampiran import lampiran, sippn
from sipukat.report.maklumat import maklumat
from sipukat.report.pelayanan_words import Subject, words_of
from sipukat.report.pemeriksaan import found_in, pemeriksaan
from sipukat.standards.manifest import manifest_of, sha256_of, sources_used

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from os import PathLike

    from sipukat._text import Lang
    from sipukat.report.document import Block
    from sipukat.standards.document_model import DocumentStandard

Part: TypeAlias = Literal["lampiran", "keputusan", "maklumat", "berita_acara", "sippn", "pemeriksaan"]

_PARTS: Final[dict[str, Callable[..., Iterator[Block]]]] = {
    "lampiran": lampiran,
    "keputusan": keputusan,
    "maklumat": maklumat,
    "berita_acara": berita_acara,
    "sippn": sippn,
    "pemeriksaan": pemeriksaan,
}


def build(
    doc: StandarPelayanan | Sequence[StandarPelayanan],
    *,
    lang: Lang = "id",
    part: Part = "lampiran",
    standard: str | DocumentStandard = "permenpanrb-15-2014",
    generated: datetime | None = None,
    sources: Iterable[str | PathLike[str]] = (),
    **opts: Any,
) -> Document:
    """Put a Standar Pelayanan into the form that the law's practice asks for.

    The texts of the office are printed as they stand. What the document does not know is
    a visible blank (``……``), never invented.

    Parameters
    ----------
    doc
        The document, or those of one office.
    lang
        Language of headings and notes; the forms of the law stay Indonesian.
    part
        ``"lampiran"``, the table NO | KOMPONEN | URAIAN; ``"keputusan"``, the decree with
        it; ``"maklumat"``; ``"berita_acara"`` of the public consultation; ``"sippn"``, the
        six published rows; ``"pemeriksaan"``, what `sipukat.check` finds, and the rung on
        the PEKPPP ladder.
    standard
        The standard whose order, names and forms are used.
    generated
        The time to state, with its zone; by default now.
    sources
        The files that the documents were read from. Their names and hashes are stated, so
        that `sipukat.verify` finds them and sees whether they changed.
    **opts
        Options of the part. ``lampiran``: ``numbering="restart"`` or ``"running"``.
        ``keputusan``: that, and ``mencabut`` (the decree that it replaces), ``tempat``, and
        ``jabatan``, ``pejabat``, ``nip`` of who signs. ``maklumat``: ``tempat``,
        ``tanggal``, ``jabatan``, ``pejabat``, ``nip``. ``berita_acara``: ``on`` (the day),
        ``tempat``, ``masukan`` (rows of three texts: masalah, rekomendasi, waktu),
        ``peserta`` (names), ``jabatan``, ``pejabat``, ``nip``. ``pemeriksaan``: ``on`` (the
        day), ``select`` and ``ignore``, as of `sipukat.check`, and ``findings``, where the
        documents were checked so already.

    Raises
    ------
    UnknownNameError
        If there is no such part or standard.
    ArgumentError
        If there is no document, or `generated` has no time zone.
    TypeError
        If the part has no such option.

    Examples
    --------
    >>> doc = StandarPelayanan(nama="KTP-el", persyaratan=["Kartu Keluarga"])
    >>> build(doc).tables[0].rows[1]
    ('1', 'Persyaratan', 'Kartu Keluarga')
    """
    if part not in _PARTS:
        raise UnknownNameError("part", part, get_args(Part))
    docs = (doc,) if isinstance(doc, StandarPelayanan) else tuple(doc)
    if strangers := [type(each).__name__ for each in docs if not isinstance(each, StandarPelayanan)]:
        raise ArgumentTypeError(f"only StandarPelayanan are reported together, got {strangers[0]} among them")
    if not docs:
        raise ArgumentError("there is no document to report; give one StandarPelayanan or several")
    check_zone(generated, "generated")
    known = [name for name in signature(_PARTS[part]).parameters if name != "subject"]
    if unknown := sorted(set(opts) - set(known)):
        named = ", ".join(known) or "none"
        raise ArgumentTypeError(f"the part {part!r} has no option {', '.join(unknown)}; it has {named}")
    moment = generated or datetime.now(UTC).astimezone()
    subject = Subject(docs=docs, standard=standards.document(standard), lang=lang)
    # remarks of the drafters are never published, in no format
    stored = [json.loads(dump(each.model_copy(update={"catatan": ""}), "json")) for each in docs]
    data = {"part": part, "documents": stored}
    blocks = tuple(_PARTS[part](subject, **opts))
    told = _retellable(subject, part, opts)
    read = {"sources": sources_used(sources), "documents": [document_used(each) for each in docs]}
    plugins = brought_by({block.code for block in blocks if isinstance(block, Note)})
    return Document(
        title=subject.say(f"title_{part}"),
        subtitle=" · ".join(filter(None, (subject.service, docs[0].unit))),
        lang=lang,
        blocks=blocks,
        provenance=Provenance(
            generated=moment,
            items=tuple(_items(subject, moment, part, stored, told["options"])),
            manifest=manifest_of(
                subject.standard,
                results=clean_data(data),
                plugins=plugins,
                reading=read,
                estimating={"kind": "pelayanan"},
                telling={"lang": lang, "part": part, **told},
            ),
        ),
        data=data,
    )


def document_used(doc: StandarPelayanan) -> dict[str, str]:
    """Return which service a document is of, and the hash of all that it says.

    Parameters
    ----------
    doc
        The document.

    Examples
    --------
    >>> sorted(document_used(StandarPelayanan(nama="KTP-el")).items())[0]
    ('nama', 'KTP-el')
    """
    return {"nama": doc.nama, "unit": doc.unit, "sha256": sha256_of(doc.model_dump(mode="json"))}


def _retellable(subject: Subject, part: str, opts: dict[str, Any]) -> dict[str, Any]:
    """Return the options of a part as plain data; those that are none only by their names."""
    said: dict[str, Any] = {k: v for k, v in opts.items() if isinstance(v, str | date) and v}
    lost = {key for key, value in opts.items() if key not in said and value not in (None, "", (), [])}
    if part == "pemeriksaan":
        lost -= {"findings"}
        said.setdefault("on", date.today())  # noqa: DTZ011  the day on which `check` looks
        given = opts.get("findings")
        if given is not None and list(given) != list(found_in(subject, **said)):
            lost |= {"findings"}  # they are of another day, or of other codes
    plain = {key: value.isoformat() if isinstance(value, date) else value for key, value in said.items()}
    return {"options": plain, "not_kept": sorted(lost)}


def _items(
    subject: Subject, moment: datetime, part: str, stored: list[Any], opts: dict[str, Any]
) -> Iterator[Item]:
    labels = words_of(subject.lang)
    law = subject.standard
    stated = {"part": part, **dict(sorted(opts.items()))}
    values = {
        "generated": f"{tanggal(moment.date(), lang=subject.lang)}, {moment.strftime('%H:%M:%S %z')}",
        "library": f"sipukat {__version__}",
        "standard": standards.provenance(law),
        "confidence": law.confidence,
        "options": "; ".join(f"{key} = {value}" for key, value in stated.items()),
        "sha256": hashlib.sha256(json.dumps(stored, ensure_ascii=False).encode()).hexdigest(),
    }
    for key, value in values.items():
        yield Item(key=key, label=labels[f"provenance_{key}"], value=value)
