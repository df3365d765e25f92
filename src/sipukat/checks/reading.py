"""What rules ask of a document again and again: its lines with their places, and what is blank."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from sipukat.pelayanan.biaya import Biaya
from sipukat.pelayanan.jangka_waktu import JangkaWaktu
from sipukat.pelayanan.komponen import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sipukat.pelayanan.model import StandarPelayanan

EXAMPLES: Final = {
    "dasar_hukum": "Undang-Undang Nomor 25 Tahun 2009 tentang Pelayanan Publik",
    "persyaratan": "Fotokopi Kartu Keluarga 1 (satu) lembar",
    "sistem_mekanisme_prosedur": "Pemohon menyerahkan berkas di loket (5 menit)",
    "jangka_waktu_penyelesaian": "Paling lama 3 (tiga) hari kerja sejak berkas diterima lengkap dan benar",
    "biaya_tarif": "Gratis (tidak dipungut biaya)",
    "produk_pelayanan": "Surat Keterangan Domisili",
    "sarana_prasarana_fasilitas": "Ruang tunggu dengan 20 (dua puluh) kursi, jalur landai, dan kursi roda",
    "kompetensi_pelaksana": "2 (dua) orang petugas loket, pendidikan paling rendah sekolah menengah atas",
    "pengawasan_internal": "Kepala Seksi memeriksa buku register setiap hari Jumat",
    "penanganan_pengaduan": "Pengaduan ditanggapi paling lama 3 (tiga) hari kerja sejak diterima",
    "jumlah_pelaksana": "3 (tiga) orang",
    "jaminan_pelayanan": "Apabila waktu terlampaui, surat diantar ke alamat pemohon tanpa biaya",
    "jaminan_keamanan_keselamatan": "Data pemohon disimpan dalam lemari terkunci; jalur evakuasi tersedia",
    "evaluasi_kinerja_pelaksana": "Survei Kepuasan Masyarakat (SKM) setiap triwulan",
}
"""A sentence that would be right, for each komponen of the law."""

REMEMBERED: Final = 2000
"""Characters of a text up to which an answer about it is remembered; many rules ask about the same lines."""

_ELSEWHERE: Final = re.compile(r"terlampir\b|lihat lampiran\b|sebagaimana lampiran\b")
_NAME: Final = r"(?!(?:Daerah|Provinsi|Propinsi|Dinas|Badan|Kantor|Bagian|Kecamatan)\b)[A-Z][\w'-]{0,40}"
_REGION: Final = re.compile(
    rf"\b(?i:kota|kabupaten|kab\.?) +{_NAME}(?: +{_NAME}){{0,3}}(?= *(?:$|[,;()-]| [Pp]ro[vp]insi))"
)
_SORT: Final = re.compile(r"^(?:provinsi|propinsi|prov\.?|daerah istimewa|di|dki) ")
_PROVINCES: Final = frozenset(
    "aceh sumaterautara sumaterabarat sumateraselatan riau kepulauanriau jambi bengkulu lampung banten "
    "jakarta kepulauanbangkabelitung bangkabelitung jawabarat jawatengah jawatimur yogyakarta bali "
    "nusatenggarabarat ntb nusatenggaratimur ntt kalimantanbarat kalimantantengah kalimantanselatan "
    "kalimantantimur kalimantanutara sulawesiutara sulawesitengah sulawesiselatan sulawesitenggara "
    "sulawesibarat gorontalo maluku malukuutara papua papuabarat papuaselatan papuatengah "
    "papuapegunungan papuabaratdaya".split()
)
_NAMED_AFTER_PLACES: Final = ("puskesmas", "kecamatan", "kelurahan", "desa", "kampung", "pusat kesehatan")


def folded(text: str) -> str:
    """Fold case and blanks: cheaper than `sipukat._text.plain`, and enough for words.

    Examples
    --------
    >>> folded("  Kotak  SARAN ")
    'kotak saran'
    """
    return _remembered(text) if len(text) <= REMEMBERED else " ".join(text.casefold().split())


@lru_cache(maxsize=8192)
def _remembered(text: str) -> str:
    return " ".join(text.casefold().split())


def items(doc: StandarPelayanan, key: str) -> Iterator[tuple[str, Any]]:
    """Yield place and record of every line of a komponen.

    Examples
    --------
    >>> from sipukat.pelayanan.model import StandarPelayanan
    >>> [place for place, _ in items(StandarPelayanan(persyaratan={"BPJS": ["KTP"]}), "persyaratan")]
    ['persyaratan.BPJS[0]']
    """
    content = doc.isi(key)
    if content is None:
        return
    for at, item in enumerate(content.butir):
        yield f"{key}[{at}]", item
    for variant, lines in content.varian.items():
        for at, item in enumerate(lines):
            yield f"{key}.{variant}[{at}]", item


def said(item: Any) -> str:
    """Return the words of a line, with its label where its kind has one."""
    return words(item) if isinstance(item, Biaya | JangkaWaktu) else str(item.text)


def lines(doc: StandarPelayanan, key: str) -> Iterator[tuple[str, str]]:
    """Yield place and folded words of every line of a komponen."""
    for path, item in items(doc, key):
        yield path, folded(said(item))


def texts(doc: StandarPelayanan, key: str) -> Iterator[tuple[str, str]]:
    """Yield place and words, as they stand, of every line of a komponen."""
    for path, item in items(doc, key):
        yield path, words(item)


def blank(text: str) -> bool:
    """Say whether a text has no letter and no figure: ``""``, ``"-"``, ``"…"``.

    Examples
    --------
    >>> blank(" - "), blank("Rp0")
    (True, False)
    """
    return not any(character.isalnum() for character in text)


def filled(doc: StandarPelayanan, key: str) -> bool:
    """Say whether a komponen is there and says something of its own, not only that it stands elsewhere."""
    content = doc.isi(key)
    if content is None:
        return False
    every = [text for item in content.semua if not blank(text := said(item).strip())]
    return any(
        not (text.startswith("(") and text.endswith(")")) and not _ELSEWHERE.match(folded(text))
        for text in every
    )


def region_of(doc: StandarPelayanan) -> str:
    """Return the region of an office: as stated, or as its government or its own name ends with it.

    Examples
    --------
    >>> from sipukat.pelayanan.model import StandarPelayanan
    >>> region_of(StandarPelayanan(instansi="Pemerintah Kabupaten Contoh"))
    'Kabupaten Contoh'
    """
    stated, named = doc.wilayah.strip(), _region(doc.instansi) or _region(doc.unit)
    words = _SORT.sub("", folded(stated[:300])).strip()
    if "".join(words.split()) in _PROVINCES:  # of a province alone it is not known which of its regions it is
        return f"{named}, {stated}" if named else ""
    return stated or named


@lru_cache(maxsize=4096)
def _region(name: str) -> str:
    if folded(name).startswith(_NAMED_AFTER_PLACES):
        return ""  # a puskesmas or kecamatan may itself be called "Kota ..."
    found = _REGION.search(name[:300])
    return found[0] if found else ""
