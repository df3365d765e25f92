"""A Standar Pelayanan: what one office promises for one service.

The fields are the komponen of Pasal 21 UU 25/2009, in its order. None is a komponen that
the draft does not have; one without lines has its heading and was left blank. Nothing is
asked of the content here: what is missing, contradictory or unclear is found by
`sipukat.check`, since a draft must load before it can be mended.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Annotated, Any, Final, TypeAlias

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema, model_serializer

from sipukat._html import panel, paragraph, table
from sipukat._model import Record
from sipukat.pelayanan.komponen import (
    BiayaTarif,
    DasarHukum,
    Jumlah,
    Pengaduan,
    Persyaratan,
    Prosedur,
    Uraian,
    Waktu,
    words,
)

_ISO: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_KEY: Final = r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$"


def _without_komponen_of_the_law(value: Mapping[str, Uraian]) -> Mapping[str, Uraian]:
    if doubled := sorted(set(value) & set(KOMPONEN)):
        raise ValueError(
            f"{', '.join(doubled)} is a komponen of the law: write it beside tambahan, not in it"
        )
    return value


def _day(value: Any) -> Any:
    """Take a date, or its ISO text: not a time, and not a number of seconds."""
    if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
        return value
    if isinstance(value, str) and _ISO.fullmatch(value):
        return value
    raise ValueError(f"{value!r} is not a date; write it as 2026-03-09")


Tanggal: TypeAlias = Annotated[
    date | None,
    BeforeValidator(_day),
    WithJsonSchema(
        {"anyOf": [{"type": "string", "format": "date", "pattern": f"^{_ISO.pattern}$"}, {"type": "null"}]}
    ),
]
Tambahan: TypeAlias = Annotated[
    Mapping[Annotated[str, Field(pattern=_KEY, max_length=60)], Uraian],
    AfterValidator(_without_komponen_of_the_law),
]


class StandarPelayanan(Record):
    """The standard of one service, as a draft or as set.

    Parameters
    ----------
    nama
        Name of the service, e.g. ``"Penerbitan KTP-el"``.
    unit, instansi, wilayah
        The office, the government it belongs to, and its region.
    nomor_sk
        Number of the decree that sets it.
    ditetapkan, berlaku
        The day it was set and the day it takes effect.
    disepakati
        The day of the minutes (berita acara) of the public consultation.
    dipantau, ditinjau
        The last day it was monitored, and reviewed.
    maklumat
        Text of the maklumat pelayanan.
    catatan
        Remarks of those who draft it; never published.
    dasar_hukum, persyaratan, sistem_mekanisme_prosedur, jangka_waktu_penyelesaian, biaya_tarif
        Komponen a to e of Pasal 21.
    produk_pelayanan, sarana_prasarana_fasilitas, kompetensi_pelaksana, pengawasan_internal
        Komponen f to i.
    penanganan_pengaduan, jumlah_pelaksana, jaminan_pelayanan
        Komponen j to l.
    jaminan_keamanan_keselamatan, evaluasi_kinerja_pelaksana
        Komponen m and n.
    tambahan
        Komponen of local standards, by key.

    Examples
    --------
    >>> draf = StandarPelayanan(
    ...     nama="Legalisasi ijazah",
    ...     persyaratan=["Ijazah asli", "Fotokopi ijazah"],
    ...     jangka_waktu_penyelesaian="14 (empat belas) hari kerja",
    ... )
    >>> draf.jangka_waktu_penyelesaian.butir[0].max, draf.biaya_tarif is None
    (14, True)
    >>> list(draf.model_dump())
    ['nama', 'persyaratan', 'jangka_waktu_penyelesaian']
    """

    nama: str = ""
    unit: str = ""
    instansi: str = ""
    wilayah: str = ""
    nomor_sk: str = ""
    ditetapkan: Tanggal = None
    berlaku: Tanggal = None
    disepakati: Tanggal = None
    dipantau: Tanggal = None
    ditinjau: Tanggal = None
    maklumat: str = ""
    catatan: str = ""
    dasar_hukum: DasarHukum | None = None
    persyaratan: Persyaratan | None = None
    sistem_mekanisme_prosedur: Prosedur | None = None
    jangka_waktu_penyelesaian: Waktu | None = None
    biaya_tarif: BiayaTarif | None = None
    produk_pelayanan: Uraian | None = None
    sarana_prasarana_fasilitas: Uraian | None = None
    kompetensi_pelaksana: Uraian | None = None
    pengawasan_internal: Uraian | None = None
    penanganan_pengaduan: Pengaduan | None = None
    jumlah_pelaksana: Jumlah | None = None
    jaminan_pelayanan: Uraian | None = None
    jaminan_keamanan_keselamatan: Uraian | None = None
    evaluasi_kinerja_pelaksana: Uraian | None = None
    tambahan: Tambahan = Field(default_factory=dict)

    def __hash__(self) -> int:
        return hash((self.nama, self.unit, self.nomor_sk))

    @model_serializer(mode="wrap")
    def _stated(self, write: Any) -> dict[str, Any]:
        """Leave out what is not in the draft; a komponen left blank stays."""
        return {key: value for key, value in write(self).items() if value not in (None, "", {})}

    def isi(self, key: str) -> Any:
        """Return the content of a komponen, of the law or local, or None where there is none.

        Examples
        --------
        >>> StandarPelayanan(biaya_tarif="Gratis").isi("biaya_tarif").butir[0].kind
        'free'
        """
        return getattr(self, key) if key in KOMPONEN else self.tambahan.get(key)

    def lines(self) -> Iterator[tuple[str, str, str]]:
        """Yield komponen, place and text of every line: ``"biaya_tarif", "biaya_tarif[0]", "Gratis"``."""
        for key in (*KOMPONEN, *self.tambahan):
            content = self.isi(key)
            if content is None:
                continue
            for place, butir in enumerate(content.butir):
                yield key, f"{key}[{place}]", words(butir)
            for variant, butirs in content.varian.items():
                for place, butir in enumerate(butirs):
                    yield key, f"{key}.{variant}[{place}]", words(butir)

    def _repr_html_(self) -> str:
        """Show which komponen are there; remarks, and who takes complaints, are not shown."""
        from sipukat.standards import DocumentStandard, get

        law = get("uu-25-2009")
        named = law.komponen if isinstance(law, DocumentStandard) else ()
        names = {komponen.key: komponen.nama for komponen in named}
        rows = []
        for key in (*KOMPONEN, *self.tambahan):
            content = self.isi(key)
            lines = [] if content is None else [words(butir) for butir in content.semua]
            first = lines[0] if lines and key != "penanganan_pengaduan" else ""
            told = "tidak ada" if content is None else "kosong" if not lines else str(len(lines))
            rows.append([names.get(key, key), told, first])
        there = sum(self.isi(key) is not None for key in KOMPONEN)
        head = " · ".join(filter(None, (self.nama or "(tanpa nama)", self.unit)))
        caption = f"{there} dari {len(KOMPONEN)} komponen Pasal 21 UU 25/2009"
        body = table(caption, ["komponen", "butir", "butir pertama"], rows, more="komponen", numeric=(1,))
        return panel(paragraph(head, strong=True), body)


_FIELDS: Final = tuple(StandarPelayanan.model_fields)
KOMPONEN: Final = _FIELDS[_FIELDS.index("dasar_hukum") : _FIELDS.index("tambahan")]
"""Keys of the fourteen komponen, in the order of Pasal 21."""
