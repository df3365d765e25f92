"""The annex of a Standar Pelayanan, NO | KOMPONEN | URAIAN, and its public rows in SIPPN."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from sipukat.errors import UnknownNameError
from sipukat.report.document import Column, Heading, Paragraph, Table
from sipukat.report.pelayanan_words import or_blank
from sipukat.report.uraian import cell
from sipukat.standards.registry import document as document_standard

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sipukat.pelayanan.model import StandarPelayanan
    from sipukat.report.document import Block
    from sipukat.report.pelayanan_words import Subject
    from sipukat.standards.document_model import DocumentStandard
    from sipukat.standards.komponen import Komponen

Numbering = Literal["restart", "running"]

_COLUMNS: Final = ("no", "komponen", "uraian")
_LONGER: Final = 30  # letters by which a name in the law may be longer than that of tables


def lampiran(subject: Subject, *, numbering: Numbering = "restart") -> Iterator[Block]:
    """Yield one table a service, with the groups of komponen in the order of the standard.

    Raises
    ------
    UnknownNameError
        If the numbering is neither ``"restart"`` nor ``"running"``.
    """
    yield from annexes(subject, numbering)
    yield from subject.blanks(unfilled(subject))


def annexes(subject: Subject, numbering: Numbering) -> Iterator[Block]:
    """Yield the tables alone, each under the name of its service where there are several."""
    if numbering not in {"restart", "running"}:
        raise UnknownNameError("numbering", numbering, ("restart", "running"))
    several = len(subject.docs) > 1
    for at, doc in enumerate(subject.docs, start=1):
        if several:
            yield Heading(level=2, text=f"{at}. {or_blank(doc.nama)}")
        yield _annex(subject, doc, at if several else 0, numbering)


def unfilled(subject: Subject) -> list[str]:
    """Return what the documents do not fill in: keys of the words, and names of komponen."""
    several = len(subject.docs) > 1
    found = []
    for at, doc in enumerate(subject.docs, start=1):
        names = [key for key in ("nama", "unit") if not getattr(doc, key).strip()]
        names += [_heading(k) for k in subject.standard.komponen if not cell(doc, k.key)]
        names += [_title(key) for key in _local(doc, subject.standard) if not cell(doc, key)]
        found += [f"{at}. {name}" for name in names] if several else names
    return found


def _annex(subject: Subject, doc: StandarPelayanan, at: int, numbering: Numbering) -> Table:
    form = subject.standard.texts.table
    heads = form.columns if form and len(form.columns) == len(_COLUMNS) else ("NO", "KOMPONEN", "URAIAN")
    rows: list[tuple[str, str, str]] = []
    opened: list[int] = []
    number = 0
    for group, komponen in subject.standard.grouped:
        opened.append(len(rows))
        rows.append(("", group.heading, ""))
        number = 0 if numbering == "restart" else number
        for each in komponen:
            number += 1
            rows.append((str(number), _heading(each), cell(doc, each.key)))
    for key in _local(doc, subject.standard):
        number += 1
        rows.append((str(number), _title(key), cell(doc, key)))
    return Table(
        id=f"lampiran_{at}" if at else "lampiran",
        name=subject.say("annex") + (f" {at}" if at else ""),
        caption=subject.say("annex_caption", nama=or_blank(doc.nama), unit=or_blank(doc.unit)),
        columns=tuple(Column(key=k, label=label) for k, label in zip(_COLUMNS, heads, strict=True)),
        named_by="komponen",
        rows=tuple(rows),
        group_rows=tuple(opened),
    )


def _local(doc: StandarPelayanan, standard: DocumentStandard) -> list[str]:
    """Return the local komponen that the standard does not list: they stand last."""
    return [key for key in doc.tambahan if key not in standard.komponen_keys]


def _title(key: str) -> str:
    return key.replace("_", " ").capitalize()


def _heading(komponen: Komponen) -> str:
    """Return the name of a komponen, or the one that tables use where that of the law fills the page."""
    short = komponen.labels[0] if komponen.labels else komponen.nama
    return komponen.nama if len(komponen.nama) <= len(short) + _LONGER else short


def sippn(subject: Subject) -> Iterator[Block]:
    """Yield the public page of SIPPN: service, office, number of the decree, the six published komponen."""
    page = subject.standard.texts.sippn or document_standard("permenpanrb-15-2014").texts.sippn
    keys = page.keys if page else tuple(komponen.key for komponen in subject.standard.published)
    several = len(subject.docs) > 1
    missing: list[str] = []
    for at, doc in enumerate(subject.docs, start=1):
        rows = [
            (subject.say("sippn_nama"), doc.nama.strip()),
            (subject.say("sippn_unit"), ", ".join(filter(None, (doc.unit.strip(), doc.instansi.strip())))),
            (subject.say("sippn_sk"), doc.nomor_sk.strip()),
            *((_heading(subject.standard.komponen_of(key)), cell(doc, key)) for key in keys),
        ]
        missing += [f"{at}. {name}" if several else name for name, text in rows if not text]
        yield Table(
            id=f"sippn_{at}" if several else "sippn",
            name=f"SIPPN {at}" if several else "SIPPN",
            caption=subject.say("sippn_caption", nama=or_blank(doc.nama)),
            columns=(
                Column(key="isian", label=subject.say("field")),
                Column(key="isi", label=subject.say("content")),
            ),
            named_by="isian",
            rows=tuple((name, or_blank(text)) for name, text in (*rows, ("LAPOR!", subject.say("lapor")))),
        )
    yield Paragraph(text=subject.say("sippn_note"))
    yield from subject.blanks(missing)
