"""The minutes (berita acara) of a public consultation on Standar Pelayanan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sipukat._text import listing, tanggal
from sipukat.errors import ArgumentError
from sipukat.pelayanan.numerals import terbilang
from sipukat.pelayanan.opening import HARI
from sipukat.report.document import Column, Paragraph, Table
from sipukat.report.pelayanan_words import BLANK, or_blank

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from sipukat.report.document import Block
    from sipukat.report.pelayanan_words import Subject

_ROWS: Final = 5  # to be filled in by hand
_SIGNERS: Final = 3
_COLUMNS: Final = ("no", "masalah", "rekomendasi", "waktu")
_HEADS: Final = (
    "No",
    "Identifikasi Masalah",
    "Usulan Rekomendasi Perbaikan",
    "Jangka Waktu Penyelesaian",
)


def berita_acara(
    subject: Subject,
    *,
    on: date | None = None,
    tempat: str = "",
    masukan: Sequence[Sequence[str]] = (),
    peserta: Sequence[str] = (),
    jabatan: str = "",
    pejabat: str = "",
    nip: str = "",
) -> Iterator[Block]:
    """Yield the minutes: opening with day and date, what was proposed, the commitment, signatures.

    `on` is the day of the consultation; by default the day on which the document says that
    it was agreed. `masukan` has a row of three texts for each proposal: masalah,
    rekomendasi, waktu; without it there are empty rows.

    Raises
    ------
    ArgumentError
        If a row of `masukan` does not have three texts.
    """
    wrong = next((row for row in masukan if isinstance(row, str) or len(row) != len(_COLUMNS) - 1), None)
    if wrong is not None:
        raise ArgumentError(f"a row of masukan has three texts (masalah, rekomendasi, waktu), got {wrong!r}")
    held = on or next((doc.disepakati for doc in subject.docs if doc.disepakati), None)
    named = [doc.nama.strip() for doc in subject.docs]
    services = listing(map(or_blank, named), most=len(named))
    yield Paragraph(text=f"{subject.instansi.upper()}\n{subject.unit.upper()}", align="center")
    yield Paragraph(
        text=f"Pada hari ini, {said_day(held)}, bertempat di {or_blank(tempat)}, telah diadakan Forum "
        f"Konsultasi Publik tentang standar pelayanan pada {subject.unit} untuk layanan {services}, "
        "dengan hasil sebagai berikut."
    )
    yield _proposals(subject, masukan)
    yield Paragraph(
        text=f"Pimpinan {subject.unit} berkomitmen menindaklanjuti usulan di atas, dan peserta ikut memantau "
        "kemajuannya. Demikian berita acara ini dibuat untuk digunakan sebagaimana mestinya."
    )
    signers = list(peserta) or [""] * _SIGNERS
    lines = "\n".join(f"{at}. {or_blank(name)}   {BLANK}" for at, name in enumerate(signers, start=1))
    yield Paragraph(text=f"Peserta (nama dan tanda tangan):\n{lines}")
    head = or_blank(jabatan) if jabatan.strip() else f"Pimpinan {subject.unit}"
    yield Paragraph(text=f"{head}\n\n\n\n{or_blank(pejabat)}\nNIP {or_blank(nip)}", align="right")
    given = {
        "nama": all(named),
        "unit": subject.unit != BLANK,
        "instansi": subject.instansi != BLANK,
        "on": held,
        "tempat": tempat,
        "masukan": masukan,
        "peserta": peserta,
        "pejabat": pejabat,
        "nip": nip,
    }
    yield from subject.blanks([key for key, value in given.items() if not value])
    if subject.lang != "id":
        yield subject.note("in_indonesian")


def said_day(day: date | None) -> str:
    """Say a day in words, as minutes do.

    Examples
    --------
    >>> from datetime import date
    >>> said_day(date(2026, 2, 10))
    'Selasa, tanggal sepuluh bulan Februari tahun dua ribu dua puluh enam (10-02-2026)'
    """
    if day is None:
        return f"{BLANK}, tanggal {BLANK} bulan {BLANK} tahun {BLANK}"
    words = f"tanggal {terbilang(day.day)} bulan {tanggal(day).split()[1]} tahun {terbilang(day.year)}"
    return f"{HARI[day.weekday()].title()}, {words} ({day.day:02}-{day.month:02}-{day.year})"


def _proposals(subject: Subject, masukan: Sequence[Sequence[str]]) -> Table:
    form = subject.standard.texts.berita_acara
    heads = form.columns if form and len(form.columns) == len(_COLUMNS) else _HEADS
    given = [tuple(map(or_blank, row)) for row in masukan] or [(BLANK,) * (len(_COLUMNS) - 1)] * _ROWS
    return Table(
        id="masukan",
        name=subject.say("input"),
        caption=subject.say("input_caption"),
        columns=tuple(Column(key=key, label=label) for key, label in zip(_COLUMNS, heads, strict=True)),
        named_by="masalah",
        rows=tuple((str(at), *row) for at, row in enumerate(given, start=1)),
    )
