"""The maklumat pelayanan: the promise on the wall."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sipukat.report.document import Paragraph
from sipukat.report.pelayanan_words import BLANK, day, or_blank
from sipukat.standards.registry import document as document_standard

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from sipukat.report.document import Block
    from sipukat.report.pelayanan_words import Subject


def maklumat(
    subject: Subject,
    *,
    tempat: str = "",
    tanggal: date | None = None,
    jabatan: str = "",
    pejabat: str = "",
    nip: str = "",
) -> Iterator[Block]:
    """Yield the maklumat: the text of the document, or else the usual one of the standard."""
    own = list(dict.fromkeys(doc.maklumat.strip() for doc in subject.docs if doc.maklumat.strip()))
    form = subject.standard.texts.maklumat or document_standard("permenpanrb-15-2014").texts.maklumat
    usual = form.template if form else BLANK
    head = f"{subject.instansi.upper()}\n\nMAKLUMAT PELAYANAN\n{subject.unit.upper()}"
    yield Paragraph(text=head, align="center")
    for text in own or [usual]:
        yield Paragraph(text=f"“{text}”", align="center")
    signed = f"{or_blank(tempat)}, {day(tanggal)}\n{or_blank(jabatan)}"
    yield Paragraph(text=f"{signed}\n\n\n\n{or_blank(pejabat)}\nNIP {or_blank(nip)}", align="right")
    if not own:
        yield subject.note("usual_maklumat")
    given = {
        "instansi": subject.instansi != BLANK,
        "unit": subject.unit != BLANK,
        "tempat": tempat,
        "tanggal": tanggal,
        "jabatan": jabatan,
        "pejabat": pejabat,
        "nip": nip,
    }
    yield from subject.blanks([key for key, value in given.items() if not value])
    if subject.lang != "id":
        yield subject.note("in_indonesian")
